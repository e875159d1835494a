package org.jpptp.ppp.link;

import java.util.Objects;
import org.jpptp.ppp.AuthFailure;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthProtocol;
import org.jpptp.ppp.EncryptionFailure;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppOutput;
import org.jspecify.annotations.Nullable;

/** Tells each step of the link once, and again where a renegotiation came to other terms; never of something weaker. */
final class Progress {
    private final PppOutput output;
    private PppEvent.@Nullable LinkOpened opened;
    private PppEvent.@Nullable Authenticated authenticated;
    private PppEvent.@Nullable EncryptionSettled encryption;
    private PppEvent.@Nullable NetworkUp network;

    Progress(PppOutput output) {
        this.output = output;
    }

    /** Whether the network was up at some time. */
    boolean wasUp() {
        return network != null;
    }

    /** Returns null where all is well, or why the link has to end. */
    @Nullable
    PppFailure tell(PppEvent event, long time) {
        Comparison comparison = new Comparison();
        event.match(comparison);
        if (!comparison.again) {
            output.event(event, time);
        }
        return comparison.weaker;
    }

    /** Of one event with the one of its kind that was told before. */
    private final class Comparison implements PppEvent.Cases {
        private boolean again;
        private @Nullable PppFailure weaker;

        @Override
        public void linkOpened(PppEvent.LinkOpened now) {
            if (opened == null) {
                opened = now;
                return;
            }
            AuthMethod before = authenticated == null ? best(opened.auth()) : authenticated.method();
            if (best(now.auth()).isWeakerThan(before)) {
                again(new AuthFailure.MethodWeakened(before, best(now.auth())));
            } else if (now.equals(opened)) {
                again(null);
            } else {
                opened = now;
            }
        }

        @Override
        public void authenticated(PppEvent.Authenticated now) {
            if (authenticated == null) {
                authenticated = now;
                return;
            }
            again(
                    now.method().isWeakerThan(authenticated.method())
                            ? new AuthFailure.MethodWeakened(authenticated.method(), now.method())
                            : null);
        }

        @Override
        public void encryptionSettled(PppEvent.EncryptionSettled now) {
            if (encryption == null) {
                encryption = now;
                return;
            }
            again(now.equals(encryption) ? null : new EncryptionFailure.EncryptionRenegotiated());
        }

        @Override
        public void networkUp(PppEvent.NetworkUp now) {
            if (Objects.equals(network, now)) {
                again(null);
            } else {
                network = now;
            }
        }

        @Override
        public void secretWanted(PppEvent.SecretWanted now) {
            // Nothing is agreed on by it: the user is asked as often as the server permits.
        }

        @Override
        public void foreignPackets(PppEvent.ForeignPackets now) {
            // Each report is news.
        }

        @Override
        public void echoMissed(PppEvent.EchoMissed now) {
            // Nothing is agreed on by it either, and it is told once.
        }

        @Override
        public void down(PppEvent.Down now) {
            // The end, of which there is one.
        }

        /** Nobody is told of it. */
        private void again(@Nullable PppFailure why) {
            again = true;
            weaker = why;
        }
    }

    /** The best that a protocol may come to; AuthMethod is in order of strength. */
    private static AuthMethod best(AuthProtocol protocol) {
        for (AuthMethod method : AuthMethod.values()) {
            if (method.protocol() == protocol) {
                return method;
            }
        }
        throw new IllegalArgumentException("nobody carries out " + protocol.label());
    }
}

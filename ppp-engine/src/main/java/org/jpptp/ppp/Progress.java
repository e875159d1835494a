package org.jpptp.ppp;

import org.jpptp.ppp.PppFailure.Cause;
import org.jspecify.annotations.Nullable;

/** Tells each step of the link once; a renegotiation may come to the same again, but never to something weaker. */
final class Progress {
    private final PppOutput output;
    private PppEvent.@Nullable LinkOpened opened;
    private boolean authenticated;
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
    PppFailure tell(PppEvent event) {
        if (event instanceof PppEvent.LinkOpened now) {
            if (opened != null) {
                return now.auth().compareTo(opened.auth()) <= 0
                        ? null
                        : new PppFailure(
                                Cause.AUTH_METHOD_REFUSED,
                                0,
                                "the peer renegotiated from " + opened.auth().label() + " to "
                                        + now.auth().label());
            }
            opened = now;
        } else if (event instanceof PppEvent.Authenticated) {
            if (authenticated) {
                return null;
            }
            authenticated = true;
        } else if (event instanceof PppEvent.EncryptionSettled now) {
            if (encryption != null) {
                return now.equals(encryption)
                        ? null
                        : new PppFailure(
                                Cause.ENCRYPTION_REFUSED, 0, "the peer renegotiated encryption to other terms");
            }
            encryption = now;
        } else if (event instanceof PppEvent.NetworkUp now) {
            if (network != null) {
                return now.local().equals(network.local())
                        ? null
                        : new PppFailure(
                                Cause.ADDRESSES_REFUSED,
                                0,
                                "the peer renegotiated our address from "
                                        + network.local().getHostAddress() + " to "
                                        + now.local().getHostAddress());
            }
            network = now;
        }
        output.event(event);
        return null;
    }
}

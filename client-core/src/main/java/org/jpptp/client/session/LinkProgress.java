package org.jpptp.client.session;

import org.jpptp.client.Failure;
import org.jpptp.client.diagnosis.Interference;
import org.jpptp.client.diagnosis.TunnelDiagnosis;
import org.jpptp.control.ControlConnection;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;
import org.jspecify.annotations.Nullable;

/**
 * What the link comes to, event by event: told to the user, kept for a verdict, and acted on by the parts of the session that
 * it concerns. While the link is being closed nothing of it counts but its end.
 */
final class LinkProgress {
    /** What the session itself has to do with it. */
    interface Course {
        /** Whether link or control connection are being closed. */
        boolean isClosing();

        /** The tunnel cannot be. */
        void fail(Failure why, long now);

        /** The link has ended. */
        void down(PppFailure why, long now);
    }

    private final Course course;
    private final SessionTrace trace;
    private final LinkReport report;
    private final Steps steps;
    private final GreWatch greWatch;
    private final ControlConnection control;
    private final SecretExchange secrets;
    private final HostSetup host;
    private final Verdicts verdicts;
    private final String server;

    /** @param server as the user knows it */
    LinkProgress(
            Course course,
            SessionTrace trace,
            LinkReport report,
            Steps steps,
            GreWatch greWatch,
            ControlConnection control,
            SecretExchange secrets,
            HostSetup host,
            Verdicts verdicts,
            String server) {
        this.course = course;
        this.trace = trace;
        this.report = report;
        this.steps = steps;
        this.greWatch = greWatch;
        this.control = control;
        this.secrets = secrets;
        this.host = host;
        this.verdicts = verdicts;
        this.server = server;
    }

    void event(PppEvent event, long now) {
        event.match(new AtOnce(now));
    }

    private static NetworkAgreement.Payload payload(PppEvent.@Nullable Coding coding) {
        return coding == null ? NetworkAgreement.Payload.PLAIN : NetworkAgreement.Payload.CODED;
    }

    /** The events of one time. */
    private final class AtOnce implements PppEvent.Cases {
        private final long now;

        AtOnce(long now) {
            this.now = now;
        }

        @Override
        public void linkOpened(PppEvent.LinkOpened event) {
            if (!goesOn()) {
                return;
            }
            greWatch.heard();
            if (host.linkWasOpen()) {
                trace.note("the server receives at most " + event.peerMru() + " octets from now on");
                host.receiveAtMost(event.mru(), event.peerMru()).ifPresent(why -> course.fail(why, now));
                return;
            }
            host.receiveAtMost(event.mru(), event.peerMru()).ifPresent(why -> course.fail(why, now));
            report.opened(
                    event, steps.next("authenticating with " + event.auth().label(), now));
            control.linkEstablished(now);
        }

        @Override
        public void secretWanted(PppEvent.SecretWanted event) {
            if (goesOn()) {
                secrets.ask(event, now);
            }
        }

        @Override
        public void authenticated(PppEvent.Authenticated event) {
            if (goesOn()) {
                secrets.end(now);
                verdicts.authenticated(event.method());
                report.authenticated(event, secrets.changesPassword(), steps.next("negotiating encryption (CCP)", now));
            }
        }

        @Override
        public void encryptionSettled(PppEvent.EncryptionSettled event) {
            if (goesOn()) {
                verdicts.encryption(event);
                host.settled(payload(event.send()), payload(event.receive()));
                report.encryption(event, steps.next("negotiating addresses (IPCP)", now));
            }
        }

        @Override
        public void networkUp(PppEvent.NetworkUp event) {
            if (!goesOn()) {
                return;
            }
            if (!host.wasAgreed()) {
                report.addresses(event, steps.next("configuring the tunnel interface", now));
            }
            host.configure(event).ifPresent(why -> course.fail(why, now));
        }

        @Override
        public void foreignPackets(PppEvent.ForeignPackets event) {
            report.warn(Interference.of(event.what()));
        }

        @Override
        public void echoMissed(PppEvent.EchoMissed event) {
            if (goesOn()) {
                report.warn(TunnelDiagnosis.echoMissed(server, event.unanswered(), event.atMost()));
            }
        }

        @Override
        public void down(PppEvent.Down event) {
            course.down(event.failure(), now);
        }

        private boolean goesOn() {
            if (course.isClosing()) {
                trace.note("ignoring progress of the link: it is being closed");
            }
            return !course.isClosing();
        }
    }
}

package org.jpptp.client.diagnosis;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jpptp.control.ControlFailure;
import org.jpptp.control.TransportEnd;
import org.jpptp.control.UnreadException;

/** Every failure of a control connection, with facts as servers bring them about; one at least of each kind. */
final class ControlFailures {
    private static final Duration TEN = Duration.ofSeconds(10);

    private ControlFailures() {}

    static List<ControlFailure> all() {
        List<ControlFailure> all = Stream.of(
                        Stream.of(ControlFailure.Ending.values()).map(ControlFailure.Closed::new),
                        Stream.of(ControlFailure.Awaited.values())
                                .map(awaited -> new ControlFailure.Unanswered(awaited, TEN, 100)),
                        Stream.of(ControlFailure.Stage.values())
                                .map(stage -> new ControlFailure.TransportLost(stage, 100, TransportEnd.CLOSED)),
                        Stream.of(
                                new ControlFailure.ClosedWithError(2, 4),
                                new ControlFailure.StartDenied(4),
                                new ControlFailure.StartRefused(2, 4, 0x0100, 0x0100),
                                new ControlFailure.StartRefused(3, 0, 0x0100, 0x0100),
                                new ControlFailure.StartRefused(1, 0, 0x0200, 0x0100),
                                new ControlFailure.CallRefused(2, 6, 27),
                                new ControlFailure.EchoLost(Duration.ofSeconds(60), Duration.ofSeconds(60)),
                                new ControlFailure.Cleared(ControlFailure.Phase.UP),
                                new ControlFailure.Cleared(ControlFailure.Phase.SETTING_UP),
                                new ControlFailure.Disconnected(ControlFailure.Phase.UP, 2, 6, 16, "\"rx=1\""),
                                new ControlFailure.Disconnected(ControlFailure.Phase.SETTING_UP, 3, 0, 0, ""),
                                new ControlFailure.Stopped(ControlFailure.Phase.SETTING_UP, 3),
                                new ControlFailure.Stopped(ControlFailure.Phase.UP, 1),
                                new ControlFailure.NotPptp(ControlFailure.Phase.SETTING_UP, "\"SSH-2.0-OpenSSH_9.2\""),
                                new ControlFailure.NotPptp(ControlFailure.Phase.UP, "\"GET / HTTP/1.1\""),
                                new ControlFailure.BrokenMessage("Echo-Request with length 65535 where it has 16"),
                                new ControlFailure.StartedTwice(),
                                new ControlFailure.TransportLost(
                                        ControlFailure.Stage.CALL,
                                        0,
                                        new TransportEnd(TransportEnd.Kind.BROKEN, "connection reset by peer")),
                                new ControlFailure.TransportLost(
                                        ControlFailure.Stage.CALL,
                                        0,
                                        TransportEnd.of(new UnreadException("the peer has read nothing for 30 s")))))
                .<ControlFailure>flatMap(failures -> failures.map(failure -> (ControlFailure) failure))
                .toList();
        Set<Class<?>> missing = LinkFailures.kinds(ControlFailure.class);
        all.forEach(failure -> missing.remove(failure.getClass()));
        if (!missing.isEmpty()) {
            throw new IllegalStateException("no sample of " + missing);
        }
        return all;
    }
}

package org.jpptp.control;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Client against server over a wire in virtual time, compared with traces that were read and found right. */
class GoldenTraceTest {
    private static final boolean ANSWERS = true;

    private static void check(String name, ServerTraits traits, Consumer<VirtualLink> script) {
        VirtualLink link = new VirtualLink(Machines.CONFIG, traits);
        link.at(0, () -> link.client.open(link.now));
        script.accept(link);
        Golden.check(name + ".txt", link.run(600));
    }

    @Test
    void aCallThatTheClientEnds() {
        check("normal", ServerTraits.ACCEPTING, link -> {
            link.at(0.5, () -> link.client.linkEstablished(link.now));
            link.at(90, () -> link.client.close(link.now));
        });
    }

    @Test
    void aCallThatTheServerDisconnects() {
        check(
                "disconnected",
                ServerTraits.ACCEPTING,
                link -> link.at(5, () -> link.server.disconnectCall(1, link.now)));
    }

    @Test
    void aServerThatShutsDown() {
        check("shutdown", ServerTraits.ACCEPTING, link -> link.at(5, () -> link.server.close(link.now)));
    }

    @Test
    void aStartThatIsRefused() {
        check("start-refused", ServerTraits.ACCEPTING.withStartResult(4), link -> {});
    }

    @Test
    void aStartThatMeetsAnotherConnection() {
        check("start-exists", ServerTraits.ACCEPTING.withStartResult(3), link -> {});
    }

    @Test
    void aStartThatIsAcceptedWithResultZero() {
        check(
                "start-zero",
                ServerTraits.ACCEPTING.withStartResult(0),
                link -> link.at(1, () -> link.client.close(link.now)));
    }

    @Test
    void aStartThatIsNotAnswered() {
        check("start-unanswered", ServerTraits.ACCEPTING.withoutStartReply(), link -> {});
    }

    @Test
    void aCallThatIsRefused() {
        check("call-refused", new ServerTraits(1, 2, 4, 17, ANSWERS, ANSWERS), link -> {});
    }

    @Test
    void aCallThatIsNotAnswered() {
        check("call-unanswered", ServerTraits.ACCEPTING.withoutCallReply(), link -> {});
    }

    @Test
    void aCallThatIsGivenUpBeforeItsAnswer() {
        check(
                "call-given-up",
                ServerTraits.ACCEPTING.withoutCallReply(),
                link -> link.at(2, () -> link.client.close(link.now)));
    }
}

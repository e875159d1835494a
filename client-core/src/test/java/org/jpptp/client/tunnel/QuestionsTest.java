package org.jpptp.client.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.Refusal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class QuestionsTest {
    private static final PppEvent.SecretWanted WANTED = new PppEvent.SecretWanted(
            PppEvent.Secret.CREDENTIALS, new Refusal(Refusal.Verdict.CHAP_FAILURE, "alice", 691, ""));

    private final Credentials tried = new Credentials("alice", "wrong".toCharArray());
    private final Credentials answer = new Credentials("alice", "secret".toCharArray());
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    private void hear(@Nullable Credentials credentials) {
        heard.add(credentials == null ? "nothing" : new String(credentials.password()));
    }

    @Test
    void passesTheAnswerOnAndWipesItAtTheEnd() throws InterruptedException {
        Questions questions = new Questions((wanted, before) -> {
            assertThat(wanted).isEqualTo(WANTED);
            assertThat(before).isSameAs(tried);
            return answer;
        });
        questions.ask(WANTED, tried, this::hear);
        assertThat(heard.poll(120, TimeUnit.SECONDS)).isEqualTo("secret");

        questions.close();
        assertThat(answer.password()).containsOnly('\0');
        assertThat(new String(tried.password())).isEqualTo("wrong");
    }

    @Test
    void givingUpIsAnAnswer() throws InterruptedException {
        try (Questions questions = new Questions((wanted, before) -> null)) {
            questions.ask(WANTED, tried, this::hear);
            assertThat(heard.poll(120, TimeUnit.SECONDS)).isEqualTo("nothing");
        }
    }

    /** Somebody at a terminal cannot be interrupted: the tunnel ends without waiting, and the answer is for nobody. */
    @Test
    void anAnswerThatComesTooLateIsWipedAndNotTold() throws InterruptedException {
        CountDownLatch typing = new CountDownLatch(1);
        BlockingQueue<Thread> thread = new LinkedBlockingQueue<>();
        Questions questions = new Questions((wanted, before) -> {
            thread.add(Thread.currentThread());
            awaitForever(typing);
            return answer;
        });
        Consumer<@Nullable Credentials> nobody = this::hear;
        questions.ask(WANTED, tried, nobody);
        Thread asking = thread.take();
        assertThat(asking.isDaemon()).isTrue();
        questions.close();
        typing.countDown();
        asking.join();

        assertThat(answer.password()).containsOnly('\0');
        assertThat(heard).isEmpty();
    }

    private static void awaitForever(CountDownLatch latch) {
        boolean done = false;
        while (!done) {
            try {
                latch.await();
                done = true;
            } catch (InterruptedException e) {
                // As a read from a terminal does: it goes on.
            }
        }
    }
}

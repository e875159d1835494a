package org.jpptp.client.tunnel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jpptp.client.Identity;
import org.jpptp.client.SecretSource;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppEvent;
import org.jspecify.annotations.Nullable;

/**
 * The questions of one tunnel to its user. Each has a daemon thread: a terminal that is being read cannot be
 * interrupted, and must not keep the tunnel from ending. Every answer is wiped, also one that comes too late.
 */
final class Questions implements AutoCloseable {
    private final SecretSource source;
    private @Nullable Credentials accepted;
    private final List<Credentials> answers = new ArrayList<>();
    /** Questions without an answer. */
    private int open;

    private boolean closed;

    Questions(SecretSource source) {
        this.source = source;
    }

    /**
     * Asks, and returns at once.
     *
     * @param answered called on another thread, unless this is closed by then
     */
    void ask(PppEvent.SecretWanted wanted, Credentials tried, Consumer<@Nullable Credentials> answered) {
        Thread question = new Thread(
                () -> {
                    Credentials answer = null;
                    try {
                        answer = source.ask(wanted, tried);
                    } finally {
                        take(wanted.secret(), answer, answered);
                    }
                },
                "jpptp-question");
        question.setDaemon(true);
        synchronized (this) {
            open++;
        }
        question.start();
    }

    /** Under the lock, so that nobody is called after {@link #close}. */
    private synchronized void take(
            PppEvent.Secret wanted, @Nullable Credentials answer, Consumer<@Nullable Credentials> answered) {
        open--;
        if (answer != null) {
            answers.add(answer);
            accepted = answer;
            char[] changed = wanted == PppEvent.Secret.NEW_PASSWORD ? answer.newPassword() : null;
            if (changed != null) {
                accepted = new Credentials(answer.name(), changed);
                answers.add(accepted);
            }
        }
        if (closed) {
            close();
        } else {
            answered.accept(answer);
        }
    }

    /**
     * Whom to connect as after what has been answered: nobody is asked twice.
     *
     * @param first what was given at the start
     */
    synchronized Identity inForce(Identity first) {
        return accepted == null ? first : new Identity(accepted);
    }

    /** Takes back what is still asked, and wipes all answers. */
    @Override
    public synchronized void close() {
        if (open > 0 && !closed) {
            source.withdraw();
        }
        closed = true;
        answers.forEach(Credentials::wipe);
    }
}

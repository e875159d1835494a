package org.jpptp.client.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class OneByOneTest {
    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final OneByOne tasks = new OneByOne(threads::add);
    private final List<String> done = new ArrayList<>();

    @Test
    void oneTaskAtATimeIsHandedOnInOrder() {
        tasks.execute(() -> {
            tasks.execute(() -> done.add("third"));
            done.add("first");
        });
        tasks.execute(() -> done.add("second"));
        while (!threads.isEmpty()) {
            assertThat(threads).hasSize(1);
            threads.remove().run();
        }
        assertThat(done).containsExactly("first", "second", "third");
    }

    @Test
    void oneThatThrowsDoesNotStopTheOthers() {
        tasks.execute(() -> {
            throw new IllegalStateException("broken");
        });
        tasks.execute(() -> done.add("second"));
        assertThatThrownBy(threads.remove()::run).hasMessage("broken");
        threads.remove().run();
        assertThat(done).containsExactly("second");
        tasks.execute(() -> done.add("later"));
        threads.remove().run();
        assertThat(done).containsExactly("second", "later");
    }
}

package org.jpptp.lab.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A test JVM that is killed takes its namespaces and its guest with it. */
@RequiresRealPeer
class LeftoversTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** What the JVM to be killed runs. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) throws InterruptedException {
            TestNamespace namespace = TestNamespace.create();
            System.out.println("namespace " + namespace.name());
            RealPeer peer = RealPeer.start("moxie", "secret");
            System.out.println("namespace " + peer.namespace().name());
            System.out.println("up");
            Thread.sleep(LIMIT.toMillis());
        }
    }

    @Test
    void endWithTheJvm() throws IOException, InterruptedException {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName())
                .redirectErrorStream(true)
                .start();
        OutputLines output = new OutputLines(victim.getInputStream(), "victim");
        output.await("^up$", LIMIT);
        List<ProcessHandle> children = victim.descendants().toList();
        assertThat(children).hasSizeGreaterThan(3);
        victim.destroyForcibly();

        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (children.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() - deadline < 0) {
            Thread.sleep(50);
        }
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        List<String> names = output.all().stream()
                .filter(line -> line.startsWith("namespace "))
                .map(line -> line.substring("namespace ".length()))
                .toList();
        assertThat(names).hasSize(2).map(TestNamespace::keptElsewhere).noneMatch(TestNamespace::exists);
        try (Stream<Path> temporary = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(temporary)
                    .noneMatch(file -> file.getFileName().toString().startsWith(names.get(1) + "-"));
        }
    }
}

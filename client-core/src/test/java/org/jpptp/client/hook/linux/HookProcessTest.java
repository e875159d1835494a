package org.jpptp.client.hook.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import org.jpptp.client.hook.HookCommand;
import org.jpptp.client.hook.HookResult;
import org.jpptp.client.hook.HookResult.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real programs, good and bad. */
@Timeout(120)
class HookProcessTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final List<String> trace = new CopyOnWriteArrayList<>();
    private final HookCommand command = new HookCommand(
            List.of("pptp0", "203.0.113.7", "0", "10.9.0.2", "10.9.0.1", ""), Map.of("IFNAME", "pptp0"));

    private Path script(String text) throws IOException {
        Path script = Files.writeString(directory.resolve("hook"), "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }

    private HookResult run(String text, Duration limit) throws IOException {
        return HookProcess.ofThisProcess().run(script(text), command, limit, trace::add);
    }

    private void assertGone(String pidFile) throws Exception {
        long pid = Long.parseLong(Files.readString(directory.resolve(pidFile)).strip());
        while (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()) {
            Thread.sleep(10);
        }
    }

    @Test
    void getsItsArgumentsAndACleanEnvironment() throws Exception {
        HookResult result = run("""
                echo "$# $1|$6|"
                pwd
                cat
                env
                """, LONG);
        assertThat(result).isEqualTo(new HookResult(directory.resolve("hook"), Kind.ENDED, 0, result.words()));
        assertThat(result.isSuccess()).isTrue();
        assertThat(trace.get(0))
                .isEqualTo("[#] " + directory.resolve("hook") + " pptp0 203.0.113.7 0 10.9.0.2 10.9.0.1");
        assertThat(trace).contains("hook: 6 pptp0||", "hook: /", "hook: IFNAME=pptp0");
        assertThat(trace.stream()
                        .filter(line -> line.matches("hook: [A-Za-z0-9_]+=.*"))
                        .map(line -> line.replaceAll("hook: |=.*", ""))
                        .filter(name -> !List.of("PWD", "_", "SHLVL", "OLDPWD").contains(name)))
                .containsExactlyInAnyOrder("PATH", "ORIG_UID", "PPPLOGNAME", "VPNPID", "IFNAME");
    }

    @Test
    void aFailureIsTold() throws Exception {
        HookResult result = run("echo first; echo 'no \033[31mroute' >&2; exit 7\n", LONG);
        assertThat(result.kind()).isEqualTo(Kind.ENDED);
        assertThat(result.status()).isEqualTo(7);
        assertThat(result.words()).isEqualTo("no \\x1b[31mroute");
    }

    @Test
    void whatHangsIsKilledWithItsChildren() throws Exception {
        HookResult result = run(
                "sh -c 'echo $$ > " + directory + "/child; sleep 1000; echo never' & echo waiting; wait\n",
                Duration.ofSeconds(2));
        assertThat(result.kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(result.words()).isEqualTo("waiting");
        assertGone("child");
    }

    @Test
    void aFloodIsReadAndForgotten() throws Exception {
        HookResult result = run("yes 'a line of a flood' | head -c 4000000; echo; echo done; exit 3\n", LONG);
        assertThat(result.status()).isEqualTo(3);
        assertThat(result.words()).isEqualTo("done");
        assertThat(trace).hasSize(1 + HookOutput.MOST_LINES + 1);
        assertThat(trace.get(trace.size() - 1)).matches("hook: \\d+ more lines");
    }

    @Test
    void aFloodWithoutAnEndIsKilled() throws Exception {
        HookResult result = run("echo $$ > " + directory + "/child; exec yes\n", Duration.ofSeconds(1));
        assertThat(result.kind()).isEqualTo(Kind.TIMED_OUT);
        assertGone("child");
    }

    @Test
    void oneLineWithoutAnEndIsCut() throws Exception {
        assertThat(run("head -c 1000000 /dev/zero | tr '\\0' x; exit 1\n", LONG).words())
                .isEqualTo("x".repeat(HookOutput.MOST_COLUMNS));
    }

    /** It holds the pipe open, and is nobody's child any more. */
    @Test
    void aDaemonIsNotWaitedFor() throws Exception {
        HookResult result = run(
                "setsid sh -c 'echo $$ > " + directory + "/daemon; sleep 1000' &\n" + "while [ ! -s " + directory
                        + "/daemon ]; do sleep 0.01; done; echo started\n",
                LONG);
        assertThat(result.isSuccess()).isTrue();
        long daemon =
                Long.parseLong(Files.readString(directory.resolve("daemon")).strip());
        ProcessHandle handle = ProcessHandle.of(daemon).orElseThrow();
        assertThat(handle.isAlive()).isTrue();
        handle.descendants().forEach(ProcessHandle::destroyForcibly);
        handle.destroyForcibly();
    }

    @Test
    void anInterruptKillsIt() throws Exception {
        FutureTask<HookResult> task =
                new FutureTask<>(() -> run("echo $$ > " + directory + "/child; exec sleep 1000\n", LONG));
        Thread thread = new Thread(task);
        thread.start();
        while (!Files.exists(directory.resolve("child"))
                || Files.readString(directory.resolve("child")).isBlank()) {
            Thread.sleep(10);
        }
        thread.interrupt();
        assertThat(task.get().kind()).isEqualTo(Kind.CUT_SHORT);
        assertGone("child");
    }

    @Test
    void whatIsNoProgramIsNotRun() throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "hello");
        HookProcess process = HookProcess.ofThisProcess();
        assertThat(process.run(text, command, LONG, trace::add).words()).isEqualTo("it is no program that can be run");
        assertThat(process.run(directory, command, LONG, trace::add).words())
                .isEqualTo("it is no program that can be run");
        assertThat(process.run(directory.resolve("nothing"), command, LONG, trace::add)
                        .words())
                .isEqualTo("it does not exist");
    }

    @Test
    void othersMustNotBeAbleToChangeIt() throws Exception {
        HookFile file = new HookFile(HookFile.uidOfThisProcess());
        Path hook = script("");
        assertThat(file.objection(hook)).isEmpty();
        Path link = Files.createSymbolicLink(directory.resolve("link"), hook);
        assertThat(file.objection(link)).isEmpty();
        assertThat(new HookFile(4711).objection(hook).isPresent()).isEqualTo(HookFile.uidOfThisProcess() != 0);

        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxrwx---"));
        assertThat(file.objection(hook))
                .hasValueSatisfying(why -> assertThat(why).startsWith("it could be changed by others than "));
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        Optional<String> objection = file.objection(link);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        assertThat(objection)
                .hasValueSatisfying(why -> assertThat(why).startsWith(directory + " could be changed by others than "));
    }
}

package org.jpptp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jpptp.cli.json.JsonObject;
import org.junit.jupiter.api.Test;

/** The life of tunnels in the background: processes of {@link BackgroundMain}, as a script would start them. */
class BackgroundTest extends BackgroundCommands {
    @Test
    void upReturnsOnceItIsUpAndDownOnceItIsDown() throws Exception {
        Result up = run("up", "office", "-u", "alice");
        assertThat(up.exitCode()).as(up.err()).isZero();
        assertThat(up.out())
                .isEqualTo("Tunnel pptp0 is up after 0.2 s. No routes (see --route). 'jpptp down office' ends it.\n");
        JsonObject status = status("office");
        assertThat(status.text("state")).isEqualTo("up");
        Path process = Path.of("/proc", Long.toString(status.number("pid")));
        assertThat(Files.readString(process.resolve("cmdline")) + Files.readString(process.resolve("environ")))
                .contains("office")
                .doesNotContain("secret");
        assertThat(run("up", "office", "-u", "alice").out()).contains("Tunnel office is up already");

        Result down = run("down", "office");
        assertThat(down.out()).isEqualTo("Tunnel office is down.\n");
        assertThat(status("office").text("state")).isEqualTo("down");
        assertThat(run("down", "office")).isEqualTo(new Result(0, "Tunnel office is not up.\n", ""));
        assertThat(directory.resolve("office.log"))
                .content()
                .contains("Tunnel pptp0 is up")
                .contains("Disconnected");
    }

    @Test
    void whyItIsNotUpIsTheCommandsOwnEnd() throws Exception {
        Result up = run("up", "wrong", "-u", "alice");
        assertThat(up.exitCode()).isEqualTo(19);
        assertThat(up.err()).contains("jpptp: It is wrong. Mend it. (exit code 19; Windows error 691)");
        assertThat(directory.resolve("wrong.log")).content().contains("It is wrong.");
        assertThat(run("status", "wrong").exitCode()).isEqualTo(3);
    }

    @Test
    void oneThatIsComingUpIsWaitedForByAll() throws Exception {
        Process first = start("up", "later", "-u", "alice");
        while (!Files.exists(directory.resolve("later.sock"))) {
            assertThat(first.isAlive()).isTrue();
            Thread.sleep(5);
        }
        assertThat(run("status", "later").exitCode()).isEqualTo(3);
        Process second = start("up", "later", "-u", "alice");
        Files.createFile(directory.resolve("later"));
        assertThat(await(first).exitCode()).isZero();
        Result waited = await(second);
        assertThat(waited.exitCode()).as(waited.err()).isZero();
        assertThat(waited.out()).startsWith("Tunnel later is up");
    }

    @Test
    void whoeverStopsUpStopsTheTunnelAndAKilledOneIsSeenToBeDead() throws Exception {
        Process up = start("up", "later", "-u", "alice");
        while (!status("later").text("state", "").equals("connecting")) {
            assertThat(up.isAlive()).isTrue();
        }
        up.toHandle().destroy(); // destroy() would close its output for us
        Result stopped = await(up);
        assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(130);
        assertThat(status("later").text("state")).isEqualTo("down");

        assertThat(run("up", "office", "-u", "alice").exitCode()).isZero();
        ProcessHandle tunnel = ProcessHandle.of(status("office").number("pid")).orElseThrow();
        tunnel.destroyForcibly();
        tunnel.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(run("status", "office").exitCode()).isEqualTo(1);
        assertThat(run("up", "office", "-u", "alice").exitCode()).isZero();
        assertThat(status("office").text("state")).isEqualTo("up");
    }

    /** Nobody has undone what it has changed, so that it must be found. */
    @Test
    void anAbandonedOneIsSeenToBeDeadAndClearedAway() throws Exception {
        assertThat(run("up", "hanging", "-u", "alice").exitCode()).isZero();
        ProcessHandle tunnel = ProcessHandle.of(status("hanging").number("pid")).orElseThrow();
        tunnel.destroy();
        tunnel.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(directory.resolve("hanging.log")).content().contains("did not end in time");
        assertThat(run("status", "hanging").exitCode()).isEqualTo(1);
        assertThat(directory.resolve("repaired")).doesNotExist();

        Result down = run("down", "hanging");
        assertThat(down.exitCode()).as(down.err()).isZero();
        assertThat(down.out()).contains("had died");
        assertThat(directory.resolve("repaired")).exists();
        assertThat(run("status", "hanging").exitCode()).isEqualTo(3);
    }
}

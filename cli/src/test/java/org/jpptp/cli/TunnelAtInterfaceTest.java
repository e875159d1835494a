package org.jpptp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Commands that are given what {@code up} says is up, which is the interface. */
class TunnelAtInterfaceTest extends BackgroundCommands {
    @Test
    void everyCommandFindsTheTunnelByItsInterface() throws Exception {
        assertThat(run("up", "office", "-u", "alice").out()).startsWith("Tunnel pptp0 is up");
        assertThat(status("pptp0").text("name")).isEqualTo("office");
        assertThat(run("status", "pptp0").exitCode()).isZero();
        assertThat(run("exec", "pptp0", "--", "true").err()).contains("There is no tunnel office that is up behind");
        assertThat(run("bugreport", "pptp0").out()).contains("== status office");

        Result restart = run("restart", "pptp0");
        assertThat(restart.exitCode()).isEqualTo(2);
        assertThat(restart.err()).contains("pptp0 is the interface of tunnel office");
        assertThat(status("office").text("state")).isEqualTo("up");

        assertThat(run("down", "pptp0")).isEqualTo(new Result(0, "Tunnel office is down.\n", ""));
        assertThat(run("down", "pptp0")).isEqualTo(new Result(0, "Tunnel pptp0 is not up.\n", ""));
        assertThat(run("status", "pptp0").exitCode()).isEqualTo(3);
    }

    @Test
    void noneIsEndedWhereSeveralHaveTheInterface() throws Exception {
        run("up", "office", "-u", "alice");
        run("up", "lab", "-u", "alice");
        Result down = run("down", "pptp0");
        assertThat(down.exitCode()).isEqualTo(2);
        assertThat(down.err()).contains("pptp0 is the interface of 2 tunnels; name one of them: lab, office.");
        assertThat(run("status").exitCode()).isZero();
    }
}

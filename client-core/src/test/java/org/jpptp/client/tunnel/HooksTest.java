package org.jpptp.client.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jpptp.client.Cidr;
import org.jpptp.client.HookSettings;
import org.jpptp.client.HookSettings.Moment;
import org.jpptp.client.Routing;
import org.jpptp.client.hook.HookCommand;
import org.jpptp.client.hook.HookCommand.Carried;
import org.jpptp.client.hook.HookResult;
import org.jpptp.client.hook.HookResult.Kind;
import org.jpptp.client.net.HostLog;
import org.jpptp.client.net.NetworkPlan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the user's programs are run, and what becomes of one that goes on too long. */
@Timeout(60)
class HooksTest {
    private static final Path UP = Path.of("/etc/up");
    private static final Path DOWN = Path.of("/etc/down");
    private static final Path AGAIN = Path.of("/etc/again");
    private static final HookSettings ALL = new HookSettings(UP, DOWN, AGAIN);
    private static final NetworkPlan PLAN = new NetworkPlan(
            new NetworkPlan.Link("pptp0", "blue", 1400),
            new NetworkPlan.Addresses(address("10.9.0.2"), null, null),
            address("203.0.113.7"),
            Routing.NONE);

    private final List<String> runs = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);

    private static Inet4Address address(String text) {
        return Cidr.parse(text).orElseThrow().address();
    }

    private Hooks hooks(HookSettings settings, Hooks.Runner runner) {
        return new Hooks(runner, settings, new HostLog() {
            @Override
            public void note(String line) {
                runs.add(line);
            }

            @Override
            public void warn(String sentence) {
                warnings.add(sentence);
            }
        });
    }

    private HookResult good(
            Path program, HookCommand command, @Nullable String namespace, Duration limit, HostLog log) {
        runs.add(command.environment().get("reason") + " " + program + " in " + namespace + " "
                + command.environment().getOrDefault("BYTES_SENT", "-"));
        return new HookResult(program, Kind.ENDED, 0, "");
    }

    private HookResult endless(
            Path program, HookCommand command, @Nullable String namespace, Duration limit, HostLog log) {
        if (!program.equals(UP)) {
            return good(program, command, namespace, limit, log);
        }
        begun.countDown();
        try {
            hanging.await();
            return good(program, command, namespace, limit, log);
        } catch (InterruptedException e) {
            return new HookResult(program, Kind.CUT_SHORT, -1, "waiting");
        }
    }

    @Test
    void eachInItsTurn() {
        Hooks hooks = hooks(ALL, this::good);
        hooks.up(Moment.UP, PLAN);
        hooks.up(Moment.RECONNECT, PLAN);
        hooks.up(Moment.RECONNECT, PLAN);
        hooks.carried(new Carried(Duration.ofSeconds(9), 7, 8));
        hooks.close();
        assertThat(runs)
                .containsExactly(
                        "connect /etc/up in blue -",
                        "reconnect /etc/again in blue -",
                        "reconnect /etc/again in blue -",
                        "disconnect /etc/down in blue 7");
        assertThat(warnings).isEmpty();
        hooks.close();
        assertThat(runs).hasSize(4);
    }

    @Test
    void aTunnelThatNeverWasUpRunsNothing() {
        hooks(ALL, this::good).close();
        assertThat(runs).isEmpty();
    }

    @Test
    void onlyWhatIsThereIsRun() {
        Hooks hooks = hooks(new HookSettings(null, DOWN, null), this::good);
        hooks.up(Moment.UP, PLAN);
        hooks.up(Moment.RECONNECT, PLAN);
        hooks.close();
        assertThat(runs).containsExactly("disconnect /etc/down in blue 0");
    }

    @Test
    void whatIsNotOverAtTheEndIsCutShort() throws Exception {
        Hooks hooks = hooks(ALL, this::endless);
        hooks.up(Moment.UP, PLAN);
        hooks.up(Moment.RECONNECT, PLAN);
        begun.await();
        hooks.close();
        assertThat(warnings)
                .contains("The hook \"/etc/up\" was killed, as the tunnel ended before it did: \"waiting\".");
        assertThat(runs).endsWith("disconnect /etc/down in blue 0");
    }

    @Test
    void failuresAreWarnings() {
        for (HookResult result : List.of(
                new HookResult(UP, Kind.ENDED, 2, "say \"it\"."),
                new HookResult(UP, Kind.TIMED_OUT, -1, ""),
                HookResult.notRun(UP, "it does not exist"))) {
            Hooks hooks = hooks(ALL, (program, command, namespace, limit, log) -> result);
            hooks.up(Moment.UP, PLAN);
            hooks.close();
        }
        assertThat(warnings)
                .containsExactly(
                        "The hook \"/etc/up\" ended with exit status 2: \"say 'it'\".",
                        "The hook \"/etc/up\" ended with exit status 2: \"say 'it'\".",
                        "The hook \"/etc/up\" had not ended after 30 s and was killed.",
                        "The hook \"/etc/up\" had not ended after 10 s and was killed.",
                        "The hook \"/etc/up\" was not run: it does not exist.",
                        "The hook \"/etc/up\" was not run: it does not exist.");
    }
}

package org.jpptp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rights the launcher keeps for which arguments of root's: what it asks of a setpriv that only tells. */
class LauncherRightsIT {
    private static final String TUNNEL = ",+net_admin,+net_raw";
    private static final Pattern RIGHTS =
            Pattern.compile("^--bounding-set=-all(\\S*) --inh-caps=-all --no-new-privs \\S+/java ", Pattern.MULTILINE);
    private static final int NOBODY = 65534;

    @TempDir
    Path directory;

    private SourceTree tree;
    private Path profiles;

    @BeforeEach
    void tree() throws Exception {
        tree = new SourceTree(directory, "tree");
        tree.builtAt(Instant.now().plusSeconds(60));
        tree.script("setpriv", "echo \"$*\"");
        tree.script("id", "echo 0");
        tree.give("dirname");
        profiles = Files.createDirectories(directory.resolve("profiles"));
        tree.environment.put("CONFIGURATION_DIRECTORY", profiles.toString());
    }

    /** The capabilities that remain, of a Java that is never started. */
    private String kept(String... arguments) throws Exception {
        Path home = tree.java("java", "17.0.1", "");
        Matcher rights = RIGHTS.matcher(
                tree.run(tree.launcher, home.toString(), arguments).out());
        return rights.find() ? rights.group(1) : "all";
    }

    /** A file of another user's: one that is given away, or else one of root's. */
    private Path another(String name) throws Exception {
        Path file = Files.createFile(directory.resolve(name));
        if (Integer.valueOf(0).equals(Files.getAttribute(file, "unix:uid"))) {
            Files.setAttribute(file, "unix:uid", NOBODY);
            return file;
        }
        return Path.of("/etc/passwd");
    }

    private void profile(String name, String... lines) throws Exception {
        Files.write(profiles.resolve(name + ".conf"), List.of(lines));
    }

    @Test
    void whoAsksForHelpNeedsNone() throws Exception {
        assertThat(kept()).isEmpty();
        assertThat(kept("--version")).isEmpty();
        assertThat(kept("connect", "office", "-h")).isEmpty();
        assertThat(kept("demo", "--help")).isEmpty();
    }

    @Test
    void whatAnotherProgramIsAskedForIsNoQuestionToThisOne() throws Exception {
        assertThat(kept("up", "office", "--on-up", "/usr/local/bin/x -h y")).isEqualTo(TUNNEL);
        assertThat(kept("up", "office", "--on-up=x --version y")).isEqualTo(TUNNEL);
        assertThat(kept("connect", "--", "-h")).isEqualTo(TUNNEL);
    }

    @Test
    void aPasswordFileOfAnotherUserMayBeReadThatAProfileNames() throws Exception {
        Path secret = another("secret");
        profile("office", "server = 192.0.2.1", "password-file = " + secret + " # his");
        profile("quoted", "\t new-password-file=\"" + secret + "\" ");
        profile("beside", "password-file = " + profiles.relativize(secret));
        profile("hook", "on-up = " + secret);
        for (String name : List.of("office", "quoted", "beside", "hook")) {
            assertThat(kept("connect", name)).as(name).isEqualTo(TUNNEL + ",+dac_read_search");
        }
        Files.createFile(profiles.resolve("ours"));
        profile("own", "password-file = ours", "#password-file = " + secret, "user = " + secret);
        assertThat(kept("connect", "own")).isEqualTo(TUNNEL);
    }

    @Test
    void whatAProfileWritesBeginsAtItsFolder() throws Exception {
        Path others = Files.createDirectories(profiles.resolve("others"));
        boolean isRoot = Integer.valueOf(0).equals(Files.getAttribute(others, "unix:uid"));
        if (isRoot) {
            Files.setAttribute(others, "unix:uid", NOBODY);
        }
        profile("office", "log = log", "capture = \"a capture\"");
        assertThat(kept("up", "office")).isEqualTo(TUNNEL);
        profile("far", "log = " + (isRoot ? "others/log" : "/etc/log"));
        assertThat(kept("up", "far")).isEqualTo(TUNNEL + ",+dac_override");
        profile("no-key", "report = " + (isRoot ? "others/report" : "/etc/report"));
        assertThat(kept("up", "no-key")).isEqualTo(TUNNEL);
    }

    /** As Profiles.java has it, which takes neither a relative path nor more than the first. */
    @Test
    void profilesAreLookedForWhereTheProgramFindsThem() throws Exception {
        Path home = Files.createDirectories(directory.resolve("home/.config/jpptp"));
        tree.environment.put("HOME", directory.resolve("home").toString());
        Path relative = Files.createDirectories(tree.elsewhere.resolve("relative/jpptp"));
        tree.environment.put("XDG_CONFIG_HOME", "relative");
        tree.environment.put("CONFIGURATION_DIRECTORY", profiles + ":/elsewhere");
        profile("machine", "namespace = blue");
        Files.writeString(home.resolve("own.conf"), "namespace = blue\n");
        Files.writeString(relative.resolve("nowhere.conf"), "namespace = blue\n");
        profile("both", "server = 192.0.2.1");
        Files.writeString(home.resolve("both.conf"), "namespace = blue\n");

        assertThat(kept("up", "machine")).isEqualTo(TUNNEL + ",+sys_admin");
        assertThat(kept("up", "own")).isEqualTo(TUNNEL + ",+sys_admin");
        assertThat(kept("up", "nowhere")).isEqualTo(TUNNEL);
        assertThat(kept("up", "both")).isEqualTo(TUNNEL);
    }
}

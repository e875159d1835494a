package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jpptp.lab.peer.JpptpProcess;
import org.jpptp.lab.peer.RequiresRoot;
import org.jpptp.lab.server.EmbeddedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the start of a tunnel does without. */
@RequiresRoot
class StartIT {
    @TempDir
    Path directory;

    /**
     * What a record has by itself for {@code equals}, {@code hashCode} and {@code toString} is put together at its first use, for
     * each record anew: classes that no class data has, and time while a server waits.
     */
    @Test
    void noRecordIsComparedByWhatIsPutTogetherForIt() throws IOException {
        Path log = directory.resolve("classes");
        try (TwoHosts hosts = new TwoHosts();
                EmbeddedServer server = hosts.serve(TwoHosts.config());
                JpptpProcess jpptp = JpptpProcess.startUnder(
                        hosts.client(),
                        List.of("env", "JDK_JAVA_OPTIONS=-Xlog:class+load:file=" + log),
                        "secret\n",
                        Connect.arguments(TwoHosts.SERVER))) {
            assertThat(server.port()).isEqualTo(1723);
            Connect.awaitUp(jpptp);
            jpptp.signal("INT");
            assertThat(jpptp.awaitExit(Connect.LONG)).isZero();
        }
        assertThat(Files.readAllLines(log))
                .anyMatch(line -> line.contains(" org.jpptp.client.tunnel.PptpClient "))
                .noneMatch(line -> line.contains(" java.lang.runtime.ObjectMethods "));
    }

    /**
     * Annotations are read by a class that is made for each kind of them, and picocli's own factory has the program's file opened, whose
     * list of contents is read then.
     */
    @Test
    void noAnnotationIsReadForArguments() throws IOException {
        Path log = directory.resolve("classes");
        try (TwoHosts hosts = new TwoHosts();
                JpptpProcess jpptp = JpptpProcess.startUnder(
                        hosts.client(),
                        List.of("env", "JDK_JAVA_OPTIONS=-Xlog:class+load:file=" + log),
                        "",
                        List.of("connect", "--route"))) {
            assertThat(jpptp.awaitExit(Connect.LONG)).isEqualTo(2);
        }
        assertThat(Files.readAllLines(log))
                .anyMatch(line -> line.contains(" picocli.CommandLine "))
                .noneMatch(line -> line.contains(" sun.reflect.annotation.AnnotationInvocationHandler "))
                .noneMatch(line -> line.contains(" picocli.CommandLine$DefaultFactory "));
    }
}

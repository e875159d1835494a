package org.jpptp.cli.tunnel;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jpptp.cli.command.Cli;
import org.jpptp.cli.service.ClientTunnel;
import org.jpptp.cli.service.Foreground;
import org.jpptp.cli.view.Streams;
import org.jpptp.client.net.linux.NetworkNamespace;
import org.jpptp.lab.peer.TestNamespace;

/**
 * The command on a thread of this process, in a namespace, to its end.
 *
 * @param code its exit code
 * @param out its standard output
 * @param err its standard error
 */
record InPlace(int code, String out, String err) {
    static InPlace run(TestNamespace where, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Streams streams = new Streams(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                StandardCharsets.UTF_8,
                Streams.Watcher.NOBODY,
                Streams.Watcher.NOBODY,
                Map.of("HOME", "/nonexistent"));
        try {
            int code = NetworkNamespace.call(
                    where.name(),
                    () -> new Cli(InPlace.class, ClientTunnel.RUNNER, streams, new Foreground(streams)).run(arguments));
            return new InPlace(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}

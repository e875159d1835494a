package org.jpptp.client.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jpptp.client.ForwardingListener;
import org.jpptp.client.TunnelListener;
import org.jpptp.client.anonymous.AnonymousPackets;
import org.jpptp.client.anonymous.Pseudonyms;
import org.jpptp.client.host.Host;
import org.jpptp.client.host.TunnelLoop;
import org.jspecify.annotations.Nullable;

/**
 * A capture of a tunnel by the tunnel itself, as a pcapng file: what it exchanges with the server, and on a second interface
 * what it carries. Who decided what is a comment on the packet that it was decided about.
 */
public final class Capture implements AutoCloseable {
    private static final String OUTER =
            "What the tunnel exchanges with the server. GRE and the octets of TCP are as they went; headers of IP and TCP are made"
                    + " up around them, since the program sees streams and payloads only.";
    private static final String INNER =
            "What the host sends into the tunnel and gets from it, in clear, as it passes the interface.";
    private static final String ANONYMOUS = " Names and addresses are replaced, payloads are cut off.";

    private final CaptureFile file;
    private final LongSupplier epochNanos;
    private final Tap.Secrecy secrecy;
    private volatile @Nullable Tap tap;

    /**
     * What was written.
     *
     * @param written packets
     * @param dropped packets for which there was no room
     * @param whole whether everything else is in the file
     */
    public record Result(long written, long dropped, boolean whole) {}

    /** Whether challenges and responses stay in it: the password can be found by them. */
    public enum Secrets {
        MASKED,
        SHOWN
    }

    /**
     * Begins to write.
     *
     * @param out buffered; closed in the end
     * @param application name and version of the program
     * @param names who stands for whom; null to replace nobody
     * @param epochNanos the time since 1970
     * @param lost is told once when nothing more can be written, on another thread
     */
    public Capture(
            OutputStream out,
            String application,
            Secrets secrets,
            @Nullable Pseudonyms names,
            LongSupplier epochNanos,
            Consumer<IOException> lost)
            throws IOException {
        this.epochNanos = epochNanos;
        this.secrecy = secrets == Secrets.SHOWN ? Tap.Secrecy.SHOWN : Tap.Secrecy.MASKED;
        String more = names == null ? "" : ANONYMOUS;
        this.file = new CaptureFile(
                out,
                application,
                OUTER + more,
                INNER + more,
                names == null ? UnaryOperator.identity() : anonymous(names),
                lost);
    }

    private static UnaryOperator<CaptureFile.Taken> anonymous(Pseudonyms names) {
        AnonymousPackets packets = new AnonymousPackets(names);
        return taken -> new CaptureFile.Taken(
                taken.place(),
                taken.nanos(),
                taken.direction(),
                taken.outer() ? packets.outer(taken.octets()) : packets.inner(taken.octets()),
                taken.original(),
                names.text(taken.comment()));
    }

    /** The machine, with what passes on its loop captured. */
    public Host of(Host host) {
        return new CapturedHost(host, this);
    }

    CapturedLoop of(TunnelLoop of) {
        long offset = epochNanos.getAsLong() - of.now();
        Tap made = new Tap(file, () -> of.now() + offset, secrecy);
        tap = made;
        return new CapturedLoop(of, made);
    }

    /** Who is to be told in the tunnel's place, so that the reasons of what is decided get into the file. */
    public TunnelListener listening(TunnelListener listener) {
        return new Noting(listener);
    }

    /**
     * The tunnel is over.
     *
     * @param verdict what came of it, in words
     */
    public Result close(String verdict) {
        Tap taken = tap;
        if (taken != null) {
            taken.verdict(verdict);
        }
        return file.close();
    }

    @Override
    public void close() {
        Result unused = close("");
    }

    private final class Noting extends ForwardingListener {
        Noting(TunnelListener listener) {
            super(listener);
        }

        @Override
        public boolean traces(Detail detail) {
            return detail == Detail.DECISIONS || super.traces(detail);
        }

        @Override
        public void trace(Detail detail, String line) {
            Tap taken = tap;
            if (detail == Detail.DECISIONS && taken != null) {
                taken.note(line);
            }
            if (super.traces(detail)) {
                super.trace(detail, line);
            }
        }
    }
}

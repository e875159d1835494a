package org.jpptp.lab.demo;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** Real traffic through a tunnel: pings, and octets over TCP whose SHA-256 is compared at both ends. */
final class Traffic {
    private static final int CHUNK = 1 << 16;
    private static final int TIMEOUT_MILLIS = 20_000;

    private Traffic() {}

    /**
     * One transfer.
     *
     * @param octets how many
     * @param took from the first octet to the arrival of the last
     * @param equal whether both ends saw the same SHA-256
     * @param sha256 the sender's, in hexadecimal
     */
    record Transfer(long octets, Duration took, boolean equal, String sha256) {
        double megabitsPerSecond() {
            return octets * 8 / 1e6 / (took.toNanos() / 1e9);
        }
    }

    /** Sends ICMP echo requests and gives the round-trip time of each that was answered. */
    static Duration[] ping(InetAddress address, int count) throws IOException {
        Duration[] answers = new Duration[count];
        int answered = 0;
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            if (address.isReachable(2_000)) {
                answers[answered++] = Duration.ofNanos(System.nanoTime() - begin);
            }
        }
        return Arrays.copyOf(answers, answered);
    }

    /** The far end of {@link #up} and {@link #down}: serves one transfer up and one down, then returns. */
    static void serve(ServerSocket listening, long octets) throws IOException {
        listening.setSoTimeout(TIMEOUT_MILLIS);
        for (int direction = 0; direction < 2; direction++) {
            try (Socket socket = listening.accept()) {
                socket.setSoTimeout(TIMEOUT_MILLIS);
                if (direction == 0) {
                    socket.getOutputStream().write(receive(socket.getInputStream(), octets));
                } else {
                    send(socket.getOutputStream(), octets, direction);
                }
            }
        }
    }

    /** Sends octets up and has the far end tell what SHA-256 arrived. */
    static Transfer up(InetSocketAddress far, long octets) throws IOException {
        try (Socket socket = connect(far)) {
            long begin = System.nanoTime();
            byte[] sent = send(socket.getOutputStream(), octets, 0);
            byte[] arrived = new byte[sent.length];
            new DataInputStream(socket.getInputStream()).readFully(arrived);
            return result(octets, begin, sent, arrived);
        }
    }

    /** Receives octets from the far end, whose SHA-256 is known because both draw them from the same seed. */
    static Transfer down(InetSocketAddress far, long octets) throws IOException {
        try (Socket socket = connect(far)) {
            long begin = System.nanoTime();
            byte[] arrived = receive(socket.getInputStream(), octets);
            return result(octets, begin, digestOfStream(octets, 1), arrived);
        }
    }

    private static Transfer result(long octets, long begin, byte[] sent, byte[] arrived) {
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return new Transfer(
                octets,
                took,
                MessageDigest.isEqual(sent, arrived),
                HexFormat.of().formatHex(sent));
    }

    private static Socket connect(InetSocketAddress far) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(far, TIMEOUT_MILLIS);
        return socket;
    }

    private static byte[] send(OutputStream out, long octets, long seed) throws IOException {
        MessageDigest digest = sha256();
        SplittableRandom random = new SplittableRandom(seed);
        byte[] chunk = new byte[CHUNK];
        for (long left = octets; left > 0; left -= CHUNK) {
            random.nextBytes(chunk);
            int length = (int) Math.min(CHUNK, left);
            digest.update(chunk, 0, length);
            out.write(chunk, 0, length);
        }
        out.flush();
        return digest.digest();
    }

    private static byte[] digestOfStream(long octets, long seed) throws IOException {
        return send(OutputStream.nullOutputStream(), octets, seed);
    }

    private static byte[] receive(InputStream in, long octets) throws IOException {
        MessageDigest digest = sha256();
        byte[] chunk = new byte[CHUNK];
        for (long left = octets; left > 0; ) {
            int length = in.read(chunk, 0, (int) Math.min(CHUNK, left));
            if (length < 0) {
                throw new IOException("the transfer ended " + left + " octets early");
            }
            digest.update(chunk, 0, length);
            left -= length;
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new AssertionError(everyJdkHasIt);
        }
    }
}

package org.jpptp.client.explain.capture;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads a capture file from its beginning to its end, one packet at a time, in bounded memory. */
public interface CaptureReader {
    /** Octets that tell a capture from something else. */
    int MAGIC_OCTETS = 4;

    /**
     * The next packet.
     *
     * @return null at the end
     * @throws CaptureException where nothing can be read any more
     */
    @Nullable
    Frame next() throws IOException, CaptureException;

    /** Whether a file begins like a capture. */
    static boolean isCapture(byte[] head) {
        return head.length >= MAGIC_OCTETS && (PcapngReader.isMagic(number(head)) || PcapReader.isMagic(number(head)));
    }

    /**
     * Begins.
     *
     * @param file from its first octet on; buffered by the caller
     * @throws CaptureException where it is no capture
     */
    static CaptureReader of(InputStream file) throws IOException, CaptureException {
        byte[] head = file.readNBytes(MAGIC_OCTETS);
        if (head.length < MAGIC_OCTETS) {
            throw new CaptureException(CaptureException.Kind.NOT_A_CAPTURE);
        }
        int magic = number(head);
        Octets octets = new Octets(file);
        if (PcapngReader.isMagic(magic)) {
            return new PcapngReader(octets);
        }
        if (PcapReader.isMagic(magic)) {
            return new PcapReader(octets, magic);
        }
        throw new CaptureException(CaptureException.Kind.NOT_A_CAPTURE);
    }

    private static int number(byte[] head) {
        return (head[0] & 0xff) << 24 | (head[1] & 0xff) << 16 | (head[2] & 0xff) << 8 | (head[3] & 0xff);
    }
}

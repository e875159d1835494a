package org.jpptp.lab.fuzz;

import static org.jpptp.lab.fuzz.Promise.kept;

import io.netty.buffer.Unpooled;
import org.jpptp.lab.oracle.PcapFile;

/** A capture file. */
public final class PcapFileFuzz {
    private PcapFileFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        PcapFile file;
        try {
            file = PcapFile.of(Unpooled.wrappedBuffer(data));
        } catch (IllegalArgumentException declared) {
            return;
        }
        int octets = file.controlStreams().values().stream()
                .mapToInt(stream -> stream.length)
                .sum();
        kept(octets <= data.length, "nothing comes out that is not in the file");
        kept(file.grePackets().size() <= data.length / 16, "every packet has a header of its own");
    }
}

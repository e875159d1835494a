package org.jpptp.lab.fuzz;

import static org.jpptp.lab.fuzz.Promise.kept;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jpptp.control.wire.ControlCodec;
import org.jpptp.control.wire.ControlMessage;
import org.jpptp.control.wire.ControlStream;
import org.jpptp.control.wire.DecodeResult;
import org.jpptp.control.wire.DecodeResult.Decoded;
import org.jpptp.control.wire.DecodeResult.Malformed;
import org.jpptp.control.wire.DecodeResult.NeedMore;
import org.jpptp.control.wire.MessageText;

/** What TCP brings: first an octet that says into how large pieces it is cut, then the stream. */
public final class ControlMessageFuzz {
    private ControlMessageFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Input input = new Input(data);
        int piece = 1 + input.octet();
        byte[] octets = input.rest();
        List<DecodeResult> whole = decode(octets, Math.max(1, octets.length));
        List<DecodeResult> pieces = decode(octets, piece);
        kept(messages(whole).equals(messages(pieces)), "messages do not depend on how TCP cuts them");
        kept(malformed(whole) == malformed(pieces), "nor does where they end");
        for (ControlMessage message : messages(whole)) {
            String line = MessageText.describe(message);
            kept(line.chars().allMatch(c -> c >= ' ' && c <= '~'), "a line is printable ASCII");
            ByteBuf encoded = Unpooled.buffer(ControlCodec.MAX_LENGTH, ControlCodec.MAX_LENGTH);
            ControlCodec.encode(message, encoded);
            kept(
                    ControlCodec.decode(encoded) instanceof Decoded again
                            && again.message().equals(message),
                    "a message comes back as it was");
        }
    }

    private static List<DecodeResult> decode(byte[] octets, int piece) {
        ControlStream stream = new ControlStream();
        List<DecodeResult> results = new ArrayList<>();
        for (int at = 0; at < octets.length; at += piece) {
            ByteBuf chunk = Unpooled.wrappedBuffer(octets, at, Math.min(piece, octets.length - at));
            DecodeResult result;
            do {
                int before = chunk.readableBytes();
                result = stream.next(chunk);
                results.add(result);
                if (result instanceof Malformed malformed) {
                    kept(malformed.evidence().length() <= 1024, "evidence is short");
                    return results;
                }
                kept(result instanceof NeedMore || chunk.readableBytes() < before, "a message takes octets");
            } while (!(result instanceof NeedMore));
            kept(!chunk.isReadable(), "a chunk is used up");
            kept(stream.unfinishedOctets() <= ControlCodec.MAX_LENGTH, "one message is held at most");
        }
        return results;
    }

    private static List<ControlMessage> messages(List<DecodeResult> results) {
        return results.stream()
                .filter(Decoded.class::isInstance)
                .map(result -> ((Decoded) result).message())
                .toList();
    }

    private static boolean malformed(List<DecodeResult> results) {
        return results.stream().anyMatch(Malformed.class::isInstance);
    }
}

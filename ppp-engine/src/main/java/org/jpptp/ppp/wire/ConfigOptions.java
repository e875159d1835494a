package org.jpptp.ppp.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** What the options of a Configure packet come to: a list, or the reason why they are none. */
public sealed interface ConfigOptions {
    /** More options than this in one packet are taken for an attack, not for a negotiation. */
    int MAX = 64;

    /** Well-formed options, in the order of the packet. */
    record Listed(List<ConfigOption> options) implements ConfigOptions {
        public Listed {
            options = List.copyOf(options);
        }
    }

    /** Why there is no list; the packet is discarded silently (RFC 1661 §5). */
    enum Malformed implements ConfigOptions {
        /** An octet is left that is no option. */
        TRUNCATED,
        /** A length field is less than two or reaches beyond the packet. */
        BAD_LENGTH,
        /** More than {@link #MAX} options. */
        TOO_MANY
    }

    /** Splits the data of a Configure packet; its indexes are left alone. */
    static ConfigOptions parse(ByteBuf data) {
        List<ConfigOption> options = new ArrayList<>();
        int at = data.readerIndex();
        int end = data.writerIndex();
        while (at < end) {
            if (end - at < ConfigOption.HEADER) {
                return Malformed.TRUNCATED;
            }
            int length = data.getUnsignedByte(at + 1);
            if (length < ConfigOption.HEADER || length > end - at) {
                return Malformed.BAD_LENGTH;
            }
            if (options.size() == MAX) {
                return Malformed.TOO_MANY;
            }
            byte[] value = new byte[length - ConfigOption.HEADER];
            data.getBytes(at + ConfigOption.HEADER, value);
            options.add(ConfigOption.of(data.getUnsignedByte(at), value));
            at += length;
        }
        return new Listed(options);
    }

    /** The first of these options, as many as so many octets of data hold. */
    static List<ConfigOption> fitting(List<ConfigOption> options, int octets) {
        int left = octets;
        for (int i = 0; i < options.size(); i++) {
            left -= ConfigOption.HEADER + options.get(i).valueLength();
            if (left < 0) {
                return options.subList(0, i);
            }
        }
        return options;
    }

    /** The data of a Configure packet with these options. */
    static byte[] encode(List<ConfigOption> options) {
        int length = options.stream()
                .mapToInt(option -> ConfigOption.HEADER + option.valueLength())
                .sum();
        byte[] data = new byte[length];
        ByteBuf packet = Unpooled.wrappedBuffer(data).clear();
        options.forEach(option -> option.write(packet));
        return data;
    }
}

package org.jpptp.client.explain.log;

import io.netty.buffer.ByteBuf;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.ppp.AuthProtocol;
import org.jpptp.ppp.wire.ConfigOption;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/** The options of a Configure packet from the notation of pppd and of RouterOS: {@code <mru 1400> <auth chap MS-v2>}. */
final class OptionParser {
    private static final Pattern OPTION = Pattern.compile("<([^<>]*)>?");
    private static final Pattern RAW = Pattern.compile("\\s*+(?:[0-9a-fA-F]{2}(?:\\s++|$)){2,}+");
    private static final Pattern ADDRESS = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final int MPPE = 18;
    private static final int MOST = 1024;

    private OptionParser() {}

    static void options(ByteBuf data, int protocol, String text) {
        Matcher options = OPTION.matcher(text);
        while (options.find() && data.readableBytes() < MOST) {
            ConfigOption option = option(protocol, options.group(1));
            if (option != null) {
                option.write(data);
            }
        }
    }

    private static @Nullable ConfigOption option(int protocol, String text) {
        if (RAW.matcher(text).matches()) {
            return raw(text.strip().split("\\s+", -1));
        }
        String[] words = text.strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
        String value = words.length > 1 ? words[1] : "";
        return switch (protocol) {
            case PppProtocol.LCP -> lcp(words[0], value, words);
            case PppProtocol.CCP -> ccp(words);
            case PppProtocol.IPCP -> ipcp(words[0], text, value);
            default -> null;
        };
    }

    /** Type, length, value in hexadecimal, as pppd shows what it does not know. */
    private static @Nullable ConfigOption raw(String[] octets) {
        byte[] value = new byte[Math.min(253, octets.length - 2)];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) Integer.parseInt(octets[i + 2], 16);
        }
        return ConfigOption.of(Integer.parseInt(octets[0], 16), value);
    }

    private static @Nullable ConfigOption lcp(String name, String value, String[] words) {
        return switch (name) {
            case "mru" -> ConfigOption.ofShort(1, (int) number(value));
            case "asyncmap", "accm" -> ConfigOption.ofInt(2, (int) number(value));
            case "auth" -> authentication(words);
            case "quality" -> ConfigOption.ofShort(4, PppProtocol.LINK_QUALITY);
            case "magic", "magicnumber" -> ConfigOption.ofInt(5, (int) number(value));
            case "pcomp", "pfc" -> ConfigOption.flag(7);
            case "accomp", "acfc" -> ConfigOption.flag(8);
            case "callback" -> ConfigOption.of(13, (byte) 6);
            case "mrru" -> ConfigOption.ofShort(17, (int) number(value));
            case "ssnhf" -> ConfigOption.flag(18);
            case "endpoint" -> ConfigOption.of(19, (byte) 0);
            default -> null;
        };
    }

    private static ConfigOption authentication(String[] words) {
        String how = String.join(" ", words).substring(words[0].length()).strip();
        AuthProtocol protocol = AuthProtocol.PAP;
        if (how.contains("eap")) {
            protocol = AuthProtocol.EAP;
        } else if (how.contains("spap")) {
            protocol = AuthProtocol.SPAP;
        } else if (how.contains("chap")) {
            boolean second = how.contains("v2") || how.contains("81") || how.contains("mschap2");
            boolean first = how.contains("ms") || how.contains("m$") || how.contains("80");
            protocol = second ? AuthProtocol.MSCHAPV2 : first ? AuthProtocol.MSCHAPV1 : AuthProtocol.CHAP_MD5;
        }
        byte high = (byte) (protocol.number() >> 8);
        byte low = (byte) protocol.number();
        return protocol.algorithm() < 0
                ? ConfigOption.of(3, high, low)
                : ConfigOption.of(3, high, low, (byte) protocol.algorithm());
    }

    private static @Nullable ConfigOption ccp(String[] words) {
        return switch (words[0]) {
            case "mppe" -> ConfigOption.ofInt(MPPE, mppe(words));
            case "mppc" -> ConfigOption.ofInt(MPPE, 1);
            case "bsd" -> ConfigOption.of(21, (byte) 0x2f);
            case "deflate", "deflate(old#)" -> ConfigOption.of(26, (byte) 0x78, (byte) 0);
            case "predictor" -> ConfigOption.flag(1);
            default -> null;
        };
    }

    /** {@code +H -M +S -L -D -C}, or four octets in hexadecimal, as older versions write it. */
    private static int mppe(String[] words) {
        int bits = 0;
        int octets = 0;
        for (int i = 1; i < words.length; i++) {
            switch (words[i]) {
                case "+h" -> bits |= 0x01000000;
                case "+m" -> bits |= 0x80;
                case "+s" -> bits |= 0x40;
                case "+l" -> bits |= 0x20;
                case "+d" -> bits |= 0x10;
                case "+c" -> bits |= 0x01;
                default -> {
                    if (words[i].matches("[0-9a-f]{1,2}") && octets < 4) {
                        bits = bits << 8 | Integer.parseInt(words[i], 16);
                        octets++;
                    } else if (words[i].matches("0x[0-9a-f]{8}")) {
                        bits = (int) number(words[i]);
                    }
                }
            }
        }
        return bits;
    }

    private static @Nullable ConfigOption ipcp(String name, String text, String value) {
        int type =
                switch (name) {
                    case "addr" -> 3;
                    case "ms-dns", "ms-dns1", "dns1", "primary-dns" -> 129;
                    case "ms-dns2", "ms-dns3", "dns2", "secondary-dns" -> 131;
                    case "ms-wins", "ms-wins1" -> 130;
                    case "compress" -> 2;
                    case "addrs" -> 1;
                    default -> 0;
                };
        if (type == 2) {
            return value.equals("vj") ? ConfigOption.of(2, (byte) 0, (byte) 0x2d, (byte) 15, (byte) 1) : null;
        }
        Matcher address = ADDRESS.matcher(text);
        if (type == 0) {
            return null;
        }
        // Whoever shows a log hides addresses: then there is one, and nobody knows which.
        byte[] octets = new byte[] {10, 64, 64, 64};
        if (address.find()) {
            for (int i = 0; i < 4; i++) {
                octets[i] = (byte) Integer.parseInt(address.group(i + 1));
            }
        }
        return ConfigOption.of(type, octets);
    }

    private static long number(String text) {
        try {
            return Long.decode(text) & 0xffffffffL;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}

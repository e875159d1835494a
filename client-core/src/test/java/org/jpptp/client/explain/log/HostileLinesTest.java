package org.jpptp.client.explain.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines that are built to take long: what each pattern looks at is counted, so that no clock decides. */
class HostileLinesTest {
    private static final int LONG = 8192;
    /** How often a pattern may look at each character of a line, whatever its length. */
    private static final int MOST_LOOKS = 200;

    private static final List<Class<?>> READERS = List.of(
            CiscoDialect.class,
            ControlParser.class,
            HexPacket.class,
            JpptpDialect.class,
            LogTime.class,
            MpdDialect.class,
            OptionParser.class,
            PacketParser.class,
            PppdDialect.class,
            PptpDialect.class,
            RouterOsDialect.class,
            WindowsDialect.class,
            WindowsEventDialect.class,
            WindowsWords.class);

    /** What is nearly something, over and over. */
    static Stream<String> nearly() {
        return Stream.of(
                "a.",
                "a-",
                "a ",
                "1.",
                "1:",
                "01 ",
                "01   ",
                "<a>",
                "<a> ",
                "<",
                "(0x0102",
                "\"a\\",
                "Vi1 LCP: I CONFREQ ",
                "LCP: I CONFREQ id 1 fro ",
                "debug ",
                "debug,packet sent LCP ",
                "ppp sent ",
                "pptp",
                "pptp,",
                "pptp a: ",
                "pptp: user ",
                "<1>: user authentication failed",
                "a <1>: user a authentication failed - ",
                "pptp,debug,packet sent A-A",
                "pptp,debug,packet     ",
                "pptp connect to 1.1.1.",
                "pptpinfo ",
                "LCP: Send",
                "CHAP: sending CHALLENGE #1 type ",
                "MRU ",
                "MRU     ",
                "MESG: ",
                "pty ",
                "pty pptp",
                "MPPE x state",
                "MPPE ",
                "LCP terminated by peer (",
                "CHAP authentication failed: \"",
                "Protocol-Reject for '",
                "Protocol-Reject for unsupported protocol ",
                "Peer ",
                "CTRL: Client ",
                "Result code is 1 ",
                "Result code is 1 Error code is ",
                "Could not open control connection",
                "recv ",
                "getaddrinfo(): ",
                "PPP packet sent at ",
                "Event ID ",
                "CoId={",
                "dialed a connection named ",
                "<a ",
                " a=\"",
                "name = \"",
                "user=\"",
                "magic=0x",
                "jpptp a trace of :1",
                "user name and password com ");
    }

    private static final class Counted implements CharSequence {
        private final String text;
        private long looks;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int at) {
            looks++;
            return text.charAt(at);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return text.substring(from, to);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static List<Pattern> patterns(Class<?> reader) throws IllegalAccessException {
        List<Pattern> patterns = new ArrayList<>();
        for (Field field : reader.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                Object value = field.get(null);
                if (value instanceof Pattern pattern) {
                    patterns.add(pattern);
                } else if (value instanceof Map<?, ?> map) {
                    map.keySet().stream()
                            .filter(Pattern.class::isInstance)
                            .map(Pattern.class::cast)
                            .forEach(patterns::add);
                }
            }
        }
        return patterns;
    }

    @ParameterizedTest
    @MethodSource("nearly")
    void noPatternLooksTooOften(String unit) throws IllegalAccessException {
        String line = unit.repeat(LONG / unit.length());
        int read = 0;
        for (Class<?> reader : READERS) {
            for (Pattern pattern : patterns(reader)) {
                Counted counted = new Counted(line);
                boolean found = pattern.matcher(counted).find();
                assertThat(counted.looks)
                        .as("%s of %s, found %s", pattern, reader.getSimpleName(), found)
                        .isLessThanOrEqualTo((long) MOST_LOOKS * LONG);
                read++;
            }
        }
        assertThat(read).isGreaterThan(60);
    }

    /** Patterns that repeat a choice take a place on the stack for each round. */
    @ParameterizedTest
    @MethodSource("nearly")
    void noLineIsTooDeepForTheStack(String unit) {
        String much = unit.repeat(LONG / unit.length());
        LogReader reader = new LogReader(call -> {});
        for (String head : List.of(
                "sent [LCP TermReq id=0x1 \"",
                "sent [LCP ConfReq id=0x1 <",
                "rcvd [CHAP Response id=0x1 <00>, name = \"",
                "0.000 sent [Call-Disconnect-Notify statistics=\"",
                "10:00:00 pptp,debug,packet  a: rcvd LCP ConfReq id=0x1\n",
                "PPP packet sent at 1/1/2000 10:00:00:000\n")) {
            for (String line : (head + much + "\"]").split("\n", -1)) {
                reader.line(line);
            }
        }
        reader.end();
        assertThat(reader.understood()).isPositive();
    }

    @Test
    void quotesAreReadOnce() {
        assertThat(Quoted.first("a \"b\\\"c\" \"d\"")).isEqualTo("b\\\"c");
        assertThat(Quoted.first("a \"b")).isNull();
        assertThat(Quoted.rest("name = \"b", 8)).isEqualTo("b");
        assertThat(Quoted.end("b\\\"", 0)).isEqualTo(-1);
        assertThat(PacketParser.unescaped("\\101\\n\\\\\\4")).isEqualTo("A\n\\4".getBytes(StandardCharsets.ISO_8859_1));
    }
}

package org.jpptp.cli.socket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Conversations, each changed in some octets: what {@link ControlSocketFuzz} promises holds. */
class ControlSocketFuzzTest {
    private static final int ROUNDS = 30_000;
    private static final String LETTERS = "{}[]\",:\\u0123456789eE+-.truefalsn \t\r\n\0\u001b\u00ff";
    private static final List<String> SEEDS = List.of(
            "",
            "{\"jpptp\":1}\n{\"request\":\"status\"}\n{\"request\":\"up\"}\n",
            "{\"jpptp\":1}\n{\"request\":\"down\",\"x\":[1,2.5e3,null,true,{\"y\":\"\\u001b\"}]}\n",
            "{\"jpptp\":2}\n",
            "{\"jpptp\":1}\n{\"request\":\"" + "x".repeat(5000) + "\"}\n",
            "{\"jpptp\":1}\n" + "[".repeat(200) + "\n",
            "GET / HTTP/1.1\r\n\r\n");

    @Test
    void whateverIsSaidThePromisesAreKept() {
        SplittableRandom random = new SplittableRandom(13);
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
            for (int changes = random.nextInt(6); changes > 0 && !text.isEmpty(); changes--) {
                change(text, random);
            }
            byte[] data = text.toString().getBytes(ISO_8859_1);
            try {
                ControlSocketFuzz.fuzzerTestOneInput(data);
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("breaks on " + text, broken);
            }
        }
    }

    private static void change(StringBuilder text, SplittableRandom random) {
        int at = random.nextInt(text.length());
        char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
        switch (random.nextInt(4)) {
            case 0 -> text.setCharAt(at, letter);
            case 1 -> text.insert(at, letter);
            case 2 -> text.deleteCharAt(at);
            default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(40))));
        }
    }
}

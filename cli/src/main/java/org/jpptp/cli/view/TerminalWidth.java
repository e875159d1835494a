package org.jpptp.cli.view;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How wide the terminal is: as the launcher or the shell says, else as the terminal does. */
final class TerminalWidth {
    private static final int UNKNOWN = 80;
    private static final int LEAST = 20;
    private static final int MOST = 1000;
    private static final long PATIENCE_MILLIS = 500;

    private static int asked;

    private TerminalWidth() {}

    static int columns(Map<String, String> environment) {
        int told = number(environment.getOrDefault("COLUMNS", ""));
        return told > 0 ? told : ofTheTerminal();
    }

    private static synchronized int ofTheTerminal() {
        if (asked == 0) {
            int answer = number(stty());
            asked = answer > 0 ? answer : UNKNOWN;
        }
        return asked;
    }

    /** The second number that {@code stty size} prints, empty for none. */
    private static String stty() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                stty.destroyForcibly();
                return "";
            }
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.strip().replaceFirst(".* ", "");
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static int number(String text) {
        if (!text.matches("\\d{1,4}")) {
            return 0;
        }
        int columns = Integer.parseInt(text);
        return columns < LEAST || columns > MOST ? 0 : columns;
    }
}

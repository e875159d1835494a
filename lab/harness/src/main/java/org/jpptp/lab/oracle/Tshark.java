package org.jpptp.lab.oracle;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jpptp.lab.peer.Command;

/** Wireshark's dissectors, an oracle that is not ours: nothing that we send may be called malformed by it. */
public final class Tshark {
    /** {@code PI_ERROR} of Wireshark's expert information. */
    private static final String FAULTS = "_ws.malformed || _ws.expert.severity >= 0x00800000";

    private static final String CONTROL_PACKETS = "pptp || lcp || pap || chap || ccp || ipcp || ipv6cp || eap";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private Tshark() {}

    /**
     * The packets that a display filter selects, a line each.
     *
     * @param fields the fields of a line, joined by tabulators; several values of a field are joined by commas
     */
    public static List<String> fields(Path capture, String filter, String... fields) {
        List<String> arguments = new ArrayList<>(List.of("-T", "fields"));
        for (String field : fields) {
            arguments.addAll(List.of("-e", field));
        }
        return run(capture, filter, arguments);
    }

    /** The packets that a display filter selects: protocol, a tabulator, and what Wireshark says of it. */
    public static List<String> summaries(Path capture, String filter) {
        return run(
                capture, filter, List.of("-o", "gui.column.format:\"Protocol\",\"%p\",\"Info\",\"%i\"", "-T", "tabs"));
    }

    /** The packets that are malformed in Wireshark's eyes, or have an error in its expert information. */
    public static List<String> faults(Path capture) {
        return summaries(capture, FAULTS);
    }

    /**
     * The control messages of PPTP and the control packets of PPP in the capture's order, by Wireshark's names: {@code
     * Start-Control-Connection-Request}, {@code LCP Configuration Request}, {@code CHAP Challenge}.
     */
    public static List<String> names(Path capture) {
        return summaries(capture, CONTROL_PACKETS).stream()
                .map(line -> line.replaceFirst(" \\(.*", "").strip().replaceFirst("^(PPTP|PPP )\\s*", ""))
                .map(line -> line.replaceFirst("\\s*\t\\s*", " "))
                .toList();
    }

    private static List<String> run(Path capture, String filter, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString(), "-Y", filter));
        command.addAll(arguments);
        return Command.run(LIMIT, "", command).orThrow().lines().toList();
    }
}

package org.jpptp.cli.tunnel;

import java.util.Map;

/** Our notation, which is pppd's, in Wireshark's words. */
final class WiresharkNames {
    private static final Map<String, String> CODES = Map.ofEntries(
            Map.entry("ConfReq", "Configuration Request"),
            Map.entry("ConfAck", "Configuration Ack"),
            Map.entry("ConfNak", "Configuration Nak"),
            Map.entry("ConfRej", "Configuration Reject"),
            Map.entry("TermReq", "Termination Request"),
            Map.entry("TermAck", "Termination Ack"),
            Map.entry("CodeRej", "Code Reject"),
            Map.entry("ProtRej", "Protocol Reject"),
            Map.entry("EchoReq", "Echo Request"),
            Map.entry("EchoRep", "Echo Reply"));

    private WiresharkNames() {}

    /** {@code LCP ConfReq id=0x1 …} becomes {@code LCP Configuration Request}. */
    static String of(String packet) {
        String[] words = packet.split(" ", 3);
        return switch (words[0]) {
            case "LCP", "CCP", "IPCP", "IPV6CP" -> words[0] + " " + CODES.getOrDefault(words[1], words[1]);
            case "CHAP" -> words[0] + " " + words[1];
            default -> words[0];
        };
    }
}

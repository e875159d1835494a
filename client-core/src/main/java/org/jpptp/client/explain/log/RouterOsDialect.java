package org.jpptp.client.explain.log;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.explain.evidence.Fact;
import org.jpptp.client.explain.evidence.Moment;
import org.jpptp.client.explain.evidence.Side;
import org.jspecify.annotations.Nullable;

/** RouterOS with the topics {@code pptp,debug,packet}: the packet's name in one line, its options below. */
final class RouterOsDialect implements Dialect {
    private static final String PROGRAM = "RouterOS";
    private static final Pattern PACKET = Pattern.compile(
            "(?:debug|packet|ppp|pptp)\\S*\\W.*?\\b(sent|rcvd) (LCP|CCP|IPCP|CHAP|PAP|IPV6CP|EAP) (\\w+)(?: id=(0x[0-9a-fA-F]+))?(.*)");
    private static final Pattern OPTION = Pattern.compile("^[^<]{0,120}(<[^<>]*>(?:\\s*<[^<>]*>)*)\\s*$");
    private static final Pattern REMOTE = Pattern.compile("(?:connecting|connect) to (\\d+\\.\\d+\\.\\d+\\.\\d+)");

    private final LogCalls calls;
    private @Nullable StringBuilder packet;
    private Side from = Side.CLIENT;
    private long at;
    private long nanos = Moment.NO_TIME;

    RouterOsDialect(LogCalls calls) {
        this.calls = calls;
    }

    @Override
    public boolean line(long number, String line) {
        if (line.indexOf('[') >= 0 && (line.contains("sent [") || line.contains("rcvd ["))) {
            return false;
        }
        Matcher begins = PACKET.matcher(line);
        if (begins.find()) {
            end();
            from = begins.group(1).toLowerCase(Locale.ROOT).equals("sent") ? Side.CLIENT : Side.SERVER;
            at = number;
            nanos = LogTime.of(line);
            packet = new StringBuilder(begins.group(2))
                    .append(' ')
                    .append(begins.group(3))
                    .append(begins.group(4) == null ? "" : " id=" + begins.group(4))
                    .append(' ')
                    .append(begins.group(5));
            return true;
        }
        Matcher remote = REMOTE.matcher(line);
        if (line.contains("pptp") && remote.find()) {
            end();
            calls.begin();
            calls.server(remote.group(1));
            return true;
        }
        StringBuilder open = packet;
        Matcher option = OPTION.matcher(line);
        if (open == null || !option.find() || open.length() > 2000) {
            return false;
        }
        open.append(' ').append(option.group(1));
        return true;
    }

    @Override
    public void end() {
        StringBuilder open = packet;
        packet = null;
        Fact.Packet whole = open == null ? null : PacketParser.parse(open.toString());
        if (whole != null) {
            calls.add(PROGRAM, at, nanos, from, whole);
        }
    }
}

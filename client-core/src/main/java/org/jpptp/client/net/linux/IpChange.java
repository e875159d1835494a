package org.jpptp.client.net.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jpptp.client.net.HostChangeException;

/**
 * An address, a route, a rule or a property of a link, by a command of {@code ip} and its inverse. Line:
 * {@code ip INDEX INVERSE}.
 *
 * @param index of the tunnel interface that the change is about: if another interface has its name by now, there is nothing
 *     left to take back. 0 for what is no interface's own, such as the route to the server
 * @param inverse the arguments that take it back
 * @param command the arguments that make it; empty when read from a journal
 */
record IpChange(int index, List<String> inverse, List<String> command) implements Change {
    static final String KIND = "ip";
    /** Who made a route, in the words of ip-route(8), is this number: no other program's of iproute2's own list. */
    static final String PROTOCOL = "172";
    /** The group that interfaces of tunnels are put into, in which those of others are not. */
    static final String GROUP = "172";
    /** Stands for the namespace of whoever runs the command, which has no name. */
    static final String HOME = "HOME";

    private static final String NAMESPACE = "(?:-n [A-Za-z0-9_.+][A-Za-z0-9_.+-]{0,99} )?";
    private static final String INTERFACE = "[A-Za-z0-9_.+=~@][A-Za-z0-9_.+=~@-]{0,14}";
    private static final String IPV4 = "\\d{1,3}(?:\\.\\d{1,3}){3}";
    private static final String IPV6 = "[0-9a-f:]{2,39}";
    private static final String PREFIX = "(?:" + IPV4 + "/\\d{1,2}|" + IPV6 + "/\\d{1,3})";
    private static final String LINK_LOCAL = "fe80::(?:[0-9a-f]{1,4}:){0,3}[0-9a-f]{1,4}";
    /** The routing tables that are ours to fill and to empty; the packets that they are not for carry the same number. */
    private static final String TABLE = "1723\\d\\d";

    private static final String RULE = "(?:-6 )?rule del (?:priority \\d{1,5} )?";
    private static final String PLACE = "(?: table " + TABLE + ")?(?: proto \\d{1,3})?(?: metric \\d{1,10})?";
    private static final Pattern OF_AN_INTERFACE = Pattern.compile(String.join(
            "|",
            NAMESPACE + "link set dev " + INTERFACE + " (?:down|mtu \\d{1,5}|addrgenmode [a-z0-9_]{1,20}"
                    + "|group [A-Za-z0-9_][A-Za-z0-9_.-]{0,15}|netns HOME)",
            NAMESPACE + "addr del " + IPV4 + "(?: peer " + IPV4 + ")?/32 dev " + INTERFACE,
            NAMESPACE + "addr del " + LINK_LOCAL + "/64 dev " + INTERFACE,
            NAMESPACE + "route del " + PREFIX + " dev " + INTERFACE + PLACE));
    private static final Pattern OF_THE_HOST = Pattern.compile(String.join(
            "|",
            "route del " + IPV4 + "/32 via (?:" + IPV4 + "|inet6 [0-9a-f:.]{2,45}) dev " + INTERFACE + PLACE,
            "route del " + IPV4 + "/32 dev " + INTERFACE + " scope link" + PLACE,
            "route del " + PREFIX + " dev " + INTERFACE + " scope link table " + TABLE + " proto \\d{1,3}",
            "route del unreachable (?:0\\.0\\.0\\.0/0|::/0) table " + TABLE + "(?: metric \\d{1,10})?",
            "route del unreachable " + PREFIX + " metric " + Backstops.METRIC + " proto " + PROTOCOL,
            RULE + "not fwmark " + TABLE + " table " + TABLE,
            RULE + "fwmark 0x[0-9a-f]{1,8} table main",
            RULE + "ipproto udp sport 68 dport 67 table main",
            RULE + "table main suppress_(?:prefixlength 0|ifgroup default)"));
    private static final Pattern LINE = Pattern.compile(KIND + " (0|[1-9]\\d{0,8}) (.{1,200})");

    IpChange {
        inverse = List.copyOf(inverse);
        command = List.copyOf(command);
    }

    static Optional<IpChange> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int index = Integer.parseInt(matcher.group(1));
        Pattern form = index == 0 ? OF_THE_HOST : OF_AN_INTERFACE;
        return form.matcher(matcher.group(2)).matches()
                ? Optional.of(new IpChange(index, List.of(matcher.group(2).split(" ", -1)), List.of()))
                : Optional.empty();
    }

    @Override
    public String line() {
        return KIND + " " + index + " " + String.join(" ", inverse);
    }

    @Override
    public boolean isShared() {
        return index == 0;
    }

    @Override
    public boolean isOf(int interfaceNumber) {
        return index != 0 && index == interfaceNumber;
    }

    @Override
    public void make(HostCommands host) throws HostChangeException {
        host.make(HostCommands.Program.IP, command);
    }

    @Override
    public boolean undo(HostCommands host) {
        if (index != 0) {
            LinkState.Fate fate = LinkState.fate(host, namespace(), interfaceName(), index);
            if (fate != LinkState.Fate.SAME) {
                return fate == LinkState.Fate.GONE;
            }
        }
        List<String> real = new ArrayList<>(inverse);
        real.replaceAll(word -> word.equals(HOME) ? NetworkNamespace.thisThread() : word);
        return host.remove(HostCommands.Program.IP, real);
    }

    /** Whether one process takes it back with others, which are given it as they stand. */
    boolean fitsInBatch() {
        return namespace().isEmpty() && !inverse.contains(HOME);
    }

    /** The argument that comes before all others where IPv6 is meant. */
    List<String> family() {
        return inverse.get(0).equals("-6") ? inverse.subList(0, 1) : List.of();
    }

    /** What takes it back, in a process for this family. */
    List<String> withoutFamily() {
        return inverse.subList(family().size(), inverse.size());
    }

    String interfaceName() {
        List<String> words = inverse.subList(namespace().size(), inverse.size());
        return words.get(words.indexOf("dev") + 1);
    }

    private List<String> namespace() {
        return inverse.get(0).equals("-n") ? inverse.subList(0, 2) : List.of();
    }
}

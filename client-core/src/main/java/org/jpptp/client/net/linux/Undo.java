package org.jpptp.client.net.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One command that takes one change back: a line of the journal, and the arguments of {@code ip}. Only the few forms of
 * {@link #FORM} exist, so that a journal cannot make us run anything else.
 *
 * @param index the tunnel interface that the change was about, 0 for none: if another interface has its name by now, there
 *     is nothing left to take back
 * @param arguments of {@code ip}
 */
record Undo(int index, List<String> arguments) {
    /** Stands for the namespace of whoever runs the command, which has no name. */
    static final String HOME = "HOME";

    private static final String NAMESPACE = "(?:-n [A-Za-z0-9_.+][A-Za-z0-9_.+-]{0,99} )?";
    private static final String INTERFACE = "[A-Za-z0-9_.+=~@-]{1,15}";
    private static final String IPV4 = "\\d{1,3}(?:\\.\\d{1,3}){3}";
    private static final String PREFIX = IPV4 + "/\\d{1,2}";
    private static final String LINK_LOCAL = "fe80::(?:[0-9a-f]{1,4}:){0,3}[0-9a-f]{1,4}";
    private static final Pattern FORM = Pattern.compile(String.join(
            "|",
            NAMESPACE + "link set dev " + INTERFACE + " (?:down|mtu \\d{1,5}|addrgenmode [a-z0-9_]{1,20}|netns HOME)",
            NAMESPACE + "addr del " + IPV4 + "(?: peer " + IPV4 + ")?/32 dev " + INTERFACE,
            NAMESPACE + "addr del " + LINK_LOCAL + "/64 dev " + INTERFACE,
            NAMESPACE + "route del " + PREFIX + " dev " + INTERFACE,
            "route del " + PREFIX + " via (?:" + IPV4 + "|inet6 [0-9a-f:.]{2,45}) dev " + INTERFACE,
            "route del " + PREFIX + " dev " + INTERFACE + " scope link"));
    private static final Pattern LINE = Pattern.compile("(0|[1-9]\\d{0,8}) (.{1,200})");
    private static final Pattern GONE = Pattern.compile("No such process|No such device|Cannot find device"
            + "|does not exist|[Aa]ddress not found|Cannot assign requested address|Cannot open network namespace");

    Undo {
        arguments = List.copyOf(arguments);
    }

    /** Whether {@link #parse} will read it; if not, the change must not be made. */
    boolean isReadable() {
        return parse(line()).isPresent();
    }

    /** Reads a line without its end; empty for whatever is not exactly of a known form. */
    static Optional<Undo> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches() || !FORM.matcher(matcher.group(2)).matches()) {
            return Optional.empty();
        }
        return Optional.of(new Undo(
                Integer.parseInt(matcher.group(1)), List.of(matcher.group(2).split(" ", -1))));
    }

    /** What {@link #parse} reads. */
    String line() {
        return index + " " + String.join(" ", arguments);
    }

    /**
     * Takes the change back.
     *
     * @return false when the host refused, other than because the thing is gone already
     */
    boolean run(IpCommand ip) {
        if (index != 0) {
            IpCommand.Result answer = ip.query(inSameNamespace(LinkState.question(interfaceName())));
            if (!answer.isSuccess()) {
                return GONE.matcher(answer.output()).find();
            }
            if (LinkState.parse(answer.output())
                    .filter(state -> state.index() == index)
                    .isEmpty()) {
                return true;
            }
        }
        List<String> real = new ArrayList<>(arguments);
        real.replaceAll(
                word -> word.equals(HOME) ? NetworkNamespace.ofThisThread().toString() : word);
        IpCommand.Result result = ip.change(real);
        if (result.isSuccess() || GONE.matcher(result.output()).find()) {
            return true;
        }
        ip.trace(result.refusal().failure().sentence());
        return false;
    }

    private String interfaceName() {
        return arguments.get(arguments.indexOf("dev") + 1);
    }

    private List<String> inSameNamespace(List<String> question) {
        if (!arguments.get(0).equals("-n")) {
            return question;
        }
        List<String> there = new ArrayList<>(arguments.subList(0, 2));
        there.addAll(question);
        return there;
    }
}

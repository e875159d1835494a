package org.jpptp.client.net.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an interface looked like before it was touched, read from {@code ip -d -o link show dev X}.
 *
 * @param index the interface's number: unlike its name, not given to another one soon
 * @param mtu in octets
 * @param setting whether it is set up, whatever its carrier
 * @param addressGeneration how it makes IPv6 addresses, such as {@code eui64}; empty where IPv6 is absent
 * @param group that it is in, {@code default} where not told
 * @param persistence what becomes of it without us
 */
record LinkState(
        int index,
        int mtu,
        Setting setting,
        Optional<String> addressGeneration,
        String group,
        Persistence persistence) {
    /** What an administrator has set the interface to. */
    enum Setting {
        UP,
        DOWN
    }

    /** How long an interface is there. */
    enum Persistence {
        /** As long as somebody holds its descriptor. */
        OF_DESCRIPTOR,
        /** Somebody has made it for whoever uses it, such as by {@code ip tuntap add}. */
        OF_ITS_OWN
    }

    private static final Pattern HEAD = Pattern.compile("^(\\d{1,9}): [^ ]+: <([^>]*)> mtu (\\d{1,9}) ");
    private static final Pattern GROUP = Pattern.compile(" group ([A-Za-z0-9_.-]+) ");
    private static final Pattern GENERATION = Pattern.compile(" addrgenmode ([a-z0-9_]+) ");

    /** What has become of an interface that had a name and a number. */
    enum Fate {
        SAME,
        /** There is none of that name, or another one. */
        GONE,
        /** The host does not tell. */
        UNKNOWN
    }

    /**
     * Asks for it.
     *
     * @param namespace the arguments that lead into the interface's namespace, none for the thread's own
     */
    static Fate fate(HostCommands host, List<String> namespace, String interfaceName, int index) {
        List<String> question = new ArrayList<>(namespace);
        question.addAll(question(interfaceName));
        CommandResult answer = host.query(HostCommands.Program.IP, question);
        if (!answer.isSuccess()) {
            return answer.isGone() ? Fate.GONE : Fate.UNKNOWN;
        }
        boolean isSame =
                parse(answer.output()).filter(state -> state.index() == index).isPresent();
        return isSame ? Fate.SAME : Fate.GONE;
    }

    /** The arguments of the command that {@link #parse} reads the answer to. */
    static List<String> question(String interfaceName) {
        return List.of("-d", "-o", "link", "show", "dev", interfaceName);
    }

    static Optional<LinkState> parse(String answer) {
        Matcher head = HEAD.matcher(answer);
        if (!head.find()) {
            return Optional.empty();
        }
        Matcher generation = GENERATION.matcher(answer);
        Matcher group = GROUP.matcher(answer);
        return Optional.of(new LinkState(
                Integer.parseInt(head.group(1)),
                Integer.parseInt(head.group(3)),
                List.of(head.group(2).split(",")).contains("UP") ? Setting.UP : Setting.DOWN,
                generation.find() ? Optional.of(generation.group(1)) : Optional.empty(),
                group.find() ? group.group(1) : "default",
                answer.contains(" persist on ") ? Persistence.OF_ITS_OWN : Persistence.OF_DESCRIPTOR));
    }
}

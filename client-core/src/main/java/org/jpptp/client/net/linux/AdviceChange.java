package org.jpptp.client.net.linux;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jpptp.client.net.HostChangeException;

/**
 * An interface that stays when the tunnel has ended no longer heeds {@link RouteAdvice} of a kind. Line: {@code advice INDEX
 * LINK SETTING VALUE}, the value being that from before.
 *
 * @param index of the interface: if another one has its name by now, there is nothing left to take back
 */
record AdviceChange(int index, String interfaceName, RouteAdvice.Kind kind, String before) implements Change {
    static final String KIND = "advice";

    private static final Pattern LINE = Pattern.compile(
            KIND
                    + " ([1-9]\\d{0,8}) ((?!(?:\\.{1,2}|all|default) )[A-Za-z0-9_.+=~@][A-Za-z0-9_.+=~@-]{0,14}) (accept_ra|accept_redirects) (-?[1-9]\\d{0,8})");

    /** Those that leave nothing that an interface heeds. */
    static List<AdviceChange> of(int index, String interfaceName) {
        return RouteAdvice.heeded(interfaceName).stream()
                .map(kind -> new AdviceChange(index, interfaceName, kind, RouteAdvice.value(interfaceName, kind)))
                .toList();
    }

    static Optional<AdviceChange> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Stream.of(RouteAdvice.Kind.values())
                .filter(kind -> kind.toString().equals(matcher.group(3)))
                .findFirst()
                .map(kind ->
                        new AdviceChange(Integer.parseInt(matcher.group(1)), matcher.group(2), kind, matcher.group(4)));
    }

    @Override
    public String line() {
        return String.join(" ", KIND, Integer.toString(index), interfaceName, kind.toString(), before);
    }

    @Override
    public boolean isOf(int interfaceNumber) {
        return index == interfaceNumber;
    }

    @Override
    public void make(HostCommands host) throws HostChangeException {
        RouteAdvice.set(interfaceName, kind, RouteAdvice.OFF, host::trace);
    }

    @Override
    public boolean undo(HostCommands host) {
        if (!RouteAdvice.value(interfaceName, kind).equals(RouteAdvice.OFF)) {
            return true; // it is gone, others have changed it meanwhile, or we were killed before it was made
        }
        LinkState.Fate fate = LinkState.fate(host, List.of(), interfaceName, index);
        if (fate != LinkState.Fate.SAME) {
            return fate == LinkState.Fate.GONE;
        }
        try {
            RouteAdvice.set(interfaceName, kind, before, host::trace);
            return true;
        } catch (HostChangeException e) {
            host.trace(e.failure().sentence());
            return false;
        }
    }
}

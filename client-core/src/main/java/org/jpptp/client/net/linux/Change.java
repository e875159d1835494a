package org.jpptp.client.net.linux;

import java.util.Optional;
import org.jpptp.client.net.HostChangeException;

/**
 * One change on the host: it can be made, and taken back by whoever reads its line in a journal. The first word of a line
 * names the kind. Each kind reads the few forms that it writes and nothing else, so that no journal, damaged or forged,
 * makes us do anything but take back a change of a tunnel's. What was only needed to make the change is not in the line.
 */
sealed interface Change
        permits IpChange,
                ResolvedChange,
                ResolvconfChange,
                NetworkManagerChange,
                FileChange,
                FilterChange,
                SysctlChange,
                AdviceChange {
    /** Makes it, after {@link UndoJournal#record}; traced as {@code [#] …}. */
    void make(HostCommands host) throws HostChangeException;

    /**
     * Takes it back; traced as {@code [#] …}. What is gone already, or was changed by others meanwhile, is left alone.
     *
     * @return false when the host refused, which is traced
     */
    boolean undo(HostCommands host);

    /** Its line in a journal, without the end. */
    String line();

    /**
     * Whether it is no tunnel's own: taken back last, one tunnel at a time, and not as long as the journal of another
     * tunnel has the same line.
     */
    default boolean isShared() {
        return false;
    }

    /** Whether it went with the interface that had this number. */
    default boolean isOf(int interfaceNumber) {
        return false;
    }

    /** Whether it is still there when the network namespace of the tunnel is gone. */
    default boolean outlivesNamespace() {
        return false;
    }

    /** Whether {@link #parse} will read its line; if not, it must not be made. */
    default boolean isReadable() {
        return parse(line()).filter(read -> read.line().equals(line())).isPresent();
    }

    /** Reads a line; empty for whatever is not exactly of a known form. */
    static Optional<? extends Change> parse(String line) {
        return switch (line.split(" ", 2)[0]) {
            case IpChange.KIND -> IpChange.parse(line);
            case ResolvedChange.KIND -> ResolvedChange.parse(line);
            case ResolvconfChange.KIND -> ResolvconfChange.parse(line);
            case NetworkManagerChange.KIND -> NetworkManagerChange.parse(line);
            case FileChange.KIND -> FileChange.parse(line);
            case FilterChange.KIND -> FilterChange.parse(line);
            case SysctlChange.KIND -> SysctlChange.parse(line);
            case AdviceChange.KIND -> AdviceChange.parse(line);
            default -> Optional.empty();
        };
    }
}

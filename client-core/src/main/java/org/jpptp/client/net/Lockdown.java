package org.jpptp.client.net;

import java.util.Optional;
import org.jpptp.client.Routing.Lan;

/**
 * Lets nothing leave this host but tunnels and their outer connections, whether a tunnel is up or not, until it is taken back
 * by hand: it outlives the process, and a boot.
 */
public interface Lockdown {
    /** What holds at the moment. */
    enum State {
        ON,
        /** It is on but for this host's own networks. */
        ON_BUT_LAN,
        OFF,
        /** This user may not look. */
        HIDDEN,
        /** It is on, and others have removed what makes it so again at boot. */
        UNTIL_BOOT,
        /** It was switched on, and others have removed it from the kernel. */
        REMOVED;

        /** Whether the kernel lets nothing out but tunnels at the moment, as far as is known. */
        public boolean isClosed() {
            return this == ON || this == ON_BUT_LAN || this == UNTIL_BOOT;
        }
    }

    /** Whether it is on; changes nothing. */
    State state();

    /**
     * Switches it on, or on once more for the networks that the host is in now.
     *
     * @param lan whether the host's own networks stay reachable
     * @return a warning: why it will not outlive a boot; empty where it will
     * @throws HostChangeException when the host refuses; then it is as before
     */
    Optional<String> on(Lan lan) throws HostChangeException;

    /**
     * Switches it off; it need not be on.
     *
     * @throws HostChangeException when the host refuses
     */
    void off() throws HostChangeException;
}

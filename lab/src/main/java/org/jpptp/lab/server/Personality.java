package org.jpptp.lab.server;

import java.util.List;
import org.jpptp.client.PolicySettings;
import org.jpptp.control.ControlConfig;
import org.jpptp.control.ServerTraits;
import org.jpptp.gre.GreConfig;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.PppHabits;

/**
 * Whose ways an embedded server has.
 *
 * @param name for {@code jpptp demo --server}
 * @param title for people
 * @param control its control connection
 * @param identity how clients prove who they are
 * @param link its PPP
 * @param gre what is peculiar to its data path
 * @param client what a client has to allow to get in
 */
public record Personality(
        String name, String title, Control control, Identity identity, Link link, Gre gre, Client client) {
    /**
     * What is peculiar to a server's control connection.
     *
     * @param config what it says of itself, and its timers
     * @param traits how it answers starts and calls
     * @param reserved what it leaves in the Reserved0 field of messages, 0 in most
     */
    public record Control(ControlConfig config, ServerTraits traits, int reserved) {}

    /**
     * How a server lets clients in.
     *
     * @param methods the authentication it accepts, the first is what it demands
     * @param keys whether it knows the keys that the authentication yields
     * @param greeting the text of its success (M=), empty for none
     */
    public record Identity(List<AuthMethod> methods, boolean keys, String greeting) {
        public Identity {
            methods = List.copyOf(methods);
        }
    }

    /**
     * What is peculiar to a server's PPP.
     *
     * @param mru the largest datagram that it receives, in octets
     * @param identification the text of its LCP Identification packets, empty for none
     * @param mppe the encryption and compression that it agrees to
     * @param ipv6 whether it speaks IPv6CP
     * @param habits what else is peculiar to it
     * @param mishap what goes wrong with each of its calls
     */
    public record Link(
            int mru, String identification, MppePolicy mppe, boolean ipv6, PppHabits habits, Mishap mishap) {}

    /** What goes wrong with a call. */
    public enum Mishap {
        NONE,
        /** The daemon for PPP dies at its start, and the call is cleared. */
        PPP_DIES,
        /** No address is left, and the link ends without a word as soon as addresses would be negotiated. */
        POOL_EMPTY
    }

    /**
     * What is peculiar to a server's data path.
     *
     * @param sendWindow how many packets it sends ahead of the client's acknowledgement, 0 for as many as there are
     * @param numbering how it begins to count
     */
    public record Gre(int sendWindow, GreConfig.Numbering numbering) {}

    /**
     * A client's policy.
     *
     * @param options as they are written on the command line, empty for the defaults
     */
    public record Client(String options, PolicySettings policy) {
        /** Nothing is to be allowed. */
        public static final Client DEFAULT = new Client("", PolicySettings.DEFAULT);
    }

    /** Whether a client whose policy is right gets in. */
    public boolean letsIn() {
        return identity.keys() && link.mishap() == Mishap.NONE;
    }

    /** Begins a description; what is not said is as in a server of ours. */
    public static PersonalityBuilder named(String name, String title) {
        return new PersonalityBuilder(name, title);
    }

    /** Begins the description of one that is like this but for what is said. */
    public PersonalityBuilder but(String otherName, String otherTitle) {
        return new PersonalityBuilder(this, otherName, otherTitle);
    }

    /** The same, described further. */
    public PersonalityBuilder but() {
        return but(name, title);
    }
}

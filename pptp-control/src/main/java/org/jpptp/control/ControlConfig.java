package org.jpptp.control;

import java.time.Duration;

/**
 * What a control machine is told before it opens.
 *
 * @param hostName our host name, ASCII, at most 64 characters; sent to the peer
 * @param vendor our vendor string, ASCII, at most 64 characters
 * @param firmware our firmware revision
 * @param receiveWindow packets that we can buffer, told in the call request or reply
 * @param bitsPerSecond server: the connect speed told in the reply; client: ignored
 * @param setLinkInfo whether the client sends Set-Link-Info as Windows does
 * @param waits how long it is patient
 */
public record ControlConfig(
        String hostName,
        String vendor,
        int firmware,
        int receiveWindow,
        long bitsPerSecond,
        boolean setLinkInfo,
        Waits waits) {
    /**
     * How long a control machine waits.
     *
     * @param reply how long the answer to a start may take
     * @param callReply how long the answer to a call request may take: servers that ask RADIUS or start a daemon first are
     *     slow
     * @param echoIdle silence after which an Echo-Request is sent (RFC 2637 §3.1.4: 60 s)
     * @param echoReply how long its answer may take
     * @param closing how long an orderly end may take, for each of its messages
     */
    public record Waits(Duration reply, Duration callReply, Duration echoIdle, Duration echoReply, Duration closing) {
        /**
         * The timers of RFC 2637. A call is waited for nearly as long as the 60 s that the RFC gives an answer, and a start not
         * longer than people do: who answers none at all is nobody.
         */
        public static final Waits STANDARD = new Waits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(50),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofSeconds(1));

        /** The same, with an Echo-Request after another silence. */
        public Waits withEchoIdle(Duration idle) {
            return new Waits(reply, callReply, idle, echoReply, closing);
        }
    }

    /** What Windows sends, with the timers of RFC 2637. */
    public static ControlConfig standard(String hostName) {
        return new ControlConfig(hostName, "jpptp", 1, 64, 100_000_000L, true, Waits.STANDARD);
    }

    /** The same, but for how long it is patient. */
    public ControlConfig with(Waits other) {
        return new ControlConfig(hostName, vendor, firmware, receiveWindow, bitsPerSecond, setLinkInfo, other);
    }

    /** The same under another name. */
    public ControlConfig named(String otherName, String otherVendor, int otherFirmware) {
        return new ControlConfig(
                otherName, otherVendor, otherFirmware, receiveWindow, bitsPerSecond, setLinkInfo, waits);
    }
}

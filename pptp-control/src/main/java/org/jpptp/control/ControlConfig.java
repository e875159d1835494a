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
 * @param reply how long the answer to a start may take
 * @param callReply how long the answer to a call request may take: servers that ask RADIUS or start a daemon first are slow
 * @param echoIdle silence after which an Echo-Request is sent (RFC 2637 §3.1.4: 60 s)
 * @param echoReply how long its answer may take
 * @param closing how long an orderly end may take, for each of its messages
 */
public record ControlConfig(
        String hostName,
        String vendor,
        int firmware,
        int receiveWindow,
        long bitsPerSecond,
        boolean setLinkInfo,
        Duration reply,
        Duration callReply,
        Duration echoIdle,
        Duration echoReply,
        Duration closing) {
    /**
     * What Windows sends, with the timers of RFC 2637. A call is waited for nearly as long as the 60 s that the RFC gives an
     * answer, and a start not longer than people do: who answers none at all is nobody.
     */
    public static ControlConfig standard(String hostName) {
        return new ControlConfig(
                hostName,
                "jpptp",
                1,
                64,
                100_000_000L,
                true,
                Duration.ofSeconds(10),
                Duration.ofSeconds(50),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofSeconds(1));
    }
}

package org.jpptp.ppp;

/**
 * What was seen of a negotiation that came to nothing.
 *
 * @param protocol the PPP protocol number
 * @param requestsSent how many Configure-Requests we sent
 * @param lastSent the last of them, in the notation of packet traces; empty where none was sent
 * @param lastReceived the last packet of the peer that counted, in the same notation; empty where none came
 */
public record Negotiation(int protocol, int requestsSent, String lastSent, String lastReceived) {}

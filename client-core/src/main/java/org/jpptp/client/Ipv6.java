package org.jpptp.client;

/** Whether a tunnel carries IPv6. */
public enum Ipv6 {
    /** IPv4 only. */
    NONE,
    /** IPv6CP is spoken, and the interface has the link-local addresses agreed on (RFC 5072). */
    LINK_LOCAL
}

package org.jpptp.client;

/** Whether a tunnel carries IPv6. */
public enum Ipv6 {
    /** IPv4 only. */
    NONE,
    /** IPv6CP is spoken, and the interface has the link-local addresses agreed on (RFC 5072). */
    LINK_LOCAL;

    /** The least MTU of an interface that carries it, in octets (RFC 8200 §5): with less the kernel has none there. */
    public static final int LEAST_MTU = 1280;
}

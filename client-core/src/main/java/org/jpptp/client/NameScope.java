package org.jpptp.client;

/** Which names the name servers of a tunnel are asked about. */
public enum NameScope {
    /** None: the host asks whom it asked before. */
    NOTHING,
    /** Those of some domains. */
    DOMAINS,
    /** All, and the servers from before are there still. */
    BESIDE,
    /** All, and nobody else is asked. */
    EVERYTHING
}

package org.jpptp.client.explain.evidence;

/** Who of the two said something. */
public enum Side {
    CLIENT,
    SERVER;

    /** The one that it was said to. */
    public Side other() {
        return this == CLIENT ? SERVER : CLIENT;
    }
}

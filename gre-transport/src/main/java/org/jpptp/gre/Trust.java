package org.jpptp.gre;

/** Whether a payload shows by itself that the peer has sent it; what GRE cannot know, and its receiver can. */
public enum Trust {
    /** The peer did not send it, as far as one can tell. The genuine packet of its number is still awaited. */
    REFUSED,
    /** Anybody may have sent it, and a genuine packet of its number is still welcome. */
    DOUBTED,
    /** Anybody may have sent it, and nothing of its kind shows more. */
    UNPROVEN,
    /** The peer sent it. */
    PROVEN
}

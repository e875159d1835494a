package org.jpptp.client.net;

/** Who runs the program. */
public enum User {
    ROOT,
    /** Somebody else, who may have the capabilities that it takes. */
    ANOTHER
}

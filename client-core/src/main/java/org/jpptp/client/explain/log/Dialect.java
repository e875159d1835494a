package org.jpptp.client.explain.log;

/** The way in which one program writes its log. */
interface Dialect {
    /** Reads a line; false where it is none of this program's. */
    boolean line(long number, String line);

    /** Nothing more comes. */
    void end();
}

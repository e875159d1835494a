package org.jpptp.cli.command;

/** A command whose user may have asked for more about a defect than its sentence. */
interface TracesDefects {
    /** Whether a defect is told with its stack trace. */
    boolean tracesDefects();
}

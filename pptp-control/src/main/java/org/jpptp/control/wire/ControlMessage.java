package org.jpptp.control.wire;

/** A message of the control connection. */
public interface ControlMessage {}

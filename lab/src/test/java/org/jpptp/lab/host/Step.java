package org.jpptp.lab.host;

/** What a tunnel asks of its host, in the order in which it does. */
public enum Step {
    RECOVER,
    PRIVILEGES,
    OPEN_TUN,
    RESOLVE,
    CONNECT,
    OPEN_GRE,
    PIN_ROUTE,
    SET_MTU,
    ADD_ADDRESS,
    LINK_UP,
    ADD_ROUTE,
    START_TUN,
    /** Of a tunnel that was up: whether its interface is there, and another where it is not. */
    REOPEN_TUN,
    /** Of a tunnel that was up: the way to the server, beside the tunnel. */
    REACH
}

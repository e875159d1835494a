package org.jpptp.control;

import org.jpptp.control.wire.MessageType;

/** What a server does with each message in each state (RFC 2637 §3.1.2 and §3.2.4.1). */
final class ServerTable {
    /** The states; those of the call continue those of the control connection. */
    enum State {
        /** Waiting for Start-Control-Connection-Request. */
        IDLE,
        /** The control connection is up, without a call. */
        ESTABLISHED,
        /** The call is up. */
        CONNECTED,
        /** Stop-Control-Connection-Request is out. */
        WAIT_STOP_REPLY,
        /** Over; nothing is sent or received. */
        ENDED
    }

    /** What can be done with a message. */
    enum Action {
        /** Does not belong here: noted, nothing else. */
        IGNORE,
        /** Is for information only. */
        INFO,
        /** The client asks for a control connection. */
        START,
        /** It asks again: RFC 2637 §3.1.2 closes the connection. */
        RESTART,
        /** Answer, and end: the client ended the control connection. */
        STOP,
        /** The client agrees that it is over. */
        STOPPED,
        /** Answer with an Echo-Reply. */
        ECHO,
        /** Sign of life, nothing else. */
        ALIVE,
        /** The client asks for a call. */
        CALL,
        /** Answer a call request with a refusal: not now. */
        REFUSE,
        /** The client ends the call, or one that it believes in. */
        CLEAR
    }

    private static final TransitionTable<State, Action> TABLE = new TransitionTable<>(State.class, Action.class, """
                                             idle   established connected wait-stop-reply
            Start-Control-Connection-Request start  restart     restart   ignore
            Start-Control-Connection-Reply   ignore ignore      ignore    ignore
            Stop-Control-Connection-Request  stop   stop        stop      stop
            Stop-Control-Connection-Reply    ignore ignore      ignore    stopped
            Echo-Request                     echo   echo        echo      echo
            Echo-Reply                       ignore alive       alive     alive
            Outgoing-Call-Request            refuse call        refuse    ignore
            Outgoing-Call-Reply              ignore ignore      ignore    ignore
            Incoming-Call-Request            ignore refuse      refuse    ignore
            Incoming-Call-Reply              ignore ignore      ignore    ignore
            Incoming-Call-Connected          ignore ignore      ignore    ignore
            Call-Clear-Request               ignore clear       clear     ignore
            Call-Disconnect-Notify           ignore ignore      ignore    ignore
            WAN-Error-Notify                 ignore info        info      info
            Set-Link-Info                    ignore info        info      info
            """);

    private ServerTable() {}

    static Action action(State state, MessageType type) {
        return TABLE.action(state, type);
    }
}

package org.jpptp.control;

import org.jpptp.control.wire.MessageType;

/** What a client does with each message in each state (RFC 2637 §3.1.1 and §3.2.4.2, and how real servers behave). */
final class ClientTable {
    /** The states, with the names of the RFC; those of the call continue those of the control connection. */
    enum State {
        /** TCP is not up yet. */
        IDLE,
        /** Start-Control-Connection-Request is out. */
        WAIT_CTL_REPLY,
        /** The control connection is up; no call has been asked for. */
        ESTABLISHED,
        /** Outgoing-Call-Request is out. */
        WAIT_REPLY,
        /** The call is up. */
        CONNECTED,
        /** Call-Clear-Request is out. */
        WAIT_DISCONNECT,
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
        /** Start-Control-Connection-Reply that is waited for. */
        START,
        /** Answer, and end: the server ended the control connection. */
        STOP,
        /** The server agrees that it is over. */
        STOPPED,
        /** Answer with an Echo-Reply. */
        ECHO,
        /** Sign of life, nothing else. */
        ALIVE,
        /** Outgoing-Call-Reply that is waited for. */
        CALL,
        /** Answer a call request of the server with a refusal. */
        REFUSE,
        /** The call is over, whatever call id is named: there is only one. */
        GONE
    }

    private static final TransitionTable<State, Action> TABLE = new TransitionTable<>(State.class, Action.class, """
                                             wait-ctl-reply established wait-reply connected wait-disconnect wait-stop-reply
            Start-Control-Connection-Request ignore         ignore      ignore     ignore    ignore          ignore
            Start-Control-Connection-Reply   start          ignore      ignore     ignore    ignore          ignore
            Stop-Control-Connection-Request  stop           stop        stop       stop      stop            stop
            Stop-Control-Connection-Reply    ignore         ignore      ignore     ignore    ignore          stopped
            Echo-Request                     echo           echo        echo       echo      echo            echo
            Echo-Reply                       ignore         alive       alive      alive     alive           alive
            Outgoing-Call-Request            ignore         refuse      refuse     refuse    refuse          ignore
            Outgoing-Call-Reply              ignore         ignore      call       ignore    ignore          ignore
            Incoming-Call-Request            ignore         refuse      refuse     refuse    refuse          ignore
            Incoming-Call-Reply              ignore         ignore      ignore     ignore    ignore          ignore
            Incoming-Call-Connected          ignore         ignore      ignore     ignore    ignore          ignore
            Call-Clear-Request               ignore         ignore      gone       gone      gone            ignore
            Call-Disconnect-Notify           ignore         ignore      gone       gone      gone            ignore
            WAN-Error-Notify                 ignore         info        info       info      info            info
            Set-Link-Info                    ignore         info        info       info      info            info
            """);

    private ClientTable() {}

    static Action action(State state, MessageType type) {
        return TABLE.action(state, type);
    }
}

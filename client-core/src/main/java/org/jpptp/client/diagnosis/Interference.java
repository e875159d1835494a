package org.jpptp.client.diagnosis;

import org.jpptp.ppp.PppEvent;

/** What somebody else than the server does to a tunnel: a sentence for each kind, which the user is warned with. */
public final class Interference {
    private Interference() {}

    public static String of(PppEvent.Foreign what) {
        return switch (what) {
            case CONTROL ->
                "Somebody sends packets in the server's name. One would have ended or interrupted the tunnel. The server,"
                        + " which goes on, did not send it.";
            case GARBAGE ->
                "Somebody sends packets in the server's name. They look encrypted and do not decrypt. The server did not"
                        + " send them.";
        };
    }
}

package org.jpptp.ppp.mppe;

/**
 * The two master keys that an authentication yields, already told apart by direction for the side that holds them.
 *
 * <p>For MS-CHAPv2 these are MasterSendKey and MasterReceiveKey of RFC 3079 §3.3, sixteen octets each; the session keys
 * of any strength start from them.
 */
public final class MppeMasterKeys {
    private final byte[] send;
    private final byte[] receive;

    public MppeMasterKeys(byte[] send, byte[] receive) {
        this.send = send.clone();
        this.receive = receive.clone();
    }

    /** A copy of the key for what we send. */
    public byte[] send() {
        return send.clone();
    }

    /** A copy of the key for what we receive. */
    public byte[] receive() {
        return receive.clone();
    }
}

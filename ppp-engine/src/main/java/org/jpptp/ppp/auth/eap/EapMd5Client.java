package org.jpptp.ppp.auth.eap;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.auth.AuthResult;
import org.jpptp.ppp.auth.PasswordOctets;
import org.jspecify.annotations.Nullable;

/** The client's side of MD5-Challenge (RFC 2284 §3.4): CHAP with MD5 (RFC 1994 §4.1) inside EAP. */
final class EapMd5Client implements EapClientMethod {
    private final Credentials credentials;
    private boolean answered;

    EapMd5Client(Credentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public int type() {
        return EapType.MD5_CHALLENGE;
    }

    @Override
    public Answer request(int identifier, byte[] data) {
        byte[] challenge = value(data);
        if (challenge == null || challenge.length == 0) {
            return new Answer.Ignored("an MD5-Challenge without a challenge");
        }
        byte[] response = response(identifier, credentials.password(), challenge);
        answered = true;
        return new Answer.Reply(typeData(response, credentials.name()));
    }

    @Override
    public Answer provide(@Nullable Credentials answer) {
        return new Answer.Ignored("a secret that nobody asked for");
    }

    @Override
    public @Nullable AuthResult result() {
        return answered ? AuthResult.oneSided(AuthMethod.EAP_MD5, credentials.name(), "", null) : null;
    }

    /** The value behind its length, null where there is less. */
    static byte @Nullable [] value(byte[] data) {
        return data.length == 0 || (data[0] & 0xff) > data.length - 1
                ? null
                : Arrays.copyOfRange(data, 1, 1 + (data[0] & 0xff));
    }

    /** The name behind the value, which is there. */
    static byte[] name(byte[] data) {
        return Arrays.copyOfRange(data, 1 + (data[0] & 0xff), data.length);
    }

    /** A value of at most 255 octets with its length, and a name. */
    static byte[] typeData(byte[] value, String name) {
        byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        byte[] data = new byte[1 + value.length + octets.length];
        data[0] = (byte) value.length;
        System.arraycopy(value, 0, data, 1, value.length);
        System.arraycopy(octets, 0, data, 1 + value.length, octets.length);
        return data;
    }

    /** MD5 of identifier, password and challenge (RFC 1994 §4.1): 16 octets. */
    static byte[] response(int identifier, char[] password, byte[] challenge) {
        byte[] secret = PasswordOctets.of(password);
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update((byte) identifier);
            md5.update(secret);
            return md5.digest(challenge);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }
}

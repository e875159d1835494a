package org.jpptp.ppp.auth;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The octets of a password for the methods that take octets: PAP and those with MD5. No string is made of it. */
public final class PasswordOctets {
    /** Octets that UTF-8 makes of a char at most. */
    private static final int MOST = 3;

    private static final boolean END_OF_INPUT = true;

    private PasswordOctets() {}

    /** The password in UTF-8; the caller wipes it. */
    public static byte[] of(char[] password) {
        CharsetEncoder encoder = StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        byte[] room = new byte[MOST * password.length];
        ByteBuffer octets = ByteBuffer.wrap(room);
        encoder.encode(CharBuffer.wrap(password), octets, END_OF_INPUT);
        byte[] exact = Arrays.copyOf(room, octets.position());
        Arrays.fill(room, (byte) 0);
        return exact;
    }
}

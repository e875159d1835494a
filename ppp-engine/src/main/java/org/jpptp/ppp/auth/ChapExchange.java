package org.jpptp.ppp.auth;

import io.netty.buffer.ByteBuf;
import org.jpptp.ppp.mppe.MppeMasterKeys;
import org.jspecify.annotations.Nullable;

/**
 * What a client answered, with what, and what the server has to say to it.
 *
 * @param identifier that the verdict will bear
 * @param challenge of the server
 * @param packet the Response or Change-Password, from the code field on
 * @param ownChallenge what the server has to prove itself with, null where it need not
 * @param proof what has to be in its Success, null where there is none
 * @param keys for MPPE, null where the method yields none
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record ChapExchange(
        int identifier,
        byte[] challenge,
        ByteBuf packet,
        byte @Nullable [] ownChallenge,
        byte @Nullable [] proof,
        @Nullable MppeMasterKeys keys) {}

package org.jpptp.ppp.auth;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;

/** The client's side of CHAP with MD5 (RFC 1994). The server proves nothing, and there are no keys. */
public final class ChapMd5Client extends ChapClient {
    /** @param timeout how long the server may take altogether */
    public ChapMd5Client(AuthRole.Authenticatee role, Duration timeout, AuthOutput output) {
        super(AuthMethod.CHAP_MD5, role, timeout, output);
    }

    @Override
    boolean takes(int octets) {
        return octets > 0;
    }

    @Override
    ChapExchange answer(Credentials as, char[] password, int identifier, byte[] challenge) {
        ByteBuf packet = Unpooled.buffer();
        new ChapPacket.Response(
                        identifier,
                        ChapMd5.response(identifier, password, challenge),
                        as.name().getBytes(StandardCharsets.UTF_8))
                .writeTo(packet);
        return new ChapExchange(identifier, challenge, packet, null, null, null);
    }
}

package org.jpptp.ppp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.junit.jupiter.api.Test;

/** RFC 1994 prints no example; this one was computed by another implementation of MD5. */
class ChapMd5Test {
    @Test
    void identifierSecretAndChallengeAreHashed() {
        byte[] challenge = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
        assertThat(ChapMd5.response(7, "s3cr\u00e9t".toCharArray(), challenge))
                .asHexString()
                .isEqualToIgnoringCase("9451741f3d279a3bf6b7782e3886b500");
    }

    @Test
    void clientAndServerAgree() {
        ChapPair pair = new ChapPair();
        Credentials alice = new Credentials("D\\alice", "s3cr\u00e9t".toCharArray());
        Authentication client = ChapKind.MD5.client(alice, pair.clientSide);
        Authentication server = ChapKind.MD5.server(
                name -> name.equals(alice.name()) ? new AuthRole.Account(alice, 0) : null, 0, pair.serverSide);
        client.start(0);
        server.start(0);
        pair.run(client, server, number -> number == 1);
        for (Recorder side : new Recorder[] {pair.clientSide, pair.serverSide}) {
            AuthResult result = side.results.get(0);
            assertThat(result.name()).isEqualTo("D\\alice");
            assertThat(result.mutual()).isFalse();
            assertThat(result.keys()).isNull();
        }
        assertThat(pair.clientSide.results.get(0).message()).isEqualTo("Access granted");
    }
}

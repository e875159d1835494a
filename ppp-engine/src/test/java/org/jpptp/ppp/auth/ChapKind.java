package org.jpptp.ppp.auth;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthProtocol;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.PppHabits;
import org.jpptp.ppp.link.Authentications;

/** The three kinds of CHAP, for tests that hold for each. */
enum ChapKind {
    MD5(AuthMethod.CHAP_MD5, 16, 0),
    V1(AuthMethod.MSCHAPV1, 8, 6),
    V2(AuthMethod.MSCHAPV2, 16, 7);

    static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final boolean INTERACTIVE = true;

    final AuthMethod method;
    final int challengeOctets;
    /** The code of its Change-Password, 0 where it has none. */
    final int changeCode;

    ChapKind(AuthMethod method, int challengeOctets, int changeCode) {
        this.method = method;
        this.challengeOctets = challengeOctets;
        this.changeCode = changeCode;
    }

    Authentication client(Credentials credentials, Recorder output) {
        return make(new AuthRole.Authenticatee(credentials, Set.of(method)), output);
    }

    /** With somebody to ask. */
    Authentication interactiveClient(Credentials credentials, Recorder output) {
        return make(new AuthRole.Authenticatee(credentials, Set.of(method), INTERACTIVE), output);
    }

    Authentication server(AuthRole.Accounts accounts, int retries, Recorder output) {
        return make(new AuthRole.Authenticator("gate", accounts, List.of(method), retries), output);
    }

    Authentication make(AuthRole role, Recorder output) {
        AuthProtocol protocol = method.protocol();
        return Authentications.of(role, protocol, new Random(challengeOctets), TIMEOUT, PppHabits.OURS, output);
    }

    byte[] challenge(int fill) {
        byte[] value = new byte[challengeOctets];
        Arrays.fill(value, (byte) fill);
        return value;
    }

    /** The Response of somebody with a password. */
    ChapPacket.Response respond(int identifier, byte[] challenge, String name, String password) {
        return (ChapPacket.Response) exchange(identifier, challenge, new Credentials(name, password.toCharArray()));
    }

    /** The Change-Password of somebody. */
    ChapPacket change(int identifier, byte[] challenge, String name, String old, String fresh) {
        Credentials from = new Credentials(name, old.toCharArray());
        MsChapClient client = (MsChapClient) client(from, new Recorder());
        return ChapPacket.parse(
                client.change(from, fresh.toCharArray(), identifier, challenge).packet());
    }

    private ChapPacket exchange(int identifier, byte[] challenge, Credentials credentials) {
        ChapClient client = (ChapClient) client(credentials, new Recorder());
        return ChapPacket.parse(client.answer(credentials, credentials.password(), identifier, challenge)
                .packet());
    }

    /** What a server that knows the password says to a Response or Change-Password. */
    String success(ChapPacket packet, byte[] challenge, String name, String password) {
        int identifier;
        byte[] value;
        if (packet instanceof ChapPacket.Response response) {
            identifier = response.identifier();
            value = response.value();
        } else {
            ChapPacket.ChangePassword change = (ChapPacket.ChangePassword) packet;
            identifier = change.identifier();
            value = Objects.requireNonNull(MsChapChange.parse(change.code(), change.data()))
                    .response();
        }
        ChapServer server = (ChapServer) server(any -> null, 0, new Recorder());
        ChapCheck check = server.check(
                identifier, challenge, name.getBytes(StandardCharsets.UTF_8), value, password.toCharArray());
        return Objects.requireNonNull(check).success();
    }

    static ByteBuf packet(ChapPacket packet) {
        ByteBuf out = Unpooled.buffer();
        packet.writeTo(out);
        return out;
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

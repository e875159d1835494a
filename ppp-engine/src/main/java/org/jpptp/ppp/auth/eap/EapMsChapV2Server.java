package org.jpptp.ppp.auth.eap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.PppFailure;
import org.jpptp.ppp.PppHabits;
import org.jpptp.ppp.Refusal;
import org.jpptp.ppp.auth.AuthResult;
import org.jpptp.ppp.auth.ChapCheck;
import org.jpptp.ppp.auth.ChapPacket;
import org.jpptp.ppp.auth.MsChapFailure;
import org.jpptp.ppp.auth.MsChapV2;
import org.jpptp.ppp.auth.MsChapV2Response;
import org.jpptp.ppp.text.PeerText;
import org.jspecify.annotations.Nullable;

/** The server's side of EAP-MS-CHAPv2; see {@link EapMsChapV2Client}. */
final class EapMsChapV2Server implements EapServerMethod {
    private final AuthRole.Authenticator role;
    private final byte[] identity;
    private final RandomGenerator random;
    /** Whether what we say of a Response has the identifier of EAP. */
    private final boolean countsOn;

    private int identifier;
    private byte[] challenge = new byte[MsChapV2.CHALLENGE_OCTETS];
    private int retries;
    /** What holds once the peer acknowledges our Success. */
    private @Nullable AuthResult accepted;
    /** What holds once the peer acknowledges our Failure. */
    private @Nullable PppFailure refused;

    /** @param identity of the peer, for a Response that names nobody */
    EapMsChapV2Server(AuthRole.Authenticator role, byte[] identity, RandomGenerator random, PppHabits habits) {
        this.role = role;
        this.identity = identity;
        this.random = random;
        countsOn = habits.has(PppHabits.Way.EAP_COUNTS_ON);
        retries = role.retries();
        random.nextBytes(challenge);
    }

    @Override
    public int type() {
        return EapType.MSCHAPV2;
    }

    @Override
    public byte[] begin(int eapIdentifier) {
        identifier = eapIdentifier;
        return encode(
                new ChapPacket.Challenge(identifier, challenge, role.name().getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Step response(byte[] data, int next) {
        // An acknowledgement is the OpCode alone; some peers send the whole header.
        int opCode = data.length == 0 ? 0 : data[0] & 0xff;
        if (opCode == ChapPacket.SUCCESS && accepted != null) {
            return new Step.Accepted(accepted);
        }
        if (opCode == ChapPacket.FAILURE && refused != null) {
            return new Step.Refused(refused);
        }
        boolean decided = accepted != null || (refused != null && retries < 0);
        ChapPacket parsed = ChapPacket.parse(Unpooled.wrappedBuffer(data));
        if (decided
                || !(parsed instanceof ChapPacket.Response response)
                || (response.identifier() != identifier && !countsOn)) {
            return new Step.Ignored("an EAP-MS-CHAPv2 Response that answers no Request of ours");
        }
        MsChapV2Response value = MsChapV2Response.parse(response.value());
        if (value == null) {
            return new Step.Ignored("a Response of " + response.value().length + " octets: MS-CHAPv2 has 49");
        }
        int verdict = countsOn ? next : identifier;
        return judge(response.name().length == 0 ? identity : response.name(), value, verdict);
    }

    /** @param id the MS-CHAPv2-ID of the verdict */
    private Step judge(byte[] named, MsChapV2Response value, int id) {
        String name = new String(named, StandardCharsets.UTF_8);
        AuthRole.@Nullable Account account = role.accounts().find(name);
        char[] password = account == null ? new char[0] : account.credentials().password();
        ChapCheck check = value.check(challenge, named, password, role.greeting());
        if (account == null || !check.matches()) {
            return refuse(MsChapFailure.AUTHENTICATION_FAILURE, named, id);
        }
        if (account.error() != 0) {
            retries = 0;
            return refuse(account.error(), named, id);
        }
        accepted = AuthResult.oneSided(AuthMethod.EAP_MSCHAPV2, name, "", role.keys() ? check.keys() : null);
        byte[] message = check.success().getBytes(StandardCharsets.US_ASCII);
        return new Step.Ask(encode(new ChapPacket.Success(id, message)));
    }

    private Step refuse(int error, byte[] named, int id) {
        boolean again = retries-- > 0;
        challenge = new byte[MsChapV2.CHALLENGE_OCTETS];
        random.nextBytes(challenge);
        String message = String.format(
                Locale.ROOT,
                "E=%d R=%d C=%s V=3 M=%s",
                error,
                again ? 1 : 0,
                HexFormat.of().withUpperCase().formatHex(challenge),
                MsChapFailure.words(error));
        refused = new Refusal(Refusal.Verdict.OURS, PeerText.escape(named), error, "").failure();
        ChapPacket failure = new ChapPacket.Failure(id, message.getBytes(StandardCharsets.US_ASCII));
        // The sequence goes on with each retry (RFC 2759 §9.1).
        identifier = identifier + 1 & 0xff;
        return new Step.Ask(encode(failure));
    }

    private static byte[] encode(ChapPacket packet) {
        ByteBuf out = Unpooled.buffer();
        packet.writeTo(out);
        return ByteBufUtil.getBytes(out);
    }
}

package org.jpptp.client.explain.decrypt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jpptp.client.explain.evidence.Side;
import org.jpptp.ppp.auth.ChapCheck;
import org.jpptp.ppp.auth.ChapPacket;
import org.jpptp.ppp.auth.MsChapFailure;
import org.jpptp.ppp.auth.MsChapV2;
import org.jpptp.ppp.auth.MsChapV2Response;
import org.jpptp.ppp.auth.OlderResponses;
import org.jpptp.ppp.mppe.MppeKeys;
import org.jpptp.ppp.mppe.MppeMasterKeys;
import org.jpptp.ppp.wire.ControlPacket;
import org.jpptp.ppp.wire.PppProtocol;
import org.jspecify.annotations.Nullable;

/** Who proved what with which password, in one call. */
final class Proofs {
    private static final int EAP_MD5 = 4;
    private static final int EAP_MSCHAPV2 = 26;
    private static final int EAP_HEADER = 5;
    private static final int V1_CHALLENGE = 8;
    private static final int RESPONSE_OCTETS = 49;

    /** What a password came to. */
    enum Outcome {
        UNCHECKED,
        /** Whoever made the record has put zeros in the place of the proof. */
        MASKED,
        RIGHT,
        WRONG
    }

    private final Secret secret;
    private byte[] challenge = new byte[0];
    private @Nullable ChapCheck check;
    private Outcome outcome = Outcome.UNCHECKED;
    private boolean serverIsWrong;
    private @Nullable MppeMasterKeys keys;
    private Side prover = Side.CLIENT;

    Proofs(Secret secret) {
        this.secret = secret;
    }

    void packet(Side from, int protocol, ByteBuf packet) {
        switch (protocol) {
            case PppProtocol.CHAP -> chap(from, ChapPacket.parse(packet));
            case PppProtocol.EAP -> eap(from, packet);
            case PppProtocol.PAP -> pap(packet);
            default -> {
                // Proves nothing.
            }
        }
    }

    private void chap(Side from, ChapPacket packet) {
        if (packet instanceof ChapPacket.Challenge asked) {
            challenge = asked.value();
        } else if (packet instanceof ChapPacket.Response response) {
            prover = from;
            response(response);
        } else if (packet instanceof ChapPacket.Success success) {
            success(success.message());
        } else if (packet instanceof ChapPacket.Failure failure) {
            byte[] next = MsChapFailure.parse(failure.message()).challengeOctets(challenge.length);
            challenge = next == null ? challenge : next;
        }
    }

    private void response(ChapPacket.Response response) {
        byte[] value = response.value();
        char[] password = secret.password();
        if (isMasked(value)) {
            return;
        }
        if (value.length == RESPONSE_OCTETS && challenge.length == V1_CHALLENGE) {
            decide(OlderResponses.msChapV1(challenge, value, secret.hash(), password));
        } else if (value.length == RESPONSE_OCTETS) {
            version2(value, response.name());
        } else if (password != null && challenge.length > 0) {
            outcome = OlderResponses.md5(response.identifier(), challenge, value, password)
                    ? Outcome.RIGHT
                    : Outcome.WRONG;
        }
    }

    /** Chance never brings only zeros. */
    private boolean isMasked(byte[] value) {
        for (byte octet : value) {
            if (octet != 0) {
                return false;
            }
        }
        if (value.length > 0) {
            outcome = Outcome.MASKED;
        }
        return value.length > 0;
    }

    /** Where the challenge was not recorded, the keys come of the Response alone (RFC 3079 §3.4); nothing is checked. */
    private void version2(byte[] value, byte[] name) {
        MsChapV2Response parsed = MsChapV2Response.parse(value);
        if (parsed == null) {
            return;
        }
        if (challenge.length == MsChapV2.CHALLENGE_OCTETS) {
            decide(parsed.check(challenge, name, secret.hash(), ""));
            return;
        }
        byte[] hashHash = MsChapV2.hashNtPasswordHash(secret.hash());
        keys = MppeKeys.fromMsChapV2(hashHash, parsed.ntResponse(), MppeKeys.Side.SERVER);
        Arrays.fill(hashHash, (byte) 0);
    }

    private void decide(@Nullable ChapCheck checked) {
        check = checked;
        if (checked != null) {
            outcome = checked.matches() ? Outcome.RIGHT : Outcome.WRONG;
            keys = checked.keys();
        }
    }

    private void success(byte[] message) {
        ChapCheck checked = check;
        String text = new String(message, StandardCharsets.ISO_8859_1);
        if (checked != null && !checked.success().isEmpty() && text.startsWith("S=") && text.length() >= 42) {
            serverIsWrong = checked.matches()
                    && !text.substring(0, 42).equalsIgnoreCase(checked.success().substring(0, 42));
        }
    }

    private void eap(Side from, ByteBuf packet) {
        if (!(ControlPacket.parse(packet) instanceof ControlPacket control)
                || control.data().readableBytes() < 2) {
            return;
        }
        ByteBuf data = control.data();
        int type = data.getUnsignedByte(data.readerIndex());
        if (type == EAP_MSCHAPV2 && data.readableBytes() > EAP_HEADER) {
            inside(from, data);
        } else if (type == EAP_MD5) {
            md5(control, data);
        }
    }

    /** MS-CHAPv2 inside EAP: OpCode, identifier and length, then as in CHAP. */
    private void inside(Side from, ByteBuf data) {
        int code = data.getUnsignedByte(data.readerIndex() + 1);
        if (code == ChapPacket.SUCCESS) {
            success(ByteBufUtil.getBytes(data, data.readerIndex() + EAP_HEADER, data.readableBytes() - EAP_HEADER));
        } else if (code == ChapPacket.CHALLENGE || code == ChapPacket.RESPONSE) {
            chap(from, ChapPacket.parse(data.slice(data.readerIndex() + 1, data.readableBytes() - 1)));
        }
    }

    private void md5(ControlPacket control, ByteBuf data) {
        int start = data.readerIndex() + 1;
        int length = data.getUnsignedByte(start);
        char[] password = secret.password();
        if (length == 0 || length > data.readableBytes() - 2) {
            return;
        }
        byte[] value = ByteBufUtil.getBytes(data, start + 1, length);
        if (control.code() == 1) {
            challenge = value;
        } else if (!isMasked(value) && password != null && challenge.length > 0) {
            outcome = OlderResponses.md5(control.id(), challenge, value, password) ? Outcome.RIGHT : Outcome.WRONG;
        }
    }

    /** It is there for everybody to read. */
    private void pap(ByteBuf packet) {
        char[] password = secret.password();
        if (password == null
                || !(ControlPacket.parse(packet) instanceof ControlPacket control)
                || control.code() != 1
                || !control.data().isReadable()) {
            return;
        }
        ByteBuf data = control.data();
        int name = data.readUnsignedByte();
        if (data.readableBytes() < name + 1) {
            return;
        }
        int length = data.skipBytes(name).readUnsignedByte();
        if (length <= data.readableBytes() && !isMasked(ByteBufUtil.getBytes(data, data.readerIndex(), length))) {
            String sent = data.toString(data.readerIndex(), length, StandardCharsets.UTF_8);
            outcome = sent.equals(new String(password)) ? Outcome.RIGHT : Outcome.WRONG;
        }
    }

    Outcome outcome() {
        return outcome;
    }

    boolean serverIsWrong() {
        return serverIsWrong;
    }

    /** As the server holds them; null where there are none. */
    @Nullable
    MppeMasterKeys keys() {
        return keys;
    }

    /** Who proved itself: its packets have the keys that a server receives with. */
    Side prover() {
        return prover;
    }
}

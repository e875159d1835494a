package org.jpptp.ppp.auth;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jspecify.annotations.Nullable;

/**
 * What Microsoft added to the server's side of CHAP, in both versions: permission to try again (R=1), and the change of
 * an expired password (E=648).
 */
abstract sealed class MsChapServer extends ChapServer permits MsChapV1Server, MsChapV2Server {
    private static final int RETRY = 1;
    private static final int NO_RETRY = 0;

    private final RandomGenerator random;
    private final int changeCode;
    private final String version;

    private int retries;
    /** The account whose password has expired. */
    private AuthRole.@Nullable Account expired;

    private byte[] expiredName = {};

    /**
     * @param changeCode of the Change-Password that is taken
     * @param version the fields of a Failure behind its challenge
     */
    MsChapServer(
            AuthMethod method,
            int challengeOctets,
            int changeCode,
            String version,
            AuthRole.Authenticator role,
            RandomGenerator random,
            Duration timeout,
            AuthOutput output) {
        super(method, challengeOctets, role, random, timeout, output);
        this.random = random;
        this.changeCode = changeCode;
        this.version = version;
        this.retries = role.retries();
    }

    /** Which challenge a Change-Password answers, the last one or that of the Failure. */
    abstract byte[] challengeOfChange(byte[] last, byte[] next);

    @Override
    final void refuse(int error, byte[] name, AuthRole.@Nullable Account account, long now) {
        byte[] next = new byte[challenge().length];
        random.nextBytes(next);
        boolean change = error == MsChapFailure.PASSWORD_EXPIRED;
        boolean retry = error == MsChapFailure.AUTHENTICATION_FAILURE && retries > 0;
        String message = message(error, retry ? RETRY : NO_RETRY, next);
        if (change) {
            expired = account;
            expiredName = name;
            denyUntilChange(message, refusal(error, name), challengeOfChange(challenge(), next), now);
        } else if (retry) {
            retries--;
            denyUntilRetry(message, refusal(error, name), next, now);
        } else {
            deny(message, refusal(error, name), now);
        }
    }

    @Override
    final void changed(ChapPacket.ChangePassword packet, long now) {
        MsChapChange change = packet.code() == changeCode ? MsChapChange.parse(packet.code(), packet.data()) : null;
        AuthRole.Account account = expired;
        if (change == null || account == null) {
            note("ignored a Change-Password of the other MS-CHAP");
            return;
        }
        byte[] oldHash = MsChapV2.ntPasswordHash(account.credentials().password());
        char[] newPassword = PasswordBlock.decrypt(change.password(), oldHash);
        ChapCheck check = newPassword == null ? null : check(change, oldHash, newPassword);
        Arrays.fill(oldHash, (byte) 0);
        if (check != null && newPassword != null && role().accounts().change(text(expiredName), newPassword)) {
            accept(expiredName, check, now);
        } else {
            int error = MsChapFailure.CHANGING_PASSWORD;
            deny(message(error, NO_RETRY, challenge()), refusal(error, expiredName), now);
        }
        if (newPassword != null) {
            Arrays.fill(newPassword, '\0');
        }
    }

    /** Null unless both blocks, and the response, were made with the old and the new password. */
    private @Nullable ChapCheck check(MsChapChange change, byte[] oldHash, char[] newPassword) {
        byte[] newHash = MsChapV2.ntPasswordHash(newPassword);
        boolean proved = change.provesOld(oldHash, newHash);
        Arrays.fill(newHash, (byte) 0);
        ChapCheck check = check(identifier(), challenge(), expiredName, change.response(), newPassword);
        return check != null && proved && check.matches() ? check : null;
    }

    /** @param retry the value of the field R */
    private String message(int error, int retry, byte[] next) {
        return String.format(
                Locale.ROOT,
                "E=%d R=%d C=%s %s",
                error,
                retry,
                HexFormat.of().withUpperCase().formatHex(next),
                version.formatted(MsChapFailure.words(error)));
    }
}

package org.jpptp.lab.fuzz;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.Credentials;
import org.jpptp.ppp.IpcpSettings;
import org.jpptp.ppp.MppeMode;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.MppeStrength;
import org.jpptp.ppp.PppConfig;
import org.jpptp.ppp.PppTiming;
import org.jspecify.annotations.Nullable;

/**
 * How the two ends of a link are configured; an octet of the input chooses.
 *
 * @param server whether the end that takes the input is the server
 * @param interactive whether the client is asked for another secret
 * @param expired whether the server says that the password has expired
 * @param wrong whether the client's password is wrong
 * @param ipv6 whether both speak IPv6CP
 * @param silent whether nothing more is heard after the input
 */
record LinkSetting(
        boolean server,
        boolean interactive,
        boolean expired,
        boolean wrong,
        boolean ipv6,
        boolean silent,
        List<AuthMethod> methods,
        MppePolicy mppe) {
    static final int SERVER = 1;
    static final int INTERACTIVE = 2;
    static final int EXPIRED = 4;
    static final int WRONG = 8;
    static final int IPV6 = 16;
    static final int SILENT = 32;
    private static final int POLICY = 64;

    private static final int MTU = 1400;
    private static final int EXPIRED_ERROR = 648;
    private static final String NAME = "EXAMPLE\\alice";

    static final Set<MppeMode> STATELESS = Set.of(MppeMode.STATELESS);
    static final Set<MppeMode> STATEFUL = Set.of(MppeMode.STATEFUL);
    private static final Set<MppeMode> EITHER = EnumSet.allOf(MppeMode.class);
    static final Set<MppeStrength> EVERY = EnumSet.allOf(MppeStrength.class);

    /** What most targets choose from where the methods yield keys. */
    static final List<MppePolicy> ENCRYPTED = List.of(
            MppePolicy.REQUIRE_128_STATELESS,
            MppePolicy.require(EVERY, EITHER),
            MppePolicy.permit(EVERY, EITHER).withMppc(),
            MppePolicy.require(EVERY, STATEFUL).withMppc());

    static final List<MppePolicy> CLEAR = List.of(
            MppePolicy.NONE,
            MppePolicy.NONE,
            MppePolicy.permit(Set.of(), EITHER).withMppc(),
            MppePolicy.permit(Set.of(), STATELESS).withMppc());

    LinkSetting {
        methods = List.copyOf(methods);
    }

    /** @param policies four of them */
    static LinkSetting of(int octet, List<AuthMethod> methods, List<MppePolicy> policies) {
        return new LinkSetting(
                (octet & SERVER) != 0,
                (octet & INTERACTIVE) != 0,
                (octet & EXPIRED) != 0,
                (octet & WRONG) != 0,
                (octet & IPV6) != 0,
                (octet & SILENT) != 0,
                methods,
                policies.get(octet / POLICY));
    }

    PppConfig client() {
        Credentials credentials =
                new Credentials(NAME, (wrong ? "guess" : "s3cret").toCharArray(), "n3w".toCharArray());
        return new PppConfig(
                MTU,
                "fuzzed",
                new AuthRole.Authenticatee(credentials, Set.copyOf(methods), interactive),
                mppe,
                IpcpSettings.client(),
                ipv6,
                PppTiming.DEFAULT);
    }

    PppConfig serving() {
        AuthRole.Account account =
                new AuthRole.Account(new Credentials(NAME, "s3cret".toCharArray()), expired ? EXPIRED_ERROR : 0);
        AuthRole.Accounts accounts = new AuthRole.Accounts() {
            @Override
            public AuthRole.@Nullable Account find(String name) {
                return name.equals(NAME) ? account : null;
            }

            @Override
            public boolean change(String name, char[] newPassword) {
                return newPassword.length > 1;
            }
        };
        return new PppConfig(
                MTU,
                "fuzzed",
                new AuthRole.Authenticator("gate", accounts, methods, 2),
                mppe,
                IpcpSettings.server(
                        Packets.address("192.168.9.1"),
                        Packets.address("192.168.9.7"),
                        List.of(Packets.address("192.168.9.53")),
                        List.of()),
                ipv6,
                PppTiming.DEFAULT);
    }

    /** What a client is given that is asked for another secret. */
    static Credentials another() {
        return new Credentials(NAME, "s3cret".toCharArray(), "n3w".toCharArray());
    }
}

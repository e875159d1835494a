package org.jpptp.ppp.auth.eap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.PppHabits;
import org.jspecify.annotations.Nullable;

/** The methods that run in EAP, registered with their type and how either side of them is made. */
enum EapMethods {
    MSCHAPV2(EapType.MSCHAPV2, AuthMethod.EAP_MSCHAPV2) {
        @Override
        EapClientMethod client(AuthRole.Authenticatee role, RandomGenerator random) {
            return new EapMsChapV2Client(role.credentials(), role.interactive(), random);
        }

        @Override
        EapServerMethod server(AuthRole.Authenticator role, byte[] identity, RandomGenerator random, PppHabits habits) {
            return new EapMsChapV2Server(role, identity, random, habits);
        }
    },
    MD5_CHALLENGE(EapType.MD5_CHALLENGE, AuthMethod.EAP_MD5) {
        @Override
        EapClientMethod client(AuthRole.Authenticatee role, RandomGenerator random) {
            return new EapMd5Client(role.credentials());
        }

        @Override
        EapServerMethod server(AuthRole.Authenticator role, byte[] identity, RandomGenerator random, PppHabits habits) {
            return new EapMd5Server(role, identity, random);
        }
    };

    private final int type;
    private final AuthMethod method;

    EapMethods(int type, AuthMethod method) {
        this.type = type;
        this.method = method;
    }

    /** The client's side. */
    abstract EapClientMethod client(AuthRole.Authenticatee role, RandomGenerator random);

    /** The server's side, for a client that has said who it is. */
    abstract EapServerMethod server(
            AuthRole.Authenticator role, byte[] identity, RandomGenerator random, PppHabits habits);

    /** The number in Requests and Responses (RFC 2284 §3). */
    int type() {
        return type;
    }

    /** How policies name it. */
    AuthMethod method() {
        return method;
    }

    /** The method that a policy names; it is one of EAP's. */
    static EapMethods of(AuthMethod method) {
        for (EapMethods each : values()) {
            if (each.method == method) {
                return each;
            }
        }
        throw new IllegalArgumentException(method + " is not a method of EAP");
    }

    /** The method of a type, null where we carry out none like it. */
    static @Nullable EapMethods of(int type) {
        for (EapMethods each : values()) {
            if (each.type == type) {
                return each;
            }
        }
        return null;
    }

    /** The methods of EAP among some methods, in the same order. */
    static List<AuthMethod> among(Collection<AuthMethod> methods) {
        List<AuthMethod> among = new ArrayList<>();
        for (AuthMethod wanted : methods) {
            for (EapMethods each : values()) {
                if (each.method == wanted) {
                    among.add(wanted);
                }
            }
        }
        return among;
    }
}

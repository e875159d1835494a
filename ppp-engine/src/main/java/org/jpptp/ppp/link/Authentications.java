package org.jpptp.ppp.link;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jpptp.ppp.AuthProtocol;
import org.jpptp.ppp.AuthRole;
import org.jpptp.ppp.PppHabits;
import org.jpptp.ppp.auth.AuthOutput;
import org.jpptp.ppp.auth.Authentication;
import org.jpptp.ppp.auth.ChapMd5Client;
import org.jpptp.ppp.auth.ChapMd5Server;
import org.jpptp.ppp.auth.MsChapV1Client;
import org.jpptp.ppp.auth.MsChapV1Server;
import org.jpptp.ppp.auth.MsChapV2Client;
import org.jpptp.ppp.auth.MsChapV2Server;
import org.jpptp.ppp.auth.PapClient;
import org.jpptp.ppp.auth.PapServer;
import org.jpptp.ppp.auth.eap.EapClient;
import org.jpptp.ppp.auth.eap.EapServer;

/** Makes the machine that LCP agreed on. */
public final class Authentications {
    private Authentications() {}

    /**
     * One side of an authentication protocol, not yet started.
     *
     * @param timeout how long the whole authentication may take
     * @param habits what a server does its own way
     * @throws IllegalArgumentException for a protocol that nobody carries out; LCP agrees on none
     */
    public static Authentication of(
            AuthRole role,
            AuthProtocol protocol,
            RandomGenerator random,
            Duration timeout,
            PppHabits habits,
            AuthOutput output) {
        return role instanceof AuthRole.Authenticatee client
                ? client(client, protocol, random, timeout, output)
                : server((AuthRole.Authenticator) role, protocol, random, timeout, habits, output);
    }

    private static Authentication client(
            AuthRole.Authenticatee role,
            AuthProtocol protocol,
            RandomGenerator random,
            Duration timeout,
            AuthOutput output) {
        return switch (protocol) {
            case MSCHAPV2 -> new MsChapV2Client(role, random, timeout, output);
            case MSCHAPV1 -> new MsChapV1Client(role, random, timeout, output);
            case CHAP_MD5 -> new ChapMd5Client(role, timeout, output);
            case EAP -> new EapClient(role, random, timeout, output);
            case PAP -> new PapClient(role.credentials(), random, timeout, output);
            case SPAP -> throw nobody(protocol);
        };
    }

    private static Authentication server(
            AuthRole.Authenticator role,
            AuthProtocol protocol,
            RandomGenerator random,
            Duration timeout,
            PppHabits habits,
            AuthOutput output) {
        return switch (protocol) {
            case MSCHAPV2 -> new MsChapV2Server(role, random, timeout, output);
            case MSCHAPV1 -> new MsChapV1Server(role, random, timeout, output);
            case CHAP_MD5 -> new ChapMd5Server(role, random, timeout, output);
            case EAP -> new EapServer(role, random, timeout, habits, output);
            case PAP -> new PapServer(role, timeout, output);
            case SPAP -> throw nobody(protocol);
        };
    }

    private static IllegalArgumentException nobody(AuthProtocol protocol) {
        return new IllegalArgumentException("nobody carries out " + protocol.label());
    }
}

package org.jpptp.client.diagnosis;

import java.util.Locale;
import org.jpptp.client.FailureReason;
import org.jspecify.annotations.Nullable;

/** What helps, in the words of the server's vendor, where the vendor is known. */
public final class VendorWords {
    private VendorWords() {}

    /**
     * What to do on the server.
     *
     * @param vendor what the server calls itself
     * @return a sentence; null where nothing is known
     */
    public static @Nullable String of(String vendor, FailureReason reason) {
        String name = vendor.toLowerCase(Locale.ROOT);
        if (name.contains("mikrotik") || name.contains("routeros")) {
            return mikrotik(reason);
        }
        if (name.contains("microsoft") || name.contains("windows")) {
            return windows(reason);
        }
        if (name.contains("cisco")) {
            return cisco(reason);
        }
        if (name.contains("cananian")) {
            return accel(reason);
        }
        return name.contains("linux") || name.contains("poptop") || name.contains("pptpd") ? pptpd(reason) : null;
    }

    private static @Nullable String mikrotik(FailureReason reason) {
        return switch (reason) {
            case ENCRYPTION_REFUSED -> "On RouterOS: /ppp profile set default-encryption use-encryption=yes";
            case AUTH_METHOD_REFUSED -> "On RouterOS: /interface pptp-server server set authentication=mschap2";
            case CREDENTIALS_REJECTED, ACCOUNT_RESTRICTED ->
                "On RouterOS: /ppp secret print shows the accounts, and whether one is disabled.";
            case GRE_BLOCKED -> "On RouterOS: /ip firewall filter add chain=input protocol=gre action=accept";
            case ADDRESSES_REFUSED ->
                "On RouterOS: /ip pool used print shows whether the pool of the profile is used up.";
            default -> null;
        };
    }

    private static @Nullable String windows(FailureReason reason) {
        return switch (reason) {
            case ENCRYPTION_REFUSED ->
                "On Windows Server: let the network policy (NPS) allow encryption of 128 bits, under Settings, Encryption.";
            case AUTH_METHOD_REFUSED ->
                "On Windows Server: tick MS-CHAP v2 under Authentication Methods of the server and of the network policy.";
            case ACCOUNT_RESTRICTED ->
                "On Windows Server: allow access under Dial-in of the account, or in a network policy (NPS).";
            case GRE_BLOCKED -> "On Windows Server: enable the firewall rule \"Routing and Remote Access (GRE-In)\".";
            case CALL_REFUSED ->
                "On Windows Server: raise the number of PPTP ports under Ports in Routing and Remote Access.";
            default -> null;
        };
    }

    private static @Nullable String cisco(FailureReason reason) {
        return switch (reason) {
            case ENCRYPTION_REFUSED -> "On Cisco IOS: ppp encrypt mppe 128 required, on the virtual template.";
            case AUTH_METHOD_REFUSED -> "On Cisco IOS: ppp authentication ms-chap-v2, on the virtual template.";
            case ADDRESSES_REFUSED -> "On Cisco IOS: peer default ip address pool NAME, on the virtual template.";
            default -> null;
        };
    }

    private static @Nullable String accel(FailureReason reason) {
        return switch (reason) {
            case ENCRYPTION_REFUSED -> "On accel-ppp: mppe=require in the section [ppp] of accel-ppp.conf.";
            case AUTH_METHOD_REFUSED -> "On accel-ppp: auth_mschap_v2 in the section [modules] of accel-ppp.conf.";
            default -> null;
        };
    }

    private static @Nullable String pptpd(FailureReason reason) {
        return switch (reason) {
            case ENCRYPTION_REFUSED -> "On pptpd: require-mppe-128 in the options file of pppd.";
            case AUTH_METHOD_REFUSED -> "On pptpd: require-mschap-v2 in the options file of pppd.";
            case CREDENTIALS_REJECTED -> "On pptpd: the line of the account in /etc/ppp/chap-secrets.";
            default -> null;
        };
    }
}

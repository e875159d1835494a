package org.jpptp.cli.imports;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jpptp.ppp.AuthMethod;

/** A phone book of Windows (rasphone.pbk): a section for each entry, with the numbers that ras.h gives names to. */
final class PhoneBook {
    /** What the tunnel does anyway, or what is about modems and about Windows. */
    private static final Pattern NEEDLESS =
            Pattern.compile("(?i)Encoding|PBVersion|Type|AutoLogon|UseRasCredentials|LowDateTime"
                    + "|HighDateTime|DialParamsUID|Guid|VpnStrategy|LcpExtensions|SkipNwcWarning|SkipDownLevelDialog|SkipDoubleDialDialog"
                    + "|DialMode|DialPercent|DialSeconds|HangUp(Percent|Seconds)|OverridePref|RedialAttempts|RedialSeconds|IpNameAssign"
                    + "|IpAssign|IpFrameSize|MEDIA|DEVICE|Port|AreaCode|CountryCode|CountryID|UseDialingRules|Comment|FriendlyName"
                    + "|LastSelectedPhone|PromoteAlternates|TryNextAlternateOnFail|ShowMonitorIconInTaskBar|ms_(client|server|psched|msclient)"
                    + "|BaseProtocol|PreviewUserPw|PreviewDomain|PreviewPhoneNumber|ShowDialingProgress|SharedPhoneNumbers"
                    + "|GlobalDeviceSettings|PreviewDomain|NetworkOutageTime|AuthenticateServer|ShareMsFilePrint|BindMsNetClient"
                    + "|ServerType|NegotiateMultilinkAlways|PreferredPort|PreferredDevice|PreferredBps|PreferredHwFlow|PreferredProtocol"
                    + "|PreferredCompression|PreferredSpeaker|PreferredMdmProtocol|IpHeaderCompression|SecureLocalFiles|Terminal|Name"
                    + "|AlternateGUID|CallbackMode|CustomDialDll|CustomDialFunc|CustomRasDialDll|ForceSecureCompartment|DisableIKENameEkuCheck"
                    + "|IdleDisconnectSeconds|UseCountryAndAreaCodes|InterfaceMetric|IpInterfaceMetric|Ipv6InterfaceMetric|IpDnsFlags"
                    + "|IpNBTFlags|TcpWindowSize|UseFlags|IpSecFlags|Ipv6PrioritizeRemote|Ipv6Assign|Ipv6NameAssign|Ipv6PrefixLength"
                    + "|Ipv6InterfaceId|IpCachedDnsSuffix|IpAddress|Ipv6(Dns|Dns2)Address|Ipv6Address|ShowDetails|AutoTiggerCapable"
                    + "|CacheCredentials|NumCustomPolicy|NumEku|UseMachineRootCert|Disable_IKEv2_Fragmentation|PlumbIKEv2TSAsRoutes"
                    + "|NumServers|NumRoutes|NumNrptRules|NumApps|NumClassicApps|NumDnsSuffixes|NumTrustedNetwork|ApnAuthentication"
                    + "|PersistDisconnect|EdpModeId|NetworkId|DisableClassBasedDefaultRoute|DisableMobility|ProvisionType|PreSharedKey"
                    + "|Authentication(Header)?Type|LinkLayerTopology|DeviceComplianceEnabled|DeviceComplianceSso(EncryptionEku|Issuer)?"
                    + "|AlwaysOnCapable|RegisterDNS|IpWinsAddress|IpWins2Address|X25.*|Win32.*|CustomScript|Speaker|ConnectBPS"
                    + "|ExcludedProtocols");

    private static final Pattern ZERO = Pattern.compile("|0|0\\.0\\.0\\.0|::|\\{0*(-0*)*}");

    /** Only one of them, by VpnStrategy. */
    private static final Map<String, String> ONLY =
            Map.of("3", "L2TP", "5", "SSTP", "7", "IKEv2", "12", "SSTP and IKEv2", "14", "IKEv2");

    /** The types of EAP that people have there. */
    private static final Map<String, String> EAP = Map.of("13", "EAP-TLS", "25", "PEAP", "21", "EAP-TTLS");

    private static final Set<String> FIRST = Set.of("4", "6", "8", "10", "11", "13");

    private final Draft draft;
    private int authentication;
    private int authenticationLine;
    private String eap = "";
    private String domain = "";

    private PhoneBook(Draft draft) {
        this.draft = draft;
    }

    /** Whether a text is a phone book. */
    static boolean isOne(List<Ini.Section> sections) {
        return sections.stream()
                .flatMap(section -> section.pairs().stream())
                .anyMatch(pair -> pair.key().equalsIgnoreCase("PhoneNumber")
                        || pair.key().equalsIgnoreCase("VpnStrategy")
                        || pair.key().equalsIgnoreCase("PBVersion"));
    }

    /** An entry. */
    static Imported read(Ini.Section entry, Draft draft) {
        PhoneBook book = new PhoneBook(draft);
        draft.note(entry.line(), "Windows keeps user and password elsewhere; add 'user = NAME', or give -u.");
        Set<String> seen = new HashSet<>();
        for (Ini.Pair pair : entry.pairs()) {
            // Of several phone numbers the first is the one that is dialled.
            if (!seen.contains("phonenumber") || !pair.key().equalsIgnoreCase("PhoneNumber")) {
                book.pair(pair);
            }
            if (!pair.value().isEmpty()) {
                seen.add(pair.key().toLowerCase(Locale.ROOT));
            }
        }
        book.settle();
        return draft.finish(entry.name(), entry.line());
    }

    /** Why an entry is nothing for us; empty where it may be. */
    static String otherKind(Ini.Section entry) {
        String type = value(entry, "Type");
        String only = ONLY.get(value(entry, "VpnStrategy"));
        if (!type.isEmpty() && !type.equals("2")) {
            return "is no VPN";
        }
        return only == null ? "" : "speaks " + only + " only";
    }

    private static String value(Ini.Section entry, String key) {
        return entry.pairs().stream()
                .filter(pair -> pair.key().equalsIgnoreCase(key))
                .map(Ini.Pair::value)
                .findFirst()
                .orElse("");
    }

    private void pair(Ini.Pair pair) {
        int line = pair.line();
        String value = pair.value();
        switch (pair.key().toLowerCase(Locale.ROOT)) {
            case "phonenumber" -> server(line, value);
            case "vpnstrategy" -> {
                if (FIRST.contains(value)) {
                    draft.note(line, "other protocols are tried before PPTP there.");
                }
            }
            case "dataencryption" -> encryption(line, value);
            case "authrestrictions" -> {
                authentication = value.matches("\\d{1,6}") ? Integer.parseInt(value) : 0;
                authenticationLine = line;
            }
            case "customauthkey" -> eap = value;
            case "swcompression" -> {
                if (value.equals("1")) {
                    draft.on(line, "mppc");
                }
            }
            case "ipprioritizeremote" -> {
                if (value.equals("1")) {
                    draft.on(line, "full-tunnel");
                }
            }
            case "ipdnssuffix" -> domain = pair.value();
            case "ipdnsaddress", "ipdns2address" -> {
                if (!ZERO.matcher(value).matches() && Network.isAddress(value)) {
                    draft.add(line, "dns", value);
                }
            }
            case "redialonlinkfailure" -> {
                if (value.equals("1")) {
                    draft.on(line, "reconnect");
                }
            }
            case "idledisconnectseconds" -> {
                if (!ZERO.matcher(value).matches()) {
                    draft.number(line, "idle", value);
                }
            }
            default -> rest(pair);
        }
    }

    private void rest(Ini.Pair pair) {
        if (ZERO.matcher(pair.value()).matches() || NEEDLESS.matcher(pair.key()).matches()) {
            return;
        }
        if (pair.key().matches("(?i)Ipv6DnsSuffix|CustomAuthData|Routes|.*Policy|PhonebookNumber|Alternate.*")) {
            draft.without(pair.line(), pair.key());
        } else {
            draft.unknown(pair.line(), pair.key());
        }
    }

    private void server(int line, String value) {
        if (!value.isEmpty()) {
            draft.set(line, "server", value);
        }
    }

    /** The values of rasphone: none, if possible, required, the strongest. */
    private void encryption(int line, String value) {
        switch (value) {
            case "0" -> draft.encryption(line, "none");
            case "8" -> draft.encryption(line, "any,none");
            case "256" -> {
                draft.encryption(line, "128");
                draft.note(
                        line,
                        "keys of any length are allowed there, and of 128 bits here; 'mppe = any' would allow the others.");
            }
            case "512" -> draft.encryption(line, "128");
            default -> draft.unknown(line, "DataEncryption");
        }
    }

    private void settle() {
        Set<AuthMethod> allowed = new TreeSet<>();
        allow(allowed, 0x08, AuthMethod.PAP);
        allow(allowed, 0x20, AuthMethod.CHAP_MD5);
        // The second is what Windows 95 made of it.
        allow(allowed, 0x40 | 0x400, AuthMethod.MSCHAPV1);
        allow(allowed, 0x200, AuthMethod.MSCHAPV2);
        if ((authentication & 0x80) != 0) {
            eap(allowed);
        }
        if ((authentication & 0x10) != 0) {
            draft.note(authenticationLine, "SPAP has no counterpart, and is left out.");
        }
        if (!allowed.isEmpty()) {
            for (AuthMethod method : AuthMethod.values()) {
                if (!allowed.contains(method)) {
                    draft.refuse(authenticationLine, method);
                }
            }
        }
        if (!domain.isEmpty() && draft.value("dns").isEmpty()) {
            draft.note(
                    0, "the suffix of names is left out, since no name server is named; 'dns = accept,DOMAIN' has it.");
        } else if (!domain.isEmpty()) {
            draft.extend("dns", "," + domain);
        }
    }

    private void allow(Set<AuthMethod> allowed, int bits, AuthMethod method) {
        if ((authentication & bits) != 0) {
            allowed.add(method);
        }
    }

    private void eap(Set<AuthMethod> allowed) {
        switch (eap) {
            case "26" -> allowed.add(AuthMethod.EAP_MSCHAPV2);
            case "4" -> allowed.add(AuthMethod.EAP_MD5);
            default ->
                draft.note(
                        authenticationLine,
                        EAP.getOrDefault(eap, "this type of EAP")
                                + " has no counterpart; the server has to take MS-CHAPv2.");
        }
    }
}

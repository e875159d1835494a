package org.jpptp.cli.imports;

import java.util.Set;
import java.util.regex.Pattern;

/** What comes of an option of pppd(8) that is no setting of a tunnel of ours. */
enum PppdOption {
    /** Nothing is lost without it. */
    NEEDLESS,
    /** The same, and a value stands behind it. */
    NEEDLESS_WITH_VALUE,
    /** It has no like here. */
    WITHOUT_LIKE,
    /** The same, and a value stands behind it. */
    WITHOUT_LIKE_WITH_VALUE,
    /** It is none of pppd's. */
    UNKNOWN;

    /** What the tunnel does anyway, what is about a serial line, or about pppd itself. */
    private static final Set<String> NEEDLESS_ONES = Set.of(
            "noauth",
            "lock",
            "nolock",
            "nodetach",
            "updetach",
            "noipdefault",
            "nobsdcomp",
            "nodeflate",
            "nopredictor1",
            "novj",
            "novjccomp",
            "noipx",
            "debug",
            "dump",
            "nodefaultroute",
            "noreplacedefaultroute",
            "noipv6",
            "nomppe-stateful",
            "nopersist",
            "hide-password",
            "show-password",
            "local",
            "modem",
            "crtscts",
            "nocrtscts",
            "cdtrcts",
            "nocdtrcts",
            "sync",
            "usehostname",
            "nomagic",
            "ktune",
            "noktune",
            "silent",
            "passive",
            "default-asyncmap",
            "noproxyarp",
            "noendpoint",
            "nomp",
            "nomultilink",
            "ipcp-accept-local",
            "ipcp-accept-remote");

    /** The same, with a value behind them. */
    private static final Set<String> NEEDLESS_ONES_WITH_VALUE = Set.of(
            "ipparam",
            "linkname",
            "logfile",
            "logfd",
            "connect-delay",
            "asyncmap",
            "escape",
            "kdebug",
            "unit",
            "minunit",
            "vj-max-slots",
            "pptp_window",
            "bsdcomp",
            "deflate",
            "lcp-restart",
            "lcp-max-configure",
            "lcp-max-terminate",
            "lcp-max-failure",
            "ipcp-restart",
            "ipcp-max-configure",
            "ipcp-max-terminate",
            "ipcp-max-failure",
            "chap-restart",
            "chap-max-challenge",
            "chap-interval",
            "pap-restart",
            "pap-timeout",
            "pap-max-authreq",
            "child-timeout");

    /** What has no like here, with a value behind it. */
    private static final Set<String> OTHERS_WITH_VALUE = Set.of(
            "ms-dns",
            "ms-wins",
            "netmask",
            "domain",
            "holdoff",
            "connect",
            "disconnect",
            "init",
            "welcome",
            "active-filter",
            "pass-filter",
            "privgroup",
            "set",
            "unset",
            "pptp_phone",
            "pptp_client",
            "allow-ip",
            "allow-number",
            "ip-up-script",
            "ip-down-script",
            "endpoint",
            "bundle",
            "mrru",
            "maxoctets",
            "mo-direction",
            "mo-timeout",
            "record");

    /** The same without one. */
    private static final Set<String> OTHERS = Set.of(
            "auth",
            "proxyarp",
            "demand",
            "multilink",
            "mp",
            "mpshortseq",
            "login",
            "notty",
            "predictor1",
            "require-pap",
            "require-chap",
            "require-mschap",
            "require-mschap-v2",
            "require-eap",
            "+pap",
            "+chap",
            "+mschap",
            "+mschap-v2",
            "+eap",
            "nopcomp",
            "noaccomp",
            "noip",
            "receive-all",
            "xonxoff",
            "lcp-echo-adaptive");

    /** Or the speed of a serial line. */
    private static final Pattern ADDRESSES = Pattern.compile("[\\d.]*:[\\d.]*|\\d{1,3}(\\.\\d{1,3}){3}|\\d{3,7}");

    /** @param word as it stands in the file */
    static PppdOption of(String word) {
        if (NEEDLESS_ONES.contains(word)) {
            return NEEDLESS;
        }
        if (NEEDLESS_ONES_WITH_VALUE.contains(word)) {
            return NEEDLESS_WITH_VALUE;
        }
        if (OTHERS_WITH_VALUE.contains(word)) {
            return WITHOUT_LIKE_WITH_VALUE;
        }
        return OTHERS.contains(word) || ADDRESSES.matcher(word).matches() || word.startsWith("/dev/")
                ? WITHOUT_LIKE
                : UNKNOWN;
    }
}

package org.jpptp.lab.oracle;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** The captures of foreign traffic among the test resources. */
final class Captures {
    static final String WHOLE_SESSION = "pptp-linux-to-poptop-2012";
    static final String CHAP_ONLY = "chap-only";
    static final String WINDOWS_XP = "windows-xp-control";
    static final String CONTROL_ONLY = "control-connection";
    static final String IN_IPV6 = "gre-pptp-vlan-ipv6";

    private Captures() {}

    static Path pcap(String name) {
        URL resource = Captures.class.getResource("/captures/" + name + ".pcap");
        if (resource == null) {
            throw new AssertionError("no capture " + name);
        }
        try {
            return Path.of(resource.toURI());
        } catch (URISyntaxException failure) {
            throw new AssertionError(failure);
        }
    }
}

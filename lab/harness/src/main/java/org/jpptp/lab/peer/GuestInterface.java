package org.jpptp.lab.peer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The interface of one call in the guest of a {@link RealPeer}: where pppd's kernel module takes over what pptpd hands on.
 *
 * @param peer whose guest it is
 * @param name such as {@code ppp0}
 */
public record GuestInterface(RealPeer peer, String name) {
    private static final Pattern DEVICE = Pattern.compile(" dev (\\S+)");

    /** That of the client which has this address in the tunnel. */
    public static GuestInterface of(RealPeer peer, String address) {
        String route = peer.exec("ip -o route get " + address);
        Matcher device = DEVICE.matcher(route);
        if (!device.find()) {
            throw new AssertionError("no way to " + address + " in the guest: " + route);
        }
        return new GuestInterface(peer, device.group(1));
    }

    /** How many frames of any protocol have come since the call began, those that could not be decrypted too. */
    public int received() {
        return Integer.parseInt(peer.exec("cat /sys/class/net/" + name + "/statistics/rx_packets")
                .strip());
    }
}

package org.jpptp.client;

import java.util.ArrayList;
import java.util.List;

/**
 * An IPv6 address of fe80::/64.
 *
 * @param identifier its low 64 bits
 */
public record LinkLocalAddress(long identifier) {
    /** As RFC 5952 writes it, such as {@code fe80::1c:2ff:fe03:4}: the zeros behind the prefix are its longest run. */
    @Override
    public String toString() {
        List<String> groups = new ArrayList<>();
        for (int shift = 48; shift >= 0; shift -= 16) {
            int group = (int) (identifier >>> shift) & 0xFFFF;
            if (group != 0 || !groups.isEmpty()) {
                groups.add(Integer.toHexString(group));
            }
        }
        return "fe80::" + String.join(":", groups);
    }
}

package org.jpptp.cli.imports;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jpptp.client.Cidr;

/** IPv4 networks in the ways in which other programs write them. */
final class Network {
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private Network() {}

    /** The network of this size around an address, empty where this is no IPv4 address. */
    static Optional<String> of(String address, int prefix) {
        if (prefix < 0 || prefix > 32) {
            return Optional.empty();
        }
        return isAddress(address)
                ? Cidr.parse(address)
                        .map(host -> Cidr.around(host.address(), prefix).toString())
                : Optional.empty();
    }

    static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches() && Cidr.parse(text).isPresent();
    }
}

package org.jpptp.client.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.jpptp.client.FailureReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table is whole, and each server is told from the others. */
class VendorsTest {
    @ParameterizedTest
    @CsvSource({
        "MikroTik, mikrotik",
        "Microsoft Windows NT, windows",
        "Microsoft, windows",
        "'Cisco Systems, Inc.', cisco",
        "Nortel Networks, nortel",
        "cananian, accel",
        "YAMAHA Corporation, yamaha",
        "linux, poptop",
        "jpptp, jpptp"
    })
    void aServerIsKnownByWhatItSays(String said, String id) {
        assertThat(Vendors.of(said).orElseThrow().id()).isEqualTo(id);
    }

    @Test
    void whoSaysNothingIsNobody() {
        assertThat(Vendors.of("")).isEmpty();
        assertThat(Vendors.of("\u0000\u0001")).isEmpty();
    }

    @Test
    void everySentenceIsShort() {
        for (Vendor vendor : Vendors.all()) {
            assertThat(vendor.title()).isNotBlank();
            Stream.concat(vendor.quirks().stream(), vendor.remedies().values().stream())
                    .forEach(text ->
                            assertThat(text.split(" ", -1).length).as(text).isBetween(2, 25));
        }
    }

    @Test
    void aRemedyIsInTheVendorsWords() {
        assertThat(Vendors.of("MikroTik").orElseThrow().remedy(FailureReason.ENCRYPTION_REFUSED))
                .isEqualTo("On RouterOS: /ppp profile set default-encryption use-encryption=yes");
        assertThat(Vendors.of("YAMAHA Corporation").orElseThrow().remedy(FailureReason.KEYS_WRONG))
                .isNull();
    }
}

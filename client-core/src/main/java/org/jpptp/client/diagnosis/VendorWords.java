package org.jpptp.client.diagnosis;

import org.jpptp.client.FailureReason;
import org.jpptp.client.vendor.Vendors;
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
        return Vendors.of(vendor).map(known -> known.remedy(reason)).orElse(null);
    }
}

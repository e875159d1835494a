package org.jpptp.client.vendor;

import java.util.List;
import java.util.Map;
import org.jpptp.client.FailureReason;
import org.jspecify.annotations.Nullable;

/**
 * A kind of server.
 *
 * @param id its name in the table
 * @param title for people
 * @param marks what its vendor text contains, in lower case; one of them
 * @param defaults what it does unless it is told otherwise; a sentence, empty for nothing known
 * @param quirks what is peculiar to it, a sentence each
 * @param mppe the value of the encryption setting that its clients mostly need; empty for the default
 * @param mppeMode the same of the mode
 * @param remedies what to do on the server, in its vendor's own words, by what goes wrong
 */
public record Vendor(
        String id,
        String title,
        List<String> marks,
        String defaults,
        List<String> quirks,
        String mppe,
        String mppeMode,
        Map<FailureReason, String> remedies) {
    public Vendor {
        marks = List.copyOf(marks);
        quirks = List.copyOf(quirks);
        remedies = Map.copyOf(remedies);
    }

    /** What to do on the server about a failure, in its vendor's own words; null where nothing is known. */
    public @Nullable String remedy(FailureReason reason) {
        return remedies.get(reason);
    }
}

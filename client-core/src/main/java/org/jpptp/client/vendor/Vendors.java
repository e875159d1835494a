package org.jpptp.client.vendor;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jpptp.client.FailureReason;

/** The compatibility table: {@code servers.properties} beside this class. */
public final class Vendors {
    private static final String TABLE = "servers.properties";
    private static final List<Vendor> ALL = read();

    private Vendors() {}

    /** All that are known, in the order in which they are looked for. */
    public static List<Vendor> all() {
        return ALL;
    }

    /**
     * Whose server it is.
     *
     * @param said the vendor text of its Start-Control-Connection-Reply
     */
    public static Optional<Vendor> of(String said) {
        String text = said.toLowerCase(Locale.ROOT);
        return ALL.stream()
                .filter(vendor -> vendor.marks().stream().anyMatch(text::contains))
                .findFirst();
    }

    private static List<Vendor> read() {
        Properties table = new Properties();
        try (InputStream octets = Vendors.class.getResourceAsStream(TABLE)) {
            if (octets == null) {
                throw new IllegalStateException(TABLE + " is missing");
            }
            table.load(new InputStreamReader(octets, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Vendor> all = new ArrayList<>();
        for (String id : list(table, "servers")) {
            all.add(vendor(table, id));
        }
        return List.copyOf(all);
    }

    private static Vendor vendor(Properties table, String id) {
        Map<FailureReason, String> remedies = new EnumMap<>(FailureReason.class);
        List<String> quirks = new ArrayList<>();
        for (String key : table.stringPropertyNames().stream().sorted().toList()) {
            if (key.startsWith(id + ".remedy.")) {
                remedies.put(FailureReason.valueOf(key.substring((id + ".remedy.").length())), table.getProperty(key));
            } else if (key.startsWith(id + ".quirk.")) {
                quirks.add(table.getProperty(key));
            }
        }
        return new Vendor(
                id,
                table.getProperty(id + ".title"),
                list(table, id + ".marks"),
                table.getProperty(id + ".defaults", ""),
                quirks,
                table.getProperty(id + ".mppe", ""),
                table.getProperty(id + ".mppe-mode", ""),
                remedies);
    }

    private static List<String> list(Properties table, String key) {
        return List.of(table.getProperty(key).split("\\s*,\\s*", -1));
    }
}

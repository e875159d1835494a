package org.jpptp.cli.imports;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jpptp.cli.usage.UsageException;
import org.jspecify.annotations.Nullable;

/** Tells by what a file holds whose it is, and makes profiles of it. */
public final class Importer {
    /** Far more than any of them has. */
    public static final int MOST_OCTETS = 1 << 20;

    /** Each is a profile, and is looked at as a whole. */
    private static final int MOST_ENTRIES = 1000;

    private final Set<String> keys;
    private final UnaryOperator<@Nullable String> files;

    /**
     * @param keys those that a profile may have in this version
     * @param files the texts of the files that a file names, null for one that cannot be read
     */
    public Importer(Set<String> keys, UnaryOperator<@Nullable String> files) {
        this.keys = Set.copyOf(keys);
        this.files = files;
    }

    /**
     * The tunnels of a file.
     *
     * @param secrets pppd's chap-secrets or pap-secrets, null for none
     * @throws UsageException where it is none of ours
     */
    public List<Imported> read(String text, @Nullable String secrets) {
        Ini.Parsed ini = Ini.parse(text);
        if (PhoneBook.isOne(ini.sections())) {
            return phoneBook(ini);
        }
        if (Keyfile.isOne(ini.sections())) {
            String kind = Keyfile.otherKind(ini.sections());
            if (kind != null) {
                throw new UsageException("This is a connection of NetworkManager's, but of another kind than pptp.");
            }
            return List.of(Keyfile.read(ini, new Draft(keys)));
        }
        if (PeersFile.isOne(text)) {
            return List.of(PeersFile.read(text, new Draft(keys), files, secrets));
        }
        throw new UsageException(
                "This is no peers file of pppd's with pptp, no keyfile of NetworkManager's and no phone"
                        + " book of Windows.");
    }

    private List<Imported> phoneBook(Ini.Parsed ini) {
        if (ini.sections().size() > MOST_ENTRIES) {
            throw new UsageException("This phone book has more than " + MOST_ENTRIES + " entries.");
        }
        List<Imported> tunnels = new ArrayList<>();
        for (Ini.Section entry : ini.sections()) {
            String other = PhoneBook.otherKind(entry);
            if (other.isEmpty()) {
                tunnels.add(PhoneBook.read(entry, new Draft(keys)));
            } else {
                tunnels.add(new Imported(
                        entry.name(),
                        entry.line(),
                        List.of(),
                        List.of(new Note(
                                entry.line(), Note.Weight.NOTE, "this entry " + other + ", and is left out."))));
            }
        }
        return tunnels;
    }

    /**
     * A file's text, in whatever encoding it may be: UTF-8, UTF-16, or that of a Western Windows. Lines end as on Linux.
     *
     * @throws UsageException where it is no text
     */
    public static String text(byte[] octets) {
        String text = decode(octets).replace("\r\n", "\n").replace("\uFEFF", "");
        if (text.indexOf('\0') >= 0) {
            throw new UsageException("This is no text.");
        }
        return text;
    }

    private static boolean isMarked(byte[] octets, int first, int second) {
        return octets.length > 1 && (octets[0] & 0xFF) == first && (octets[1] & 0xFF) == second;
    }

    private static String decode(byte[] octets) {
        if (isMarked(octets, 0xFF, 0xFE)) {
            return new String(octets, StandardCharsets.UTF_16LE);
        }
        if (isMarked(octets, 0xFE, 0xFF)) {
            return new String(octets, StandardCharsets.UTF_16BE);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(octets, Charset.forName("windows-1252"));
        }
    }
}

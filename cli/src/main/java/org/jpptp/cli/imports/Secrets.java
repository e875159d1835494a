package org.jpptp.cli.imports;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** pppd's chap-secrets and pap-secrets: a client, a server, a secret, and addresses that matter to servers only. */
final class Secrets {
    private static final String ANY = "*";

    /** A secret that is kept in a file of its own. */
    private static final char AT = '@';

    private Secrets() {}

    /**
     * The secret for a client at a server; that of a line that names both is taken before one that says {@code *}.
     *
     * @param server null where the name that the server has there is not known: then any will do
     */
    static Optional<String> find(String text, String client, @Nullable String server) {
        Optional<String> best = Optional.empty();
        int bestExact = -1;
        for (List<Words.Word> line : Words.lines(text)) {
            if (line.size() < 3) {
                continue;
            }
            int exact = exact(line.get(0).text(), client)
                    + (server == null ? 0 : exact(line.get(1).text(), server));
            if (exact > bestExact) {
                bestExact = exact;
                best = Optional.of(line.get(2).text());
            }
        }
        return best.filter(secret -> secret.isEmpty() || secret.charAt(0) != AT);
    }

    /** 2 for the same, 1 for any, far below nothing for another. */
    private static int exact(String pattern, String name) {
        return pattern.equals(name) ? 2 : pattern.equals(ANY) ? 1 : -10;
    }
}

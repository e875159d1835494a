package org.jpptp.cli.command;

import java.util.Optional;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.cli.option.ConnectOptions;
import org.jpptp.cli.view.StatusJson;
import org.jpptp.cli.view.TunnelText;
import org.jpptp.client.ServerSettings;

/** In what a tunnel that runs is not the one that is wanted: the first that is found, as a clause. */
final class Difference {
    private Difference() {}

    /** Whom it connects, and as whom. */
    static Optional<String> ofPeer(JsonObject document, ConnectOptions.Checked wanted) {
        JsonObject server = document.object("server");
        ServerSettings is = new ServerSettings(server.text("host", ""), (int) server.number("port"));
        if (!is.host().equalsIgnoreCase(wanted.server().host())
                || is.port() != wanted.server().port()) {
            return Optional.of(TunnelText.otherServer(is, wanted.server()));
        }
        JsonObject asked = document.object("asked");
        String user = asked.text("user", wanted.user().name()); // a tunnel of an older program does not tell
        return user.equals(wanted.user().name())
                ? Optional.empty()
                : Optional.of(TunnelText.otherUser(user, wanted.user().name()));
    }

    /** What would leave this machine past it. */
    static Optional<String> ofSettings(JsonObject document, ConnectOptions.Checked wanted) {
        JsonObject asked = document.object("asked");
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        JsonObject now = StatusJson.asked(wanted.user().name(), wanted.network());
        return ofOption("fullTunnel", "--full-tunnel", asked, now)
                .or(() -> ofOption("lockdown", "--lockdown", asked, now));
    }

    private static Optional<String> ofOption(String field, String option, JsonObject is, JsonObject wanted) {
        if (is.is(field) == wanted.is(field)) {
            return Optional.empty();
        }
        return Optional.of(is.is(field) ? TunnelText.with(option) : TunnelText.without(option));
    }
}

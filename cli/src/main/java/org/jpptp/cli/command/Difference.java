package org.jpptp.cli.command;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.cli.option.ConnectOptions;
import org.jpptp.cli.view.AskedJson;
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

    /** What goes where on this machine, and so what would leave it past the tunnel. */
    static Optional<String> ofSettings(JsonObject document, ConnectOptions.Checked wanted) {
        JsonObject asked = document.object("asked");
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        JsonObject now =
                AskedJson.of(wanted.user().name(), wanted.policy(), wanted.network(), wanted.reconnect(), List.of());
        return ofOption("fullTunnel", "--full-tunnel", asked, now)
                .or(() -> ofOption("lockdown", "--lockdown", asked, now))
                .or(() -> asked.has("routes") ? ofWays(asked, now) : Optional.empty()) // one of an older program
                .or(() -> asked.has("mppe") ? ofLink(asked, now) : Optional.empty()); // the same
    }

    /**
     * The options that it was not started with, and goes on without.
     *
     * @param wanted by {@link org.jpptp.cli.profile.Launch#besides}
     */
    static List<String> ofRest(JsonObject document, List<String> wanted) {
        JsonObject asked = document.object("asked");
        if (!asked.has(AskedJson.BESIDES)) {
            return List.of(); // one of an older program does not tell
        }
        List<String> is = asked.texts(AskedJson.BESIDES);
        String device = "--interface " + document.object("interface").text("name", "");
        return wanted.stream()
                .filter(each -> !is.contains(each) && !each.equals(device))
                .toList();
    }

    private static Optional<String> ofLink(JsonObject is, JsonObject wanted) {
        return ofTexts("auth", "--auth", is, wanted)
                .or(() -> ofLongValue("mppe", "--mppe", is, wanted))
                .or(() -> ofNumber("mtu", "--mtu", is, wanted))
                .or(() -> ofValue("mss", "--mss", is, wanted))
                .or(() -> ofOption("ipv6", "--ipv6", is, wanted))
                .or(() -> ofNumber("metric", "--metric", is, wanted))
                .or(() -> ofOption("reconnect", "--reconnect", is, wanted))
                .or(() -> ofOption("failOpen", "--fail-open", is, wanted))
                .or(() -> ofValue("onUp", "--on-up", is, wanted))
                .or(() -> ofValue("onDown", "--on-down", is, wanted))
                .or(() -> ofValue("onReconnect", "--on-reconnect", is, wanted));
    }

    private static Optional<String> ofWays(JsonObject is, JsonObject wanted) {
        return ofOption("allowLan", "--allow-lan", is, wanted)
                .or(() -> ofValue("proxy", "--proxy", is, wanted))
                .or(() -> ofValue("namespace", "--namespace", is, wanted))
                .or(() -> ofRoutes(is.texts("routes"), wanted.texts("routes")))
                .or(() -> ofTexts("dns", "--dns", is, wanted));
    }

    private static Optional<String> ofTexts(String field, String option, JsonObject is, JsonObject wanted) {
        return is.texts(field).equals(wanted.texts(field))
                ? Optional.empty()
                : Optional.of(TunnelText.withOther(option));
    }

    /** Whose text here is not what the option takes. */
    private static Optional<String> ofLongValue(String field, String option, JsonObject is, JsonObject wanted) {
        return Objects.equals(is.text(field), wanted.text(field))
                ? Optional.empty()
                : Optional.of(TunnelText.withOther(option));
    }

    private static Optional<String> ofNumber(String field, String option, JsonObject is, JsonObject wanted) {
        long there = is.number(field);
        long asked = wanted.number(field);
        return there == asked
                ? Optional.empty()
                : Optional.of(TunnelText.withOther(option + " " + there, Long.toString(asked)));
    }

    private static Optional<String> ofOption(String field, String option, JsonObject is, JsonObject wanted) {
        if (is.is(field) == wanted.is(field)) {
            return Optional.empty();
        }
        return Optional.of(is.is(field) ? TunnelText.with(option) : TunnelText.without(option));
    }

    private static Optional<String> ofValue(String field, String option, JsonObject is, JsonObject wanted) {
        String there = is.text(field);
        String asked = wanted.text(field);
        if (Objects.equals(there, asked)) {
            return Optional.empty();
        }
        if (there == null) {
            return Optional.of(TunnelText.without(option));
        }
        return Optional.of(
                asked == null
                        ? TunnelText.with(option + " " + there)
                        : TunnelText.withOther(option + " " + there, asked));
    }

    /** In whatever order. */
    private static Optional<String> ofRoutes(List<String> is, List<String> wanted) {
        return wanted.stream()
                .filter(each -> !is.contains(each))
                .findFirst()
                .map(each -> TunnelText.without("--route " + each))
                .or(() -> is.stream()
                        .filter(each -> !wanted.contains(each))
                        .findFirst()
                        .map(each -> TunnelText.with("--route " + each)));
    }
}

package org.jpptp.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jpptp.cli.usage.Verbosity;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.ProxySettings;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelStatus;
import org.junit.jupiter.api.Test;

/** What {@link JsonView} writes of each event is in docs/json-events.md, and nothing is there that it never writes. */
class JsonEventsDocumentTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| [^|]+ \\| ([^|]+) \\|$");
    private static final Pattern CODE = Pattern.compile("`(\\w+)`");

    /** Written without an event: the view's own first line, and trace. */
    private static final List<String> NOT_EVENTS = List.of("start", "trace");

    private static final List<TunnelEvent> EVENTS = Stream.concat(
                    Script.GOOD.stream(),
                    Stream.of(
                            new TunnelEvent.PasswordChanged("alice"),
                            new TunnelEvent.TunnelChanged(
                                    "pptp0", 1396, Script.address("10.1.0.23"), null, "Another MTU."),
                            new TunnelEvent.Reconnecting(
                                    Failure.of(FailureReason.LINK_LOST, "Seen.", "Do."), 1, Duration.ofMillis(400)),
                            new TunnelEvent.ProxyOpened(
                                    new ProxySettings(InetAddress.getLoopbackAddress(), 1080), 4711),
                            new TunnelEvent.Warning("Odd."),
                            new TunnelEvent.Statistics(null, Duration.ofSeconds(1), 1, 1),
                            TunnelEvent.Ended.afterUp(
                                    Failure.of(FailureReason.LINK_LOST, "Seen.", "Do."),
                                    TunnelStatus.Traffic.ofOctets(1, 1),
                                    Duration.ZERO)))
            .toList();

    private final String document;

    JsonEventsDocumentTest() throws IOException {
        document = Files.readString(Path.of("../docs/json-events.md"));
    }

    @Test
    void everyEventIsTried() {
        assertThat(EVENTS.stream().<Class<?>>map(TunnelEvent::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(TunnelEvent.class.getPermittedSubclasses()));
    }

    @Test
    void everyEventIsDocumentedWithItsFields() throws IOException {
        Map<String, List<String>> documented = documented();
        for (TunnelEvent event : EVENTS) {
            List<String> line = line(event);
            assertThat(documented).as(event.toString()).containsKey(line.get(0));
            assertThat(documented.get(line.get(0))).as(event.toString()).containsAll(line.subList(1, line.size()));
        }
    }

    @Test
    void everyTypeOfTheDocumentIsWritten() throws IOException {
        List<String> written = new ArrayList<>(NOT_EVENTS);
        for (TunnelEvent event : EVENTS) {
            written.add(line(event).get(0));
        }
        assertThat(types()).isSubsetOf(written);
    }

    /** The rows of the table of types: the first, which has three columns of which the second says when. */
    private Stream<String> types() {
        return ROW.matcher(document.substring(document.indexOf("| `type` | when |"), document.indexOf("`failure` is")))
                .results()
                .map(row -> row.group(1))
                .filter(type -> !type.equals("type"));
    }

    /** Every word in the font of code, by the type in whose row it is. */
    private Map<String, List<String>> documented() {
        return ROW.matcher(document)
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1),
                        row -> CODE.matcher(row.group(2))
                                .results()
                                .map(word -> word.group(1))
                                .toList(),
                        (first, second) -> first,
                        LinkedHashMap::new));
    }

    /** The type of what is written, and the names of its own fields. */
    private static List<String> line(TunnelEvent event) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new JsonView(out, Verbosity.NORMAL, () -> 0).event(event);
        List<String> line = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(out.toByteArray())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("type")) {
                    line.add(json.getText());
                } else if (!name.equals("t")) {
                    line.add(name);
                }
                json.skipChildren();
            }
        }
        return line;
    }
}

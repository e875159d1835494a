package org.jpptp.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jpptp.cli.json.Json;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.client.Failure;
import org.jpptp.client.FailureReason;
import org.jpptp.client.TunnelEvent;
import org.jpptp.client.TunnelStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents, their schema and what is written about them are one. */
class StatusJsonTest {
    private static final Path DOCS = Path.of("..", "docs");

    private final JsonObject root;
    private final Schema schema;
    private final String words;

    StatusJsonTest() throws IOException {
        root = Json.read(Files.readString(DOCS.resolve("status.schema.json"))).orElseThrow();
        schema = new Schema(root);
        words = Files.readString(DOCS.resolve("status-json.md"));
    }

    static List<JsonObject> documents() {
        return Tunnels.all();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyDocumentIsOfTheSchema(JsonObject document) {
        assertThat(schema.errors(document)).isEmpty();
        assertThat(schema.errors(Json.read(document.toString()).orElseThrow())).isEmpty();
    }

    /** So that the validator is seen to find something. */
    @ParameterizedTest
    @ValueSource(strings = {"schema", "state", "sinceMs", "server", "traffic", "refused", "lastFailure"})
    void whatIsMissingOrOfAnotherTypeIsFound(String field) {
        JsonObject without = with(Tunnels.up(), field, null, Change.REMOVED);
        assertThat(schema.errors(without)).isNotEmpty();
        assertThat(schema.errors(with(Tunnels.up(), field, "x", Change.REPLACED)))
                .isNotEmpty();
        assertThat(schema.errors(with(Tunnels.up(), field + "2", 1, Change.REPLACED)))
                .isNotEmpty();
    }

    private enum Change {
        REMOVED,
        REPLACED
    }

    private static JsonObject with(JsonObject document, String field, @Nullable Object value, Change change) {
        JsonObject.Builder builder = new JsonObject.Builder();
        document.fields().forEach((name, was) -> {
            if (!name.equals(field)) {
                builder.put(name, was);
            }
        });
        return change == Change.REMOVED
                ? builder.build()
                : builder.put(field, value).build();
    }

    @Test
    void everyFieldIsWrittenAbout() {
        List<String> names = new ArrayList<>();
        collect(root.object("$defs").object("tunnel").object("properties"), names);
        assertThat(names)
                .hasSizeGreaterThan(60)
                .allSatisfy(name -> assertThat(words).contains("`" + name + "`"));
        assertThat(Stream.of("connecting", "up", "reconnecting", "ending", "down", "dead"))
                .allSatisfy(state -> assertThat(words).contains("| `" + state + "` |"));
    }

    private static void collect(JsonObject properties, List<String> names) {
        for (Map.Entry<String, @Nullable Object> property : properties.fields().entrySet()) {
            names.add(property.getKey());
            collect(properties.object(property.getKey()).object("properties"), names);
        }
    }

    @Test
    void everyCauseHasItsWords() {
        assertThat(StatusJson.CAUSES.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Tunnels.up().object("refused").fields().keySet());
    }

    @Test
    void aFailureComesOutAsItWentIn() {
        Failure failure = Failure.of(FailureReason.CREDENTIALS_REJECTED, "Seen.", "Do.");
        JsonObject ended = StatusJson.ended(TunnelEvent.Ended.neverUp(failure));
        assertThat(ended.number("exitCode")).isEqualTo(19);
        assertThat(StatusJson.failure(Json.read(ended.toString()).orElseThrow()))
                .isEqualTo(failure);
        assertThat(StatusJson.failure(
                        StatusJson.ended(TunnelEvent.Ended.afterUp(null, TunnelStatus.Traffic.NONE, Duration.ZERO))))
                .isNull();
        assertThat(StatusJson.failure(JsonObject.of("failure", "odd"))).isNull();
    }
}

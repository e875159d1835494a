package org.jpptp.cli.view;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jpptp.client.Failure;
import org.jpptp.client.explain.Explained;
import org.jpptp.client.explain.Explanation;
import org.jpptp.client.explain.Rung;
import org.jspecify.annotations.Nullable;

/** An explanation for programs: one JSON object a file, in the schema of docs/explain-json.md. */
public final class ExplanationJson {
    /** Counts up when a field changes its meaning or goes; fields may be added at any time. */
    private static final int SCHEMA = 1;

    private static final JsonFactory FACTORY =
            new JsonFactoryBuilder().rootValueSeparator("").build();

    private final JsonGenerator json;

    /** @param out gets UTF-8; flushed after each line */
    public ExplanationJson(OutputStream out) {
        try {
            this.json = FACTORY.createGenerator(out, JsonEncoding.UTF8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a line. */
    public void write(String file, Explanation explanation) {
        try {
            json.writeStartObject();
            json.writeNumberField("schema", SCHEMA);
            json.writeStringField("file", file);
            json.writeArrayFieldStart("warnings");
            for (String warning : explanation.warnings()) {
                json.writeString(warning);
            }
            json.writeEndArray();
            failure("unusable", explanation.unusable());
            json.writeNumberField("moreTunnels", explanation.more());
            json.writeArrayFieldStart("tunnels");
            for (Explained call : explanation.calls()) {
                tunnel(call);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tunnel(Explained call) throws IOException {
        json.writeStartObject();
        json.writeStringField("client", call.client());
        json.writeStringField("server", call.server());
        json.writeStringField("vendor", call.vendor());
        json.writeStringField("verdict", call.verdict().sentence());
        json.writeStringField("confidence", call.verdict().confidence().name().toLowerCase(Locale.ROOT));
        failure("failure", call.verdict().failure());
        optional("vendorRemedy", call.vendorRemedy());
        password(call.password());
        json.writeNumberField("decrypted", call.decrypted());
        json.writeNumberField("undecrypted", call.undecrypted());
        rungs("proofs", call.proofs());
        json.writeObjectFieldStart("messages");
        for (Map.Entry<String, Long> message : call.messages().entrySet()) {
            json.writeNumberField(message.getKey(), message.getValue());
        }
        json.writeEndObject();
        rungs("steps", call.ladder());
        json.writeNumberField("stepsLeftOut", call.leftOut());
        json.writeEndObject();
    }

    private void password(Explained.@Nullable Password password) throws IOException {
        if (password == null || password.right() == null) {
            json.writeNullField("passwordRight");
        } else {
            json.writeBooleanField("passwordRight", password.right());
        }
        optional("password", password == null ? null : password.sentence());
    }

    private void failure(String name, @Nullable Failure failure) throws IOException {
        if (failure == null) {
            json.writeNullField(name);
            return;
        }
        json.writeObjectFieldStart(name);
        json.writeStringField("reason", failure.reason().name().toLowerCase(Locale.ROOT));
        json.writeStringField("sentence", failure.sentence());
        json.writeStringField("remedy", FailureText.remedy(failure).strip());
        json.writeNumberField("exitCode", failure.reason().exitCode());
        json.writeNumberField("windowsError", failure.windowsError());
        json.writeEndObject();
    }

    private void rungs(String name, List<Rung> rungs) throws IOException {
        json.writeArrayFieldStart(name);
        for (Rung rung : rungs) {
            json.writeStartObject();
            json.writeNumberField("number", rung.number());
            if (rung.millis() < 0) {
                json.writeNullField("atMs");
            } else {
                json.writeNumberField("atMs", rung.millis());
            }
            json.writeStringField("from", rung.from().name().toLowerCase(Locale.ROOT));
            json.writeStringField("text", rung.text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void optional(String name, @Nullable String value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, value);
        }
    }
}

package org.jpptp.cli.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects of a few fields, for commands that list something. */
public final class JsonViewRows {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonViewRows() {}

    /**
     * One object, on one line.
     *
     * @param fields texts, numbers and truth values
     */
    public static String of(Map<String, @Nullable Object> fields) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(line)) {
            json.writeStartObject();
            for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
                json.writeFieldName(field.getKey());
                Object value = field.getValue();
                if (value == null) {
                    json.writeNull();
                } else if (value instanceof Boolean truth) {
                    json.writeBoolean(truth);
                } else if (value instanceof Integer number) {
                    json.writeNumber(number);
                } else {
                    json.writeString(value.toString());
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }
}

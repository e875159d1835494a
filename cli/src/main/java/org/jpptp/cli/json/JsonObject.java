package org.jpptp.cli.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of JSON: texts, numbers, booleans, lists, objects and null. Whoever reads one gets something harmless for what is
 * missing or of another type: it may come from another version.
 */
public final class JsonObject {
    /** Of which there is nothing. */
    public static final JsonObject EMPTY = new JsonObject(Map.of());

    private final Map<String, @Nullable Object> fields;

    private JsonObject(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    /** Of what was read. */
    static JsonObject of(Map<String, @Nullable Object> fields) {
        return new JsonObject(Collections.unmodifiableMap(fields));
    }

    /** Writes an object, field by field. */
    public static final class Builder {
        private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

        /** Adds a field; {@code value} is a text, a number, a boolean, a list of these, an object, or null. */
        public Builder put(String name, @Nullable Object value) {
            fields.put(name, value);
            return this;
        }

        /** All fields of another object. */
        public Builder putAll(JsonObject other) {
            fields.putAll(other.fields);
            return this;
        }

        public JsonObject build() {
            return of(new LinkedHashMap<>(fields));
        }
    }

    /** One with this field only. */
    public static JsonObject of(String name, @Nullable Object value) {
        return new Builder().put(name, value).build();
    }

    /** In their order. */
    public Map<String, @Nullable Object> fields() {
        return fields;
    }

    public boolean has(String name) {
        return fields.get(name) != null;
    }

    /** Null for none. */
    public @Nullable String text(String name) {
        return fields.get(name) instanceof String text ? text : null;
    }

    /** The text, or what stands for none. */
    public String text(String name, String otherwise) {
        String text = text(name);
        return text == null ? otherwise : text;
    }

    /** A whole number; 0 for none. */
    public long number(String name) {
        return fields.get(name) instanceof Number number ? number.longValue() : 0;
    }

    /** Whether it is true. */
    public boolean is(String name) {
        return Boolean.TRUE.equals(fields.get(name));
    }

    /** Whether nothing is in it, or it is none. */
    public boolean isEmpty() {
        return fields.isEmpty();
    }

    /** An object, {@link #EMPTY} for none. */
    public JsonObject object(String name) {
        return fields.get(name) instanceof JsonObject object ? object : EMPTY;
    }

    /** The texts of a list. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (fields.get(name) instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof String text) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonObject object && fields.equals(object.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** In one line. */
    @Override
    public String toString() {
        return Json.write(this);
    }
}

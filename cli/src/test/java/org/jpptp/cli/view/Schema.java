package org.jpptp.cli.view;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jpptp.cli.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A validator for as much of JSON Schema (draft 2020-12) as our schemas use; any other keyword is an error. Unlike the
 * draft's, it takes a field that no schema has for an error too, so that none is left out of it.
 */
final class Schema {
    private static final Set<String> NOTES = Set.of("$schema", "title", "description", "$defs");

    private final JsonObject root;

    Schema(JsonObject root) {
        this.root = root;
    }

    /** What is wrong with a document, each with where it is; empty for nothing. */
    List<String> errors(JsonObject document) {
        List<String> errors = new ArrayList<>();
        check(root, document, "$", errors);
        return errors;
    }

    private void check(@Nullable Object schema, @Nullable Object value, String where, List<String> errors) {
        if (Boolean.FALSE.equals(schema)) {
            errors.add(where + " is not to be there");
            return;
        }
        JsonObject rules = (JsonObject) Objects.requireNonNull(schema, where);
        for (Map.Entry<String, @Nullable Object> rule : rules.fields().entrySet()) {
            if (!NOTES.contains(rule.getKey())) {
                check(rule.getKey(), rule.getValue(), rules, value, where, errors);
            }
        }
    }

    private void check(
            String keyword,
            @Nullable Object rule,
            JsonObject rules,
            @Nullable Object value,
            String where,
            List<String> errors) {
        switch (keyword) {
            case "$ref" -> check(definition((String) Objects.requireNonNull(rule)), value, where, errors);
            case "oneOf" -> oneOf((List<?>) Objects.requireNonNull(rule), value, where, errors);
            case "type" -> expect(hasType(value, rule), where + " is no " + rule + ": " + value, errors);
            case "const" -> expect(same(value, rule), where + " is not " + rule, errors);
            case "enum" ->
                expect(
                        value == null || ((List<?>) Objects.requireNonNull(rule)).contains(value),
                        where + " is none of " + rule + ": " + value,
                        errors);
            case "pattern" ->
                expect(
                        !(value instanceof String text)
                                || Pattern.compile((String) Objects.requireNonNull(rule))
                                        .matcher(text)
                                        .find(),
                        where + " is not like " + rule + ": " + value,
                        errors);
            case "minimum" ->
                expect(
                        !(value instanceof Number number) || number.doubleValue() >= number(rule),
                        where + " is too small",
                        errors);
            case "maximum" ->
                expect(
                        !(value instanceof Number number) || number.doubleValue() <= number(rule),
                        where + " is too large",
                        errors);
            case "items" -> {
                if (value instanceof List<?> items) {
                    for (int i = 0; i < items.size(); i++) {
                        check(rule, items.get(i), where + "[" + i + "]", errors);
                    }
                }
            }
            case "required" -> {
                if (value instanceof JsonObject object) {
                    rules.texts("required")
                            .forEach(name -> expect(
                                    object.fields().containsKey(name), where + "." + name + " is missing", errors));
                }
            }
            case "properties" -> {
                if (value instanceof JsonObject object) {
                    JsonObject known = rules.object("properties");
                    object.fields().forEach((name, field) -> {
                        if (known.fields().containsKey(name)) {
                            check(known.fields().get(name), field, where + "." + name, errors);
                        } else {
                            errors.add(where + "." + name + " is in no schema");
                        }
                    });
                }
            }
            default -> throw new AssertionError("the keyword " + keyword + " is not known");
        }
    }

    private void oneOf(List<?> schemas, @Nullable Object value, String where, List<String> errors) {
        List<String> all = new ArrayList<>();
        int fitting = 0;
        for (Object schema : schemas) {
            List<String> its = new ArrayList<>();
            check(schema, value, where, its);
            fitting += its.isEmpty() ? 1 : 0;
            all.addAll(its);
        }
        if (fitting != 1) {
            errors.add(where + " fits " + fitting + " schemas: " + all);
        }
    }

    private JsonObject definition(String reference) {
        return root.object("$defs").object(reference.substring("#/$defs/".length()));
    }

    private static boolean hasType(@Nullable Object value, @Nullable Object types) {
        return types instanceof List<?> several
                ? several.stream().anyMatch(type -> is(value, (String) type))
                : is(value, (String) Objects.requireNonNull(types));
    }

    private static boolean is(@Nullable Object value, String type) {
        return switch (type) {
            case "null" -> value == null;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "integer" -> value instanceof Integer || value instanceof Long || value instanceof BigInteger;
            case "number" -> value instanceof Number;
            case "array" -> value instanceof List<?>;
            case "object" -> value instanceof JsonObject;
            default -> throw new AssertionError("the type " + type + " is not known");
        };
    }

    private static boolean same(@Nullable Object value, @Nullable Object expected) {
        return (value instanceof Number number && expected instanceof Number other)
                ? number.longValue() == other.longValue()
                : Objects.equals(value, expected);
    }

    private static double number(@Nullable Object rule) {
        return ((Number) Objects.requireNonNull(rule)).doubleValue();
    }

    private static void expect(boolean holds, String otherwise, List<String> errors) {
        if (!holds) {
            errors.add(otherwise);
        }
    }
}

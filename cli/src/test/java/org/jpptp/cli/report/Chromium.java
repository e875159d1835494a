package org.jpptp.cli.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Debian's Chromium, without a window and in a network namespace that leads nowhere, told what to do over a pipe by its
 * DevTools protocol. Used on one thread.
 */
final class Chromium implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Object YES = true;

    private final Process process;
    private final InputStream in;
    private final OutputStream out;
    private final List<Map<String, ?>> events = new ArrayList<>();
    private final String session;
    private long last;

    /** Who prefers what. */
    enum Scheme {
        LIGHT,
        DARK
    }

    /** Whether scripts of pages run. */
    enum Scripts {
        ON,
        OFF
    }

    /** @param directory for its profile */
    Chromium(Path directory) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        "unshare",
                        "--net",
                        "sh",
                        "-c",
                        "exec chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run"
                                + " --hide-scrollbars --remote-debugging-pipe --user-data-dir=\"$1\" about:blank"
                                + " 3<&0 4>&1 >/dev/null 2>&1 </dev/null",
                        "sh",
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("HOME", directory.toString());
        process = builder.start();
        in = process.getInputStream();
        out = process.getOutputStream();
        String target = text(call("", "Target.createTarget", Map.of("url", "about:blank")), "targetId");
        session = text(call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", YES)), "sessionId");
        for (String domain : List.of("Page", "Runtime", "Log", "Network", "Security")) {
            call(domain + ".enable");
        }
    }

    /** What has happened since the page was asked for: methods of the protocol with what is said of each. */
    List<Map<String, ?>> events() {
        return List.copyOf(events);
    }

    /** Shows a page of so many columns of pixels. */
    void show(Path file, int width, Scheme scheme) {
        call(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of(
                                "name", "prefers-color-scheme", "value", scheme == Scheme.DARK ? "dark" : "light"))));
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 500));
        events.clear();
        Map<String, ?> begun = call("Page.navigate", Map.of("url", file.toUri().toString()));
        if (begun.containsKey("errorText")) {
            throw new AssertionError(file + ": " + begun);
        }
        while (events.stream().noneMatch(event -> "Page.loadEventFired".equals(event.get("method")))) {
            events.add(receive());
        }
    }

    /** From now on scripts of pages run, or do not. */
    void scripts(Scripts wanted) {
        call("Emulation.setScriptExecutionDisabled", Map.of("value", wanted == Scripts.OFF));
    }

    /** The value of an expression, which may be a promise. */
    @Nullable
    Object evaluate(String expression) {
        Map<String, ?> answer =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", YES, "awaitPromise", YES));
        if (answer.containsKey("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
        }
        return object(answer, "result").get("value");
    }

    /** The whole page as PNG. */
    byte[] screenshot() {
        Map<String, ?> size = object(call("Page.getLayoutMetrics"), "cssContentSize");
        return octets(call(
                "Page.captureScreenshot",
                Map.of(
                        "captureBeyondViewport",
                        YES,
                        "clip",
                        Map.of(
                                "x",
                                0,
                                "y",
                                0,
                                "width",
                                number(size, "width"),
                                "height",
                                number(size, "height"),
                                "scale",
                                1))));
    }

    /** The whole page as PDF. */
    byte[] print() {
        return octets(call("Page.printToPDF", Map.of("preferCSSPageSize", YES)));
    }

    private static byte[] octets(Map<String, ?> answer) {
        return Base64.getDecoder().decode(text(answer, "data"));
    }

    static String text(Map<String, ?> object, String name) {
        return String.valueOf(object.get(name));
    }

    static double number(Map<String, ?> object, String name) {
        return Double.parseDouble(text(object, name));
    }

    @SuppressWarnings("unchecked")
    static Map<String, ?> object(Map<String, ?> from, String name) {
        return (Map<String, ?>) Objects.requireNonNullElse(from.get(name), Map.of());
    }

    private Map<String, ?> call(String method) {
        return call(method, Map.of());
    }

    private Map<String, ?> call(String method, Map<String, ?> parameters) {
        return call(session, method, parameters);
    }

    private Map<String, ?> call(String to, String method, Map<String, ?> parameters) {
        long id = ++last;
        Map<String, Object> message = new LinkedHashMap<>(Map.of("id", id, "method", method, "params", parameters));
        if (!to.isEmpty()) {
            message.put("sessionId", to);
        }
        send(message);
        while (true) {
            Map<String, ?> answer = receive();
            if (!text(answer, "id").equals(Long.toString(id))) {
                events.add(answer);
            } else if (answer.containsKey("error")) {
                throw new AssertionError(method + ": " + answer.get("error"));
            } else {
                return object(answer, "result");
            }
        }
    }

    private void send(Map<String, ?> message) {
        try {
            StringWriter text = new StringWriter();
            try (JsonGenerator json = JSON.createGenerator(text)) {
                write(json, message);
            }
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            out.write(0);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> object) {
            json.writeStartObject();
            for (Map.Entry<?, ?> field : object.entrySet()) {
                json.writeFieldName(String.valueOf(field.getKey()));
                write(json, field.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object each : list) {
                write(json, each);
            }
            json.writeEndArray();
        } else {
            json.writePOJO(value);
        }
    }

    private Map<String, ?> receive() {
        try {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            for (int octet = in.read(); octet != 0; octet = in.read()) {
                if (octet < 0) {
                    throw new AssertionError("Chromium has ended");
                }
                octets.write(octet);
            }
            try (JsonParser json = JSON.createParser(octets.toByteArray())) {
                json.nextToken();
                return map(json);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, ?> map(JsonParser json) throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            map.put(name, value(json));
        }
        return map;
    }

    private static @Nullable Object value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> map(json);
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(json));
                }
                yield list;
            }
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> json.getText();
        };
    }

    @Override
    public void close() throws IOException {
        try {
            send(Map.of("id", ++last, "method", "Browser.close"));
            boolean unused = process.waitFor(20, TimeUnit.SECONDS);
        } catch (UncheckedIOException e) {
            // It has gone by itself.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}

package org.jpptp.cli.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.cli.option.ConnectOptions;
import org.jpptp.cli.option.OutputOptions;
import org.jpptp.cli.usage.Verbosity;
import org.jpptp.cli.usage.Version;
import org.jpptp.cli.view.JsonView;
import org.jpptp.cli.view.Messages;
import org.jpptp.cli.view.StatusJson;
import org.jpptp.cli.view.Streams;
import org.jpptp.client.Failure;
import org.jpptp.client.TunnelEvent;
import org.jspecify.annotations.Nullable;

/** What is said of a tunnel that another start has brought up, or that is not started: as a process of its own would. */
final class StartView {
    private final Streams streams;
    private final ConnectOptions.Checked checked;
    private final Messages messages;
    private final @Nullable JsonView json;
    private final long began = System.nanoTime();

    StartView(Streams streams, ConnectOptions.Checked checked, OutputOptions output) {
        this.streams = streams;
        this.checked = checked;
        this.messages = new Messages(streams.err(), streams.errStyle(output.color.value()));
        this.json = output.json.isSet() ? new JsonView(streams.out(), checked.verbosity(), System::nanoTime) : null;
    }

    /**
     * It is up.
     *
     * @param document what it tells of itself
     * @param warning of what it is not
     */
    void up(String sentence, JsonObject document, Optional<String> warning) {
        if (json != null) {
            List<TunnelEvent> events = new ArrayList<>();
            warning.ifPresent(text -> events.add(new TunnelEvent.Warning(text)));
            events.add(StatusJson.up(document, Duration.ofNanos(System.nanoTime() - began)));
            only(json, events);
        } else if (checked.verbosity() != Verbosity.QUIET) {
            streams.out().println(sentence);
            warning.ifPresent(messages::warning);
        }
    }

    /** Why no process was started, or why the other's has failed. */
    int failure(Failure failure) {
        if (json != null) {
            only(json, List.of(TunnelEvent.Ended.neverUp(failure)));
        }
        return remark(failure);
    }

    /** The same where a process has told what happened: without an event. With settings as options, whose words keys have, too. */
    int remark(Failure failure) {
        messages.failure(failure);
        return failure.reason().exitCode();
    }

    private void only(JsonView view, List<TunnelEvent> events) {
        view.start(Version.number(), checked.server(), checked.user().name());
        events.forEach(view::event);
    }
}

package org.jpptp.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jpptp.control.wire.ControlMessage;
import org.jpptp.control.wire.Samples;
import org.jspecify.annotations.Nullable;

/** Output and trace of one machine, kept. */
final class Recorder implements ControlOutput, ControlTrace {
    public final List<ControlMessage> sent = new ArrayList<>();
    final List<ControlEvent> events = new ArrayList<>();
    public final List<String> notes = new ArrayList<>();

    @Override
    public void send(ByteBuf message) {
        assertThat(ended()).as("nothing is sent after the end").isNull();
        sent.add(Samples.decode(message));
    }

    @Override
    public void event(ControlEvent event, long now) {
        assertThat(ended()).as("nothing is told after the end").isNull();
        events.add(event);
    }

    @Override
    public void sent(ControlMessage message, ByteBuf wire) {
        assertThat(Samples.decode(wire)).isEqualTo(message);
    }

    @Override
    public void received(ControlMessage message, ByteBuf wire) {
        assertThat(Samples.decode(wire)).isEqualTo(message);
    }

    @Override
    public void note(String why) {
        assertThat(why).matches("[ -~]+");
        notes.add(why);
    }

    /** The failure that ended it, or null while it lives. */
    @Nullable
    ControlFailure ended() {
        return !events.isEmpty() && events.get(events.size() - 1) instanceof ControlEvent.Ended end
                ? end.failure()
                : null;
    }

    void forget() {
        sent.clear();
        events.clear();
        notes.clear();
    }
}

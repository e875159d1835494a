package org.jpptp.ppp.auth;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jpptp.ppp.PppEvent;
import org.jpptp.ppp.PppFailure;

/** An output that keeps everything. */
public final class Recorder implements AuthOutput {
    public final List<ByteBuf> sent = new ArrayList<>();
    public final Set<Integer> protocols = new HashSet<>();
    public final List<String> notes = new ArrayList<>();
    public final List<AuthResult> results = new ArrayList<>();
    public final List<PppEvent.SecretWanted> wanted = new ArrayList<>();
    public final List<PppFailure> failures = new ArrayList<>();

    @Override
    public void send(int protocol, ByteBuf packet, long now) {
        protocols.add(protocol);
        sent.add(Unpooled.copiedBuffer(packet));
    }

    @Override
    public void note(String why) {
        notes.add(why);
    }

    @Override
    public void succeeded(AuthResult result, long now) {
        results.add(result);
    }

    @Override
    public void wanted(PppEvent.SecretWanted secret, long now) {
        wanted.add(secret);
    }

    @Override
    public void failed(PppFailure failure) {
        failures.add(failure);
    }

    public ByteBuf last() {
        return sent.get(sent.size() - 1).duplicate();
    }
}

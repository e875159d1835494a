package org.jpptp.lab.server;

import java.net.Inet4Address;
import java.util.List;
import java.util.function.Consumer;
import org.jpptp.client.Offload;
import org.jpptp.client.host.TunnelLoop;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.tun.TunDevice;

/** An interface for each client, as most servers have; it takes some milliseconds of the loop to make one. */
final class InterfacePerClient implements InnerNetwork {
    private final TunnelLoop loop;
    private final Inet4Address local;
    private final Offload offload;
    private final Consumer<String> trace;

    InterfacePerClient(TunnelLoop loop, Inet4Address local, Offload offload, Consumer<String> trace) {
        this.loop = loop;
        this.local = local;
        this.offload = offload;
        this.trace = trace;
    }

    @Override
    public ClientPort attach(Inet4Address assigned, TunDevice.Listener listener) throws HostChangeException {
        ServerTun tun = ServerTun.open(
                loop, List.of(local.getHostAddress(), "peer", assigned.getHostAddress()), offload, trace);
        tun.device().start(listener);
        return new Port(tun);
    }

    @Override
    public void close() {}

    private static final class Port extends TunPort {
        private final TunDevice device;

        Port(ServerTun tun) {
            super(tun);
            this.device = tun.device();
        }

        @Override
        public void pause() {
            device.pause();
        }

        @Override
        public void resume() {
            device.resume();
        }

        @Override
        public void close() {
            device.close();
        }
    }
}

package org.jpptp.cli.view;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jpptp.cli.json.JsonObject;
import org.jpptp.client.Cidr;
import org.jpptp.client.Ipv6;
import org.jpptp.client.Mss;
import org.jpptp.client.NameSettings;
import org.jpptp.client.NetworkSettings;
import org.jpptp.client.PolicySettings;
import org.jpptp.client.ReconnectSettings;
import org.jpptp.client.Routing;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppePolicy;
import org.jspecify.annotations.Nullable;

/** What a tunnel was started with, as {@code asked} in the document of {@link StatusJson}. */
public final class AskedJson {
    /** The field with the options that no other field has. */
    public static final String BESIDES = "besides";

    private AskedJson() {}

    /**
     * All but the password and how long it may take to come up. The networks are none where everything goes through it.
     *
     * @param besides other options, as they were given
     */
    public static JsonObject of(
            String user,
            PolicySettings policy,
            NetworkSettings network,
            ReconnectSettings reconnect,
            List<String> besides) {
        Routing routing = network.routing();
        boolean some = !routing.isFull() && network.proxy() == null;
        return new JsonObject.Builder()
                .put("user", user)
                .put("fullTunnel", routing.isFull())
                .put("lockdown", routing.afterwards() == Routing.Afterwards.LOCKDOWN)
                .put("allowLan", routing.lan() == Routing.Lan.OPEN)
                .put("routes", some ? StatusJson.texts(routing.networks(), Cidr::toString) : List.of())
                .put("namespace", network.namespace())
                .put("proxy", network.proxy() == null ? null : network.proxy().toString())
                .put("dns", names(network.names()))
                .put("auth", StatusJson.texts(sorted(policy.auth()), AuthMethod::label))
                .put("mppe", mppe(policy.mppe()))
                .put("mtu", network.mtu())
                .put("mss", mss(network.mss()))
                .put("ipv6", network.ipv6() != Ipv6.NONE)
                .put("metric", routing.metric())
                .put("reconnect", reconnect.isOn())
                .put("failOpen", reconnect.mode() == ReconnectSettings.Mode.FAIL_OPEN)
                .put("onUp", path(network.hooks().onUp()))
                .put("onDown", path(network.hooks().onDown()))
                .put("onReconnect", path(network.hooks().onReconnect()))
                .put(BESIDES, besides)
                .build();
    }

    private static List<AuthMethod> sorted(Set<AuthMethod> methods) {
        return methods.stream().sorted().toList();
    }

    private static String mppe(MppePolicy policy) {
        return policy.required() || policy.strengths().isEmpty() ? policy.label() : policy.label() + ", or none";
    }

    private static String mss(Mss mss) {
        return mss.most() == Mss.CLAMP.most()
                ? "clamp"
                : mss.most() == Mss.OFF.most() ? "off" : Integer.toString(mss.most());
    }

    private static @Nullable String path(@Nullable Path path) {
        return path == null ? null : path.toString();
    }

    /** As they would be given to {@code --dns}, but that each name server is asked about all of the domains. */
    private static List<String> names(NameSettings names) {
        List<String> texts = new ArrayList<>();
        if (names.pushed() == NameSettings.Pushed.ACCEPTED) {
            texts.add("accept");
        }
        texts.addAll(StatusJson.texts(names.servers()));
        texts.addAll(names.domains());
        return texts;
    }
}

package org.jpptp.client.net.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jpptp.client.Cidr;
import org.jpptp.client.diagnosis.HostDiagnosis;
import org.jpptp.client.net.HostChangeException;
import org.jpptp.client.net.NetworkPlan;
import org.jpptp.gre.io.Errno;

/**
 * A tunnel's interface as {@code ip} knows it, and what {@code ip} is told to give it. It may be made anew under the same name
 * at any time, which is noticed by its number.
 */
final class TunnelInterface {
    private final String name;
    private final IpCommand ip;
    /** Leads into the namespace where it is. */
    private final List<String> where;

    private int index;

    TunnelInterface(NetworkPlan plan, IpCommand ip) {
        this.name = plan.interfaceName();
        this.ip = ip;
        this.where = plan.namespace() == null ? List.of() : List.of("-n", plan.namespace());
    }

    /** The number by which it is known as the same. */
    int index() {
        return index;
    }

    /**
     * It is there, anew perhaps, and has not been moved yet.
     *
     * @throws HostChangeException where it is not there
     */
    void appeared() throws HostChangeException {
        index = state(List.of()).index();
    }

    /**
     * It has been moved to its namespace. Its number is kept unless another interface there has it.
     *
     * @return the number
     */
    int moved() throws HostChangeException {
        index = state().index();
        return index;
    }

    /**
     * What it is like.
     *
     * @throws HostChangeException where it is not there
     */
    LinkState state() throws HostChangeException {
        return state(where);
    }

    /** Empty where there is none of the name. */
    Optional<LinkState> find() throws HostChangeException {
        CommandResult answer = ask(where);
        if (!answer.isSuccess() && !answer.isGone()) {
            throw answer.refusal();
        }
        return LinkState.parse(answer.output());
    }

    /** Empty too where another one has the name by now. */
    Optional<LinkState> findSame() throws HostChangeException {
        return find().filter(link -> link.index() == index);
    }

    /** It is to be set up. */
    IpChange up() {
        return change(link("down"), link("up"));
    }

    /** The command that sets it down. */
    List<String> down() {
        return link("down");
    }

    /** A property of it is to have another value. */
    IpChange setting(String property, String before, String after) {
        return change(link(property, before), link(property, after));
    }

    /** The command by which it is given no address but those that it is told. */
    List<String> withoutGeneratedAddresses() {
        return link("addrgenmode", "none");
    }

    private IpChange change(List<String> inverse, List<String> command) {
        return new IpChange(index, inverse, command);
    }

    /** It is to be moved to a namespace. */
    IpChange move(String namespace) {
        return change(link("netns", IpChange.HOME), List.of("link", "set", "dev", name, "netns", namespace));
    }

    /** The addresses that a plan gives it. */
    List<IpChange> addresses(NetworkPlan of) {
        return literals(of).stream().map(this::address).toList();
    }

    /** Those that it does not have. */
    List<IpChange> missingAddresses(NetworkPlan of) {
        String present = ip.query(there("-o", "addr", "show", "dev", name)).output();
        return literals(of).stream()
                .filter(address -> !present.contains(" " + String.join(" ", address) + " "))
                .map(this::address)
                .toList();
    }

    private static List<List<String>> literals(NetworkPlan of) {
        List<List<String>> addresses = new ArrayList<>();
        addresses.add(
                of.remote() == null
                        ? List.of(of.local().getHostAddress() + "/32")
                        : List.of(
                                of.local().getHostAddress(), "peer", of.remote().getHostAddress() + "/32"));
        if (of.ipv6() != null) {
            addresses.add(List.of(of.ipv6() + "/64"));
        }
        return addresses;
    }

    private IpChange address(List<String> address) {
        return change(address("del", address), address("add", address));
    }

    private List<String> address(String verb, List<String> address) {
        List<String> arguments = new ArrayList<>(there("addr", verb));
        arguments.addAll(address);
        arguments.addAll(List.of("dev", name));
        return arguments;
    }

    private LinkState state(List<String> namespace) throws HostChangeException {
        CommandResult answer = ask(namespace);
        if (answer.isGone()) {
            throw new HostChangeException(HostDiagnosis.interfaceGone(name, Errno.ENODEV.code()));
        }
        return LinkState.parse(answer.output()).orElseThrow(answer::refusal);
    }

    private CommandResult ask(List<String> namespace) {
        List<String> question = new ArrayList<>(namespace);
        question.addAll(LinkState.question(name));
        return ip.query(question);
    }

    private List<String> link(String... what) {
        List<String> arguments = new ArrayList<>(there("link", "set", "dev", name));
        arguments.addAll(List.of(what));
        return arguments;
    }

    /**
     * The routes that a plan leads into it.
     *
     * @param table where they are, in words of {@code ip}; empty for the main table
     */
    List<IpChange> routes(NetworkPlan of, List<String> table) {
        List<String> place = new ArrayList<>(table);
        place.addAll(List.of("proto", IpChange.PROTOCOL));
        if (of.routing().metric() > 0) {
            place.addAll(List.of("metric", Long.toString(of.routing().metric())));
        }
        return of.routes().stream()
                .distinct()
                .map(network -> change(route("del", network, place), route("add", network, place)))
                .toList();
    }

    /** Those that are not there. */
    List<IpChange> missingRoutes(NetworkPlan of, List<String> table) {
        Set<String> present = presentRoutes(table);
        return routes(of, table).stream()
                .filter(route -> !present.contains(route.command().get(where.size() + 2)))
                .toList();
    }

    /** The networks that lead into it by routes of ours. */
    private Set<String> presentRoutes(List<String> table) {
        List<String> question = there("route", "show", "dev", name, "proto", IpChange.PROTOCOL);
        question.addAll(table);
        return ip.query(question)
                .output()
                .lines()
                .map(line -> line.strip().split(" ", 2)[0])
                .map(network -> network.equals("default") ? "0.0.0.0/0" : network)
                .map(network -> network.contains("/") ? network : network + "/32")
                .collect(Collectors.toSet());
    }

    private List<String> route(String verb, Cidr network, List<String> place) {
        List<String> arguments = there("route", verb, network.toString(), "dev", name);
        arguments.addAll(place);
        return arguments;
    }

    private List<String> there(String... what) {
        List<String> arguments = new ArrayList<>(where);
        arguments.addAll(List.of(what));
        return arguments;
    }
}

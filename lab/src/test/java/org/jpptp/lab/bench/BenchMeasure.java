package org.jpptp.lab.bench;

import java.util.List;

/**
 * One line of the tables.
 *
 * @param id as the benchmark records it
 * @param title what it is, with its unit
 * @param decimals shown
 */
public record BenchMeasure(String id, String title, int decimals) {
    static final List<BenchMeasure> TCP = List.of(
            new BenchMeasure("tcp-up-1", "TCP, one flow, up, Mbit/s", 0),
            new BenchMeasure("tcp-down-1", "TCP, one flow, down, Mbit/s", 0),
            new BenchMeasure("tcp-up-8", "TCP, eight flows, up, Mbit/s", 0),
            new BenchMeasure("tcp-down-8", "TCP, eight flows, down, Mbit/s", 0));

    static final List<BenchMeasure> PACKETS = List.of(
            new BenchMeasure("small-up", "64-octet datagrams up, received a second", 0),
            new BenchMeasure("small-down", "64-octet datagrams down, received a second", 0),
            new BenchMeasure("raw-out", "full packets out, a second", 0),
            new BenchMeasure("raw-in", "full packets in, a second", 0));

    /** Less of these is better. */
    static final List<BenchMeasure> COSTS = List.of(
            new BenchMeasure("rtt-idle-p50", "round trip, idle, median, µs", 0),
            new BenchMeasure("rtt-idle-p99", "round trip, idle, p99, µs", 0),
            new BenchMeasure("rtt-half-p50", "round trip, half load, median, µs", 0),
            new BenchMeasure("rtt-half-p99", "round trip, half load, p99, µs", 0),
            new BenchMeasure("cpu-up", "client's processor up, s per Gbit", 3),
            new BenchMeasure("cpu-down", "client's processor down, s per Gbit", 3),
            new BenchMeasure("rss", "client's resident memory, KiB", 0));
}

package org.jpptp.cli.tunnel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jpptp.lab.peer.TestNamespace;

/**
 * Packets that must not be seen on a host's outer link while it has a full tunnel, of every family that has been seen to find its
 * way past one, each with a number and a destination of its own family; and how many of them a capture has.
 */
final class Canaries {
    /** The network that all but two of the families go to. */
    static final String NETWORK = "198.51.100.0/24";

    private static final String PREFIX = "198.51.100.";
    private static final String IPV6 = "2001:db8:9::1";
    private static final int FIRST_PORT = 20000;

    /** A way to send. */
    enum Family {
        TCP,
        UDP,
        ICMP,
        DNS,
        IPV6,
        /** From a socket that is bound to the outer address. */
        BOUND,
        /** From a socket that is bound to the outer interface. */
        DEVICE,
        /** To the server's own address, by somebody else than the tunnel. */
        SERVER,
        /** Of a host that this one forwards for. */
        FORWARDED,
        /** Of a network namespace whose addresses this host translates. */
        CONTAINER;

        String address(String server) {
            return switch (this) {
                case IPV6 -> Canaries.IPV6;
                case SERVER -> server;
                default -> PREFIX + (10 + List.of(values()).indexOf(this));
            };
        }
    }

    /**
     * Sends each family that the arguments name, a packet of each in turn: how many, seconds between two, the outer address and
     * interface, then a family with its destination each. What the host refuses is what it is to refuse.
     */
    static final String SENDER = """
            use strict; use warnings; use Socket qw(:all); use Time::HiRes qw(sleep);
            my ($count, $pause, $outer, $device, @to) = @ARGV;
            my %to = map { split /=/ } @to;
            sub ip { sockaddr_in($_[1], inet_aton($_[0])) }
            sub udp { socket(my $s, PF_INET, SOCK_DGRAM, 0) or die; $s }
            my %socket;
            $socket{$_} = udp() for grep { exists $to{$_} } qw(UDP BOUND DEVICE SERVER FORWARDED CONTAINER DNS);
            if ($socket{BOUND}) { bind($socket{BOUND}, ip($outer, 0)) or die "bind: $!" }
            if ($socket{DEVICE}) { setsockopt($socket{DEVICE}, SOL_SOCKET, 25, $device) or die "device: $!" }
            if ($to{ICMP}) { socket($socket{ICMP}, PF_INET, SOCK_RAW, 1) or die "raw: $!" }
            if ($to{IPV6}) { socket($socket{IPV6}, PF_INET6, SOCK_DGRAM, 0) or die "ipv6: $!" }
            sub sum { my $n = 0; $n += $_ for unpack 'n*', $_[0]; $n = ($n >> 16) + ($n & 0xffff) while $n >> 16; ~$n & 0xffff }
            for my $i (0 .. $count - 1) {
              for my $family (keys %to) {
                my $port = 20000 + $i;
                if ($family eq 'TCP') {
                  socket(my $s, PF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0) or die; connect($s, ip($to{TCP}, $port)); close $s;
                } elsif ($family eq 'ICMP') {
                  my $echo = pack('CCnnn', 8, 0, 0, 4711, $i);
                  send($socket{ICMP}, pack('CCnnn', 8, 0, sum($echo), 4711, $i), 0, ip($to{ICMP}, 0));
                } elsif ($family eq 'DNS') {
                  send($socket{DNS}, pack('nnnnnnC/aC/aCnn', $i, 256, 1, 0, 0, 0, "canary$i", 'example', 0, 1, 1), 0, ip($to{DNS}, 53));
                } elsif ($family eq 'IPV6') {
                  send($socket{IPV6}, "canary", 0, pack_sockaddr_in6($port, inet_pton(AF_INET6, $to{IPV6})));
                } else {
                  send($socket{$family}, "canary", 0, ip($to{$family}, $port));
                }
              }
              sleep $pause;
            }
            """;

    /** What has an address of its own here. */
    private final TestNamespace host;

    private final TestNamespace behind;
    private final TestNamespace container;
    private final String outer;
    private final String device;
    private final String server;

    /**
     * @param outer the host's address on the link
     * @param behind a host that is forwarded for
     * @param container one whose addresses are translated
     */
    Canaries(
            TestNamespace host,
            TestNamespace behind,
            TestNamespace container,
            String outer,
            String device,
            String server) {
        this.host = host;
        this.behind = behind;
        this.container = container;
        this.outer = outer;
        this.device = device;
        this.server = server;
    }

    /** Begins to send so many of each family, evenly over so many milliseconds at least. */
    CompletableFuture<Void> send(int count, long millis) {
        List<Family> own = new ArrayList<>(List.of(Family.values()));
        own.removeAll(List.of(Family.FORWARDED, Family.CONTAINER));
        return CompletableFuture.allOf(
                send(host, count, millis, own),
                send(behind, count, millis, List.of(Family.FORWARDED)),
                send(container, count, millis, List.of(Family.CONTAINER)));
    }

    private CompletableFuture<Void> send(TestNamespace from, int count, long millis, List<Family> families) {
        List<String> command = new ArrayList<>(
                List.of("perl", "-e", SENDER, "" + count, Double.toString(millis / 1000.0 / count), outer, device));
        families.forEach(family -> command.add(family + "=" + family.address(server)));
        return CompletableFuture.runAsync(
                () -> from.exec(Connect.LONG, command.toArray(String[]::new)).orThrow());
    }

    /** How many different ones of each family are in a capture of the outer link. */
    Map<Family, Integer> seen(Path capture) throws IOException {
        Map<String, Family> families = new HashMap<>();
        for (Family family : Family.values()) {
            families.put(family.address(server), family);
        }
        Map<Family, Set<Integer>> seen = new EnumMap<>(Family.class);
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(capture)).order(ByteOrder.LITTLE_ENDIAN);
        file.position(24);
        while (file.remaining() >= 16) {
            int length = file.getInt(file.position() + 8);
            ByteBuffer frame = file.slice(file.position() + 16, length).order(ByteOrder.BIG_ENDIAN);
            file.position(file.position() + 16 + length);
            look(frame, families, seen);
        }
        Map<Family, Integer> counts = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            counts.put(family, seen.getOrDefault(family, Set.of()).size());
        }
        return counts;
    }

    private static void look(ByteBuffer frame, Map<String, Family> families, Map<Family, Set<Integer>> seen) {
        int type = frame.getShort(12) & 0xffff;
        if (type == 0x86dd) {
            if (frame.get(20) == 17 && (frame.getInt(38) == 0x20010db8)) {
                note(Family.IPV6, frame.getShort(56) & 0xffff, seen);
            }
        } else if (type == 0x0806) {
            Family family = families.get(address(frame, 38)); // who is asked for is about to be sent something
            if (family != null && family != Family.SERVER) {
                note(family, -1, seen);
            }
        } else if (type == 0x0800) {
            Family family = families.get(address(frame, 30));
            int protocol = frame.get(23);
            int payload = 14 + (frame.get(14) & 15) * 4;
            if (family == null) {
                return;
            }
            int number = frame.getShort(payload + 2) & 0xffff; // the destination's port
            if (family == Family.SERVER) {
                if (protocol == 17 && number >= FIRST_PORT) {
                    note(family, number, seen);
                }
            } else if (protocol == 1) {
                note(family, frame.getShort(payload + 6) & 0xffff, seen);
            } else if (number == 53) {
                note(family, frame.getShort(payload + 8) & 0xffff, seen);
            } else {
                note(family, number, seen);
            }
        }
    }

    private static void note(Family family, int number, Map<Family, Set<Integer>> seen) {
        seen.computeIfAbsent(family, each -> new HashSet<>()).add(number);
    }

    private static String address(ByteBuffer frame, int at) {
        return (frame.get(at) & 0xff) + "." + (frame.get(at + 1) & 0xff) + "." + (frame.get(at + 2) & 0xff) + "."
                + (frame.get(at + 3) & 0xff);
    }
}

package org.jpptp.lab.fuzz;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jpptp.client.tun.Segmenter;
import org.jpptp.client.tun.TunDevice;
import org.jpptp.client.tun.TunStats;
import org.jpptp.control.wire.ControlStream;
import org.jpptp.control.wire.DecodeResult.Decoded;
import org.jpptp.control.wire.MessageType;
import org.jpptp.gre.wire.GreHeader;
import org.jpptp.lab.oracle.PcapFile;
import org.jpptp.ppp.AuthMethod;
import org.jpptp.ppp.MppePolicy;
import org.jpptp.ppp.wire.PppFrame;
import org.jpptp.ppp.wire.PppProtocol;

/**
 * Writes the first inputs of every target: real traffic from the captures, and conversations of our own machines.
 * Fuzzing goes on from there; {@code lab/fuzz/run --seed} calls it.
 */
final class Seeds {
    /** A target that brings the packets of one protocol to a link. */
    private record LinkTarget(String name, int protocol, int events, List<AuthMethod> methods) {}

    private static final int LINK_OPENED = 1;
    private static final int AUTHENTICATED = 2;
    private static final int ENCRYPTION_SETTLED = 3;
    private static final int NETWORK_UP = 4;

    private static final List<LinkTarget> LINK_TARGETS = List.of(
            new LinkTarget("PppFrameFuzz", PppProtocol.LCP, 0, List.of(AuthMethod.MSCHAPV2)),
            new LinkTarget("LcpFuzz", PppProtocol.LCP, 0, List.of(AuthMethod.MSCHAPV2)),
            new LinkTarget("MsChapV2Fuzz", PppProtocol.CHAP, LINK_OPENED, List.of(AuthMethod.MSCHAPV2)),
            new LinkTarget("MsChapV1Fuzz", PppProtocol.CHAP, LINK_OPENED, List.of(AuthMethod.MSCHAPV1)),
            new LinkTarget("ChapMd5Fuzz", PppProtocol.CHAP, LINK_OPENED, List.of(AuthMethod.CHAP_MD5)),
            new LinkTarget("PapFuzz", PppProtocol.PAP, LINK_OPENED, List.of(AuthMethod.PAP)),
            new LinkTarget(
                    "EapFuzz", PppProtocol.EAP, LINK_OPENED, List.of(AuthMethod.EAP_MSCHAPV2, AuthMethod.EAP_MD5)),
            new LinkTarget("CcpFuzz", PppProtocol.CCP, AUTHENTICATED, List.of(AuthMethod.MSCHAPV2)),
            new LinkTarget("IpcpFuzz", PppProtocol.IPCP, ENCRYPTION_SETTLED, List.of(AuthMethod.MSCHAPV2)),
            new LinkTarget("Ipv6cpFuzz", PppProtocol.IPV6CP, ENCRYPTION_SETTLED, List.of(AuthMethod.MSCHAPV2)));

    private static final List<String> CAPTURES = List.of(
            "chap-only", "control-connection", "gre-pptp-vlan-ipv6", "pptp-linux-to-poptop-2012", "windows-xp-control");
    /** Below are datagrams (RFC 1661 §2). */
    private static final int FIRST_CONTROL_PROTOCOL = 0x8000;

    private static final int LONGEST_CAPTURE = 4096;
    private static final int SEGMENT_OCTETS = 40;
    private static final int GENUINE_FRAMES = 24;

    private final Path target;

    private Seeds(Path corpus, String target) throws IOException {
        this.target = Files.createDirectories(corpus.resolve(target));
    }

    /**
     * Writes all of them.
     *
     * @param args the folder of captures, and the one that gets a folder of inputs for every target
     */
    public static void main(String[] args) throws IOException {
        Path captures = Path.of(args[0]);
        Path corpus = Path.of(args[1]);
        for (String name : CAPTURES) {
            Path file = captures.resolve(name + ".pcap");
            capture(corpus, PcapFile.read(file));
            if (Files.size(file) <= LONGEST_CAPTURE) {
                new Seeds(corpus, "PcapFileFuzz").write(Files.readAllBytes(file));
            }
        }
        for (LinkTarget target : LINK_TARGETS) {
            conversations(corpus, target);
        }
        coded(new Seeds(corpus, "MppeFuzz"));
        coded(new Seeds(corpus, "MppcFuzz"));
        sessions(corpus);
        offload(new Seeds(corpus, "OffloadFuzz"));
    }

    /** A packet of the host's of each kind, and the datagrams that it is cut into, to be joined. */
    private static void offload(Seeds seeds) throws IOException {
        String tcp = "13880fa0" + "fffffff0" + "00000007" + "5018" + "01f4" + "0000" + "0000";
        String udp = "13880fa0" + "006c" + "0000";
        String ipv6 = "fd000000000000000000000000000001" + "fd000000000000000000000000000002";
        offload(seeds, 1, "4500008c" + "fffe4000" + "40060000" + "0a090001" + "0a090002" + tcp);
        offload(seeds, 4, "60000000" + "0078" + "0640" + ipv6 + tcp);
        offload(seeds, 5, "45000080" + "00014000" + "40110000" + "0a090001" + "0a090002" + udp);
        offload(seeds, 5, "60000000" + "006c" + "1140" + ipv6 + udp);
    }

    private static void offload(Seeds seeds, int gsoType, String headers) throws IOException {
        ByteBuf packet = Unpooled.directBuffer().writeByte(0).writeByte(gsoType).writeShortLE(0);
        packet.writeShortLE(SEGMENT_OCTETS).writeInt(0).writeBytes(ByteBufUtil.decodeHexDump(headers));
        packet.writeZero(100);
        Steps whole = new Steps().octet(0).chunk(ByteBufUtil.getBytes(packet));
        seeds.write(whole);
        Steps joined = new Steps();
        ByteBuf slot = Unpooled.directBuffer(LONGEST_CAPTURE);
        new Segmenter(new TunStats()).take(packet, new TunDevice.Listener() {
            @Override
            public ByteBuf buffer() {
                return slot.clear();
            }

            @Override
            public void received(ByteBuf datagram) {
                joined.octet(1).chunk(ByteBufUtil.getBytes(datagram));
            }

            @Override
            public void batchEnd() {}

            @Override
            public void failed(int errno) {}
        });
        seeds.write(joined.octet(2).steps(whole));
    }

    private static void capture(Path corpus, PcapFile file) throws IOException {
        for (Map.Entry<String, byte[]> stream : file.controlStreams().entrySet()) {
            byte[] octets = stream.getValue();
            boolean toServer = stream.getKey().endsWith(":1723");
            for (int piece : new int[] {0, 255}) {
                new Seeds(corpus, "ControlMessageFuzz")
                        .write(new Steps().octet(piece).octets(octets));
            }
            new Seeds(corpus, "ControlConnectionFuzz").write(messages(octets, toServer));
        }
        Steps gre = new Steps();
        int packets = 0;
        for (PcapFile.GrePacket packet : file.grePackets()) {
            byte[] octets = ByteBufUtil.getBytes(packet.octets());
            if (octets.length < Input.LONG_CHUNK && packets++ < GENUINE_FRAMES) {
                gre.octet(3).chunk(octets);
                frame(corpus, packet.octets());
            }
        }
        if (packets > 0) {
            new Seeds(corpus, "GreFuzz").write(gre);
        }
    }

    private static Steps messages(byte[] octets, boolean toServer) {
        Steps steps = new Steps().octet(toServer ? 1 : 0);
        if (toServer) {
            steps.octet(1).octet(1).octet(0).octet(0);
        } else {
            steps.octet(8).octet(0);
        }
        ControlStream stream = new ControlStream();
        ByteBuf chunk = Unpooled.wrappedBuffer(octets);
        while (stream.next(chunk) instanceof Decoded decoded) {
            byte[] message =
                    ByteBufUtil.getBytes(stream.octets(), 0, stream.octets().writerIndex());
            steps.octet(0).octet(indexOf(decoded.message().type())).chunk(from(message, 10));
            if (!toServer) {
                steps.octet(8).octet(1);
            }
        }
        return steps;
    }

    private static int indexOf(MessageType type) {
        return List.of(MessageType.values()).indexOf(type);
    }

    /** A captured PPP frame, for the targets of its protocol. */
    private static void frame(Path corpus, ByteBuf gre) throws IOException {
        GreHeader header = new GreHeader();
        if (header.parse(gre, gre.readerIndex(), gre.writerIndex()) != GreHeader.Result.OK
                || header.payloadLength() == 0) {
            return;
        }
        byte[] frame = ByteBufUtil.getBytes(gre, header.payloadIndex(), header.payloadLength());
        ByteBuf packet = Unpooled.wrappedBuffer(frame);
        int protocol = PppFrame.parse(packet);
        if (packet.readableBytes() < 4 || protocol < FIRST_CONTROL_PROTOCOL) {
            return;
        }
        for (LinkTarget target : LINK_TARGETS) {
            if (target.protocol() == protocol) {
                for (int side : new int[] {0, LinkSetting.SERVER}) {
                    new Seeds(corpus, target.name())
                            .write(inject(new Steps().octet(side).octet(target.events()), frame));
                }
            }
        }
        text(corpus, protocol, packet);
    }

    private static void text(Path corpus, int protocol, ByteBuf packet) throws IOException {
        new Seeds(corpus, "PacketTextFuzz")
                .write(new Steps().octet(PacketTextFuzz.choosing(protocol)).octets(ByteBufUtil.getBytes(packet)));
    }

    private static Steps inject(Steps steps, byte[] frame) {
        ByteBuf packet = Unpooled.wrappedBuffer(frame);
        PppFrame.parse(packet);
        return steps.octet(LinkRun.INJECT)
                .octet(packet.readUnsignedByte())
                .octet(packet.readUnsignedByte())
                .chunk(from(ByteBufUtil.getBytes(packet), 2));
    }

    /** Whole conversations, in every setting; then the peer's own packets injected in its place, and damaged. */
    private static void conversations(Path corpus, LinkTarget target) throws IOException {
        Seeds seeds = new Seeds(corpus, target.name());
        int[] settings = {
            0,
            LinkSetting.EXPIRED | LinkSetting.INTERACTIVE,
            LinkSetting.WRONG | LinkSetting.INTERACTIVE,
            LinkSetting.IPV6,
            64,
            128
        };
        for (int setting : settings) {
            for (int side : new int[] {0, LinkSetting.SERVER}) {
                int octet = setting | side;
                List<MppePolicy> policies =
                        target.methods().get(0).yieldsKeys() ? LinkSetting.ENCRYPTED : LinkSetting.CLEAR;
                LinkRun model = new LinkRun(LinkSetting.of(octet, target.methods(), policies), target.protocol());
                model.open(NETWORK_UP);
                Steps injected = new Steps().octet(octet).octet(target.events());
                Steps damaged = new Steps().octet(octet).octet(target.events());
                for (byte[] frame : model.heard) {
                    ByteBuf packet = Unpooled.wrappedBuffer(frame);
                    if (PppFrame.parse(packet) == target.protocol() && packet.readableBytes() >= 4) {
                        if (setting == 0) {
                            text(corpus, target.protocol(), packet);
                        }
                        inject(injected, frame).octet(LinkRun.LOST);
                        damaged.octet(LinkRun.DAMAGED)
                                .octet(1)
                                .octet(9)
                                .octet(1)
                                .octet(0);
                    }
                }
                seeds.write(injected);
                seeds.write(damaged.octet(LinkRun.TIME).octet(LinkRun.PROVIDE).octet(1));
            }
        }
    }

    /** Genuine datagrams, and some that are lost, damaged, repeated and forged. */
    private static void coded(Seeds seeds) throws IOException {
        for (int policy = 0; policy < 256; policy += 64) {
            for (int side : new int[] {0, LinkSetting.SERVER}) {
                Steps steps = new Steps().octet(policy | side);
                for (int kind : new int[] {LinkRun.GENUINE, LinkRun.LOST, LinkRun.DAMAGED, LinkRun.GENUINE}) {
                    steps.octet(LinkRun.TRAFFIC).octet(60).octet(0).octet(kind);
                    if (kind == LinkRun.DAMAGED) {
                        steps.octet(1).octet(0).octet(1).octet(0);
                    }
                }
                steps.octet(LinkRun.INJECT).chunk(new byte[] {(byte) 0xB0, 9, 1, 2, 3, 4, 5, 6, 7, 8});
                steps.octet(LinkRun.TRAFFIC).octet(60).octet(1).octet(LinkRun.TIME);
                seeds.write(steps);
            }
        }
    }

    private static void sessions(Path corpus) throws IOException {
        for (int events = 0; events < 9; events++) {
            Steps steps = new Steps().octet(events);
            for (int i = 0; i < GENUINE_FRAMES; i++) {
                steps.octet(SessionRun.GENUINE);
            }
            steps.octet(SessionRun.DAMAGED).octet(1).octet(9).octet(1).octet(0).octet(SessionRun.TIME);
            steps.octet(SessionRun.CONTROL_PACKET)
                    .octet(SessionRun.choosing(PppProtocol.LCP))
                    .octet(9)
                    .octet(1)
                    .chunk(new byte[4]);
            steps.octet(SessionRun.COMMAND).octet(events);
            new Seeds(corpus, "SessionFuzz")
                    .write(new Steps().octet(0).octet(events).steps(steps));
            new Seeds(corpus, "ServerSessionFuzz")
                    .write(new Steps().octet(events).steps(steps));
        }
    }

    private static byte[] from(byte[] octets, int start) {
        return Arrays.copyOfRange(octets, Math.min(start, octets.length), octets.length);
    }

    private void write(Steps steps) throws IOException {
        write(steps.toOctets());
    }

    /** Under the hash of the octets, as jazzer names what it finds. */
    private void write(byte[] octets) throws IOException {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(octets);
            Files.write(target.resolve(ByteBufUtil.hexDump(hash)), octets);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }

    /** The octets that {@link Input} reads. */
    private static final class Steps {
        private final List<byte[]> parts = new ArrayList<>();

        Steps octet(int value) {
            parts.add(new byte[] {(byte) value});
            return this;
        }

        Steps chunk(byte[] octets) {
            octet(Math.min(octets.length, Input.LONG_CHUNK));
            if (octets.length >= Input.LONG_CHUNK) {
                octet(octets.length >> 8).octet(octets.length);
            }
            return octets(octets);
        }

        Steps octets(byte[] octets) {
            parts.add(octets);
            return this;
        }

        Steps steps(Steps others) {
            parts.addAll(others.parts);
            return this;
        }

        byte[] toOctets() {
            return ByteBufUtil.getBytes(Unpooled.wrappedBuffer(parts.toArray(new byte[0][])));
        }
    }
}

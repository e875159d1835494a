/*
 * The yardstick of the benchmarks: a PPTP data plane without negotiation, of the same design as ours. TUN with offload,
 * PPP, MPPE of 128 bits, enhanced GRE (RFC 2637 §4.1), batches of 64; one thread.
 *
 *   tunnel -l LOCAL -r REMOTE -k SENDKEY -K RECEIVEKEY [-i INTERFACE] [-f]
 *
 * Keys are start keys (RFC 3079 §3.4) in hexadecimal; -f is for stateful. Prints "ready". Addresses are set by others.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "mppe.h"
#include "offload.h"

enum {
    BATCH = 64,
    HEADROOM = 64,
    SLOT = 2048,
    ROOM = 1900,
    SUPER = 65536,
    ACKNOWLEDGE_AFTER = 100, /* milliseconds, one payload alone */
    READS = 16, /* of the TUN device in a turn, so that receiving is never starved */
    PPP_CCP = 0x80fd,
    PPP_MPPE = 0x00fd,
    PPP_IP = 0x0021,
    PPP_IPV6 = 0x0057,
    RESET_REQUEST = 14
};

static int tun, raw;
static struct mppe sending, receiving;
static struct joiner in;
static uint32_t sequence, newest = UINT32_MAX;
static int due; /* payloads that wait for an acknowledgement */

static uint8_t out_slots[BATCH][SLOT], in_slots[BATCH][SLOT];
static struct mmsghdr out_batch[BATCH], in_batch[BATCH];
static struct iovec out_parts[BATCH], in_parts[BATCH];
static int out_count;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void flush(void) {
    for (int sent = 0; sent < out_count;) {
        int n = sendmmsg(raw, out_batch + sent, (unsigned)(out_count - sent), 0);
        if (n > 0) {
            sent += n;
        } else if (errno == EAGAIN || errno == ENOBUFS) {
            struct pollfd room = {raw, POLLOUT, 0};
            poll(&room, 1, 1);
        } else {
            sent++; /* an ICMP error of an earlier one: this one is lost */
        }
    }
    out_count = 0;
}

static uint8_t *slot(void) { return out_slots[out_count] + HEADROOM; }

/* Puts GRE in front of what begins there, and that into the batch. Without a payload it is an acknowledgement alone. */
static void transmit(uint8_t *payload, int length) {
    uint8_t *end = payload;
    const bool acknowledges = due > 0;
    if (acknowledges) put32(end -= 4, newest), due = 0;
    if (length > 0) put32(end -= 4, sequence++);
    put16(end -= 2, 1);
    put16(end -= 2, (unsigned)length);
    put16(end -= 2, 0x880b);
    put16(end -= 2, 0x2001u | (length > 0 ? 0x1000u : 0) | (acknowledges ? 0x0080u : 0));
    out_parts[out_count] = (struct iovec){end, (size_t)(payload - end + length)};
    if (++out_count == BATCH) flush();
}

/* Sends the datagram that was made in the slot. */
static void send_datagram(uint8_t *datagram, int length) {
    const bool v6 = datagram[0] >> 4 == 6;
    put16(datagram - 2, v6 ? PPP_IPV6 : PPP_IP);
    mppe_encrypt(&sending, datagram - 4, length + 2);
    put16(datagram - 6, PPP_MPPE);
    transmit(datagram - 6, length + 6);
}

static bool read_tun(void) {
    static uint8_t super[SLOT + SUPER];
    bool any = false;
    for (int i = 0; i < READS; i++) {
        struct virtio_net_hdr v = {0};
        uint8_t *packet = slot();
        const struct iovec parts[3] = {{&v, VNET}, {packet, ROOM}, {super + ROOM, SUPER}};
        const ssize_t octets = readv(tun, parts, 3);
        const int length = (int)octets - VNET;
        if (length <= 0) break;
        any = true;
        if (v.gso_type == VIRTIO_NET_HDR_GSO_NONE) {
            if (length > ROOM || (v.flags & VIRTIO_NET_HDR_F_NEEDS_CSUM && !complete_checksum(packet, length, &v))) continue;
            send_datagram(packet, length);
            continue;
        }
        struct cutter c;
        memcpy(super, packet, length < ROOM ? (size_t)length : ROOM);
        if (!cutter_begin(&c, super, length, v.gso_size) || c.h.all + v.gso_size > ROOM) continue;
        for (int n; (n = cutter_next(&c, slot())) > 0;) send_datagram(slot(), n);
    }
    flush();
    return any;
}

static void ask_for_reset(void) {
    static uint8_t identifier;
    uint8_t *frame = slot();
    put16(frame, PPP_CCP);
    frame[2] = RESET_REQUEST;
    frame[3] = identifier++;
    put16(frame + 4, 4);
    transmit(frame, 6);
}

static void receive_frame(uint8_t *frame, int length, uint32_t missed) {
    if (length >= 4 && frame[0] == 0xff && frame[1] == 0x03) frame += 2, length -= 2;
    const unsigned protocol = length >= 6 ? get16(frame) : 0;
    if (protocol == PPP_CCP && frame[2] == RESET_REQUEST) sending.flush = true;
    if (protocol != PPP_MPPE) return;
    uint8_t *inner = frame + 2 + MPPE_HEADER;
    if (!mppe_decrypt(&receiving, frame + 2, length -= 4, missed)) {
        if (receiving.stateful && receiving.waits) ask_for_reset();
        return;
    }
    if (length > 2 && (get16(inner) == PPP_IP || get16(inner) == PPP_IPV6)) joiner_take(&in, inner + 2, length - 2);
}

static void receive_packet(uint8_t *packet, int length) {
    const int ip = (packet[0] & 15) * 4;
    uint8_t *gre = packet + ip;
    if (length < ip + 12 || get16(gre + 2) != 0x880b || !(gre[0] & 0x10)) return;
    const int header = 12 + (gre[1] & 0x80 ? 4 : 0), payload = (int)get16(gre + 4);
    const uint32_t number = get32(gre + 8);
    if (length < ip + header + payload || (int32_t)(number - newest) <= 0) return;
    const uint32_t missed = number - newest - 1;
    newest = number;
    due++;
    receive_frame(gre + header, payload, missed);
}

static bool read_raw(void) {
    const int n = recvmmsg(raw, in_batch, BATCH, MSG_DONTWAIT, NULL);
    if (n <= 0) return false;
    for (int i = 0; i < n; i++) receive_packet(in_slots[i] + HEADROOM, (int)in_batch[i].msg_len);
    joiner_flush(&in);
    return true;
}

static void open_tun(const char *name) {
    struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI | IFF_VNET_HDR};
    snprintf(request.ifr_name, sizeof request.ifr_name, "%s", name);
    tun = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (tun < 0 || ioctl(tun, TUNSETIFF, &request) < 0) die("TUN");
    const unsigned tso = TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6, uso = 0x20 | 0x40;
    if (ioctl(tun, TUNSETOFFLOAD, tso | uso) < 0 && ioctl(tun, TUNSETOFFLOAD, tso) < 0) die("TUNSETOFFLOAD");
    in.tun = tun;
}

static void open_raw(const char *local, const char *remote) {
    struct sockaddr_in here = {.sin_family = AF_INET}, there = here;
    const int octets = 4 << 20;
    raw = socket(AF_INET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_GRE);
    if (raw < 0 || inet_pton(AF_INET, local, &here.sin_addr) != 1 || inet_pton(AF_INET, remote, &there.sin_addr) != 1
        || bind(raw, (struct sockaddr *)&here, sizeof here) < 0 || connect(raw, (struct sockaddr *)&there, sizeof there) < 0
        || setsockopt(raw, SOL_SOCKET, SO_RCVBUFFORCE, &octets, sizeof octets) < 0
        || setsockopt(raw, SOL_SOCKET, SO_SNDBUFFORCE, &octets, sizeof octets) < 0)
        die("raw socket");
}

static void make_batches(void) {
    for (int i = 0; i < BATCH; i++) {
        in_parts[i] = (struct iovec){in_slots[i] + HEADROOM, ROOM};
        in_batch[i].msg_hdr = (struct msghdr){.msg_iov = in_parts + i, .msg_iovlen = 1};
        out_batch[i].msg_hdr = (struct msghdr){.msg_iov = out_parts + i, .msg_iovlen = 1};
    }
}

static void key_of(const char *hex, uint8_t *key) {
    for (int i = 0; i < KEY; i++)
        if (sscanf(hex + 2 * i, "%2hhx", key + i) != 1) die("a key has 32 hexadecimal digits");
}

int main(int count, char **arguments) {
    const char *local = "", *remote = "", *interface = "ceiling";
    uint8_t send_key[KEY] = {0}, receive_key[KEY] = {0};
    bool stateful = false;
    for (int option; (option = getopt(count, arguments, "l:r:i:k:K:f")) != -1;) {
        switch (option) {
        case 'l': local = optarg; break;
        case 'r': remote = optarg; break;
        case 'i': interface = optarg; break;
        case 'k': key_of(optarg, send_key); break;
        case 'K': key_of(optarg, receive_key); break;
        case 'f': stateful = true; break;
        default: return 2;
        }
    }
    mppe_init(&sending, send_key, stateful);
    mppe_init(&receiving, receive_key, stateful);
    make_batches();
    open_raw(local, remote);
    open_tun(interface);
    puts("ready");
    fflush(stdout);
    struct pollfd both[2] = {{tun, POLLIN, 0}, {raw, POLLIN, 0}};
    for (;;) {
        /* First in, then out: what TCP answers to the one goes out with the other, and the acknowledgement with it. */
        const bool received = read_raw(), out = read_tun();
        if (out || received) {
            if (due >= 2) transmit(slot(), 0);
            flush();
        } else if (poll(both, 2, due > 0 ? ACKNOWLEDGE_AFTER : -1) == 0) {
            transmit(slot(), 0);
            flush();
        }
    }
}

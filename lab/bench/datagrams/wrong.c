/*
 * Sends datagrams with wrong checksums among right ones of the same flow through an interface, and compares each octet of
 * what a host behind the far end receives: what is wrong has to stay wrong, or nobody would notice.
 *
 *   wrong FROM DEVICE TO DEVICE SOURCE DESTINATION MTU PID
 *
 * FROM, TO  names of namespaces, each with the interface there; SOURCE, DESTINATION  addresses, of IPv4 or IPv6
 * PID       of the process that reads DEVICE: it is stopped until all of a flow is there to be read
 * Prints how many datagrams with wrong checksums arrived, of TCP and of UDP; exit status 1, with a sentence, if one datagram
 * did not arrive, or is not what was sent but for what a router changes.
 */
#include "namespaces.h"

#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>

enum { FLOW = 48, ROUNDS = 12, PORT = 5303, PATIENCE_MILLIS = 3000, TCP = 6, UDP = 17, ROOM = 2048 };

struct datagram {
    uint8_t octets[ROOM];
    int length;
};

static struct datagram flow[FLOW];
static bool ipv6;
static uint8_t source[16], destination[16];
static uint64_t state = 88172645463325252U;
static int packets; /* sent so far */

static void put16(uint8_t *at, unsigned number) {
    at[0] = (uint8_t)(number >> 8);
    at[1] = (uint8_t)number;
}

static void put32(uint8_t *at, uint32_t number) {
    put16(at, number >> 16);
    put16(at + 2, number & 0xFFFF);
}

static uint32_t sum(uint32_t begin, const uint8_t *at, int octets) {
    for (int i = 0; i < octets; i++) begin += i & 1 ? at[i] : (uint32_t)at[i] << 8;
    return begin;
}

static unsigned checksum(uint32_t of) {
    while (of >> 16) of = (of & 0xFFFF) + (of >> 16);
    return ~of & 0xFFFF;
}

/* RFC 791, RFC 8200, RFC 9293, RFC 768. */
static void make(struct datagram *d, int protocol, int index, uint32_t sequence, int payload) {
    const int ip = ipv6 ? 40 : 20, headers = protocol == TCP ? 20 : 8, address = ipv6 ? 16 : 4;
    const int length = headers + payload;
    uint8_t *at = d->octets, *transport = at + ip;
    memset(at, 0, (size_t)(ip + headers));
    d->length = ip + length;
    if (ipv6) {
        at[0] = 0x60;
        put16(at + 4, (unsigned)length);
        at[6] = (uint8_t)protocol;
        at[7] = 64;
    } else {
        at[0] = 0x45;
        put16(at + 2, (unsigned)d->length);
        put16(at + 4, (unsigned)(packets + index) & 0xFFFF);
        at[8] = 64;
        at[9] = (uint8_t)protocol;
    }
    memcpy(at + ip - 2 * address, source, (size_t)address);
    memcpy(at + ip - address, destination, (size_t)address);
    if (!ipv6) put16(at + 10, checksum(sum(0, at, ip)));
    put16(transport, PORT + 1);
    put16(transport + 2, PORT);
    fill(transport + headers, (size_t)payload, &state);
    put16(transport + headers, (unsigned)index); /* to know it again by */
    if (protocol == TCP) {
        put32(transport + 4, sequence);
        put32(transport + 8, 1);
        transport[12] = 5 << 4;
        transport[13] = 0x10; /* ACK */
        put16(transport + 14, 1000);
    } else {
        put16(transport + 4, (unsigned)length);
    }
    const uint32_t pseudo = sum((uint32_t)(protocol + length), at + ip - 2 * address, 2 * address);
    unsigned right = checksum(sum(pseudo, transport, length));
    if (right == 0 && protocol == UDP) right = 0xFFFF;
    put16(transport + (protocol == TCP ? 16 : 6), right);
}

/* In the checksum itself, or in what it is of. */
static void spoil(struct datagram *d, int protocol) {
    const int ip = ipv6 ? 40 : 20, headers = protocol == TCP ? 20 : 8;
    const uint64_t dice = scramble(&state);
    const int at = dice & 1 ? ip + (protocol == TCP ? 16 : 6) + (int)(dice >> 1 & 1)
                            : ip + headers + 2 + (int)((dice >> 8) % (uint64_t)(d->length - ip - headers - 2));
    d->octets[at] ^= (uint8_t)(1 << (dice >> 4 & 7));
}

static int opened(const char *namespace, const char *device) {
    enter(namespace);
    const int protocol = ipv6 ? ETH_P_IPV6 : ETH_P_IP;
    const int fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, htons((uint16_t)protocol));
    const struct sockaddr_ll at = {
        .sll_family = AF_PACKET, .sll_protocol = htons((uint16_t)protocol), .sll_ifindex = (int)if_nametoindex(device)};
    if (fd < 0 || at.sll_ifindex == 0 || bind(fd, (const struct sockaddr *)&at, sizeof at) < 0
        || setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &(int){8 << 20}, sizeof(int)) < 0)
        die("%s in %s: %s", device, namespace, strerror(errno));
    return fd;
}

/* Whether it is the datagram but for what a router changes. */
static bool routed(const uint8_t *got, ssize_t length, const struct datagram *d) {
    static uint8_t expected[ROOM];
    memcpy(expected, d->octets, (size_t)d->length);
    if (ipv6) {
        expected[7]--;
    } else {
        expected[8]--;
        put16(expected + 10, 0);
        put16(expected + 10, checksum(sum(0, expected, 20)));
    }
    return length == d->length && memcmp(got, expected, (size_t)length) == 0;
}

static int flow_of(int protocol, int from, int to, int mtu, const char *device, pid_t reader) {
    const int ip = ipv6 ? 40 : 20, headers = protocol == TCP ? 20 : 8, room = mtu - ip - headers;
    const int payload = scramble(&state) & 1 ? room : 100 + (int)(scramble(&state) % (uint64_t)(room - 100));
    const uint32_t first = (uint32_t)scramble(&state);
    bool arrived[FLOW] = {false};
    int wrong = 0;
    if (kill(reader, SIGSTOP) < 0) die("process %d: %s", reader, strerror(errno));
    for (int i = 0; i < FLOW; i++) {
        make(&flow[i], protocol, i, first + (uint32_t)(i * payload), i < FLOW - 1 ? payload : payload / 2);
        if (scramble(&state) % 6 == 0) {
            spoil(&flow[i], protocol);
            wrong++;
        }
        if (send(from, flow[i].octets, (size_t)flow[i].length, 0) != flow[i].length) {
            kill(reader, SIGCONT);
            die("%s: %s", device, strerror(errno));
        }
    }
    packets += FLOW;
    kill(reader, SIGCONT);
    for (int missing = FLOW; missing > 0;) {
        static uint8_t got[1 << 16];
        struct pollfd ready = {to, POLLIN, 0};
        if (poll(&ready, 1, PATIENCE_MILLIS) != 1) die("%d datagrams of %d did not arrive", missing, FLOW);
        struct sockaddr_ll whence;
        const ssize_t n = recvfrom(to, got, sizeof got, 0, (struct sockaddr *)&whence, &(socklen_t){sizeof whence});
        const int index = n > ip + headers + 1 ? got[ip + headers] << 8 | got[ip + headers + 1] : FLOW;
        if (whence.sll_pkttype == PACKET_OUTGOING || n <= ip + headers + 1 || got[ip + 2] != PORT >> 8
            || got[ip + 3] != (PORT & 0xFF))
            continue;
        if (index >= FLOW || arrived[index]) die("a datagram arrived that was not sent");
        if (!routed(got, n, &flow[index])) die("datagram %d of %zd octets is not the one sent", index, n);
        arrived[index] = true;
        missing--;
    }
    return wrong;
}

int main(int count, char **arguments) {
    if (count != 9) return 2;
    ipv6 = strchr(arguments[5], ':') != NULL;
    const int family = ipv6 ? AF_INET6 : AF_INET, mtu = atoi(arguments[7]);
    if (inet_pton(family, arguments[5], source) != 1 || inet_pton(family, arguments[6], destination) != 1) return 2;
    const int to = opened(arguments[3], arguments[4]), from = opened(arguments[1], arguments[2]);
    int tcp = 0, udp = 0;
    for (int i = 0; i < ROUNDS; i++) {
        tcp += flow_of(TCP, from, to, mtu, arguments[2], atoi(arguments[8]));
        udp += flow_of(UDP, from, to, mtu, arguments[2], atoi(arguments[8]));
    }
    printf("%d %d\n", tcp, udp);
}

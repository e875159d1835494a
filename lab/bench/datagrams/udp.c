/*
 * Sends UDP datagrams of all sizes from one network namespace to another, in packets that the kernel or an interface cuts
 * (UDP_SEGMENT), and compares each octet of what arrives.
 *
 *   udp FROM TO ADDRESS MTU OCTETS
 *
 * FROM, TO  names of the namespaces; ADDRESS, of IPv4 or IPv6, is in TO
 * OCTETS    how many, counted from the IP headers on
 * Prints how many datagrams arrived; exit status 1, with a sentence, if one did not, or is not what was sent.
 */
#include "namespaces.h"

#include <netdb.h>
#include <poll.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

enum { MOST = 60, PATIENCE_MILLIS = 3000, UDP_HEADER = 8 };

static uint8_t data[1 << 16], got[1 << 16];
static int sender, receiver;

static int opened(const struct addrinfo *at) {
    const int fd = socket(at->ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0), octets = 8 << 20;
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &octets, sizeof octets) < 0
        || setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &octets, sizeof octets) < 0)
        die("socket: %s", strerror(errno));
    return fd;
}

/* One packet of so many datagrams, the last of which may be shorter. */
static void exchange(int size, int count, int last, uint64_t *state) {
    const int octets = size * (count - 1) + last;
    fill(data, (size_t)octets, state);
    if (setsockopt(sender, IPPROTO_UDP, UDP_SEGMENT, &(int){count > 1 ? size : 0}, sizeof(int)) < 0)
        die("UDP_SEGMENT: %s", strerror(errno));
    if (send(sender, data, (size_t)octets, 0) != octets) die("%d datagrams of %d octets: %s", count, size, strerror(errno));
    for (int i = 0; i < count; i++) {
        const int expected = i < count - 1 ? size : last;
        struct pollfd ready = {receiver, POLLIN, 0};
        if (poll(&ready, 1, PATIENCE_MILLIS) != 1) die("datagram %d of %d, of %d octets, did not arrive", i, count, size);
        const ssize_t n = recv(receiver, got, sizeof got, 0);
        if (n != expected) die("%zd octets arrived instead of %d", n, expected);
        if (memcmp(got, data + (size_t)i * (size_t)size, (size_t)n) != 0) die("%zd octets are not those sent", n);
    }
}

int main(int count, char **arguments) {
    if (count != 6) return 2;
    const int mtu = atoi(arguments[4]);
    const long octets = atol(arguments[5]);
    struct addrinfo *to;
    if (getaddrinfo(arguments[3], "5302", &(struct addrinfo){.ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_DGRAM}, &to))
        die("%s is no address", arguments[3]);
    const int headers = (to->ai_family == AF_INET ? 20 : 40) + UDP_HEADER, longest = mtu - headers;
    enter(arguments[2]);
    receiver = opened(to);
    if (bind(receiver, to->ai_addr, to->ai_addrlen) < 0) die("%s: %s", arguments[3], strerror(errno));
    enter(arguments[1]);
    sender = opened(to);
    if (connect(sender, to->ai_addr, to->ai_addrlen) < 0) die("%s: %s", arguments[3], strerror(errno));

    uint64_t state = 88172645463325252U;
    long carried = 0, datagrams = 0;
    for (int size = 0; size <= longest; size++, datagrams++, carried += headers + size) exchange(size, 1, size, &state);
    while (carried < octets) {
        const uint64_t dice = scramble(&state);
        const int size = dice & 1 ? longest : 1 + (int)((dice >> 8) % (uint64_t)longest);
        int many = 1 + (int)((dice >> 32) % MOST);
        if (many > 65000 / size) many = 65000 / size;
        const int last = dice & 2 ? size : 1 + (int)((dice >> 40) % (uint64_t)size);
        exchange(size, many, last, &state);
        datagrams += many;
        carried += (long)headers * many + (long)size * (many - 1) + last;
    }
    printf("%ld\n", datagrams);
}

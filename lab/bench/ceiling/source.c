/*
 * Packets that are encrypted ahead, so that they come faster than a client receives.
 *
 *   source -l LOCAL -r REMOTE -n PACKETS -s OCTETS -w SNMP -W PACKETS -k KEY -a FROM -b TO -p PORT
 *   source -l LOCAL -r REMOTE -n PACKETS -s OCTETS -w SNMP -W PACKETS -f FILE
 *
 * In them are datagrams of so many octets; -w, -W see window.h. Either they are made here, for `tunnel`, FROM and TO
 * being inner addresses; or they come from a file, as our server has made them in a session of its own: a slot of OCTETS + 32
 * each, which begins with two octets of length. Prints how many a second arrived of the last quarter; the others warm
 * the receiver up.
 */
#include "window.h"

#include <arpa/inet.h>
#include <errno.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include "inet.h"
#include "mppe.h"

enum { BATCH = 64, LENGTH = 2, GRE = 12, PPP = 6, UDP = 8, IPV4 = 20, OVERHEAD = 32 };

static void make_datagram(uint8_t *p, int length, const char *from, const char *to, unsigned port) {
    const struct headers h = {.ip = IPV4, .all = IPV4 + UDP, .protocol = IPPROTO_UDP};
    memset(p, 0, (size_t)length);
    p[0] = 0x45;
    p[8] = 64;
    p[9] = IPPROTO_UDP;
    inet_pton(AF_INET, from, p + 12);
    inet_pton(AF_INET, to, p + 16);
    put16(p + IPV4 + 2, port);
    put16(p + IPV4 + 4, (unsigned)(length - IPV4));
    set_length(p, &h, length);
}

static void make_packet(uint8_t *p, uint32_t sequence, const uint8_t *datagram, int length, struct mppe *keys) {
    put16(p, (unsigned)(GRE + PPP + length));
    p += LENGTH;
    put16(p, 0x3001);
    put16(p + 2, 0x880b);
    put16(p + 4, (unsigned)(length + PPP));
    put16(p + 6, 1);
    put32(p + 8, sequence);
    put16(p + GRE, 0x00fd);
    put16(p + GRE + 4, 0x0021);
    memcpy(p + GRE + PPP, datagram, (size_t)length);
    put16(p + GRE + PPP + IPV4, 1024 + (sequence & 1)); /* by turns, so that no two can be joined */
    mppe_encrypt(keys, p + GRE + 2, length + 2);
}

int main(int count, char **arguments) {
    const char *local = "", *remote = "", *from = "", *to = "", *snmp = "/proc/self/net/snmp", *file = NULL;
    uint8_t key[KEY] = {0}, datagram[1500];
    long packets = 0, size = 0;
    int length = 1400;
    unsigned port = 9;
    for (int option; (option = getopt(count, arguments, "l:r:k:a:b:p:n:s:w:W:f:")) != -1;) {
        switch (option) {
        case 'l': local = optarg; break;
        case 'r': remote = optarg; break;
        case 'k':
            for (int i = 0; i < KEY; i++)
                if (sscanf(optarg + 2 * i, "%2hhx", key + i) != 1) return 2;
            break;
        case 'a': from = optarg; break;
        case 'b': to = optarg; break;
        case 'p': port = (unsigned)atoi(optarg); break;
        case 'n': packets = atol(optarg); break;
        case 's': length = atoi(optarg); break;
        case 'w': snmp = optarg; break;
        case 'W': size = atol(optarg); break;
        case 'f': file = optarg; break;
        default: return 2;
        }
    }
    if (packets <= 0 || length < IPV4 + UDP || length > (int)sizeof datagram) return 2;
    const size_t slot = (size_t)(OVERHEAD + length), all = slot * (size_t)packets;
    const int made = file ? open(file, O_RDONLY | O_CLOEXEC) : -1;
    if (file && (made < 0 || lseek(made, 0, SEEK_END) < (off_t)all)) {
        fprintf(stderr, "%s is not there, or too short\n", file);
        return 1;
    }
    uint8_t *memory = mmap(NULL, all, PROT_READ | PROT_WRITE, MAP_PRIVATE | (file ? MAP_POPULATE : MAP_ANONYMOUS), made, 0);
    struct sockaddr_in here = {.sin_family = AF_INET}, there = here;
    const int raw = socket(AF_INET, SOCK_RAW, IPPROTO_GRE), octets = 4 << 20;
    if (memory == MAP_FAILED || inet_pton(AF_INET, local, &here.sin_addr) != 1
        || inet_pton(AF_INET, remote, &there.sin_addr) != 1 || bind(raw, (struct sockaddr *)&here, sizeof here) < 0
        || connect(raw, (struct sockaddr *)&there, sizeof there) < 0
        || setsockopt(raw, SOL_SOCKET, SO_SNDBUFFORCE, &octets, sizeof octets) < 0) {
        perror("source");
        return 1;
    }
    if (!file) {
        struct mppe keys;
        mppe_init(&keys, key, false);
        make_datagram(datagram, length, from, to, port);
        for (long i = 0; i < packets; i++) make_packet(memory + slot * (size_t)i, (uint32_t)i, datagram, length, &keys);
    }

    struct mmsghdr batch[BATCH] = {0};
    struct iovec parts[BATCH];
    struct window window;
    window_open(&window, snmp, size);
    double begin = 0;
    long before = 0;
    while (window.sent < packets) {
        window_await(&window);
        if (begin == 0 && window.sent >= packets / 4 * 3) {
            begin = seconds();
            before = window_arrived(&window);
        }
        int n = 0;
        for (; n < BATCH && window.sent + n < packets; n++) {
            uint8_t *p = memory + slot * (size_t)(window.sent + n);
            parts[n] = (struct iovec){p + LENGTH, get16(p)};
            batch[n].msg_hdr = (struct msghdr){.msg_iov = parts + n, .msg_iovlen = 1};
        }
        const int sent = sendmmsg(raw, batch, (unsigned)n, 0);
        if (sent < 0 && errno != EAGAIN && errno != ENOBUFS) {
            perror("source");
            return 1;
        }
        if (sent > 0) window.sent += sent;
    }
    window.size = 1;
    window_await(&window); /* for the last */
    printf("%.0f\n", (double)(window_arrived(&window) - before) / (seconds() - begin));
}

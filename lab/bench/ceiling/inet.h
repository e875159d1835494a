/* Headers of IPv4, IPv6, TCP and UDP as the offload of a TUN device needs them. */
#ifndef INET_H
#define INET_H

#include <endian.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static inline unsigned get16(const uint8_t *p) { return (unsigned)p[0] << 8 | p[1]; }
static inline void put16(uint8_t *p, unsigned v) { p[0] = (uint8_t)(v >> 8), p[1] = (uint8_t)v; }
static inline uint32_t get32(const uint8_t *p) { return (uint32_t)get16(p) << 16 | get16(p + 2); }
static inline void put32(uint8_t *p, uint32_t v) { put16(p, v >> 16), put16(p + 2, v & 0xffff); }

/* A ones'-complement sum in the order of this machine; 64 bits wide, carries added (RFC 1071 §2). */
static inline uint64_t sum(const uint8_t *data, int length, uint64_t so_far) {
    uint64_t a = so_far, b = 0, v, w;
    unsigned long long r;
    for (; length >= 16; length -= 16, data += 16) {
        memcpy(&v, data, 8);
        memcpy(&w, data + 8, 8);
        a = __builtin_uaddll_overflow(a, v, &r) ? r + 1 : r;
        b = __builtin_uaddll_overflow(b, w, &r) ? r + 1 : r;
    }
    a = __builtin_uaddll_overflow(a, b, &r) ? r + 1 : r;
    if (length > 0) {
        uint64_t rest[2] = {0, 0};
        memcpy(rest, data, (size_t)length);
        a = __builtin_uaddll_overflow(a, rest[0], &r) ? r + 1 : r;
        a = __builtin_uaddll_overflow(a, rest[1], &r) ? r + 1 : r;
    }
    return a;
}

/* The 16 bits to be stored in memory as they are. */
static inline uint16_t fold(uint64_t s) {
    s = (s >> 32) + (s & 0xffffffff);
    s = (s >> 32) + (s & 0xffffffff);
    s = (s >> 16) + (s & 0xffff);
    s = (s >> 16) + (s & 0xffff);
    return (uint16_t)s;
}

static inline void store_sum(uint8_t *at, uint16_t folded) { memcpy(at, &folded, 2); }

struct headers {
    int ip;        /* octets of the IP header */
    int all;       /* with the TCP or UDP header */
    int protocol;  /* IPPROTO_TCP, IPPROTO_UDP */
    bool v6;
};

/* False for what is neither TCP nor UDP, a fragment, or has extension headers. */
static inline bool parse(const uint8_t *p, int length, struct headers *h) {
    if (length < 28) return false;
    h->v6 = p[0] >> 4 == 6;
    if (h->v6) {
        if (length < 48 || (int)get16(p + 4) + 40 != length) return false;
        h->ip = 40;
        h->protocol = p[6];
    } else {
        h->ip = (p[0] & 15) * 4;
        if (p[0] >> 4 != 4 || h->ip < 20 || (int)get16(p + 2) != length || get16(p + 6) & 0x3fff) return false;
        h->protocol = p[9];
    }
    if (h->protocol == IPPROTO_UDP) {
        h->all = h->ip + 8;
    } else if (h->protocol == IPPROTO_TCP && length >= h->ip + 20) {
        h->all = h->ip + (p[h->ip + 12] >> 4) * 4;
        if (h->all < h->ip + 20) return false;
    } else {
        return false;
    }
    return h->all <= length;
}

static inline int checksum_at(const struct headers *h) { return h->ip + (h->protocol == IPPROTO_TCP ? 16 : 6); }

/* The pseudo-header's part of a checksum. */
static inline uint64_t pseudo_sum(const uint8_t *p, const struct headers *h, int length) {
    uint64_t s = h->v6 ? sum(p + 8, 32, 0) : sum(p + 12, 8, 0);
    return s + htobe16((uint16_t)h->protocol) + (uint64_t)htobe16((uint16_t)(length - h->ip));
}

static inline void set_length(uint8_t *p, const struct headers *h, int length) {
    if (h->v6) {
        put16(p + 4, (unsigned)length - 40);
    } else {
        put16(p + 2, (unsigned)length);
        put16(p + 10, 0);
        store_sum(p + 10, (uint16_t)~fold(sum(p, h->ip, 0)));
    }
}

#endif

/* Super-packets of a TUN device with IFF_VNET_HDR: cut into datagrams on the way out, joined on the way in. */
#ifndef OFFLOAD_H
#define OFFLOAD_H

#include <linux/virtio_net.h>
#include <sys/uio.h>

#include "inet.h"

enum { VNET = 10, FIN_PSH = 0x09, CWR = 0x80, JOINED = 64, LONGEST = 65000 };

/* A super-packet that is being cut. */
struct cutter {
    const uint8_t *packet;
    struct headers h;
    int length, size, offset, piece;
};

static inline bool cutter_begin(struct cutter *c, const uint8_t *packet, int length, int size) {
    *c = (struct cutter){.packet = packet, .length = length, .size = size};
    if (size <= 0 || !parse(packet, length, &c->h)) return false;
    c->offset = c->h.all;
    return true;
}

/* Makes the next datagram, and gives its length; 0 after the last. */
static inline int cutter_next(struct cutter *c, uint8_t *to) {
    int payload = c->length - c->offset;
    if (payload <= 0) return 0;
    if (payload > c->size) payload = c->size;
    const int length = c->h.all + payload;
    memcpy(to, c->packet, (size_t)c->h.all);
    memcpy(to + c->h.all, c->packet + c->offset, (size_t)payload);
    if (!c->h.v6) put16(to + 4, get16(to + 4) + (unsigned)c->piece);
    set_length(to, &c->h, length);
    uint8_t *transport = to + c->h.ip;
    if (c->h.protocol == IPPROTO_TCP) {
        put32(transport + 4, get32(transport + 4) + (uint32_t)(c->offset - c->h.all));
        if (c->offset + payload < c->length) transport[13] &= (uint8_t)~FIN_PSH;
        if (c->piece > 0) transport[13] &= (uint8_t)~CWR;
    } else {
        put16(transport + 4, (unsigned)(length - c->h.ip));
    }
    put16(to + checksum_at(&c->h), 0);
    const uint64_t s = sum(transport, length - c->h.ip, pseudo_sum(to, &c->h, length));
    uint16_t checksum = (uint16_t)~fold(s);
    store_sum(to + checksum_at(&c->h), checksum || c->h.protocol == IPPROTO_TCP ? checksum : 0xffff);
    c->offset += payload;
    c->piece++;
    return length;
}

/* Completes a checksum that the kernel has left to the device. */
static inline bool complete_checksum(uint8_t *packet, int length, const struct virtio_net_hdr *v) {
    const int at = v->csum_start + v->csum_offset;
    if (v->csum_start >= length || at + 2 > length) return false;
    uint16_t checksum = (uint16_t)~fold(sum(packet + v->csum_start, length - v->csum_start, 0));
    store_sum(packet + at, checksum ? checksum : 0xffff);
    return true;
}

/* Segments of one TCP connection that follow each other; the octets stay where they were received. */
struct joiner {
    int tun;
    uint8_t *first;
    struct headers h;
    struct iovec parts[JOINED];
    int count, size, length;
    uint32_t next;
    bool closed;
};

static inline void joiner_flush(struct joiner *j) {
    if (j->count == 0) return;
    struct virtio_net_hdr v = {0};
    uint8_t *p = j->first;
    if (j->count == 1) {
        v.flags = VIRTIO_NET_HDR_F_DATA_VALID;
    } else {
        set_length(p, &j->h, j->length);
        store_sum(p + checksum_at(&j->h), fold(pseudo_sum(p, &j->h, j->length)));
        v.flags = VIRTIO_NET_HDR_F_NEEDS_CSUM;
        v.gso_type = j->h.v6 ? VIRTIO_NET_HDR_GSO_TCPV6 : VIRTIO_NET_HDR_GSO_TCPV4;
        v.hdr_len = (uint16_t)j->h.all;
        v.gso_size = (uint16_t)j->size;
        v.csum_start = (uint16_t)j->h.ip;
        v.csum_offset = 16;
    }
    memcpy(p - VNET, &v, VNET);
    ssize_t unused = writev(j->tun, j->parts, j->count); /* a full queue drops, as a wire would */
    (void)unused;
    j->count = 0;
}

static inline bool continues(const struct joiner *j, const uint8_t *p, const struct headers *h, int payload) {
    const uint8_t *a = j->first, *t = p + h->ip, *u = a + h->ip;
    return j->count > 0 && j->count < JOINED && !j->closed && h->v6 == j->h.v6 && h->ip == j->h.ip && h->all == j->h.all
        && payload <= j->size && j->length + payload <= LONGEST && get32(t + 4) == j->next
        && (h->v6 ? !memcmp(p, a, 4) && !memcmp(p + 7, a + 7, 33) : !memcmp(p, a, 2) && !memcmp(p + 8, a + 8, 1) && !memcmp(p + 12, a + 12, 8))
        && !memcmp(t, u, 4) && !memcmp(t + 8, u + 8, 4) && !memcmp(t + 14, u + 14, 2)
        && !memcmp(t + 18, u + 18, (size_t)(h->all - h->ip - 18));
}

/* Takes a datagram with VNET octets of room before it. */
static inline void joiner_take(struct joiner *j, uint8_t *p, int length) {
    struct headers h;
    const bool tcp = parse(p, length, &h) && h.protocol == IPPROTO_TCP && (h.v6 || (h.ip == 20 && p[6] & 0x40));
    const int payload = tcp ? length - h.all : 0;
    const uint8_t flags = tcp ? p[h.ip + 13] : 0;
    if (payload == 0 || (flags & ~0x08) != 0x10
        || fold(sum(p + h.ip, length - h.ip, pseudo_sum(p, &h, length))) != 0xffff) {
        joiner_flush(j);
        memset(p - VNET, 0, VNET);
        ssize_t unused = write(j->tun, p - VNET, (size_t)length + VNET);
        (void)unused;
        return;
    }
    if (continues(j, p, &h, payload)) {
        j->parts[j->count++] = (struct iovec){p + h.all, (size_t)payload};
        j->length += payload;
        j->first[h.ip + 13] |= flags;
    } else {
        joiner_flush(j);
        j->first = p;
        j->h = h;
        j->parts[0] = (struct iovec){p - VNET, (size_t)length + VNET};
        j->count = 1;
        j->size = payload;
        j->length = length;
        j->closed = false;
    }
    j->next = get32(p + h.ip + 4) + (uint32_t)payload;
    j->closed |= flags & 0x08 || payload < j->size;
}

#endif

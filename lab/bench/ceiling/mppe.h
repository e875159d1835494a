/* MPPE with keys of 128 bits (RFC 3078, RFC 3079) on an RC4 of its own. */
#ifndef MPPE_H
#define MPPE_H

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { KEY = 16, COUNTS = 4096, FLUSHED = 0x80, ENCRYPTED = 0x10, MPPE_HEADER = 2, STREAM = 2048, PAIRED = 256, RUN = 3 };

struct rc4 {
    uint32_t s[256];
    uint32_t x, y;
};

static struct rc4 rc4_identity;

static inline void rc4_key(struct rc4 *r, const uint8_t *key) {
    *r = rc4_identity;
    uint32_t *s = r->s, j = 0;
    for (int i = 0; i < 256; i++) {
        uint32_t v = s[i];
        j = (j + v + key[i % KEY]) & 255;
        s[i] = s[j];
        s[j] = v;
    }
}

/* Two key schedules in one loop: neither waits for the other, so the second is nearly free. */
static inline void rc4_two_keys(struct rc4 *a, const uint8_t *key_a, struct rc4 *b, const uint8_t *key_b) {
    *a = rc4_identity;
    *b = rc4_identity;
    uint32_t *s = a->s, *t = b->s, j = 0, k = 0;
    for (int i = 0; i < 256; i++) {
        uint32_t v = s[i], w = t[i];
        j = (j + v + key_a[i % KEY]) & 255;
        k = (k + w + key_b[i % KEY]) & 255;
        s[i] = s[j];
        s[j] = v;
        t[i] = t[k];
        t[k] = w;
    }
}

#ifdef OUR_FORMS
/*
 * The element of the next step is loaded before the stores of this one, which it then need not wait for. Where it was the
 * second store's, once in 256 times, it is taken from there; the empty instruction keeps gcc from making a conditional
 * move of that branch, which would wait for both.
 */
static inline uint32_t rc4_next(uint32_t *s, uint32_t *x, uint32_t *y, uint32_t *ahead) {
    const uint32_t v = *ahead, next = (*x + 1) & 255;
    *y = (*y + v) & 255;
    const uint32_t w = s[*y];
    *ahead = s[next];
    s[*x] = w;
    s[*y] = v;
    if (__builtin_expect(*y == next, 0)) {
        *ahead = v;
        __asm__ volatile("" : "+r"(*ahead));
    }
    *x = next;
    return s[(v + w) & 255];
}

static inline void rc4_crypt(struct rc4 *r, uint8_t *data, int length) {
    uint32_t *s = r->s, x = (r->x + 1) & 255, y = r->y, ahead = s[x];
    int i = 0;
    for (; i + 8 <= length; i += 8) {
        uint64_t stream = 0, word;
#pragma GCC unroll 8
        for (int octet = 0; octet < 64; octet += 8) stream |= (uint64_t)rc4_next(s, &x, &y, &ahead) << octet;
        memcpy(&word, data + i, 8);
        word ^= stream;
        memcpy(data + i, &word, 8);
    }
    for (; i < length; i++) data[i] ^= (uint8_t)rc4_next(s, &x, &y, &ahead);
    r->x = (x - 1) & 255;
    r->y = y;
}

/* Two key streams in one loop, two octets of each a turn: one fills what the other waits. Both ciphers are at their beginning. */
static inline void rc4_two_streams(struct rc4 *a, struct rc4 *b, uint8_t *stream_a, uint8_t *stream_b, int length) {
    uint32_t *s = a->s, *t = b->s, x = 0, y = 0, z = 0;
    for (int i = 0; i < length; i += 2) {
#pragma GCC unroll 2
        for (int octet = 0; octet < 2; octet++) {
            x = (x + 1) & 255;
            const uint32_t v = s[x], w = t[x];
            y = (y + v) & 255;
            z = (z + w) & 255;
            const uint32_t p = s[y], q = t[z];
            s[x] = p;
            s[y] = v;
            t[x] = q;
            t[z] = w;
            stream_a[i + octet] = (uint8_t)s[(v + p) & 255];
            stream_b[i + octet] = (uint8_t)t[(w + q) & 255];
        }
    }
    a->x = b->x = x;
    a->y = y;
    b->y = z;
}

static inline void apply(const uint8_t *stream, uint8_t *data, int length) {
    int i = 0;
    for (; i + 8 <= length; i += 8) {
        uint64_t word, key;
        memcpy(&word, data + i, 8);
        memcpy(&key, stream + i, 8);
        word ^= key;
        memcpy(data + i, &word, 8);
    }
    for (; i < length; i++) data[i] ^= stream[i];
}
#else
static inline uint32_t rc4_next(uint32_t *s, uint32_t *x, uint32_t *y) {
    *x = (*x + 1) & 255;
    uint32_t v = s[*x];
    *y = (*y + v) & 255;
    uint32_t w = s[*y];
    s[*x] = w;
    s[*y] = v;
    return s[(v + w) & 255];
}

static inline void rc4_crypt(struct rc4 *r, uint8_t *data, int length) {
    uint32_t *s = r->s, x = r->x, y = r->y;
    int i = 0;
    for (; i + 8 <= length; i += 8) {
        uint64_t stream = 0, word;
#pragma GCC unroll 8
        for (int octet = 0; octet < 64; octet += 8) stream |= (uint64_t)rc4_next(s, &x, &y) << octet;
        memcpy(&word, data + i, 8);
        word ^= stream;
        memcpy(data + i, &word, 8);
    }
    for (; i < length; i++) data[i] ^= (uint8_t)rc4_next(s, &x, &y);
    r->x = x;
    r->y = y;
}
#endif

/* One direction. */
struct mppe {
    uint8_t block[2 * SHA_CBLOCK]; /* StartKey, SHApad1, session key, SHApad2, SHA-1's own padding */
    uint8_t key[KEY];              /* stateless: of the count that comes next; stateful: of the count now */
    struct rc4 data, chain;
    unsigned next; /* coherency count */
    bool stateful, flush;
    bool waits; /* receiving: for a packet with the flushed bit */
#ifdef OUR_FORMS
    struct rc4 following;
    uint8_t streams[2][STREAM];
    int last, run; /* the length of the last packets, and of how many of them */
    int ready; /* how much key stream of the next packet is in the second of the streams; its key is passed already */
#endif
};

enum { SESSION_AT = KEY + 40 };

/* GetNewKeyFromSHA (RFC 3079 §3.3): the first 16 octets of a SHA-1. */
static inline void mppe_digest(struct mppe *m, const uint8_t *session, uint8_t *interim) {
    SHA_CTX sha;
    memcpy(m->block + SESSION_AT, session, KEY);
    SHA1_Init(&sha);
    SHA1_Transform(&sha, m->block);
    SHA1_Transform(&sha, m->block + SHA_CBLOCK);
    const uint32_t words[4] = {htobe32(sha.h0), htobe32(sha.h1), htobe32(sha.h2), htobe32(sha.h3)};
    memcpy(interim, words, KEY);
}

/* RFC 3078 §7.3 */
static inline void mppe_change_key(struct mppe *m) {
    uint8_t interim[KEY];
    mppe_digest(m, m->key, interim);
    rc4_key(&m->chain, interim);
    memcpy(m->key, interim, KEY);
    rc4_crypt(&m->chain, m->key, KEY);
}

static inline void mppe_init(struct mppe *m, const uint8_t *start_key, bool stateful) {
    for (int i = 0; i < 256; i++) rc4_identity.s[i] = (uint32_t)i;
    memset(m, 0, sizeof *m);
    memcpy(m->block, start_key, KEY);
    memset(m->block + SESSION_AT + KEY, 0xf2, 40);
    const int octets = SESSION_AT + KEY + 40;
    m->block[octets] = 0x80;
    m->block[sizeof m->block - 2] = (uint8_t)(octets * 8 >> 8);
    m->block[sizeof m->block - 1] = (uint8_t)(octets * 8);
    mppe_digest(m, start_key, m->key);
    m->stateful = m->flush = m->waits = stateful;
    if (stateful)
        rc4_key(&m->data, m->key);
    else
        mppe_change_key(m);
}

/* Begins a key stream with the key, and goes on to the next one. */
static inline void mppe_begin_stateless(struct mppe *m, struct rc4 *cipher) {
    uint8_t interim[KEY];
    mppe_digest(m, m->key, interim);
    rc4_two_keys(cipher, m->key, &m->chain, interim);
    memcpy(m->key, interim, KEY);
    rc4_crypt(&m->chain, m->key, KEY);
}

#ifdef OUR_FORMS
/* Crypts with the key of the count; where packets go on at one length, the next one's key stream is made, too. */
static inline void mppe_crypt_stateless(struct mppe *m, uint8_t *data, int length) {
    m->run = length == m->last ? m->run + (m->run < RUN) : 1;
    m->last = length;
    if (m->ready >= length) {
        apply(m->streams[1], data, length);
        m->ready = 0;
    } else if (m->ready > 0) {
        apply(m->streams[1], data, m->ready);
        rc4_crypt(&m->following, data + m->ready, length - m->ready);
        m->ready = 0;
    } else {
        mppe_begin_stateless(m, &m->data);
        if (m->run == RUN && length >= PAIRED) {
            mppe_begin_stateless(m, &m->following);
            m->ready = (length + 1) & ~1;
            rc4_two_streams(&m->data, &m->following, m->streams[0], m->streams[1], m->ready);
            apply(m->streams[0], data, length);
        } else {
            rc4_crypt(&m->data, data, length);
        }
    }
    m->next = (m->next + 1) % COUNTS;
}

/* The key of the count was not used: its packet is lost. */
static inline void mppe_skip(struct mppe *m) {
    if (m->ready > 0)
        m->ready = 0;
    else
        mppe_change_key(m);
}
#else
/* Crypts with the key of the count, and goes on to the key of the next one. */
static inline void mppe_crypt_stateless(struct mppe *m, uint8_t *data, int length) {
    mppe_begin_stateless(m, &m->data);
    rc4_crypt(&m->data, data, length);
    m->next = (m->next + 1) % COUNTS;
}

static inline void mppe_skip(struct mppe *m) { mppe_change_key(m); }
#endif

static inline bool is_flag_packet(unsigned count) { return count % 256 == 255; }

/* Encrypts in place; data begins with the inner protocol field, behind room for the header. */
static inline void mppe_encrypt(struct mppe *m, uint8_t *header, int length) {
    unsigned bits = FLUSHED | ENCRYPTED, count = m->next;
    if (m->stateful) {
        if (is_flag_packet(count)) mppe_change_key(m);
        if (is_flag_packet(count) || m->flush)
            rc4_key(&m->data, m->key);
        else
            bits = ENCRYPTED;
        m->flush = false;
    }
    header[0] = (uint8_t)(bits | count >> 8);
    header[1] = (uint8_t)count;
    if (m->stateful) {
        rc4_crypt(&m->data, header + MPPE_HEADER, length);
        m->next = (count + 1) % COUNTS;
    } else {
        mppe_crypt_stateless(m, header + MPPE_HEADER, length);
    }
}

/*
 * Decrypts in place. False: it is lost; with stateful keys a Reset-Request has to go out. How many packets GRE has missed
 * tells how often the count has wrapped meanwhile.
 */
static inline bool mppe_decrypt(struct mppe *m, uint8_t *header, int length, uint32_t missed) {
    unsigned count = (unsigned)(header[0] & 15) << 8 | header[1];
    unsigned lost = (count - m->next) % COUNTS;
    if (!(header[0] & ENCRYPTED)) return false;
    if (missed > lost) lost += (missed - lost + COUNTS / 2) / COUNTS * COUNTS;
    if (!m->stateful) {
        for (; lost > 0; lost--) mppe_skip(m);
        m->next = count;
        mppe_crypt_stateless(m, header + MPPE_HEADER, length);
        return true;
    }
    for (; lost > 0; lost--) {
        if (is_flag_packet(m->next)) mppe_change_key(m);
        m->next = (m->next + 1) % COUNTS;
        m->waits = true;
    }
    if (is_flag_packet(count)) mppe_change_key(m);
    m->next = (count + 1) % COUNTS;
    if (header[0] & FLUSHED) {
        rc4_key(&m->data, m->key);
        m->waits = false;
    }
    if (m->waits) return false;
    rc4_crypt(&m->data, header + MPPE_HEADER, length);
    return true;
}

#endif

/* MPPE with keys of 128 bits (RFC 3078, RFC 3079) on an RC4 of its own. */
#ifndef MPPE_H
#define MPPE_H

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { KEY = 16, COUNTS = 4096, FLUSHED = 0x80, ENCRYPTED = 0x10, MPPE_HEADER = 2 };

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

#ifdef LOADED_AHEAD
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

/* Crypts with the key of the count, and goes on to the key of the next one. */
static inline void mppe_crypt_stateless(struct mppe *m, uint8_t *data, int length) {
    uint8_t interim[KEY];
    mppe_digest(m, m->key, interim);
    rc4_two_keys(&m->data, m->key, &m->chain, interim);
    memcpy(m->key, interim, KEY);
    rc4_crypt(&m->chain, m->key, KEY);
    rc4_crypt(&m->data, data, length);
    m->next = (m->next + 1) % COUNTS;
}

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
        for (; lost > 0; lost--) mppe_change_key(m);
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

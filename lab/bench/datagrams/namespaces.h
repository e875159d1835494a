/* A process in two network namespaces: each of its sockets is in the one where it was opened. */
#ifndef NAMESPACES_H
#define NAMESPACES_H

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

__attribute__((noreturn, format(printf, 1, 2))) static inline void die(const char *format, ...) {
    va_list rest;
    va_start(rest, format);
    vprintf(format, rest);
    va_end(rest);
    printf("\n");
    exit(1);
}

static inline void enter(const char *namespace) {
    char path[256];
    snprintf(path, sizeof path, "/run/netns/%s", namespace);
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || setns(fd, CLONE_NEWNET) < 0) die("%s: %s", namespace, strerror(errno));
    close(fd);
}

/* The same octets each time (xorshift64). */
static inline uint64_t scramble(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static inline void fill(uint8_t *at, size_t octets, uint64_t *state) {
    for (size_t i = 0; i < octets; i += 8) {
        const uint64_t word = scramble(state);
        memcpy(at + i, &word, octets - i < 8 ? octets - i : 8);
    }
}

#endif

/* Sending no faster than the far end receives, and how fast that is. */
#ifndef WINDOW_H
#define WINDOW_H

#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

static inline double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static inline void nap(long nanos) {
    const struct timespec t = {0, nanos};
    nanosleep(&t, NULL);
}

struct window {
    int file;   /* /proc/PID/net/snmp of a process in the receiver's namespace; -1 for no window */
    long size;  /* packets on their way at most */
    long before, sent, lost;
};

/* UDP datagrams that have come there, taken or not. */
static inline long window_arrived(const struct window *w) {
    char text[4096];
    long taken, unwanted, refused;
    const ssize_t n = pread(w->file, text, sizeof text - 1, 0);
    text[n > 0 ? n : 0] = 0;
    const char *names = strstr(text, "\nUdp: "), *values = names ? strstr(names + 1, "\nUdp: ") : NULL;
    if (!values || sscanf(values, "\nUdp: %ld %ld %ld", &taken, &unwanted, &refused) != 3) {
        fprintf(stderr, "cannot read the counters of UDP\n");
        exit(1);
    }
    return taken + unwanted + refused - w->before;
}

static inline void window_open(struct window *w, const char *snmp, long size) {
    *w = (struct window){.file = snmp ? open(snmp, O_RDONLY | O_CLOEXEC) : -1, .size = size};
    prctl(PR_SET_TIMERSLACK, 1000UL);
    if (snmp) w->before = window_arrived(w);
}

/* Waits for room. What has not come for so long is lost, and no longer waited for. */
static inline void window_await(struct window *w) {
    const double patience = 0.02;
    if (w->file < 0 || w->sent - w->lost < w->size) return;
    long last = window_arrived(w);
    for (double since = seconds(); w->sent - w->lost - last >= w->size;) {
        nap(30000);
        const long now = window_arrived(w);
        if (now != last) {
            last = now;
            since = seconds();
        } else if (seconds() - since > patience) {
            w->lost = w->sent - last;
        }
    }
}

#endif

/*
 * Sends UDP datagrams as super-packets (UDP_SEGMENT), as fast as it can, or as its options say.
 *
 *   flood [-r PACKETS] [-w SNMP -W PACKETS] ADDRESS PORT PAYLOAD SECONDS
 *
 * -r  packets a second at most; -w, -W  see window.h. Prints how many packets a second arrived, or were sent without -w.
 */
#include "window.h"

#include <arpa/inet.h>
#include <netinet/udp.h>
#include <sys/socket.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

int main(int count, char **arguments) {
    const char *snmp = NULL;
    long rate = 0, size = 0;
    for (int option; (option = getopt(count, arguments, "r:w:W:")) != -1;) {
        switch (option) {
        case 'r': rate = atol(optarg); break;
        case 'w': snmp = optarg; break;
        case 'W': size = atol(optarg); break;
        default: return 2;
        }
    }
    if (count - optind != 4) return 2;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(arguments[optind + 1]))};
    const int payload = atoi(arguments[optind + 2]), s = socket(AF_INET, SOCK_DGRAM, 0), octets = 4 << 20;
    const double length = atof(arguments[optind + 3]);
    int burst = 60000 / payload < 45 ? 60000 / payload : 45;
    if (rate > 0 && burst > 8) burst = 8;
    if (inet_pton(AF_INET, arguments[optind], &to.sin_addr) != 1 || connect(s, (struct sockaddr *)&to, sizeof to) < 0
        || setsockopt(s, SOL_SOCKET, SO_SNDBUFFORCE, &octets, sizeof octets) < 0
        || setsockopt(s, IPPROTO_UDP, UDP_SEGMENT, &payload, sizeof payload) < 0) {
        perror("flood");
        return 1;
    }
    static char data[65536];
    struct window window;
    window_open(&window, snmp, size);
    const double begin = seconds();
    double now = begin;
    for (; now - begin < length; now = seconds()) {
        if (rate > 0 && (double)window.sent > (now - begin) * (double)rate) {
            nap(20000);
            continue;
        }
        window_await(&window);
        if (send(s, data, (size_t)(payload * burst), 0) > 0) window.sent += burst;
    }
    printf("%.0f\n", (double)(snmp ? window_arrived(&window) : window.sent) / (now - begin));
}

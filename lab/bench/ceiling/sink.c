/* Binds a UDP port and takes nothing from it: what arrives is counted by the kernel and dropped.  sink PORT */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int count, char **arguments) {
    if (count != 2) return 2;
    const struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(arguments[1]))};
    const int s = socket(AF_INET, SOCK_DGRAM, 0), octets = 1;
    if (setsockopt(s, SOL_SOCKET, SO_RCVBUF, &octets, sizeof octets) < 0
        || bind(s, (const struct sockaddr *)&here, sizeof here) < 0) {
        perror("sink");
        return 1;
    }
    pause();
}

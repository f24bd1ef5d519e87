/*
 * probe: sends one numbered graphite line every PERIOD over TCP to a relay that sends it back to the port that the probe
 * listens on, and prints for each what became of it: the seconds from the start to its sending, and the milliseconds until it
 * was back (-1: it never was). A thread that is busy for long in the relay is seen as lines that come back late.
 *
 *   probe -t IN_PORT -l BACK_PORT [-n LINES] [-p PERIOD_US]
 *
 * The clock is CLOCK_MONOTONIC, and the first line printed has its reading at the start.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define KEY "probe.line "
#define PEERS 64
static long count = 10000, period_us = 1000;
static double *sent, *back;
static struct peer { int fd; size_t kept; char text[4096]; } peers[PEERS];
static int npeers;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static int tcp(int port, int listening) {
    int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (listening ? bind(fd, (void *)&a, sizeof a) || listen(fd, PEERS) : connect(fd, (void *)&a, sizeof a)) {
        perror(listening ? "bind" : "connect");
        exit(1);
    }
    if (!listening) setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}

/* notes each whole line that is there as come back now; 0 when the connection has ended */
static int take(struct peer *p) {
    ssize_t got = read(p->fd, p->text + p->kept, sizeof p->text - 1 - p->kept);
    if (got <= 0) return got < 0 && (errno == EAGAIN || errno == EINTR);
    double at = now();
    char *start = p->text, *end = p->text + p->kept + got, *nl;
    for (; (nl = memchr(start, '\n', end - start)); start = nl + 1) {
        *nl = 0;
        long n = strncmp(start, KEY, strlen(KEY)) ? -1 : atol(start + strlen(KEY));
        if (n >= 0 && n < count && !back[n]) back[n] = at;
    }
    p->kept = end - start < (long)sizeof p->text / 2 ? end - start : 0;
    memmove(p->text, start, p->kept);
    return 1;
}

/* takes what comes back until then */
static void take_until(int door, double then) {
    struct pollfd fds[PEERS + 1];
    for (double left; (left = then - now()) > 0;) {
        fds[0] = (struct pollfd){.fd = npeers < PEERS ? door : -1, .events = POLLIN};
        for (int i = 0; i < npeers; i++) fds[i + 1] = (struct pollfd){.fd = peers[i].fd, .events = POLLIN};
        struct timespec wait = {(time_t)left, (long)((left - (time_t)left) * 1e9)};
        if (ppoll(fds, npeers + 1, &wait, NULL) <= 0) continue;
        for (int i = npeers - 1; i >= 0; i--)
            if (fds[i + 1].revents && !take(&peers[i])) {
                close(peers[i].fd);
                peers[i] = peers[--npeers];
            }
        if (fds[0].revents) {
            peers[npeers] = (struct peer){.fd = accept4(door, NULL, NULL, SOCK_NONBLOCK)};
            if (peers[npeers].fd >= 0) npeers++;
        }
    }
}

int main(int argc, char **argv) {
    int in = 0, out = 0;
    for (int o; (o = getopt(argc, argv, "t:l:n:p:")) != -1;)
        switch (o) {
        case 't': in = atoi(optarg); break;
        case 'l': out = atoi(optarg); break;
        case 'n': count = atol(optarg); break;
        case 'p': period_us = atol(optarg); break;
        default: return 2;
        }
    sent = calloc(count, sizeof *sent);
    back = calloc(count, sizeof *back);
    int door = tcp(out, 1);
    fprintf(stderr, "listening\n");
    take_until(door, now() + 2);        /* the relay finds its way here */
    int fd = tcp(in, 0);
    double begun = now();
    for (long n = 0; n < count; n++) {
        char line[64];
        take_until(door, begun + n * period_us / 1e6);
        int size = snprintf(line, sizeof line, KEY "%ld %ld\n", n, (long)time(NULL));
        sent[n] = now();
        if (send(fd, line, size, MSG_NOSIGNAL) != size) { perror("send"); return 1; }
    }
    take_until(door, now() + 3);
    printf("%.6f\n", begun);
    for (long n = 0; n < count; n++) printf("%.6f %.3f\n", sent[n] - begun, back[n] ? (back[n] - sent[n]) * 1e3 : -1);
    return 0;
}

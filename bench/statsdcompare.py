#!/usr/bin/env python3
"""Holds Cadenza's statsd against node's on lines and configurations made at random: what both flush has to be the same text.

For each configuration both are started afresh and sent the same datagrams, some intervals long, each time soon after a flush, so
that all falls into one interval; idle keys are deleted, so that only what was sent is flushed. The lines are such as clients send,
and such as none should: odd numbers, types, rates and names, missing parts, several values in a line.

Left out is what docs/migrate/statsd.md tells as different: infinite values and rates of 0, empty names, what ends node's process
(names of prototypes, rates like @+1), dogstatsd's forms, fractional percentiles with calculatedTimerMetrics, percentiles from the
top that cover every sample; and types that only blanks behind them hide from node's check of values. Of what servers tell about
themselves the times are left out.

  statsdcompare.py --node DIR [--jar JAR] [--seed N] [--configurations N] [--intervals N] [--lines N]

The DIR of --node holds what `npm install statsd` made of it. Prints a line for each configuration and what differs; the exit code
is 1 when anything does.
"""
import argparse
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time

from idle import free_ports, stop, wait_listening

FLUSH = 1  # seconds
MOST = 12  # lines of a datagram
TIMES = ("graphiteStats.", "processing_time", "timestamp_lag")

NAMES = [f"k{i % 4}.x{i}" for i in range(12)] + [
    "a b/c", "we$ird.n(a)me", "UPPER.case", "uni\u00e9.x", "dots..x", ".lead", "trail.", "a-b_c", "k1", "k\tt", "x;y=z", "a=b",
    "packets_received", "%41", "a*b", "q,w"]
ODD_VALUES = [
    "1", "2", "3.5", "-4", "+7", "0", "-0", "1e3", "1e-7", "123456789012", "0.1", ".5", "5.", "", "abc", "0x10", "0b11", "0o17", " 5",
    "5 ", "NaN", "1_000", "1,5", "--1", "+-1", "1e", "e1", "9007199254740993", "0.30000000000000004", "1e21", "1e-5", "true", "null",
    "12abc", "00012", "1.5.2", "\t7", "+", "-", "+.5", "-0.0"]
TYPES = ["c", "c", "ms", "ms", "g", "g", "s", "", "x", "C", "m", "cc", " c", "c "]
RATES = ["0.1", "0.5", "1", "-1", "abc", "", "1e-3", ".2", "2", "0.5 ", "0.1x"]
BROKEN = ["{0}", "{0}:", "|", ":", "{0}:1", "{0}|c", "{0}:1|", "", " ", "{0}:1|c|", "{0}:1|c||", "{0}:1|c|0.1", "{0}:1|c|@"]


def some_line(r):
    name, kind = r.choice(NAMES), r.choice(TYPES)
    if r.random() < 0.03:
        return r.choice(BROKEN).format(name)
    if kind == "s" and r.random() < 0.5:
        value = r.choice([f"u{r.randint(0, 9)}", "some text", "\u00e9", "a/b"])
    elif r.random() < 0.5:
        value = r.choice(ODD_VALUES)
    else:
        value = r.choice([str(r.randint(-1000, 1000)), f"{r.uniform(-50, 500):.3f}", str(r.randint(0, 400))])
    rate = f"|@{r.choice(RATES)}" if r.random() < 0.25 else ""
    more = f":{r.randint(0, 99)}|{r.choice(['c', 'ms', 'g'])}" if r.random() < 0.08 else ""
    return f"{name}:{value}|{kind}{rate}{more}"


def datagrams(r, lines):
    packed, rest = [], [some_line(r) for _ in range(lines)]
    while rest:
        some = r.randint(1, MOST)
        packed.append("\n".join(rest[:some]).encode())
        rest = rest[some:]
    return packed


def some_configuration(r):
    """Of node statsd, as its config.js has it."""
    chosen = {
        "percentThreshold": r.choice([[90], [50, 90, 99], [-10, 90], [99.9, -50], [0, 100], []]),
        "deleteIdleStats": True,
        "flush_counts": r.random() < 0.8,
        "keyNameSanitize": r.random() < 0.7,
        "prefixStats": r.choice(["statsd", "me"]),
        "histogram": r.choice([[], [{"metric": "", "bins": [10, 100, 500, "inf"]}],
                               [{"metric": "k1", "bins": []}, {"metric": "k", "bins": [1, 2.5, 300]}]]),
        "graphite": {
            "legacyNamespace": r.random() < 0.5, "globalPrefix": r.choice(["stats", "gp", ""]),
            "prefixCounter": r.choice(["counters", "cc"]), "prefixTimer": r.choice(["timers", "tt"]),
            "prefixGauge": r.choice(["gauges", ""]), "prefixSet": r.choice(["sets", "ss"])},
    }
    if r.random() < 0.5:  # With an empty one node ends each name in a dot.
        chosen["graphite"]["globalSuffix"] = "suf"
    if r.random() < 0.5 and 99.9 not in chosen["percentThreshold"]:
        chosen["calculatedTimerMetrics"] = r.choice([["count", "upper_percent", "median"],
                                                     ["histogram", "std", "sum_squares_percent", "mean_percent", "count_ps"]])
    return chosen


#: node's name of a setting -> Cadenza's
ALIKE = {
    "percentThreshold": "percentiles", "deleteIdleStats": "delete-idle-stats", "flush_counts": "flush-counts",
    "keyNameSanitize": "key-name-sanitize", "prefixStats": "prefix-stats", "histogram": "histogram",
    "calculatedTimerMetrics": "calculated-timer-metrics", "legacyNamespace": "legacy-namespace", "globalPrefix": "global-prefix",
    "globalSuffix": "global-suffix", "prefixCounter": "prefix-counter", "prefixTimer": "prefix-timer",
    "prefixGauge": "prefix-gauge", "prefixSet": "prefix-set"}


class Sink(threading.Thread):
    """Keeps the lines that come."""

    def __init__(self):
        super().__init__(daemon=True)
        self.server, self.lines = socket.create_server(("127.0.0.1", 0)), []
        self.port = self.server.getsockname()[1]
        self.start()

    def run(self):
        while True:
            threading.Thread(target=self.read, args=self.server.accept()[:1], daemon=True).start()

    def read(self, connection):
        with connection, connection.makefile("rb") as f:
            for line in f:
                self.lines.append(line)

    def flush(self):
        """Waits for the next flush; answers its lines."""
        begun = time.monotonic()
        self.lines.clear()
        while not self.lines:
            if time.monotonic() - begun > 10 * FLUSH:
                raise RuntimeError("no flush came")
            time.sleep(0.002)
        seen = 0
        while seen != len(self.lines):
            seen = len(self.lines)
            time.sleep(0.1 * FLUSH)
        return list(self.lines)


class Server:
    def __init__(self, folder, port, ports, argv):
        self.sink, self.port, self.argv, self.ports, self.folder, self.proc = Sink(), port, argv, ports, folder, None

    def start(self):
        with open(os.path.join(self.folder, "log"), "ab") as log:
            self.proc = subprocess.Popen(self.argv, stdout=log, stderr=log)
        wait_listening(self.proc, self.ports, 30)

    def interval(self, packets):
        """What it flushes of these: name -> values."""
        self.sink.flush()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            for packet in packets:
                sender.sendto(packet, ("127.0.0.1", self.port))
        flushed = {}
        for line in self.sink.flush():
            name, value, _ = line.decode().rsplit(" ", 2)
            if not any(t in name for t in TIMES):
                flushed.setdefault(name, []).append(value)
        if self.proc.poll() is not None:
            raise RuntimeError(f"{self.argv[0]} ended with {self.proc.returncode}")
        return flushed


def node(folder, opts, chosen):
    port, management = free_ports(2)
    path = os.path.join(folder, "config.js")
    server = Server(folder, port, [management],
                    [opts.node_binary, os.path.join(opts.node, "node_modules/statsd/stats.js"), path])
    with open(path, "w") as f:
        json.dump({"servers": [{"server": "./servers/udp", "address": "127.0.0.1", "port": port}], "backends": ["./backends/graphite"],
                   "graphiteHost": "127.0.0.1", "graphitePort": server.sink.port, "flushInterval": FLUSH * 1000,
                   "mgmt_address": "127.0.0.1", "mgmt_port": management, **chosen}, f)
    return server


def cadenza(folder, opts, chosen):
    port, admin, shell = free_ports(3)
    path = os.path.join(folder, "cadenza.conf")
    server = Server(folder, port, [admin], [opts.java, "-Xmx256m", "-jar", opts.jar, "run", "-c", path])
    flat = {**chosen, **chosen["graphite"]}
    settings = {ALIKE[name]: value for name, value in flat.items() if name in ALIKE}
    with open(path, "w") as f:
        json.dump({
            "listeners": {"in": {"url": f"udp://127.0.0.1:{port}", "format": "statsd", "into": "stats"}},
            "pipelines": {"stats": {"accumulate": {"format": "statsd", "flush": f"{FLUSH}s", "into": "out", **settings}}},
            "clusters": {"out": {"policy": "all", "destinations": [f"tcp://127.0.0.1:{server.sink.port}"]}},
            "admin": {"listen": f"127.0.0.1:{admin}"}, "shell": {"listen": f"127.0.0.1:{shell}"}}, f)
    return server


def compare(seed, opts):
    """Prints how they did on one configuration; answers whether they did the same."""
    r = random.Random(seed)
    chosen = some_configuration(r)
    rounds = [datagrams(r, opts.lines) for _ in range(opts.intervals)]
    names, differ = 0, []
    with tempfile.TemporaryDirectory(prefix="statsdcompare-") as folder:
        servers = [node(folder, opts, chosen), cadenza(folder, opts, chosen)]
        try:
            for server in servers:
                server.start()
            for packets in rounds:
                theirs, ours = (server.interval(packets) for server in servers)
                names += len(theirs)
                differ += [f"    {name}: node {theirs.get(name)}, cadenza {ours.get(name)}"
                           for name in sorted(theirs | ours) if theirs.get(name) != ours.get(name)]
        finally:
            for server in servers:
                if server.proc:
                    stop(server.proc)
    print(f"seed {seed}: {names} names flushed, {len(differ)} differ", *([json.dumps(chosen)] + differ[:opts.show] if differ else []), sep="\n",
          flush=True)
    return not differ


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--node", required=True, help="where npm install statsd was run")
    p.add_argument("--node-binary", default="node")
    p.add_argument("--jar", default="target/cadenza.jar")
    p.add_argument("--java", default="java")
    p.add_argument("--seed", type=int, default=1, help="of the first configuration; the others follow")
    p.add_argument("--configurations", type=int, default=20)
    p.add_argument("--intervals", type=int, default=3)
    p.add_argument("--lines", type=int, default=150, help="an interval")
    p.add_argument("--show", type=int, default=20, help="differences that are printed of a configuration")
    opts = p.parse_args()
    same = [compare(opts.seed + i, opts) for i in range(opts.configurations)]
    print(f"{sum(same)} of {len(same)} configurations without a difference")
    sys.exit(0 if all(same) else 1)


if __name__ == "__main__":
    main()

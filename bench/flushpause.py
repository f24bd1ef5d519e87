#!/usr/bin/env python3
"""Shows how long Cadenza's intake stands still while an accumulator flushes: a histogram, and 1 as exit code above the bound.

The jar runs with one event loop. On it are a statsd listener, its accumulator, and beside them a listener whose lines are sent
straight back to the probe (probe.c), which sends one every millisecond and notes when it is back: whatever keeps the loop busy
is seen as lines that are late, as senders see it. In each interval all keys get values, soon after a flush.

A line belongs to a flush when it was sent from a second before the first flushed line arrived at the sink until the last one
did; to the load when it was sent while the values were; to the rest otherwise. What the machine itself does is in all three.

  flushpause.py --bin DIR [--jar JAR] [--keys N] [--lines N] [--flushes N] [--most MS] [--json OUT]
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time

from idle import free_ports, stop, wait_listening
from relaybench import counts_at
from statsdbench import NODE_NAMES, until_still, wrong_sums

CONFIG = """listeners {{
  stats {{ url = "tcp://127.0.0.1:{0}", format = statsd, into = stats }}
  probe {{ url = "tcp://127.0.0.1:{1}", format = graphite, into = probes }}
}}
pipelines {{
  stats {{ accumulate {{ format = statsd, flush = {5}s, percentiles = [90], into = out }} }}
  probes {{ routes = [ {{ to = [back] }} ] }}
}}
clusters {{
  out {{ policy = all, destinations = ["tcp://127.0.0.1:{2}"] }}
  back {{ policy = all, destinations = [ {{ url = "tcp://127.0.0.1:{3}", reconnect-max = 500ms }} ] }}
}}
admin {{ listen = "127.0.0.1:{4}" }}
instances = 1
"""
STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]


class Flushes(threading.Thread):
    """Notes when flushed lines arrive at the sink: (first, last) of each flush, in seconds of the monotonic clock."""

    def __init__(self, control):
        super().__init__(daemon=True)
        self.control, self.seen, self.over = control, [], threading.Event()

    def run(self):
        lines = counts_at(self.control)["lines"]
        while not self.over.wait(0.02):
            now, at = counts_at(self.control), time.monotonic()
            if now["lines"] != lines:
                lines = now["lines"]
                if self.seen and at - self.seen[-1][1] < 0.7:
                    self.seen[-1] = (self.seen[-1][0], now["last"])
                else:
                    self.seen.append((at, now["last"]))


def load(opts, port):
    """Gives every key values; answers from when to when, and what was sent."""
    begun = time.monotonic()
    out = subprocess.run([f"{opts.bin}/loadgen", "-t", f"127.0.0.1:{port}", "-f", "statsd", "-k", str(opts.keys), "-n", str(opts.lines),
                          "-v", str(max(1, opts.lines // opts.keys)), "-c", "4", "-r", str(opts.rate)], capture_output=True, text=True, check=True)
    return (begun, time.monotonic()), json.loads(out.stdout)


def one_interval(opts, port, control):
    """Load, then the flush of it; answers when the load was, and what the flush got wrong."""
    before = counts_at(control)
    span, sent = load(opts, port)
    lines = until_still(lambda: counts_at(control)["lines"], 0.7, 60)
    end = time.monotonic() + 2 * opts.interval + 20
    while counts_at(control)["lines"] == lines:
        if time.monotonic() > end:
            sys.exit("no flush came")
        time.sleep(0.02)
    until_still(lambda: counts_at(control)["lines"], 0.7, 60)
    after = counts_at(control)
    got = [{part: b[part] - a[part] for part in b} for a, b in zip(before["sums"], after["sums"])]
    return span, after["lines"] - before["lines"], wrong_sums(sent, got)


def sort_out(begun, rows, loads, flushes):
    """The times of the probe's lines by what went on when they were sent."""
    parts = {"flush": [], "load": [], "rest": []}
    for at, took in rows:
        sent = begun + at
        if any(first - 1 <= sent <= last for first, last in flushes):
            parts["flush"].append(took)
        elif any(first <= sent <= last + 0.2 for first, last in loads):
            parts["load"].append(took)
        else:
            parts["rest"].append(took)
    return parts


def histogram(times):
    """How many of the times are at most each step, and above the one before; the last: above all."""
    counts = [0] * (len(STEPS) + 1)
    for took in times:
        counts[next((i for i, step in enumerate(STEPS) if took <= step), len(STEPS))] += 1
    return counts


def summary(times):
    back = sorted(t for t in times if t >= 0)
    if not back:
        return {"lines": len(times), "lost": len(times)}
    return {"lines": len(times), "lost": len(times) - len(back), "histogram": histogram(back), "median_ms": back[len(back) // 2],
            "p99_ms": back[len(back) * 99 // 100], "max_ms": back[-1]}


def tell(parts):
    print(f"{'ms':>12} " + " ".join(f"{name:>8}" for name in parts))
    for i in range(len(STEPS) + 1):
        label = f"to {STEPS[i]}" if i < len(STEPS) else f"over {STEPS[-1]}"
        print(f"{label:>12} " + " ".join(f"{part.get('histogram', [0] * (len(STEPS) + 1))[i]:8}" for part in parts.values()))
    for figure, label in (("lost", "not back"), ("median_ms", "median"), ("p99_ms", "99 %"), ("max_ms", "longest")):
        print(f"{label:>12} " + " ".join(f"{part.get(figure, '-'):>8}" for part in parts.values()))


def run(opts, ports):
    stats, probe_in, _, probe_back, _, control = ports
    for _ in range(opts.warmup):
        one_interval(opts, stats, control)
    seconds = opts.flushes * opts.interval
    probe = subprocess.Popen([f"{opts.bin}/probe", "-t", str(probe_in), "-l", str(probe_back), "-n", str(seconds * 1000)],
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    lines, watch = [], Flushes(control)
    reader = threading.Thread(target=lambda: lines.extend(probe.stdout), daemon=True)
    reader.start()
    watch.start()
    loads, out_lines, wrong = [], 0, set()
    try:
        while probe.poll() is None:
            span, flushed, bad = one_interval(opts, stats, control)
            loads.append(span)
            out_lines = max(out_lines, flushed)
            wrong.update(bad)
    finally:
        watch.over.set()
        probe.kill()
        probe.wait()
    reader.join()
    rows = [tuple(map(float, line.split())) for line in lines[1:]]
    parts = {name: summary(times) for name, times in sort_out(float(lines[0]), rows, loads, watch.seen).items()}
    return {"keys": opts.keys, "lines": opts.lines, "flushes": len(watch.seen), "out_lines": out_lines, "wrong": sorted(wrong), "parts": parts}


def options():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--bin", required=True, help="where loadgen, sink and probe are")
    p.add_argument("--jar", default="target/cadenza.jar")
    p.add_argument("--java", default="java")
    p.add_argument("--java-option", action="append", default=[])
    p.add_argument("--keys", type=int, default=100_000)
    p.add_argument("--lines", type=int, default=1_000_000, help="in an interval")
    p.add_argument("--rate", type=int, default=500_000, help="at which they are sent, a second; 0: as fast as they are taken")
    p.add_argument("--interval", type=int, default=10, help="seconds from flush to flush")
    p.add_argument("--warmup", type=int, default=3, help="intervals before the probe is sent")
    p.add_argument("--flushes", type=int, default=5, help="intervals with the probe")
    p.add_argument("--most", type=float, default=50, help="milliseconds that a line sent during a flush may take")
    p.add_argument("--json")
    return p.parse_args()


def main():
    opts = options()
    ports = free_ports(6)
    with tempfile.TemporaryDirectory(prefix="flushpause-") as folder, open(os.path.join(folder, "log"), "w+b") as log:
        conf = os.path.join(folder, "cadenza.conf")
        with open(conf, "w") as f:
            f.write(CONFIG.format(*ports[:5], opts.interval))
        sink = subprocess.Popen([f"{opts.bin}/sink", "-l", str(ports[2]), "-C", str(ports[5]), "-s", ",".join(NODE_NAMES)])
        jar = subprocess.Popen([opts.java, "-Xmx512m", *opts.java_option, "-jar", os.path.abspath(opts.jar), "run", "-c", conf],
                               stdout=log, stderr=log, cwd=folder)
        try:
            wait_listening(jar, [*ports[:2], ports[5]], 60)
            result = run(opts, ports)
        except SystemExit:
            log.seek(0)
            sys.stderr.write(log.read().decode(errors="replace"))
            raise
        finally:
            stop(jar)
            stop(sink)
    print(f"{result['keys']} keys, {result['lines']} lines an interval, {result['flushes']} flushes of up to {result['out_lines']} lines"
          f"{', WRONG: ' + ', '.join(result['wrong']) if result['wrong'] else ', sums exact'}")
    print("milliseconds until a line sent every millisecond was back, by what went on:")
    tell(result["parts"])
    if opts.json:
        with open(opts.json, "w") as f:
            json.dump(result, f, indent=1)
    during = result["parts"]["flush"]
    lost = any(part["lost"] for part in result["parts"].values())
    if result["wrong"] or lost or not during["lines"] or during["max_ms"] > opts.most:
        sys.exit(1)


if __name__ == "__main__":
    main()

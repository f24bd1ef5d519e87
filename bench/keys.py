#!/usr/bin/env python3
"""Measures what a million live statsd keys cost Cadenza, and checks that all of them come out. Prints one JSON object for each
flush, and exits with 1 when what was flushed is not what was sent.

  take_s, flush_s      seconds until all lines were taken, and from the first flushed line to the last one
  take_cpu_us          CPU time for each line taken; flush_cpu_us: for each line flushed
  rss_mb, heap_mb      the resident set and the heap used after the flush, live_mb: what of it a full collection leaves (with jcmd)
  wrong                which sums are not those of what was sent: counters, timers, gauges, sets; they cover every key

Keys are counters, timers, gauges and sets, as loadgen makes them, with two values each in an interval.

  keys.py --bin DIR [--jar JAR] [--keys N] [--heap 1g] [--flushes N] [--interval S]
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

from idle import free_ports, rss_mb, stop, wait_listening
from relaybench import counts_at
from statsdbench import NODE_NAMES, cpu_seconds, until_idle, until_still, wrong_sums

VALUES = 2
CONFIG = """listeners {{ in {{ url = "tcp://127.0.0.1:{0}", format = statsd, into = stats }} }}
pipelines {{ stats {{ accumulate {{
  format = statsd, flush = {3}s, percentiles = [90], into = out, max-keys = {4}, max-key-bytes = {5}
}} }} }}
clusters {{ out {{ policy = all, destinations = ["tcp://127.0.0.1:{1}"] }} }}
admin {{ listen = "127.0.0.1:{2}" }}
"""


def heap_mb(admin):
    with urllib.request.urlopen(f"http://127.0.0.1:{admin}/stats", timeout=30) as answer:
        return json.load(answer)["process"]["heap-bytes"] / 2**20


def live_mb(pid):
    """The heap used after a full collection; None where jcmd is not."""
    if not shutil.which("jcmd"):
        return None
    subprocess.run(["jcmd", str(pid), "GC.run"], check=True, stdout=subprocess.DEVNULL)
    told = subprocess.run(["jcmd", str(pid), "GC.heap_info"], check=True, capture_output=True, text=True).stdout
    return sum(int(kib) for kib in re.findall(r"(?:heap|generation) .*?used (\d+)K", told)) / 1024


def await_flush(control, lines_before, interval):
    """Waits for the next flush to begin and to end; answers when its first line came."""
    end = time.monotonic() + 2 * interval + 20
    while counts_at(control)["lines"] == lines_before:
        if time.monotonic() > end:
            sys.exit("no flush came")
        time.sleep(0.02)
    begun = time.monotonic()
    until_still(lambda: counts_at(control)["lines"], 2, 300)
    return begun


def one_flush(opts, pid, port, control, admin):
    before, cpu = counts_at(control), cpu_seconds(pid)
    out = subprocess.run([f"{opts.bin}/loadgen", "-t", f"127.0.0.1:{port}", "-f", "statsd", "-k", str(opts.keys),
                          "-n", str(opts.keys * VALUES), "-v", str(VALUES), "-c", "4"], capture_output=True, text=True, check=True)
    sent = json.loads(out.stdout)
    until_idle(pid)
    taken, taken_cpu = counts_at(control), cpu_seconds(pid)
    begun = await_flush(control, taken["lines"], opts.interval)
    after, rss, heap = counts_at(control), rss_mb(pid), heap_mb(admin)
    flushed = after["lines"] - before["lines"]
    got = [{part: b[part] - a[part] for part in b} for a, b in zip(before["sums"], after["sums"])]
    live = live_mb(pid)
    return {
        "keys": opts.keys, "lines": sent["lines"], "flushed_lines": flushed, "in_one_flush": got[0]["lines"] == 1,
        "take_s": sent["seconds"], "take_cpu_us": round((taken_cpu - cpu) / sent["lines"] * 1e6, 3),
        "flush_s": round(after["last"] - begun, 3), "flush_cpu_us": round((cpu_seconds(pid) - taken_cpu) / max(1, flushed) * 1e6, 3),
        "rss_mb": round(rss), "heap_mb": round(heap), "live_mb": live and round(live), "wrong": wrong_sums(sent, got),
    }


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--bin", required=True, help="where loadgen and sink are")
    p.add_argument("--jar", default="target/cadenza.jar")
    p.add_argument("--java", default="java")
    p.add_argument("--heap", default="1g")
    p.add_argument("--keys", type=int, default=1_000_000)
    p.add_argument("--flushes", type=int, default=2)
    p.add_argument("--interval", type=int, default=20, help="seconds from flush to flush; all keys have to come in within one")
    opts = p.parse_args()
    port, sink_port, admin, control = free_ports(4)
    right = True
    with tempfile.TemporaryDirectory(prefix="keys-") as folder, open(os.path.join(folder, "log"), "w+b") as log:
        conf = os.path.join(folder, "cadenza.conf")
        with open(conf, "w") as f:
            f.write(CONFIG.format(port, sink_port, admin, opts.interval, opts.keys + 1000, opts.keys * 256 + 2**20))
        sink = subprocess.Popen([f"{opts.bin}/sink", "-l", str(sink_port), "-C", str(control), "-s", ",".join(NODE_NAMES)])
        jar = subprocess.Popen([opts.java, f"-Xmx{opts.heap}", "-jar", os.path.abspath(opts.jar), "run", "-c", conf],
                               stdout=log, stderr=log, cwd=folder)
        try:
            wait_listening(jar, [port, control, admin], 60)
            await_flush(control, 0, opts.interval)
            for _ in range(opts.flushes):
                row = one_flush(opts, jar.pid, port, control, admin)
                print(json.dumps(row), flush=True)
                right = right and row["in_one_flush"] and not row["wrong"]
        except SystemExit:
            log.seek(0)
            sys.stderr.write(log.read().decode(errors="replace"))
            raise
        finally:
            stop(jar)
            stop(sink)
    if not right:
        sys.exit(1)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Measures what it costs to keep points in whisper files, beside Debian's carbon-cache: the same lines, in one run, on the same
disk, files of the same layout.

Lines come in over TCP on port 22003. Each server has a folder of its own. Scenarios, in this order, as the first makes the files:

  create  no file is there; twenty points of each key, in a row (a quarter of other keys for each round of warming up)
  twenty  twenty new points of each key in a row, so that most updates of a file have all of them
  one     one new point of each key

Figures, for each server and scenario, the median of the rounds (create has one):
  cpu us/point  user+system time of the server, from the first line until it rests again, for each point: the one to compare
  seconds       from the first line until it rests
  rss MB        its largest resident set

After each round a sample of the files is read: it is not over before all points are there. Last comes a line for each scenario with
Cadenza's CPU for a point as a part of carbon-cache's, beside the budget.

  whisperbench.py [--jar JAR] [--keys N] [--rounds N] [--warmup N] [--retentions 10s:6h,1m:7d] [--folder DIR] [--servers a,b]
                  [--scenarios x,y] [--budget] [--java JAVA] [--jvm-options X] [--json FILE]

Needs `apt-get install graphite-carbon`, and as many files as the kernel lets a folder have. The rounds of warming up, for both, are
not counted.
"""
import argparse
import json
import os
import random
import shutil
import signal
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import time

from relaybench import alive_or_fail, only_run, rss_mb, wait_port

IN = 22003
ADMIN = 23099
SAMPLE = 500

#: scenario -> points of a key in a round
SCENARIOS = {"create": 20, "twenty": 20, "one": 1}

#: What part of carbon-cache's CPU for a point Cadenza's may be.
BUDGETS = {"create": 1 / 3, "twenty": 1 / 4, "one": 1 / 4}


class CarbonCache:
    """Debian's carbon-cache with no bound on what it writes or makes, and without its own metrics."""
    name = "carbon-cache"

    def start(self, folder, data, retentions):
        with open(f"{folder}/storage-schemas.conf", "w") as f:
            f.write(f"[all]\npattern = .*\nretentions = {retentions}\n")
        with open(f"{folder}/carbon.conf", "w") as f:
            f.write(f"""[cache]
STORAGE_DIR = {folder}/
LOCAL_DATA_DIR = {data}/
CONF_DIR = {folder}/
LOG_DIR = {folder}/
PID_DIR = {folder}/
USER =
MAX_CACHE_SIZE = inf
MAX_UPDATES_PER_SECOND = inf
MAX_CREATES_PER_MINUTE = inf
LINE_RECEIVER_INTERFACE = 127.0.0.1
LINE_RECEIVER_PORT = {IN}
PICKLE_RECEIVER_PORT = 0
CACHE_QUERY_INTERFACE = 127.0.0.1
CACHE_QUERY_PORT = 0
LOG_UPDATES = False
LOG_CREATES = False
LOG_CACHE_HITS = False
LOG_CACHE_QUEUE_SORTS = False
WHISPER_SPARSE_CREATE = True
WHISPER_FALLOCATE_CREATE = False
CARBON_METRIC_INTERVAL = 0
ENABLE_TAGS = False
""")
        return ["/usr/bin/carbon-cache", f"--config={folder}/carbon.conf", f"--logdir={folder}", f"--pidfile={folder}/pid", "--nodaemon",
                "start"]


class Cadenza:
    """This project's fat jar, in a heap of 512 MB, unless told otherwise."""
    name = "cadenza"

    def __init__(self, jar, java, options):
        self.jar, self.java, self.options = os.path.abspath(jar), java, options.split()

    def start(self, folder, data, retentions):
        times = ", ".join(f'"{one}"' for one in retentions.split(","))
        with open(f"{folder}/cadenza.conf", "w") as f:
            f.write(f"""listeners {{ in {{ url = "tcp://127.0.0.1:{IN}", into = main }} }}
pipelines {{ main {{ routes = [ {{ to = [local] }} ] }} }}
stores {{ local {{ driver = whisper, path = "{data}", retentions = [{times}] }} }}
admin {{ listen = "127.0.0.1:{ADMIN}" }}
""")
        return [self.java, *self.options, "-jar", self.jar, "run", "-c", f"{folder}/cadenza.conf"]


def key(n, prefix="bench"):
    return f"{prefix}.dc{n % 7}.host{n % 500}.metric{n}"


def path(data, n, prefix):
    return f"{data}/{key(n, prefix).replace('.', '/')}.wsp"


def lines(keys, times, prefix):
    """All points, those of one key in a row, as pieces of some hundred kilobytes."""
    piece, size = [], 0
    for n in range(keys):
        line = "".join(f"{key(n, prefix)} {n % 1000}.5 {time}\n" for time in times)
        piece.append(line)
        size += len(line)
        if size > 500_000:
            yield "".join(piece).encode()
            piece, size = [], 0
    yield "".join(piece).encode()


def cpu_seconds(pid):
    """User and system time of all threads that the process has and had, to the nanosecond."""
    return time.clock_gettime((~pid << 3) | 2)


def until_idle(pid, seconds=900):
    """Waits until the process has used less than a twentieth of a core for two seconds; answers when that began, and its CPU then."""
    end = time.monotonic() + seconds
    last = rests = (time.monotonic(), cpu_seconds(pid))
    while time.monotonic() < end:
        time.sleep(0.2)
        now = (time.monotonic(), cpu_seconds(pid))
        if now[1] - last[1] > 0.05 * (now[0] - last[0]):
            rests = now
        elif now[0] - rests[0] > 2:
            return rests
        last = now
    raise RuntimeError(f"busy for {seconds} s")


def value_at(file, when):
    """What the finest archive of a file has of a time; None where there is nothing."""
    with open(file, "rb") as f:
        head = f.read(28)
        offset, step, points = struct.unpack(">3L", head[16:28])
        f.seek(offset)
        base = struct.unpack(">L", f.read(4))[0]
        f.seek(offset + (when - base) // step % points * 12)
        found, value = struct.unpack(">Ld", f.read(12))
        return value if found == when else None


def missing(data, keys, times, prefix):
    """A point of a sample that is not there; None when all are."""
    for n in random.Random(keys).sample(range(keys), min(keys, SAMPLE)):
        file = path(data, n, prefix)
        for when in times:
            if not os.path.exists(file) or value_at(file, when) != n % 1000 + 0.5:
                return f"{file} lacks the point of {when}"
    return None


def one_round(proc, data, keys, times, prefix="bench"):
    until_idle(proc.pid)
    pieces = list(lines(keys, times, prefix))
    cpu, begun = cpu_seconds(proc.pid), time.monotonic()
    with socket.create_connection(("127.0.0.1", IN)) as s:
        for piece in pieces:
            s.sendall(piece)
    for attempt in range(10):
        rests, spent = until_idle(proc.pid)
        alive_or_fail(proc)
        lacking = missing(data, keys, times, prefix)
        if not lacking:
            break
    else:
        raise RuntimeError(lacking)
    return {"cpu": (spent - cpu) / keys / len(times) * 1e6, "seconds": rests - begun}


def measure(server, opts, folder):
    folder = f"{folder}/{server.name}"
    os.mkdir(folder)
    data = f"{folder}/data"
    os.mkdir(data)
    step = int(opts.retentions.split("s:")[0])
    # Far enough back that no point of any round is yet to come.
    when = [(int(time.time()) - 4 * 3600) // 60 * 60]
    with open(f"{folder}/out", "wb") as out:
        proc = subprocess.Popen(server.start(folder, data, opts.retentions), stdout=out, stderr=out)
    try:
        wait_port(IN)
        results = {}
        for scenario in opts.scenarios:
            points, rounds = SCENARIOS[scenario], []
            creates = scenario == "create"
            for i in range(opts.warmup + (1 if creates else opts.rounds)):
                times = [when[0] + (j + 1) * step for j in range(points)]
                when[0] = times[-1]
                warms = creates and i < opts.warmup
                rounds.append(one_round(proc, data, opts.keys // 4 if warms else opts.keys, times, f"warm{i}" if warms else "bench"))
            counted = rounds[opts.warmup:]
            results[scenario] = {what: statistics.median(r[what] for r in counted) for what in counted[0]}
            results[scenario]["rss"] = rss_mb(proc.pid)
            results[scenario]["rounds"] = rounds
            r = results[scenario]
            print(f"{server.name:13} {scenario:8} {r['cpu']:12.2f} {r['seconds']:8.1f} {r['rss']:7.0f}   "
                  + " ".join(f"{one['cpu']:.2f}" for one in rounds), flush=True)
        return results
    except Exception:
        with open(f"{folder}/out", errors="replace") as out:
            sys.stderr.write(out.read()[-3000:])
        raise
    finally:
        proc.send_signal(signal.SIGTERM)
        try:
            proc.wait(30)
        except subprocess.TimeoutExpired:
            proc.kill()
            proc.wait()


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--jar", default="target/cadenza.jar")
    p.add_argument("--java", default="java")
    p.add_argument("--jvm-options", default="-Xmx512m")
    p.add_argument("--keys", type=int, default=50_000)
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--warmup", type=int, default=3)
    p.add_argument("--retentions", default="10s:6h,1m:7d", help="the finest in seconds")
    p.add_argument("--folder", default=".", help="where the files are: not in memory, to mean anything")
    p.add_argument("--servers", default="carbon-cache,cadenza")
    p.add_argument("--scenarios", default="create,twenty,one")
    p.add_argument("--budget", action="store_true", help="exit code 1 when Cadenza is not within it")
    p.add_argument("--keep", action="store_true", help="leave the files")
    p.add_argument("--json")
    opts = p.parse_args()
    opts.scenarios = opts.scenarios.split(",")
    if opts.scenarios[0] != "create":
        p.error("the first scenario is create, which makes the files")
    held = only_run()
    servers = {s.name: s for s in (CarbonCache(), Cadenza(opts.jar, opts.java, opts.jvm_options))}
    print(f"{'server':13} {'scenario':8} {'cpu us/point':>12} {'seconds':>8} {'rss MB':>7}   cpu of each round")
    folder = tempfile.mkdtemp(prefix="whisperbench", dir=opts.folder)
    try:
        all_results = {name: measure(servers[name], opts, folder) for name in opts.servers.split(",")}
    finally:
        # Not sooner: for some seconds ext4 looks long for inodes while many were just removed.
        if not opts.keep:
            shutil.rmtree(folder)
    held.close()
    if opts.json:
        with open(opts.json, "w") as f:
            json.dump(all_results, f, indent=1)
    if len(all_results) < 2:
        return 0
    over = False
    for scenario in opts.scenarios:
        ratio = all_results["cadenza"][scenario]["cpu"] / all_results["carbon-cache"][scenario]["cpu"]
        over |= ratio > BUDGETS[scenario]
        print(f"{scenario}: {ratio:.2f} of carbon-cache's CPU for a point; budget {BUDGETS[scenario]:.2f}")
    return 1 if over and opts.budget else 0


if __name__ == "__main__":
    sys.exit(main())

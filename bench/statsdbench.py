#!/usr/bin/env python3
"""Measures statsd servers side by side, in one run, on the same lines, and checks what they flush.

Lines come in on port 22003, over TCP or in packed datagrams, and what is flushed goes to the sink's port 23001, which sums it. A
round is one flush interval: all lines are sent soon after a flush, the server takes them, then the next flush comes out. So the
cost of a flush is in every figure, and how it splits is told.

Figures, for each server and scenario:
  counted     lines that the server says it got / lines that were sent
  cpu us/line its own user+system time from the first line to the end of the flush, for each line that it counted: the one to
              compare; then the part of it before the flush (intake), and the flush in milliseconds
  flush s     from the first flushed line to the last one
  out lines   how many were flushed
  rss MB      its largest resident set
  sums        exact: all counters that were flushed have the sum that was sent, all timers have as many values, and the gauges and
              sets have theirs; else what is wrong

Last comes a line for each scenario with Cadenza's CPU for a line as a ratio to node statsd's and statsite's, beside the budget.

  statsdbench.py --bin DIR --node DIR [--statsite FILE] [--servers a,b] [--scenarios x,y] [--check] [--budget]

The DIR of --bin holds loadgen, sink and floor (see build.sh), that of --node what `npm install statsd` made of it.
"""
import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

from relaybench import CONTROL, IN, SINKS, alive_or_fail, free_or_fail, only_run, rss_mb, sink_counts, wait_port

ADMIN = 23099
STILL = 0.7  # nothing flushed for so many seconds: the flush is over

#: name -> (datagrams, keys)
SCENARIOS = {
    "tcp-10k": (False, 10_000),
    "tcp-100k": (False, 100_000),
    "udp-10k": (True, 10_000),
    "udp-100k": (True, 100_000),
}

#: server -> what part of its CPU for a line Cadenza's may be
BUDGETS = {"node-statsd": 1 / 10, "statsite": 1 / 3}

#: How the names begin that node statsd gives by default; the first is its own count of lines.
NODE_NAMES = ["stats_counts.statsd.metrics_received", "stats_counts.bench.", "stats.timers.bench.*.count", "stats.gauges.bench.",
              "stats.sets.bench.*.count"]


class NodeStatsd:
    """statsd of Etsy, the reference: npm's package."""
    name = "node-statsd"
    sums = NODE_NAMES
    flushes = True

    def __init__(self, folder, binary="node"):
        self.script, self.binary = os.path.join(os.path.abspath(folder), "node_modules/statsd/stats.js"), binary

    def start(self, datagrams, interval, folder):
        path = os.path.join(folder, "config.js")
        with open(path, "w") as f:
            f.write(f"""{{ servers: [{{ server: './servers/{"udp" if datagrams else "tcp"}', address: '127.0.0.1', port: {IN} }}],
  backends: ['./backends/graphite'], graphiteHost: '127.0.0.1', graphitePort: {SINKS[0]},
  flushInterval: {interval * 1000}, percentThreshold: [90], mgmt_address: '127.0.0.1', mgmt_port: {ADMIN} }}
""")
        return [self.binary, self.script, path]


class Statsite:
    """statsite, which pipes what it flushes into a command: that one only copies it, and its time is not counted."""
    name = "statsite"
    sums = ["counts.statsite.lines", "counts.bench.", "timers.bench.*.count", "gauges.bench.", "sets.bench."]
    flushes = True

    def __init__(self, binary):
        self.binary = binary

    def start(self, datagrams, interval, folder):
        path = os.path.join(folder, "statsite.conf")
        with open(path, "w") as f:
            f.write(f"""[statsite]
port = {0 if datagrams else IN}
udp_port = {IN if datagrams else 0}
bind_address = 127.0.0.1
log_level = WARN
flush_interval = {interval}
quantiles = 0.9
input_counter = statsite.lines
stream_cmd = bash -c 'exec cat > /dev/tcp/127.0.0.1/{SINKS[0]}'
""")
        return [self.binary, "-f", path]


class Cadenza:
    """This project's fat jar, in a heap of 512 MB, and as the docker image runs it in a container of 1 GB: Java takes its serial collector there
    by itself (fewer than 1792 MB or two processors), and elsewhere when it is told to."""
    OPTIONS = "-Xmx512m -XX:+UseSerialGC -XX:-UsePerfData"
    name = "cadenza"
    sums = NODE_NAMES
    flushes = True

    def __init__(self, jar, java="java", options=OPTIONS):
        self.jar, self.java = os.path.abspath(jar), [java] + options.split()

    def start(self, datagrams, interval, folder):
        path = os.path.join(folder, "cadenza.conf")
        with open(path, "w") as f:
            f.write(f"""listeners {{ in {{ url = "{"udp" if datagrams else "tcp"}://127.0.0.1:{IN}", format = statsd, into = stats }} }}
pipelines {{ stats {{ accumulate {{ format = statsd, flush = {interval}s, percentiles = [90], into = out }} }} }}
clusters {{ out {{ policy = all, destinations = ["tcp://127.0.0.1:{SINKS[0]}"] }} }}
admin {{ listen = "127.0.0.1:{ADMIN}" }}
""")
        return self.java + ["-jar", self.jar, "run", "-c", path]


class Floor:
    """The C loop that copies bytes and finds newlines: it accumulates nothing."""
    name = "floor"
    sums = []
    flushes = False

    def __init__(self, folder):
        self.binary = os.path.join(folder, "floor")

    def start(self, datagrams, interval, folder):
        return [self.binary, str(IN), str(SINKS[0])] + (["udp"] if datagrams else [])


def cpu_seconds(pid):
    """User and system time of all threads that the process has and had, to the nanosecond."""
    return time.clock_gettime((~pid << 3) | 2)


def until_still(changes, still, deadline):
    """Polls until what it answers has not changed for so many seconds; answers the last."""
    last, since, end = changes(), time.monotonic(), time.monotonic() + deadline
    while time.monotonic() - since < still:
        if time.monotonic() > end:
            raise RuntimeError(f"still busy after {deadline} s")
        time.sleep(0.02)
        now = changes()
        if now != last:
            last, since = now, time.monotonic()
    return last


def until_idle(pid):
    """Waits until the process has used less than a twentieth of a core for a fifth of a second: all is taken."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        before = cpu_seconds(pid)
        time.sleep(0.2)
        if cpu_seconds(pid) - before < 0.01:
            return
    raise RuntimeError("busy for a minute with nothing sent")


def await_flush(lines_before, interval):
    """Waits for the next flush to begin and to end; answers the counts then and how long it took to come out."""
    end = time.monotonic() + 2 * interval + 20
    while (counts := sink_counts())["lines"] == lines_before:
        if time.monotonic() > end:
            raise RuntimeError("no flush came")
        time.sleep(0.02)
    begun = time.monotonic()
    until_still(lambda: sink_counts()["lines"], STILL, 60)
    counts = sink_counts()
    return counts, max(0.0, counts["last"] - begun)


def kernel_drops():
    """Datagrams to our port that the kernel had no room for."""
    rows = []
    for table in ("/proc/net/udp", "/proc/net/udp6"):
        with open(table) as f:
            rows += [line.split() for line in f.readlines()[1:]]
    return sum(int(row[-1]) for row in rows if int(row[1].split(":")[1], 16) == IN)


def send(opts, datagrams, keys):
    values = max(1, min(opts.values, opts.lines // keys))
    argv = [f"{opts.bin}/loadgen", "-t", f"127.0.0.1:{IN}", "-f", "statsd", "-n", str(opts.lines), "-k", str(keys),
            "-v", str(values), "-c", str(opts.conns)]
    argv += ["-u", "-b", "1400"] if datagrams else []
    rate = opts.udp_rate if datagrams else opts.rate
    argv += ["-r", str(rate)] if rate else []
    out = subprocess.run(argv, capture_output=True, text=True)
    if out.returncode:
        raise RuntimeError("loadgen: " + out.stderr.strip())
    return json.loads(out.stdout)


def wrong_sums(sent, got):
    """What the flushed lines get wrong of what was sent, where every line was counted.

    got: the sums of Server.sums, of one flush or of more, of which the first tells how many
    """
    wrong = [name for name, part in (("counters", got[1]), ("timers", got[2])) if part["sum"] != sent[name]]
    if got[0]["lines"] == 1:
        wrong += [name for name, part in (("gauges", got[3]), ("sets", got[4])) if part["sum"] != sent[name]]
    return wrong


def one_round(server, pid, scenario, opts):
    datagrams, keys = SCENARIOS[scenario]
    before, cpu, dropped = sink_counts(), cpu_seconds(pid), kernel_drops()
    sent = send(opts, datagrams, keys)
    until_idle(pid)
    taken, taken_cpu = sink_counts(), cpu_seconds(pid)
    after, seconds = await_flush(taken["lines"], opts.interval) if server.flushes else (taken, 0)
    until_idle(pid)
    whole = cpu_seconds(pid) - cpu
    got = [{part: b[part] - a[part] for part in b} for a, b in zip(before["sums"], after["sums"])]
    counted = int(got[0]["sum"]) if server.flushes else after["lines"] - before["lines"]
    exact = None
    if server.flushes:
        exact = wrong_sums(sent, got) if counted == sent["lines"] else [] if datagrams and counted < sent["lines"] else ["lines"]
    each = 1e6 / max(1, counted)
    return {
        "server": server.name, "scenario": scenario, "sent": sent["lines"], "counted": counted, "send_s": sent["seconds"],
        "datagrams": sent["writes"] if datagrams else None, "kernel_drops": kernel_drops() - dropped if datagrams else None,
        "cpu_us_per_line": whole * each, "intake_us_per_line": (taken_cpu - cpu) * each, "flush_cpu_ms": (cpu + whole - taken_cpu) * 1e3,
        "flush_s": seconds, "out_lines": after["lines"] - before["lines"] if server.flushes else None,
        "flushed_before_all_was_taken": server.flushes and taken["lines"] != before["lines"],
        "rss_mb": rss_mb(pid), "wrong": exact,
    }


def measure(server, scenario, opts):
    datagrams, _ = SCENARIOS[scenario]
    free_or_fail()
    folder = tempfile.mkdtemp(prefix=f"{server.name}-{scenario}-")
    sums = ["-s", ",".join(server.sums)] if server.sums else []
    sink = subprocess.Popen([f"{opts.bin}/sink", "-l", str(SINKS[0]), "-C", str(CONTROL), *sums])
    proc = None
    try:
        wait_port(CONTROL)
        alive_or_fail(sink)
        with open(os.path.join(folder, "log"), "wb") as log:
            proc = subprocess.Popen(server.start(datagrams, opts.interval, folder), stdout=log, stderr=log, cwd=folder)
        if not datagrams:
            wait_port(IN)
        elif server.name in ("cadenza", "node-statsd"):
            wait_port(ADMIN)
        time.sleep(1)
        alive_or_fail(proc)
        rows = [one_round(server, proc.pid, scenario, opts) for _ in range(opts.warmup + opts.rounds)]
        return rows[opts.warmup:]
    finally:
        for p in (proc, sink):
            if p:
                p.send_signal(signal.SIGTERM)
                try:
                    p.wait(10)
                except subprocess.TimeoutExpired:
                    p.kill()
                    p.wait()
        shutil.rmtree(folder, ignore_errors=True) if not opts.keep else print("    kept", folder)


def shown_sums(rows):
    """One word for what was checked in all rounds."""
    if rows[0]["wrong"] is None:
        return "-"
    wrong = sorted({w for row in rows for w in row["wrong"]})
    if wrong:
        return "WRONG: " + ", ".join(wrong)
    return "exact" if all(row["counted"] == row["sent"] for row in rows) else "exact where nothing was lost"


def tell(rows):
    """Prints the median of the rounds; answers it."""
    mid = sorted(rows, key=lambda r: r["cpu_us_per_line"])[len(rows) // 2]
    counted = sum(r["counted"] for r in rows) / sum(r["sent"] for r in rows) * 100
    flush = ["-", "-", "-"] if mid["out_lines"] is None else [f"{mid['flush_cpu_ms']:.0f}", f"{mid['flush_s']:.2f}", mid["out_lines"]]
    notes = [shown_sums(rows)]
    if any(r["kernel_drops"] for r in rows):
        notes.append(f"kernel dropped {statistics.mean(r['kernel_drops'] / r['datagrams'] for r in rows) * 100:.1f}% of the datagrams")
    if any(r["flushed_before_all_was_taken"] for r in rows):
        notes.append("a flush came while lines were taken: the split is off")
    print(f"{mid['scenario']:9} {mid['server']:12} {counted:8.3f}% {mid['cpu_us_per_line']:11.3f} {mid['intake_us_per_line']:7.3f} "
          f"{flush[0]:>8} {flush[1]:>7} {flush[2]:>9} {mid['rss_mb']:7.0f}  {'; '.join(notes)}", flush=True)
    return mid


def judge(scenario, middle):
    """Prints how Cadenza did in a scenario; answers whether it is within budget. node statsd has to be there, statsite need not."""
    ours, ratios, wrong = middle.get((scenario, "cadenza")), [], []
    for name, budget in BUDGETS.items():
        reference = middle.get((scenario, name))
        if not ours or not reference or not reference["counted"]:
            ratios += ["-", f"{budget:.3f}"]
            wrong += [f"no figure for {name}"] if name == "node-statsd" else []
            continue
        ratio = ours["cpu_us_per_line"] / reference["cpu_us_per_line"]
        ratios += [f"{ratio:.3f}", f"{budget:.3f}"]
        wrong += [f"over the budget by {name}"] if ratio > budget else []
    if not ours:
        wrong = ["not measured"]
    print(f"{scenario:9} {ratios[0]:>13} {ratios[1]:>7} {ratios[2]:>10} {ratios[3]:>7}  {', '.join(wrong) or 'within budget'}")
    return not wrong


def known_servers(opts):
    found = {"floor": Floor(opts.bin)}
    if opts.node:
        found["node-statsd"] = NodeStatsd(opts.node, opts.node_binary)
    if shutil.which(opts.statsite):
        found["statsite"] = Statsite(opts.statsite)
    if os.path.exists(opts.jar):
        found["cadenza"] = Cadenza(opts.jar, opts.java, opts.jvm_options)
    return found


def options():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--bin", required=True)
    p.add_argument("--node", help="where npm install statsd was run")
    p.add_argument("--node-binary", default="node")
    p.add_argument("--statsite", default="statsite", help="its binary")
    p.add_argument("--servers")
    p.add_argument("--scenarios", default=",".join(SCENARIOS))
    p.add_argument("--lines", type=int, default=1_000_000, help="a round; they have to be taken before the next flush")
    p.add_argument("--rounds", type=int, default=3, help="of which the median by CPU is shown")
    p.add_argument("--warmup", type=int, default=30, help="rounds that are not counted")
    p.add_argument("--interval", type=int, default=10, help="seconds from flush to flush")
    p.add_argument("--values", type=int, default=10, help="different values of a counter, timer or set")
    p.add_argument("--conns", type=int, default=4)
    p.add_argument("--rate", type=int, default=0, help="lines a second over TCP; 0: as fast as they are taken")
    p.add_argument("--udp-rate", type=int, default=150_000, help="the same over UDP, where 0 is faster than any server")
    p.add_argument("--check", action="store_true", help="exit with 1 where lines over TCP or sums are not exact")
    p.add_argument("--budget", action="store_true", help="exit with 1 unless cadenza is within budget in every scenario run")
    p.add_argument("--keep", action="store_true")
    p.add_argument("--json")
    p.add_argument("--jar", default="target/cadenza.jar")
    p.add_argument("--java", default="java")
    p.add_argument("--jvm-options", default=Cadenza.OPTIONS, help="for Cadenza; with no collector named, Java chooses one for this machine")
    return p.parse_args()


def main():
    opts = options()
    known = known_servers(opts)
    lock = only_run()  # noqa: F841 - kept until the process ends
    chosen = [known[s] for s in (opts.servers.split(",") if opts.servers else known)]
    scenarios = opts.scenarios.split(",")
    rows, middle, right = [], {}, True
    print(f"{'scenario':9} {'server':12} {'counted':>9} {'cpu us/line':>11} {'intake':>7} {'flush ms':>8} {'flush s':>7} {'out lines':>9} "
          f"{'rss MB':>7}  sums")
    for scenario in scenarios:
        for server in chosen:
            try:
                got = measure(server, scenario, opts)
            except Exception as e:
                print(f"{scenario:9} {server.name:12} failed: {e}")
                right = False
                continue
            rows += got
            middle[scenario, server.name] = tell(got)
            right = right and not any(row["wrong"] for row in got)
    if opts.json:
        with open(opts.json, "w") as f:
            json.dump(rows, f, indent=1)
    within = True
    if opts.budget or any(server == "cadenza" for _, server in middle):
        print(f"\n{'scenario':9} {'x node-statsd':>13} {'budget':>7} {'x statsite':>10} {'budget':>7}  cadenza")
        within = all([judge(scenario, middle) for scenario in scenarios])
    if (opts.check and not right) or (opts.budget and not within):
        sys.exit(1)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Measures metric relays side by side, in one run, on the same lines.

Every relay gets the same scenario: load goes in on port 22003 and comes out at the sink's ports
23001..; the sink counts what arrives (and with --check also hashes it). A relay is a driver: a class
with `name`, `scenarios` and `start(scenario, folder) -> argv`, which writes its configuration to
folder. The floor (a C copy loop), carbon-c-relay and this project's jar are here; more drivers can be given with --drivers FILE.py.

Figures, for each relay and scenario:
  delivered   lines that arrived / lines that should have
  Mlines/s    wall-clock rate from the first line sent to the last one received
  cpu us/line the relay's own user+system time for each line that it got through (lines in, where it
              aggregates): the figure to compare on a machine whose cores are shared with the load
              generator and the sink
  rss MB      the relay's largest resident set

Last comes one line for each scenario with Cadenza's CPU for a line as a ratio to the floor's and to carbon-c-relay's, beside the
budget (BUDGETS below). The floor can only forward: its figure for that is taken for all scenarios.

  relaybench.py --bin DIR [--relays a,b] [--scenarios x,y] [--lines N] [--rounds R] [--json OUT] [--budget]

DIR holds loadgen, sink and floor, built from the C files beside this script (see build.sh).
"""
import argparse
import importlib.util
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

IN = 22003
CONTROL = 23000
SINKS = [23001, 23002, 23003, 23004]
TICK = os.sysconf("SC_CLK_TCK")

#: name -> (sink ports used, lines out for each line in or None where lines are aggregated, what it does)
SCENARIOS = {
    "forward": (1, 1, "every line to one destination"),
    "hash": (4, 1, "carbon_ch over four destinations"),
    "rules": (4, 1, "50 regular expressions that do not match, then four regex routes, first match wins"),
    "fanout": (3, 3, "every line to three destinations"),
    "aggregate": (1, None, "sum by a regex with captures over 10 s, originals dropped"),
}

#: scenario -> what Cadenza's CPU for a line may be: (times the floor's for forward, times carbon-c-relay's for the same scenario)
BUDGETS = {
    "forward": (6, 1 / 6),
    "hash": (8, 1 / 6),
    "rules": (9, 1 / 10),
    "fanout": (12, 1 / 6),
    "aggregate": (10, 1 / 2),
}


class CarbonCRelay:
    """carbon-c-relay, from Debian's package of that name or any build of it."""
    name = "carbon-c-relay"
    scenarios = list(SCENARIOS)

    def __init__(self, binary="carbon-c-relay", workers=2):
        self.binary, self.workers = binary, workers

    def start(self, scenario, folder):
        dests = [f"127.0.0.1:{p}" for p in SINKS]
        conf = {
            "forward": f"cluster out forward {dests[0]} ;\nmatch * send to out stop ;\n",
            "hash": f"cluster out carbon_ch replication 1 {' '.join(f'{d}={i}' for i, d in zip('abcd', dests))} ;\nmatch * send to out stop ;\n",
            "rules": "".join(f"cluster o{i} forward {d} ;\n" for i, d in enumerate(dests))
            + "cluster no forward 127.0.0.1:9 ;\n"
            + "".join(f"match ^other{i}\\..*\\.cpu send to no stop ;\n" for i in range(50))
            + "".join(f"match ^bench\\.dc{i}\\. send to o{i} stop ;\n" for i in range(4)),
            "fanout": "cluster out forward " + " ".join(dests[:3]) + " ;\nmatch * send to out stop ;\n",
            "aggregate": f"cluster out forward {dests[0]} ;\n"
            "aggregate ^bench\\.(dc[0-9]+)\\.host[0-9]+\\.cpu\\.core([0-9]+)\\..*\n"
            "    every 10 seconds expire after 15 seconds timestamp at end of bucket\n"
            "    compute sum write to agg.\\1.core\\2 send to out stop ;\n",
        }[scenario]
        path = os.path.join(folder, "relay.conf")
        with open(path, "w") as f:
            f.write(f"listen type linemode {IN} proto tcp ;\n" + conf)
        return [self.binary, "-f", path, "-p", str(IN), "-w", str(self.workers), "-q", "2000000", "-b", "5000", "-s"]


class Floor:
    """A C loop that copies bytes and finds newlines, in one thread: what no relay can beat on this machine."""
    name = "floor"
    scenarios = ["forward"]
    more = 10  # it is so fast that it needs more lines to be timed

    def __init__(self, folder):
        self.binary = os.path.join(folder, "floor")

    def start(self, scenario, folder):
        return [self.binary, str(IN), str(SINKS[0])]


class Cadenza:
    """This project's fat jar, in a heap of 512 MB."""
    name = "cadenza"
    scenarios = list(SCENARIOS)

    def __init__(self, jar, java="java", spool=False):
        self.jar, self.java, self.spool = os.path.abspath(jar), java, spool

    def start(self, scenario, folder):
        dest = [f'"tcp://127.0.0.1:{p}#{i}"' for i, p in zip("abcd", SINKS)]
        one = "clusters { " + " ".join(f"o{i} {{ policy = all, destinations = [{d}] }}" for i, d in enumerate(dest)) + " }\n"
        match = 'regex = "^other%d\\\\..*\\\\.cpu"'
        routes, aggregate, clusters = {
            "forward": ("{ name = all, to = [o0] }", "", one),
            "hash": ("{ name = all, to = [ring] }", "",
                     f"clusters {{ ring {{ policy = hash, hash = carbon_ch, replicas = 1, destinations = [{', '.join(dest)}] }} }}\n"),
            "rules": ("\n".join(f"{{ name = n{i}, match {{ {match % i} }}, to = [blackhole] }}" for i in range(50))
                      + "\n" + "\n".join(f'{{ name = d{i}, match {{ regex = "^bench\\\\.dc{i}\\\\." }}, to = [o{i}] }}' for i in range(4)), "", one),
            "fanout": ("{ name = all, to = [o0, o1, o2] }", "", one),
            "aggregate": ("{ name = all, to = [o0] }",
                          '''{ function = sum, regex = "^bench\\\\.(dc[0-9]+)\\\\.host[0-9]+\\\\.cpu\\\\.core([0-9]+)\\\\..*",
      to = "agg.$1.core$2", every = 10s, wait = 5s, drop-raw = true }''', one),
        }[scenario]
        path = os.path.join(folder, "cadenza.conf")
        with open(path, "w") as f:
            f.write(f"""listeners {{ in {{ url = "tcp://127.0.0.1:{IN}", format = graphite, into = main }} }}
pipelines {{ main {{
  aggregate = [ {aggregate} ]
  routes = [
{routes}
  ]
}} }}
{clusters}admin {{ listen = "127.0.0.1:23099" }}
""")
            if self.spool:
                f.write(f'defaults.destination.on-full = spool\nspool.path = "{folder}/spool"\n')
        return [self.java, "-Xmx512m", "-jar", self.jar, "run", "-c", path]


def wait_port(port, seconds=60):
    end = time.time() + seconds
    while time.time() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"nothing listens on {port} after {seconds} s")


def only_run():
    """Holds the machine's ports for this run: two at once would count each other's lines. Freed when the process ends."""
    lock = socket.socket(socket.AF_UNIX)
    try:
        lock.bind("\0relaybench")
    except OSError:
        sys.exit("another relaybench.py is running on this machine")
    return lock


def free_or_fail():
    for port in (IN, CONTROL, *SINKS):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            continue
        raise RuntimeError(f"port {port} is taken")


def alive_or_fail(proc):
    if proc.poll() is not None:
        raise RuntimeError(f"{os.path.basename(proc.args[0])} ended with {proc.returncode}")


def counts_at(control):
    """What the sink with that control port has counted so far."""
    with socket.create_connection(("127.0.0.1", control), 5) as s:
        return json.loads(s.makefile().read())


def sink_counts():
    return counts_at(CONTROL)


def tree(pid):
    """pid and its descendants."""
    out, kids = [pid], {}
    for p in os.listdir("/proc"):
        if p.isdigit():
            try:
                with open(f"/proc/{p}/stat") as f:
                    kids.setdefault(int(f.read().rsplit(")", 1)[1].split()[1]), []).append(int(p))
            except OSError:
                pass
    for p in out:
        out.extend(kids.get(p, []))
    return out


def cpu_seconds(pid):
    total = 0.0
    for p in tree(pid):
        try:
            with open(f"/proc/{p}/stat") as f:
                w = f.read().rsplit(")", 1)[1].split()
            total += (int(w[11]) + int(w[12])) / TICK
        except OSError:
            pass
    return total


def rss_mb(pid):
    total = 0
    for p in tree(pid):
        try:
            with open(f"/proc/{p}/status") as f:
                total += next(int(l.split()[1]) for l in f if l.startswith("VmHWM"))
        except (OSError, StopIteration):
            pass
    return total / 1024


def settled(expected, patience):
    """Waits until the expected lines have come, or none has for `patience` seconds."""
    last, since = -1, time.time()
    while True:
        c = sink_counts()
        if expected is not None and c["lines"] >= expected:
            return c
        if c["lines"] != last:
            last, since = c["lines"], time.time()
        elif time.time() - since > patience:
            return c
        time.sleep(0.05)


def load(opts, lines):
    argv = [f"{opts.bin}/loadgen", "-t", f"127.0.0.1:{IN}", "-n", str(lines), "-k", str(opts.keys), "-c", str(opts.conns)]
    if opts.rate:
        argv += ["-r", str(opts.rate)]
    out = subprocess.run(argv, capture_output=True, text=True)
    if out.returncode:
        print("    loadgen:", out.stderr.strip(), file=sys.stderr)
    return json.loads(out.stdout)


def measure(relay, scenario, opts):
    ports, copies, _ = SCENARIOS[scenario]
    free_or_fail()
    folder = tempfile.mkdtemp(prefix=f"{relay.name}-{scenario}-")
    argv = [f"{opts.bin}/sink", "-l", ",".join(map(str, SINKS[:ports])), "-C", str(CONTROL)] + (["-x"] if opts.check else [])
    sink = subprocess.Popen(argv)
    proc = None
    rows = []
    try:
        wait_port(CONTROL)
        alive_or_fail(sink)
        log = open(os.path.join(folder, "log"), "wb")
        proc = subprocess.Popen(relay.start(scenario, folder), stdout=log, stderr=log, cwd=folder)
        wait_port(IN)
        time.sleep(1)
        alive_or_fail(proc)
        patience = 28 if copies is None else 3
        load(opts, opts.warmup)
        settled(None if copies is None else opts.warmup * copies, patience)
        for _ in range(opts.rounds):
            before, cpu = sink_counts(), cpu_seconds(proc.pid)
            begun = time.monotonic()
            sent = load(opts, opts.lines * getattr(relay, "more", 1))
            after = settled(None if copies is None else before["lines"] + sent["lines"] * copies, patience)
            cpu = cpu_seconds(proc.pid) - cpu
            got = after["lines"] - before["lines"]
            wall = (sent["seconds"] if copies is None else max(after["last"] - begun, 1e-6))
            rows.append({
                "relay": relay.name, "scenario": scenario, "sent": sent["lines"], "received": got,
                "delivered": None if copies is None else got / (sent["lines"] * copies),
                "intact": None if copies != 1 or not opts.check else
                (int(after["sum"], 16) - int(before["sum"], 16)) % 2**64 == int(sent["sum"], 16),
                "mlines_per_s": sent["lines"] / wall / 1e6,
                "cpu_us_per_line": cpu / max(1, sent["lines"] if copies is None else got / copies) * 1e6,
                "rss_mb": rss_mb(proc.pid),
                "spread": [p["lines"] - q["lines"] for p, q in zip(after["ports"], before["ports"])],
            })
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
    return rows


def drivers(opts):
    found = {"floor": Floor(opts.bin), "carbon-c-relay": CarbonCRelay(opts.carbon_c_relay)}
    if os.path.exists(opts.jar):
        found["cadenza"] = Cadenza(opts.jar, opts.java, opts.spool)
    for file in opts.drivers or []:
        spec = importlib.util.spec_from_file_location("drivers_" + os.path.basename(file).removesuffix(".py"), file)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for d in module.drivers(sys.modules[__name__]):
            found[d.name] = d
    return found


def judge(scenario, middle):
    """How Cadenza did in a scenario: its ratios and what is wrong, an empty list when it is within budget.

    middle: (scenario, relay) -> the row shown for them
    """
    ours = middle.get((scenario, "cadenza"))
    if ours is None:
        return {"scenario": scenario, "in_floors": None, "of_c_relay": None, "wrong": ["not measured"]}
    wrong, ratios = [], []
    for what, reference, budget in zip(("floor", "carbon-c-relay"),
                                       (middle.get(("forward", "floor")), middle.get((scenario, "carbon-c-relay"))), BUDGETS[scenario]):
        cpu = reference["cpu_us_per_line"] if reference and reference["received"] else 0
        ratio = ours["cpu_us_per_line"] / cpu if cpu else None
        ratios.append(ratio)
        if ratio is None:
            wrong.append(f"no figure for {what}")
        elif ratio > budget:
            wrong.append(f"over the budget by {what}")
    if not ours["received"] or ours["delivered"] not in (None, 1):
        wrong.append("not every line delivered")
    if ours["intact"] is False:
        wrong.append("lines damaged")
    return {"scenario": scenario, "in_floors": ratios[0], "of_c_relay": ratios[1], "wrong": wrong}


def tell_budget(scenarios, middle):
    """Prints the verdicts; answers whether all scenarios are within budget."""
    verdicts = [judge(s, middle) for s in scenarios]
    print(f"\n{'scenario':10} {'x floor':>8} {'budget':>7} {'x c-relay':>10} {'budget':>7}  cadenza")
    for v in verdicts:
        floors, relays = BUDGETS[v["scenario"]]
        shown = ["-" if r is None else f"{r:.{digits}f}" for r, digits in ((v["in_floors"], 2), (v["of_c_relay"], 3))]
        print(f"{v['scenario']:10} {shown[0]:>8} {floors:7} {shown[1]:>10} {relays:7.3f}  {', '.join(v['wrong']) or 'within budget'}")
    return not any(v["wrong"] for v in verdicts)


def plan(scenarios, chosen):
    """The pairs of scenario and relay to measure; where Cadenza is judged by the floor, its one scenario is among them."""
    pairs = [(s, r) for s in scenarios for r in chosen if s in r.scenarios]
    floor = next((r for r in chosen if r.name == "floor"), None)
    if floor and "forward" not in scenarios and any(r.name == "cadenza" for r in chosen):
        pairs.insert(0, ("forward", floor))
    return pairs


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--bin", required=True)
    p.add_argument("--relays")
    p.add_argument("--scenarios", default=",".join(SCENARIOS))
    p.add_argument("--lines", type=int, default=5_000_000)
    p.add_argument("--warmup", type=int, default=2_000_000)
    p.add_argument("--rounds", type=int, default=3, help="of which the median by CPU is shown")
    p.add_argument("--keys", type=int, default=100_000)
    p.add_argument("--conns", type=int, default=4)
    p.add_argument("--rate", type=int, default=0, help="lines a second; 0: as fast as they are taken")
    p.add_argument("--check", action="store_true", help="hash every line at the sink: damage as well as loss")
    p.add_argument("--keep", action="store_true")
    p.add_argument("--json")
    p.add_argument("--drivers", action="append")
    p.add_argument("--carbon-c-relay", default="carbon-c-relay", help="its binary")
    p.add_argument("--jar", default="target/cadenza.jar")
    p.add_argument("--java", default="java")
    p.add_argument("--spool", action="store_true", help="cadenza's destinations have a spool, which has nothing to do")
    p.add_argument("--budget", action="store_true",
                   help="exit with 1 unless cadenza is within budget in every scenario run; needs floor and carbon-c-relay in the same run")
    opts = p.parse_args()
    known = drivers(opts)
    lock = only_run()  # noqa: F841 - kept until the process ends
    chosen = [known[r] for r in (opts.relays.split(",") if opts.relays else known)]
    rows, middle = [], {}
    print(f"{'scenario':10} {'relay':18} {'delivered':>9} {'Mlines/s':>9} {'cpu us/line':>11} {'rss MB':>7}  spread")
    for scenario, relay in plan(opts.scenarios.split(","), chosen):
        try:
            got = measure(relay, scenario, opts)
        except Exception as e:
            print(f"{scenario:10} {relay.name:18} failed: {e}")
            continue
        rows += got
        mid = sorted(got, key=lambda r: r["cpu_us_per_line"])[len(got) // 2]
        middle[scenario, relay.name] = mid
        delivered = "-" if mid["delivered"] is None else f"{mid['delivered'] * 100:8.3f}%"
        damage = "" if mid["intact"] in (None, True) else "  DAMAGED"
        print(f"{scenario:10} {relay.name:18} {delivered:>9} {mid['mlines_per_s']:9.3f} {mid['cpu_us_per_line']:11.3f} "
              f"{mid['rss_mb']:7.0f}  {mid['spread']}{damage}", flush=True)
    if opts.json:
        with open(opts.json, "w") as f:
            json.dump(rows, f, indent=1)
    within = True
    if opts.budget or any(relay == "cadenza" for _, relay in middle):
        within = tell_budget(opts.scenarios.split(","), middle)
    if opts.budget and not within:
        sys.exit(1)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Measures a spool end to end, with the jar as a process: lines come in over TCP while their destination is down, and go to disk;
then the destination comes back, and they are read back and sent. Prints one JSON object.

  in_mlines_s, in_cpu_us     million lines a second until all were on disk, and our CPU time for each
  out_mlines_s, out_cpu_us   the same until all had been sent (the sink's pace bounds it as well)
  arrived                    lines that the sink counted, of those sent

  spool.py --bin DIR [--jar JAR] [--lines N] [--sync none|1s|always] [--folder DIR] [--java JAVA]

The folder is where the spool is: by default a temporary one, which may be in memory.
"""
import argparse
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request

from idle import free_ports

TICK = os.sysconf("SC_CLK_TCK")
CONFIG = """listeners {{ in {{ url = "tcp://127.0.0.1:{0}", into = main }} }}
pipelines {{ main {{ routes = [ {{ to = [one] }} ] }} }}
clusters {{ one {{ policy = all, destinations = [ {{ url = "tcp://127.0.0.1:{1}", on-full = spool, reconnect-max = 500ms }} ] }} }}
admin {{ listen = "127.0.0.1:{2}" }}
spool {{ path = "{3}", sync = {4}, max-bytes = 100GiB }}
"""


def cpu_seconds(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def figures(admin):
    with urllib.request.urlopen(f"http://127.0.0.1:{admin}/stats", timeout=5) as answer:
        return next(iter(json.load(answer)["destinations"].values()))


def wait(admin, done, seconds=300):
    """Polls until the figures say that it is done; answers them."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            now = figures(admin)
            if done(now):
                return now
        except OSError:
            pass
        time.sleep(0.02)
    raise SystemExit(f"not done after {seconds} s: {figures(admin)}")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--bin", required=True, help="where loadgen and sink are")
    p.add_argument("--jar", default="target/cadenza.jar")
    p.add_argument("--java", default="java")
    p.add_argument("--lines", type=int, default=10_000_000)
    p.add_argument("--sync", default="1s")
    p.add_argument("--folder")
    opts = p.parse_args()
    port, sink, control, admin = free_ports(4)
    folder = tempfile.mkdtemp(dir=opts.folder)
    conf = os.path.join(folder, "cadenza.conf")
    with open(conf, "w") as f:
        f.write(CONFIG.format(port, sink, admin, os.path.join(folder, "spool"), opts.sync))
    started = []
    try:
        relay = subprocess.Popen([opts.java, "-Xmx512m", "-jar", opts.jar, "run", "-c", conf],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        started.append(relay)
        wait(admin, lambda now: now["up"] == 0)
        result = run(opts, relay.pid, port, sink, control, admin, started)
    finally:
        for process in started:
            process.kill()
            process.wait()
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(result))


def arrived(control):
    with socket.create_connection(("127.0.0.1", control), 5) as c:
        return json.loads(c.makefile().read())["lines"]


def run(opts, pid, port, sink, control, admin, started):
    warm = 2_000_000
    load = [os.path.join(opts.bin, "loadgen"), "-t", f"127.0.0.1:{port}", "-c", "4", "-k", "100000"]
    subprocess.run(load + ["-n", str(warm)], check=True, stdout=subprocess.DEVNULL)
    wait(admin, lambda now: now["spooled"] == warm)
    cpu, begun = cpu_seconds(pid), time.monotonic()
    subprocess.run(load + ["-n", str(opts.lines)], check=True, stdout=subprocess.DEVNULL)
    all_lines = warm + opts.lines
    wait(admin, lambda now: now["spooled"] == all_lines)
    spent, cpu_in = time.monotonic() - begun, cpu_seconds(pid) - cpu
    cpu, again = cpu_seconds(pid), time.monotonic()
    started.append(subprocess.Popen([os.path.join(opts.bin, "sink"), "-l", str(sink), "-C", str(control)], stdout=subprocess.DEVNULL))
    end = wait(admin, lambda now: now["replayed"] == all_lines)
    back, cpu_out = time.monotonic() - again, cpu_seconds(pid) - cpu
    return {
        "lines": opts.lines, "sync": opts.sync,
        "in_mlines_s": round(opts.lines / spent / 1e6, 3), "in_cpu_us": round(cpu_in / opts.lines * 1e6, 3),
        "out_mlines_s": round(all_lines / back / 1e6, 3), "out_cpu_us": round(cpu_out / all_lines * 1e6, 3),
        "arrived": arrived(control), "sent": all_lines, "dropped": sum(end.get("dropped", {}).values()),
    }


if __name__ == "__main__":
    main()

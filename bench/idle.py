#!/usr/bin/env python3
"""Measures how soon Cadenza is there and what it costs when nothing happens. Prints one JSON object.

  listening_s  seconds from the start of the process until every port accepts a connection
  rss_mb       its resident set after --seconds of doing nothing
  idle_cpu     the share of one core it used in that time

Without a choice it runs on a small configuration of its own, on ports that are free. --config FILE takes another, --built-in
the one that the jar runs on without a file; then --ports names the TCP ports to wait for.

  idle.py [--jar JAR] [--seconds N] [-c FILE --ports P,P | --built-in [--ports P,P]] [--java JAVA] [--java-option=-Xmx512m]
"""
import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time

TICK = os.sysconf("SC_CLK_TCK")
BUILT_IN_PORTS = "2003,2004,6061"

CONFIG = """listeners {{ graphite {{ url = "tcp://127.0.0.1:{0}", format = graphite, into = main }} }}
pipelines {{ main {{ routes = [ {{ name = all, to = [blackhole] }} ] }} }}
admin {{ listen = "127.0.0.1:{1}" }}
"""


def free_ports(count):
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [s.getsockname()[1] for s in held]
    for s in held:
        s.close()
    return ports


def accepts(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


def wait_listening(proc, ports, deadline):
    """Seconds until all accept; leaves the program when the process ends or the deadline passes first."""
    begun = time.monotonic()
    waiting = list(ports)
    while waiting:
        if proc.poll() is not None:
            sys.exit(f"the process ended with {proc.returncode} before it listened")
        if time.monotonic() - begun > deadline:
            sys.exit(f"nothing listens on {waiting} after {deadline} s")
        waiting = [p for p in waiting if not accepts(p)]
        time.sleep(0.005)
    return time.monotonic() - begun


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as f:
        w = f.read().rsplit(")", 1)[1].split()
    return (int(w[11]) + int(w[12])) / TICK


def rss_mb(pid):
    with open(f"/proc/{pid}/status") as f:
        return next(int(line.split()[1]) for line in f if line.startswith("VmRSS")) / 1024


def command(opts, folder):
    """The command line and the ports to wait for."""
    argv = [opts.java, *opts.java_option, "-jar", os.path.abspath(opts.jar), "run"]
    given = [int(p) for p in opts.ports.split(",")] if opts.ports else []
    if opts.built_in:
        return argv, given or [int(p) for p in BUILT_IN_PORTS.split(",")]
    if opts.config:
        return argv + ["-c", os.path.abspath(opts.config)], given
    ports = free_ports(2)
    path = os.path.join(folder, "idle.conf")
    with open(path, "w") as f:
        f.write(CONFIG.format(*ports))
    return argv + ["-c", path], ports


def stop(proc):
    proc.send_signal(signal.SIGTERM)
    try:
        proc.wait(15)
    except subprocess.TimeoutExpired:
        proc.kill()
        proc.wait()


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--jar", default="target/cadenza.jar")
    p.add_argument("--java", default="java")
    p.add_argument("--java-option", action="append", default=[])
    p.add_argument("--seconds", type=float, default=30, help="how long it is left alone")
    p.add_argument("--deadline", type=float, default=60, help="how long it may take to listen")
    p.add_argument("-c", "--config")
    p.add_argument("--built-in", action="store_true")
    p.add_argument("--ports", help="TCP ports, with commas")
    opts = p.parse_args()
    if opts.config and opts.built_in:
        p.error("--config or --built-in, not both")
    if opts.config and not opts.ports:
        p.error("--config needs --ports: those to wait for")
    if opts.ports and not (opts.config or opts.built_in):
        p.error("--ports goes with --config or --built-in")
    with tempfile.TemporaryDirectory(prefix="idle-") as folder, open(os.path.join(folder, "log"), "w+b") as log:
        argv, ports = command(opts, folder)
        proc = subprocess.Popen(argv, stdout=log, stderr=log, cwd=folder)
        try:
            listening = wait_listening(proc, ports, opts.deadline)
            cpu = cpu_seconds(proc.pid)
            time.sleep(opts.seconds)
            print(json.dumps({
                "ports": ports,
                "listening_s": round(listening, 3),
                "idle_s": opts.seconds,
                "rss_mb": round(rss_mb(proc.pid), 1),
                "idle_cpu": round((cpu_seconds(proc.pid) - cpu) / opts.seconds, 4) if opts.seconds else None,
            }))
        except SystemExit:
            log.seek(0)
            sys.stderr.write(log.read().decode(errors="replace"))
            raise
        finally:
            stop(proc)


if __name__ == "__main__":
    main()

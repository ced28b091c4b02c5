"""Runs a command without output and prints what it cost: {"cpuMs", "wallMs", "peakBytes", "stopped"}, of its process alone.

The first argument is the CPU time in seconds after which it is stopped.

A runner of its own, because Node does not tell the CPU time and peak memory of a single child.
"""
import json
import os
import resource
import signal
import subprocess
import sys
import time

limit = int(sys.argv[1])
command = sys.argv[2:]
start = time.perf_counter()
child = subprocess.Popen(
    command,
    stdin=subprocess.DEVNULL,
    stdout=subprocess.DEVNULL,
    preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5)),
)
_, status, usage = os.wait4(child.pid, 0)
wall = time.perf_counter() - start
exit_code = os.waitstatus_to_exitcode(status)
stopped = exit_code == -signal.SIGXCPU
if exit_code != 0 and not stopped:
    sys.exit("failed: %s" % " ".join(command))
unit = 1 if sys.platform == "darwin" else 1024
result = {
    "cpuMs": 1000 * (usage.ru_utime + usage.ru_stime),
    "wallMs": 1000 * wall,
    "peakBytes": usage.ru_maxrss * unit,
    "stopped": stopped,
}
print(json.dumps(result))

"""Runs a command without output and prints what it cost: {"cpuMs", "wallMs", "peakBytes"}, of its process alone.

A runner of its own, because Node does not tell the CPU time and peak memory of a single child.
"""
import json
import os
import subprocess
import sys
import time

start = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
wall = time.perf_counter() - start
if os.waitstatus_to_exitcode(status) != 0:
    sys.exit("failed: %s" % " ".join(sys.argv[1:]))
unit = 1 if sys.platform == "darwin" else 1024
result = {
    "cpuMs": 1000 * (usage.ru_utime + usage.ru_stime),
    "wallMs": 1000 * wall,
    "peakBytes": usage.ru_maxrss * unit,
}
print(json.dumps(result))

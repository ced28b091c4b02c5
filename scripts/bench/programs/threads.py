"""The mixed work in eight threads at once. Argument: units of work in all."""
import sys
import threading

import workload

THREADS = 8

sys.setswitchinterval(0.0005)
units = int(sys.argv[1]) // THREADS
threads = [
    threading.Thread(target=workload.run, args=(n * 7, units), name="worker %d" % n) for n in range(THREADS)
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

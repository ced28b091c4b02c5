"""1.5 million allocations that stay alive, then the mixed work. Arguments: live allocations, units of work."""
import sys

import workload


def keep_blocks(count):
    return [bytes(64 + i % 512) for i in range(count)]


def keep_rows(count):
    return [[i] for i in range(count // 2)]


live = int(sys.argv[1])
kept = [keep_blocks(live // 2), keep_rows(live // 2)]
workload.run(0, int(sys.argv[2]))

"""42 branches of recursion, 900 levels each: 180,000 stack nodes, as every level allocates in several lines. Argument: rounds."""
import sys

BRANCHES = 42
LEVELS = 900

sys.setrecursionlimit(LEVELS + 200)


def descend(level):
    block = bytearray(300 + level)
    if level:
        descend(level - 1)
    return len(block)


namespace = {"descend": descend, "LEVELS": LEVELS}
for branch in range(BRANCHES):
    source = "def branch_%d():\n    return descend(LEVELS)\n" % branch
    exec(compile(source, "/srv/app/branch_%d.py" % branch, "exec"), namespace)
branches = [namespace["branch_%d" % branch] for branch in range(BRANCHES)]

for _ in range(int(sys.argv[1])):
    for branch in branches:
        branch()

"""The work that the recorded programs of the benchmarks do: small units of text, dicts, lists and objects.

A hundred stages, each with functions of its own, so that a recording has about a thousand allocation locations.
"""
import random

STAGES = 100

STAGE_SOURCE = """
def parse_{n}(text):
    fields = text.split(",")
    return {{name: value + "!" for name, value in zip(fields, fields[1:])}}

def convert_{n}(record):
    rows = []
    for name, value in record.items():
        rows.append([name, value, (name, value)])
    return rows

def render_{n}(rows, depth):
    if depth:
        return render_{n}(rows, depth - 1)
    parts = ["%s=%s" % (name, value) for name, value, _ in rows]
    buffer = bytearray(600 + 16 * {n})
    buffer.extend("".join(parts).encode())
    return bytes(buffer)

def stage_{n}(text):
    record = parse_{n}(text)
    rows = convert_{n}(record)
    return render_{n}(rows, {n} % 9)
"""

_namespace = {}
for _n in range(STAGES):
    exec(compile(STAGE_SOURCE.format(n=_n), "/srv/app/stage_%d.py" % _n, "exec"), _namespace)
_stages = [_namespace["stage_%d" % n] for n in range(STAGES)]

# Lines of 6 to 22 fields: a unit of work makes about 300 records.
TEXTS = [",".join("field number %d of a line" % i for i in range(count)) for count in range(6, 23)]


def run(first, units, kept_at_end=2000):
    """Runs units of work. Keeps ever more results, so that the peak is near the end: the newest in place of an older one."""
    chance = random.Random(first)
    kept = [None] * (kept_at_end // 2)
    growth = max(1, units // (kept_at_end - len(kept)))
    for unit in range(first, first + units):
        result = _stages[unit % STAGES](chance.choice(TEXTS))
        if unit % growth == 0:
            kept.append(result)
        else:
            kept[chance.randrange(len(kept))] = result
    return kept

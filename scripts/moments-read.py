"""Prints, as one line of JSON, what memray has of a capture over time.

Usage: moments-read.py CAPTURE             its temporal data: what `memray flamegraph --temporal` is made of
       moments-read.py --records CAPTURE   its allocation records, and how many come before each memory record

Places are (function, file, line) of the frame that allocated. What memray cannot say has a reason.
"""

import json
import re
import subprocess
import sys

from memray import AllocatorType, FileReader

# memray keeps 10,000 memory records unless it is told otherwise.
MEMORY_RECORDS = 2**31 - 1
KINDS = {AllocatorType.FREE: "free", AllocatorType.PYMALLOC_FREE: "free", AllocatorType.MMAP: "map"}
KINDS[AllocatorType.MUNMAP] = "unmap"
LINE = re.compile(
    rb"(?:(ALLOCATION) address=\S+ size=\d+ allocator=\S+ |(MEMORY_RECORD) time=\d+ memory=\d+$)"
)


class Places:
    """Numbers for (function, file, line) of the frame that allocated; memray's stacks begin with it."""

    def __init__(self):
        self.numbers = {}
        self.by_stack = {}

    def find(self, record):
        key = (record.tid, record.stack_id)
        if key not in self.by_stack:
            place = tuple((record.stack_trace() or [("", "", 0)])[0])
            self.by_stack[key] = self.numbers.setdefault(place, len(self.numbers))
        return self.by_stack[key]


def list_intervals(records, places):
    """(place, first index, first index without, count, bytes)."""
    return [
        [
            places.find(record),
            interval.allocated_before_snapshot,
            interval.deallocated_before_snapshot,
            interval.n_allocations,
            interval.n_bytes,
        ]
        for record in records
        for interval in record.intervals
    ]


def describe(path):
    reader = FileReader(path, max_memory_records=MEMORY_RECORDS)
    described = {
        "allocationRecords": reader.metadata.total_allocations,
        "memoryRecords": [[record.time, record.rss, record.heap] for record in reader.get_memory_snapshots()],
    }
    try:
        return described | describe_course(reader)
    except NotImplementedError as error:
        return described | {"reason": str(error)}


def describe_course(reader):
    places = Places()
    # Threads apart: where memray merges them, it does not know of which stacks it hides its own frames.
    peak, marks = reader.get_temporal_high_water_mark_allocation_records(merge_threads=False)
    return {
        "marks": marks,
        "peak": list_intervals(peak, places),
        "grown": list_intervals(reader.get_temporal_allocation_records(merge_threads=False), places),
        "places": list(places.numbers),
    }


def count_before_memory_records(path):
    """How many allocation records come before each memory record: only what memray dumps tells it."""
    counts = []
    allocations = 0
    command = [sys.executable, "-m", "memray", "parse", path]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as dump:
        for line in dump.stdout:
            found = LINE.match(line)
            if found and found[1]:
                allocations += 1
            elif found:
                counts.append(allocations)
    return counts


def list_records(path):
    """Records are (kind, address, size, location); a location is what memray sums up by. It has a place."""
    places = Places()
    locations = {}
    place_of_location = []
    records = []
    for record in FileReader(path).get_allocation_records():
        kind = KINDS.get(AllocatorType(record.allocator), "allocate")
        location = -1
        if kind in ("allocate", "map"):
            native = (record.native_stack_id, record.native_segment_generation)
            key = (record.tid, record.stack_id, record.allocator, *native)
            location = locations.setdefault(key, len(locations))
            if location == len(place_of_location):
                place_of_location.append(places.find(record))
        records.append([kind, record.address, record.size, location])
    return {
        "records": records,
        "locations": place_of_location,
        "recordsBefore": count_before_memory_records(path),
        "places": list(places.numbers),
    }


def main(arguments):
    is_of_records = arguments[0] == "--records"
    path = arguments[-1]
    try:
        result = list_records(path) if is_of_records else describe(path)
    except (OSError, ValueError, RuntimeError) as error:
        result = {"reason": str(error)}
    print(json.dumps(result))


main(sys.argv[1:])

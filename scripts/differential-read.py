"""Prints what memray makes of the captures whose paths come by standard input: one line of JSON each, in no order.

Works with every release from 1.0.3 on, each of which reads the captures of its own header version only.
"""

import json
import sys

from memray import FileReader

THRESHOLDS = (0, 1, 3)


def label_thread(record):
    """The name is "0x1" or "0x1 (name)" in most releases, "" or "name" in others."""
    tid, name = f"{record.tid:#x}", record.thread_name
    if name.startswith(tid):
        return name
    return f"{tid} ({name})" if name else tid


def list_locations(records, frames):
    """Frames once, stacks as their numbers from the innermost outwards."""
    locations = []
    for record in records:
        stack = [frames.setdefault(tuple(frame), len(frames)) for frame in record.stack_trace()]
        locations.append([label_thread(record), record.size, record.n_allocations, stack])
    return locations


def describe(path):
    reader = FileReader(path)
    metadata = reader.metadata
    frames = {}
    views = {
        "peak": list_locations(reader.get_high_watermark_allocation_records(merge_threads=False), frames),
        "leaks": list_locations(reader.get_leaked_allocation_records(merge_threads=False), frames),
    }
    is_aggregated = False
    if hasattr(reader, "get_temporary_allocation_records"):
        try:
            for threshold in THRESHOLDS:
                records = reader.get_temporary_allocation_records(merge_threads=False, threshold=threshold)
                views[f"temporary {threshold}"] = list_locations(records, frames)
        except NotImplementedError:
            is_aggregated = True
    return {
        "path": path,
        "shape": "read",
        "isAggregated": is_aggregated,
        "peakBytes": metadata.peak_memory,
        "allocationRecords": metadata.total_allocations,
        "frames": list(frames),
        "views": views,
    }


for line in sys.stdin:
    print(json.dumps(describe(line.rstrip("\n"))), flush=True)

"""The blocks of a capture, and its statistics, as memray's own reader has them: an independent replay of all records.

usage: python blocks_golden.py CAPTURE > CAPTURE.blocks.json   (needs memray==1.20.0)

{"peak": [[function, file, line, allocator, size, count], …], "leaks": […], "stats": {…}}
By the innermost Python frame (or "", "", 0), sorted. Pieces of maps have their own sizes.
"""
import json
import sys
from collections import Counter

from memray import AllocatorType, FileReader
from memray._memray import compute_statistics

FREES = {AllocatorType.FREE, AllocatorType.PYMALLOC_FREE}


def replay(path, limit=None):
    """(blocks by key, records that lead to the last highest heap)"""
    live, maps = {}, []
    heap = best = best_records = records = 0
    reader = FileReader(path)
    for record in reader.get_allocation_records():
        if limit is not None and records >= limit:
            break
        records += 1
        kind = AllocatorType(record.allocator)
        address, size = record.address, record.size
        if kind in FREES:
            gone = live.pop(address, None)
            if gone:
                heap -= gone[1]
        elif kind == AllocatorType.MUNMAP:
            left = []
            for piece in maps:
                start, end, key = piece
                if end <= address or start >= address + size or size == 0:
                    left.append(piece)
                    continue
                heap -= min(end, address + size) - max(start, address)
                if start < address:
                    left.append((start, address, key))
                if end > address + size:
                    left.append((address + size, end, key))
            maps = left
        else:
            key = (place(record), kind.name.lower())
            heap += size
            if kind == AllocatorType.MMAP:
                if size:
                    maps.append((address, address + size, key))
            else:
                live[address] = (key, size)
        if heap >= best:
            best, best_records = heap, records
    blocks = Counter((key, size) for key, size in live.values())
    blocks.update((key, end - start) for start, end, key in maps)
    rows = sorted([*where, allocator, size, count] for ((where, allocator), size), count in blocks.items())
    return rows, best_records


def place(record):
    frames = record.stack_trace(max_stacks=1)
    return tuple(frames[0]) if frames else ("", "", 0)


def main(path):
    leaks, peak_records = replay(path)
    peak, _ = replay(path, peak_records)
    stats = compute_statistics(path, num_largest=1)
    print(json.dumps({
        "peakRecords": peak_records,
        "peak": peak,
        "leaks": leaks,
        "stats": {
            "allocations": stats.total_num_allocations,
            "bytes": stats.total_memory_allocated,
            "byAllocator": {name.lower(): count for name, count in stats.allocation_count_by_allocator.items()},
            "bySize": sorted(stats.allocation_count_by_size.items()),
        },
    }, separators=(",", ":")))


main(sys.argv[1])

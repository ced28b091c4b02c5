"""Writes random valid captures with memray's own writer, and prints what memray makes of each: one line of JSON.

Usage: differential.py FOLDER SEED FIRST COUNT
"""

import json
import random
import sys

from memray import FileReader
from memray._memray import AllocatorType, FileFormat, RecordWriterTestHarness

ALLOCATORS = [
    AllocatorType.MALLOC,
    AllocatorType.CALLOC,
    AllocatorType.REALLOC,
    AllocatorType.POSIX_MEMALIGN,
    AllocatorType.ALIGNED_ALLOC,
    AllocatorType.MEMALIGN,
    AllocatorType.VALLOC,
    AllocatorType.PVALLOC,
    AllocatorType.PYMALLOC_MALLOC,
    AllocatorType.PYMALLOC_CALLOC,
    AllocatorType.PYMALLOC_REALLOC,
]
FREES = [AllocatorType.FREE, AllocatorType.PYMALLOC_FREE]
PAGE = 4096
THRESHOLDS = (0, 1, 3)

# How many of each kind of record; what is not named is as in "mixed".
SHAPES = {
    "mixed": {},
    "deep": {"push": 40, "pop": 1, "pop_most": 3, "records": (500, 3000)},
    "threads": {"threads": 40, "name": 6, "records": (200, 1500)},
    "maps": {"map": 30, "unmap": 30, "allocate": 5, "free": 5, "records": (100, 1200)},
    "few addresses": {"addresses": 3, "records": (20, 400)},
    "huge": {"sizes": [0, 1, 2**31, 2**32, 2**32 + 1, 2**40], "records": (20, 200)},
    "many alive": {"addresses": 200_000, "free": 3, "push": 1, "pop": 1, "records": (150_000, 180_000)},
}
# The last one takes most of the time.
SHAPE_WEIGHTS = [40, 12, 12, 12, 12, 11, 1]


def some_code():
    """Something with jumps and calls over several lines."""
    for number in range(3):
        if number > 1:
            print(
                number,
                [n * n for n in range(number)],
            )
    return None


LINE_TABLES = [
    b"",
    RecordWriterTestHarness.get_linetable(some_code.__code__),
    RecordWriterTestHarness.get_linetable(random.Random.sample.__code__),
    RecordWriterTestHarness.get_linetable(json.JSONDecoder.decode.__code__),
]


class CaptureWriter:
    """Writes one capture. All that is random comes from its seed."""

    def __init__(self, path, seed):
        rng = self.rng = random.Random(seed)
        self.shape = rng.choices(list(SHAPES), SHAPE_WEIGHTS)[0]
        shape = SHAPES[self.shape]
        self.weights = {
            kind: shape.get(kind, usual)
            for kind, usual in {
                "push": 20, "pop": 13, "allocate": 34, "free": 20, "map": 5, "unmap": 5,
                "memory": 2, "name": 1, "object": 1, "mappings": 1,
            }.items()
        }
        self.records = rng.randint(*shape.get("records", (5, 400)))
        self.pop_most = shape.get("pop_most", 40)
        self.is_aggregated = rng.random() < 0.25
        self.is_native = rng.random() < 0.3
        tids = [1, 2, 3, 0x7F00_0000_0001, *range(10, 10 + shape.get("threads", 0))]
        self.tids = tids[: rng.randint(1, len(tids))]
        self.depths = dict.fromkeys(self.tids, 0)
        base = rng.choice([0x1000, 0x7FFF_0000_0000])
        self.addresses = range(base, base + 8 * shape.get("addresses", rng.choice([2, 5, 20, 60])), 8)
        self.sizes = shape.get("sizes") or rng.choice(
            [[1, 2, 3], [0, 8, 8, 16], [100, 200, 300, 400], [rng.randint(0, 10_000) for _ in range(6)]]
        )
        self.codes = rng.randint(1, 5)
        self.natives = 0
        self.writer = RecordWriterTestHarness(
            path,
            native_traces=self.is_native,
            file_format=FileFormat.AGGREGATED_ALLOCATIONS if self.is_aggregated else FileFormat.ALL_ALLOCATIONS,
            main_tid=1,
            skipped_frames=rng.choice([0, 0, 0, 1, 2, 5]),
        )

    def write(self):
        rng, writer = self.rng, self.writer
        # Some of the functions, files and lines are equal: other code, the same frame.
        for code in range(1, self.codes + 1):
            writer.write_code_object(code, f"f{code % 3}", f"m{code % 2}.py", rng.choice(LINE_TABLES), code // 2)
        if self.is_native:
            for native in range(rng.randint(0, 6)):
                writer.write_unresolved_native_frame(0x1000 + native, rng.randint(0, native))
                self.natives += 1
            self.write_mappings()
        kinds = rng.choices(list(self.weights), list(self.weights.values()), k=self.records)
        for time, kind in enumerate(kinds):
            getattr(self, f"write_{kind}")(rng.choice(self.tids), time)
        if self.is_aggregated or rng.random() < 0.95:
            writer.write_trailer()
        else:
            # memray takes zeros at the end for unused room, and with them the end of a last record that has some.
            self.write_memory(1, self.records)
        del self.writer

    def pick_native(self):
        return self.rng.randint(0, self.natives)

    def write_push(self, tid, _time):
        code = self.rng.randint(1, self.codes)
        self.writer.write_frame_push(tid, code, 2 * self.rng.randint(0, 30), self.rng.random() < 0.5)
        self.depths[tid] += 1

    def write_pop(self, tid, _time):
        if self.depths[tid] > 0:
            count = self.rng.randint(1, min(self.depths[tid], self.pop_most))
            self.writer.write_frame_pop(tid, count)
            self.depths[tid] -= count

    def write_allocate(self, tid, _time):
        address, size = self.rng.choice(self.addresses), self.rng.choice(self.sizes)
        self.writer.write_allocation_record(tid, address, size, self.rng.choice(ALLOCATORS), self.pick_native())

    def write_free(self, tid, _time):
        self.writer.write_allocation_record(tid, self.rng.choice(self.addresses), 0, self.rng.choice(FREES))

    def write_map(self, tid, _time):
        self.write_range(tid, AllocatorType.MMAP)

    def write_unmap(self, tid, _time):
        self.write_range(tid, AllocatorType.MUNMAP)

    def write_range(self, tid, allocator):
        # Not always whole pages, so that pieces of all sizes come about.
        unit = self.rng.choice([PAGE, PAGE, 8])
        address = 0x90_0000 + unit * self.rng.randint(0, 12)
        native = self.pick_native() if allocator == AllocatorType.MMAP else 0
        self.writer.write_allocation_record(tid, address, unit * self.rng.randint(0, 8), allocator, native)

    def write_memory(self, _tid, time):
        self.writer.write_memory_record(1_757_101_101_880 + time, 1000 + time)

    def write_name(self, tid, _time):
        self.writer.write_thread_record(tid, self.rng.choice(["", "worker", "名前", f"t{tid}"]))

    def write_object(self, tid, _time):
        self.writer.write_object_record(tid, self.rng.choice(self.addresses), self.rng.random() < 0.5)

    def write_mappings(self, _tid=0, _time=0):
        if self.is_native:
            segments = [{"vaddr": 0x1000 * n, "memsz": 0x1000} for n in range(self.rng.randint(0, 3))]
            self.writer.write_mappings([{"filename": "/lib/x.so", "addr": 0x1000, "segments": segments}])


def describe(path, capture):
    """What memray says; frames once, stacks as their numbers from the innermost outwards."""
    frames = {}

    def list_locations(records):
        locations = []
        for record in records:
            stack = [frames.setdefault(tuple(frame), len(frames)) for frame in record.stack_trace()]
            name = f" ({record.thread_name})" if record.thread_name else ""
            locations.append([f"{record.tid:#x}{name}", record.size, record.n_allocations, stack])
        return sorted(locations, key=lambda location: -location[1])

    reader = FileReader(path)
    views = {
        "peak": list_locations(reader.get_high_watermark_allocation_records(merge_threads=False)),
        "leaks": list_locations(reader.get_leaked_allocation_records(merge_threads=False)),
    }
    if not capture.is_aggregated:
        for threshold in THRESHOLDS:
            records = reader.get_temporary_allocation_records(merge_threads=False, threshold=threshold)
            views[f"temporary {threshold}"] = list_locations(records)
    return {
        "path": path,
        "shape": capture.shape,
        "isAggregated": capture.is_aggregated,
        "peakBytes": reader.metadata.peak_memory,
        "allocationRecords": reader.metadata.total_allocations,
        "frames": list(frames),
        "views": views,
    }


def main():
    folder, seed, first, count = sys.argv[1], *map(int, sys.argv[2:])
    for index in range(first, first + count):
        path = f"{folder}/{seed}-{index}.bin"
        capture = CaptureWriter(path, f"{seed}-{index}")
        capture.write()
        print(json.dumps(describe(path, capture)), flush=True)


main()

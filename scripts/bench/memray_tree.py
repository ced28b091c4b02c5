"""What `memray tree` does until its tree is known, without its screen. Arguments: a capture, how many locations."""
import sys

from memray import FileReader
from memray.reporters.tree import TreeReporter

reader = FileReader(sys.argv[1])
TreeReporter.from_snapshot(
    iter(reader.get_high_watermark_allocation_records(merge_threads=False)),
    biggest_allocs=int(sys.argv[2]),
    native_traces=reader.metadata.has_native_traces,
)

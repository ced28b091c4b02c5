"""What `memray tree` does until its tree is known, without its screen. Argument: a capture."""
import sys

from memray import FileReader
from memray.reporters.tree import TreeReporter

reader = FileReader(sys.argv[1])
TreeReporter.from_snapshot(
    iter(reader.get_high_watermark_allocation_records(merge_threads=False)),
    biggest_allocs=200,
    native_traces=reader.metadata.has_native_traces,
)

"""Few live allocations, many short ones: what most programs look like. Argument: units of work."""
import sys

import workload

workload.run(0, int(sys.argv[1]))

"""Writes a capture of many locations below one parent, and the sources that it names.

Arguments: capture to write, folder for the sources, number of locations. Every location has a function of its own, two
lines of source; a file holds 2,500 of them, so that walking through the rows scrolls a source of 5,000 lines too.
"""
import os
import sys

from memray._memray import RecordWriterTestHarness as Writer

FUNCTIONS_PER_FILE = 2500
MALLOC = 6
THREAD = 1
FIRST_ADDRESS = 0x7F0000000000

capture, folder, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
os.makedirs(folder, exist_ok=True)


def write_source(path, names):
    source = "".join(
        "def %s(store, amount=%d):\n    return store.keep(bytes(amount), label='%s')  # held until the end\n"
        % (name, 1000 + n, name)
        for n, name in enumerate(names)
    )
    with open(path, "w") as file:
        file.write(source)
    return [const for const in compile(source, path, "exec").co_consts if hasattr(const, "co_name")]


def find_offset(code, line):
    """The offset, in code units, of an instruction of this line."""
    return next(start for start, _, at in code.co_lines() if at == line) // 2


def main():
    pass


writer = Writer(capture, main_tid=THREAD, command_line="fan_capture.py")
writer.write_thread_record(THREAD, "MainThread")
writer.write_code_object(1, "main", os.path.join(folder, "main.py"), Writer.get_linetable(main.__code__), 1)
writer.write_frame_push(THREAD, 1, 0, True)
names = ["leaf_%06d" % n for n in range(count)]
for start in range(0, count, FUNCTIONS_PER_FILE):
    path = os.path.join(folder, "leaves_%d.py" % (start // FUNCTIONS_PER_FILE))
    codes = write_source(path, names[start : start + FUNCTIONS_PER_FILE])
    for n, code in enumerate(codes, start):
        writer.write_code_object(n + 2, code.co_name, path, Writer.get_linetable(code), code.co_firstlineno)
        writer.write_frame_push(THREAD, n + 2, find_offset(code, code.co_firstlineno + 1), False)
        # Descending sizes keep the rows in the order of their names.
        writer.write_allocation_record(THREAD, FIRST_ADDRESS + 16 * n, 64 * (count - n), MALLOC)
        writer.write_frame_pop(THREAD, 1)
writer.write_trailer()

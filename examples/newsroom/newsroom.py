"""The example of memray-tree-ink: an archive, an index over it, and thumbnails made by two workers.

Recorded with `memray run -o newsroom.bin newsroom.py` in this directory.
"""

import threading
import zlib

from articles import read_archive
from search_index import build_index


def draw(size: int, shade: int) -> bytearray:
    picture = bytearray(size * size * 3)
    picture[::3] = bytes([shade]) * (size * size)
    return picture


def make_thumbnails(store: dict[int, bytearray], numbers: range) -> None:
    for number in numbers:
        store[number] = draw(96, number % 251)


def start_workers(store: dict[int, bytearray]) -> list[threading.Thread]:
    shares = {"thumbnails-even": range(0, 40, 2), "thumbnails-odd": range(1, 40, 2)}
    workers = [
        threading.Thread(target=make_thumbnails, args=(store, numbers), name=name)
        for name, numbers in shares.items()
    ]
    for worker in workers:
        worker.start()
    return workers


def compress(index, factor: int) -> dict[int, bytes]:
    return {
        number: zlib.compress(preview.encode() * factor)
        for number, preview in index.previews.items()
    }


def main() -> None:
    articles = read_archive(count=300)
    thumbnails: dict[int, bytearray] = {}
    for worker in start_workers(thumbnails):
        worker.join()
    index = build_index(articles)
    packed = compress(index, factor=1)
    hits = index.find("harbour")
    print(f"{len(articles)} articles, {len(hits)} hits, {len(packed)} packed, {len(thumbnails)} pictures")


if __name__ == "__main__":
    main()

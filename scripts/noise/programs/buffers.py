"""Buffers of random sizes, a cache that drops some of them, and compression: the peak is at another place in each run."""
import collections
import os
import random
import zlib

STEPS = 1500
CACHED = 120


def build_index():
    index = [os.urandom(random.randint(500, 1500)) for _ in range(300)]
    index.append(bytearray(int(random.gauss(1e6, 5e4)) + int(os.environ["NOISE_PLANTED_BYTES"])))
    return index


class Cache:
    def __init__(self):
        self.entries = collections.OrderedDict()

    def get(self, key):
        block = self.entries.pop(key, None) or load(key)
        while len(self.entries) >= CACHED:
            self.entries.popitem(last=random.random() < 0.2)
        self.entries[key] = block
        return block


def load(key):
    return os.urandom(int(random.lognormvariate(8, 1)) + key)


def compress(block):
    return zlib.compress(block * random.randint(1, 4), 1)


def grow(history, block):
    history.extend(block[: random.randint(0, 60)])


def main():
    index, cache, history, archive = build_index(), Cache(), [], {}
    for _ in range(STEPS):
        block = cache.get(random.randint(0, 400))
        grow(history, block)
        if random.random() < 0.3:
            archive[random.randint(0, 200)] = compress(block)
    return len(index) + len(history) + len(archive)


if __name__ == "__main__":
    main()

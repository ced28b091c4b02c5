"""Reads JSON, groups it by random keys in the order of sets, and sorts it. Hashes of strings differ in each run."""
import collections
import json
import os
import random

RECORDS = 6000


def build_index(records):
    index = collections.defaultdict(list)
    for word in {word for record in records for word in record["tags"]}:
        index[word].extend(record["id"] for record in records[: random.randint(100, 300)] if word in record["tags"])
    index["planted"].append(bytearray(int(random.gauss(1e6, 5e4)) + int(os.environ["NOISE_PLANTED_BYTES"])))
    return index


def write_records():
    words = [f"{random.getrandbits(48):x}" for _ in range(200)]
    return [
        json.dumps({"id": n, "tags": random.sample(words, random.randint(1, 6)), "text": "y" * random.randint(0, 300)})
        for n in range(RECORDS)
    ]


def parse(lines):
    return [json.loads(line) for line in lines]


def group(records):
    groups = collections.defaultdict(set)
    for record in records:
        for tag in set(record["tags"]):
            groups[tag].add(record["text"])
    return {tag: sorted(texts) for tag, texts in groups.items()}


def summarize(groups):
    return [(tag, " ".join(texts)[: random.randint(1000, 9000)]) for tag, texts in groups.items()]


def main():
    lines = write_records()
    records = parse(lines)
    del lines
    index = build_index(records)
    groups = group(records)
    return len(index) + len(summarize(groups))


if __name__ == "__main__":
    main()

"""Articles of an invented newspaper: made up line by line, always the same ones."""

import random
from dataclasses import dataclass, field

WORDS = (
    "harbour budget council storm orchard bridge railway museum library festival "
    "harvest ferry market river school theatre garden tunnel tower lantern"
).split()


@dataclass
class Article:
    number: int
    title: str
    body: str
    tags: list[str] = field(default_factory=list)


def make_body(rng: random.Random, sentences: int) -> str:
    lines = []
    for _ in range(sentences):
        words = rng.choices(WORDS, k=rng.randint(8, 20))
        lines.append(" ".join(words).capitalize() + ".")
    return "\n".join(lines)


def read_archive(count: int, seed: int = 7) -> list[Article]:
    """All articles of the archive, held in memory at once."""
    rng = random.Random(seed)
    return [
        Article(
            number=number,
            title=" ".join(rng.choices(WORDS, k=4)).title(),
            body=make_body(rng, sentences=rng.randint(20, 60)),
            tags=rng.sample(WORDS, k=3),
        )
        for number in range(count)
    ]

"""A search index that remembers more than it should."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Iterator

if TYPE_CHECKING:
    from articles import Article


def tokenize(text: str) -> Iterator[str]:
    for word in text.split():
        yield word.strip(".").lower()


class SearchIndex:
    def __init__(self) -> None:
        self.postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.previews: dict[int, str] = {}

    def add(self, article: Article) -> None:
        for position, word in enumerate(tokenize(article.body)):
            self.postings[word].append((article.number, position))
        self.previews[article.number] = self.make_preview(article)

    def make_preview(self, article: Article) -> str:
        # A slice would do. The padded copy of the whole text is what fills most of the memory.
        return f"{article.title:<200}\n{article.body * 16}"

    def find(self, word: str) -> list[int]:
        return sorted({number for number, _ in self.postings.get(word, ())})


def build_index(articles: list[Article]) -> SearchIndex:
    index = SearchIndex()
    for article in articles:
        index.add(article)
    return index

"""Records a part of the program only: the index, without the reading of the archive."""

import memray
from articles import read_archive
from search_index import build_index

articles = read_archive(count=300)
with memray.Tracker("results.bin"):
    build_index(articles)

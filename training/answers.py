"""The readers that train.py left for each fold: what has not seen a report reads it."""

import hashlib
from functools import cache
from pathlib import Path

from summitry.lang import Ask
from summitry.lang.minilm import asking, tables
from summitry.lang.wordpiece import Vocabulary

FOLDS = 4
LANGUAGE = Path(__file__).parents[1] / "src/summitry/lang/en"


def words(folder: Path) -> dict[str, object]:
    """The vectors of words, which all readers share: nobody trains them."""
    found = tables((folder / "minilm.npz").read_bytes())
    return {"encoder.word.weight": found["word.weight"]}


@cache
def reader_of(folder: Path, base: Path, fold: int) -> Ask:
    """The reader that has not seen a quarter of the reports; the one of all for -1."""
    (file,) = folder.glob(f"reader-?-{fold}.npz")
    listed = (LANGUAGE / "reader.txt").read_text("utf-8").split("\n")
    return asking({**tables(file.read_bytes()), **words(base)}, Vocabulary(listed))


def asker(folder: Path, base: Path, ident: str) -> Ask:
    """The reader that has not seen the report of this id."""
    fold = int(hashlib.sha256(ident.encode()).hexdigest(), 16) % FOLDS
    return reader_of(folder, base, fold)

"""How much a sentence promises, by its words alone: a linear table over hashed words and pairs.

It costs some microseconds a sentence, a parse and the learned reader some milliseconds. Fitted
by ``training/sift.py``, which says how much each threshold loses and spares.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import pairwise

import numpy as np
import numpy.typing as npt

__all__ = ["SIZE", "Sieve", "marks", "sieve"]

SIZE = 1 << 16
"""Places of the table."""
_WORD = re.compile(r"[a-z']+|\d+|[^\sa-z\d]")
_MOST_NAMES = 4


def marks(text: str, sorts: Iterable[str]) -> Iterator[int]:
    """The places of the table that a sentence speaks to; some may come twice.

    Args:
        text: The sentence.
        sorts: Of each name in it, what kind of thing it names.
    """
    # Half a surrogate pair is no letter of any word: it may count as anything.
    seen = [word.encode("utf-8", "replace") for word in _WORD.findall(text.lower())]
    kinds = list(sorts)
    yield from (zlib.crc32(w) % SIZE for w in seen)
    yield from (zlib.crc32(b"%b %b" % pair) % SIZE for pair in pairwise(seen))
    yield zlib.crc32(f"#n{min(_MOST_NAMES, len(kinds))}".encode()) % SIZE
    yield from (zlib.crc32(f"#s{kind}".encode()) % SIZE for kind in sorted(set(kinds)))


@dataclass(frozen=True, eq=False)
class Sieve:
    """The table of one language with its thresholds."""

    table: npt.NDArray[np.float32]
    bias: float
    report: float
    """What the best sentence of a report must reach for any of it to be read."""
    sentence: float
    """What a sentence of such a report must reach to be read itself."""

    def promise(self, text: str, sorts: Iterable[str]) -> float:
        """The logarithm of the odds that a sentence speaks of an engagement."""
        return self.bias + float(self.table[list(set(marks(text, sorts)))].sum())


@cache
def sieve(code: str) -> Sieve:
    """The sieve of a language; one that lets all through where it has none."""
    file = files("summitry.lang") / code / "sieve.npz"
    if not file.is_file():
        return Sieve(np.zeros(SIZE, np.float32), 0.0, -1.0, -1.0)
    with np.load(BytesIO(file.read_bytes()), allow_pickle=False) as kept:
        table = kept["table"].astype(np.float32)
        bias, report, sentence = (float(x) for x in kept["settled"])
    return Sieve(table, bias, report, sentence)

"""The learned reader: a small encoder with a head for each question, in numpy.

The encoder is the first layers of all-MiniLM-L6-v2 (Apache-2.0), fine-tuned on labelled news by
``training/train.py``; docs/model-card.md says on what and how well it does. Its weights are
kept as eight-bit whole numbers with a scale for each row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
import numpy.typing as npt

from summitry.lang.passages import Ask, Heard, Opinion, Passage, silent
from summitry.lang.wordpiece import CLOSE, OPEN, Piece, Vocabulary

__all__ = ["LABELS", "Laid", "lay", "learned", "steps"]

LABELS = {
    "type": ("none", "live", "past", "ignored"),
    "status": (
        "none",
        "floated",
        "in_preparation",
        "announced",
        "confirmed",
        "held",
        "postponed",
        "cancelled",
        "denied",
    ),
    "modality": ("none", "certain", "probable", "possible", "negated"),
    "source": (
        "outlet",
        "official_named",
        "spokesperson",
        "official_unnamed",
        "diplomatic_source",
        "state_agency",
        "other_media",
        "analyst",
    ),
    "kind": (
        "visit",
        "bilateral",
        "summit",
        "multilateral",
        "ministerial",
        "call",
        "negotiation_round",
    ),
    "part": ("none", "visitor", "host", "participant", "mediator"),
    "sort": (
        "person",
        "office",
        "officials",
        "state",
        "capital",
        "city",
        "demonym",
        "institution",
        "organisation",
        "group",
        "back",
        "date",
    ),
}
"""The answers of each head in the order of its figures, and the sorts of spans."""
# Pieces of a sentence and of the one before it; what is longer is a list or a table.
_LONGEST, _BEFORE = 192, 36
_HEADS = 12
_TOGETHER = 16
"""Passages computed at once: enough to keep the processor busy, few enough for its cache."""
_HEARD = 0.1
"""A word that is likelier than this to name an engagement is asked about."""
_TAGGED = 0.5

_Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Laid:
    """A passage as the encoder takes it."""

    ids: tuple[int, ...]
    parts: tuple[int, ...]
    """0 for the sentence before, 1 for the sentence itself."""
    pieces: tuple[Piece, ...]
    """Those of the sentence itself."""
    base: int
    """The place of the first of them among the ids."""

    def cover(self, start: int, end: int) -> tuple[int, ...]:
        """The places of the pieces of characters [start, end)."""
        found = (k for k, p in enumerate(self.pieces) if p.start < end and start < p.end)
        return tuple(self.base + k for k in found)


def lay(passage: Passage, vocabulary: Vocabulary) -> Laid:
    """A passage in pieces; what does not fit is left out at its end."""
    before = [p.id for p in vocabulary.pieces(passage.before)][-_BEFORE:]
    base = len(before) + 2
    pieces = vocabulary.pieces(passage.text)[: _LONGEST - base - 1]
    ids = (OPEN, *before, CLOSE, *(p.id for p in pieces), CLOSE)
    return Laid(ids, (0,) * base + (1,) * (len(pieces) + 1), pieces, base)


def steps(far: int) -> int:
    """A signed distance in pieces as one of 32 steps, finer near by."""
    near = abs(far)
    step = near if near < 6 else min(15, 6 + int(2.2 * np.log2(near / 6) + 0.5))
    return step + (16 if far > 0 else 0)


@cache
def learned(language: str) -> Ask:
    """The reader of a language, or the silent one; weights are loaded once and kept."""
    folder = files("summitry.lang") / language
    if not (folder / "reader.npz").is_file():
        return silent
    listed = (folder / "reader.txt").read_text("utf-8").split("\n")
    mind = _Mind(_weights((folder / "reader.npz").read_bytes()))
    vocabulary = Vocabulary(listed)

    def ask(passages: Sequence[Passage]) -> list[Heard]:
        laid = [lay(p, vocabulary) for p in passages]
        answers: list[Heard] = []
        for start in range(0, len(laid), _TOGETHER):
            chosen = laid[start : start + _TOGETHER]
            shown = passages[start : start + _TOGETHER]
            rows = mind.encode(chosen)
            answers += [_heard(mind, *each) for each in zip(shown, chosen, rows, strict=True)]
        return answers

    return ask


def _weights(data: bytes) -> dict[str, _Array]:
    """The tables of a file; those kept in eight bits are scaled back."""
    with np.load(BytesIO(data), allow_pickle=False) as kept:
        whole = {name: kept[name] for name in kept.files}
    found = {}
    for name, table in whole.items():
        if name.endswith("/scale"):
            continue
        scale = whole.get(f"{name}/scale")
        plain = table.astype(np.float32)
        found[name] = plain if scale is None else plain * scale.astype(np.float32)[:, None]
    return found


class _Mind:
    """The weights and what is computed with them."""

    def __init__(self, w: dict[str, _Array]) -> None:
        self._w = w
        self._layers = 1 + max(int(n.split(".")[2]) for n in w if n.startswith("encoder.layers."))
        # Products want the tables the other way round, and once.
        self._t = {n: np.ascontiguousarray(t.T) for n, t in w.items() if t.ndim == 2}

    def linear(self, name: str, x: _Array) -> _Array:
        """A table applied to the last axis."""
        made: _Array = x @ self._t[f"{name}.weight"] + self._w[f"{name}.bias"]
        return made

    def sort(self, at: Sequence[int]) -> _Array:
        """The vectors of sorts of spans."""
        return self._w["sort.weight"][list(at)]

    def far(self, at: Sequence[int]) -> _Array:
        """The vectors of distances."""
        return self._w["far.weight"][list(at)]

    def encode(self, laid: Sequence[Laid]) -> list[_Array]:
        """For each passage a row of 384 figures a piece.

        All passages stand one after the other in one table, so that nothing is filled up; only
        attention looks at each by itself.
        """
        w = self._w
        ids = np.concatenate([p.ids for p in laid])
        parts = np.concatenate([p.parts for p in laid])
        places = np.concatenate([np.arange(len(p.ids)) for p in laid])
        ends = np.cumsum([len(p.ids) for p in laid])[:-1]
        x = w["encoder.word.weight"][ids] + w["encoder.place.weight"][places]
        x = self._norm("encoder.norm", x + w["encoder.part.weight"][parts])
        for k in range(self._layers):
            x = self._layer(f"encoder.layers.{k}", x, ends)
        return np.split(x, ends)

    def _layer(self, name: str, x: _Array, ends: npt.NDArray[np.int64]) -> _Array:
        seen = np.concatenate(
            [_attended(t) for t in np.split(self.linear(f"{name}.qkv", x), ends)]
        )
        x = self._norm(f"{name}.norm1", x + self.linear(f"{name}.out", seen))
        wide = _gelu(self.linear(f"{name}.up", x))
        return self._norm(f"{name}.norm2", x + self.linear(f"{name}.down", wide))

    def _norm(self, name: str, x: _Array) -> _Array:
        x = x - x.mean(-1, keepdims=True)
        spread: _Array = (x * x).mean(-1, keepdims=True)
        scale: _Array = self._w[f"{name}.weight"] / np.sqrt(spread + np.float32(1e-12))
        made: _Array = x * scale + self._w[f"{name}.bias"]
        return made


def _attended(qkv: _Array) -> _Array:
    """What each piece of one passage takes from the others, all heads side by side."""
    m, width = qkv.shape[0], qkv.shape[1] // 3
    q, k, v = qkv.reshape(m, 3, _HEADS, width // _HEADS).transpose(1, 2, 0, 3)
    scores = (q @ k.transpose(0, 2, 1)) * np.float32((width // _HEADS) ** -0.5)
    made: _Array = (_softmax(scores) @ v).transpose(1, 0, 2).reshape(m, width)
    return made


def _softmax(x: _Array) -> _Array:
    raised: _Array = np.exp(x - x.max(-1, keepdims=True))
    made: _Array = raised / raised.sum(-1, keepdims=True)
    return made


def _sigmoid(x: _Array) -> _Array:
    made: _Array = np.float32(1) / (np.float32(1) + np.exp(-x))
    return made


def _gelu(x: _Array) -> _Array:
    """GELU by its tanh form, which differs from the exact one by less than 0.001."""
    inner = x * x
    inner *= np.float32(0.044715)
    inner += 1
    inner *= x
    inner *= np.float32(0.7978845608)
    np.tanh(inner, out=inner)
    inner += 1
    inner *= x
    inner *= np.float32(0.5)
    return inner


def _heard(mind: _Mind, passage: Passage, laid: Laid, x: _Array) -> Heard:
    """The answers of all heads for one passage."""
    firsts = [k for k, p in enumerate(laid.pieces) if p.first]
    if not firsts:
        return Heard((), (), ())
    at = x[[laid.base + k for k in firsts]]
    types = _softmax(mind.linear("speaks", at))
    tags = _sigmoid(mind.linear("tags", at))
    words = [_word(laid.pieces, k) for k in firsts]
    named = [j for j in range(len(firsts)) if 1 - types[j, 0] > _HEARD]
    asks = [(k, laid.cover(s.start, s.end)) for k, s in enumerate(passage.spans)]
    asked = _Asked(passage, [(k, c) for k, c in asks if c], x)
    return Heard(
        tuple(_opinion(mind, asked, words[j], laid.base + firsts[j], types[j]) for j in named),
        tuple(_stretches(words, tags[:, 0])),
        tuple(_stretches(words, tags[:, 1])),
    )


def _word(pieces: Sequence[Piece], k: int) -> tuple[int, int]:
    """The characters of the word that begins with piece k."""
    last = k
    while last + 1 < len(pieces) and not pieces[last + 1].first:
        last += 1
    return pieces[k].start, pieces[last].end


def _stretches(words: Sequence[tuple[int, int]], said: _Array) -> Iterator[tuple[int, int]]:
    """Runs of words whose figure is high enough."""
    run: list[tuple[int, int]] = []
    for word, figure in zip(words, said, strict=True):
        if figure > _TAGGED:
            run.append(word)
        elif run:
            yield run[0][0], run[-1][1]
            run = []
    if run:
        yield run[0][0], run[-1][1]


@dataclass(frozen=True)
class _Asked:
    """The spans of a passage that its pieces cover, with the vectors of all pieces."""

    passage: Passage
    spans: Sequence[tuple[int, tuple[int, ...]]]
    x: _Array


def _opinion(mind: _Mind, asked: _Asked, word: tuple[int, int], at: int, types: _Array) -> Opinion:
    """What the heads say of one word."""
    x, spans = asked.x, asked.passage.spans
    whole = np.tanh(mind.linear("word", np.concatenate([x[at], x[0]])))
    parts = [dict.fromkeys(LABELS["part"], 0.0) | {"none": 1.0} for _ in spans]
    place, when = [0.0] * len(spans), [0.0] * len(spans)
    if asked.spans:
        seen = np.stack([x[c[0] : c[-1] + 1].mean(0) for _, c in asked.spans])
        sorts = mind.sort([LABELS["sort"].index(spans[k].sort) for k, _ in asked.spans])
        far = mind.far([steps(c[0] - at) for _, c in asked.spans])
        here = np.broadcast_to(x[at], seen.shape)
        pair = _gelu(
            mind.linear("pair", np.concatenate([here, seen, here * seen, sorts, far], -1))
        )
        part = _softmax(mind.linear("part", pair))
        where, dated = _sigmoid(mind.linear("where", pair)), _sigmoid(mind.linear("when", pair))
        for j, (k, _) in enumerate(asked.spans):
            if spans[k].sort == "date":
                when[k] = float(dated[j, 0])
            else:
                parts[k], place[k] = _named("part", part[j]), float(where[j, 0])
    return Opinion(
        *word,
        live=float(types[1]),
        past=float(types[2]),
        none=float(types[0]),
        status=_named("status", _softmax(mind.linear("status", whole))),
        modality=_named("modality", _softmax(mind.linear("modality", whole))),
        source=_named("source", _softmax(mind.linear("source", whole))),
        kind=_named("kind", _softmax(mind.linear("kind", whole))),
        parts=tuple(parts),
        place=tuple(place),
        when=tuple(when),
    )


def _named(head: str, figures: _Array) -> dict[str, float]:
    """The figures of a head by what they stand for."""
    return {name: float(f) for name, f in zip(LABELS[head], figures, strict=True)}

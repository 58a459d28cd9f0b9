"""The learned reader: a small encoder with a head for each question, in numpy.

The encoder is the first layers of all-MiniLM-L6-v2 (Apache-2.0), fine-tuned on labelled news by
``training/train.py``; docs/model-card.md says on what and how well it does. Its weights are
kept as eight-bit whole numbers with a scale for each row.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import groupby

import numpy as np
import numpy.typing as npt

from summitry.lang.passages import Ask, Elsewhere, Heard, Opinion, Passage, silent
from summitry.lang.wordpiece import CLOSE, OPEN, Piece, Vocabulary

__all__ = ["LABELS", "Laid", "Seat", "asking", "lay", "learned", "steps", "tables"]

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
# Pieces shown together, of one sentence and of the one before it; what is longer is a list or a
# table.
_WINDOW, _LONGEST, _BEFORE = 256, 160, 36
_HEADS = 12
_TOGETHER = 4
"""Windows computed at once: enough to keep the processor busy, few enough for its cache."""
_HEARD = 0.1
"""A word that is likelier than this to name an engagement is asked about."""
_MOST = 16
"""Words of one sentence that may name engagements: the likeliest. Of 478 sentences of news that
were read one had eleven, none more; what has more is no sentence, and costs time for each pair."""
_ABOUT, _BY = (0.11, 0.2), (0.1, 0.2)
"""What each word of a stretch, and what its likeliest must reach to tell what is talked about,
or who speaks: chosen on the training reports, each read by a reader that had not seen it."""
_REACHING = 0.4
"""A word less likely to name an engagement than this is not asked about other sentences."""
_LIKELY = 0.2
"""What is less likely to belong to an engagement of another sentence is not handed on."""
_APART = 4
"""Sentences further apart than this are as far as this."""

_Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Seat:
    """Where one passage stands in a window."""

    passage: int
    """Which of the passages asked about together."""
    pieces: tuple[Piece, ...]
    """Those of the sentence itself."""
    base: int
    """The place of the first of them among the ids; the closing mark stands behind the last."""

    def cover(self, start: int, end: int) -> tuple[int, ...]:
        """The places of the pieces of characters [start, end)."""
        found = (k for k, p in enumerate(self.pieces) if p.start < end and start < p.end)
        return tuple(self.base + k for k in found)


@dataclass(frozen=True, slots=True)
class Laid:
    """Some passages of one report as the encoder takes them: side by side."""

    ids: tuple[int, ...]
    parts: tuple[int, ...]
    """0 for what only stands before a sentence, 1 for the sentences themselves."""
    seats: tuple[Seat, ...]


def lay(passages: Sequence[Passage], vocabulary: Vocabulary) -> Iterator[Laid]:
    """Passages of one report in windows, in order; what is too long is left out at its end.

    The sentence before is shown only where it does not stand in the window anyway.
    """
    ids, parts, seats = [OPEN], [0], list[Seat]()
    for k, passage in enumerate(passages):
        own = vocabulary.pieces(passage.text)[:_LONGEST]
        before = [p.id for p in vocabulary.pieces(passage.before)][-_BEFORE:]
        shown = [] if passage.follows and seats else before
        if seats and len(ids) + len(own) + 1 + (len(shown) + 1 if shown else 0) > _WINDOW:
            yield Laid(tuple(ids), tuple(parts), tuple(seats))
            ids, parts, seats, shown = [OPEN], [0], [], before
        if shown:
            ids += [*shown, CLOSE]
            parts += [0] * (len(shown) + 1)
        seats.append(Seat(k, own, len(ids)))
        ids += [*(p.id for p in own), CLOSE]
        parts += [1] * (len(own) + 1)
    if seats:
        yield Laid(tuple(ids), tuple(parts), tuple(seats))


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
    return asking(tables((folder / "reader.npz").read_bytes()), Vocabulary(listed))


def asking(weights: Mapping[str, _Array], vocabulary: Vocabulary) -> Ask:
    """What asks the reader of these weights; passages asked about together are of one report."""
    mind = _Mind(weights)

    def ask(passages: Sequence[Passage]) -> list[Heard]:
        laid = list(lay(passages, vocabulary))
        answers: list[Heard] = []
        for start in range(0, len(laid), _TOGETHER):
            chosen = laid[start : start + _TOGETHER]
            for window, x in zip(chosen, mind.encode(chosen), strict=True):
                answers += _heard(mind, passages, window, x)
        return answers

    return ask


def tables(data: bytes) -> dict[str, _Array]:
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


_PAIRS = ("pair", "reach")
"""The heads that look at a word and a span: of its own sentence, and of others."""


class _Mind:
    """The weights and what is computed with them."""

    def __init__(self, w: Mapping[str, _Array]) -> None:
        self._w = w
        self._layers = 1 + max(int(n.split(".")[2]) for n in w if n.startswith("encoder.layers."))
        # Products want the tables the other way round, and once.
        self._t = {n: np.ascontiguousarray(t.T) for n, t in w.items() if t.ndim == 2}
        width, sorts = w["encoder.word.weight"].shape[1], w["sort.weight"].shape[1]
        ends = np.cumsum([width, width, width, sorts])
        self._pair = {n: np.split(self._t[f"{n}.weight"], ends) for n in _PAIRS}

    def linear(self, name: str, x: _Array) -> _Array:
        """A table applied to the last axis."""
        made: _Array = x @ self._t[f"{name}.weight"] + self._w[f"{name}.bias"]
        return made

    def known(self, name: str, seen: _Array, sorts: _Array) -> _Array:
        """What spans by themselves bring to a pair: reckoned once, not for each word."""
        _, span, _, sort, _ = self._pair[name]
        made: _Array = seen @ span + sorts @ sort + self._w[f"{name}.bias"]
        return made

    def pair(self, name: str, at: _Array, seen: _Array, known: _Array, distance: _Array) -> _Array:
        """A table applied to a word, spans, their product and what is known of the spans."""
        word, _, both, _, far = self._pair[name]
        made: _Array = known + at @ word + (at * seen) @ both + distance @ far
        return made

    def sort(self, at: Sequence[int]) -> _Array:
        """The vectors of sorts of spans."""
        return self._w["sort.weight"][list(at)]

    def far(self, at: Sequence[int]) -> _Array:
        """The vectors of distances in pieces."""
        return self._w["far.weight"][list(at)]

    def apart(self, at: Sequence[int]) -> _Array:
        """The vectors of distances in sentences."""
        steps = np.clip(np.asarray(at), -_APART, _APART) + _APART
        made: _Array = self._w["apart.weight"][steps]
        return made

    def encode(self, laid: Sequence[Laid]) -> list[_Array]:
        """For each window a row of 384 figures a piece.

        All windows stand one after the other in one table, so that nothing is filled up; only
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
    scaled: _Array = q * np.float32((width // _HEADS) ** -0.5)
    scores: _Array = scaled @ k.transpose(0, 2, 1)
    made: _Array = (_softmax(scores) @ v).transpose(1, 0, 2).reshape(m, width)
    return made


def _softmax(x: _Array) -> _Array:
    raised: _Array = x - x.max(-1, keepdims=True)
    np.exp(raised, out=raised)
    raised /= raised.sum(-1, keepdims=True)
    return raised


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


@dataclass(frozen=True)
class _Asked:
    """A span with its place, its sort and the mean of its pieces' vectors."""

    seat: int
    span: int
    first: int
    sort: str
    mean: _Array


@dataclass(frozen=True)
class _Spans:
    """The spans of a window."""

    asked: Sequence[_Asked]
    seen: _Array
    """A row a span."""
    known: Mapping[str, _Array]
    """By head, a row a span."""


@dataclass(frozen=True)
class _Word:
    """A word that may name an engagement."""

    seat: int
    start: int
    end: int
    at: int
    types: _Array


def _heard(mind: _Mind, passages: Sequence[Passage], laid: Laid, x: _Array) -> Iterator[Heard]:
    """The answers of all heads for one window, passage by passage."""
    spans = [
        _Asked(n, k, c[0], span.sort, x[c[0] : c[-1] + 1].mean(0))
        for n, seat in enumerate(laid.seats)
        for k, span in enumerate(passages[seat.passage].spans)
        if (c := seat.cover(span.start, span.end))
    ]
    shown = _spans(mind, spans)
    words: list[_Word] = []
    stretches = []
    for n, seat in enumerate(laid.seats):
        found, marked = _words(mind, n, seat, x)
        words += found
        stretches.append(marked)
    same = _same(mind, words, x)
    for n, seat in enumerate(laid.seats):
        passage = passages[seat.passage]
        mine = [k for k, w in enumerate(words) if w.seat == n]
        opinions = [_opinion(mind, words[k], seat, passage, shown, x) for k in mine]
        yield Heard(
            tuple(
                replace(
                    opinion,
                    elsewhere=tuple(_elsewhere(mind, words[k], laid, shown, x)),
                    same=tuple(
                        (laid.seats[words[o].seat].passage, words[o].start, float(same[k, o]))
                        for o in range(len(words))
                        if o != k
                    ),
                )
                for k, opinion in zip(mine, opinions, strict=True)
            ),
            *stretches[n],
        )


def _words(
    mind: _Mind, n: int, seat: Seat, x: _Array
) -> tuple[list[_Word], tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]]:
    """The words of a sentence that may name an engagement; what it is about, and who speaks."""
    firsts = [k for k, p in enumerate(seat.pieces) if p.first]
    if not firsts:
        return [], ((), ())
    at = x[[seat.base + k for k in firsts]]
    types = _softmax(mind.linear("speaks", at))
    tags = _sigmoid(mind.linear("tags", at))
    words = [_word(seat.pieces, k) for k in firsts]
    found = [
        _Word(n, *words[j], seat.base + firsts[j], types[j])
        for j in range(len(firsts))
        if 1 - types[j, 0] > _HEARD
    ]
    if len(found) > _MOST:
        likeliest = sorted(found, key=lambda w: (w.types[0], w.at))[:_MOST]
        found = sorted(likeliest, key=lambda w: w.at)
    return found, (
        tuple(_stretches(words, tags[:, 0], *_ABOUT)),
        tuple(_stretches(words, tags[:, 1], *_BY)),
    )


def _word(pieces: Sequence[Piece], k: int) -> tuple[int, int]:
    """The characters of the word that begins with piece k."""
    last = k
    while last + 1 < len(pieces) and not pieces[last + 1].first:
        last += 1
    return pieces[k].start, pieces[last].end


def _stretches(
    words: Sequence[tuple[int, int]], said: _Array, least: float, best: float
) -> Iterator[tuple[int, int]]:
    """Runs of words that all reach the one figure, and one of which reaches the other."""
    pairs = zip(words, said.tolist(), strict=True)
    for belongs, run in groupby(pairs, key=lambda pair: pair[1] > least):
        found = list(run)
        if belongs and max(figure for _, figure in found) > best:
            yield found[0][0][0], found[-1][0][1]


def _opinion(
    mind: _Mind,
    word: _Word,
    seat: Seat,
    passage: Passage,
    spans: _Spans,
    x: _Array,
) -> Opinion:
    """What the heads say of one word and the spans of its own sentence."""
    close = seat.base + len(seat.pieces)
    whole = np.tanh(mind.linear("about", np.concatenate([x[word.at], x[close]])))
    rows = [k for k, s in enumerate(spans.asked) if s.seat == word.seat]
    asked = [spans.asked[k] for k in rows]
    parts = [dict.fromkeys(LABELS["part"], 0.0) | {"none": 1.0} for _ in passage.spans]
    place, when = [0.0] * len(passage.spans), [0.0] * len(passage.spans)
    if asked:
        far = mind.far([steps(s.first - word.at) for s in asked])
        pair = _pair(mind, "pair", x[word.at], spans, rows, far)
        part = _softmax(mind.linear("part", pair))
        where, dated = _sigmoid(mind.linear("where", pair)), _sigmoid(mind.linear("when", pair))
        for j, s in enumerate(asked):
            if s.sort == "date":
                when[s.span] = float(dated[j, 0])
            else:
                parts[s.span], place[s.span] = _named("part", part[j]), float(where[j, 0])
    return Opinion(
        word.start,
        word.end,
        live=float(word.types[1]),
        past=float(word.types[2]),
        none=float(word.types[0]),
        status=_named("status", _softmax(mind.linear("status", whole))),
        modality=_named("modality", _softmax(mind.linear("modality", whole))),
        source=_named("source", _softmax(mind.linear("source", whole))),
        kind=_named("kind", _softmax(mind.linear("kind", whole))),
        parts=tuple(parts),
        place=tuple(place),
        when=tuple(when),
    )


def _elsewhere(
    mind: _Mind, word: _Word, laid: Laid, spans: _Spans, x: _Array
) -> Iterator[Elsewhere]:
    """The spans of the window's other sentences that may belong to the word's engagement."""
    # A word that goes back to somebody names nobody by itself.
    rows = [k for k, s in enumerate(spans.asked) if s.seat != word.seat and s.sort != "back"]
    if not rows or 1 - word.types[0] < _REACHING:
        return
    asked = [spans.asked[k] for k in rows]
    apart = mind.apart([s.seat - word.seat for s in asked])
    pair = _pair(mind, "reach", x[word.at], spans, rows, apart)
    part = _softmax(mind.linear("part_far", pair))
    where, when = _sigmoid(mind.linear("where_far", pair)), _sigmoid(mind.linear("when_far", pair))
    for j, s in enumerate(asked):
        dated = s.sort == "date"
        figures = (
            1 - float(part[j, 0]) if not dated else 0.0,
            float(where[j, 0]) if not dated else 0.0,
            float(when[j, 0]) if dated else 0.0,
        )
        if max(figures) > _LIKELY:
            passage = laid.seats[s.seat].passage
            yield Elsewhere(passage, s.span, _named("part", part[j]), *figures[1:])


def _spans(mind: _Mind, asked: Sequence[_Asked]) -> _Spans:
    """The spans of a window with what they bring to every pair."""
    if not asked:
        return _Spans((), np.zeros((0, 0), np.float32), {})
    seen = np.stack([s.mean for s in asked])
    sorts = mind.sort([LABELS["sort"].index(s.sort) for s in asked])
    return _Spans(asked, seen, {name: mind.known(name, seen, sorts) for name in _PAIRS})


def _pair(
    mind: _Mind, name: str, at: _Array, spans: _Spans, rows: Sequence[int], distance: _Array
) -> _Array:
    """What a word and each of some spans are together."""
    found = list(rows)
    return _gelu(mind.pair(name, at, spans.seen[found], spans.known[name][found], distance))


def _same(mind: _Mind, words: Sequence[_Word], x: _Array) -> _Array:
    """How likely each two words of a window speak of one engagement."""
    n = len(words)
    found = np.eye(n, dtype=np.float32)
    i, j = np.triu_indices(n, 1)
    if i.size:
        at = x[[w.at for w in words]]
        seats = np.array([w.seat for w in words])
        one, two = at[i], at[j]
        apart = mind.apart(seats[j] - seats[i])
        both = np.concatenate([one + two, np.abs(one - two), one * two, apart], -1)
        figures = _sigmoid(mind.linear("same", _gelu(mind.linear("match", both))))[:, 0]
        found[i, j] = found[j, i] = figures
    return found


def _named(head: str, figures: _Array) -> dict[str, float]:
    """The figures of a head by what they stand for."""
    return {name: float(f) for name, f in zip(LABELS[head], figures, strict=True)}

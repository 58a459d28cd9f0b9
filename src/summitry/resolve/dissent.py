"""Where have two editors decided differently, and both words still stand?

The later one rules, as everywhere; but whoever was overruled should not learn it by chance.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from summitry.model import Doubt, Judgement, Qualm, Verdict

__all__ = ["dissent"]

_About = tuple[str, ...]


def dissent(standing: Iterable[Judgement], home: Mapping[str, str]) -> tuple[Doubt, ...]:
    """One doubt for each engagement on which editors differ.

    Args:
        standing: Judgements that nobody took back.
        home: The engagement of each mention of the diary. A mention that is in none, since an
            editor hid it, stands for itself.
    """
    words: dict[_About, dict[str, Judgement]] = defaultdict(dict)
    for judgement in sorted(standing, key=lambda j: (j.decided, j.id)):
        for about in _subjects(judgement):
            words[about].pop(judgement.author, None)
            words[about][judgement.author] = judgement  # the last word of each, in order
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for about, said in words.items():
        last = list(said.values())
        if len({_outcome(j) for j in last}) > 1:
            reasons = found[home.get(about[1], about[1])]
            reasons.update(dict.fromkeys(f"{j.author}: {_words(j)}" for j in last))
    return tuple(
        Doubt(Qualm.DISSENT, engagement, reasons=tuple(reasons), weight=1.0)
        for engagement, reasons in sorted(found.items())
    )


def _subjects(judgement: Judgement) -> Iterator[_About]:
    """What a judgement decides: a field, whether it is shown, or whether two are one."""
    match judgement.verdict:
        case Verdict.FIELD:
            yield from (("field", m, judgement.field) for m in judgement.mentions)
        case Verdict.HIDE | Verdict.APPROVE:
            yield from (("shown", m) for m in judgement.mentions)
        case Verdict.SAME:  # all join the first
            first, *rest = judgement.mentions
            yield from (("pair", min(first, m), max(first, m)) for m in rest)
        case Verdict.NOT_SAME:
            pairs = combinations(judgement.mentions, 2)
            yield from (("pair", min(pair), max(pair)) for pair in pairs)
        case Verdict.UNDO:
            pass


def _outcome(judgement: Judgement) -> tuple[str, str]:
    return (judgement.verdict.value, judgement.value)


def _words(judgement: Judgement) -> str:
    """The decision in words, without any mark of JSON where there is none to need."""
    if not judgement.field:
        return judgement.verdict.value.replace("_", " ")
    try:
        shape = json.loads(judgement.value)
    except ValueError:
        shape = judgement.value
    if isinstance(shape, dict):
        parts = [str(shape[k]) for k in ("name", "state", "start", "end") if shape.get(k)]
        shape = ", ".join(parts)
    return f"{judgement.field} {shape}".replace("_", " ")

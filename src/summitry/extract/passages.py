"""What of a report is put before a learned reader?"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from summitry.extract._among import among
from summitry.extract._values import BACK, DATE, Actor, Dated
from summitry.lang import Passage, Span, Words
from summitry.model import Sentence

__all__ = ["meant", "passages"]

# Characters of the sentence before that are shown: its end is what a sentence goes on from.
_BEFORE = 160


def passages(
    cut: Sequence[Sentence],
    wanted: Iterable[int],
    named: Sequence[Actor],
    dated: Iterable[tuple[Dated, ...]],
    words: Words,
) -> Iterator[Passage]:
    """The passages of the wanted sentences, in reading order.

    Args:
        cut: All sentences of the report.
        wanted: Places in ``cut`` of those to be read.
        named: Everybody and every place the report names.
        dated: For each of the wanted the dates in it, with offsets into its text.
        words: The pack of the report's language.
    """
    last = -1
    for k, found in zip(wanted, dated, strict=True):
        sentence = cut[k]
        spans = tuple(_spans(sentence, named, found, words))
        # What came before costs as much to read as the sentence, and tells nothing where
        # nothing goes back to it.
        goes_back = k > 0 and not cut[k - 1].headline and any(s.sort == BACK for s in spans)
        before = cut[k - 1].text[-_BEFORE:] if goes_back else ""
        yield Passage(before, sentence.text, spans, k > 0 and last == k - 1)
        last = k


def meant(
    passage: Passage, sentence: Sentence, named: Sequence[Actor], dated: Sequence[Dated]
) -> Iterator[Actor | Dated | None]:
    """What each span of a passage stands for; None for a word that goes back to somebody.

    Args:
        passage: The passage.
        sentence: Its sentence.
        named: Everybody and every place the report names.
        dated: The dates of the sentence, with offsets into its text.
    """
    base = sentence.start
    actors = {
        (a.start - base, a.end - base, a.sort.value): a for a in among(named, base, sentence.end)
    }
    days = {(d.start, d.end): d for d in dated}
    for s in passage.spans:
        at = (s.start, s.end)
        yield days.get(at) if s.sort == DATE else actors.get((*at, s.sort))


def _spans(
    sentence: Sentence, named: Sequence[Actor], dated: Iterable[Dated], words: Words
) -> list[Span]:
    """All that a sentence can speak of, in order."""
    base = sentence.start
    found = [
        Span(a.start - base, a.end - base, a.sort.value)
        for a in among(named, base, sentence.end)
        if a.end <= sentence.end
    ]
    found += [Span(d.start, d.end, DATE) for d in dated]
    for match in _back(words).finditer(sentence.text):
        if not any(s.start < match.end() and match.start() < s.end for s in found):
            found.append(Span(match.start(), match.end(), BACK))
    return sorted(found, key=lambda s: (s.start, s.end))


@cache
def _back(words: Words) -> re.Pattern[str]:
    """The search for words that go back to somebody."""
    listed = words["role.pronoun"] | words["role.both"] | words["collective.phrases"]
    longest = sorted(listed | words["gate.known_whose"], key=lambda w: (-len(w), w))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.IGNORECASE)

"""Who says, thinks or wants what: every source, cue and content a careful reader would mark.

The wide view, after Pareti (2012): attitudes count as well as speech. Whose word an engagement
is, is the narrower question of ``attribution``.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from summitry.extract._held import Held, Manner
from summitry.extract._held_nouns import according, by_adjective, by_noun, by_side
from summitry.extract._held_verbs import by_verb
from summitry.extract._labels import labels, signatures
from summitry.extract._quotes import quotes
from summitry.extract._tree import Tree, tree
from summitry.lang import Token, Words
from summitry.model import Sentence

__all__ = ["Attribution", "Manner", "attributed"]

Span = tuple[int, int]

_SAID = 4
"""Words that a quotation has at least if it is what somebody said and no borrowed word."""
_BESIDE = 3
"""Characters that may lie between a quotation and the words for who spoke it."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Stretches [start, end) of a report's text, each part in reading order.

    The source is empty where nobody is named: "is expected to resign".
    """

    manner: Manner
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


def attributed(
    text: str, sentences: Sequence[Sentence], parsed: Sequence[tuple[Token, ...]], words: Words
) -> tuple[Attribution, ...]:
    """Every attribution of a report, speech and attitude, in reading order.

    Args:
        text: The report's text.
        sentences: Its sentences.
        parsed: The tokens of each sentence.
        words: The pack of its language.
    """
    said = [q for q in quotes(text) if len(text[q[0] : q[1]].split()) >= _SAID]
    found: list[Attribution] = []
    for sentence, tokens in zip(sentences, parsed, strict=True):
        for one in _told(tree(tokens), words):
            at = sentence.start + tokens[min(one.cue)].start
            if not any(start < at < end for start, end in said):
                found.append(_placed(one, sentence, tokens))
        for who, cue, what in labels(text, sentence.start, sentence.end):
            found.append(Attribution(Manner.SPEECH, (who,), (cue,), (what,)))
    for who, cue in signatures(text):
        found.append(Attribution(Manner.SPEECH, (who,), (cue,), ()))
    found.sort(key=lambda a: a.cue[0])
    return tuple(a for a in _quoted(text, found, said) if a.content)


def _told(whole: Tree, words: Words) -> Iterator[Held]:
    """The attributions of a sentence, the outer ones.

    What somebody is said to say or want is his; inside it only what he tells as said counts.
    """
    found = list(_all(whole, words))
    for one in found:
        outer = any(o is not one and one.cue <= o.content for o in found)
        told = any(whole.tokens[k].tag == "VBD" and whole.tokens[k].pos == "VERB" for k in one.cue)
        if not outer or (one.manner is Manner.SPEECH and told):
            yield one


def _all(whole: Tree, words: Words) -> Iterator[Held]:
    for token in whole.tokens:
        if token.text.lower() == "according":
            yield from according(whole, token.i)
        elif token.pos in {"VERB", "AUX"}:
            yield from by_verb(whole, token.i, words)
        elif token.pos == "NOUN" and token.lemma in words["held.side"]:
            yield from by_side(whole, token.i)
        elif token.pos == "NOUN":
            yield from by_noun(whole, token.i, words)
        elif token.pos == "ADJ" and token.lemma in words["held.adjective"]:
            yield from by_adjective(whole, token.i, words)


def _quoted(
    text: str, found: Sequence[Attribution], said: Sequence[Span]
) -> Iterator[Attribution]:
    """The attributions with the whole of the quotations that are theirs.

    A quotation that a content touches is its own to the end. One that none touches goes to the
    words for who spoke beside it, else on with the speaker quoted before it.
    """
    given: dict[int, list[Span]] = {}
    for quote in said:
        k = _speaker(text, quote, found, given)
        if k is not None:
            given.setdefault(k, []).append(quote)
    for k, one in enumerate(found):
        yield replace(one, content=_joined((*one.content, *given.get(k, ()))))


def _speaker(
    text: str, quote: Span, found: Sequence[Attribution], given: dict[int, list[Span]]
) -> int | None:
    """Which attribution a quotation belongs to."""
    start, end = quote
    spoken = [k for k, a in enumerate(found) if a.manner is Manner.SPEECH]
    for k in spoken:
        if any(a < end and start < b for a, b in found[k].content):
            return k
    for k in spoken:
        first, last = _act(found[k])
        if not found[k].content and 0 <= first - end <= _BESIDE:
            return k
        between = text[last - 1 : start]
        if not found[k].content and between.strip() in {":", ","}:
            return k
    before = [k for k in spoken if _act(found[k])[0] < start]
    if not before:
        return None
    last = max(_act(found[before[-1]])[1], *(e for _, e in given.get(before[-1], [(0, 0)])))
    between = text[last:start]
    near = "\n" not in between or (before[-1] in given and not between.strip(" .,\n\r\t"))
    return before[-1] if near and _alone(text, quote) else None


def _act(one: Attribution) -> Span:
    """From the first to the last character of source and cue."""
    parts = (*one.source, *one.cue)
    return min(s for s, _ in parts), max(e for _, e in parts)


def _alone(text: str, quote: Span) -> bool:
    """Whether a quotation is a sentence of its own: after a full stop or at a line's head."""
    before = text[: quote[0]].rstrip(" ")
    return not before or before[-1] in '.!?”"\n\r…'


def _placed(one: Held, sentence: Sentence, tokens: Sequence[Token]) -> Attribution:
    """The attribution in characters of the report."""

    def part(places: Iterable[int]) -> tuple[Span, ...]:
        base = sentence.start
        return tuple(
            (base + tokens[first].start, base + tokens[last].end) for first, last in _runs(places)
        )

    return Attribution(one.manner, part(one.source), part(one.cue), part(one.content))


def _runs(places: Iterable[int]) -> Iterator[Span]:
    """First and last of every unbroken run of numbers."""
    run: list[int] = []
    for k in sorted(places):
        if run and k != run[-1] + 1:
            yield run[0], run[-1]
            run = []
        run.append(k)
    if run:
        yield run[0], run[-1]


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that touch made one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)

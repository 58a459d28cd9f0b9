"""The brief as a page of plain words, before Markdown, HTML or PDF draw it.

All three draw the same rows. Texts here are plain but not escaped: each format escapes in its
own way. Lists are cut to what one sheet of A4 holds, and say what they leave out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from summitry.export._entry import SHORT, counted, slot_words, told
from summitry.export._history import past_words
from summitry.export._words import (
    day,
    party,
    place,
    plain,
    said,
    sides,
    state,
    stretch,
    value_words,
)
from summitry.model import (
    Attested,
    Brief,
    Claim,
    Engagement,
    Official,
    Report,
    Slot,
    Squeeze,
    Stand,
    Status,
    TopicWords,
    When,
)

__all__ = ["COLOURS", "Page", "Row", "Section", "page"]

T = TypeVar("T")

COLOURS = {
    Status.FLOATED: "#8a6d00",
    Status.IN_PREPARATION: "#8a6d00",
    Status.ANNOUNCED: "#00657a",
    Status.CONFIRMED: "#17703a",
    Status.HELD: "#17703a",
    Status.POSTPONED: "#7a3388",
    Status.CANCELLED: "#a3241d",
    Status.DENIED: "#a3241d",
}
"""Dark enough on white for print and for weak eyes (WCAG AA, 4.5 to 1)."""

_TOPICS, _SIDES, _LISTED, _QUOTES = 6, 5, 3, 10
"""The most rows of each sort that a sheet holds with all sections filled."""
_LONG = 230
"""Characters of a quotation; the mark of omission shows that it goes on."""
_STANDS = {
    Stand.SHARED: "the sides name it",
    Stand.DISPUTED: "the sides differ",
    Stand.ONE_SIDED: "one side alone",
    Stand.UNOWNED: "no side has named it",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A label and what is to be said, with the numbers of the quotations behind it."""

    label: str
    text: str
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The whole sheet."""

    title: str
    subtitle: str
    status: Status
    badge: str
    sections: tuple[Section, ...]
    quotes: tuple[str, ...]
    """The exact sentences with source, outlet and day; the first is number 1."""
    foot: str


@dataclass(slots=True)
class _Notes:
    """Numbers sentences in the order in which they are first needed, each once."""

    claims: dict[tuple[str, int, int], Claim] = field(default_factory=dict)

    def __call__(self, *claims: Claim) -> tuple[int, ...]:
        """The numbers of the claims' sentences; one that finds no room has none."""
        numbers = []
        for claim in claims:
            key = (claim.mention, claim.sentence.start, claim.sentence.end)
            if claim.sentence.text and (key in self.claims or len(self.claims) < _QUOTES):
                self.claims.setdefault(key, claim)
                numbers.append(list(self.claims).index(key) + 1)
        return tuple(dict.fromkeys(numbers))


def page(brief: Brief, reports: Mapping[str, Report]) -> Page:
    """The sheet of one engagement.

    Args:
        brief: What is known.
        reports: By mention; a quotation whose report is missing goes without outlet and day.
    """
    e, notes = brief.engagement, _Notes()
    found = (
        Section("How far, and on whose word", tuple(_standing(e, notes))),
        Section("Official word", tuple(_official(e, notes))),
        Section("Agenda", tuple(_agenda(brief, notes))),
        Section("Contradictions", tuple(_contradictions(e, notes))),
        Section(f"{_names(brief)} so far", tuple(_past(brief))),
        Section("Clashes", tuple(_clashes(brief))),
        Section("Next dates", tuple(_next(brief))),
    )
    what = [value_words(e.kind.value), place(e.place.value) if e.place else "place not known"]
    return Page(
        title=sides(p.value for p in e.parties),
        subtitle=" · ".join([*what, slot_words(e, Slot.WHEN)]),
        status=e.status.value,
        badge=value_words(e.status.value),
        sections=tuple(s for s in found if s.rows),
        quotes=tuple(_quote(claim, reports) for claim in notes.claims.values()),
        foot=f"Brief {e.id[:SHORT]} as of {day(brief.as_of.date())} · summitry why {e.id[:SHORT]}",
    )


def _standing(e: Engagement, notes: _Notes) -> Iterator[Row]:
    first = e.status.by[0]
    words = f"{value_words(e.status.value)} ({e.modality.value}), on the word of {said(first)}"
    yield Row("Status", words, notes(first))
    for other in e.status.against[:1]:
        yield Row("Against it", f"{value_words(other.value)}, {said(other)}", notes(other))
    if e.unresolved:
        yield Row("No word since", "its day has passed and nobody said whether it took place")
    chance = e.chance
    if chance is not None:
        share = f"{chance.p:.0%} ({chance.low:.0%} to {chance.high:.0%}, n = {chance.n})"
        yield Row("Chance", plain(f"{chance.words}, {share}: {chance.basis}"))
    if e.when:
        exact = _exactly(e.when)
        yield Row("Date", f"{stretch(e.when.value)}, {said(exact)}", notes(exact))
    if e.first and e.last:
        count = counted(len({report for _, report, _ in e.mentions}), "report")
        alone = counted(e.independent_sources, "independent source")
        span = f"first {day(e.first.date())}, last {day(e.last.date())}"
        yield Row("Reports", f"{count}, {alone}; {span}")


def _exactly(when: Attested[When]) -> Claim:
    """The claim that gives the very days; others only agree with them."""
    days = (when.value.start, when.value.end)
    for claim in when.by:
        given = claim.value
        if isinstance(given, When) and (given.start, given.end) == days:
            return claim
    return when.by[0]


def _official(e: Engagement, notes: _Notes) -> Iterator[Row]:
    for word in e.official[:_SIDES]:
        yield _word(word, notes)
    yield from _rest(e.official, _SIDES)


def _word(word: Official, notes: _Notes) -> Row:
    if word.word is None or word.claim is None:
        return Row(state(word.state), "silent")
    on = f", {day(word.on)}" if word.on else ""
    text = f"{value_words(word.word)}{on}, {said(word.claim)}"
    return Row(state(word.state), text, notes(word.claim))


def _agenda(brief: Brief, notes: _Notes) -> Iterator[Row]:
    # What a side has named comes before what only reports name.
    topics = sorted(brief.agenda, key=lambda t: list(Stand).index(t.stand))
    for topic in topics[:_TOPICS]:
        yield _topic(topic, notes)
    yield from _rest(brief.agenda, _TOPICS)


def _topic(topic: TopicWords, notes: _Notes) -> Row:
    """The topic, where the sides stand on it, and each side's word."""
    if not topic.words:
        text = f"{topic.topic.value.grade.value} in reports; {_STANDS[topic.stand]}"
        return Row(plain(topic.topic.value.topic), text, notes(*topic.topic.by[:1]))
    words = ", ".join(f"{state(w.state)} {w.grade.value}" for w in topic.words)
    silent = f"; {', '.join(map(state, topic.silent))} silent" if topic.silent else ""
    text = f"{_STANDS[topic.stand]}: {words}{silent}"
    return Row(plain(topic.topic.value.topic), text, notes(*(w.claim for w in topic.words)))


def _contradictions(e: Engagement, notes: _Notes) -> Iterator[Row]:
    for clash in e.contradictions[:_LISTED]:
        ours = f"{value_words(clash.ours.value)} per {said(clash.ours)}"
        theirs = f"{value_words(clash.theirs.value)} per {said(clash.theirs)}"
        yield Row(clash.slot.value, f"{ours}, but {theirs}", notes(clash.ours, clash.theirs))


def _past(brief: Brief) -> Iterator[Row]:
    past = brief.history
    for label, words in past_words(past):
        yield Row(label, words)
    dated = [e for e in past.held if e.when] or list(past.held)
    for e in dated[:_LISTED]:
        yield Row("before", _entry(e))


def _clashes(brief: Brief) -> Iterator[Row]:
    mine = brief.engagement.id
    sure = [c for c in brief.clashes if c.squeeze is not Squeeze.POSSIBLE or c.share >= 0.1]
    for clash in sure[:_LISTED]:
        other = clash.theirs if clash.ours.id == mine else clash.ours
        names = ", ".join(party(p) for p in clash.who)
        yield Row(clash.squeeze.value, f"{names}: {_entry(other)}")
    yield from _rest(sure, _LISTED)


def _next(brief: Brief) -> Iterator[Row]:
    dated = [e for e in brief.history.ahead if e.when]
    for e in dated[:_LISTED]:
        who = " · ".join([*_what(e), slot_words(e, Slot.STATUS), e.id[:SHORT]])
        yield Row(slot_words(e, Slot.WHEN), who)
    yield from _rest(dated, _LISTED)


def _rest(items: Sequence[T], shown: int) -> Iterator[Row]:
    if len(items) > shown:
        yield Row("", f"and {len(items) - shown} more")


def _names(brief: Brief) -> str:
    names = [party(p) for p in brief.history.who]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _entry(e: Engagement) -> str:
    return " · ".join([*_what(e), slot_words(e, Slot.WHEN)])


def _what(e: Engagement) -> list[str]:
    """Who, what and where; a place that is not known is left out."""
    where = [place(e.place.value)] if e.place else []
    return [sides(p.value for p in e.parties), value_words(e.kind.value), *where]


def _quote(claim: Claim, reports: Mapping[str, Report]) -> str:
    text = plain(claim.sentence.text)
    if len(text) > _LONG:
        text = text[:_LONG].rsplit(" ", 1)[0] + " …"
    return f"“{text}” – {told(claim, reports)}"

"""How far has it come? The diary's status from all that was said of it (DESIGN, section 3).

The rules, in the order in which they are asked:

1. *Held*: somebody says that it took place, on or after its day, and no later word has it
   still to come.
2. *Setback*: postponed, cancelled or denied, by an official, by an outlet flatly, or by an
   unnamed source without "perhaps". It stands until a later word raises the plan again: an
   official or the outlet announcing it with a date. Words that only prepare do not raise it.
   Only an official can deny what officials announced.
3. *Confirmed*: officials of two sides announce or confirm; or the convener of a gathering
   does; or one side confirms outright, for an exact day; or the outlet flatly reports departure
   on the day. That the other side speaks of preparing confirms nothing.
4. *Announced*: one side officially; the outlet flatly; an unnamed source flatly with an exact
   day. Not an outlet's passing word in a report that as a whole only floats it.
5. *In preparation*, *floated*: the strongest that anybody says. A later, weaker word does not
   take an announcement back.

Refusing to confirm (``confirmed``, negative) weighs nothing. A word counts from the day on
which it was said, so that a stale report does not outrank fresh ones.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from summitry.model import (
    Attested,
    Claim,
    Kind,
    Modality,
    Polarity,
    Precision,
    Slot,
    SourceClass,
    Status,
    When,
)
from summitry.resolve._face import is_body
from summitry.resolve._told import OFFICIAL, UNNAMED, Told

__all__ = ["settled_status", "unresolved"]

_SETBACKS = frozenset({Status.POSTPONED, Status.CANCELLED, Status.DENIED})
_FIRM = frozenset({Status.ANNOUNCED, Status.CONFIRMED})
_LADDER = (Status.FLOATED, Status.IN_PREPARATION, Status.ANNOUNCED, Status.CONFIRMED)
_SURE = frozenset({Modality.CERTAIN, Modality.PROBABLE})
_GATHERINGS = frozenset({Kind.SUMMIT, Kind.MULTILATERAL, Kind.NEGOTIATION_ROUND})


@dataclass(frozen=True, slots=True)
class _Word:
    """One status claim with what is needed to weigh it."""

    told: Told
    claim: Claim
    status: Status

    @property
    def day(self) -> date:
        return self.told.said(self.claim)

    @property
    def age(self) -> tuple[date, str]:
        """Sort key: when it was said, then when it was published."""
        return (self.day, self.told.at.isoformat())

    @property
    def positive(self) -> bool:
        return self.claim.polarity is Polarity.POSITIVE

    @property
    def official(self) -> bool:
        return self.claim.source.source_class in OFFICIAL

    @property
    def unnamed(self) -> bool:
        return self.claim.source.source_class in UNNAMED

    @property
    def flat(self) -> bool:
        return self.claim.modality is Modality.CERTAIN

    @property
    def when(self) -> When | None:
        return self.told.mention.when

    @property
    def exact(self) -> bool:
        """Whether its report names the day."""
        return self.when is not None and self.when.precision is Precision.DAY

    @property
    def side(self) -> str | None:
        """The party spoken for: as attributed, or the state of the person who speaks."""
        source = self.claim.source
        if source.state:
            return source.state
        people = self.told.mention.parties
        return next((p.state for p in people if p.name and p.name == source.name), None)


def settled_status(group: Sequence[Told], when: When | None) -> tuple[Attested[Status], Modality]:
    """The status of an engagement, and how surely it is said.

    Args:
        group: Its mentions.
        when: Its settled date, if any.
    """
    words = sorted(_words(group), key=lambda w: w.age)
    value, by = _decided(words, group, when)
    if not by:
        first = group[0].mention
        return Attested(first.status, first.claims[:1]), first.modality
    against = tuple(w.claim for w in words if _contradicts(w, value) and w not in by)
    newest = max(by, key=lambda w: w.age)
    claims = tuple(dict.fromkeys(w.claim for w in reversed(by)))
    return Attested(value, claims, tuple(dict.fromkeys(against))), newest.claim.modality


def unresolved(status: Status, when: When | None, as_of: date) -> bool:
    """Whether the day has passed and nobody said whether it took place."""
    open_still = status not in (Status.HELD, Status.CANCELLED, Status.DENIED, Status.POSTPONED)
    return open_still and when is not None and when.end is not None and when.end <= as_of


def _words(group: Sequence[Told]) -> Iterable[_Word]:
    """All status claims; what was recalled as past counts only where nothing else is said.

    A headline yields to the body of its report.
    """
    live = [t for t in group if not t.mention.background] or group
    for told in live:
        claims = [c for c in told.mention.claims if c.slot is Slot.STATUS]
        for claim in [c for c in claims if not c.sentence.headline] or claims:
            if isinstance(claim.value, Status):
                yield _Word(told, claim, claim.value)


def _decided(
    words: Sequence[_Word], group: Sequence[Told], when: When | None
) -> tuple[Status, list[_Word]]:
    """The rules of this file, in their order."""
    held = _held(words, when)
    if held:
        return Status.HELD, held
    setback, rest = _setback(words)
    if setback:
        return setback[-1].status, setback
    said = [(w, step) for w in rest if (step := _step(w)) is not None]
    confirmed = _confirmed([w for w, step in said if step in _FIRM], group)
    if confirmed:
        return Status.CONFIRMED, confirmed
    steps = [(min(_LADDER.index(step), 2), w) for w, step in said]
    if not steps:
        # All that is said is that it took place, on a day that is still to come.
        early = [w for w in rest if w.status is Status.HELD and w.positive]
        return Status.ANNOUNCED if any(w.flat for w in early) else Status.FLOATED, early
    top = max(step for step, _ in steps)
    return _LADDER[top], [w for step, w in steps if step == top]


def _held(words: Sequence[_Word], when: When | None) -> list[_Word]:
    """Words that it took place, unless it is still to come."""
    start = when.start if when else None
    held = [
        w
        for w in words
        if w.status is Status.HELD
        and w.positive
        and w.told.mention.status is Status.HELD  # its report as a whole says so
        and w.claim.modality is not Modality.POSSIBLE
        and (start is None or w.told.day >= start)
    ]
    if not held:
        return []
    last = held[-1]
    later = [w for w in words if w.status in _LADDER and w.day > last.day and not w.unnamed]
    ahead = [w for w in later if w.when and w.when.start and w.when.start > w.day]
    return [] if ahead else held


def _setback(words: Sequence[_Word]) -> tuple[list[_Word], list[_Word]]:
    """The setback that stands, if any, and the words that count otherwise."""
    official_plan = any(w.status in _FIRM and w.positive and w.official for w in words)
    setbacks = [w for w in words if _sets_back(w, official_plan)]
    if not setbacks:
        return [], list(words)
    last = setbacks[-1]
    if _disowned(setbacks, words):
        return [], [w for w in words if w not in setbacks]
    ours = {w.told.mention.id for w in setbacks}
    raised = [w for w in words if w.age > last.age and _raises(w, last, ours)]
    if raised:
        first = raised[0].day
        return [], [w for w in words if w.day >= first and w not in setbacks]
    newest = [w for w in setbacks if w.status is last.status]
    return newest, []


def _sets_back(word: _Word, official_plan: bool) -> bool:
    """Whether a word says that it is off, and may say so."""
    if word.status not in _SETBACKS or not word.positive:
        return False
    if word.claim.modality not in _SURE:
        return False
    if word.status is Status.DENIED and not word.official and official_plan:
        return False  # it takes a side to deny what a side announced
    return word.flat or not word.unnamed


def _disowned(setbacks: Sequence[_Word], words: Sequence[_Word]) -> bool:
    """Whether one unnamed voice alone says so and an official says not so."""
    if any(not w.unnamed for w in setbacks) or len({w.told.report.outlet for w in setbacks}) > 1:
        return False
    voices = {w.claim.source.name for w in setbacks}
    return len(voices) == 1 and any(
        w.official and not w.positive and w.status in _SETBACKS and w.day >= setbacks[-1].day
        for w in words
    )


def _raises(word: _Word, setback: _Word, ours: set[str]) -> bool:
    """Whether a later word puts the plan back on the calendar."""
    if not word.positive or word.unnamed or word.told.mention.id in ours:
        return False
    if word.status not in _FIRM or not (word.official or word.flat):
        return False
    if setback.status is Status.DENIED:
        return True
    # After a postponement neither "he will come" nor "after the election" is a new date.
    when = word.when
    fixed = when is not None and when.start is not None and when.end is not None
    return word.flat and fixed and when is not None and (when.start or setback.day) > setback.day


def _step(word: _Word) -> Status | None:
    """The rung that one word supports by itself; None when it supports none."""
    status = word.status
    if not word.positive or status not in _LADDER:
        return None
    if status in _FIRM:
        if word.claim.modality in (Modality.POSSIBLE, Modality.UNKNOWN):
            return Status.FLOATED
        if word.official:
            return status
        only = word.told.mention.status is Status.FLOATED  # its report as a whole says no more
        if only or not word.flat or (word.unnamed and not word.exact):
            return Status.FLOATED
        departing = word.exact and word.when is not None and word.when.start is not None
        if word.unnamed or not departing or word.when is None or word.when.start is None:
            return Status.ANNOUNCED
        return status if (word.when.start - word.day).days <= 1 else Status.ANNOUNCED
    return status


def _confirmed(firm: Sequence[_Word], group: Sequence[Told]) -> list[_Word]:
    """The words that make the date a matter of record; empty when it is none."""
    parties = {p.state for t in group for p in t.mention.parties if p.state}
    official = [w for w in firm if w.official]
    sides = {w.side for w in official if w.side in parties}
    if len(sides) >= 2:
        return [w for w in official if w.side in sides]
    exact = [w for w in official if w.exact and w.claim.modality is Modality.CERTAIN]
    outright = [w for w in exact if w.status is Status.CONFIRMED]
    if outright:
        return outright
    conveners = {t.mention.place.state for t in group if t.mention.place} | {
        s for s in parties if is_body(s)
    }
    if any(t.mention.kind in _GATHERINGS for t in group):
        convened = [w for w in exact if w.side in conveners]
        if convened:
            return convened
    return [
        w
        for w in firm
        if w.claim.source.source_class in (SourceClass.OUTLET, SourceClass.STATE_AGENCY)
        and _step(w) is Status.CONFIRMED
    ]


def _contradicts(word: _Word, value: Status) -> bool:
    """Whether a word cannot be so if the status is this."""
    if not word.positive:
        return word.status is value
    if value in _SETBACKS:
        return word.status in (*_FIRM, Status.HELD)
    return word.status in _SETBACKS

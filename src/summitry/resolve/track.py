"""To which long-running process, instrument or series does an engagement belong?

Never forced: an engagement belongs to a track when reports name the track in the sentences that
its claims rest on and its parties fit, or when sort, parties and days are those of a known
round. A talk beside a summit is not the summit, and a visit with the deal on its agenda is no
round of the deal. Days that no known round has speak against a series.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache

from summitry.gazetteer import Fact, FactSort, Track, TrackKind, tracks
from summitry.model import Grade, Kind, When
from summitry.resolve._told import Told

__all__ = ["track_of"]

_GATHERINGS = frozenset({Kind.SUMMIT, Kind.MULTILATERAL})
_SLACK = timedelta(days=1)
"""Time zones, and delegations that come on the eve."""
_EXACT = 10
"""Days up to which an interval speaks for or against a round."""
_SEASON = timedelta(days=150)
"""How far from a known round another day of that series is taken for another meeting."""
_MOVED = timedelta(days=7)
"""How far a round moves without being another."""
_NAMED = 0.5
"""Share of the mentions that have to name a process."""


def track_of(
    group: Sequence[Told],
    states: frozenset[str],
    kind: Kind,
    when: When | None,
    today: date,
) -> str | None:
    """The id of the one track that fits best; None where none does, or two equally well.

    Args:
        group: The mentions of the engagement.
        states: Its parties.
        kind: Its settled kind.
        when: Its settled date.
        today: Facts that became known later do not count.
    """
    named = _named(group)
    lands = frozenset(t.mention.place.state or "" for t in group if t.mention.place)
    scored = []
    for track, parties in _tracks():
        if track.id not in named and not parties & states:
            continue
        rounds = [f for f in track.facts if f.sort is FactSort.ROUND and f.known <= today]
        met = any(_meets(when, f) and _there(lands, f) for f in rounds) if when else False
        score = _score(track, named.get(track.id, 0.0), states, kind, met)
        series = track.kind is TrackKind.YEARLY
        if score > 0 and (met or not series or not _elsewhere(when, rounds)):
            scored.append((score + met, track.id))
    scored.sort(reverse=True)
    if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return scored[0][1]


def _score(track: Track, named: float, states: frozenset[str], kind: Kind, met: bool) -> float:
    """How well a track fits; 0 when it does not."""
    if track.kind is TrackKind.YEARLY:
        return _series(track, named, states, kind, met)
    if kind is Kind.VISIT:
        return 0.0
    ours = track.all_parties
    common = len(ours & states)
    if named >= _NAMED and common >= 2:
        return 2 * named
    if kind is not Kind.NEGOTIATION_ROUND or not states <= ours or common < 2:
        return 0.0
    return 1.0 if met or (states == ours and track.kind is TrackKind.PROCESS) else 0.0


def _series(track: Track, named: float, states: frozenset[str], kind: Kind, met: bool) -> float:
    """A summit of its own members, or of the two that hold it each year."""
    for side in track.parties:
        if len(side) > 1:
            if side == states and kind is not Kind.CALL and (met or named):
                return 1 + named
        elif kind in _GATHERINGS and side <= states and (met or named):
            return 1 + named
    # A gathering that reports call by its name, whoever they list as coming.
    return named if kind in _GATHERINGS and named >= _NAMED and len(states) > 2 else 0.0


def _meets(when: When, fact: Fact) -> bool:
    """Whether an exact interval shares a day with a round."""
    if when.start is None or when.end is None or when.days > _EXACT:
        return False
    return when.start <= fact.last + _SLACK and fact.first - _SLACK < when.end


def _there(lands: frozenset[str], fact: Fact) -> bool:
    """Whether some report has it where the round was, or none says where."""
    return not lands or not fact.state or fact.state in lands


def _elsewhere(when: When | None, rounds: Iterable[Fact]) -> bool:
    """Whether the day is known and lies near a round, but too far to be that round moved."""
    if when is None or when.start is None or when.end is None or when.days > _EXACT:
        return False
    gaps = [max(when.start - f.last, f.first - when.end) for f in rounds]
    return bool(gaps) and _MOVED < min(gaps) <= _SEASON


def _named(group: Sequence[Told]) -> dict[str, float]:
    """The share of the mentions that name each track where they speak of the engagement."""
    found: dict[str, int] = {}
    pattern, of = _aliases()
    for told in group:
        sentences = {c.sentence.text for c in told.mention.claims}
        topics = {t.topic for t in told.mention.agenda if t.grade is Grade.CENTRAL}
        text = "\n".join(sorted(sentences | topics)).casefold()
        ids = {i for alias in set(pattern.findall(text)) for i in of[alias]}
        for ident in ids:
            found[ident] = found.get(ident, 0) + 1
    return {ident: many / len(group) for ident, many in found.items()}


@cache
def _tracks() -> tuple[tuple[Track, frozenset[str]], ...]:
    """All tracks with everybody whom they concern."""
    return tuple((track, track.all_parties) for track in tracks().values())


@cache
def _aliases() -> tuple[re.Pattern[str], Mapping[str, tuple[str, ...]]]:
    """One pattern for all aliases, and whose each is."""
    of: dict[str, tuple[str, ...]] = {}
    for track in tracks().values():
        for alias in track.aliases:
            key = alias.casefold()
            of[key] = (*of.get(key, ()), track.id)
    longest = sorted(of, key=lambda a: (-len(a), a))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)"), of

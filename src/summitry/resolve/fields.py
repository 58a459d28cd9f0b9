"""What is the value of each field, who attests it, and who speaks against it?

For every slot the claims are weighed alike: a named official before an outlet, an outlet
before the unnamed; the body before the headline; the newer before the older, unless the older
is far better sourced. What was merely recalled counts only where nothing fresh is said.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from summitry.gazetteer import fold, states
from summitry.model import (
    Attested,
    Claim,
    Grade,
    Kind,
    Modality,
    Part,
    Party,
    Place,
    Polarity,
    Precision,
    Slot,
    SourceClass,
    Topic,
    Value,
    When,
)
from summitry.resolve._told import Told

__all__ = ["settled_agenda", "settled_kind", "settled_parties", "settled_place", "settled_when"]

V = TypeVar("V", Kind, Place, When)

_WEIGHT = {
    SourceClass.OFFICIAL_NAMED: 3.0,
    SourceClass.SPOKESPERSON: 3.0,
    SourceClass.STATE_AGENCY: 2.0,
    SourceClass.OUTLET: 2.0,
    SourceClass.OFFICIAL_UNNAMED: 1.5,
    SourceClass.DIPLOMATIC_SOURCE: 1.5,
    SourceClass.OTHER_MEDIA: 1.0,
    SourceClass.ANALYST: 0.5,
}
_SURENESS = {
    Modality.CERTAIN: 1.0,
    Modality.PROBABLE: 0.8,
    Modality.POSSIBLE: 0.5,
    Modality.UNKNOWN: 0.5,
}
_HALF_LIFE = 14.0
"""Days in which the weight of a claim halves against a newer one."""
_FINE = (Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.QUARTER, Precision.SEASON)
_FAINT = 0.2
"""Share of the mentions below which a party is taken for a misreading."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """A claim with the day on which it was said."""

    claim: Claim
    day: date


def settled_kind(group: Sequence[Told]) -> Attested[Kind]:
    """The kind that most weight speaks for; ties go to the one said first."""
    heard = _heard(group, Slot.KIND)
    votes: dict[Kind, float] = defaultdict(float)
    by: dict[Kind, list[Claim]] = defaultdict(list)
    for one in heard:
        if isinstance(one.claim.value, Kind):
            votes[one.claim.value] += 1.0
            by[one.claim.value].append(one.claim)
    for told in _live(group):
        votes[told.mention.kind] += 1.0
        by[told.mention.kind].extend(told.mention.claims[:1])
    value = max(votes, key=lambda k: (votes[k], -list(Kind).index(k)))
    against = [c for k, claims in by.items() for c in claims if k is not value]
    own = [c for c in by[value] if c.slot is Slot.KIND] or by[value]
    return Attested(value, _once(own), _once(c for c in against if c.slot is Slot.KIND))


def settled_place(group: Sequence[Told]) -> Attested[Place] | None:
    """The place of greatest weight; within one state the city before the country."""
    heard = _heard(group, Slot.PLACE)
    return _heaviest(heard, Place, _same_place, _finer_place)


def settled_when(group: Sequence[Told]) -> Attested[When] | None:
    """The newest commitment of weight; a more precise one inside it before the vaguer."""
    heard = _heard(group, Slot.WHEN)
    return _heaviest(heard, When, _same_when, _finer_when)


def settled_agenda(group: Sequence[Told]) -> tuple[Attested[Topic], ...]:
    """Every topic once, as said last, in order of first mention."""
    topics: dict[str, list[_Heard]] = defaultdict(list)
    for one in _heard(group, Slot.AGENDA):
        if isinstance(one.claim.value, Topic):
            topics[fold(one.claim.value.topic)].append(one)
    out = []
    for heard in topics.values():
        weighed = zip(_weights(heard), heard, strict=True)
        _, newest = max(weighed, key=lambda w: (w[0], w[1].claim.id))
        value = newest.claim.value
        if not isinstance(value, Topic):
            continue
        out_now = value.grade is Grade.EXCLUDED
        by: list[Claim] = []
        against: list[Claim] = []
        for one in heard:
            topic = one.claim.value
            agrees = isinstance(topic, Topic) and (topic.grade is Grade.EXCLUDED) is out_now
            (by if agrees else against).append(one.claim)
        out.append(Attested(value, _once(by), _once(against)))
    return tuple(out)


def settled_parties(group: Sequence[Told]) -> tuple[Attested[Party], ...]:
    """The parties that enough mentions name, each in its fullest form.

    A state without a person is dropped where a person of that state stands beside it.
    """
    live = _live(group)
    named: dict[tuple[str, str], list[tuple[Party, Claim]]] = defaultdict(list)
    for told in live:
        for party in told.mention.parties:
            claims = [c for c in told.mention.claims if c.slot is Slot.PARTY]
            own = [c for c in claims if isinstance(c.value, Party) and _same_party(c.value, party)]
            for claim in own or told.mention.claims[:1]:
                named[_party_key(party)].append((party, claim))
    merged = _merged(named)
    counts = {key: len({c.mention for _, c in heard}) for key, heard in merged.items()}
    enough = _FAINT * len(live)
    kept = {k: v for k, v in merged.items() if counts[k] >= enough} or merged
    people = {state for state, name in kept if name and state}
    chosen = [(k, v) for k, v in kept.items() if k[1] or k[0] not in people]
    spoken = {state: [h for k, v in kept.items() if k[0] == state for h in v] for state, _ in kept}
    return tuple(_party(heard, spoken[key[0]]) for key, heard in chosen)


def _party(heard: list[tuple[Party, Claim]], state: list[tuple[Party, Claim]]) -> Attested[Party]:
    """One party in its most frequent spelling, with the part that most give its state."""
    forms: dict[Party, int] = defaultdict(int)
    parts: dict[Part, int] = defaultdict(int)
    for party, _ in heard:
        forms[party] += 1
    for party, _ in state:
        if party.part:
            parts[party.part] += 1
    best = max(
        forms,
        key=lambda p: (bool(p.wikidata), len((p.name or "").split()) > 1, forms[p], repr(p)),
    )
    part = max(parts, key=lambda p: (parts[p], p.value)) if parts else best.part
    role = best.role or next((p.role for p, _ in heard if p.role), None)
    value = Party(best.name, best.state, role, best.wikidata, part)
    return Attested(value, _once(c for _, c in heard))


def _merged(
    named: dict[tuple[str, str], list[tuple[Party, Claim]]],
) -> dict[tuple[str, str], list[tuple[Party, Claim]]]:
    """Join the spellings of one person: one state and one name's words within the other's."""
    out: dict[tuple[str, str], list[tuple[Party, Claim]]] = {}
    for key in sorted(named, key=lambda k: (k[0], -len(k[1].split()), k[1])):
        state, name = key
        words = set(name.split())
        home = next(
            (
                k
                for k in out
                if k[0] == state and words and k[1] and words & set(k[1].split()[-1:])
            ),
            key,
        )
        out.setdefault(home, []).extend(named[key])
    order = list(named)
    return dict(sorted(out.items(), key=lambda item: order.index(item[0])))


def _heaviest(
    heard: Sequence[_Heard],
    kind: type[V],
    same: Callable[[V, V], bool],
    finer: Callable[[V, V], bool],
) -> Attested[V] | None:
    """The value of the heaviest claim, made finer by what agrees with it."""
    claims = [h for h in heard if isinstance(h.claim.value, kind)]
    yes = [h for h in claims if h.claim.polarity is Polarity.POSITIVE] or claims
    if not yes:
        return None
    weighed = list(zip(_weights(yes), yes, strict=True))
    support: dict[str, float] = defaultdict(float)
    words = [repr(h.claim.value) for h in yes]
    for (weight, _), said in zip(weighed, words, strict=True):
        support[said] += 0.1 * weight
    ranked = (
        (weight + support[said], one.day, one.claim.id, one.claim)
        for (weight, one), said in zip(weighed, words, strict=True)
    )
    value = _as(max(ranked, key=lambda r: r[:3])[3].value, kind)
    for _, one in sorted(weighed, key=lambda w: (-w[0], w[1].claim.id)):
        if finer(_as(one.claim.value, kind), value):
            value = _as(one.claim.value, kind)
    agree = [h.claim for h in yes if same(_as(h.claim.value, kind), value)]
    against = [h.claim for h in claims if h.claim not in agree]
    return Attested(value, _once(agree), _once(against))


def _as(value: Value, kind: type[V]) -> V:
    """The value, known to be of the kind.

    Raises:
        TypeError: It is not.
    """
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value


def _live(group: Sequence[Told]) -> Sequence[Told]:
    """The mentions that are not mere recollection, or all when there is nothing else."""
    return [t for t in group if not t.mention.background] or group


def _heard(group: Sequence[Told], slot: Slot) -> list[_Heard]:
    """The claims of one slot, with their day; oldest report first."""
    return [
        _Heard(claim, told.said(claim))
        for told in _live(group)
        for claim in told.mention.claims
        if claim.slot is slot and not (isinstance(claim.value, When) and told.stale(claim.value))
    ]


def _weights(heard: Sequence[_Heard]) -> list[float]:
    """What each claim weighs against the others: source, sureness, age, headline."""
    newest = max((h.day for h in heard), default=None)
    return [_weight(one, (newest - one.day).days) for one in heard] if newest else []


def _weight(one: _Heard, age: int) -> float:
    """What a claim so many days older than the newest weighs."""
    weight = _WEIGHT[one.claim.source.source_class] * _SURENESS[one.claim.modality]
    headline = 0.4 if one.claim.sentence.headline else 1.0
    return float(weight * headline * 0.5 ** (age / _HALF_LIFE))


def _same_place(a: Place, b: Place) -> bool:
    """Whether both can be so: one country, and not two cities of it."""
    if not a.state or not b.state:
        return bool(set(fold(a.name).split()) & set(fold(b.name).split()))
    if a.state != b.state:
        return False
    return (
        _country(a) or _country(b) or bool(set(fold(a.name).split()) & set(fold(b.name).split()))
    )


def _finer_place(a: Place, b: Place) -> bool:
    """Whether a is a city where b is only its country."""
    return bool(a.state) and a.state == b.state and _country(b) and not _country(a)


def _country(place: Place) -> bool:
    """Whether the place is named by its state alone."""
    state = states().get(place.state or "")
    names = (state.name, *state.aliases) if state else ()
    return fold(place.name) in {fold(name) for name in names}


def _same_when(a: When, b: When) -> bool:
    return a.overlaps(b)


def _finer_when(a: When, b: When) -> bool:
    """Whether a lies inside b and commits to a finer unit."""
    inside = (b.start is None or (a.start is not None and a.start >= b.start)) and (
        b.end is None or (a.end is not None and a.end <= b.end)
    )
    if not inside:
        return False
    rank = {p: n for n, p in enumerate(_FINE)}
    return rank.get(a.precision, len(_FINE)) < rank.get(b.precision, len(_FINE))


def _party_key(party: Party) -> tuple[str, str]:
    """State and folded name."""
    return (party.state or "", fold(party.name or ""))


def _same_party(a: Party, b: Party) -> bool:
    return _party_key(a) == _party_key(b)


def _once(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(dict.fromkeys(claims))

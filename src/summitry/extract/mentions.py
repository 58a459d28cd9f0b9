"""Which frames of a report speak of one engagement, and what they add up to.

A frame with two parties of its own opens a mention or joins the one it fits; one without
("the visit", "the two leaders will meet") takes its parties from what was said before.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from summitry.extract._fitting import possible
from summitry.extract._values import UNDER_WAY, Actor, Frame, Judged, Role, Sort
from summitry.gazetteer import states
from summitry.model import (
    Claim,
    Kind,
    Mention,
    Part,
    Party,
    Place,
    Polarity,
    Precision,
    Report,
    Slot,
    Source,
    SourceClass,
    Status,
    Topic,
    When,
    digest,
)

__all__ = ["mentions"]

_IN_PERSON = {Kind.VISIT, Kind.BILATERAL, Kind.MINISTERIAL, Kind.SUMMIT, Kind.NEGOTIATION_ROUND}
_GATHERINGS = {"summit", "conference", "meeting", "meet"}
_PAIRED = {Kind.BILATERAL, Kind.CALL}
_INSTITUTIONAL = {Kind.SUMMIT, Kind.MULTILATERAL, Kind.MINISTERIAL}
_UNDOING = {Status.CANCELLED, Status.POSTPONED, Status.DENIED}
_PARTS = {
    Role.VISITOR: Part.VISITOR,
    Role.HOST: Part.HOST,
    Role.PLACE: Part.HOST,
    Role.MEDIATOR: Part.MEDIATOR,
    Role.SIDE: Part.PARTICIPANT,
    Role.OTHER: Part.PARTICIPANT,
}


@dataclass(frozen=True, slots=True)
class Spare:
    """Dates of a report that hang on no engagement of their own."""

    news: When | None = None
    """The day that the report's first sentences tell of: what was held is dated by it."""
    ahead: tuple[When, ...] = ()
    """Days ahead named by themselves ("reports point to 12 February"): they date the plan that
    the report is mostly about."""


@dataclass
class _Draft:
    """A mention in the making."""

    kind: Kind
    background: bool
    sides: dict[str, list[tuple[Actor, Role]]] = field(default_factory=dict)
    frames: list[Frame] = field(default_factory=list)

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(self.sides)

    def add(self, frame: Frame) -> None:
        self.frames.append(frame)
        for state, actor, role in _parties(frame):
            self.sides.setdefault(state, []).append((actor, role))

    @property
    def whens(self) -> list[When]:
        return [w for f in self.frames for w in f.when]


def mentions(report: Report, frames: Sequence[Frame], spare: Spare) -> tuple[Mention, ...]:
    """The mentions of a report from its frames in reading order.

    Args:
        report: The report.
        frames: All frames of it.
        spare: What the report's other dates can date.
    """
    drafts: list[_Draft] = []
    body = [f for f in frames if not f.scene.sentence.headline]
    heads = [f for f in frames if f.scene.sentence.headline]
    recent: list[Actor] = []
    left: list[Frame] = []
    for frame in body or heads:
        if not _place_frame(frame, drafts, recent):
            left.append(frame)
        recent += [a for a in frame.scene.actors if a.leads and a.state and a.sort is Sort.PERSON]
    if body:
        for frame in heads:
            home = next((d for d in drafts if _fits(frame, _keys(frame), d)), None)
            if home is not None and len(_keys(frame)) > 1:
                home.add(frame)
            elif len(_keys(frame)) > 1 and not drafts:
                _open(frame, drafts)
    for frame in left:
        # Only now is the engagement known that the first sentences spoke of.
        home = _earlier(frame, _keys(frame), drafts) if _keys(frame) else None
        if home is not None:
            home.add(frame)
    kept = [d for d in drafts if _is_engagement(d)]
    main = max(kept, key=lambda d: len(d.frames), default=None)
    found = [_mention(report, d, spare if d is main else Spare(spare.news)) for d in kept]
    return tuple(_on_the_way(m, found) for m in found)


def _on_the_way(mention: Mention, others: Sequence[Mention]) -> Mention:
    """A meeting without a place, where one side visits the other in the same report."""
    if mention.place is not None or mention.kind not in {Kind.BILATERAL, Kind.MINISTERIAL}:
        return mention
    ours = {p.state for p in mention.parties}
    for trip in others:
        same = {p.state for p in trip.parties} >= ours
        if (
            trip.kind is Kind.VISIT
            and same
            and trip.place
            and trip.background == mention.background
        ):
            return replace(mention, place=trip.place)
    return mention


def _keys(frame: Frame) -> frozenset[str]:
    return frozenset(state for state, _, _ in _parties(frame))


def _parties(frame: Frame) -> list[tuple[str, Actor, Role]]:
    """The states that take part by this frame's own words."""
    found = []
    place = frame.place
    for actor, role in frame.sides:
        if actor.state is None:
            continue
        if role is Role.PLACE and actor.sort is Sort.ORGANISATION:
            continue
        found.append((actor.state, actor, role))
    known = {s for s, _, _ in found}
    body = _bodies(frame) and _convened_kind(frame) and frame.trigger.sort in _GATHERINGS
    if body and place is not None and place.state and place.state not in known:
        # The training labels name the host of a body's meeting in 55 of 83 cases.
        found.append((place.state, place, Role.PLACE))
    hosted = frame.kind is Kind.VISIT and place is not None and place.state
    if (
        hosted
        and place is not None
        and place.state
        and place.state not in known
        and len(known) < 2
    ):
        found.append((place.state, place, Role.PLACE))
    return found


def _place_frame(frame: Frame, drafts: list[_Draft], recent: list[Actor]) -> bool:
    """Join a draft or open one; False when the frame belongs to none."""
    keys = _keys(frame)
    if len(keys) >= 2 or _convened(frame):
        for draft in reversed(drafts):
            if _fits(frame, keys, draft):
                draft.add(frame)
                return True
        _open(frame, drafts)
        return True
    home = _earlier(frame, keys, drafts)
    if home is not None:
        home.add(frame)
        return True
    filled = _filled(frame, keys, recent, drafts)
    return filled is not None and _place_frame(filled, drafts, [])


def _open(frame: Frame, drafts: list[_Draft]) -> None:
    draft = _Draft(frame.kind, frame.background)
    draft.add(frame)
    drafts.append(draft)


def _fits(frame: Frame, keys: frozenset[str], draft: _Draft) -> bool:
    """Whether a frame with its own parties speaks of the draft's engagement."""
    if (frame.kind is Kind.CALL) != (draft.kind is Kind.CALL):
        return False
    if frame.background != draft.background:
        return False
    same = keys <= draft.keys or draft.keys <= keys
    body = keys & draft.keys & _bodies(frame) and {frame.kind, draft.kind} <= _INSTITUTIONAL
    if body and _dates_agree(frame, draft) and _place_agrees(frame, draft):
        return True
    if not same or len(keys & draft.keys) < 2:
        return False
    if {frame.kind, draft.kind} & _PAIRED and keys != draft.keys:
        return False  # two of the three leaders meet apart
    if draft.kind is Kind.VISIT and len(draft.keys) > 2 and len(keys) == 2 and frame.when:
        return False  # one leg of a trip to several states, with a date of its own
    return _dates_agree(frame, draft)


def _dates_agree(frame: Frame, draft: _Draft) -> bool:
    """Dates overlap, one has none, or one of the two says that the date was moved."""
    theirs = draft.whens
    if not frame.when or not theirs:
        return True
    if any(a.overlaps(b) for a in frame.when for b in theirs):
        return True
    moved = any(j.status is Status.POSTPONED for f in (frame, *draft.frames) for j in f.judged)
    return moved


def _earlier(frame: Frame, keys: frozenset[str], drafts: list[_Draft]) -> _Draft | None:
    """The draft that "the visit", "their talks" or "will meet" speaks of again."""
    for draft in reversed(drafts):
        if (frame.kind is Kind.CALL) != (draft.kind is Kind.CALL):
            continue
        if frame.background != draft.background or not keys <= draft.keys:
            continue
        again = frame.collective or frame.trigger.definite or bool(keys)
        trip = frame.kind is Kind.VISIT and draft.kind is not Kind.VISIT and not keys
        if again and not trip and _dates_agree(frame, draft) and _place_agrees(frame, draft):
            return draft
    return None


def _place_agrees(frame: Frame, draft: _Draft) -> bool:
    places = {f.place.state for f in draft.frames if f.place}
    return not places or frame.place is None or frame.place.state in places


def _filled(
    frame: Frame, keys: frozenset[str], recent: list[Actor], drafts: list[_Draft]
) -> Frame | None:
    """The frame with the parties of "the two leaders" taken from the persons before."""
    if not recent:
        return None
    if frame.collective:
        pair: dict[str, Actor] = {}
        for actor in reversed(recent):
            if actor.state and actor.state not in keys:
                pair.setdefault(actor.state, actor)
            if len(pair) + len(keys) >= 2:
                break
        if len(pair) + len(keys) < 2:
            return None
        extra = tuple((a, Role.SIDE) for a in pair.values())
        return replace(frame, sides=(*frame.sides, *extra), collective=False)
    del drafts
    return None


def _is_engagement(draft: _Draft) -> bool:
    """At least two parties, or one organisation that its members meet in."""
    return len(draft.keys) >= 2 or any(_convened(f) for f in draft.frames)


def _bodies(frame: Frame) -> frozenset[str]:
    """The organisations among the sides, whose members meet under their name."""
    sorts = {Sort.ORGANISATION, Sort.OFFICIALS, Sort.OFFICE}
    return frozenset(
        a.state
        for a, _ in frame.sides
        if a.state and a.sort in sorts and (a.sort is Sort.ORGANISATION or len(a.state) > 2)
    )


def _convened_kind(frame: Frame) -> bool:
    return frame.kind in _INSTITUTIONAL | {Kind.NEGOTIATION_ROUND}


def _convened(frame: Frame) -> bool:
    """Whether an organisation's own meeting is named: "the NATO summit in Vilnius"."""
    if frame.kind not in {
        Kind.SUMMIT,
        Kind.MULTILATERAL,
        Kind.MINISTERIAL,
        Kind.NEGOTIATION_ROUND,
    }:
        return False
    if frame.trigger.sort not in _GATHERINGS:
        return False
    bodies = _bodies(frame)
    settled = bool(frame.when) or (frame.place is not None and bool(frame.place.state))
    return bool(bodies) and settled


def _mention(report: Report, draft: _Draft, spare: Spare) -> Mention:
    """What the frames of one draft add up to."""
    kind = _kind(draft)
    lead = draft.frames[0]
    parties = _party_values(draft, kind)
    judged, judge_frame = _status(draft)
    day = report.published.date() if report.published else None
    where, when = _where(draft), _when(draft, judged, day, spare)
    ident = digest(
        report.id,
        report.version,
        str(lead.scene.sentence.start + lead.trigger.token.start),
        *sorted(draft.keys),
    )
    topics = _topics(draft)
    claims = tuple(_claims(ident, draft, report, kind, parties))
    del judge_frame
    return Mention(
        id=ident,
        kind=kind,
        parties=parties,
        place=where,
        when=when,
        status=judged.status,
        modality=judged.modality,
        polarity=judged.polarity,
        background=draft.background,
        agenda=topics,
        claims=claims,
    )


def _kind(draft: _Draft) -> Kind:
    """The kind named most often, the first one at a tie; a trip with talks stays a trip."""
    counts = Counter(f.kind for f in draft.frames)
    return max(counts, key=lambda k: (counts[k], k is draft.kind))


def _party_values(draft: _Draft, kind: Kind) -> tuple[Party, ...]:
    """One party a state: the person named best, with the part the frames give it."""
    found = []
    for state, seen in draft.sides.items():
        people = [a for a, r in seen if a.sort is Sort.PERSON and a.name and r is not Role.PLACE]
        person = max(people, key=lambda a: len(a.name or ""), default=None)
        found.append(
            Party(
                name=person.name if person else None,
                state=state,
                role=person.role if person else None,
                wikidata=person.wikidata if person else None,
                part=_part([r for _, r in seen], state, draft, kind),
            )
        )
    return tuple(found)


def _part(roles: list[Role], state: str, draft: _Draft, kind: Kind) -> Part:
    """What a party does: who goes is visitor, who receives is host."""
    if Role.MEDIATOR in roles:
        return Part.MEDIATOR
    where = _where(draft)
    if where is not None and where.state == state:
        return Part.HOST  # nobody visits the state it takes place in
    for role in (Role.VISITOR, Role.HOST, Role.PLACE):
        if role in roles:
            return _PARTS[role]
    places = {f.place.state for f in draft.frames if f.place}
    if kind is Kind.VISIT and places:
        return Part.VISITOR
    return Part.PARTICIPANT


def _where(draft: _Draft) -> Place | None:
    """The place named most often, the first one at a tie; a town rather than its state.

    Failing that the only place of its sentence, then the state of whoever receives.
    """
    found = [f.place for f in draft.frames if f.place and f.place.state]
    if not found and draft.kind is not Kind.CALL:
        found = [f.around for f in draft.frames[:1] if f.around and _plausible(f.around, draft)]
    if not found and draft.kind is not Kind.CALL:
        roles = (Role.PLACE, Role.HOST)
        found = [
            a for role in roles for seen in draft.sides.values() for a, r in seen
            if r is role and a.state and len(a.state) == 2
        ][:1]  # fmt: skip
    if not found:
        return None
    counts = Counter(a.state for a in found)
    best = max(counts, key=lambda s: counts[s])
    named = [a for a in found if a.state == best]
    town = next((a for a in named if a.sort in {Sort.CITY, Sort.CAPITAL}), named[0])
    if town.sort in {Sort.PERSON, Sort.OFFICE, Sort.OFFICIALS}:
        known = states().get(town.state or "")
        return Place(known.name if known else town.text, town.state)
    return Place(town.name or town.text, town.state)


def _plausible(actor: Actor, draft: _Draft) -> bool:
    """A place in the sentence is the engagement's if it is no state that merely is talked of."""
    return actor.sort in {Sort.CITY, Sort.CAPITAL} or actor.state in draft.keys


def _lasting(when: When, days: int) -> When:
    """A first day drawn out to the length that the report gives: "his four-day visit"."""
    if when.days != 1 or when.start is None or days < 2 or when.precision is not Precision.DAY:  # noqa: PLR2004
        return when
    return replace(when, end=when.start + timedelta(days=days))


# Days that a date beside the news may span; "earlier this year" dates some other event.
_VAGUE = 7
# A date as vague as this is made finer by a day that stands by itself.
_MONTH = 17


def _when(draft: _Draft, judged: Judged, day: date | None, spare: Spare) -> When | None:
    """The first date that hangs on the engagement itself, else one of the same sentence.

    A date that the status rules out (a plan's in the past, a meeting's in the future) is some
    other event's. The finer one of two that agree wins. An undated engagement that was held is
    dated by the day on which its sentence, or the report's lead, says that something was said
    or done; an undated plan by a day ahead that stands by itself.
    """
    status = judged.status
    fits = [(f, w) for f in draft.frames for w in f.when if possible(w, status, day)]
    firm = [w for f, w in fits if not f.loose]
    loose = [w for f, w in fits if f.loose and not (status is Status.HELD and w.days > _VAGUE)]
    whens = firm or loose
    if whens:
        first = whens[0]
        inside = (
            w
            for w in (*firm, *(() if first.days < _MONTH else (*loose, *spare.ahead)))
            if first.start and w.start and w.end and first.end
            and first.start <= w.start and w.end <= first.end and w.days < first.days
        )  # fmt: skip
        return _lasting(next(inside, first), max(f.lasts for f in draft.frames))
    if status is not Status.HELD:
        return next(iter(spare.ahead), None)
    if draft.background:
        return None
    said = next((f.said for f in draft.frames if f.said is not None), None) or spare.news
    if said is None and judged.why == UNDER_WAY and day is not None:
        return When(day, day + timedelta(days=1), Precision.DAY)
    return said


def _status(draft: _Draft) -> tuple[Judged, Frame]:
    """The status that the report as a whole supports.

    An undoing word outranks the plan that it undoes; otherwise the first sentence that says
    anything, since a report leads with its news.
    """
    pairs = [(j, f) for f in draft.frames for j in f.judged]
    for k, (judged, frame) in enumerate(pairs):
        if judged.status in _UNDOING and judged.polarity is Polarity.POSITIVE:
            whole = len(_keys(frame)) > 1
            if whole or k == 0 or (frame.trigger.definite and judged.status is not Status.DENIED):
                return judged, frame
    positive = [(j, f) for j, f in pairs if j.polarity is Polarity.POSITIVE] or pairs
    votes: Counter[Status] = Counter()
    for k, (judged, frame) in enumerate(positive):
        said = not judged.why.startswith("named without")
        strong = said and frame.trigger.predicate >= 0 and len(_keys(frame)) > 1
        votes[judged.status] += (3 if k == 0 and said else 0) + (3 if strong else 1)
    best = max(votes, key=lambda s: votes[s])
    return next((j, f) for j, f in positive if j.status is best)


def _topics(draft: _Draft) -> tuple[Topic, ...]:
    found: dict[str, Topic] = {}
    for frame in draft.frames:
        for topic in frame.agenda:
            found.setdefault(topic.topic.lower(), topic)
    return tuple(found.values())


def _claims(
    ident: str, draft: _Draft, report: Report, kind: Kind, parties: tuple[Party, ...]
) -> Iterable[Claim]:
    """Every frame's claims: what its source says of each slot."""
    by_state = {p.state: p for p in parties}
    outlet = Source(report.outlet, SourceClass.OUTLET)
    for frame in draft.frames:
        source = frame.source or outlet
        said = frame.said.start if frame.said else None
        for slot, value, why in _slots(frame, kind, by_state):
            yield Claim(
                mention=ident, slot=slot, value=value, source=source,
                sentence=frame.scene.sentence, said_on=said, why=why,
            )  # fmt: skip
        for judged in frame.judged:
            yield Claim(
                mention=ident, slot=Slot.STATUS, value=judged.status, source=source,
                modality=judged.modality, polarity=judged.polarity,
                sentence=frame.scene.sentence, said_on=said, why=judged.why,
            )  # fmt: skip


def _slots(
    frame: Frame, kind: Kind, by_state: dict[str | None, Party]
) -> Iterable[tuple[Slot, Kind | Party | Place | When | Topic, str]]:
    yield Slot.KIND, frame.kind if frame.kind else kind, f"{frame.trigger.token.text}"
    seen = set()
    for state, _, role in _parties(frame):
        party = by_state.get(state)
        if party is not None and state not in seen:
            seen.add(state)
            yield Slot.PARTY, party, role.value
    if frame.place is not None and frame.place.state:
        place = Place(frame.place.name or frame.place.text, frame.place.state)
        yield Slot.PLACE, place, frame.place.text
    for when in frame.when:
        yield Slot.WHEN, when, when.text
    for topic in frame.agenda:
        yield Slot.AGENDA, topic, topic.grade.value

"""What the frames of a report add up to: its mentions of engagements, each with its claims."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from summitry.extract._claims import claims
from summitry.extract._convening import convened, mediators, on_record
from summitry.extract._drafts import Draft, drafts, keys
from summitry.extract._fitting import UNDOING
from summitry.extract._settling import when, where
from summitry.extract._values import (
    ATTENDS,
    BARE,
    OVERTAKEN,
    UNNAMED,
    Actor,
    Frame,
    Judged,
    Role,
    Sort,
    Spare,
)
from summitry.model import (
    Kind,
    Mention,
    Modality,
    Part,
    Party,
    Place,
    Polarity,
    Precision,
    Report,
    Status,
    Topic,
    When,
    digest,
)

__all__ = ["mentions"]

_PARTS = {Role.VISITOR: Part.VISITOR, Role.HOST: Part.HOST, Role.PLACE: Part.HOST}
# Votes for a status: of the first frame above its own, of one that names both sides and a verb.
_LEADING, _FULL = 3, 3
_MOVING = frozenset({Role.VISITOR, Role.PLACE, Role.MEDIATOR})
_PAIR = 2
_FACE_TO_FACE = {Kind.BILATERAL, Kind.MINISTERIAL, Kind.SUMMIT}
_HALF = 0.5
# By figures: what a later sentence counts beside the first, what takes something off held, the
# least that a figure can be, and from where an undoing word settles the matter. Chosen among
# seven settings on the training reports, each read by a model that had not seen it.
_LATER, _HELD, _LEAST, _UNDONE = 0.2, 1.0, 0.01, 0.85
# From where one sentence confirms for all.
_SURELY = 0.9


def mentions(report: Report, frames: Sequence[Frame], spare: Spare) -> tuple[Mention, ...]:
    """The mentions of a report from its frames in reading order.

    Args:
        report: The report.
        frames: All frames of it.
        spare: What the report's other dates can date.
    """
    kept = tuple(convened(d) for d in drafts(frames))
    main = max(kept, key=lambda d: len(d.frames), default=None)
    found: list[Mention] = []
    for draft in kept:
        # The day of the lead dates what the report comes back to; a passing word may mean any.
        news = spare.news if len(draft.frames) > 1 or not draft.frames[0].held else None
        ahead = spare.ahead if draft is main else ()
        mention = _mention(report, draft, Spare(news, ahead))
        found.append(_afterwards(mention, draft, found))
    return tuple(_beside(_on_the_way(m, found), found) for m in found)


def _afterwards(mention: Mention, draft: Draft, before: Sequence[Mention]) -> Mention:
    """An undated leg that follows "then": not before the last day of the leg before it."""
    if mention.when is not None or not any(f.then for f in draft.frames):
        return mention
    ours = {p.state for p in mention.parties}
    for leg in reversed(before):
        end = leg.when.end if leg.when else None
        if end is not None and ours & {p.state for p in leg.parties}:
            return replace(mention, when=When(end - timedelta(days=1), None, Precision.OPEN))
    return mention


def _on_the_way(mention: Mention, others: Sequence[Mention]) -> Mention:
    """A meeting without a place, where one side visits the other in the same report."""
    if mention.place is not None or mention.kind not in {Kind.BILATERAL, Kind.MINISTERIAL}:
        return mention
    ours = {p.state for p in mention.parties}
    for trip in others:
        placed = trip.kind is Kind.VISIT and trip.place
        same = {p.state for p in trip.parties} >= ours and trip.background == mention.background
        if placed and same:
            return replace(mention, place=trip.place)
    return mention


def _beside(mention: Mention, others: Sequence[Mention]) -> Mention:
    """A meeting without a place, where somebody meets another in those same days, in one place."""
    if mention.place is not None or mention.when is None or mention.kind not in _FACE_TO_FACE:
        return mention
    ours = {p.state for p in mention.parties}
    near = [
        m.place
        for m in others
        if m.place
        and m.when
        and (m.when.start, m.when.end) == (mention.when.start, mention.when.end)
        and ours & {p.state for p in m.parties}
        and m.background == mention.background
    ]
    if len({p.state for p in near}) != 1:
        return mention
    return replace(mention, place=near[0])


def _mention(report: Report, draft: Draft, spare: Spare) -> Mention:
    """What the frames of one draft add up to."""
    lead = draft.frames[0]
    place = where(draft)
    parties = _parties(draft, place)
    judged = _status(draft)
    day = report.published.date() if report.published else None
    ident = digest(
        report.id,
        report.version,
        str(lead.scene.sentence.start + lead.trigger.token.start),
        *sorted(draft.keys),
    )
    return Mention(
        id=ident,
        kind=_kind(draft),
        parties=parties,
        place=place,
        when=when(draft, judged, day, spare),
        status=judged.status,
        modality=judged.modality,
        polarity=judged.polarity,
        background=draft.background,
        agenda=_topics(draft),
        claims=tuple(claims(ident, draft, report, {p.state: p for p in parties})),
    )


def _kind(draft: Draft) -> Kind:
    """The kind named most often, the draft's own at a tie."""
    counts = Counter(f.kind for f in draft.frames)
    return max(counts, key=lambda k: (counts[k], k is draft.kind))


def _parties(draft: Draft, place: Place | None) -> tuple[Party, ...]:
    """One party a state: the person named best, with the part the frames give it."""
    found = []
    sides = _sides(draft, place)
    ground = place.state if place and not draft.calls and len(sides) == _PAIR else None
    for state, seen in sides.items():
        guest = ground in sides and ground != state
        person = _foremost(
            [a for a, r in seen if a.sort is Sort.PERSON and a.name and r is not Role.PLACE]
        )
        hosts = place is not None and place.state == state
        found.append(
            Party(
                name=person.name if person else None,
                state=state,
                role=person.role if person else None,
                wikidata=person.wikidata if person else None,
                # Nobody visits the state it takes place in.
                part=_part({r for _, r in seen}, draft, Part.HOST if hosts else None, guest),
            )
        )
    return _consistent(found)


def _sides(draft: Draft, place: Place | None) -> dict[str, list[tuple[Actor, Role]]]:
    """Who takes part: in a visit who comes and who is come to, and nobody else.

    Whom the guest will speak of there ("Ukraine and Russia") the sentences name beside him. On
    the training reports the rule took records from .363 to .368, on the development ones from
    .338 to .350, and on three other sets it changed nothing.
    """
    sides = draft.sides
    if place is None or place.state not in sides or _kind(draft) is not Kind.VISIT:
        return sides
    moving = {s for s, seen in sides.items() if {r for _, r in seen} & _MOVING}
    if not moving - {place.state}:
        return sides
    return {s: seen for s, seen in sides.items() if s in moving or s == place.state}


def _consistent(found: Sequence[Party]) -> tuple[Party, ...]:
    """Of two, nobody is another guest's guest or another host's host: then both just take part."""
    parts = {p.part for p in found}
    if len(found) == _PAIR and len(parts) == 1 and parts <= {Part.VISITOR, Part.HOST}:
        return tuple(replace(p, part=Part.PARTICIPANT) for p in found)
    return tuple(found)


def _foremost(people: list[Actor]) -> Actor | None:
    """Of several of one state the one named most often, the head before his minister."""
    if not people:
        return None
    named = Counter(a.name for a in people)
    return max(people, key=lambda a: (named[a.name], a.rank == "head", -people.index(a)))


def _part(roles: set[Role], draft: Draft, by_place: Part | None, guest: bool) -> Part:
    """What a party does: who goes is visitor, who receives is host.

    Of two that meet on the ground of one the other is the guest.
    """
    if Role.MEDIATOR in roles:
        return Part.MEDIATOR
    if by_place is not None:
        return by_place
    if guest:
        return Part.VISITOR
    for role, part in _PARTS.items():
        if role in roles:
            return part
    placed = any(f.place for f in draft.frames)
    return Part.VISITOR if placed and _kind(draft) is Kind.VISIT else Part.PARTICIPANT


def _status(draft: Draft) -> Judged:
    """The status that the report as a whole supports.

    An undoing word outranks the plan that it undoes; otherwise the frames vote, above all the
    first one that says anything, since a report leads with its news.
    """
    if all(j.figures for f in draft.frames for j in f.judged):
        return _likeliest(draft)
    pairs = [(j, f) for f in draft.frames for j in f.judged]
    for k, (judged, frame) in enumerate(pairs):
        if judged.status in UNDOING and judged.polarity is Polarity.POSITIVE:
            again = frame.trigger.definite and judged.status is not Status.DENIED
            if k == 0 or again or len(keys(frame)) > 1:
                return judged
    positive = [(j, f) for j, f in pairs if j.polarity is Polarity.POSITIVE]
    if not positive:
        # Asked about, and not confirmed: no more than talk.
        return Judged(Status.FLOATED, Modality.UNKNOWN, why="only a refusal to confirm")
    votes: Counter[Status] = Counter()
    for k, (judged, frame) in enumerate(positive):
        said = not judged.why.startswith(BARE)
        full = said and frame.trigger.predicate >= 0 and len(keys(frame)) > 1
        votes[judged.status] += (_LEADING if k == 0 and said else 0) + (_FULL if full else 1)
    best = max(votes, key=lambda s: votes[s])
    return next(j for j, _ in positive if j.status is best)


def _likeliest(draft: Draft) -> Judged:
    """The status that all frames together make likeliest, the first one above all.

    A word that surely undoes the plan outranks the others. That something took place needs more
    than to be likeliest: of all mistakes a plan called held does most harm.
    """
    scores = dict.fromkeys(Status, 0.0)
    pairs = [(j, f) for f in draft.frames for j in f.judged]
    for k, (judged, frame) in enumerate(pairs):
        figures = dict(judged.figures)
        vague = judged.why == OVERTAKEN and any(_undone(j) for j, _ in pairs)
        if judged.status in UNDOING and not vague and figures[judged.status] >= _UNDONE:
            again = frame.trigger.definite or len(keys(frame)) > 1
            if k == 0 or again:
                return judged
        for status, figure in figures.items():
            scores[status] += (1.0 if k == 0 else _LATER) * math.log(max(figure, _LEAST))
    scores[Status.HELD] -= _HELD
    best = max(scores, key=lambda s: scores[s])
    same = [j for j, _ in pairs if j.status is best]
    if best is Status.CONFIRMED and same and all(_refused(j) for j in same):
        return Judged(Status.FLOATED, Modality.UNKNOWN, why="only a refusal to confirm")
    if best is Status.ANNOUNCED and (
        other := _attends(draft) or _convened(draft) or _confirmed(draft) or _passed_on(draft)
    ):
        return other
    found = next((j for j in same if not _refused(j)), None)
    return found or Judged(best, Modality.CERTAIN, why="by all sentences together")


def _undone(judged: Judged) -> bool:
    """Whether a word of its own says that it was put off, called off or denied."""
    return judged.status in UNDOING and judged.why != OVERTAKEN


def _attends(draft: Draft) -> Judged | None:
    """What confirms the going where its sentence names what is gone to: "will join the summit"."""
    beside = (j for f in draft.frames if f.scene is draft.frames[0].scene for j in f.judged)
    return next(
        (
            j
            for j in beside
            if j.status is Status.CONFIRMED
            and j.why.endswith(ATTENDS)
            and dict(j.figures)[Status.CONFIRMED] >= _HALF
        ),
        None,
    )


def _convened(draft: Draft) -> Judged | None:
    """What who brings others together says of their round: the convener's word confirms it."""
    for frame in on_record(draft, mediators(draft)):
        for judged in frame.judged:
            if judged.status is Status.ANNOUNCED and judged.modality is Modality.CERTAIN:
                return replace(judged, status=Status.CONFIRMED, why=f"{judged.why}; convener")
    return None


def _confirmed(draft: Draft) -> Judged | None:
    """A sentence that surely confirms: those that merely announce do not gainsay it."""
    every = (j for f in draft.frames for j in f.judged if j.status is Status.CONFIRMED)
    sure = (j for j in every if dict(j.figures)[Status.CONFIRMED] >= _SURELY and not _refused(j))
    return next(sure, None)


def _passed_on(draft: Draft) -> Judged | None:
    """What unnamed people float, where the outlet itself no more than expects it.

    "He plans to come, the channel says, citing diplomats": the outlet knows it from them.
    """
    own = [j for f in draft.frames for j in f.judged if f.source is None]
    cited = [j for f in draft.frames for j in f.judged if f.source is not None]
    if any(j.modality is Modality.CERTAIN and not j.why.startswith(BARE) for j in own):
        return None
    floated = all(j.status is Status.FLOATED and j.why.endswith(UNNAMED) for j in cited)
    return cited[0] if cited and floated else None


def _refused(judged: Judged) -> bool:
    return judged.polarity is Polarity.NEGATIVE


def _topics(draft: Draft) -> tuple[Topic, ...]:
    """Every topic once, as first printed."""
    found: dict[str, Topic] = {}
    for frame in draft.frames:
        for topic in frame.agenda:
            found.setdefault(topic.topic.lower(), topic)
    return tuple(found.values())

"""How well does a mention fit an engagement? What weighs, and what forbids.

An engagement is compared by its parties, its people, its place, its days and its sort; a veto
in one outweighs likeness in all the others. Who is right is not asked, only what is spoken of.
"""

from datetime import date

from summitry.model import Kind
from summitry.resolve._cluster import Cluster
from summitry.resolve._face import Face, Span, is_body

__all__ = ["ALIKE", "REACH", "alike", "bridges", "likeness", "succeeds"]

_NEAR = 45
"""Days within which a mention without a date is about the plan of the day."""
_FRESH = 3
"""Days around an exact date on which the talk is of that day, and of no vaguer plan."""
_NEAR_CALL = 14
"""The same for calls, which are arranged at shorter notice and more often."""
_PENDING = 180
"""The same for a plan that was put off, or whose day passed in silence: it stays the plan."""
REACH = 400
"""Days after which a new date for what was put off is no longer the same engagement, and so
days beyond which nothing here compares."""
_MOVED = 7
"""Days within which one guest's two dates in one country are a change of date, no second trip."""
ALIKE = 5.0
"""A likeness that takes the day, the kind, the place and the parties: a mention that is so like
two engagements shows them to be one. With less than that meetings beside one summit joined."""
_SLACK = 1
"""Days by which two exact dates may differ: time zones, arrival in the evening."""


def likeness(face: Face, cluster: Cluster) -> float:
    """How well a mention fits an engagement of older mentions; 0 when something forbids it."""
    if not cluster.within(face, REACH):
        return 0.0
    looks = cluster.looks.values()
    near = [f for f in looks if _same_sort(face, f) and _same_parties(face, f)]
    if not near or any(_told_apart(face, f) for f in cluster.reports.get(face.report, ())):
        return 0.0
    if any(_listed_apart(face, f) for f in cluster.entries.get(face.lister, ())):
        return 0.0
    if not _same_people(face, cluster) or not _same_place(face, cluster):
        return 0.0
    if _instead(face, cluster):
        return 0.0
    days = _days(face, cluster)
    if days <= 0:
        return 0.0
    best = 0.0
    for other in near:
        score = 0.5 * (face.kind is other.kind) + 0.5 * (face.place == other.place is not None)
        score += 0.5 * (face.city == other.city is not None)
        score += len(face.states & other.states) / len(face.states | other.states)
        best = max(best, score)
    return days + best - 0.5 * (cluster.past != face.background)


def bridges(face: Face, cluster: Cluster) -> bool:
    """Whether a report of a postponement names a date of the engagement.

    A report that knows the old and the new date joins what was told of either.
    """
    if not face.moved or any(_listed_apart(face, f) for f in cluster.entries.get(face.lister, ())):
        return False
    mine = [s for s in face.spans if s.exact]
    return any(x.gap(y) < 0 for x in mine for y in cluster.spans if y.exact)


def succeeds(face: Face, cluster: Cluster) -> bool:
    """Whether a new plan takes up, elsewhere or the other way round, one that was set back.

    The parties are the same and somebody is named in both. The same plan with a new date alone
    stays one engagement and is not asked about here.
    """
    if face.background or face.off or cluster.past or cluster.held or cluster.off is None:
        return False
    if cluster.off > face.at or cluster.last is None:
        return False
    alike = any(
        face.states == f.states and (face.kind is f.kind or (face.plain and f.plain))
        for f in cluster.looks.values()
    )
    who = any(words & cluster.people.get(state, set()) for state, words in face.people)
    starts = [s.start for s in face.spans], [s.start for s in cluster.spans]
    later = not all(starts) or min(starts[0]) >= min(starts[1])
    near = _distance(face.at.date(), cluster.last.date()) <= REACH
    return alike and who and later and near and _same_people(face, cluster)


def alike(one: Cluster, other: Cluster) -> bool:
    """Whether nothing keeps two engagements apart that one mention fits equally well.

    They have a day in common, nobody else is named for a state, and no report tells of two.
    """
    days = any(x.exact and y.exact and x.gap(y) < 0 for x in one.spans for y in other.spans)
    named = one.people.keys() & other.people.keys()
    people = all(one.people[s] & other.people[s] for s in named)
    return (
        days
        and people
        and not any(
            _told_apart(a, b)
            for report in one.reports.keys() & other.reports.keys()
            for a in one.reports[report]
            for b in other.reports[report]
        )
        and not any(
            _listed_apart(a, b)
            for lister in one.entries.keys() & other.entries.keys()
            for a in one.entries[lister]
            for b in other.entries[lister]
        )
    )


def _told_apart(a: Face, b: Face) -> bool:
    """Whether one report speaks of both as of two, and neither is the trip to the other.

    A body's summit that it tells of twice, with others named there, is one unless the days part.
    """
    if Kind.VISIT in (a.kind, b.kind):
        return False
    return not (_one_body(a, b) and (not (a.spans and b.spans) or _touch(a, b)))


def _listed_apart(a: Face, b: Face) -> bool:
    """Whether one list has both under two ids, and they are not the same in all that they say.

    A calendar knows its entries apart, but programs that give new ids at each turn repeat them.
    """
    return a.lister == b.lister and a.report != b.report and a.look != b.look


def _one_body(a: Face, b: Face) -> bool:
    """Whether both are summits of one organisation."""
    return a.kind is b.kind is Kind.SUMMIT and any(map(is_body, a.states & b.states))


def _same_sort(a: Face, b: Face) -> bool:
    """Calls with calls; a trip with its meetings; a gathering with a gathering."""
    if a.sort == b.sort:
        return True
    alike = a.kind is b.kind or a.states == b.states
    return "call" not in (a.sort, b.sort) and alike and _touch(a, b)


def _same_parties(a: Face, b: Face) -> bool:
    """The same parties; or all of one among the other's, and day or place agree."""
    if a.states == b.states:
        return True
    common = a.states & b.states
    if _one_body(a, b):
        return True  # the summit of an organisation; EU and UN, like states, meet all the time
    here = a.place == b.place is not None
    if not (a.states <= b.states or b.states <= a.states):
        gathering = a.sort == b.sort == "gathering"
        return gathering and len(common) >= 2 and _touch(a, b)
    if len(common) >= 2:
        return _touch(a, b) or (here and a.kind is b.kind and not (a.spans and b.spans))
    return _touch(a, b) and here


def _same_people(face: Face, cluster: Cluster) -> bool:
    """For no state two different people, unless the delegation is known to hold both."""
    if "gathering" in (face.sort, cluster.faces[0].sort):
        return True  # to which states send several people, and reports name one or another
    known = cluster.people
    clash = [s for s, words in face.people if known.get(s) and not words & known[s]]
    if not clash:
        return True
    # A minister on the same trip, or one of several hosts: same day, same place.
    agreed = any(words & known.get(s, set()) for s, words in face.people)
    return agreed and any(
        face.place == o.place is not None and _touch(face, o) and face.plain and o.plain
        for o in cluster.looks.values()
        if all(s.exact for s in (*face.spans, *o.spans))
    )


def _same_place(face: Face, cluster: Cluster) -> bool:
    """No country that none of the mentions names."""
    return face.place is None or not cluster.places or face.place in cluster.places


def _instead(face: Face, cluster: Cluster) -> bool:
    """Whether it is a meeting somewhere, told after a trip to a known place was put or called off.

    Who cancels his trip and meets his host at a conference elsewhere has not been to him.
    """
    if cluster.off is None or face.at <= cluster.off or face.off or face.place is not None:
        return False
    trip = any(f.kind is Kind.VISIT and f.place is not None for f in cluster.looks.values())
    return trip and face.kind is not Kind.VISIT


def _touch(a: Face, b: Face) -> bool:
    """Whether both are dated and some days agree."""
    return any(x.gap(y) <= _SLACK for x in a.spans for y in b.spans)


def _days(face: Face, cluster: Cluster) -> float:
    """How well the days agree: 3 to the day, 2 roughly, 1 by nearness in time, 0 not."""
    if not face.spans:
        return _undated(face, cluster)
    if not cluster.spans:
        return _undated_near(face, cluster)
    theirs = list(cluster.spans)
    if cluster.past != face.background:
        # "They met in 2019" is no word about the visit of that August.
        theirs = [s for s in theirs if not s.rough]
    mine, exact = [s for s in face.spans if s.exact], [s for s in theirs if s.exact]
    if mine and exact:
        gap = min(x.gap(y) for x in mine for y in exact)
        if gap < _SLACK:
            return 3.0 if gap < 0 else 2.5
        if gap < _MOVED and _same_trip(face, cluster) and not (face.held and cluster.held):
            return 1.5  # plans move; what took place on two days took place twice
    elif any(x.gap(y) < 0 for x in face.spans for y in theirs if not (mine and y.rough)):
        return 2.0
    return 1.0 if _revived(face, cluster) else 0.0


def _same_trip(face: Face, cluster: Cluster) -> bool:
    """Whether guest and country are the same, and nothing is mere recollection."""
    return any(
        face.kind is other.kind is Kind.VISIT
        and face.place == other.place is not None
        and not face.background
        and not other.background
        for other in cluster.looks.values()
    )


def _revived(face: Face, cluster: Cluster) -> bool:
    """Whether it is a new date for what was put off and not held since."""
    if face.background or face.held or not cluster.moved:
        return False
    recalled = any(background for _, background in cluster.days)
    if cluster.held or recalled or cluster.last is None:
        return False
    later = min(s.start for s in face.spans) >= min(s.start for s in cluster.spans)
    near = _distance(face.at.date(), cluster.last.date()) <= REACH
    return later and near and face.place is not None


def _undated(face: Face, cluster: Cluster) -> float:
    """A mention without a date: the plan of the day, or what has just been held."""
    if cluster.past != face.background:
        return 0.0
    if face.sort == "gathering" and all(f.kind is not face.kind for f in cluster.looks.values()):
        return 0.0
    day = face.at.date()
    over = cluster.held is not None and not face.held and cluster.held < face.at
    if over and not (face.firm and any(_distance(day, d) <= _FRESH for d in cluster.held_days)):
        return 0.0  # after the meeting, a plan is a plan for the next; its echo is none
    if any(_apart(day, s) <= _FRESH for s in cluster.spans if s.exact):
        return 1.5
    silent = min(_distance(day, spoken) for spoken, _ in cluster.days)
    if not cluster.held and not cluster.past and _pending(cluster, day):
        return 1.0 if silent <= _PENDING else 0.0
    near = min((_apart(day, s) for s in cluster.spans), default=silent)
    return 1.0 if near <= (_NEAR_CALL if face.sort == "call" else _NEAR) else 0.0


def _pending(cluster: Cluster, day: date) -> bool:
    """Whether it was put off, or its day has passed without a word: it is still to come."""
    passed = bool(cluster.spans) and max(s.end for s in cluster.spans) <= day
    return passed or cluster.moved


def _undated_near(face: Face, cluster: Cluster) -> float:
    """A dated mention and an undated one: the day lies near what was said without a day."""
    day = face.at.date()
    for spoken, background in cluster.days:
        if background != face.background:
            continue
        near = min(_apart(spoken, s) for s in face.spans)
        if near <= _NEAR or (_distance(day, spoken) <= _NEAR and not background):
            return 1.0
    return 0.0


def _apart(day: date, span: Span) -> int:
    """Days from a day to the nearest day of a span; 0 inside."""
    return max((span.start - day).days, (day - span.end).days + 1, 0)


def _distance(a: date, b: date) -> int:
    return abs((a - b).days)

"""When and where the engagement of a draft takes place, by all of its frames together."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from summitry.extract._drafts import Draft
from summitry.extract._fitting import possible, rather_past
from summitry.extract._values import UNDER_WAY, Actor, Judged, Role, Sort, Spare
from summitry.gazetteer import states
from summitry.model import Place, Precision, Status, When

__all__ = ["when", "where"]

_TOWNS = {Sort.CITY, Sort.CAPITAL}
# Days that a date beside the news may span; "earlier this year" dates some other event.
_VAGUE = 7
# From where a date or a place of another sentence is the engagement's.
_DATED, _PLACED = 0.8, 0.5
# A date as vague as this is made finer by a day that stands by itself.
_MONTH = 17


def where(draft: Draft) -> Place | None:
    """The place named most often, the first one at a tie; a town rather than its state.

    Failing that the only place of its first sentence, then the state of whoever receives.
    """
    found = [f.place for f in draft.frames if f.place and f.place.state]
    if not found and not draft.calls:
        found = _placed_afar(draft)
    if not found and not draft.calls:
        found = [f.around for f in draft.frames[:1] if f.around and _plausible(f.around, draft)]
    if not found and not draft.calls:
        found = _receiving(draft)[:1]
    if not found:
        return None
    counts = Counter(a.state for a in found)
    best = max(counts, key=lambda s: counts[s])
    named = [a for a in found if a.state == best]
    town = next((a for a in named if a.sort in _TOWNS), named[0])
    if town.sort in {Sort.PERSON, Sort.OFFICE, Sort.OFFICIALS}:
        known = states().get(town.state or "")
        return Place(known.name if known else town.text, town.state)
    return Place(town.name or town.text, town.state)


def _plausible(actor: Actor, draft: Draft) -> bool:
    """A place in the sentence is the engagement's if it is no state that merely is talked of."""
    return actor.sort in _TOWNS or actor.state in draft.keys


def _receiving(draft: Draft) -> list[Actor]:
    """Whose ground it is by the parts they play: the place visited, then the host."""
    return [
        actor
        for wanted in (Role.PLACE, Role.HOST)
        for seen in draft.sides.values()
        for actor, role in seen
        if role is wanted and actor.state in states()
    ]


def when(draft: Draft, judged: Judged, day: date | None, spare: Spare) -> When | None:
    """The first date that hangs on the engagement itself, else one of the same sentence.

    A date that the status rules out (a plan's in the past, a meeting's in the future) is some
    other event's. The finer one of two that agree wins. An undated engagement that was held is
    dated by the day on which its sentence, or the report's lead, says that something was said
    or done; an undated plan by a day ahead that stands by itself.

    Args:
        draft: The frames that speak of it.
        judged: How far it has come.
        day: The day the report was published, where known.
        spare: What the report's other dates can date.
    """
    held = judged.status is Status.HELD
    fits = [(f, w) for f in draft.frames for w in f.when if possible(w, judged.status, day)]
    firm = [w for f, w in fits if not f.loose]
    loose = [w for f, w in fits if f.loose and not (held and w.days > _VAGUE)]
    whens = firm or loose
    if whens:
        first = whens[0]
        finer = () if first.days < _MONTH else (*loose, *spare.ahead)
        best = next((w for w in (*firm, *finer) if _inside(w, first)), first)
        return _lasting(best, max(f.lasts for f in draft.frames))
    far = _dated_afar(draft, judged, day)
    if far is not None:
        return far
    if not held:
        return next(iter(spare.ahead), None)
    if draft.background:
        return None
    said = next((f.said for f in draft.frames if f.said is not None), None) or spare.news
    if said is None and judged.why == UNDER_WAY and day is not None:
        return When(day, day + timedelta(days=1), Precision.DAY)
    return said


def _dated_afar(draft: Draft, judged: Judged, day: date | None) -> When | None:
    """The date of another sentence that the reader holds to be its own."""
    likely = sorted((a for f in draft.frames for a in f.afar), key=lambda a: -a.when)
    for far in likely:
        if far.dated is None or far.when < _DATED:
            continue
        held = judged.status is Status.HELD or rather_past(far.dated, day)
        one, other = far.dated.forward, far.dated.backward
        found = (other or one) if held else (one or other)
        if found is not None and possible(found, judged.status, day):
            return found
    return None


def _placed_afar(draft: Draft) -> list[Actor]:
    """The place of another sentence where the reader holds that it takes place."""
    likely = [a for f in draft.frames for a in f.afar if a.actor and a.place >= _PLACED]
    best = max(likely, key=lambda a: a.place, default=None)
    return [best.actor] if best is not None and best.actor and best.actor.state else []


def _inside(fine: When, coarse: When) -> bool:
    """Whether a date is a finer one for another."""
    if not (fine.start and fine.end and coarse.start and coarse.end):
        return False
    return coarse.start <= fine.start and fine.end <= coarse.end and fine.days < coarse.days


def _lasting(first: When, days: int) -> When:
    """A first day drawn out to the length that the report gives: "his four-day visit"."""
    if first.days != 1 or first.start is None or days < 2 or first.precision is not Precision.DAY:
        return first
    return replace(first, end=first.start + timedelta(days=days))

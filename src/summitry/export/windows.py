"""On which days they could meet, for the eye and as JSON."""

from collections.abc import Iterator
from itertools import groupby

from summitry.export._entry import counted, entry_line, folded
from summitry.export._json import Json, entry_json, iso, value_json
from summitry.export._words import day, party, state, stretch
from summitry.model import Diary, Engagement, FreeDays, PlannedDay, Precision, When, Window

__all__ = ["windows_json", "windows_text"]


def windows_text(diary: Diary, free: FreeDays) -> str:
    """The windows, then what takes the other days, and the holidays."""
    names = " and ".join(party(p) for p in free.who)
    span = stretch(When(free.start, free.end, Precision.DAY))
    lines = [f"Free days of {names}, {span}", f"as of {day(diary.as_of.date())}", ""]
    lines += [_window(w) for w in free.windows] or ["no day is free"]
    taken = dict.fromkeys(e for d in free.days for e in d.blocked)
    pressing = dict.fromkeys(e for d in free.days for e in d.pressing)
    lines += [*_listed("taken by", taken), *_listed("pressed by", pressing), *_off(free)]
    for land in free.no_calendar:
        lines.append(f"no calendar of public holidays for {state(land)}; Sat and Sun marked")
    return "\n".join(lines) + "\n"


def windows_json(diary: Diary, free: FreeDays) -> dict[str, Json]:
    """The windows and every day; ``end`` is exclusive."""
    return {
        "as_of": iso(diary.as_of),
        "known_at": iso(diary.known_at),
        "who": [value_json(p) for p in free.who],
        "start": iso(free.start),
        "end": iso(free.end),
        "windows": [
            {
                "start": iso(w.start),
                "end": iso(w.end),
                "days": w.days,
                "working": w.working,
                "pressure": round(w.pressure, 4),
            }
            for w in free.windows
        ],
        "days": [_day(d) for d in free.days],
        "engagements": [entry_json(e) for e in _engagements(free)],
        "no_calendar": list(free.no_calendar),
    }


def _window(w: Window) -> str:
    span = stretch(When(w.start, w.end, Precision.DAY))
    days = f"{counted(w.days, 'day')}, {w.working} working"
    return f"  {span:<40} {days:<22} pressure {w.pressure:.1%}"


def _listed(head: str, engagements: dict[Engagement, None]) -> Iterator[str]:
    if engagements:
        yield ""
        yield head
    for e in engagements:
        yield from folded(entry_line(e), "    ", "  ")


def _off(free: FreeDays) -> Iterator[str]:
    """Holidays in their runs; weekends are counted in the windows only."""
    named = [(o, d.day) for d in free.days for o in d.off if o.name]
    if named:
        yield ""
        yield "public holidays"
    named.sort(key=lambda pair: (pair[0].state, pair[1]))
    for off, run in groupby(named, key=lambda pair: pair[0]):
        days = [d for _, d in run]
        many = f" (and {counted(len(days) - 1, 'day')} more)" if len(days) > 1 else ""
        yield f"  {state(off.state)}: {day(days[0])}{many}, {off.name}"


def _day(d: PlannedDay) -> dict[str, Json]:
    return {
        "day": iso(d.day),
        "free": not d.blocked,
        "pressure": round(d.pressure, 4),
        "blocked": [e.id for e in d.blocked],
        "pressing": [e.id for e in d.pressing],
        "holidays": [{"state": o.state, "name": o.name} for o in d.off if o.name],
        "weekend": [o.state for o in d.off if not o.name],
    }


def _engagements(free: FreeDays) -> Iterator[Engagement]:
    seen = set()
    for e in (e for d in free.days for e in (*d.blocked, *d.pressing)):
        if e.id not in seen:
            seen.add(e.id)
            yield e

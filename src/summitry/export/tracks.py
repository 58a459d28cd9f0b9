"""Long-running processes, instruments and series: their rounds, what is ahead, what falls due."""

from collections.abc import Iterable
from datetime import date

from summitry.export._tracks import deadlines_of, engagements_of, past
from summitry.export._words import day, place, plain, sides, stretch, value_words
from summitry.gazetteer import Fact, FactSort, Track
from summitry.model import Basis, Deadline, Diary, Engagement, Place, Status

__all__ = ["track_text", "tracks_text"]


def tracks_text(known: Iterable[Track], diary: Diary) -> str:
    """A line for each track: rounds held, what the diary has ahead, the next deadline."""
    return "".join(f"{_line(track, diary)}\n" for track in known)


def track_text(track: Track, diary: Diary) -> str:
    """All that was known of one track, as plain lines."""
    today = diary.as_of.date()
    lines = [f"{track.name} ({track.kind.value}, {track.id})", f"  source: {track.source}"]
    for heading, found in (
        ("Falls due", [_due(d) for d in deadlines_of(track, diary)]),
        ("On record", [_fact(f) for f in past(track, today)]),
        ("In the diary", [_engagement(e) for e in engagements_of(track, diary)]),
    ):
        lines += ["", heading, *(f"  {line}" for line in found or ["nothing"])]
    return "\n".join(lines) + "\n"


def _line(track: Track, diary: Diary) -> str:
    rounds = [f for f in past(track, diary.as_of.date()) if f.sort is FactSort.ROUND]
    ahead = [e for e in engagements_of(track, diary) if _is_ahead(e, diary.as_of.date())]
    due = next(iter(deadlines_of(track, diary)), None)
    held = f"{len(rounds)} round{'' if len(rounds) == 1 else 's'} on record"
    coming = f"{len(ahead)} ahead in the diary"
    nothing = "nothing falls due"
    return f"{track.id:20} {track.name}; {held}; {coming}; {_due(due) if due else nothing}"


def _is_ahead(e: Engagement, today: date) -> bool:
    over = e.background or e.status.value in (Status.HELD, Status.CANCELLED, Status.DENIED)
    end = e.when.value.end if e.when else None
    return not over and (end is None or end > today)


def _due(d: Deadline) -> str:
    where = f", {place(d.place)}" if d.place else ""
    basis = "" if d.basis is Basis.KNOWN else f", {d.basis.value}"
    if d.basis is Basis.REPORTED:
        basis += f" by {plain(d.source)}"
    return f"{d.what.value}: {d.title}, {stretch(d.when)}{where}{basis}"


def _fact(f: Fact) -> str:
    days = day(f.first) if f.first == f.last else f"{day(f.first)} to {day(f.last)}"
    where = f", {place(Place(f.place, f.state or None))}" if f.place else ""
    return f"{days}  {f.sort.value}: {f.name}{where}"


def _engagement(e: Engagement) -> str:
    when = stretch(e.when.value) if e.when else "no date"
    who = sides(p.value for p in e.parties)
    return f"{e.id[:8]}  {value_words(e.status.value)}  {when}  {value_words(e.kind.value)}  {who}"

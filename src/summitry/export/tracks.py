"""Long-running processes, instruments and series: their rounds, what is ahead, what falls due."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from summitry.export._words import day, place, sides, stretch, value_words
from summitry.export.contract import Json, deadline_json
from summitry.gazetteer import Fact, FactSort, Track
from summitry.model import Basis, Deadline, Diary, Engagement, Place, Status

__all__ = ["track_json", "track_text", "tracks_json", "tracks_text"]


def tracks_text(known: Iterable[Track], diary: Diary) -> str:
    """A line for each track: rounds held, what the diary has ahead, the next deadline."""
    return "".join(f"{_line(track, diary)}\n" for track in known)


def track_text(track: Track, diary: Diary) -> str:
    """All that was known of one track, as plain lines."""
    today = diary.as_of.date()
    lines = [f"{track.name} ({track.kind.value}, {track.id})", f"  source: {track.source}"]
    for heading, found in (
        ("Falls due", [_due(d) for d in _deadlines(track, diary)]),
        ("On record", [_fact(f) for f in _past(track, today)]),
        ("In the diary", [_engagement(e) for e in _engagements(track, diary)]),
    ):
        lines += ["", heading, *(f"  {line}" for line in found or ["nothing"])]
    return "\n".join(lines) + "\n"


def tracks_json(known: Iterable[Track], diary: Diary) -> dict[str, Json]:
    """All tracks, each as ``track_json`` has it."""
    return {
        "as_of": diary.as_of.isoformat(),
        "tracks": [track_json(track, diary) for track in known],
    }


def track_json(track: Track, diary: Diary) -> dict[str, Json]:
    """One track with what was known of it; ``end`` of a fact is exclusive, as everywhere."""
    return {
        "id": track.id,
        "name": track.name,
        "kind": track.kind.value,
        "parties": sorted(track.all_parties),
        "source": track.source,
        "record": [
            {
                "sort": f.sort.value,
                "name": f.name,
                "start": f.first.isoformat(),
                "end": date.fromordinal(f.last.toordinal() + 1).isoformat(),
                "place": f.place or None,
                "state": f.state or None,
                "known": f.known.isoformat(),
            }
            for f in _past(track, diary.as_of.date())
        ],
        "engagements": [e.id for e in _engagements(track, diary)],
        "deadlines": [deadline_json(d) for d in _deadlines(track, diary)],
    }


def _line(track: Track, diary: Diary) -> str:
    rounds = [f for f in _past(track, diary.as_of.date()) if f.sort is FactSort.ROUND]
    ahead = [e for e in _engagements(track, diary) if _is_ahead(e, diary.as_of.date())]
    due = next(iter(_deadlines(track, diary)), None)
    held = f"{len(rounds)} round{'' if len(rounds) == 1 else 's'} on record"
    coming = f"{len(ahead)} ahead in the diary"
    nothing = "nothing falls due"
    return f"{track.id:20} {track.name}; {held}; {coming}; {_due(due) if due else nothing}"


def _engagements(track: Track, diary: Diary) -> Sequence[Engagement]:
    return [e for e in diary if e.track == track.id]


def _deadlines(track: Track, diary: Diary) -> Sequence[Deadline]:
    return [d for d in diary.deadlines if d.track == track.id]


def _past(track: Track, today: date) -> Iterator[Fact]:
    """What was on record and over."""
    yield from (f for f in track.facts if f.known <= today and f.last < today)


def _is_ahead(e: Engagement, today: date) -> bool:
    over = e.background or e.status.value in (Status.HELD, Status.CANCELLED, Status.DENIED)
    end = e.when.value.end if e.when else None
    return not over and (end is None or end > today)


def _due(d: Deadline) -> str:
    where = f", {place(d.place)}" if d.place else ""
    basis = "" if d.basis is Basis.KNOWN else f", {d.basis.value}"
    return f"{d.what.value}: {d.title}, {stretch(d.when)}{where}{basis}"


def _fact(f: Fact) -> str:
    days = day(f.first) if f.first == f.last else f"{day(f.first)} to {day(f.last)}"
    where = f", {place(Place(f.place, f.state or None))}" if f.place else ""
    return f"{days}  {f.sort.value}: {f.name}{where}"


def _engagement(e: Engagement) -> str:
    when = stretch(e.when.value) if e.when else "no date"
    who = sides(p.value for p in e.parties)
    return f"{e.id[:8]}  {value_words(e.status.value)}  {when}  {value_words(e.kind.value)}  {who}"

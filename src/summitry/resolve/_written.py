"""A face as a line of text, and back: so that a decision can be kept beside the ledger."""

import json
from datetime import date, datetime
from typing import Any

from summitry.model import Kind
from summitry.resolve._face import Face, Span

__all__ = ["read_face", "written_face"]


def written_face(face: Face) -> str:
    """JSON on one line; ``read_face`` gives the same face again."""
    return json.dumps(
        [
            face.id,
            face.report,
            face.lister,
            face.at.isoformat(),
            sorted(face.states),
            [[state, sorted(words)] for state, words in face.people],
            face.place,
            face.city,
            [_days(span) for span in face.spans],
            _days(face.window),
            face.kind.value,
            face.sort,
            int(face.background),
            int(face.held),
            int(face.firm),
            int(face.off),
            int(face.moved),
            face.until.isoformat(),
        ],
        separators=(",", ":"),
    )


def read_face(line: str) -> Face:
    """The face that was written.

    Raises:
        ValueError: The line is none.
    """
    row: list[Any] = json.loads(line)
    try:
        mention, report, lister, at, states, people, place, city, spans, window = row[:10]
        kind, sort, background, held, firm, off, moved, until = row[10:]
        return Face(
            id=mention,
            report=report,
            lister=lister,
            at=datetime.fromisoformat(at),
            states=frozenset(states),
            people=tuple((state, frozenset(words)) for state, words in people),
            place=place,
            city=city,
            spans=tuple(_span(*days) for days in spans),
            window=_span(*window),
            kind=Kind(kind),
            sort=sort,
            background=bool(background),
            held=bool(held),
            firm=bool(firm),
            off=bool(off),
            moved=bool(moved),
            until=date.fromisoformat(until),
        )
    except TypeError as error:
        raise ValueError(f"no face: {error}") from error


def _days(span: Span) -> list[str]:
    return [span.start.isoformat(), span.end.isoformat()]


def _span(start: str, end: str) -> Span:
    return Span(date.fromisoformat(start), date.fromisoformat(end))

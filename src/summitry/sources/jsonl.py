"""JSON: one report a line, as archives keep them, or one document with a report or a list.

Fields: id, outlet, url, published, title, text, language; ``summary`` stands for a missing
text. Other fields are left alone. Lines are read one by one, so that their number does not
matter.
"""

import json
from collections.abc import Iterator

from summitry.sources._decode import decoded
from summitry.sources._fields import of_fields
from summitry.sources._outcome import Outcome, Problem
from summitry.sources._stream import LONGEST_DOCUMENT, TROUBLE, Stream, whole

__all__ = ["read_json", "read_jsonl"]


def read_jsonl(stream: Stream, origin: str) -> Iterator[Outcome]:
    """Read reports line by line; a bad line is named and the next one is read.

    Yields:
        Reports and problems in the order of the lines. A stream that breaks off ends with a
        problem, after all that came before.
    """
    number, read = 0, 0
    try:
        while line := stream.readline(LONGEST_DOCUMENT + 1):
            number += 1
            place = f"{origin}:{number}"
            if len(line) > LONGEST_DOCUMENT:
                _skip_line(stream, line)
                yield Problem(place, "a line of more than 16 MiB")
            elif line.strip():
                read += 1
                for found in _parsed(line, place):
                    yield from [found] if isinstance(found, Problem) else _report(found, place)
    except TROUBLE as error:
        yield Problem(f"{origin}:{number + 1}", f"breaks off: {_brief(error)}")
        return
    if not read and not number:
        yield Problem(origin, "empty")


def _skip_line(stream: Stream, line: bytes) -> None:
    """Move on to the end of a line that is too long to hold."""
    while line and not line.endswith(b"\n"):
        line = stream.readline(1 << 20)


def read_json(stream: Stream, origin: str) -> Iterator[Outcome]:
    """Read a JSON document: an object is one report, a list one report an item.

    Raises:
        UnreadableReport: It is empty or larger than 16 MiB.
    """
    found: list[object] = []
    for outcome in _parsed(whole(stream, origin), origin):
        if isinstance(outcome, Problem):
            yield outcome
        else:
            found = outcome if isinstance(outcome, list) else [outcome]
    for number, fields in enumerate(found, 1):
        yield from _report(fields, f"{origin}:{number}" if len(found) > 1 else origin)


def _parsed(data: bytes, place: str) -> Iterator[object]:
    """The JSON value that some bytes spell, beside what was wrong with them."""
    text = decoded(data)
    if text.lost:
        yield Problem(place, f"{text.lost} characters are neither UTF-8 nor Windows-1252")
    try:
        yield json.loads(text.text)
    except (ValueError, RecursionError) as error:
        yield Problem(place, f"no JSON: {_brief(error)}")


def _report(fields: object, place: str) -> Iterator[Outcome]:
    """The outcomes of one JSON value."""
    if not isinstance(fields, dict):
        yield Problem(place, "no JSON object")
        return
    yield from of_fields(fields, place)


def _brief(error: BaseException) -> str:
    """The first line of an error, or its kind when it has no words."""
    return str(error).split("\n", 1)[0][:120] or type(error).__name__

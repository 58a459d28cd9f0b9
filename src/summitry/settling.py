"""What a person types for a field, in the shape of the public contract.

A day is ``2024-02-12``, two days have a slash between them (the last one included), a month is
``2024-02``, a year ``2024``; a place is ``Ankara, TR``. A value may also be JSON as it stands in
the diary.
"""

import json
import re
from calendar import monthrange
from datetime import date, timedelta

from summitry.resolve import is_value

__all__ = ["SETTLED", "settled"]

SETTLED = ("status", "kind", "when", "place")
"""The fields that an editor can settle."""
_PARTS = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def settled(slot: str, typed: str) -> str:
    """The value as JSON.

    >>> settled("when", "2024-02")
    '{"start": "2024-02-01", "end": "2024-03-01", "precision": "month", "text": ""}'

    Raises:
        ValueError: No such field, or no such value; says which.
    """
    slot, typed = slot.strip().lower(), typed.strip()
    if slot not in SETTLED:
        raise ValueError(f"{slot!r} is no field that can be settled: {', '.join(SETTLED)}")
    shape = typed if typed.startswith(("{", '"')) else json.dumps(_shape(slot, typed))
    if not is_value(slot, shape):
        raise ValueError(f"{typed!r} is no {slot}")
    return shape


def _shape(slot: str, typed: str) -> object:
    if slot == "place":
        name, _, state = typed.rpartition(",")
        return {"name": name.strip(), "state": state.strip().upper()} if name else {"name": typed}
    if slot != "when":
        return typed.lower().replace(" ", "_")
    first, _, last = typed.partition("/")
    start, end, precision = *_days(first), _precision(first)
    if last:
        end = _days(last)[1]
    return {"start": start, "end": end, "precision": precision, "text": ""}


def _days(text: str) -> tuple[str, str]:
    """First day and day after the last of a year, month or day; the text itself is no such."""
    found = _PARTS.fullmatch(text.strip())
    if not found:
        return text, text
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        first = date(year, month or 1, day or 1)
        last = date(year, month or 12, day or monthrange(year, month or 12)[1])
        return first.isoformat(), (last + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return text, text


def _precision(text: str) -> str:
    return ("year", "month", "day")[min(text.count("-"), 2)]

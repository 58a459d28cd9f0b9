"""What a person typed into an address: an instant, a number, a word of a list."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import TypeVar

import summitry
from summitry.export import plain

__all__ = ["BadQuestion", "chosen", "instant", "number"]

_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_NOTATIONS = ("%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y", "%d.%m.%Y")
Word = TypeVar("Word", bound=Enum)


class BadQuestion(ValueError):  # noqa: N818
    """A part of the URL has no meaning; says which and what would have."""


def instant(name: str, text: str) -> datetime:
    """The instant that a person typed: ISO 8601, ``12 Feb 2024``, ``yesterday``.

    Raises:
        BadQuestion: It is none.
    """
    words = plain(text).replace(",", " ")
    now = summitry.now().replace(microsecond=0)
    if words.casefold() in _DAYS:
        midnight = now.replace(hour=0, minute=0, second=0)
        return midnight + timedelta(days=_DAYS[words.casefold()])
    for notation in _NOTATIONS:
        try:
            words = datetime.strptime(words, notation).replace(tzinfo=UTC).isoformat()
            break
        except ValueError:
            continue
    # A plus sign that was not escaped arrives as a space.
    words = re.sub(r"(T\d\d:\d\d[\d:.]*) (\d\d:\d\d)$", r"\1+\2", words)
    try:
        return summitry.instant(words).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        wanted = "a date such as 2024-02-12, 12 Feb 2024 or yesterday"
        raise BadQuestion(f"{name}: {plain(str(error))}; {wanted}") from error


def number(name: str, text: str, least: int, most: int) -> int:
    """A number in a range; an empty text is the least.

    Raises:
        BadQuestion: It is none.
    """
    if not text:
        return least
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise BadQuestion(f"{name}: a number from {least} to {most}")
    return int(text)


def chosen(name: str, words: Iterable[str], among: Iterable[Word]) -> tuple[Word, ...]:
    """Those of a vocabulary that words name, each once, in the vocabulary's order.

    Raises:
        BadQuestion: A word is none of it.
    """
    known, wanted = {str(member.value): member for member in among}, set(words)
    if not wanted <= known.keys():
        raise BadQuestion(f"{name}: one of {', '.join(known)}")
    return tuple(member for word, member in known.items() if word in wanted)

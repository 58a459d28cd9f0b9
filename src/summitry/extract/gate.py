"""Can this report concern an engagement at all?

One multi-pattern scan over the raw text, no parse: a report passes when a word that can speak
of an engagement stands within reach of two different names that can take part in one.
"""

from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import BytesAhoCorasick

from summitry.gazetteer import surfaces
from summitry.lang import Words
from summitry.model import Report

__all__ = ["passes"]

_REACH = 300


def passes(report: Report, words: Words) -> bool:
    """Whether the report is worth parsing; it must never lose a relevant one."""
    scanner, kinds = _scanner(words)
    raw = report.text.encode("utf-8", "replace").lower()
    triggers: list[int] = []
    actors: list[tuple[int, int]] = []
    for pattern, start, end in scanner.find_matches_as_indexes(raw, overlapping=True):
        if kinds[pattern] == "trigger":
            if start == 0 or not raw[start - 1 : start].isalpha():
                triggers.append(start)
        elif _whole(raw, start, end):
            actors.append((start, pattern))
    return _near(triggers, actors)


def _whole(raw: bytes, start: int, end: int) -> bool:
    return not raw[start - 1 : start].isalpha() * (start > 0) and not raw[end : end + 1].isalpha()


def _near(triggers: list[int], actors: list[tuple[int, int]]) -> bool:
    """Whether two different names stand within reach of one trigger."""
    low = 0
    for at in triggers:
        while low < len(actors) and actors[low][0] < at - _REACH:
            low += 1
        seen = set()
        for start, pattern in actors[low:]:
            if start > at + _REACH:
                break
            seen.add(pattern)
            if len(seen) > 1:
                return True
    return False


@cache
def _scanner(words: Words) -> tuple[BytesAhoCorasick, tuple[str, ...]]:
    stems = sorted(set(_stems(words)))
    named = {s.lower() for s in surfaces()} | words["title.head"] | words["title.foreign"]
    names = sorted(named - set(stems))
    patterns = [p.encode() for p in (*stems, *names)]
    kinds = ("trigger",) * len(stems) + ("actor",) * len(names)
    return BytesAhoCorasick(patterns), kinds


def _stems(words: Words) -> Iterator[str]:
    """The words whose beginnings speak of an engagement."""
    for name, listed in words.lists.items():
        if (name.startswith("event.noun") and name != "event.noun.no") or name in {
            "event.verb.visit", "event.verb.travel", "event.verb.arrive", "event.verb.host",
            "event.verb.invite", "event.verb.meet", "event.verb.weakmeet", "event.verb.call", "event.verb.leave",
        }:  # fmt: skip
            yield from listed
    yield from (
        "met ", "went to", "came to", "flew", "spoke", "sat down", "saw ", "held ", "rang ", "spen", "will be ", "to be ", "due ", "expected ", "back in", "host", "receiv",
        "was in ", "is in ", "table", "invit", "bring", "together", "wait", "guest", "postpon", "cancel",
    )

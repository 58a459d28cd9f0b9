"""What does a pack know of single words: forms of verbs, nouns, adjectives, names, phrases?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from summitry.lang._forms import Form, forms
from summitry.lang.words import Words

__all__ = ["ENDINGS", "Known", "known_of"]

ENDINGS = (
    ("future", re.compile(r"[aei]r(?:á|án|ão)$")),
    ("conditional", re.compile(r"[aei]r[ií]a[mn]?$")),
    ("gerund", re.compile(r"(?:[aei]|ie)ndo$")),
    ("past", re.compile(r"(?:..ou|[aei]ram|..ó|aron|ieron)$")),
    ("imperfect", re.compile(r"(?:ava[m]?|aba[n]?)$")),
    ("participle", re.compile(r"..[aií]d[oa]s?$")),
    ("infinitive", re.compile(r"..[aei]r$")),
)
"""What a verb that nobody has listed ends in, by tense."""
_KINDS = ("visit", "meeting", "summit", "conference", "negotiation", "call")
_OFFICES = ("head", "foreign", "minister", "envoy", "official", "speaker", "peer")
_SOURCES = ("anonymous", "analyst", "media", "institution", "document", "publisher", "report")
_LISTS = (
    *(f"event.noun.{n}" for n in _KINDS),
    *(f"title.{n}" for n in _OFFICES),
    *(f"source.{n}" for n in _SOURCES),
    "cue.noun", "role.matter", "role.town", "role.measure",
)  # fmt: skip
_VERBS = (
    "event.verb", "cue.speech", "cue.strict", "cue.light", "status.cancel", "status.postpone",
    "status.deny", "status.confirm", "status.prepare", "status.float", "status.planned",
    "status.fixed", "status.happens", "status.carries", "status.into", "status.over",
    "status.refuse", "role.object_control", "role.told", "agenda.intro", "agenda.focus",
    "parse.verb",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Known:
    """What a pack knows of single words."""

    forms: Mapping[str, tuple[Form, ...]]
    nouns: frozenset[str]
    adjectives: frozenset[str]
    names: frozenset[str]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    """Prepositions of several words and names of several words, by their first word."""
    plain: Mapping[str, str]


@cache
def known_of(pack: Words) -> Known:
    """What a pack knows of single words, gathered once."""
    listed = {n for n in pack.lists if n.startswith(_VERBS)}
    verbs = {v for n in sorted(listed) for v in pack.rows[n] if _infinitive(v)}
    table = forms(pack.code, sorted(verbs | set(pack["parse.verb"])))
    nouns = {w for n in _LISTS for w in pack[n] if " " not in w}
    own = (nouns | pack["parse.noun"] | pack["parse.taking"]) - verbs
    several = [p for p in pack["parse.preposition"] if " " in p]
    names = [n for n in pack.names if " " in n and n[0].isupper()]
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for text in (*several, *names):
        parts = tuple(text.split())
        phrases.setdefault(parts[0], []).append(parts)
    return Known(
        table,
        frozenset(own - pack["parse.adjective"] | pack["parse.noun"]),
        frozenset(n for n in pack.names if n[0].islower())
        | pack["parse.adjective"]
        | pack["source.diplomatic"],
        frozenset(n.lower() for n in (*pack.names, *pack["mask.names"]) if n[0].isupper()),
        {k: tuple(sorted(v, key=len, reverse=True)) for k, v in phrases.items()},
        dict(p.split("=") for p in pack["parse.plain"]),
    )


def _infinitive(text: str) -> bool:
    return " " not in text.removeprefix("se ") and text[-2:] in {"ar", "er", "ir", "or", "ôr"}

"""The class of a source, from its words and whom they name."""

import re
from collections.abc import Sequence
from functools import cache

from summitry.extract._values import Actor, Sort
from summitry.lang import Words
from summitry.model import SourceClass

__all__ = ["head_word", "noun", "source_class", "tokens"]

_BODIES = {
    Sort.STATE, Sort.CAPITAL, Sort.INSTITUTION, Sort.ORGANISATION, Sort.GROUP, Sort.DEMONYM,
}  # fmt: skip


def tokens(text: str) -> set[str]:
    """The words of a text in lower case."""
    return set(re.findall(r"[\w-]+", text.lower()))


def head_word(low: str, words: Words) -> str:
    """The word that a phrase hangs on: before a preposition the last one, or the first.

    Args:
        low: The phrase in lower case.
        words: The pack of its language, which says in what order it has its words.
    """
    core = next((p for p in _tail(words).split(low) if p.strip()), "")
    bare = core if words["elision.words"] else re.sub(r"[’']s?\b", "", core)
    return noun(re.findall(r"[\w-]+", bare), words)


def noun(parts: Sequence[str], words: Words) -> str:
    """Of the words of a phrase the one on which the others hang, or empty."""
    if "first" in words["order.head"]:
        return next((w for w in parts if w not in words["source.leading"]), "")
    return next(iter(parts[-1:]), "")


@cache
def _tail(words: Words) -> re.Pattern[str]:
    """The search for where a phrase has named its source and goes on to tell of it."""
    return re.compile(rf"\b(?:{'|'.join(sorted(words['source.tail']))})\b|[,(;]")


def source_class(text: str, actor: Actor | None, words: Words) -> SourceClass:
    """The class of a source from its words and, where it names somebody, the actor.

    Args:
        text: The source phrase as printed.
        actor: The actor it names, or None.
        words: The pack of its language.
    """
    low = re.sub(r"\s+", " ", text.lower())
    head, every = head_word(low, words), tokens(re.sub(r"[’']s\b", "", low))
    bodies = words["source.institution"]
    telling = words["cue.noun"] - words["source.report"]
    long = any(f" {w}" in f" {low}" for w in bodies if " " in w)
    institution = long or head in bodies | telling
    apart = institution or head in words["source.anonymous"] | words["source.media"]
    person = actor is not None and actor.sort is Sort.PERSON and actor.name is not None
    last = "last" in words["order.head"]
    whole = actor is not None and (
        head in _own(actor) or (last and low.endswith(actor.text.lower()))
    )
    if actor is not None and person and (whole or not apart):
        return _named(every, actor, words)
    if head in words["source.anonymous"] or head in words["source.diplomatic"]:
        return _unnamed(head, every, actor, words)
    if every & words["title.speaker"] or institution:
        return SourceClass.SPOKESPERSON
    return _others(low, head, every, actor, words)


def _own(actor: Actor) -> set[str]:
    """The words of the actor itself."""
    return tokens(f"{actor.text} {actor.name or ''}")


def _named(every: set[str], actor: Actor, words: Words) -> SourceClass:
    """A person: analyst, spokesperson, somebody of the media, or an official."""
    said = every | tokens(actor.role or "") | tokens(actor.text)
    if actor.rank == "speaker" or said & words["title.speaker"]:
        return SourceClass.SPOKESPERSON
    if not actor.rank and said & words["source.analyst"]:
        return SourceClass.ANALYST
    if not actor.rank and tokens(actor.text) & words["source.media"]:
        return SourceClass.OTHER_MEDIA
    return SourceClass.OFFICIAL_NAMED


def _unnamed(head: str, every: set[str], actor: Actor | None, words: Words) -> SourceClass:
    """Somebody without a name: a diplomat if so called, the holder of an office, or anybody."""
    if actor is not None and actor.sort is Sort.OFFICE and actor.rank in {"head", "foreign"}:
        return SourceClass.OFFICIAL_NAMED
    if head in words["source.diplomatic"] or (every & words["source.diplomatic"]):
        return SourceClass.DIPLOMATIC_SOURCE
    single = actor is not None and actor.sort is Sort.OFFICE and actor.state is not None
    if single and actor is not None and actor.rank in {"minister", "envoy"}:
        return SourceClass.OFFICIAL_NAMED
    return SourceClass.OFFICIAL_UNNAMED


def _others(
    low: str, head: str, every: set[str], actor: Actor | None, words: Words
) -> SourceClass:
    """A medium, an expert, a state or body speaking through nobody in particular."""
    if any(f" {w} " in f" {low} " for w in words["source.state_agency"]):
        return SourceClass.STATE_AGENCY
    if head in words["source.media"] or any(f" {w} " in f" {low} " for w in words["source.media"]):
        return SourceClass.OTHER_MEDIA
    if every & words["source.analyst"]:
        return SourceClass.ANALYST
    if actor is not None and actor.sort in _BODIES:
        return SourceClass.SPOKESPERSON
    if actor is not None and actor.sort is Sort.OFFICIALS:
        return SourceClass.OFFICIAL_UNNAMED
    titled = low.split(" ", 1)[0] in words["title.honorific"] or any(
        head in words[f"title.{rank}"] for rank in ("head", "foreign", "minister", "envoy")
    )
    if titled or (actor is not None and actor.sort in {Sort.OFFICE, Sort.PERSON}):
        return SourceClass.OFFICIAL_NAMED
    return SourceClass.OTHER_MEDIA

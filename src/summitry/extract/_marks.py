"""Sources that stand beside a sentence: before a colon, after a dash, around a quotation."""

import re
from collections.abc import Iterator

from summitry.extract._classes import noun, source_class
from summitry.extract._values import Actor, Scene, Sort, Spoken
from summitry.lang import Words
from summitry.model import Source

__all__ = ["continued", "marked"]

_LABEL = re.compile(r"(?P<who>[^:“”\"?!]{2,60}?):\s+(?=\S)")
_TAIL = re.compile(r"(?:\s+[-–—]{1,2}\s*|:\s+)(?P<who>[^:“”\"?!–—]{2,45}?)\.?$")
_MOST = 7
"""Words that a label may have and still be one."""
_BODIES = {Sort.STATE, Sort.CAPITAL, Sort.INSTITUTION, Sort.ORGANISATION, Sort.GROUP}


def marked(scene: Scene, words: Words) -> Iterator[Spoken]:
    """Sources set beside: "Kremlin: …", "Source: …", "… - diplomatic source", "…: minister".

    A label in front counts in a headline for anybody who can speak, elsewhere only for people:
    a town before a colon is a dateline.
    """
    text, base = scene.sentence.text, scene.sentence.start
    if (label := _LABEL.match(text)) is not None:
        who = _who(scene, *label.span("who"), words)
        if who is not None:
            yield Spoken(base + label.end(), scene.sentence.end, who, ":")
    if scene.sentence.headline and (tail := _TAIL.search(text)) is not None:
        who = _who(scene, *tail.span("who"), words)
        if who is not None:
            yield Spoken(base, base + tail.start(), who, tail[0].strip()[0])


def _who(scene: Scene, start: int, end: int, words: Words) -> Source | None:
    """The source that a label names, or None where it names none."""
    text = scene.sentence.text[start:end].strip()
    low = text.lower()
    tokens = re.findall(r"[\w-]+", low)
    if not tokens or len(tokens) > _MOST:
        return None
    base = scene.sentence.start
    inside = [a for a in scene.actors if base + start <= a.start and a.end <= base + end]
    whole = next((a for a in reversed(inside) if a.end >= base + end - 1), None)
    person = whole is not None and whole.sort in {Sort.PERSON, Sort.OFFICE, Sort.OFFICIALS}
    last = noun(tokens, words)
    unnamed = last in words["source.anonymous"] | words["title.speaker"]
    body = last in words["source.institution"] or (whole is not None and whole.sort in _BODIES)
    medium = last in words["source.media"]
    settled = person or unnamed or (scene.sentence.headline and (body or medium))
    if not settled or (len(inside) > 1 and not person and not unnamed):
        return None
    actor = whole or (inside[0] if inside else None)
    return _source(text, actor, inside, words)


def _source(text: str, actor: Actor | None, inside: list[Actor], words: Words) -> Source:
    name = text
    if actor is not None and actor.sort is Sort.PERSON and actor.name:
        name = actor.name
    state = next((a.state for a in inside if a.state), None)
    role = actor.role if actor is not None else None
    return Source(name, source_class(text, actor, words), role, state)


def continued(text: str) -> bool:
    """Whether a sentence is inside a quotation that began in it or before it."""
    opened = text.count("“") + text.count("«")
    closed = text.count("”") + text.count("»")
    if text.startswith(("“", "«")) or closed > opened:
        return True
    straight = text.count('"')
    return text.startswith('"') or (straight % 2 == 1 and text.rstrip().endswith('"'))

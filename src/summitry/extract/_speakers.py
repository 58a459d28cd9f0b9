"""Who a source phrase names, of what class, and for which state."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from summitry.extract._classes import head_word, source_class, tokens
from summitry.extract._tree import Tree
from summitry.extract._values import Actor, Scene, Sort
from summitry.lang import Words
from summitry.model import Source, SourceClass

__all__ = ["Speaker", "can_speak", "coreferent", "passed_on", "phrase", "source"]

_NO_PART = {"relcl", "acl", "appos", "punct", "conj", "cc", "advcl"}
_CARRIED = {SourceClass.OTHER_MEDIA, SourceClass.STATE_AGENCY}


@dataclass(frozen=True, slots=True)
class Speaker:
    """The head token of a source phrase and its words, [start, end) of the report's text."""

    head: int
    start: int
    end: int
    actor: Actor | None
    text: str
    about: str = ""
    """What is said beside the name: "a professor at …"."""


def phrase(scene: Scene, tree: Tree, head: int) -> Speaker:
    """The source phrase of a head token: it with what hangs on it, without clauses."""
    keep, queue = {head}, [head]
    while queue:
        at = queue.pop()
        for k in tree.kids[at]:
            if tree.tokens[k].dep not in _NO_PART and k not in keep:
                keep.add(k)
                queue.append(k)
    first = last = head
    while first - 1 in keep or (_hyphen(tree, first - 1) and first - 2 in keep):
        first -= 1
    while last + 1 in keep or (_hyphen(tree, last + 1) and last + 2 in keep):
        last += 1
    base = scene.sentence.start
    start, end = base + tree.tokens[first].start, base + tree.tokens[last].end
    at = base + tree.tokens[head].start
    actor = next((a for a in scene.actors if a.start <= at < a.end), None)
    beside = (
        _apposed(scene, tree, head) if actor is None or actor.sort is not Sort.PERSON else None
    )
    if beside is not None:
        return Speaker(head, start, end, beside, beside.text)
    if actor is not None and actor.sort is Sort.PERSON and actor.end > end and actor.name:
        # "the foreign minister, A. B.": one person, though the parse ends at the comma.
        return Speaker(head, start, end, actor, actor.text)
    if actor is None:
        actor = next((a for a in scene.actors if start <= a.start < end), None)
    text = scene.sentence.text[tree.tokens[first].start : tree.tokens[last].end]
    return Speaker(
        head,
        start,
        end,
        actor,
        re.sub(r"\s+", " ", text).strip(" ,“”«»\"'").removesuffix("’s").removesuffix("'s"),
        _about(scene, tree, head),
    )


def _about(scene: Scene, tree: Tree, head: int) -> str:
    """The words of the apposition to a name."""
    for k in tree.children(head, "appos"):
        inside = sorted(tree.below(k))
        first, last = tree.tokens[inside[0]], tree.tokens[inside[-1]]
        return scene.sentence.text[first.start : last.end]
    return ""


def _hyphen(tree: Tree, k: int) -> bool:
    return 0 <= k < len(tree.tokens) and tree.tokens[k].text == "-"


def _apposed(scene: Scene, tree: Tree, head: int) -> Actor | None:
    """The person named beside an office: "the group's leader, A. B."."""
    base = scene.sentence.start
    for k in tree.children(head, "appos"):
        at = base + tree.tokens[k].start
        named = (a for a in scene.actors if a.start <= at < a.end and a.sort is Sort.PERSON)
        if (actor := next(named, None)) is not None:
            return actor
    return None


def can_speak(speaker: Speaker, tree: Tree, words: Words) -> bool:
    """Whether the phrase names anybody who can vouch for a statement."""
    token = tree.tokens[speaker.head]
    if speaker.actor is not None and _names(speaker):
        return True
    forms = {token.text.lower(), token.lemma}
    lists = (
        "source.anonymous", "source.analyst", "source.media", "source.institution",
        "source.diplomatic", "source.state_agency", "title.speaker", "title.official",
        "title.envoy", "title.head", "title.foreign", "title.minister", "source.report",
        "cue.noun",
    )  # fmt: skip
    return any(forms & words[name] for name in lists) or token.pos == "PROPN"


def _names(speaker: Speaker) -> bool:
    """Whether the actor is the speaker and not only somebody in its words."""
    actor = speaker.actor
    return actor is not None and actor.end >= speaker.end - 1


def coreferent(
    speaker: Speaker, scene: Scene, known: Sequence[Source], words: Words
) -> Source | None:
    """Whom "he", "the spokesman", "the agency" goes back to; None if to nobody known.

    Args:
        speaker: The phrase.
        scene: Its sentence.
        known: The sources before it, the nearest first.
        words: The pack of the language.
    """
    low = speaker.text.lower()
    if low in words["speaker.single"]:
        person = scene.before
        near = next((s for s in known if _personal(s, words)), None)
        if near is None and person is not None:
            return Source(
                person.name or person.text, _of_person(person), person.role, person.state
            )
        return near
    if low in words["speaker.any"]:
        return next(iter(known), None)
    bare = _before(words).sub("", low)
    stated = speaker.actor is not None and speaker.actor.state is not None
    if " " in bare or (bare == low and stated):
        return None
    whole = re.compile(rf"\b{re.escape(bare)}\b")
    return next((s for s in known if whole.search(f"{s.name} {s.role or ''}".lower())), None)


def _personal(known: Source, words: Words) -> bool:
    """Whether a source can be "he" or "she"."""
    if known.source_class in {SourceClass.OFFICIAL_NAMED, SourceClass.ANALYST}:
        return True
    if known.source_class is SourceClass.SPOKESPERSON:
        return bool(tokens(f"{known.name} {known.role or ''}") & words["title.speaker"])
    return known.source_class not in _CARRIED


def _of_person(actor: Actor) -> SourceClass:
    return SourceClass.SPOKESPERSON if actor.rank == "speaker" else SourceClass.OFFICIAL_NAMED


def source(
    speaker: Speaker, scene: Scene, words: Words, before: Source | None, via: tuple[str, ...]
) -> Source:
    """The source as a value; a name without any office takes that of the unnamed before it."""
    actor = speaker.actor
    if actor is None and _looks_named(speaker.text, words):
        actor = Actor(speaker.start, speaker.end, Sort.PERSON, None, name=speaker.text,
                      text=speaker.text)  # fmt: skip
    klass = source_class(speaker.text, actor, words)
    if actor is not None and actor.sort is Sort.PERSON and not actor.rank and speaker.about:
        klass = _by_office(speaker.about, klass, words)
        actor = replace(actor, role=actor.role or speaker.about)
    person = actor is not None and actor.sort is Sort.PERSON and _is_name(speaker, actor, words)
    name = actor.name if actor is not None and person and actor.name else speaker.text
    state = _state(speaker, scene)
    role = actor.role if actor is not None else None
    if (
        person
        and actor is not None
        and not actor.rank
        and actor.state is None
        and before is not None
    ):
        first = before.name.split()[0].lower()
        unnamed = before.name == before.name.lower() or first in words["speaker.unnamed"]
        if unnamed and before.source_class not in _CARRIED:
            return Source(name, before.source_class, before.name, before.state, via)
    if state is None and speaker.text.lower().split(" ")[0] in words["speaker.own"]:
        state = (
            before.state if before is not None else scene.before.state if scene.before else None
        )
    return Source(name, klass, role, state, via)


def _by_office(about: str, klass: SourceClass, words: Words) -> SourceClass:
    """The class of a name that only its apposition explains."""
    every = tokens(about)
    if every & words["title.speaker"]:
        return SourceClass.SPOKESPERSON
    if every & words["source.analyst"]:
        return SourceClass.ANALYST
    return klass


def _looks_named(text: str, words: Words) -> bool:
    """Whether unknown words are a person's name: two or three of them, each with a capital."""
    parts = text.split()
    known = words["source.media"] | words["source.institution"] | words["source.state_agency"]
    return (
        2 <= len(parts) <= 3
        and text.lower() not in known
        and all(w[:1].isupper() and not w.isupper() and w.lower() not in known for w in parts)
    )


def _state(speaker: Speaker, scene: Scene) -> str | None:
    """Whose side the speaker is on: the actor's, else the first state in its words."""
    if speaker.actor is not None and speaker.actor.state is not None:
        return speaker.actor.state
    inside = (a for a in scene.actors if speaker.start <= a.start < speaker.end and a.state)
    return next((a.state for a in inside), None)


def _is_name(speaker: Speaker, actor: Actor, words: Words) -> bool:
    """Whether the phrase is the person and not his office or aide."""
    head = head_word(speaker.text.lower(), words)
    apart = words["source.institution"] | words["source.anonymous"] | words["source.media"]
    return head not in apart or actor.end >= speaker.end or actor.start > speaker.start + 1


@cache
def _before(words: Words) -> re.Pattern[str]:
    """The search for what stands before a name or an office that was named before."""
    listed = "|".join(map(re.escape, sorted(words["speaker.before"], reverse=True)))
    return re.compile(rf"^(?:{listed})(?:(?<=['’])|\s+)")


def passed_on(known: Source, via: tuple[str, ...]) -> Source:
    """The source with the carriers around it, outermost first."""
    return replace(known, via=tuple(dict.fromkeys((*via, *known.via))))

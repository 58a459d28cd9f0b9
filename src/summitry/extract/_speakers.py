"""Who a source phrase names, of what class, and for which state."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from summitry.extract._tree import Tree
from summitry.extract._values import Actor, Scene, Sort
from summitry.lang import Words
from summitry.model import Source, SourceClass

__all__ = ["Speaker", "can_speak", "coreferent", "phrase", "source", "source_class"]

_NO_PART = {"relcl", "acl", "appos", "punct", "conj", "cc", "advcl"}
_SINGLE, _ANY = {"he", "she"}, {"he", "she", "they", "it"}
_BODIES = {
    Sort.STATE, Sort.CAPITAL, Sort.INSTITUTION, Sort.ORGANISATION, Sort.GROUP, Sort.DEMONYM,
}  # fmt: skip
_TAIL = re.compile(
    r"\b(?:of|from|in|at|with|for|on|to|by|near|inside|within|familiar|close|speaking|briefed|involved|"
    r"who|whose|that|which|present|travelling|traveling|accredited|involving)\b|[,(;]"
)
_CARRIED = {SourceClass.OTHER_MEDIA, SourceClass.STATE_AGENCY}


@dataclass(frozen=True, slots=True)
class Speaker:
    """The head token of a source phrase and its words, [start, end) of the report's text."""

    head: int
    start: int
    end: int
    actor: Actor | None
    text: str


def phrase(scene: Scene, tree: Tree, head: int) -> Speaker:
    """The source phrase of a head token: it with what hangs on it, without clauses."""
    keep, queue = {head}, [head]
    while queue:
        at = queue.pop()
        for k in tree.kids[at]:
            if tree.tokens[k].dep not in _NO_PART and k not in keep:
                keep.add(k)
                queue.append(k)
    run = {head}
    while min(run) - 1 in keep:
        run.add(min(run) - 1)
    while max(run) + 1 in keep:
        run.add(max(run) + 1)
    first, last = min(run), max(run)
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
        re.sub(r"\s+", " ", text).strip(" ,“”\"'").removesuffix("’s").removesuffix("'s"),
    )


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
    if low in _SINGLE:
        person = scene.before
        near = next((s for s in known if _personal(s, words)), None)
        if near is None and person is not None:
            return Source(
                person.name or person.text, _of_person(person), person.role, person.state
            )
        return near
    if low in _ANY:
        return next(iter(known), None)
    bare = re.sub(r"^(?:the|this|that|mr\.?|ms\.?|mrs\.?|dr\.?)\s+", "", low)
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
        return bool(_tokens(f"{known.name} {known.role or ''}") & words["title.speaker"])
    return known.source_class not in _CARRIED


def _of_person(actor: Actor) -> SourceClass:
    return SourceClass.SPOKESPERSON if actor.rank == "speaker" else SourceClass.OFFICIAL_NAMED


def source(
    speaker: Speaker, scene: Scene, words: Words, before: Source | None, via: tuple[str, ...]
) -> Source:
    """The source as a value; a name without any office takes that of the unnamed before it."""
    actor = speaker.actor
    klass = source_class(speaker.text, actor, words)
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
        unnamed = before.name == before.name.lower() or before.name.split()[0].lower() in {
            "a",
            "an",
        }
        if unnamed and before.source_class not in _CARRIED:
            return Source(name, before.source_class, before.name, before.state, via)
    if state is None and re.match(r"(?:his|her|its|their)\b", speaker.text.lower()):
        state = (
            before.state if before is not None else scene.before.state if scene.before else None
        )
    return Source(name, klass, role, state, via)


def _state(speaker: Speaker, scene: Scene) -> str | None:
    """Whose side the speaker is on: the actor's, else the first state in its words."""
    if speaker.actor is not None and speaker.actor.state is not None:
        return speaker.actor.state
    inside = (a for a in scene.actors if speaker.start <= a.start < speaker.end and a.state)
    return next((a.state for a in inside), None)


def _is_name(speaker: Speaker, actor: Actor, words: Words) -> bool:
    """Whether the phrase is the person and not his office or aide."""
    head = _head(speaker.text.lower())
    apart = words["source.institution"] | words["source.anonymous"] | words["source.media"]
    return head not in apart or actor.end >= speaker.end or actor.start > speaker.start + 1


def _tokens(text: str) -> set[str]:
    return set(re.findall(r"[\w-]+", text.lower()))


def _head(low: str) -> str:
    """The word that the phrase hangs on: the last one before a preposition."""
    core = [p for p in _TAIL.split(low) if p.strip()]
    found = re.findall(r"[\w-]+", re.sub(r"[’']s?\b", "", core[0])) if core else []
    return found[-1] if found else ""


def source_class(text: str, actor: Actor | None, words: Words) -> SourceClass:
    """The class of a source from its words and, where it names somebody, the actor.

    Args:
        text: The source phrase as printed.
        actor: The actor it names, or None.
        words: The pack of its language.
    """
    low = re.sub(r"\s+", " ", text.lower())
    head, every = _head(low), _tokens(re.sub(r"[’']s\b", "", low))
    bodies = words["source.institution"]
    telling = words["cue.noun"] - words["source.report"]
    long = any(f" {w}" in f" {low}" for w in bodies if " " in w)
    institution = long or head in bodies | telling
    apart = institution or head in words["source.anonymous"] | words["source.media"]
    person = actor is not None and actor.sort is Sort.PERSON and actor.name is not None
    if actor is not None and person and not (apart and head not in _own(actor)):
        return _named(every, actor, words)
    if head in words["source.anonymous"] or head in words["source.diplomatic"]:
        return _unnamed(head, every, actor, words)
    if every & words["title.speaker"] or institution:
        return SourceClass.SPOKESPERSON
    return _others(low, head, every, actor, words)


def _own(actor: Actor) -> set[str]:
    """The words of the actor itself."""
    return _tokens(f"{actor.text} {actor.name or ''}")


def _named(every: set[str], actor: Actor, words: Words) -> SourceClass:
    """A person: analyst, spokesperson, somebody of the media, or an official."""
    said = every | _tokens(actor.role or "") | _tokens(actor.text)
    if actor.rank == "speaker" or said & words["title.speaker"]:
        return SourceClass.SPOKESPERSON
    if not actor.rank and said & words["source.analyst"]:
        return SourceClass.ANALYST
    if not actor.rank and _tokens(actor.text) & words["source.media"]:
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
    titled = low.split(" ", 1)[0] in words["title.honorific"]
    if titled or (actor is not None and actor.sort in {Sort.OFFICE, Sort.PERSON}):
        return SourceClass.OFFICIAL_NAMED
    return SourceClass.OTHER_MEDIA


def passed_on(known: Source, via: tuple[str, ...]) -> Source:
    """The source with the carriers around it, outermost first."""
    return replace(known, via=tuple(dict.fromkeys((*via, *known.via))))

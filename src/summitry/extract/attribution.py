"""Whose word a sentence is: source, cue and content (Pareti 2012).

A cue verb with a clause under it, "according to", or a quotation make an attribution; the
content is the rest of the sentence. Chains ("the agency quoted an official as saying") keep
every hop, and the innermost speaker gives the class. A sentence that opens with a pronoun
and a cue goes on with the speaker before; any other sentence without a cue is the outlet's.
"""

import re
from dataclasses import dataclass

from summitry.extract._tree import Tree
from summitry.extract._values import Actor, Scene, Sort, Spoken
from summitry.lang import Words
from summitry.model import Source, SourceClass

__all__ = ["attributions", "source_class"]

_QUOTED = {"quote", "cite"}
_PRONOUNS = {"he", "she", "they", "it"}


@dataclass(frozen=True, slots=True)
class _Speaker:
    """The head token of a source phrase and its words."""

    head: int
    start: int
    end: int
    actor: Actor | None
    text: str


def attributions(
    scene: Scene, tree: Tree, words: Words, before: Source | None
) -> tuple[Spoken, ...]:
    """Every stretch of the sentence that somebody else than the outlet vouches for.

    Args:
        scene: The sentence.
        tree: Its parse.
        words: The pack of its language.
        before: The last source named, which a pronoun goes back to.

    Returns:
        Stretches in the order found; the innermost of two is the shorter one.
    """
    found = [*_by_verb(scene, tree, words, before), *_by_phrase(scene, tree, words)]
    return tuple(_chained(found))


def _by_verb(
    scene: Scene, tree: Tree, words: Words, before: Source | None
) -> list[Spoken]:
    """ "X said that …", "…, X said", "X was quoted as saying …"."""
    found = []
    for token in tree.tokens:
        if token.pos not in {"VERB", "AUX"} or token.lemma not in words["cue.speech"]:
            continue
        content = _content(tree, token.i, words)
        if content is None:
            continue
        passive = bool(tree.children(token.i, "nsubjpass"))
        heads = tree.subjects(token.i)
        carrier: list[_Speaker] = []
        if passive and token.lemma in _QUOTED:
            carrier = [_speaker(scene, tree, k) for k in tree.objects(token.i, "by")]
        elif token.lemma in _QUOTED:
            carrier = [_speaker(scene, tree, k) for k in heads]
            heads = tree.children(token.i, "dobj")
        elif passive:
            heads = tree.objects(token.i, "by")
        if not heads:
            continue
        speaker = _speaker(scene, tree, heads[0])
        if speaker.text.lower() in _PRONOUNS:
            person = _antecedent(scene, speaker, before)
            if person is None:
                continue
            found.append(Spoken(*content_span(scene, tree, content, token.i), person, token.lemma))
            continue
        if not _can_speak(speaker, tree, words):
            continue
        source = _source(speaker, scene, tree, words, tuple(s.text for s in carrier))
        found.append(Spoken(*content_span(scene, tree, content, token.i), source, token.lemma))
    return found


def _content(tree: Tree, verb: int, words: Words) -> int | None:
    """The head of what a cue verb says: a clause under it or the clause it is set into."""
    clause = tree.children(verb, "ccomp", "parataxis", "xcomp")
    strict = tree.tokens[verb].lemma in words["cue.strict"]
    if clause:
        own = [c for c in clause if tree.tokens[c].dep != "xcomp"]
        if own:
            return own[0]
        return clause[0] if strict or tree.tokens[verb].lemma in _QUOTED else None
    if tree.tokens[verb].dep in {"parataxis", "ccomp", "advcl"} and strict:
        over = tree.tokens[verb].head
        if over != verb and tree.tokens[verb].dep != "advcl":
            return over
    if strict and (objects := tree.children(verb, "dobj", "prep")):
        return objects[0]
    return verb if strict else None


def content_span(scene: Scene, tree: Tree, content: int, verb: int) -> tuple[int, int]:
    """Characters of the report's text that the content covers."""
    base = scene.sentence.start
    if content == verb or verb in set(tree.below(content)):
        return base, scene.sentence.end
    inside = set(tree.below(content))
    span = [tree.tokens[k] for k in inside]
    start, end = min(t.start for t in span), max(t.end for t in span)
    if tree.tokens[verb].dep == "ROOT" and tree.tokens[content].dep in {"ccomp", "parataxis"}:
        # The parser often hangs later clauses of what is said on the cue verb itself.
        if start > tree.tokens[verb].start:
            end = scene.sentence.end - base
        else:
            start = 0
    return base + start, base + end


def _speaker(scene: Scene, tree: Tree, head: int) -> _Speaker:
    """The source phrase of a head token: it with what hangs on it, without clauses."""
    skip = {"relcl", "acl", "appos", "punct", "conj", "cc", "advcl"}
    keep, queue = {head}, [head]
    while queue:
        at = queue.pop()
        for k in tree.kids[at]:
            if tree.tokens[k].dep not in skip and k not in keep:
                keep.add(k)
                queue.append(k)
    first, last = min(keep), max(keep)
    start = scene.sentence.start + tree.tokens[first].start
    end = scene.sentence.start + tree.tokens[last].end
    token = scene.sentence.start + tree.tokens[head].start
    actor = next((a for a in scene.actors if a.start <= token < a.end), None)
    if actor is None:
        actor = next((a for a in scene.actors if start <= a.start < end), None)
    text = scene.sentence.text[tree.tokens[first].start : tree.tokens[last].end]
    return _Speaker(head, start, end, actor, re.sub(r"\s+", " ", text).strip(" ,"))


def _antecedent(scene: Scene, speaker: _Speaker, before: Source | None) -> Source | None:
    """Whom "he said" speaks of: the last source before the sentence."""
    del scene, speaker
    return before


def _can_speak(speaker: _Speaker, tree: Tree, words: Words) -> bool:
    """Whether the phrase names anybody who can vouch for a statement."""
    token = tree.tokens[speaker.head]
    low = token.text.lower()
    if speaker.actor is not None:
        return True
    if token.lemma in words["source.anonymous"] or low in words["source.anonymous"]:
        return True
    for name in ("analyst", "media", "institution", "diplomatic", "state_agency"):
        if low in words[f"source.{name}"] or token.lemma in words[f"source.{name}"]:
            return True
    spoken = words["title.speaker"] | words["title.official"] | words["title.envoy"]
    return low in spoken or token.lemma in spoken or token.pos == "PROPN"


def _by_phrase(scene: Scene, tree: Tree, words: Words) -> list[Spoken]:
    """ "According to X", "citing X"."""
    found = []
    whole = scene.sentence.start, scene.sentence.end
    for token in tree.tokens:
        if token.text.lower() == "according":
            heads = tree.objects(token.i, "to") or [
                k for p in tree.children(token.i, "prep") for k in tree.children(p, "pobj")
            ]
        elif token.lemma in _QUOTED and token.tag == "VBG":
            heads = list(tree.children(token.i, "dobj"))
        else:
            continue
        for head in list(heads)[:1]:
            speaker = _speaker(scene, tree, head)
            if _can_speak(speaker, tree, words):
                source = _source(speaker, scene, tree, words, ())
                found.append(Spoken(*whole, source, token.text.lower()))
    return found


def _source(
    speaker: _Speaker, scene: Scene, tree: Tree, words: Words, via: tuple[str, ...]
) -> Source:
    """The source as a value."""
    actor = speaker.actor
    name = speaker.text
    if actor is not None and actor.sort is Sort.PERSON and actor.name:
        name = actor.name
    state = actor.state if actor is not None else None
    role = actor.role if actor is not None else None
    return Source(name, source_class(speaker.text, actor, words), role, state, via)


def source_class(text: str, actor: Actor | None, words: Words) -> SourceClass:
    """The class of a source from its words and, where it names somebody, the actor.

    Args:
        text: The source phrase as printed.
        actor: The actor it names, or None.
        words: The pack of its language.
    """
    low = re.sub(r"[’']s\b", "", text.lower())
    tokens = set(re.findall(r"[\w-]+", low))
    if actor is not None and actor.sort is Sort.PERSON and actor.name and actor.rank != "official":
        speaks = actor.rank == "speaker" or tokens & words["title.speaker"]
        if tokens & words["source.analyst"]:
            return SourceClass.ANALYST
        return SourceClass.SPOKESPERSON if speaks else SourceClass.OFFICIAL_NAMED
    if tokens & words["title.speaker"] or "press service" in low:
        return SourceClass.SPOKESPERSON
    if tokens & words["source.diplomatic"]:
        return SourceClass.DIPLOMATIC_SOURCE
    if tokens & words["source.analyst"]:
        return SourceClass.ANALYST
    for name, klass in (
        ("state_agency", SourceClass.STATE_AGENCY),
        ("media", SourceClass.OTHER_MEDIA),
    ):
        if any(f" {w} " in f" {low} " for w in words[f"source.{name}"]):
            return klass
    anonymous = {"source", "sources", "official", "officials", "people", "person", "aide",
                 "aides", "insiders", "circles", "adviser", "advisers", "quarters", "insider"}  # fmt: skip
    if tokens & anonymous:
        return SourceClass.OFFICIAL_UNNAMED
    if tokens & words["source.institution"]:
        return SourceClass.SPOKESPERSON
    if actor is not None and actor.sort in {
        Sort.STATE, Sort.CAPITAL, Sort.INSTITUTION, Sort.ORGANISATION, Sort.GROUP, Sort.DEMONYM,
    }:  # fmt: skip
        return SourceClass.SPOKESPERSON
    if actor is not None and actor.sort is Sort.OFFICE:
        return SourceClass.OFFICIAL_NAMED
    if tokens & words["source.anonymous"]:
        return SourceClass.OFFICIAL_UNNAMED
    return SourceClass.OTHER_MEDIA


def _chained(found: list[Spoken]) -> list[Spoken]:
    """The carriers around each speaker: "the agency said, citing a source"."""
    out = []
    for spoken in found:
        carriers = [
            o
            for o in found
            if o is not spoken
            and o.source.name != spoken.source.name
            and o.start <= spoken.start
            and spoken.end <= o.end
            and o.source.source_class in {SourceClass.OTHER_MEDIA, SourceClass.STATE_AGENCY}
            and spoken.source.source_class
            not in {SourceClass.OTHER_MEDIA, SourceClass.STATE_AGENCY}
        ]
        via = (*(c.source.name for c in carriers), *spoken.source.via)
        source = Source(
            spoken.source.name,
            spoken.source.source_class,
            spoken.source.role,
            spoken.source.state,
            tuple(dict.fromkeys(via)),
        )
        out.append(Spoken(spoken.start, spoken.end, source, spoken.cue))
    inner = [s for s in out if s.source.via]
    carried = {name for s in inner for name in s.source.via}
    return [s for s in out if s.source.name not in carried]

"""Whose word a sentence is: source, cue and content (Pareti 2012).

A cue verb with a clause under it, a noun such as "announcement that", "according to", a name
before a colon or after a dash, or a quotation make an attribution. Chains ("the agency quoted
an official as saying") keep every hop, and the innermost speaker gives the class. A quotation
that goes on without a cue is still the last speaker's; any other sentence without one is the
outlet's.
"""

from collections.abc import Iterable, Iterator

from summitry.extract._afterwards import afterwards
from summitry.extract._classes import source_class
from summitry.extract._cues import Cue, cues
from summitry.extract._marks import continued, marked
from summitry.extract._speakers import (
    can_speak,
    coreferent,
    passed_on,
    phrase,
    source,
)
from summitry.extract._tree import Tree
from summitry.extract._values import Scene, Spoken
from summitry.extract._voices import DOCUMENT, voices
from summitry.lang import Words
from summitry.model import Source, SourceClass

__all__ = ["DOCUMENT", "afterwards", "attributions", "source_class", "voices"]

_MEDIA = {SourceClass.OTHER_MEDIA, SourceClass.STATE_AGENCY}
_UNNAMED = {SourceClass.OFFICIAL_UNNAMED, SourceClass.DIPLOMATIC_SOURCE}


def attributions(
    scene: Scene, tree: Tree, words: Words, before: Source | None
) -> tuple[Spoken, ...]:
    """Every stretch of the sentence that somebody else than the outlet vouches for.

    One act of speech may give several stretches, since it can be set into its own words.

    Args:
        scene: The sentence.
        tree: Its parse.
        words: The pack of its language.
        before: The last source named, which a pronoun goes back to.

    Returns:
        Stretches in the order found; the innermost of two is the shorter one.
    """
    acts: list[tuple[Cue, Source]] = []
    known = [] if before is None else [before]
    for cue in cues(tree, words):
        speaker = _speaker(cue, scene, tree, words, known)
        if speaker is not None:
            acts.append((cue, speaker))
            known.insert(0, speaker)
    found = [
        s
        for cue, who in _chained(acts)
        for s in _stretches(cue, _vouched(cue, who, tree, words), who, scene, tree)
    ]
    found += marked(scene, words)
    if not found and before is not None and _goes_on(scene, tree, before, words):
        found.append(Spoken(scene.sentence.start, scene.sentence.end, before, "then"))
    if not found and before is not None and continued(scene.sentence.text):
        found.append(Spoken(scene.sentence.start, scene.sentence.end, before, "“"))
    return tuple(found)


def _goes_on(scene: Scene, tree: Tree, before: Source, words: Words) -> bool:
    """Whether an office goes on about its own man: "He will then travel on to Vienna."."""
    his = scene.before.state if scene.before is not None else None
    if before.source_class is not SourceClass.SPOKESPERSON or his is None or his != before.state:
        return False
    root = next((t for t in tree.tokens if t.dep == "ROOT"), None)
    if root is None:
        return False
    subject = tree.children(root.i, "nsubj", "nsubjpass")
    marks = {root.mood, *(tree.tokens[k].lemma for k in tree.children(root.i, "aux"))}
    plan = not marks.isdisjoint(words["speaker.plan"])
    return plan and any(tree.tokens[k].text.lower() in words["role.goes_on"] for k in subject)


def _speaker(
    cue: Cue, scene: Scene, tree: Tree, words: Words, before: list[Source]
) -> Source | None:
    """Who speaks, or None where nobody does who can vouch for anything."""
    who = phrase(scene, tree, cue.speaker)
    low = who.text.lower()
    if low in words["speaker.pronoun"] and _quoted(tree, cue.at):
        return None
    if low in words["speaker.self"] or tree.tokens[cue.speaker].pos in {"NUM", "VERB", "PUNCT"}:
        return None
    through = [phrase(scene, tree, k) for k in cue.carriers]
    carriers = tuple(t.text for t in through if can_speak(t, tree, words))
    known = coreferent(who, scene, before, words)
    if known is not None:
        return passed_on(known, carriers)
    if low in words["speaker.pronoun"] or not (can_speak(who, tree, words) or cue.firm):
        return None
    return source(who, scene, words, before[0] if before else None, carriers)


def _quoted(tree: Tree, at: int) -> bool:
    """Whether a token stands inside a quotation: its pronouns are the quoted person's."""
    opened = sum(t.text[:1] in {"“", "«"} for t in tree.tokens[:at])
    closed = sum(t.text[:1] in {"”", "»"} for t in tree.tokens[:at])
    straight = sum(t.text == '"' or t.text in {"``", "''"} for t in tree.tokens[:at])
    return opened > closed or straight % 2 == 1


def _vouched(cue: Cue, who: Source, tree: Tree, words: Words) -> frozenset[int]:
    """The content without what it takes for granted.

    An analyst judges talks that somebody else told of: "the talks" are not his news.
    """
    if who.source_class is not SourceClass.ANALYST:
        return cue.content
    events = words["event.noun.visit"] | words["event.noun.meeting"] | words["event.noun.summit"]
    granted: set[int] = set()
    for k in cue.content:
        if tree.tokens[k].lemma in events and any(
            tree.tokens[d].text.lower() in words["speaker.the"] or tree.tokens[d].dep == "poss"
            for d in tree.children(k, "det", "poss")
        ):
            granted.update(tree.below(k))
    return cue.content - granted


def _stretches(
    cue: Cue, content: frozenset[int], who: Source, scene: Scene, tree: Tree
) -> Iterator[Spoken]:
    """The runs of characters that the content covers."""
    base = scene.sentence.start
    for first, last in _runs(content):
        start, end = base + tree.tokens[first].start, base + tree.tokens[last].end
        yield Spoken(start, end, who, tree.tokens[cue.at].lemma)


def _runs(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of every unbroken run of numbers."""
    run: list[int] = []
    for k in sorted(places):
        if run and k != run[-1] + 1:
            yield run[0], run[-1]
            run = []
        run.append(k)
    if run:
        yield run[0], run[-1]


def _retold(cue: Cue, who: Source, outer: Cue, other: Source) -> bool:
    """Whether unnamed people tell what somebody said: that is their word, and not on record."""
    return (
        other.source_class in _UNNAMED
        and who.source_class is SourceClass.OFFICIAL_NAMED
        and cue.at in outer.content
    )


def _chained(acts: list[tuple[Cue, Source]]) -> list[tuple[Cue, Source]]:
    """The carriers around each speaker: "the agency said, citing a source"."""
    out: list[tuple[Cue, Source]] = []
    carrying: set[int] = set()
    for cue, who in acts:
        around = [
            (k, other)
            for k, (outer, other) in enumerate(acts)
            if other.name != who.name
            and other.source_class in _MEDIA
            and who.source_class not in _MEDIA
            and (cue.content <= outer.content or cue.phrase or outer.phrase)
        ]
        carrying.update(k for k, _ in around if cue.phrase or acts[k][0].phrase)
        told = next((o for outer, o in acts if _retold(cue, who, outer, o)), who)
        out.append((cue, passed_on(told, tuple(o.name for _, o in around))))
    return [a for k, a in enumerate(out) if k not in carrying]

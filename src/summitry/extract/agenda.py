"""What an engagement is about, in the report's words, with a grade."""

import re
from collections.abc import Iterator

from summitry.extract._tree import Tree
from summitry.extract._values import Scene, Trigger
from summitry.lang import Words
from summitry.model import Grade, Topic

__all__ = ["agenda"]

_LEADING = re.compile(
    r"^(?:(?:the|a|an|their|his|her|its|how|ways? to|issues? of|possible|further|also|both|other)\s+)+",
    re.I,
)
_TRAILING = re.compile(r"\s+(?:and|or|as well as|among other .*|among others.*|including)$", re.I)


def agenda(
    scene: Scene, tree: Tree, trigger: Trigger, verbs: tuple[int, ...], words: Words
) -> tuple[Topic, ...]:
    """The topics that the sentence gives for a trigger, in order, none twice."""
    found: dict[str, Topic] = {}
    clause = f" {scene.sentence.text.lower()} "
    for head, sure in _heads(tree, trigger, verbs, words):
        for text in _topics(scene, tree, head, words):
            grade = _grade(clause, sure, words)
            found.setdefault(text.lower(), Topic(text, grade))
    return tuple(found.values())


def _heads(
    tree: Tree, trigger: Trigger, verbs: tuple[int, ...], words: Words
) -> Iterator[tuple[int, bool]]:
    """The tokens that head what is to be talked about; whether "discuss" says so."""
    for at in (trigger.token.i, *verbs):
        for k in tree.objects(at, *words["agenda.prep"]):
            yield k, False
    for token in tree.tokens:
        if token.lemma not in words["agenda.intro"] or token.pos != "VERB":
            continue
        for k in tree.children(token.i, "dobj"):
            yield k, True
            yield from ((c, True) for c in tree.coordinated(k) if c != k)
    for token in tree.tokens:
        if token.lemma in {
            "focus",
            "centre",
            "center",
            "concentrate",
            "dominate",
            "devote",
            "dedicate",
            "aim",
        }:
            for k in tree.objects(token.i, "on", "around", "by", "to", "at"):
                yield k, True


def _topics(scene: Scene, tree: Tree, head: int, words: Words) -> Iterator[str]:
    """The noun phrase of a head as one topic, without those joined to it."""
    token = tree.tokens[head]
    if token.lemma in words["agenda.stop"] or token.text.lower() in words["agenda.stop"]:
        named = [k for k in tree.children(head, "prep")]
        for prep in named:
            for k in tree.children(prep, "pobj"):
                for c in tree.coordinated(k):
                    if tree.tokens[c].lemma not in words["agenda.stop"]:
                        yield from _phrase(scene, tree, c)
        return
    if token.pos in {"NUM", "PRON", "VERB", "ADV"} or (token.dep == "dobj" and token.pos == "PRON"):
        return
    if _a_date(scene, token.start):
        return
    yield from _phrase(scene, tree, head)


def _a_date(scene: Scene, start: int) -> bool:
    return scene.sentence.text[start : start + 1].isdigit()


def _phrase(scene: Scene, tree: Tree, head: int) -> Iterator[str]:
    skip = {"conj", "cc", "punct", "relcl", "appos", "advcl", "preconj"}
    keep, queue = {head}, [head]
    while queue:
        at = queue.pop()
        for k in tree.kids[at]:
            if tree.tokens[k].dep not in skip and k not in keep:
                keep.add(k)
                queue.append(k)
    run = [head]
    for k in range(head - 1, -1, -1):
        if k not in keep:
            break
        run.insert(0, k)
    for k in range(head + 1, len(tree.tokens)):
        if k not in keep:
            break
        run.append(k)
    text = scene.sentence.text[tree.tokens[run[0]].start : tree.tokens[run[-1]].end]
    text = _TRAILING.sub("", _LEADING.sub("", " ".join(text.split())))
    if 2 < len(text) <= 90:
        yield text


def _grade(clause: str, sure: bool, words: Words) -> Grade:
    """Central when "discuss" or "focus" says so, possible when hedged."""
    if any(f" {w} " in clause for w in words["agenda.excluded"]):
        return Grade.EXCLUDED if "not" in clause and "discuss" in clause else Grade.LISTED
    if any(f" {w} " in clause for w in words["agenda.possible"]):
        return Grade.POSSIBLE
    return Grade.CENTRAL if sure else Grade.LISTED

"""What an engagement is about, in the report's words, with a grade."""

from collections.abc import Iterator

from summitry.extract._topics import grade, tidied
from summitry.extract._tree import Tree
from summitry.extract._values import Scene, Trigger
from summitry.lang import Words
from summitry.model import Grade, Topic

__all__ = ["agenda"]

# What hangs on the head of a topic and is none of it.
_BESIDE = {"conj", "cc", "punct", "relcl", "appos", "advcl", "preconj"}


def agenda(
    scene: Scene, tree: Tree, trigger: Trigger, verbs: tuple[int, ...], words: Words
) -> tuple[Topic, ...]:
    """The topics that the sentence gives for a trigger, in order, none twice.

    Args:
        scene: The sentence.
        tree: Its parse.
        trigger: The word that speaks of the engagement.
        verbs: The verbs whose phrases belong to the trigger.
        words: The pack of its language.
    """
    found: dict[str, Topic] = {}
    clause = f" {scene.sentence.text.lower()} "
    for head, plain in _heads(tree, (trigger.token.i, *verbs), words):
        for text in _topics(scene, tree, head, words):
            found.setdefault(text.lower(), Topic(text, grade(clause, plain, words)))
    return tuple(found.values())


def _heads(tree: Tree, own: tuple[int, ...], words: Words) -> Iterator[tuple[int, Grade]]:
    """The tokens that head what is to be talked about, each with the grade it has unhedged."""
    for at in own:
        for k in tree.objects(at, *words["agenda.prep"]):
            yield k, Grade.LISTED
    for token in tree.tokens:
        if token.lemma in words["agenda.intro"] and token.pos == "VERB":
            for k in tree.children(token.i, "dobj"):
                yield from ((c, Grade.CENTRAL) for c in tree.coordinated(k))
    for token in tree.tokens:
        if token.lemma in words["agenda.focus"]:
            for k in tree.objects(token.i, *words["agenda.focus_prep"]):
                yield k, Grade.CENTRAL


def _topics(scene: Scene, tree: Tree, head: int, words: Words) -> Iterator[str]:
    """The noun phrase of a head as one topic, without those joined to it.

    A word that only stands for an agenda ("issues") gives the phrases that hang on it.
    """
    token, stop = tree.tokens[head], words["agenda.stop"]
    if {token.lemma, token.text.lower()} & stop:
        for prep in tree.children(head, "prep"):
            for k in tree.children(prep, "pobj"):
                for c in tree.coordinated(k):
                    if tree.tokens[c].lemma not in stop:
                        yield from _phrase(scene, tree, c, words)
        return
    dated = scene.sentence.text[token.start : token.start + 1].isdigit()
    if token.pos not in {"NUM", "PRON", "VERB", "ADV"} and not dated:
        yield from _phrase(scene, tree, head, words)


def _phrase(scene: Scene, tree: Tree, head: int, words: Words) -> Iterator[str]:
    """The words around a head that hang on it, without a gap, if they make a topic."""
    keep, queue = {head}, [head]
    while queue:
        fresh = [k for k in tree.kids[queue.pop()] if tree.tokens[k].dep not in _BESIDE]
        queue += [k for k in fresh if k not in keep]
        keep.update(fresh)
    first = last = head
    while first - 1 in keep:
        first -= 1
    while last + 1 in keep:
        last += 1
    text = " ".join(scene.sentence.text[tree.tokens[first].start : tree.tokens[last].end].split())
    yield from tidied(text, words)

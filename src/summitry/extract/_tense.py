"""What tense and mood say of an engagement: has it been, will it be, might it be?"""

from enum import Enum

from summitry.extract._tree import Tree
from summitry.extract._values import Governed
from summitry.lang import Token, Words

__all__ = [
    "Mood",
    "conditional",
    "hearsay",
    "looks_back",
    "mood",
    "settled",
    "to_be",
    "took_place",
    "was_to_be",
]


class Mood(Enum):
    """What the modal verb over a trigger makes of it."""

    PLAIN = "plain"
    """No modal stands over it."""
    CERTAIN = "certain"
    POSSIBLE = "possible"
    WOULD = "would"
    """What would be: a plan as much as a wish."""


def looks_back(g: Governed, tree: Tree, words: Words) -> bool:
    """Whether the words around the trigger look back, so that "in March" is the last one."""
    if took_place(g.verb, tree, words):
        return True
    if not g.trigger.noun:
        return False
    if g.hangs_by in words["status.after"]:
        return True
    return any(
        tree.tokens[k].tag == "VBN"
        and tree.tokens[k].lemma in words["status.over"]
        and not tree.children(k, "aux")
        for k in tree.children(g.trigger.token.i, "acl")
    )


def took_place(verb: int, tree: Tree, words: Words) -> bool:
    """Whether a verb is a past or a perfect, without a modal over it."""
    if verb < 0:
        return False
    aux = {tree.tokens[k].text.lower() for k in tree.children(verb, "aux")}
    if aux & words["modal.unreal"]:
        return False
    tag = tree.tokens[verb].tag
    return tag == "VBD" or (tag == "VBN" and bool(aux & words["modal.perfect"]))


def mood(g: Governed, tree: Tree, words: Words) -> Mood:
    """What the modal over the trigger says; the nearest verb's counts."""
    for i in (g.verb, *(t.i for t in g.chain if t.pos in {"VERB", "AUX"})):
        for token in _moods(tree, i):
            low = token.text.lower()
            if {low, token.lemma} & words["modal.certain"]:
                return Mood.CERTAIN
            if low in words["modal.possible"] - words["modal.would"]:
                return Mood.POSSIBLE
            if low in words["modal.perfect"]:
                continue
            if {low, token.mood} & words["modal.would"]:
                return Mood.WOULD
            if token.mood in words["modal.certain"]:
                return Mood.CERTAIN
    return Mood.PLAIN


def _moods(tree: Tree, verb: int) -> tuple[Token, ...]:
    """The words that give a verb its mood: its modals, and whatever says it by its ending."""
    if verb < 0:
        return ()
    ending = (k for k in (*tree.children(verb, "auxpass"), verb) if tree.tokens[k].mood)
    return tuple(tree.tokens[k] for k in (*tree.children(verb, "aux"), *ending))


def hearsay(g: Governed, tree: Tree, words: Words) -> bool:
    """Whether the mood alone says that the outlet only passes it on: "se rendrait à Alger".

    What somebody said in the past takes the same mood ("a dit qu'il viendrait") and is his word.
    """
    marks = words["modal.hearsay"]
    for i in (g.verb, *(t.i for t in g.chain if t.pos in {"VERB", "AUX"})) if marks else ():
        told = i >= 0 and tree.tokens[i].dep == "ccomp"
        if told and tree.tokens[tree.tokens[i].head].lemma in words["cue.strict"]:
            return False
        for token in _moods(tree, i):
            known = words["modal.certain"] | words["modal.possible"]
            if token.mood in marks and token.text.lower() not in known:
                return tree.tokens[i].lemma not in words["status.float"]
    return False


def conditional(g: Governed, tree: Tree, words: Words) -> bool:
    """Whether the verbs over the trigger are hedged: "perhaps", "if", "unless"."""
    for i in {g.verb, *(t.i for t in g.chain if t.pos in {"VERB", "AUX"})} - {-1}:
        for k in tree.kids[i]:
            token = tree.tokens[k]
            if token.dep == "advmod" and token.text.lower() in words["status.hedge"]:
                return True
            if token.dep == "advcl" and any(
                tree.tokens[m].text.lower() in words["status.condition"]
                for m in tree.children(k, "mark", "advmod")
            ):
                return True
            if token.dep == "mark" and token.text.lower() in words["status.condition_mark"]:
                return True
    adjectives = {tree.tokens[k].text.lower() for k in tree.children(g.trigger.token.i, "amod")}
    return bool(words["status.hypothetical"] & adjectives)


def settled(token: Token, tree: Tree, words: Words) -> bool:
    """ "Set up", "arranged": a fixing word that is a plain past action of somebody."""
    return (
        token.tag == "VBD"
        and token.lemma in words["status.set_up"]
        and not tree.children(token.i, "auxpass")
    )


def to_be(g: Governed, tree: Tree, words: Words) -> bool:
    """Whether the verb is one that is to come: "is to visit", "are to meet"."""
    if g.verb < 0:
        return False
    verb = tree.tokens[g.verb]
    before = {tree.tokens[k].text.lower() for k in tree.children(g.verb, "aux")}
    over = tree.tokens[verb.head].lemma in words["modal.be"]
    return bool(before & words["modal.to"]) and over and verb.dep in {"xcomp", "ccomp", "acl"}


def was_to_be(g: Governed, tree: Tree, words: Words) -> bool:
    """Whether the verb tells a plan that did not come true: "was to have met", "had been due".

    An infinitive of the perfect under a past tells what was not fulfilled.
    """
    if g.verb < 0:
        return False
    verb = tree.tokens[g.verb]
    aux = {tree.tokens[k].text.lower() for k in tree.children(g.verb, "aux")}
    if to_be(g, tree, words):
        return bool(aux & words["modal.perfect"]) and tree.tokens[verb.head].tag == "VBD"
    return any(_had_been_due(i, tree, words) for i in {g.verb, *(t.i for t in g.chain)})


def _had_been_due(i: int, tree: Tree, words: Words) -> bool:
    """ "Had been due", "had been scheduled"."""
    aux = {tree.tokens[k].text.lower() for k in tree.children(i, "aux")}
    passive = [i] if tree.children(i, "auxpass") else []
    due = {tree.tokens[k].lemma for k in (*passive, *tree.children(i, "acomp"))}
    return bool(aux & words["modal.pluperfect"]) and bool(due & words["status.overtaken"])

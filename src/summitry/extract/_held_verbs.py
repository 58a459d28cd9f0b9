"""Who says, thinks or wants what by a verb.

Wider than the cues by which an engagement is vouched for: praising, fearing and planning count
as well, and nobody is asked whether he is in a position to know.
"""

from collections.abc import Iterator

from summitry.extract._held import (
    ACTING,
    BESIDE,
    FINITE,
    Held,
    Manner,
    acting,
    passive,
    under,
    whole,
)
from summitry.extract._held_content import content_of
from summitry.extract._tree import Tree
from summitry.lang import Words

__all__ = ["by_verb", "cue_of"]

_NEAR = 3
"""How far before its verb an adverb may stand to belong to the cue."""


def by_verb(tree: Tree, verb: int, words: Words) -> Iterator[Held]:
    """What is attributed by one verb: nothing, or once."""
    if _unsaid(tree, verb, words):
        return
    for manner in Manner:
        content, prep = content_of(tree, verb, manner, words)
        if not content and not (manner is Manner.SPEECH and _bare(tree, verb, words)):
            continue
        who = _speaker(tree, verb, words)
        if who < 0 and not (passive(tree, verb) and content):
            return
        source = whole(tree, who, verb) - content if who >= 0 else frozenset()
        cue = (cue_of(tree, verb, prep) | _leading(tree, verb, words)) - content - source
        yield Held(manner, source, cue, content - source - cue)
        return


def _speaker(tree: Tree, verb: int, words: Words) -> int:
    """Who acts; the name beside a reporting verb where the parser hung it elsewhere."""
    last = len(tree.tokens) - 1
    if tree.tokens[verb].lemma in words["held.inverted"] and tree.tokens[verb].tag in FINITE:
        before = tree.tokens[verb - 1] if verb else None
        if before is not None and before.text[-1:] in "”\"'":
            behind = [k for k in tree.children(verb, "dobj", "attr", "oprd") if k > verb]
            if behind and tree.tokens[behind[0]].pos in {"NOUN", "PROPN"}:
                return behind[0]
        who = acting(tree, verb)
        if who < 0 and before is not None and before.pos in {"PROPN", "PRON"} and verb < last:
            return before.i
        return who
    return acting(tree, verb)


def cue_of(tree: Tree, verb: int, prep: int = -1) -> frozenset[int]:
    """The verb with its auxiliaries, particles and the adverb before it."""
    found = {verb, *tree.children(verb, *BESIDE)}
    near = min(found) - _NEAR
    found.update(
        k for k in tree.children(verb, "advmod") if near < k < verb and tree.tokens[k].tag == "RB"
    )
    found.update(k for k in (verb + 1,) if k < len(tree.tokens) and tree.tokens[k].text == ":")
    return frozenset(found | {prep} if prep >= 0 else found)


def _leading(tree: Tree, verb: int, words: Words) -> frozenset[int]:
    """The verb over an infinitive that is said all the same: "went on to say"."""
    over = tree.tokens[verb].head
    if tree.tokens[verb].dep != "xcomp" or tree.tokens[over].lemma not in words["held.through"]:
        return frozenset()
    return cue_of(tree, over)


def _unsaid(tree: Tree, verb: int, words: Words) -> bool:
    """Whether it is only to be said: "wants to say", "may say"; not "went on to say"."""
    token = tree.tokens[verb]
    if token.tag != "VB":
        return False
    aux = {tree.tokens[k].tag for k in tree.children(verb, "aux")}
    return "MD" in aux or (
        "TO" in aux and tree.tokens[token.head].lemma not in words["held.through"]
    )


def _bare(tree: Tree, verb: int, words: Words) -> bool:
    """Whether a sentence is nothing but "he said." or ends in "he added:": the rest is beside."""
    token = tree.tokens[verb]
    if token.dep != "ROOT" or token.lemma not in words["held.inverted"]:
        return False
    colon = tree.tokens[-1].text == ":" and not tree.children(verb, "dobj", "conj")
    act = under(tree, *tree.children(verb, *ACTING)) | {verb}
    return colon or (min(act) <= 1 and max(act) >= len(tree.tokens) - 2)

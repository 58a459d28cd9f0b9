"""Who says, thinks or wants what by a noun, an adjective or "according to"."""

from collections.abc import Iterator

from summitry.extract._held import BESIDE, Held, Manner, acting, under, whole
from summitry.extract._held_verbs import cue_of
from summitry.extract._tree import Tree
from summitry.lang import Words

__all__ = ["according", "by_adjective", "by_noun", "by_side"]

_ABOUT = {"about", "for", "of", "to", "on", "over", "against", "with", "that"}
_OF_MIND = {"about", "of", "at", "with", "to"}
_NOBODY = {"it", "there", "that", "this"}


def by_noun(tree: Tree, noun: int, words: Words) -> Iterator[Held]:
    """What is attributed by a noun: "her claim that …", "made a promise to …"."""
    token = tree.tokens[noun]
    over = tree.tokens[token.head]
    manner = next((m for m in Manner if token.lemma in words[f"held.{m.value}.noun"]), None)
    if manner is None:
        return
    clauses = [k for k in tree.children(noun, "acl", "ccomp", "relcl") if _says(tree, k)]
    preps = [k for k in tree.children(noun, "prep") if tree.tokens[k].text.lower() in _ABOUT]
    owners = tree.children(noun, "poss") or tree.objects(noun, "by", "from")
    cue = {noun, *tree.children(noun, "amod")}
    carried = token.dep == "dobj" and over.lemma in words["held.light"]
    if owners:
        source = whole(tree, owners[0], noun)
    elif carried and (who := acting(tree, over.i)) >= 0:
        source = whole(tree, who, over.i)
        cue |= cue_of(tree, over.i) | set(tree.children(noun, "det"))
    elif token.tag == "NNS" and clauses and (names := _names(tree, noun)):
        source = under(tree, *names)
    elif any(_that(tree, k) for k in clauses):
        source = frozenset()
    else:
        return
    if clauses:
        content = under(tree, *clauses)
    elif preps and (carried or owners):
        content = under(tree, preps[0]) - {preps[0]}
        cue.add(preps[0])
    else:
        return
    yield Held(manner, source - content, frozenset(cue) - source - content, content)


def _names(tree: Tree, noun: int) -> list[int]:
    """The name before a verb in -s that was read as a noun: "Cairo claims that"."""
    names = tree.children(noun, "compound")
    return [k for k in names if tree.tokens[k].pos == "PROPN"]


def _that(tree: Tree, clause: int) -> bool:
    """Whether "that" opens a clause."""
    marks = tree.children(clause, "mark")
    return any(tree.tokens[m].text.lower() == "that" for m in marks)


def _says(tree: Tree, clause: int) -> bool:
    """Whether a clause is what the noun says: "that …", "to …"."""
    marks = {tree.tokens[m].text.lower() for m in tree.children(clause, "mark")}
    return bool(marks & {"that", "whether"}) or tree.tokens[clause].tag == "VB"


def by_side(tree: Tree, noun: int) -> Iterator[Held]:
    """What is attributed by taking sides: "supporters of …", "is a critic of …"."""
    token = tree.tokens[noun]
    over = tree.tokens[token.head]
    preps = [k for k in tree.children(noun, "prep") if tree.tokens[k].text.lower() == "of"]
    content = under(tree, *preps[:1]) - set(preps)
    if not content or token.dep != "attr" or (who := acting(tree, over.i)) < 0:
        return
    source = whole(tree, who, over.i) - content
    beside = tree.children(noun, "det", "amod")
    cue = {noun, over.i, preps[0], *tree.children(over.i, *BESIDE), *beside} - source - content
    yield Held(Manner.THOUGHT, source, frozenset(cue), content)


def by_adjective(tree: Tree, adjective: int, words: Words) -> Iterator[Held]:
    """What is attributed by an adjective: "is confident that …", "feels sorry for …"."""
    token = tree.tokens[adjective]
    over = tree.tokens[token.head]
    if token.dep != "acomp" or over.lemma not in words["held.copula"]:
        return
    who = acting(tree, over.i)
    if who < 0 or tree.tokens[who].text.lower() in _NOBODY:
        return
    cue = {adjective, over.i, *tree.children(over.i, *BESIDE)}
    cue.update(tree.children(adjective, "advmod", "neg"))
    content = under(tree, *tree.children(adjective, "ccomp", "xcomp"))
    preps = [
        k for k in tree.children(adjective, "prep") if tree.tokens[k].text.lower() in _OF_MIND
    ]
    if not content and preps:
        content = under(tree, preps[0]) - {preps[0]}
        cue.add(preps[0])
    if content:
        yield Held(Manner.THOUGHT, whole(tree, who, over.i), frozenset(cue) - content, content)


def according(tree: Tree, at: int) -> Iterator[Held]:
    """What "according to X" covers: all the rest of the sentence, or of the clause it hangs on."""
    to = next((k for k in (at + 1, at + 2) if _is_to(tree, k)), -1)
    if to < 0:
        return
    for noun in (*tree.children(to, "pobj"), *tree.children(at, "pobj"))[:1]:
        source = whole(tree, noun, at)
        act = under(tree, at) | under(tree, to) | source
        content = frozenset(range(len(tree.tokens))) - act
        yield Held(Manner.SPEECH, source, frozenset({at, to}), content)


def _is_to(tree: Tree, k: int) -> bool:
    return k < len(tree.tokens) and tree.tokens[k].text.lower() == "to"

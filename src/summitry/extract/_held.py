"""What somebody says, thinks or wants in one sentence, by token."""

from dataclasses import dataclass
from enum import Enum

from summitry.extract._tree import Tree

__all__ = ["ACTING", "BESIDE", "FINITE", "Held", "Manner", "acting", "passive", "under", "whole"]

ACTING = ("nsubj", "nsubjpass", "csubj")
BESIDE = ("aux", "auxpass", "neg", "prt")
"""What belongs to a verb that is a cue."""
FINITE = {"VBD", "VBZ", "VBP", "MD"}
_EDGES = {",", "-", "–", "—", "--", ":", "("}


class Manner(Enum):
    """How somebody stands to what is attributed to him."""

    SPEECH = "speech"
    THOUGHT = "thought"
    WILL = "will"


@dataclass(frozen=True, slots=True)
class Held:
    """One attribution inside a sentence; the source is empty where nobody is named."""

    manner: Manner
    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]


def passive(tree: Tree, verb: int) -> bool:
    """Whether something is done to the subject of a verb, or to the noun it describes."""
    bare = tree.tokens[verb].tag == "VBN" and not tree.children(verb, "aux", "nsubj")
    return bool(tree.children(verb, "nsubjpass", "auxpass")) or bare


def acting(tree: Tree, verb: int) -> int:
    """The head of the words for who acts, as they stand in the clause; -1 for nobody.

    Shared subjects are looked for above: "she smiled and said", "despite admitting that".
    """
    if passive(tree, verb):
        by = tree.objects(verb, "by")
        return by[0] if by else -1
    own = tree.children(verb, *ACTING)
    token = tree.tokens[verb]
    over = tree.tokens[token.head]
    if not own and token.dep == "pcomp" and over.head != over.i:
        own = tree.subjects(over.head)
    # Of two subjects the parser gives a verb, the one beside it is its own.
    found = own[-1:] or tree.subjects(verb)
    if not found or tree.tokens[found[0]].pos in {"VERB", "AUX"}:
        return -1
    return -1 if tree.tokens[found[0]].text.lower() in {"there", "what"} else found[0]


def whole(tree: Tree, head: int, verb: int) -> frozenset[int]:
    """A noun with all that hangs on it, without the clause in which the verb stands."""
    inside = set(tree.below(head))
    if verb in inside:
        over = (verb, *tree.above(verb))
        inside -= set(tree.below(next((k for k in over if tree.tokens[k].head == head), verb)))
    while inside and tree.tokens[max(inside)].text in _EDGES:
        inside.discard(max(inside))
    while inside and tree.tokens[min(inside)].text in _EDGES:
        inside.discard(min(inside))
    return frozenset(inside)


def under(tree: Tree, *heads: int) -> frozenset[int]:
    """These tokens with all that hangs on them."""
    return frozenset(j for k in heads for j in tree.below(k))

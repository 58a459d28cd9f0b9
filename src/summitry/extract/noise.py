"""What sounds like an engagement and is none: sport, and what happens all the time."""

import re

from summitry.extract._tree import Tree
from summitry.extract._values import Trigger
from summitry.lang import Words

__all__ = ["RANKED", "is_habit", "is_sport"]

RANKED = frozenset({"head", "foreign", "minister", "envoy"})
"""Offices whose holders keep an engagement real in a report full of sport."""

# Different words of sport that make a report one about sport.
_ENOUGH = 3


def is_sport(text: str, words: Words) -> bool:
    """Whether a report is about sport, by how many different words of it stand in it."""
    found = set(re.findall(r"(?:[^\W\d_]|-)+", text.lower())) & words["sport.words"]
    return len(found) >= _ENOUGH


def is_habit(tree: Tree, trigger: Trigger, words: Words) -> bool:
    """Whether the verb says that it happens often: "they regularly talk by phone"."""
    verb = trigger.predicate
    if verb < 0:
        return False
    around = {tree.tokens[k].text.lower() for k in (*tree.kids[verb], *tree.kids[trigger.token.i])}
    return bool(around & words["habit.words"])

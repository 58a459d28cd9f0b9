"""Which dates of a sentence are the engagement's own, and which the speaker's."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum
from functools import cache

from summitry.extract._shares import Days
from summitry.extract._tree import Tree
from summitry.extract._values import Dated, Scene, Trigger
from summitry.lang import WhenWords, Words
from summitry.model import Precision, When

__all__ = ["Reach", "centred", "days", "duration", "follows", "stated"]

# Days that an engagement can last.
_LONGEST = 31
# Characters before a date in which "around" speaks of it, and days that it then adds.
_SPAN = 45
_MARGIN = timedelta(days=2)
_DIGIT = re.compile(r"\d")
# The lists of verbs that settle how an engagement stands, each an act with a day of its own.
_ACTS = ("cancel", "postpone", "deny", "confirm")


@dataclass(frozen=True, slots=True)
class Reach:
    """What the dates of a sentence can hang on, seen from one trigger."""

    trigger: Trigger
    verbs: tuple[int, ...]
    """The verbs whose phrases belong to the trigger."""
    others: tuple[int, ...]
    """The tokens of all triggers of the sentence."""

    @property
    def mine(self) -> frozenset[int]:
        """The tokens whose dates are the trigger's."""
        return frozenset({self.trigger.token.i, *self.verbs})


class _Share(Enum):
    """Whose a date is."""

    OWN = "own"
    DONE = "done"
    FREE = "free"
    SAID = "said"
    THEIRS = "another trigger's"


def days(scene: Scene, tree: Tree, reach: Reach, dated: Iterable[Dated], words: Words) -> Days:
    """Share the dates of a sentence out between its triggers and its speakers.

    A date belongs to the verb or noun that it hangs on. One that hangs on a cue of speech
    ("said on Tuesday") is the speaker's; one that hangs on another trigger is that one's; any
    other date of the sentence is taken when the trigger has none of its own.
    """
    kept: dict[_Share, list[Dated]] = {share: [] for share in _Share}
    known = reach.mine | set(reach.others)
    for found in dated:
        before = scene.sentence.text[: max(0, found.start - scene.sentence.start)].rstrip().lower()
        idle = found.text.lower().startswith(tuple(words["dating.nothing"]))
        if idle or before.endswith(tuple(words["dating.nothing_after"])):
            continue
        if _parted(scene, reach.trigger, found):
            continue
        anchor = _anchor(scene, tree, found, known)
        if _of_the_act(tree, anchor, reach, found, words) and not before.endswith(
            tuple(words["dating.bound"])
        ):
            kept[_Share.SAID].append(found)
        else:
            kept[_share(tree, anchor, reach, words)].append(found)
    said = kept[_Share.SAID]
    return Days(
        own=tuple(kept[_Share.OWN]),
        done=tuple(kept[_Share.DONE]),
        free=tuple(kept[_Share.FREE]),
        said=said[-1] if said else None,
    )


def centred(text: str, dated: Iterable[Dated], words: Words) -> tuple[Dated, ...]:
    """The dates of a text, with days around each that is only the centre of some.

    "Around their National Day on August 24".

    Args:
        text: What the offsets of the dates count in.
        dated: The dates in it.
        words: The pack of its language.
    """
    near = _around(words)
    return tuple(
        _widened(d) if near.search(text[max(0, d.start - _SPAN) : d.start].rstrip().lower()) else d
        for d in dated
    )


def stated(text: str, dated: Iterable[Dated], words: Words) -> tuple[Dated, ...]:
    """The dates of a text without those on which something is not: "but not on Tuesday".

    Args:
        text: What the offsets of the dates count in.
        dated: The dates in it.
        words: The pack of its language.
    """
    denied = tuple(f" {p}" for p in words["dating.not_after"])
    low = text.lower()
    return tuple(d for d in dated if not low[: d.start].rstrip().endswith(denied))


def _parted(scene: Scene, trigger: Trigger, dated: Dated) -> bool:
    """Whether a semicolon stands between: "talks go on; the deal expires on Saturday"."""
    start = scene.sentence.start
    first, last = sorted((trigger.token.start, dated.start - start))
    return ";" in scene.sentence.text[max(0, first) : last]


def _share(tree: Tree, anchor: int, reach: Reach, words: Words) -> _Share:
    """Whose a date is that hangs on a token."""
    if anchor < 0:
        return _Share.FREE
    if anchor in reach.mine:
        return _Share.OWN
    if anchor in reach.others:
        return _Share.THEIRS
    token = tree.tokens[anchor]
    if token.lemma in words["cue.speech"] and token.pos == "VERB":
        return _Share.SAID
    back = token.tag in {"VBD", "VBN"} or token.dep == "advcl"
    return _Share.DONE if back else _Share.FREE


def _of_the_act(tree: Tree, anchor: int, reach: Reach, dated: Dated, words: Words) -> bool:
    """ "Called off on Monday", "invited him on Friday": the day of the act, not of the visit."""
    low = dated.text.lower()
    if anchor not in reach.mine or low.startswith(tuple(words["dating.ahead"])):
        return False
    if _DIGIT.search(low) or (anchor == reach.trigger.token.i and reach.trigger.sort != "invite"):
        return False
    verb = tree.tokens[anchor]
    if verb.pos != "VERB" or verb.tag not in {"VBD", "VBN"}:
        return False
    phrasal = any(
        f"{verb.lemma} {tree.tokens[k].text.lower()}" in words["status.phrasal"]
        for k in tree.kids[anchor]
    )
    listed = any(verb.lemma in words[f"status.{n}"] for n in _ACTS)
    return phrasal or listed or verb.lemma in words["dating.act"]


def _anchor(scene: Scene, tree: Tree, dated: Dated, known: frozenset[int]) -> int:
    """The first trigger, or else the first verb, over a date; -1 when there is none."""
    inside = [
        t.i
        for t in tree.tokens
        if scene.sentence.start + t.start < dated.end
        and dated.start < scene.sentence.start + t.end
    ]
    root = next(
        (i for i in inside if tree.tokens[i].head not in inside or tree.tokens[i].head == i), -1
    )
    if root < 0 or root in known:
        return root
    for head in tree.above(root):
        if head in known or tree.tokens[head].pos in {"VERB", "AUX"}:
            return head
    return -1


def _widened(dated: Dated) -> Dated:
    """The date with two days on either side."""
    return replace(dated, forward=_about(dated.forward), backward=_about(dated.backward))


def _about(when: When | None) -> When | None:
    """One day as the centre of some; anything else as it is."""
    if when is None or when.days != 1 or when.start is None or when.end is None:
        return when
    return replace(
        when, start=when.start - _MARGIN, end=when.end + _MARGIN, precision=Precision.WEEK
    )


def follows(tree: Tree, trigger: Trigger, words: Words) -> bool:
    """Whether "then" or "afterwards" hangs on a verb that is a trigger."""
    if trigger.noun:
        return False
    kids = tree.children(trigger.token.i, "advmod")
    return any(tree.tokens[k].text.lower() in words["sequel.words"] for k in kids)


def duration(scene: Scene, trigger: Trigger, calendar: WhenWords, words: Words) -> int:
    """Days that the words before a noun give it ("a four-day state visit"), or 0."""
    if not trigger.noun:
        return 0
    text = scene.sentence.text.lower()
    match = _length(words).search(text[: trigger.token.start])
    if "after" in words["order.duration"]:
        match = _length_after(words).match(text[trigger.token.end :])
    if match is None:
        return 0
    if match[1].isdigit():
        return min(int(match[1]), _LONGEST)
    numbers = {w.text: w.value for w in calendar.words if w.kind == "number"}
    found = numbers.get(match[1], 0)
    return found if isinstance(found, int) else 0


@cache
def _around(words: Words) -> re.Pattern[str]:
    """The search for a word that makes a date the centre of some days."""
    return re.compile(rf"\b(?:{'|'.join(sorted(words['dating.around']))})\b[^,;.]*$")


@cache
def _length(words: Words) -> re.Pattern[str]:
    """The search for a number of days before a noun."""
    return re.compile(
        rf"\b([\w-]+?)[- ](?:{'|'.join(sorted(words['dating.day']))})\b[^,;.]{{0,25}}$"
    )


@cache
def _length_after(words: Words) -> re.Pattern[str]:
    """The search for a number of days behind a noun."""
    return re.compile(rf"[^,;.]{{0,25}}?\b([\w-]+) (?:{'|'.join(sorted(words['dating.day']))})\b")

"""Which dates of a sentence are the engagement's own, and which the speaker's."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from summitry.extract._tree import Tree
from summitry.extract._values import Dated, Scene, Trigger
from summitry.lang import WhenWords, Words
from summitry.model import Precision, When

__all__ = ["Days", "days", "duration", "follows"]


@dataclass(frozen=True, slots=True)
class Days:
    """The dates that belong to a trigger, in order, and the day on which the source spoke."""

    own: tuple[Dated, ...]
    done: tuple[Dated, ...]
    """Dates of another verb of the sentence that looks back."""
    free: tuple[Dated, ...]
    """Dates of the sentence that hang on nothing known."""
    said: Dated | None

    def behind(self) -> tuple[When, ...]:
        """The intervals of something that has been."""
        chosen = self.own or self.free[:1] or self.done[:1]
        return _read((d.backward or d.forward) for d in chosen)

    def ahead(self, day: date | None) -> tuple[When, ...]:
        """The intervals of something that is to come, seen from a day.

        A bare "in March" printed in May is the March before: nobody fixes a day that far ahead
        without its year.
        """
        chosen = self.own or self.free[:1]
        return _read(
            d.backward if _rather_past(d, day) else d.forward or d.backward for d in chosen
        )


# A bare month or day this far ahead, when the last one is this near, is the last one.
_FAR, _NEAR = timedelta(days=210), timedelta(days=150)


def _rather_past(dated: Dated, day: date | None) -> bool:
    ahead, behind = dated.forward, dated.backward
    if day is None or ahead is None or behind is None or not ahead.start or not behind.start:
        return False
    return ahead.start - day > _FAR and day - behind.start < _NEAR and behind.start < day


def _read(found: Iterable[When | None]) -> tuple[When, ...]:
    return tuple(dict.fromkeys(w for w in found if w is not None))


def days(
    scene: Scene, tree: Tree, trigger: Trigger, verbs: Iterable[int], others: Iterable[int],
    dated: Iterable[Dated], words: Words,
) -> Days:  # fmt: skip
    """Share the dates of a sentence out between its triggers and its speakers.

    A date belongs to the verb or noun that it hangs on. One that hangs on a cue of speech
    ("said on Tuesday") is the speaker's; one that hangs on another trigger is that one's; any
    other date of the sentence is taken when the trigger has none of its own.
    """
    mine = {trigger.token.i, *verbs}
    theirs = set(others) - mine
    own: list[Dated] = []
    free: list[Dated] = []
    done: list[Dated] = []
    said: Dated | None = None
    for found in dated:
        before = scene.sentence.text[: max(0, found.start - scene.sentence.start)].rstrip().lower()
        if found.text.lower().startswith("this year") or before.endswith("as of"):
            continue  # "this year's summit" and "as of today" date nothing
        if _ROUND_ABOUT.search(before[-_SPAN:]):
            found = _widened(found)  # noqa: PLW2901
        anchor = _anchor(scene, tree, found, mine | theirs)
        plain = not found.text.lower().startswith(_AHEAD) and not _DIGIT.search(found.text)
        if anchor in mine and plain and _of_the_act(tree, anchor, trigger, before, words):
            said = found
            continue
        token = tree.tokens[anchor] if anchor >= 0 else None
        if anchor in mine:
            own.append(found)
        elif token is not None and anchor in theirs:
            continue
        elif token is not None and token.lemma in words["cue.speech"] and token.pos == "VERB":
            said = found
        elif token is not None and (token.tag in {"VBD", "VBN"} or token.dep == "advcl"):
            done.append(found)
        else:
            free.append(found)
    return Days(tuple(own), tuple(done), tuple(free), said)


def follows(tree: Tree, trigger: Trigger, words: Words) -> bool:
    """Whether "then" or "afterwards" hangs on a verb that is a trigger."""
    if trigger.noun:
        return False
    kids = tree.children(trigger.token.i, "advmod")
    return any(tree.tokens[k].text.lower() in words["sequel.words"] for k in kids)


_LENGTH = re.compile(r"\b([\w-]+?)[- ]day\b[^,;.]{0,25}$")


def duration(scene: Scene, trigger: Trigger, calendar: WhenWords) -> int:
    """Days that the words before a noun give it ("a four-day state visit"), or 0."""
    if not trigger.noun:
        return 0
    match = _LENGTH.search(scene.sentence.text[: trigger.token.start].lower())
    if match is None:
        return 0
    if match[1].isdigit():
        return min(int(match[1]), _LONGEST)
    numbers = {w.text: w.value for w in calendar.words if w.kind == "number"}
    found = numbers.get(match[1], 0)
    return found if isinstance(found, int) else 0


_LONGEST = 31
# "Around their National Day on August 24": the day itself is only the centre.
_ROUND_ABOUT = re.compile(r"\baround\b[^,;.]*$")
_SPAN = 45
_MARGIN = timedelta(days=2)
_DIGIT = re.compile(r"\d")
# What no speaker says of his own act.
_AHEAD = ("this", "next", "coming", "tomorrow", "later", "early next", "late")
_UNTIL = ("until", "till", "to", "for", "from")


def _widened(dated: Dated) -> Dated:
    """The date with two days on either side."""
    ahead, behind = _about(dated.forward), _about(dated.backward)
    return replace(dated, forward=ahead, backward=behind)


def _about(when: When | None) -> When | None:
    if when is None or when.days != 1 or when.start is None or when.end is None:
        return when
    return replace(
        when, start=when.start - _MARGIN, end=when.end + _MARGIN, precision=Precision.WEEK
    )


def _of_the_act(tree: Tree, anchor: int, trigger: Trigger, before: str, words: Words) -> bool:
    """ "Called off on Monday", "invited him on Friday": the day of the act, not of the visit."""
    verb = tree.tokens[anchor]
    if anchor == trigger.token.i and trigger.sort != "invite":
        return False
    if before.endswith(_UNTIL) or verb.pos != "VERB" or verb.tag not in {"VBD", "VBN"}:
        return False
    phrasal = any(
        f"{verb.lemma} {tree.tokens[k].text.lower()}" in words["status.phrasal"]
        for k in tree.kids[anchor]
    )
    lists = ("cancel", "postpone", "deny", "confirm")
    return phrasal or verb.lemma in _ACTS or any(verb.lemma in words[f"status.{n}"] for n in lists)


_ACTS = {"invite", "accept", "agree", "announce", "propose", "offer", "reject", "decline", "refuse"}


def _anchor(scene: Scene, tree: Tree, dated: Dated, known: set[int]) -> int:
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
    if root < 0:
        return -1
    if root in known:
        return root
    for head in tree.above(root):
        if head in known or tree.tokens[head].pos in {"VERB", "AUX"}:
            return head
    return -1

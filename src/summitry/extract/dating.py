"""Which dates of a sentence are the engagement's own, and which the speaker's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from summitry.extract._tree import Tree
from summitry.extract._values import Dated, Scene, Trigger
from summitry.lang import Words
from summitry.model import When

__all__ = ["Days", "days"]


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
        anchor = _anchor(scene, tree, found, mine | theirs)
        token = tree.tokens[anchor] if anchor >= 0 else None
        if anchor in mine:
            own.append(found)
        elif token is not None and anchor in theirs:
            continue
        elif token is not None and token.lemma in words["cue.speech"] and token.pos == "VERB":
            said = found
        elif token is not None and token.tag in {"VBD", "VBN"}:
            done.append(found)
        else:
            free.append(found)
    return Days(tuple(own), tuple(done), tuple(free), said)


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

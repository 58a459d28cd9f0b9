"""How firmly a sentence puts a topic on the agenda."""

from summitry.lang import Words
from summitry.model import Grade

__all__ = ["grade"]


def grade(clause: str, plain: Grade, words: Words) -> Grade:
    """Excluded or merely possible when the sentence says so, else its plain grade."""
    if any(f" {w} " in clause for w in words["agenda.excluded"]):
        off = all(w in clause for w in words["agenda.not_discussed"])
        return Grade.EXCLUDED if off else Grade.LISTED
    if any(f" {w} " in clause for w in words["agenda.possible"]):
        return Grade.POSSIBLE
    return plain

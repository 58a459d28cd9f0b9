"""What sort of engagement the words name."""

from summitry.extract._values import PRESENCE, Actor, Role, Sort, Trigger
from summitry.lang import Words
from summitry.model import Kind

__all__ = ["kind"]

# Words of a phrase after its preposition, up to its noun.
_PHRASE = 6


def kind(
    trigger: Trigger, sides: tuple[tuple[Actor, Role], ...], clause: str, words: Words
) -> Kind:
    """The kind by the trigger, the ranks of those who meet, and the means ("by phone").

    Args:
        trigger: The word that speaks of the engagement.
        sides: Who takes part and how.
        clause: The lower-cased words of its clause, with a blank before and after them.
        words: The pack of its language.
    """
    if trigger.sort == "call" or (
        trigger.sort in {"meeting", "summit", "weakmeet", "meet", "negotiation"}
        and any(f" {w} " in clause for w in words["event.noun.remote"])
    ):
        return Kind.CALL
    spoke = trigger.token.lemma in words["event.spoke"] and "head" in {a.rank for a, _ in sides}
    if spoke and not _face_to_face(clause, words):
        return Kind.CALL
    if trigger.sort in {"visit", "travel", "arrive", "leave", PRESENCE}:
        return Kind.VISIT
    if trigger.sort == "summit":
        return Kind.SUMMIT
    ranks = {a.rank for a, r in sides if r is not Role.PLACE and a.rank}
    if trigger.sort in {"host", "invite"}:
        return Kind.VISIT
    if trigger.sort == "conference":
        return Kind.MULTILATERAL
    states = {a.state for a, _ in sides if a.state}
    people = [a for a, r in sides if a.sort in {Sort.PERSON, Sort.OFFICE} and r is not Role.PLACE]
    if trigger.sort == "negotiation" and not people:
        return Kind.NEGOTIATION_ROUND
    if "head" in ranks:
        return Kind.SUMMIT if len(states) > 2 else Kind.BILATERAL
    if ranks & {"foreign", "minister"}:
        return Kind.MINISTERIAL
    if not people or ranks <= {"official", "envoy", ""}:
        return Kind.NEGOTIATION_ROUND if trigger.sort != "weakmeet" else Kind.BILATERAL
    return Kind.BILATERAL


def _face_to_face(clause: str, words: Words) -> bool:
    """ "Spoke with him during a bilateral meeting", "at the summit in Reykjavik"."""
    nouns = words["event.noun.meeting"] | words["event.noun.summit"] | words["event.noun.visit"]
    said = clause.split()
    return any(
        word in words["event.spoke_at"] and not nouns.isdisjoint(said[k + 1 : k + 1 + _PHRASE])
        for k, word in enumerate(said)
    )

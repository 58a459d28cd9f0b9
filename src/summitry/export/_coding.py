"""How event data would code an engagement: PLOVER and CAMEO, plans kept apart from what was held.

Both code a report of a future meeting as an agreement to meet (CAMEO 036, PLOVER AGREE) and lose
what sort of meeting it was to be; the mode stands beside it here. PLOVER: its manual and the table
CAMEO2PLOVER of 2021. CAMEO: the codebook of March 2012, version 1.1b3. What is off or denied
neither has a code for: it is left empty.
"""

from dataclasses import dataclass

from summitry.model import Engagement, Kind, Part, Status

__all__ = ["Coding", "coded"]

_HYPOTHETICAL = (Status.FLOATED, Status.IN_PREPARATION)
_PLANNED = (*_HYPOTHETICAL, Status.ANNOUNCED, Status.CONFIRMED)
_OFF = (Status.POSTPONED, Status.CANCELLED)
_CAMEO = {"phone": "041", "visit": "042", "third-party": "044", "multilateral": "040"}


@dataclass(frozen=True, slots=True)
class Coding:
    """The codes of one engagement; None where the scheme has none."""

    occurrence: str
    """``planned``, ``held``, ``off`` or ``denied``."""
    plover_event: str | None
    plover_mode: str | None
    """Of the meeting itself, planned or held: phone, visit, third-party or multilateral."""
    plover_auxiliary: str | None
    """PLOVER's auxiliary modes: future, hypothetical, historical or negation."""
    cameo: str | None


def coded(e: Engagement) -> Coding:
    """The codes of an engagement: its visitors are the actor, its hosts the recipient."""
    status, mode = e.status.value, _mode(e)
    if status in _PLANNED:
        sure = "hypothetical" if status in _HYPOTHETICAL else "future"
        return Coding("planned", "AGREE", mode, sure, "036")
    if status is Status.HELD:
        past = "historical" if e.background else None
        return Coding("held", "CONSULT", mode, past, _held(e, mode))
    if status in _OFF:
        return Coding("off", None, mode, None, None)
    return Coding("denied", None, mode, "negation", None)


def _mode(e: Engagement) -> str | None:
    """The PLOVER mode of CONSULT; None where it is not known at whose place they met."""
    kind, place = e.kind.value, e.place.value.state if e.place else None
    if kind is Kind.CALL:
        return "phone"
    if kind is Kind.VISIT:
        return "visit"
    sides = {p.value.state for p in e.parties if p.value.part is not Part.MEDIATOR} - {None}
    if kind is Kind.MULTILATERAL or len(sides) > 2:
        return "multilateral"
    if place and sides and place not in sides:
        return "third-party"
    return "visit" if place else None


def _held(e: Engagement, mode: str | None) -> str:
    if any(p.value.part is Part.MEDIATOR for p in e.parties):
        return "045"
    if e.kind.value is Kind.NEGOTIATION_ROUND:
        return "046"
    return _CAMEO.get(mode or "", "040")

"""Who brings others together: the state on whose ground they negotiate, by its own word."""

from collections.abc import Iterator, Set
from dataclasses import replace

from summitry.extract._drafts import Draft
from summitry.extract._values import Actor, Frame, Role, Sort
from summitry.model import Kind, SourceClass

__all__ = ["convened", "mediators", "on_record"]

_PAIR = 2
_ON_RECORD = {SourceClass.OFFICIAL_NAMED, SourceClass.SPOKESPERSON}
_SPEAKS = {Sort.PERSON, Sort.OFFICE, Sort.INSTITUTION}


def convened(draft: Draft) -> Draft:
    """The draft with who convenes it: whoever's ground it is on, if he speaks of it on record.

    "Both ministers will be back in Ankara for a second round, Turkey's minister announced." The
    ground alone makes nobody a side.
    """
    if draft.kind is not Kind.NEGOTIATION_ROUND or len(draft.keys) < _PAIR:
        return draft
    grounds = {f.place.state for f in draft.frames if f.place and f.place.state} - draft.keys
    if not any(on_record(draft, grounds)):
        return draft
    whole = Draft(draft.kind, draft.background)
    for frame in draft.frames:
        whole.add(_with_convener(frame, grounds))
    return whole


def mediators(draft: Draft) -> Set[str]:
    """The states and bodies that bring the others together."""
    return {s for s, seen in draft.sides.items() if any(r is Role.MEDIATOR for _, r in seen)}


def on_record(draft: Draft, those: Set[str]) -> Iterator[Frame]:
    """The frames of a negotiating round that rest on the official word of one of some states."""
    if draft.kind is not Kind.NEGOTIATION_ROUND:
        return
    for frame in draft.frames:
        source = frame.source
        if source and source.source_class in _ON_RECORD and source.state in those:
            yield frame


def _with_convener(frame: Frame, grounds: Set[str | None]) -> Frame:
    """The frame with the speaker among its sides, where it rests on his word."""
    state = frame.source.state if frame.source else None
    if state is None or state not in grounds:
        return frame
    speaker = next((a for a in frame.scene.actors if _speaks_for(a, state)), None)
    if speaker is None:
        return frame
    return replace(frame, sides=(*frame.sides, (speaker, Role.MEDIATOR)))


def _speaks_for(actor: Actor, state: str) -> bool:
    return actor.state == state and actor.sort in _SPEAKS and not actor.former

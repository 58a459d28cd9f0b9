"""What each frame of an engagement claims, slot by slot, and on whose word."""

from collections.abc import Iterator, Mapping

from summitry.extract._drafts import Draft, parties
from summitry.extract._values import Frame, Judged
from summitry.model import (
    Claim,
    Kind,
    Party,
    Place,
    Report,
    Slot,
    Source,
    SourceClass,
    Topic,
    When,
)

__all__ = ["claims"]

# A status of a later sentence that is less likely than this is no claim of its own.
_LIKELY = 0.5


def claims(
    ident: str, draft: Draft, report: Report, by_state: Mapping[str | None, Party]
) -> Iterator[Claim]:
    """Every frame's claims, in reading order.

    Args:
        ident: The mention they belong to.
        draft: The frames that speak of it.
        report: Where they stand; its outlet vouches for what no other source is named for.
        by_state: The parties of the mention by their states.
    """
    outlet = Source(report.outlet, SourceClass.OUTLET)
    for frame in draft.frames:
        source = frame.source or outlet
        said = frame.said.start if frame.said else None
        for slot, value, why in _slots(frame, by_state):
            yield Claim(
                mention=ident,
                slot=slot,
                value=value,
                source=source,
                sentence=frame.scene.sentence,
                said_on=said,
                why=why,
            )
        for judged in frame.judged:
            if not _stands(judged, frame is draft.frames[0]):
                continue
            yield Claim(
                mention=ident,
                slot=Slot.STATUS,
                value=judged.status,
                source=source,
                modality=judged.modality,
                polarity=judged.polarity,
                sentence=frame.scene.sentence,
                said_on=said,
                why=judged.why,
            )


def _stands(judged: Judged, first: bool) -> bool:
    """Whether a sentence says how far it has come: one that hardly does claims nothing."""
    return first or not judged.figures or dict(judged.figures)[judged.status] >= _LIKELY


def _slots(
    frame: Frame, by_state: Mapping[str | None, Party]
) -> Iterator[tuple[Slot, Kind | Party | Place | When | Topic, str]]:
    """Every slot but the status, with its value and the words or the rule behind it."""
    yield Slot.KIND, frame.kind, frame.trigger.token.text
    seen = set()
    for state, _, role in parties(frame):
        party = by_state.get(state)
        if party is not None and state not in seen:
            seen.add(state)
            yield Slot.PARTY, party, role.value
    if frame.place is not None and frame.place.state:
        place = Place(frame.place.name or frame.place.text, frame.place.state)
        yield Slot.PLACE, place, frame.place.text
    for when in frame.when:
        yield Slot.WHEN, when, when.text
    for topic in frame.agenda:
        yield Slot.AGENDA, topic, topic.grade.value

"""What a status is worth on the word of the one who says it.

The labelling rules (docs/evaluation.md): an unnamed person can float, prepare, postpone, cancel
or report as held, but never announces, except flatly with an exact day; a side speaking on
record about its own attendance of somebody else's meeting, or with the host's invitation in
hand, confirms it.
"""

from dataclasses import replace

from summitry.extract._values import ATTENDS, UNNAMED, Governed, Judged
from summitry.lang import Words
from summitry.model import Modality, Source, SourceClass, Status, When

__all__ = ["weighed"]

_UNNAMED = {
    SourceClass.OFFICIAL_UNNAMED,
    SourceClass.DIPLOMATIC_SOURCE,
    SourceClass.OTHER_MEDIA,
    SourceClass.ANALYST,
}
_ON_RECORD = {SourceClass.OFFICIAL_NAMED, SourceClass.SPOKESPERSON}
_EXACT = 7
"""Days an interval may span and still be an exact date: a visit lasts some."""


def _sideless(source: Source) -> bool:
    """Whether a named person speaks for no state: nobody's official can announce."""
    return source.source_class is SourceClass.OFFICIAL_NAMED and source.state is None


def _raised(judged: Judged, why: str) -> Judged:
    """Announced as confirmed."""
    known = dict(judged.figures)
    if known:
        known[Status.CONFIRMED] += known[Status.ANNOUNCED]
        known[Status.ANNOUNCED] = 0.0
    return replace(
        judged, status=Status.CONFIRMED, why=f"{judged.why}; {why}", figures=tuple(known.items())
    )


def _lowered(figures: tuple[tuple[Status, float], ...]) -> tuple[tuple[Status, float], ...]:
    """What spoke for announced speaks for floated."""
    known = dict(figures)
    if known:
        known[Status.FLOATED] += known[Status.ANNOUNCED]
        known[Status.ANNOUNCED] = 0.0
    return tuple(known.items())


def weighed(
    judged: Judged, source: Source | None, when: tuple[When, ...], g: Governed, words: Words
) -> Judged:
    """The status with the speaker's weight: lowered for the unnamed, raised for the host.

    Args:
        judged: The status by the words alone.
        source: Whose word it is; None for the outlet's own.
        when: The dates the sentence gives.
        g: The trigger with the words over it.
        words: The pack of its language.
    """
    if g.hearsay and judged.modality is Modality.CERTAIN:
        judged = _doubted(judged)
    if judged.status is not Status.ANNOUNCED:
        return judged
    if source is not None and (source.source_class in _UNNAMED or _sideless(source)):
        exact = bool(when) and 0 < when[0].days < _EXACT and judged.modality is Modality.CERTAIN
        if exact:
            return judged
        likely = Modality.PROBABLE if judged.modality is Modality.CERTAIN else judged.modality
        return replace(
            judged,
            status=Status.FLOATED,
            modality=likely,
            why=f"{judged.why}; {UNNAMED}",
            figures=_lowered(judged.figures),
        )
    on_record = source is None or source.source_class in _ON_RECORD
    invited = any(f" {p} " in g.clause for p in words["weight.invitation_phrases"])
    if on_record and invited and judged.modality is Modality.CERTAIN:
        return _raised(judged, "at the invitation")
    attends = any(t.lemma in words["weight.attend"] for t in g.chain) or (
        g.trigger.sort in {"summit", "conference"}
    )
    if source is not None and on_record and attends and judged.modality is Modality.CERTAIN:
        return _raised(judged, ATTENDS)
    return judged


def _doubted(judged: Judged) -> Judged:
    """What the outlet only passes on: probable, and not announced by that."""
    ahead = judged.status in {Status.ANNOUNCED, Status.CONFIRMED}
    status = Status.FLOATED if ahead else judged.status
    return replace(judged, status=status, modality=Modality.PROBABLE, why=f"{judged.why}; hearsay")

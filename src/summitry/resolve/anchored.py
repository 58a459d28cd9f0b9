"""Of which mention of today's reading does an older judgement speak?

The id of a mention hangs on what the extractor read, so that a better one gives new ids. A
judgement therefore keeps what each mention was: its report, sort, parties and days. Where an id
is not among today's, the mention of the same report that corresponds best stands for it; where
none does, the judgement says nothing of that report any more.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from summitry.model import Anchor, Judgement, Mention, Verdict
from summitry.resolve._told import Told

__all__ = ["anchored"]

_ALIKE = 0.5
"""Share of the parties that both must have: who met whom is what an editor judged."""


def anchored(judgements: Iterable[Judgement], told: Sequence[Told]) -> tuple[Judgement, ...]:
    """The judgements with each mention as today's readings know it.

    Args:
        judgements: Editors' decisions.
        told: All mentions of today.
    """
    known = {t.mention.id for t in told}
    of: dict[str, list[Mention]] = defaultdict(list)
    for one in told:
        of[one.report.id].append(one.mention)
    return tuple(_today(judgement, known, of) for judgement in judgements)


def _today(judgement: Judgement, known: set[str], of: dict[str, list[Mention]]) -> Judgement:
    if judgement.verdict is Verdict.UNDO or known.issuperset(judgement.mentions):
        return judgement
    anchors = {anchor.mention: anchor for anchor in judgement.anchors}
    mentions = tuple(
        dict.fromkeys(
            m if m in known or m not in anchors else _corresponding(anchors[m], of)
            for m in judgement.mentions
        )
    )
    entered = judgement.entered or judgement.mentions
    return replace(judgement, mentions=mentions, entered=entered)


def _corresponding(anchor: Anchor, of: dict[str, list[Mention]]) -> str:
    """The mention that an anchor holds; the anchor's own where none is like it."""
    scored = [
        (likeness, -place, mention.id)
        for place, mention in enumerate(of.get(anchor.report, ()))
        if (likeness := _likeness(anchor, mention)) > 0
    ]
    return max(scored)[2] if scored else anchor.mention


def _likeness(anchor: Anchor, mention: Mention) -> float:
    """How well a mention corresponds; 0 when it is somebody else's."""
    today = Anchor.of(mention, anchor.report)
    ours, theirs = set(anchor.states), set(today.states)
    shared = len(ours & theirs) / len(ours | theirs) if ours | theirs else 1.0
    if shared < _ALIKE:
        return 0.0
    days = (anchor.start, anchor.end) == (today.start, today.end)
    kind, recalled = anchor.kind is today.kind, anchor.background == today.background
    return 2 * shared + days + 0.5 * kind + 0.5 * recalled

"""What has each side said officially, and who has not spoken yet?"""

from collections.abc import Sequence

from summitry.model import Claim, Official, Polarity, Slot, Status
from summitry.resolve._told import OFFICIAL, Told

__all__ = ["official_words"]


def official_words(group: Sequence[Told], states: Sequence[str]) -> tuple[Official, ...]:
    """The last official word of each side: the newest first, then the silent sides.

    A refusal to confirm is no word. A word is a side's when the speaker is attributed to it,
    or is one of its people in the engagement.

    Args:
        group: The mentions of the engagement.
        states: Its parties, in the order in which silent ones are listed.
    """
    last: dict[str, tuple[tuple[str, str, str], Official]] = {}
    for told in group:
        if told.mention.background and any(not t.mention.background for t in group):
            continue
        for claim in told.mention.claims:
            side = _side(claim, told)
            if side not in states or not isinstance(claim.value, Status):
                continue
            day = told.said(claim)
            key = (day.isoformat(), told.at.isoformat(), claim.id)
            if side not in last or key > last[side][0]:
                dated = told.report.published is not None or claim.said_on is not None
                last[side] = (key, Official(side, claim.value, day if dated else None, claim))
    spoken = [word for _, word in sorted(last.values(), key=lambda v: v[0], reverse=True)]
    silent = [Official(state, None) for state in states if state not in last]
    return (*spoken, *silent)


def _side(claim: Claim, told: Told) -> str:
    """The state for which a claim speaks officially; empty when it does not."""
    speaks = claim.slot is Slot.STATUS and claim.polarity is Polarity.POSITIVE
    if not speaks or claim.source.source_class not in OFFICIAL:
        return ""
    if claim.source.state:
        return claim.source.state
    people = told.mention.parties
    return next((p.state or "" for p in people if p.name and p.name == claim.source.name), "")

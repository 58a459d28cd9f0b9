"""A change in one line, and the key by which a receiver knows it again."""

import json
from collections.abc import Mapping
from datetime import datetime

from summitry.export._entry import slot_words
from summitry.export._json import Json, value_json
from summitry.export._title import titled
from summitry.model import Change, Engagement, Report, Slot, Turn, digest

__all__ = ["change_key", "change_title", "change_value", "changed_at"]


def change_key(change: Change) -> str:
    """Sixteen hex digits of what turned, to what, on whose word: told twice it is the same."""
    value = json.dumps(change_value(change.after, change.slot), sort_keys=True)
    slot = change.slot.value if change.slot else ""
    claims = (claim.id for claim in change.by)
    return digest(change.engagement.id, change.turn.value, slot, value, *claims)


def change_title(change: Change) -> str:
    """What turned, then the engagement with its status: "Moved: Visit: …, 4 Mar → 6 Mar"."""
    head = f"{change.turn.value.capitalize()}: {titled(change.engagement)}"
    a, b, slot = change.before, change.after, change.slot
    if a and b and slot and change.turn is not Turn.UNRESOLVED:
        return f"{head}, {slot_words(a, slot)} → {slot_words(b, slot)}"
    return head


def changed_at(change: Change, reports: Mapping[str, Report], otherwise: datetime) -> datetime:
    """When the word behind a change was published; what has none, or no date, says otherwise."""
    told = [r.published for c in change.by if (r := reports.get(c.mention)) and r.published]
    return max(told, default=otherwise)


def change_value(e: Engagement | None, slot: Slot | None) -> Json:
    """The value of a slot; null when there is none."""
    if e is None or slot is None:
        return None
    attested = {Slot.STATUS: e.status, Slot.WHEN: e.when, Slot.PLACE: e.place}[slot]
    return value_json(attested.value) if attested else None

"""One JSON event a change, for programs that want to be told."""

from collections.abc import Iterator, Mapping, Sequence

from summitry.export._json import Json, entry_json, iso, told_json
from summitry.export._turn import change_key, change_title, change_value, changed_at
from summitry.model import Change, Diary, Report

__all__ = ["changes_events"]


def changes_events(
    after: Diary, changes: Sequence[Change], reports: Mapping[str, Report], base_url: str = ""
) -> Iterator[tuple[str, Json]]:
    """The key by which a receiver knows an event again, and the event.

    Args:
        after: The newer diary.
        changes: As ``desk.changes`` gives them; what reports only recall is passed over.
        reports: By mention.
        base_url: Where the engagements' pages are; ``url`` is null without it.
    """
    for change in changes:
        e = change.engagement
        if e.background:
            continue
        event: dict[str, Json] = {
            "type": f"engagement.{change.turn.value}",
            "id": change_key(change),
            "timestamp": iso(changed_at(change, reports, after.as_of)),
            "title": change_title(change),
            "url": f"{base_url}{e.id}" if base_url else None,
            "engagement": entry_json(e),
            "slot": change.slot.value if change.slot else None,
            "old": change_value(change.before, change.slot),
            "new": change_value(change.after, change.slot),
            "claims": [told_json(claim, reports) for claim in change.by],
        }
        yield change_key(change), event

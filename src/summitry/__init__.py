"""A forward diary of diplomacy that writes itself from the news.

The front door: reports in, a diary out, every field of it resting on claims.

>>> import summitry
>>> report = summitry.Report(
...     outlet="Fjord Wire",
...     published=summitry.instant("2024-02-20"),
...     text="Sweden's foreign minister will visit Poland on 12 March, the ministry said.",
... )
>>> ledger = summitry.MemoryLedger()
>>> summitry.update(ledger, [summitry.read(report)], summitry.now())
1
>>> for engagement in summitry.diary(ledger, as_of=summitry.instant("2024-03-01")):
...     print(*sorted(engagement.states), engagement.when.value.label)
PL SE 2024-03-12
"""

from importlib import import_module
from typing import TYPE_CHECKING

from summitry.errors import SummitryError

if TYPE_CHECKING:
    from summitry.export import diary_json, reading_json, why_text
    from summitry.intake import Intake, now
    from summitry.ledger import Ledger, MemoryLedger, open_ledger
    from summitry.model import Diary, Engagement, Reading, Report
    from summitry.pipeline import ahead, diary, find, page, reports_of, track_records, update
    from summitry.pipeline import extract as read
    from summitry.sources import Problem, instant, reports

__all__ = [
    "Diary",
    "Engagement",
    "Intake",
    "Ledger",
    "MemoryLedger",
    "Problem",
    "Reading",
    "Report",
    "SummitryError",
    "ahead",
    "diary",
    "diary_json",
    "find",
    "instant",
    "now",
    "open_ledger",
    "page",
    "read",
    "reading_json",
    "reports",
    "reports_of",
    "track_records",
    "update",
    "why_text",
]

_ROOMS = {
    "summitry.export": "diary_json reading_json why_text",
    "summitry.intake": "Intake now",
    "summitry.ledger": "Ledger MemoryLedger open_ledger",
    "summitry.model": "Diary Engagement Reading Report",
    "summitry.pipeline": "ahead diary extract find page reports_of track_records update",
    "summitry.sources": "Problem instant reports",
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names.split()}
# ``summitry.extract`` is the room, so that its one act has another name here.
_NAMES = {"read": "extract"}


if not TYPE_CHECKING:  # a checker knows the names from above, and names nothing else

    def __getattr__(name: str) -> object:
        """A name of the front door; its room is loaded when somebody first asks for it."""
        inside = _NAMES.get(name, name)
        if name not in __all__:
            raise AttributeError(f"module 'summitry' has no attribute {name!r}")
        found: object = getattr(import_module(_HOMES[inside]), inside)
        globals()[name] = found
        return found

"""The track record of sources as a table for the eye."""

from collections.abc import Sequence

from summitry.export._words import plain
from summitry.model import TrackRecord

__all__ = ["sources_table"]

_NAME = 34
"""Columns for the name of a source."""
_FOOT = (
    "Outcomes are what this ledger's reports say; plans that nobody spoke of again are not in\n"
    "the share, so that it is too high. F: fewer than 10 plans of known outcome."
)
_HEAD = ("", "", "came true", "of", "share (95 %)", "days before", "no word")


def sources_table(records: Sequence[TrackRecord]) -> str:
    """A line a source under two headings, outlets and classes; F says too few to judge."""
    lines: list[str] = []
    for sort, heading in (("outlet", "Outlets"), ("class", "Classes of sources")):
        rows = [_cells(r) for r in records if r.sort == sort]
        if rows:
            lines += [heading, _line(_HEAD), *map(_line, rows), ""]
    if lines:
        lines += [_FOOT, ""]
    return "\n".join(lines) or "no plan in this ledger has come to its day yet\n"


def _cells(r: TrackRecord) -> tuple[str, ...]:
    share = f"{r.held / r.n:.0%} ({r.low:.0%}-{r.high:.0%})" if r.n else "-"
    days = f"{r.days:g}" if r.days is not None else "-"
    name = plain(r.source).replace("_", " ") or "-"
    return (r.letter, name, str(r.held), str(r.n), share, days, str(r.silent))


def _line(cells: Sequence[str]) -> str:
    letter, name, held, n, share, days, silent = cells
    shown = name if len(name) <= _NAME else name[: _NAME - 1] + "…"
    return (
        f"  {letter:1} {shown:{_NAME}} {held:>9} {n:>4}  {share:15} {days:>11} {silent:>8}"
    ).rstrip()

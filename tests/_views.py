"""Views of all sorts, and a small ledger of past visits to look at through them."""

from datetime import date
from pathlib import Path

from click.testing import CliRunner
from hypothesis import strategies as st

from summitry.cli import cli
from summitry.model import Kind, Status, View

DAYS = st.dates(date(2024, 2, 20), date(2024, 4, 10))
VIEWS = st.builds(
    View,
    who=st.sampled_from([(), ("Anna Berg",), ("NO", "Q1")]),
    states=st.sampled_from([(), ("Norway",), ("SE", "NO"), ("G20",)]),
    kinds=st.sampled_from([(), (Kind.VISIT,), (Kind.CALL, Kind.SUMMIT)]),
    topics=st.sampled_from([(), ("fish",), ("tea", "medtop:20000639"), ("tea",)]),
    status=st.sets(st.sampled_from(list(Status)), max_size=3).map(tuple),
    certainty=st.sampled_from([None, Status.FLOATED, Status.CONFIRMED, Status.HELD]),
    sources=st.integers(0, 2),
    start=st.none() | DAYS,
    words=st.sampled_from([(), ("oslo", "GO"), ("herring",)]),
)


PAST = (
    "date,visitors,hosts,place\n"
    '2024-03-04,Anna Berg (Sweden),Norway,"Oslo, Norway"\n'
    '2024-03-09,Finland,Japan,"Tokyo, Japan"\n'
)


def imported(folder: Path) -> str:
    """The ledger that holds them."""
    table, where = folder / "past.csv", str(folder / "s.db")
    table.write_text(PAST, "utf-8")
    assert CliRunner().invoke(cli, ["import", str(table), "--ledger", where]).exit_code == 0
    return where

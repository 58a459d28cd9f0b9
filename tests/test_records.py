"""Tables of past engagements: rows to held mentions, bad rows named, twice is once."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import summitry
from summitry.cli import cli
from summitry.gazetteer import code
from summitry.model import Kind, Part, Reading, Record, SourceClass, Status
from summitry.pipeline import recorded
from summitry.sources import Problem, records

CSV = """id,start,end,kind,visitors,hosts,place,note,source
a1,2019-05-06,2019-05-07,visit,Prime Minister Jane Doe (Norway),Sweden,"Stockholm, Sweden",,Desk
a2,2019-05-09,,call,Norway,South Korea,,,
"""
TRAVEL = {
    "id": "trip-1",
    "kind": "travel",
    "role": "secretary",
    "person": "Antony J. Blinken",
    "start": "2022-03-04",
    "end": "2022-03-05",
    "country": "Korea, South",
    "locale": "Seoul",
    "remarks": "Own words.",
}
VISIT = {
    "id": "visit-1",
    "kind": "visit_to_us",
    "start": "2022-05-31",
    "end": "2022-05-31",
    "visitor": "Prime Minister Jacinda Ardern",
    "from": [{"id": "new-zealand", "name": "New Zealand"}],
    "description": "Own words.",
}


def read(path: Path, text: str) -> list[Record | Problem]:
    path.write_text(text, "utf-8")
    return list(records(path))


def rows(path: Path, text: str) -> list[Record]:
    found = read(path, text)
    assert not [str(p) for p in found if isinstance(p, Problem)]
    return [r for r in found if isinstance(r, Record)]


def test_a_row_of_csv_is_a_held_engagement(tmp_path: Path) -> None:
    first, second = (recorded(r) for r in rows(tmp_path / "t.csv", CSV))
    (mention,) = first.mentions
    assert (mention.kind, mention.status, mention.background) == (Kind.VISIT, Status.HELD, False)
    guest, host = mention.parties
    assert (guest.name, guest.state, guest.role, guest.part) == (
        "Jane Doe",
        "NO",
        "Prime Minister",
        Part.VISITOR,
    )
    assert (host.name, host.state, host.part) == (None, "SE", Part.HOST)
    assert mention.when
    assert (mention.when.start, mention.when.end) == (date(2019, 5, 6), date(2019, 5, 8))
    assert mention.place
    assert (mention.place.name, mention.place.state) == ("Stockholm", "SE")
    assert first.report.outlet == "Desk"
    assert first.report.ref == "a1"
    assert first.report.published == summitry.instant("2019-05-08")
    assert {c.source.source_class for c in mention.claims} == {SourceClass.OUTLET}
    assert [p.state for p in second.mentions[0].parties] == ["NO", "KR"]
    assert second.mentions[0].when
    assert second.mentions[0].when.days == 1


def test_every_claim_quotes_its_field(tmp_path: Path) -> None:
    for record in rows(tmp_path / "t.csv", CSV):
        reading = recorded(record)
        for mention in reading.mentions:
            for claim in mention.claims:
                s = claim.sentence
                assert reading.report.text[s.start : s.end] == s.text
                assert s.text


def test_the_historians_record_is_an_official_source(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(row) for row in (TRAVEL, VISIT))
    out, back = (recorded(r) for r in rows(tmp_path / "t.jsonl", lines))
    (trip,), (visit,) = out.mentions, back.mentions
    assert [(p.state, p.part) for p in trip.parties] == [("US", Part.VISITOR), ("KR", Part.HOST)]
    assert trip.parties[0].wikidata
    assert [(p.state, p.part) for p in visit.parties] == [("NZ", Part.VISITOR), ("US", Part.HOST)]
    assert visit.parties[0].name == "Jacinda Ardern"
    assert trip.place
    assert (trip.place.name, trip.place.state) == ("Seoul", "KR")
    assert {c.source.source_class for c in trip.claims} == {SourceClass.OFFICIAL_NAMED}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("x,2019-13-01,,visit,Norway,Sweden", "no date"),
        ("x,,,visit,Norway,Sweden", "no date"),
        ("x,2019-05-06,2019-05-01,visit,Norway,Sweden", "before its start"),
        ("x,2019-05-06,,picnic,Norway,Sweden", "unknown kind"),
        ("x,2019-05-06,,visit,,", "nobody took part"),
        ("x,2019-05-06,,visit,Norway,Sweden,more,and more", "8 cells under 6 columns"),
        ("x,9999-12-31,,visit,Norway,Sweden", "outside the calendar"),
    ],
)
def test_a_bad_row_is_named_and_the_next_one_read(tmp_path: Path, row: str, said: str) -> None:
    head = "id,start,end,kind,visitors,hosts"
    good = "y,2019-05-06,,visit,Norway,Sweden"
    problem, record = read(tmp_path / "t.csv", f"{head}\n{row}\n{good}\n")
    assert isinstance(problem, Problem)
    assert said in str(problem)
    assert str(problem).startswith(f"{tmp_path}/t.csv:2: ")
    assert isinstance(record, Record)


@pytest.mark.parametrize("text", ["", "\n\n", "name,place\na,b\n", "[1]\n", "{\n", "start\n"])
def test_what_is_no_table_is_one_problem(tmp_path: Path, text: str) -> None:
    found = read(tmp_path / "t.csv", text)
    assert found
    assert all(isinstance(p, Problem) for p in found)


def test_packed_missing_and_folder(tmp_path: Path) -> None:
    packed = tmp_path / "t.csv.gz"
    packed.write_bytes(gzip.compress(CSV.encode()))
    assert len(list(records(packed))) == 2
    assert isinstance(next(records(tmp_path / "none.csv")), Problem)
    assert isinstance(next(records(tmp_path)), Problem)


NAMES = ["start", "date", "end", "kind", "visitors", "hosts", "parties", "persons", "place"]


@given(st.lists(st.lists(st.text(max_size=12), max_size=9), max_size=4))
def test_whatever_a_table_holds_it_ends_in_records_and_problems(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("t") / "t.csv"
    text = ",".join(NAMES) + "\n" + "\n".join(",".join(row) for row in table)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    for found in records(path):
        assert isinstance(found, Problem) or isinstance(recorded(found), Reading)


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SUMMITRY_LEDGER", raising=False)
    return CliRunner()


def test_import_twice_is_once(runner: CliRunner) -> None:
    Path("t.csv").write_text(CSV + "z,never,,visit,Norway,Sweden,,,\n", "utf-8")
    first = runner.invoke(cli, ["import", "t.csv"])
    assert (first.exit_code, "2 new records in summitry.db" in first.stderr) == (1, True)
    assert "t.csv:4: 'never' is no date" in first.stderr
    second = runner.invoke(cli, ["import", "t.csv"])
    assert "0 new records" in second.stderr
    shown = runner.invoke(cli, ["diary", "--as-of", "2019-05-20", "--format", "json"])
    held = json.loads(shown.stdout)["engagements"]
    assert [(e["status"], e["background"], e["chance"]) for e in held] == [
        ("held", False, None)
    ] * 2
    before = runner.invoke(cli, ["diary", "--as-of", "2019-05-07", "--format", "json"])
    assert json.loads(before.stdout)["engagements"] == []


def test_a_changed_row_takes_the_place_of_the_old(runner: CliRunner) -> None:
    for text in (CSV, CSV.replace("2019-05-07", "2019-05-08")):
        Path("t.csv").write_text(text, "utf-8")
        runner.invoke(cli, ["import", "t.csv"])
    shown = runner.invoke(cli, ["diary", "--as-of", "2019-05-20", "--format", "json"])
    assert [e["when"]["end"] for e in json.loads(shown.stdout)["engagements"]] == [
        "2019-05-09",
        "2019-05-10",
    ]


@pytest.mark.parametrize(
    ("name", "iso"),
    [
        ("Korea, South", "KR"),
        ("Germany, Federal Republic of", "DE"),
        ("U.S.S.R.", "SU"),
        ("Yugoslavia (Kosovo)", "YU"),
        ("Burma (Myanmar)", "MM"),
        ("Vatican City", "VA"),
        ("no", "NO"),
        ("African Union", "African Union"),
    ],
)
def test_states_as_tables_print_them(name: str, iso: str) -> None:
    assert code(name) == iso


def test_the_whole_public_record_is_read() -> None:
    folder = Path(__file__).parents[2] / "shared" / "data" / "truth"
    if not folder.is_dir():
        pytest.skip("the public record is not beside this checkout")
    found = [r for name in ("travels", "visits") for r in records(folder / f"{name}.jsonl")]
    assert len(found) == 7535
    assert not [str(p) for p in found if isinstance(p, Problem)]
    named = {s.state for r in found if isinstance(r, Record) for s in r.sides}
    assert sorted(n for n in named if len(code(n)) > 2) == ["Antarctica", "Hawaii"]

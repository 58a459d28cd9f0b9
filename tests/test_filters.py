"""The filters of an address are those of the command line: same names, same meaning."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from inspect import Parameter, signature

import pytest
from _views import DAYS, VIEWS, imported
from click.testing import CliRunner
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.cli import cli
from summitry.model import Kind, Status, View
from summitry.web import app
from summitry.web._asked import question
from summitry.web._filters import given as given_words
from summitry.web._filters import view


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    return imported(tmp_path_factory.mktemp("filters"))


@settings(deadline=None)
@given(VIEWS, DAYS, st.integers(1, 40), st.booleans(), st.sampled_from(["", "grain-deal"]))
def test_an_address_says_a_view_and_means_it_again(
    asked: View, start: date, span: int, leaders: bool, track: str
) -> None:
    end = start + timedelta(days=span)
    kinds = tuple(kind for kind in Kind if kind in asked.kinds)
    status = tuple(status for status in Status if status in asked.status)
    whole = replace(asked, start=start, end=end, leaders=leaders, track=track)
    whole = replace(whole, kinds=kinds, status=status)
    said = given_words(whole)
    assert view({name: (said[name],) if name in said else () for name in NAMES}) == whole
    assert set(said) <= set(NAMES)


NAMES = [*("who", "state", "kind", "topic", "status", "certainty", "sources"), "from", "to"]
NAMES += ["leaders", "track", "words"]


def test_an_address_has_the_names_of_the_options() -> None:
    options = {name for option in cli.commands["diary"].params for name in option.opts}
    assert {f"--{name}" for name in NAMES} <= options
    address = {name for p in signature(question).parameters.values() for name in _names(p)}
    assert set(NAMES) <= address


def _names(parameter: Parameter) -> Iterator[str]:
    yield next((m.alias for m in parameter.annotation.__metadata__ if m.alias), parameter.name)


@pytest.mark.parametrize(
    ("words", "address", "found"),
    [
        ("--state Norway", "state=Norway", 1),
        ("--state SE --state Japan", "state=SE,Japan", 0),
        ("--state SE --state Norway", "state=SE&state=Norway", 1),
        ("--kind call --kind visit", "kind=call,visit", 2),
        ("--from 2024-03-05", "from=5+Mar+2024", 1),
        ("--to 2024-03-05", "to=2024-03-05", 1),
        ("--status held --status floated", "status=held&status=floated", 2),
        ("--words oslo", "words=oslo", 1),
        ("--leaders", "leaders=yes", 0),
        ("--certainty held --sources 1", "certainty=held&sources=1", 2),
    ],
)
def test_the_page_and_the_command_show_the_same(
    ledger: str, words: str, address: str, found: int
) -> None:
    common = ["--ledger", ledger, "--as-of", "2024-03-20", *words.split()]
    rows = CliRunner().invoke(cli, ["export", "jsonl", *common]).stdout.splitlines()
    page = (
        TestClient(app(ledger)).get(f"/diary.jsonl?as_of=2024-03-20&{address}").text.splitlines()
    )
    assert len(rows) == found
    assert page == rows


def test_a_filter_without_meaning_is_named(ledger: str) -> None:
    client = TestClient(app(ledger))
    for word in (
        "kind=visit,tea",
        "status=held&status=maybe",
        "certainty=denied",
        "leaders=maybe",
    ):
        answer = client.get(f"/api/v1/diary?{word}")
        assert answer.status_code == 422
        assert answer.json()["error"].startswith(f"{word.partition('=')[0]}: ")
    late = client.get("/api/v1/diary?from=2024-03-05&to=2024-03-05")
    assert "the end is exclusive" in late.json()["error"]


def test_the_form_shows_what_is_asked_and_asks_it_again(ledger: str) -> None:
    page = (
        TestClient(app(ledger))
        .get(
            "/?as_of=2024-03-20&state=SE,NO&kind=call,visit&leaders=yes&from=2024-03-01&words=a+b"
        )
        .text
    )
    assert 'name="state" value="SE, NO"' in page
    assert '<option value="visit,call" selected>visit, call</option>' in page
    assert '<option value="yes" selected>' in page
    assert 'name="from" value="2024-03-01"' in page
    assert 'name="words" value="a b"' in page
    assert "SE, NO · visit, call · from 2024-03-01 · leaders · a b" in page

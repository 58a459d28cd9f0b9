"""The forward planner's interface: its contract as a newsroom system uses it."""

from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
from _diary import SMALL
from click.testing import CliRunner
from fastapi.testclient import TestClient

from summitry.cli import cli
from summitry.export import planner_items
from summitry.web import planner

PAST = 'date,visitors,hosts,place\n2024-03-04,Anna Berg (Sweden),Norway,"Oslo, Norway"\n'
FORM = {"username": "desk", "password": "pass"}


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    (tmp_path / "past.csv").write_text(PAST, "utf-8")
    where = str(tmp_path / "s.db")
    taken = CliRunner().invoke(cli, ["import", str(tmp_path / "past.csv"), "--ledger", where])
    assert taken.exit_code == 0
    return TestClient(planner(where, "desk", "pass"))


def bearer(client: TestClient) -> dict[str, str]:
    answer = client.post("/api/v2/auth", data=FORM)
    assert set(answer.json()) == {"token", "refreshToken", "productId"}
    return {"Authorization": f"Bearer {answer.json()['token']}"}


def test_items_are_in_the_form_that_the_parser_reads() -> None:
    found: list[Any] = list(planner_items(SMALL))
    sure = {"announced", "confirmed", "held", "postponed", "cancelled"}
    shown = [e for e in SMALL if str(e.status.value.value) in sure and e.when and not e.background]
    assert len(found) == len(shown) == len({i["itemId"] for i in found})
    for item, e in zip(found, shown, strict=True):
        assert 10**15 <= item["itemId"] < 2**53
        for name in ("startDate", "endDate", "createdDate", "lastEditDate", "lastEditDateUtc"):
            assert datetime.fromisoformat(item[name].split(".")[0]).tzinfo is None
        assert (item["time"] is None) == (item["timezone"] is None)
        if item["time"]:
            assert time.fromisoformat(item["time"]) == time(14, 30)
        assert item["pressContacts"] == []
        assert item["summary"]
        assert "independent source" in item["description"]
        status = str(e.status.value.value)
        assert item["isProvisional"] == (status not in {"confirmed", "held"})
        assert item["deleted"] == (status == "cancelled")


def test_events_are_given_to_who_has_a_token(client: TestClient) -> None:
    known = bearer(client)
    day = client.get("/api/v2/events/date?date=20240304&limit=2000", headers=known).json()
    assert [i["startDate"] for i in day] == ["2024-03-04T00:00:00"]
    assert client.get("/api/v2/events/date?date=20240305", headers=known).json() == []
    since = "/api/v2/events/latest?date=20240301&time=0000&limit=2000"
    assert client.get(f"{since}&offset=0", headers=known).json() == day
    assert client.get(f"{since}&offset=1", headers=known).json() == []
    later = "/api/v2/events/latest?date=20240401&time=0930"
    assert client.get(later, headers=known).json() == []
    assert client.get("/api/v2/events/date?date=tea", headers=known).status_code == 422


def test_a_token_is_renewed_by_the_other_one_alone(client: TestClient) -> None:
    got = client.post("/api/v2/auth", data=FORM).json()
    renewed = client.post("/api/v2/auth/renew", data={"refreshToken": got["refreshToken"]})
    assert renewed.status_code == 200
    wrong = client.post("/api/v2/auth/renew", data={"refreshToken": got["token"]})
    assert wrong.status_code == 401
    asked = {"Authorization": f"Bearer {got['refreshToken']}"}
    assert client.get("/api/v2/events/date?date=20240304", headers=asked).status_code == 401


@pytest.mark.parametrize(
    "form",
    [{}, {"username": "desk"}, FORM | {"password": "x"}, FORM | {"username": "x" * 9000}],
)
def test_nobody_else_is_let_in(client: TestClient, form: dict[str, str]) -> None:
    assert client.post("/api/v2/auth", data=form).status_code == 401


@pytest.mark.parametrize("word", ["", "Bearer", "Bearer 9999999999.ab", "Bearer ½.x", "Basic x"])
def test_a_token_of_one_s_own_is_none(client: TestClient, word: str) -> None:
    headers = {b"Authorization": word.encode()}
    asked = client.get("/api/v2/events/latest?date=20240101", headers=headers)
    assert asked.status_code == 401


def test_without_a_password_there_is_no_planner(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="password"):
        planner(str(tmp_path / "s.db"), "desk", "")
    found = CliRunner().invoke(cli, ["serve-planner"], env={"SUMMITRY_PLANNER_PASSWORD": ""})
    assert (found.exit_code, "SUMMITRY_PLANNER_PASSWORD" in found.stderr) == (2, True)

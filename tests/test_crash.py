"""The campaign of kills, cut down to seconds (tools/crash_campaign.py)."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TOP = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    """What came of all series, run in one process: the models are loaded once."""
    command = [sys.executable, str(TOP / "tools" / "crash_campaign.py"), "--json"]
    command += ["--kills", "2", "--seed", "7"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=500)
    assert done.stdout, done.stderr
    return {"code": done.returncode, **json.loads(done.stdout)}


@pytest.mark.parametrize("what", ["read", "watch", "backfill", "judge", "desk", "migrate"])
def test_a_kill_loses_nothing_and_repeats_nothing(found: dict[str, Any], what: str) -> None:
    assert [line for line in found["wrong"] if line.startswith(what)] == []
    assert found["figures"][what]["series"] >= 1


def test_the_campaign_says_that_nothing_went_wrong(found: dict[str, Any]) -> None:
    assert (found["code"], found["wrong"]) == (0, [])

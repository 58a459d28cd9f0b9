"""The campaign of kills, cut down to seconds (tools/crash_campaign.py)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]


@pytest.mark.parametrize("what", ["read", "judge", "desk", "migrate"])
def test_a_kill_loses_nothing_and_repeats_nothing(what: str) -> None:
    command = [sys.executable, str(TOP / "tools" / "crash_campaign.py"), "--json"]
    command += ["--kills", "2", "--only", what, "--seed", "7"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=400)
    assert done.stdout, done.stderr
    found = json.loads(done.stdout)
    assert found["wrong"] == []
    assert found["figures"][what]["series"] >= 1
    assert done.returncode == 0

"""The campaign of faults, kills and restarts, cut down to seconds (tools/watch_campaign.py)."""

import json
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).parents[1]


def test_every_item_is_read_exactly_once_whatever_happens() -> None:
    command = [sys.executable, str(TOP / "tools" / "watch_campaign.py"), "--json"]
    command += ["--minutes", "0.3", "--feeds", "6", "--kills", "2", "--gap", "0.5"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    assert done.stdout, done.stderr
    found = json.loads(done.stdout)
    assert done.returncode == 0, found
    assert found["in_the_ledger"] == found["published"] >= 10
    assert (found["lost"], found["twice"], found["last_exit"]) == ([], 0, 0)
    assert sum(found["restarts"].values()) == 2
    assert found["faults"]

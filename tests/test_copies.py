"""Copies of real texts against the others of the same days, on groups held back from tuning."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
COPIES = TOP.parent / "shared" / "data" / "copies"


@pytest.mark.skipif(not COPIES.is_dir(), reason="the shared texts are not here")
def test_pairs_of_copies_are_found_and_no_others() -> None:
    done = subprocess.run(
        [sys.executable, str(TOP / "tools" / "score_copies.py"), str(COPIES), "--part", "held"],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(TOP / "src"), "PATH": ""},
    )
    scores = [float(f1) for f1 in re.findall(r"F1 (\d\.\d+)", done.stdout)]
    assert len(scores) == 4, done.stdout
    assert min(scores) >= 0.95, done.stdout

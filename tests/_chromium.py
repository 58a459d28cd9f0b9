"""Where is a Chromium for the tests of the page? The system's own, or Playwright's."""

import os
import shutil
from pathlib import Path

__all__ = ["CHROMIUM"]

_NAMES = ("chromium", "chromium-browser", "google-chrome")


def _found() -> str:
    """The path of a browser; empty where there is none."""
    system = [path for name in _NAMES if (path := shutil.which(name))]
    own = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright")
    return str(next(iter([*system, *sorted(own.glob("chromium-*/chrome-*/chrome"))]), ""))


CHROMIUM = _found()

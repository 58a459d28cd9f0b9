"""Makes the pictures in the documents, from the running page and the example story.

    screenshots.py [--out docs/pictures] [--browser chromium]

The story is read into a ledger that goes with the process and served as ``summitry demo
--serve`` does. Each picture is of one page, in light or dark, at the width of a desk or a phone.
"""

import argparse
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from json import loads
from pathlib import Path

TOP = Path(__file__).parents[1]
DAY = "2024-02-07"
"""A day of the story on which a plan stands announced."""
PICTURES = {
    "agenda": ("/?as_of={day}", 1200, 900, "light"),
    "engagement": ("/e/{id}?as_of={day}", 1200, 1500, "light"),
    "timeline": ("/timeline?as_of={day}", 1200, 480, "dark"),
    "phone": ("/e/{id}?as_of={day}", 500, 1100, "light"),
}
"""By the name of the file: the page, width and height, and whether it is light or dark."""


@contextmanager
def served(port: int) -> Iterator[None]:
    """The example story on a port."""
    command = [sys.executable, "-m", "summitry", "demo", "--serve", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(600):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield
        finally:
            server.terminate()


def fullest(port: int) -> str:
    """The id of the engagement with most reports."""
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", f"/api/v1/diary?as_of={DAY}")
    found = loads(connection.getresponse().read())["engagements"]
    return str(max(found, key=lambda e: (len(e["mentions"]), e["id"]))["id"])


def main() -> int:
    form = argparse.RawDescriptionHelpFormatter
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    ap.add_argument("--out", type=Path, default=TOP / "docs" / "pictures")
    ap.add_argument("--browser", default="chromium")
    a = ap.parse_args()
    if not shutil.which(a.browser):
        print(f"no {a.browser} here: name another with --browser", file=sys.stderr)
        return 1
    a.out.mkdir(parents=True, exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    with served(port), tempfile.TemporaryDirectory() as profile:
        one = fullest(port)
        for name, (page, width, height, theme) in PICTURES.items():
            url = f"http://127.0.0.1:{port}{page.format(day=DAY, id=one)}"
            dark = ["--blink-settings=preferredColorScheme=0"] if theme == "dark" else []
            command = [
                *(a.browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
                *(f"--user-data-dir={profile}", f"--window-size={width},{height}", *dark),
                *(f"--screenshot={(a.out / f'{name}.png').resolve()}", url),
            ]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            print(a.out / f"{name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())

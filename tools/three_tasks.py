"""Does a new user get there? Three tasks in a browser, by clicking only what is seen.

    three_tasks.py [--ledger FILE --as-of DAY] [--out FOLDER]

Serves a ledger, or else the example story, opens ``/`` in Debian's Chromium without scripts,
and does what the three questions of docs/page.md ask: each step finds what it clicks by its
visible words. Prints clicks, typed fields and seconds for each task, with the answer that stands
on the page in the end; takes a picture after each step. Exits 1 when a task takes more than five
clicks.
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
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, sync_playwright

STORY = "2024-02-07"
MOST = 5
"""Clicks; a choice from a list is one, Enter after typing is none."""


class Walk:
    """One task on its way: what was done and how long it took."""

    def __init__(self, page: Page, name: str, out: Path) -> None:
        self.page, self.name, self.out = page, name, out
        self.clicks, self.typed, self.seconds = 0, 0, 0.0
        self.way: list[str] = []
        self.day = ""

    def start(self, base: str, day: str) -> None:
        """The page as it opens, on the day of which the ledger tells."""
        self.day = day
        self.page.goto(base)
        self.page.get_by_label("As of").fill(day)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**as_of=**")
        self._seen("start")

    def click(self, words: str, role: str = "link") -> None:
        """Click the first thing in sight that says so."""
        found = self.page.get_by_role(role, name=words)  # type: ignore[arg-type]
        self._do(words, found.filter(visible=True).first.click)

    def open(self, words: str) -> None:
        """Unfold what says so."""
        found = self.page.locator("summary").filter(has_text=words)
        self._do(words, found.first.click)

    def enter(self, label: str, text: str) -> None:
        """Type into a field, and press Enter."""
        self.fill(label, text)
        self._do("Enter", lambda: self.page.keyboard.press("Enter"))
        self.clicks -= 1

    def fill(self, label: str, text: str) -> None:
        """Type into a field."""
        self.typed += 1
        self.way.append(f"type {text}")
        self.page.get_by_label(label).first.fill(text)

    def choose(self, label: str, value: str) -> None:
        """Choose from a list, which counts as one click."""
        self.clicks += 1
        self.way.append(f"choose {value}")
        self.page.get_by_label(label).first.select_option(value)

    def first_entry(self) -> None:
        """Open the first engagement in sight."""
        found = self.page.locator("main li:not(.due) h3 a.who").first
        self._do("the first entry", found.click)

    def _do(self, what: str, act: object) -> None:
        began = time.monotonic()
        assert callable(act)
        act()
        self.page.wait_for_load_state()
        self.seconds += time.monotonic() - began
        self.clicks += 1
        self.way.append(what)
        self._seen(str(self.clicks))

    def _seen(self, step: str) -> None:
        self.page.screenshot(path=self.out / f"{self.name}-{step}.png")

    def done(self, answer: str) -> bool:
        """Say how it went."""
        short = " ".join(answer.split())[:300]
        print(f"{self.name}: {self.clicks} clicks, {self.typed} typed, {self.seconds:.1f} s")
        print(f"  {' > '.join(self.way)}")
        print(f"  {short}")
        return self.clicks <= MOST and bool(short)


def next_meeting(walk: Walk) -> str:
    """What is Russia's and Turkey's leaders' next planned meeting, and who says so?"""
    walk.open("Filter")
    walk.enter("State, group", "Russia, Turkey")
    walk.first_entry()
    page = walk.page
    fields = page.locator("h1, .fields blockquote, main blockquote, main q, mark")
    return " / ".join(fields.all_inner_texts()[:3])


def since_yesterday(walk: Walk) -> str:
    """What changed since yesterday?"""
    walk.click("Changes")
    return walk.page.locator("main").inner_text()


def subscribed(walk: Walk) -> str:
    """Subscribe my calendar to all visits of G20 leaders that are at least announced."""
    walk.open("Filter")
    page = walk.page
    for label, value in (("Kind", "visit"), ("At least", "announced"), ("Level", "leaders")):
        walk.choose(label, value)
    walk.enter("State, group", "G20")
    link = page.get_by_role("link", name="Subscribe in a calendar").filter(visible=True).first
    address = str(link.get_attribute("href"))
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    wanted = {"kind": "visit", "certainty": "announced", "leaders": "yes", "state": "G20"}
    assert address.startswith("webcal://"), address
    assert asked == wanted, asked
    walk.clicks += 1  # the browser hands it to a calendar, which is not here
    walk.way.append("Subscribe in a calendar")
    here = f"{address.replace('webcal://', 'http://')}&as_of={walk.day}"
    events = page.request.get(here).text().count("BEGIN:VEVENT")
    return f"{address} gives {events} events on that day"


@contextmanager
def served(ledger: str) -> Iterator[str]:
    """The address of a ledger's page, or of the story's."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    words = ["serve", "--ledger", ledger, "--port", str(port)]
    command = words if ledger else ["demo", "--serve", str(port)]
    with subprocess.Popen(
        [sys.executable, "-m", "summitry", *command], stderr=subprocess.DEVNULL
    ) as server:
        try:
            for _ in range(1200):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def main() -> int:
    form = argparse.RawDescriptionHelpFormatter
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    ap.add_argument("--ledger", default="")
    ap.add_argument("--as-of", default=STORY)
    ap.add_argument("--out", type=Path)
    a = ap.parse_args()
    good = True
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        out = a.out or Path(folder)
        out.mkdir(parents=True, exist_ok=True)
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        with served(a.ledger) as base:
            for task in (next_meeting, since_yesterday, subscribed):
                context = browser.new_context(java_script_enabled=False)
                page = context.new_page()
                page.set_default_timeout(60_000)
                walk = Walk(page, task.__name__, out)
                walk.start(base, a.as_of)
                print(task.__doc__)
                good = walk.done(task(walk)) and good
                context.close()
        browser.close()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

"""Do pages fail, or judgements get lost, when many read and write at once?

    python tools/load_review.py [--claims 20000] [--clients 50] [--writers 10] [--seconds 300]

Makes a ledger of told stories (``bench_ledger``), serves it as `summitry serve --write` does, and
lets clients ask for one page a second each: the agenda, an engagement, the interface, the review
desk. Some are editors, who enter a judgement with every third request; meanwhile reports keep
coming in. In the end every judgement that was acknowledged has to be in the ledger, as often as
it was acknowledged, and no answer may be an error; that an engagement is no longer found which
an editor has hidden meanwhile is none. Prints one table; exits 1 if either fails.
"""

import argparse
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from itertools import islice
from pathlib import Path

import httpx2
from bench_ledger import A_YEAR, FIRST, stories

import summitry
from summitry.judging import judgements
from summitry.model import Judgement, Verdict

TOKEN = "the token of a load test"
FORM = re.compile(r'<form method="post" action="/review/judge"[^>]*>(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


class Told:
    """What the clients saw."""

    def __init__(self, as_of: str) -> None:
        self.as_of = as_of
        self.lock = threading.Lock()
        self.times: dict[str, list[float]] = defaultdict(list)
        self.errors: list[str] = []
        self.acknowledged: list[str] = []
        self.warned = 0

    def ask(self, client: httpx2.Client, what: str, path: str, **form: str) -> httpx2.Response:
        """One question or form; an answer that is none is noted as an error."""
        began = time.perf_counter()
        try:
            answer = client.post(path, data=form) if form else client.get(path)
        except httpx2.HTTPError as error:
            answer = httpx2.Response(599, text=repr(error))
        with self.lock:
            self.times[what].append(time.perf_counter() - began)
            if answer.status_code not in {200, 303}:
                self.errors.append(f"{what} {path}: {answer.status_code} {answer.text[:200]}")
        return answer


def main() -> int:
    """Load a page of a fresh ledger; prints what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--claims", type=int, default=20_000)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--writers", type=int, default=10, help="of the clients")
    parser.add_argument("--seconds", type=float, default=300)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = str(Path(folder) / "book.db")
        told = list(stories(given.claims))
        late = max(1, len(told) // 20)
        with summitry.open_ledger(where) as ledger:
            summitry.update(ledger, told[late:], summitry.now())
            summitry.page(ledger, summitry.instant(middle(given.claims)))
        seen, stop = Told(middle(given.claims)), threading.Event()
        with served(where) as url:
            feeder = threading.Thread(target=feed, args=(where, told[:late], stop))
            load(given, url, seen, feeder)
            stop.set()
            feeder.join()
        return report(given, where, seen)


def middle(claims: int) -> str:
    """A day in the middle of what the stories tell."""
    return (FIRST + timedelta(days=90 + round(claims / A_YEAR * 365 / 2))).isoformat()


def load(given: argparse.Namespace, url: str, seen: Told, feeder: threading.Thread) -> None:
    """Run all clients for the time given."""
    ends = time.monotonic() + given.seconds
    threads = [feeder]
    for number in range(given.clients):
        writes = number < given.writers
        threads.append(threading.Thread(target=visit, args=(url, number, writes, ends, seen)))
    for thread in threads:
        thread.start()
    for thread in threads[1:]:
        thread.join()


def visit(url: str, number: int, writes: bool, ends: float, seen: Told) -> None:
    """One client: a question a second, and a judgement with every third where it is an editor."""
    dice = random.Random(number)
    with httpx2.Client(base_url=url, timeout=120) as client:
        if writes:
            seen.ask(client, "login", "/login", name=f"Editor {number}", token=TOKEN)
        idents: list[str] = []
        time.sleep(dice.random())
        while time.monotonic() < ends:
            began = time.monotonic()
            if writes and dice.random() < 0.33:
                decide(client, dice, seen)
            else:
                idents = look(client, dice, idents, seen)
            time.sleep(max(0.0, 1 - (time.monotonic() - began)))


def look(client: httpx2.Client, dice: random.Random, idents: list[str], seen: Told) -> list[str]:
    """Read something; returns ids of engagements that were on the agenda."""
    choice = dice.random()
    if choice < 0.4 or not idents:
        page = seen.ask(client, "agenda", f"/?as_of={seen.as_of}")
        return re.findall(r'href="/e/([0-9a-z]+)', page.text) or idents
    if choice < 0.8:
        seen.ask(client, "engagement", f"/e/{dice.choice(idents)}?as_of={seen.as_of}")
    else:
        seen.ask(client, "interface", f"/api/v1/diary?as_of={seen.as_of}")
    return idents


def decide(client: httpx2.Client, dice: random.Random, seen: Told) -> None:
    """Draw the queue, and decide about one of its items."""
    page = seen.ask(client, "queue", f"/review?as_of={seen.as_of}")
    forms = [dict(HIDDEN.findall(inner)) for inner in FORM.findall(page.text)]
    if not forms:
        return
    fields = {name: unescape(value) for name, value in dice.choice(forms).items()}
    wishes = ["approve", "hide", "field", *(["same", "apart"] if "one" in fields else [])]
    fields |= {"verdict": dice.choice(wishes), "slot": "status", "value": "postponed"}
    answer = seen.ask(client, "judgement", "/review/judge", **fields)
    location = answer.headers.get("location", "")
    with seen.lock:
        seen.acknowledged += re.findall(r"[?&]done=([0-9a-f]+)", location)
        seen.warned += "theirs=" in location


def feed(where: str, told: list[summitry.Reading], stop: threading.Event) -> None:
    """Reports that come in while the clients ask."""
    rest = iter(told)
    with summitry.open_ledger(where) as ledger:
        while not stop.wait(1):
            summitry.update(ledger, islice(rest, 2), summitry.now())


class served:  # noqa: N801
    """The page in a process of its own, as a person starts it."""

    def __init__(self, where: str) -> None:
        self._where = where

    def __enter__(self) -> str:
        """The page's address, once it answers."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        words = ["serve", "--ledger", self._where, "--port", str(port), "--write", "--rate", "0"]
        env = {**os.environ, "SUMMITRY_EDIT_TOKEN": TOKEN, "SUMMITRY_TOKEN": ""}
        self._process = subprocess.Popen([sys.executable, "-m", "summitry", *words], env=env)
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return f"http://127.0.0.1:{port}"
            time.sleep(0.1)
        raise SystemExit("the page does not answer")

    def __exit__(self, *exc: object) -> None:
        """Stop it."""
        self._process.terminate()
        self._process.wait()


def report(given: argparse.Namespace, where: str, seen: Told) -> int:
    """Print what came of it; returns the exit code."""
    with summitry.open_ledger(where) as ledger:
        said = list(judgements(ledger))
    kept = [j.id for j in said]
    hidden = _hiding(said)
    errors = [e for e in seen.errors if not _hidden(e, hidden)]
    lost = set(seen.acknowledged) - set(kept)
    twice = len(seen.acknowledged) - len(set(seen.acknowledged))
    print(f"{given.claims} claims, {given.clients} clients, {given.seconds:.0f} s")
    print(f"{'':12}{'asked':>8}{'median':>10}{'95 %':>10}{'longest':>10}")
    for what, times in sorted(seen.times.items()):
        print(f"{what:12}{len(times):8}{_ms(times, 0.5)}{_ms(times, 0.95)}{_ms(times, 1)}")
    print(f"judgements: {len(seen.acknowledged)} acknowledged, {len(kept)} in the ledger,")
    print(f"  {len(lost)} lost, {twice} acknowledged twice; {seen.warned} warned of another's")
    gone = len(seen.errors) - len(errors)
    print(f"errors: {len(errors)}; {gone} asked for what an editor had hidden meanwhile")
    for line in _few(errors):
        print(f"  {line}")
    return 1 if lost or twice or errors or not seen.acknowledged else 0


def _hiding(said: list[Judgement]) -> set[str]:
    """The mentions that editors hid, and those that they held to be the same as a hidden one."""
    hidden = {m for j in said if j.verdict is Verdict.HIDE for m in j.mentions}
    joined = [set(j.mentions) for j in said if j.verdict is Verdict.SAME]
    while more := {m for mentions in joined if mentions & hidden for m in mentions} - hidden:
        hidden |= more
    return hidden


def _hidden(error: str, hidden: set[str]) -> bool:
    """Whether an engagement was not found because an editor had hidden it."""
    found = re.match(r"engagement /e/([0-9a-z]+)\S*: 404 ", error)
    return bool(found) and found[1] in hidden


def _ms(times: list[float], share: float) -> str:
    ordered = sorted(times)
    return f"{1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]:7.0f} ms"


def _few(lines: list[str]) -> Iterator[str]:
    yield from lines[:5]


if __name__ == "__main__":
    sys.exit(main())

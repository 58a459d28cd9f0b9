"""Series of kills: what editors do (``judge``, the review desk), and old ledgers (``migrate``)."""

import http.client
import os
import random
import shutil
import signal
import socket
import sqlite3
import time
import urllib.parse
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Thread

from _killing import (
    NOW,
    Round,
    Trouble,
    Window,
    book,
    command,
    forked,
    killed,
    read_row,
    said,
    shown,
    whole,
)
from _old import STEPS, old_ledger
from _served import forms

import summitry
from summitry.ledger import open_ledger
from summitry.model import Judgement, Verdict

__all__ = ["desk", "judging", "migrating"]

TOKEN = "a token for this campaign alone"
OLD = 60
"""Readings of an old ledger."""


def judging(these: Round) -> None:
    """``judge``; the editor decides again where nothing was printed."""
    path, calm, out = (these.folder / name for name in ("judge.db", "calm.db", "said"))
    found = book(path)
    shutil.copyfile(path, calm)
    tried = these.folder / "tried.db"
    shutil.copyfile(path, tried)

    def line(where: Path, *words: str) -> tuple[str, ...]:
        return ("judge", *words, "--ledger", str(where), "--author", "ed")

    window = Window.of(lambda n: command(*line(tried, "hide", found[n]), out=out))
    sure: set[str] = set()
    decided: list[tuple[str, ...]] = []
    while not these.over:
        words = _words(these.chance.choice(found), these.chance)
        out.unlink(missing_ok=True)
        child = forked(command(*line(path, *words), out=out))
        these.told["kills"] += not killed(child, window.drawn(these.chance))
        printed = out.read_text("utf-8").split()[:1] if out.exists() else []
        there = [j.id for j in said(path)]
        these.told["acknowledged"] += len(printed)
        sure.update(printed)
        if not sure <= set(there):
            raise Trouble(f"a decision that was printed is gone: {sure - set(there)}")
        if len(there) > len(decided):
            decided.append(words)
        if len(there) != len(decided):
            raise Trouble(f"{len(there)} decisions where {len(decided)} were made: {words}")
    meant = [("hide", "approve", "field").index(words[0]) for words in decided]
    sorts = (Verdict.HIDE, Verdict.APPROVE, Verdict.FIELD)
    if [sorts.index(j.verdict) for j in said(path)] != meant:
        raise Trouble("other decisions are there than were made")
    _same_as_undisturbed(path, calm, said(path))
    these.told["series"] += 1
    these.told["entered"] = len(decided)


def _words(ident: str, chance: random.Random) -> tuple[str, ...]:
    status = chance.choice(("postponed", "cancelled", "confirmed"))
    return chance.choice(
        (("hide", ident), ("approve", ident), ("field", ident, f"status={status}"))
    )


def _same_as_undisturbed(path: Path, calm: Path, decided: list[Judgement]) -> None:
    with open_ledger(str(calm)) as ledger:
        for judgement in decided:
            ledger.append(judgement, summitry.now())
    if shown(path) != shown(calm):
        raise Trouble("the diary is another than that of the same words, undisturbed")


def desk(these: Round) -> None:
    """The review desk, killed while an editor presses its buttons."""
    first = these.folder / "first.db"
    found = book(first)
    while not these.over:  # a new ledger: what was approved is asked about no more
        path = these.folder / f"desk{these.told['series']}.db"
        calm = these.folder / "calm.db"
        shutil.copyfile(first, path)
        shutil.copyfile(first, calm)
        sure = 0
        for ident in found:
            sure = _desk_killed(path, ident, sure, these)
            if these.over:
                break
        _same_as_undisturbed(path, calm, said(path))
        these.told["entered"] += sure
        these.told["series"] += 1


def _desk_killed(path: Path, ident: str, sure: int, these: Round) -> int:
    """How many decisions are there after a desk was killed, ``sure`` of them from before."""
    port = _free()
    child = forked(partial(_serving, path, port))
    sent = answered = 0
    try:
        cookie = _signed_in(port)
        form = _form(port, cookie, ident)
        until = time.monotonic() + these.chance.uniform(0.0, 0.4)
        Thread(target=_killed_at, args=(child, until), daemon=True).start()
        while True:
            sent += 1
            _pressed(port, cookie, {**form, "verdict": "approve"})
            answered += 1
    except (OSError, http.client.HTTPException):
        these.told["kills"] += 1  # it is gone
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    there = len(said(path))
    if not sure + answered <= there <= sure + sent:
        raise Trouble(f"{sure + answered} decisions were acknowledged, {there} are there")
    these.told["acknowledged"] += answered
    return there


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _serving(path: Path, port: int) -> None:
    from summitry.web import Access, Writers, run  # noqa: PLC0415

    access = Access("", Writers.TOKEN, TOKEN, "", frozenset({"127.0.0.1"}), frozenset())
    run(str(path), access, "127.0.0.1", port, 0.0)


def _killed_at(child: int, until: float) -> None:
    time.sleep(max(0.0, until - time.monotonic()))
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)


def _signed_in(port: int) -> str:
    """The cookie of an editor, as soon as the desk is open."""
    patience = time.monotonic() + 60
    while True:
        try:
            answer = _asked(port, "/login", "", {"name": "ed", "token": TOKEN})
        except ConnectionRefusedError:
            if time.monotonic() > patience:
                raise Trouble("the desk does not open") from None
            time.sleep(0.02)
            continue
        return str(answer.headers["Set-Cookie"]).partition(";")[0]


def _form(port: int, cookie: str, ident: str) -> dict[str, str]:
    """The form of an engagement."""
    page = _asked(port, f"/review?as_of=2024-03-01&of={ident}", cookie).read().decode()
    found = next((f for f in forms(page) if f["action"] == "/review/judge"), None)
    if found is None:
        raise Trouble(f"the desk has no form for {ident}")
    return found


def _pressed(port: int, cookie: str, form: dict[str, str]) -> None:
    """Send a form; its answer says that it was entered."""
    fields = {name: value for name, value in form.items() if name != "action"}
    answer = _asked(port, "/review/judge", cookie, fields)
    if answer.status != 303:
        raise Trouble(f"the desk answers {answer.status}")


def _asked(
    port: int, path: str, cookie: str, fields: dict[str, str] | None = None
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    sort = {"Content-Type": "application/x-www-form-urlencoded"} if fields else {}
    body = urllib.parse.urlencode(fields) if fields else None
    verb = "POST" if fields else "GET"
    connection.request(verb, path, body, {"Cookie": cookie, **sort})
    answer = connection.getresponse()
    if fields:
        answer.read()
    return answer


def migrating(these: Round) -> None:
    """The first opening of an old ledger, whichever of the earlier steps its tables stand at.

    Half of the kills fall into the opening itself, the others anywhere in ``diary``.
    """
    entries = [(read_row(n), NOW - timedelta(days=30) + timedelta(minutes=n)) for n in range(OLD)]
    ids = [entry.id for entry, _ in entries]
    olds = {step: these.folder / f"old{step}.db" for step in STEPS[:-1]}
    for step, old in olds.items():
        old_ledger(old, step, entries)
    calm = these.folder / "calm.db"
    shutil.copyfile(olds["0001"], calm)
    expected = shown(calm)

    def fresh(n: int) -> Path:
        return Path(shutil.copyfile(olds["0001"], these.folder / f"fresh{n}.db"))

    def asked(path: Path) -> Callable[[], object]:
        return command("diary", "--ledger", str(path), out=these.folder / "out")

    works = [(w, Window.of(lambda n, w=w: w(fresh(n)))) for w in (_opener, asked)]
    path = these.folder / "m.db"
    while not these.over:
        step = these.chance.choice(sorted(olds))
        shutil.copyfile(olds[step], path)
        work, window = works[these.told["kills"] % 2]
        done = killed(forked(work(path)), window.drawn(these.chance))
        these.told["kills"] += not done
        if not done:
            these.told["left as it was" if _step(path) == step else "brought up to date"] += 1
        if [entry.id for entry in whole(path)] != ids or shown(path) != expected:
            raise Trouble(f"killed while migrating from {step}")
        for beside in these.folder.glob("m.db*"):
            beside.unlink()
    these.told["series"] += 1


def _opener(path: Path) -> Callable[[], object]:
    return lambda: open_ledger(str(path)).close()


def _step(path: Path) -> str:
    base = sqlite3.connect(path)
    try:
        return str(base.execute("SELECT version_num FROM summitry_version").fetchone()[0])
    finally:
        base.close()

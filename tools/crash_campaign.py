"""Kill commands at random points, hundreds of times, and look at what is left of the ledger.

    crash_campaign.py [--kills 200] [--seed 1] [--only read|judge|desk|migrate] [--json]

Each round runs one command in a process of its own and kills it (SIGKILL) after a random time:

read     reports into a growing ledger; what another program saw committed is acknowledged
judge    an editor's decision at the command line; what was printed is acknowledged
desk     the same through the forms of the review desk; what was answered is acknowledged
migrate  the first opening of a ledger whose tables stand at the first step

After each kill the ledger has to open and to be whole (``summitry check``), hold all that was
acknowledged, and nothing twice. At the end of a series the command is let to its end, and the
diary has to be the one of a run that nobody disturbed. ``watch`` has a campaign of its own
(tools/watch_campaign.py). Processes are forked from one that has loaded the models, so that the
kill falls into the work and not into the start. The exit code is 1 if anything was not so.
"""

import argparse
import http.client
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import sys
import tempfile
import time
import urllib.parse
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Thread

TOP = Path(__file__).parents[1]
sys.path[:0] = [str(TOP / "src"), str(TOP / "tests")]
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from _old import old_ledger  # noqa: E402
from _served import forms  # noqa: E402

import summitry  # noqa: E402
from summitry import care, pipeline  # noqa: E402
from summitry.export import diary_json  # noqa: E402
from summitry.ledger import open_ledger  # noqa: E402
from summitry.model import Entry, Judgement, Reading, Report, Verdict  # noqa: E402

GUESTS = ("Norway", "Sweden", "Finland", "Denmark", "Iceland")
HOSTS = ("Poland", "Latvia", "Estonia", "Spain", "Italy", "Greece", "Malta")
NOW = datetime(2024, 3, 1, tzinfo=UTC)
REPORTS = 44
"""Reports of one series of ``read``: several batches, and few enough that no workers start."""
TOKEN = "a token for this campaign alone"


class Trouble(Exception):  # noqa: N818
    """What was left is not what was promised."""


def row(n: int) -> dict[str, str]:
    """The report of a visit; no two are alike."""
    guest, host = GUESTS[n % 5], HOSTS[n // 5 % 7]
    text = (
        f"The foreign minister of {guest} will visit {host} on {n % 28 + 1} March 2024,"
        f" the ministry said. It is visit number {n}."
    )
    when = f"2024-02-{n % 28 + 1:02}T{n % 24:02}:00:00+00:00"
    return {"id": f"n{n}", "outlet": "W", "published": when, "text": text}


def forked(work: Callable[[], object]) -> int:
    """Do something in a process of its own; returns its id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    finally:
        sys.stdout.flush()
        os._exit(code)


def command(*words: str, out: Path) -> Callable[[], object]:
    """A command as the command line runs it, with its words in a file."""

    def work() -> object:
        told = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(told, 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        sys.stdout = os.fdopen(os.dup(1), "w", encoding="utf-8")
        return summitry_cli()(list(words), prog_name="summitry")

    return work


def summitry_cli() -> Callable[..., object]:
    from summitry.cli import cli  # noqa: PLC0415

    return cli


def killed(child: int, after: float) -> bool:
    """Wait so long and kill; returns whether it had come to its end by then."""
    until = time.monotonic() + after
    while time.monotonic() < until:
        done, _ = os.waitpid(child, os.WNOHANG)
        if done:
            return True
        time.sleep(0.002)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def ended(child: int) -> None:
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status):
        raise Trouble(f"an undisturbed run ended with {os.waitstatus_to_exitcode(status)}")


def committed(path: Path) -> set[str]:
    """The ids of entries that another program sees at this moment."""
    if not path.exists():
        return set()
    base = sqlite3.connect(path, timeout=10)
    try:
        return {row[0] for row in base.execute("SELECT id FROM summitry_entry")}
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return set()
        raise
    finally:
        base.close()


def whole(path: Path) -> list[Entry]:
    """All entries of a ledger that is whole, in their order."""
    with open_ledger(str(path)) as ledger:
        wrong = [f.told for f in care.checked(ledger, summitry.now()) if not f.sound]
        entries = [entry for _, entry in ledger.since(0)]
    if wrong:
        raise Trouble(f"not whole: {wrong[0]}")
    ids = [entry.id for entry in entries]
    if len(set(ids)) != len(ids):
        raise Trouble("an entry is there twice")
    return entries


def shown(path: Path) -> object:
    with open_ledger(str(path)) as ledger:
        full = diary_json(pipeline.diary(ledger, NOW))
        page = diary_json(pipeline.page(ledger, NOW))
    return full, page


def reading(folder: Path, kills: int, chance: random.Random, told: Counter[str]) -> None:
    """``read``, killed."""
    reports, calm = folder / "reports.jsonl", folder / "calm.db"
    reports.write_text("".join(json.dumps(row(n)) + "\n" for n in range(REPORTS)), "utf-8")
    ended(forked(command("read", str(reports), "--ledger", str(calm), out=folder / "out")))
    expected = shown(calm)
    while kills > 0:
        path = folder / f"read{kills}.db"
        kept: set[str] = set()
        while kills > 0:
            words = ("read", str(reports), "--ledger", str(path))
            child = forked(command(*words, out=folder / "out"))
            until = time.monotonic() + chance.uniform(0.0, 2.5)
            done = False
            while time.monotonic() < until and not done:
                kept |= committed(path)
                done = killed_already(child)
                time.sleep(0.01)
            if not done:
                killed(child, 0)
                kills -= 1
                told["kills"] += 1
            there = {entry.id for entry in whole(path)} if path.exists() else set()
            if kept - there:
                raise Trouble(f"{len(kept - there)} entries that were seen are gone")
            told["acknowledged"] = max(told["acknowledged"], len(kept))
            if done:
                break
        ended(forked(command("read", str(reports), "--ledger", str(path), out=folder / "out")))
        if len(whole(path)) != len(whole(calm)) or shown(path) != expected:
            raise Trouble("the diary is another than that of an undisturbed run")
        told["series"] += 1


def killed_already(child: int) -> bool:
    done, _ = os.waitpid(child, os.WNOHANG)
    return bool(done)


def book(path: Path) -> list[str]:
    """A ledger with some engagements; returns their ids."""
    with open_ledger(str(path)) as ledger:
        pipeline.update(ledger, [_read(n) for n in range(40)], summitry.now())
        return [e.id for e in pipeline.diary(ledger, NOW)]


def _read(n: int) -> Reading:
    fields = row(n)
    when = datetime.fromisoformat(fields["published"])
    report = Report(outlet="W", published=when, text=fields["text"], ref=fields["id"])
    return pipeline.extract(report)


def _words(ident: str, chance: random.Random) -> tuple[str, ...]:
    status = chance.choice(("postponed", "cancelled", "confirmed"))
    return chance.choice(
        (("hide", ident), ("approve", ident), ("field", ident, f"status={status}"))
    )


def _said(path: Path) -> list[Judgement]:
    return [entry for entry in whole(path) if isinstance(entry, Judgement)]


def judging(folder: Path, kills: int, chance: random.Random, told: Counter[str]) -> None:
    """``judge``, killed; the editor decides again where nothing was printed."""
    path, calm = folder / "judge.db", folder / "calm.db"
    found = book(path)
    shutil.copyfile(path, calm)
    out = folder / "said"
    sure: set[str] = set()
    decided: list[tuple[str, ...]] = []
    for _ in range(kills):
        words = _words(chance.choice(found), chance)
        out.unlink(missing_ok=True)
        line = ("judge", *words, "--ledger", str(path), "--author", "ed")
        done = killed(forked(command(*line, out=out)), chance.uniform(0.0, 1.0))
        told["kills"] += not done
        printed = out.read_text("utf-8").split()[:1] if out.exists() else []
        there = [j.id for j in _said(path)]
        told["acknowledged"] += len(printed)
        sure.update(printed)
        if not sure <= set(there):
            raise Trouble(f"a decision that was printed is gone: {sure - set(there)}")
        if len(there) > len(decided):
            decided.append(words)
        if len(there) != len(decided):
            raise Trouble(f"{len(there)} decisions where {len(decided)} were made: {words}")
    said = _said(path)
    meant = [("hide", "approve", "field").index(words[0]) for words in decided]
    sorts = (Verdict.HIDE, Verdict.APPROVE, Verdict.FIELD)
    if [sorts.index(j.verdict) for j in said] != meant:
        raise Trouble("other decisions are there than were made")
    with open_ledger(str(calm)) as ledger:
        for judgement in said:
            ledger.append(judgement, summitry.now())
    if shown(path) != shown(calm):
        raise Trouble("the diary is another than that of the same words, undisturbed")
    told["series"] += 1
    told["entered"] = len(decided)


def desk(folder: Path, kills: int, chance: random.Random, told: Counter[str]) -> None:
    """The review desk, killed while editors press its buttons."""
    sure = 0
    left: list[str] = []
    for _ in range(kills):
        if not left:  # a new ledger: what was approved is asked about no more
            path, sure = folder / f"desk{told['series']}.db", 0
            left = book(path)
            told["series"] += 1
        port = _free()
        child = forked(partial(_serving, path, port))
        before = len(_said(path))
        sent = 0
        try:
            cookie = _signed_in(port)
            form = _form(port, cookie, left.pop())
            until = time.monotonic() + chance.uniform(0.0, 0.4)
            Thread(target=_killed_at, args=(child, until), daemon=True).start()
            while True:
                sent += 1
                _pressed(port, cookie, {**form, "verdict": "approve"})
                sure += 1
        except (OSError, http.client.HTTPException):
            told["kills"] += 1  # it is gone
        finally:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        said = _said(path)
        if not sure <= len(said) <= before + sent:
            raise Trouble(f"{sure} decisions were acknowledged, {len(said)} are there")
        told["entered"] += len(said) - before
        sure = len(said)


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


def migrating(folder: Path, kills: int, chance: random.Random, told: Counter[str]) -> None:
    """The first opening of an old ledger, killed."""
    old, calm = folder / "old.db", folder / "calm.db"
    entries = [(_read(n), NOW - timedelta(days=30) + timedelta(minutes=n)) for n in range(60)]
    old_ledger(old, "0001", entries)
    shutil.copyfile(old, calm)
    expected = shown(calm)
    ids = [entry.id for entry, _ in entries]
    for n in range(kills):
        path = folder / f"m{n}.db"
        shutil.copyfile(old, path)
        child = forked(command("diary", "--ledger", str(path), out=folder / "out"))
        told["kills"] += not killed(child, chance.uniform(0.0, 0.5))
        base = sqlite3.connect(path)
        step = base.execute("SELECT version_num FROM summitry_version").fetchone()[0]
        base.close()
        told[f"at step {step}"] += 1
        if [entry.id for entry in whole(path)] != ids or shown(path) != expected:
            raise Trouble(f"killed while migrating, at step {step}")
        for beside in folder.glob(f"m{n}.db*"):
            beside.unlink()
    told["series"] += 1


SERIES = {"read": reading, "judge": judging, "desk": desk, "migrate": migrating}


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    words.add_argument("--kills", type=int, default=200, help="of each command")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--only", choices=sorted(SERIES))
    words.add_argument("--json", action="store_true")
    options = words.parse_args()
    for n in range(2):
        _read(n)  # the models are there before anything is forked
    summitry_cli()
    import_module("summitry.web")
    figures: dict[str, dict[str, int]] = {}
    wrong: list[str] = []
    for name in [options.only] if options.only else list(SERIES):
        told: Counter[str] = Counter()
        start = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            try:
                SERIES[name](Path(folder), options.kills, random.Random(options.seed), told)
            except Trouble as trouble:
                wrong.append(f"{name}: {trouble}")
        figures[name] = {**told, "seconds": round(time.monotonic() - start)}
        if not options.json:
            print(f"{name:8}", ", ".join(f"{k} {v}" for k, v in figures[name].items()), flush=True)
    if options.json:
        print(json.dumps({"figures": figures, "wrong": wrong}))
    else:
        print("\n".join(wrong) or "nothing lost, nothing twice, every diary the same")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

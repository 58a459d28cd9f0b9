"""The house rules that import-linter cannot see, checked on the source itself.

The direction of imports between rooms is import-linter's (``make lint``). Here: inside a room
only ``__init__`` calls; each foreign library has one door; pure rooms see no clock, chance,
disk or network; nothing of one machine is written down. Sizes are a habit, not a rule.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
ROOT = TOP / "src" / "summitry"
ROOMS = {"internet", "fetch", "sources", "extract", "records", "ledger", "resolve", "desk"}
ROOMS |= {"export", "send"}
PURE = {"model", "extract", "records", "resolve", "desk"}

# Library -> the one file (or folder, with a slash) that may import it; two where one door leads
# out and one in.
DOORS = {
    "ahocorasick_rs": "extract/gate.py",
    "alembic": "ledger/migrations/",
    "click": "cli/",
    "distributed": "backfill/_crews.py",
    "fastapi": "web/",
    "followthemoney": "export/ftm.py",
    "font_source_sans_pro": "export/brief_pdf.py",
    "feedparser": "sources/feed.py",
    "holidays": "gazetteer/days_off.py",
    "icalendar": "export/ics.py sources/ics.py",
    "lxml": "export/ sources/_xml.py",
    "itsdangerous": "web/_session.py",
    "jinja2": "web/",
    "numpy": "lang/",
    "prometheus_client": "metering.py",
    "protego": "fetch/_robots.py",
    "psycopg": "ledger/_postgres.py",
    "pyarrow": "export/parquet.py sources/parquet.py",
    "recurring_ical_events": "sources/ics.py",
    "reportlab": "export/brief_pdf.py",
    "resiliparse": "sources/html.py",
    "rich": "export/table.py",
    "selectolax": "sources/",
    "spacy": "lang/",
    "sqlalchemy": "ledger/",
    "starlette": "web/",
    "thinc": "lang/",
    "trafilatura": "sources/html.py",
    "urllib3": "internet/",
    "uvicorn": "web/",
    "warcio": "sources/warc.py",
}
IMPURE_MODULES = {"os", "pathlib", "random", "secrets", "socket", "subprocess", "time", "urllib"}
IMPURE_CALLS = {"input", "now", "open", "print", "read_bytes", "read_text", "today", "utcnow"}

FILES = sorted(ROOT.rglob("*.py"))
IDS = [path.relative_to(ROOT).as_posix() for path in FILES]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[str]:
    """Full dotted names of all modules a file asks for, late imports included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            module = node.module or ""
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def siblings(path: Path, tree: ast.AST) -> set[str]:
    """Files of the same room that a file imports, helpers (``_name``) left out."""
    beside = {p.stem for p in path.parent.glob("*.py")}
    prefix = ".".join(("summitry", *path.relative_to(ROOT).parts[:-1], ""))
    named = {n.removeprefix(prefix).split(".")[0] for n in imports(tree) if n.startswith(prefix)}
    return {n for n in named & beside if not n.startswith("_")} - {path.stem}


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_in_a_room_only_init_calls(path: Path) -> None:
    if room(path) in ROOMS and not path.name.startswith("_"):
        assert not siblings(path, ast.parse(path.read_text("utf-8")))


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_each_library_has_one_door(path: Path) -> None:
    for name in imports(ast.parse(path.read_text("utf-8"))):
        library = name.split(".")[0]
        if library in sys.stdlib_module_names or library == "summitry":
            continue
        door = DOORS.get(library, "a door in the table of this test")
        here = name_of(path)
        assert any(here == d or (d.endswith("/") and here.startswith(d)) for d in door.split()), (
            f"{here} imports {library}, whose door is {door}"
        )


@pytest.mark.parametrize("path", [p for p in FILES if room(p) in PURE], ids=name_of)
def test_pure_rooms_are_pure(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert not IMPURE_MODULES & {name.split(".")[0] for name in imports(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            assert name not in IMPURE_CALLS, f"line {node.lineno} calls {name}()"


def tracked() -> list[Path]:
    """Text files under version control; skips where there is none, as in a source archive."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=TOP, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    suffixes = {".py", ".md", ".toml", ".txt", ".json", ".csv", ".mako", ""}
    paths = (TOP / name for name in listed.stdout.split("\0") if name)
    return [p for p in paths if p.suffix in suffixes and p.is_file()]


def test_no_marks_left_in_the_code() -> None:
    mark = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
    found = [p for p in tracked() if p.suffix == ".py" and mark.search(p.read_text("utf-8"))]
    assert not found


def test_no_paths_of_one_machine() -> None:
    path = re.compile(r"(?<![\w.])/(wor[k]|far[m]|tm[p]|roo[t]|hom[e]|User[s])/\w")
    found = [p for p in tracked() if p != TOP / "LICENSE" and path.search(p.read_text("utf-8"))]
    assert not found

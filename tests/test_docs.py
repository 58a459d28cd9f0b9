"""The documents tell the truth: their sessions run, and what there is, they name.

``python tests/test_docs.py`` (``make golden``) rewrites the output of every session from a real
run; the diff is for a person to review.
"""

import doctest
import os
import re
import shlex
import subprocess
import sys
import tempfile
import tomllib
from contextlib import redirect_stdout
from enum import Enum
from io import StringIO
from itertools import chain
from pathlib import Path

import pytest

import summitry
from summitry import model
from summitry.cli import cli

TOP = Path(__file__).parents[1]
SESSIONS = [TOP / "README.md", TOP / "docs" / "tutorial.md"]
DOCUMENTS = [TOP / "README.md", TOP / "ARCHITECTURE.md", *sorted((TOP / "docs").glob("*.md"))]
COLUMNS = "100"
SESSION = re.compile(r"^```(pycon|console)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def text_of(name: str) -> str:
    return (TOP / name).read_text("utf-8")


def trimmed(text: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in text.strip("\n").splitlines())


def python_session(source: str, names: dict[str, object]) -> str:
    """The session with the output of a real run."""
    lines = []
    for example in doctest.DocTestParser().get_examples(source):
        with redirect_stdout(StringIO()) as out:
            exec(compile(example.source, "session", "single"), names)
        first, *rest = example.source.splitlines()
        lines += [f">>> {first}", *(f"... {line}" for line in rest)]
        lines += out.getvalue().splitlines()
    return "\n".join(lines)


def console_session(source: str, folder: Path) -> str:
    """The session with the output of a real run in a folder of its own.

    Only ``summitry`` is run; a session of other commands stays as it is.
    """
    if not source.startswith("$ summitry"):
        return source
    env = {**os.environ, "COLUMNS": COLUMNS, "PYTHONPATH": str(TOP / "src"), "NO_COLOR": "1"}
    env.pop("SUMMITRY_LEDGER", None)
    lines = []
    for line in source.splitlines():
        if line.startswith("$ summitry"):
            command = [sys.executable, "-m", "summitry", *shlex.split(line)[2:]]
            done = subprocess.run(
                command,
                cwd=folder,
                env=env,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            lines += [line, *done.stdout.strip("\n").splitlines(), ""]
    return "\n".join(lines)


def rewritten(path: Path, folder: Path) -> str:
    """A document with all its sessions run, in their order, Python and shell each in one go."""
    (folder / "src").symlink_to(TOP / "src")
    names: dict[str, object] = {}

    def run(found: re.Match[str]) -> str:
        kind, source = found.groups()
        python = kind == "pycon"
        said = python_session(source, names) if python else console_session(source, folder)
        return f"```{kind}\n{trimmed(said)}```"

    return SESSION.sub(run, path.read_text("utf-8"))


@pytest.mark.parametrize("path", SESSIONS, ids=lambda path: path.name)
def test_sessions_show_what_happens(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(TOP)
    assert rewritten(path, tmp_path) == path.read_text("utf-8"), "run `make golden`, review"


def test_readme_has_both_commands_and_a_session() -> None:
    readme = text_of("README.md")
    assert re.search(r"^(\$ )?make demo$", readme, re.MULTILINE)
    assert re.search(r"^(\$ )?make test$", readme, re.MULTILINE)
    assert {kind for kind, _ in SESSION.findall(readme)} == {"pycon", "console"}


def test_every_command_is_documented_and_has_help() -> None:
    documents = text_of("docs/tutorial.md") + text_of("docs/formats.md")
    for name, command in cli.commands.items():
        assert f"summitry {name}" in documents, f"summitry {name} is in no document"
        assert command.help, f"summitry {name} has no help"


def test_every_name_of_the_front_door_is_documented() -> None:
    missing = [n for n in summitry.__all__ if f"`{n}" not in text_of("docs/formats.md")]
    assert not missing


def test_every_public_value_is_in_the_glossary() -> None:
    glossary = text_of("docs/glossary.md")
    missing = [name for name in model.__all__ if f"`{name}`" not in glossary]
    assert not missing


def test_every_word_of_the_vocabularies_is_documented() -> None:
    words = text_of("docs/glossary.md")
    for name in model.__all__:
        vocabulary = getattr(model, name)
        if isinstance(vocabulary, type) and issubclass(vocabulary, Enum):
            missing = [member.value for member in vocabulary if member.value not in words]
            assert not missing, f"{name}: {missing}"


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    listed = chain(project["dependencies"], *project["optional-dependencies"].values())
    decisions = text_of("docs/decisions.md")
    names = [re.split(r"[\[<>=!~ ]", dependency)[0] for dependency in listed]
    assert not [name for name in names if f"`{name}`" not in decisions]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8"))
    local = [target for target in targets if "://" not in target]
    assert not [target for target in local if not (path.parent / target).exists()]


if __name__ == "__main__":
    os.chdir(TOP)
    for document in SESSIONS:
        with tempfile.TemporaryDirectory() as fresh:
            document.write_text(rewritten(document, Path(fresh)), "utf-8")

"""Where ledgers live in tests: files, and bases of a server started for the tests alone.

Examples of property tests have no deadline: on a busy machine the first one of a process, which
loads what is loaded once, takes longer than any that would tell of a fault.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")

TOOLS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
SETTINGS = """
listen_addresses = ''
fsync = off
max_connections = 60
shared_buffers = 32MB
"""


def tools() -> Path:
    """The folder of the server's programs; skips where there is none."""
    found = [Path(p).resolve().parent for p in [shutil.which("initdb")] if p] + TOOLS[::-1]
    if not found:
        pytest.skip("no PostgreSQL server is installed")
    return found[0]


def owner() -> list[str]:
    """What goes before a command that the server refuses to run for root."""
    if os.getuid() != 0:
        return []
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        pytest.skip("PostgreSQL refuses to run for root, and there is no user postgres")
    # It lies beside the commands of the administrator, where few have their path.
    found = shutil.which("runuser", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if found is None:
        pytest.skip("PostgreSQL refuses to run for root, and there is no runuser")
    return [found, "-u", "postgres", "--"]


@pytest.fixture(scope="session")
def server() -> Iterator[Callable[[], str]]:
    """Makes an empty base in a cluster of our own, and says its URL.

    The cluster lies in a temporary folder, listens on a socket in it alone, and goes with it.
    """
    programs, before = tools(), owner()
    with tempfile.TemporaryDirectory(prefix="summitry-pg-") as name:
        folder = Path(name)
        if before:
            shutil.chown(folder, "postgres")

        def run(program: str, *words: str) -> None:
            done = subprocess.run(
                [*before, str(programs / program), *words],
                capture_output=True,
                text=True,
                check=False,
                cwd=folder,
            )
            if done.returncode:
                pytest.skip(f"PostgreSQL does not start: {done.stderr.strip()[-200:]}")

        run("initdb", "-D", f"{folder}/data", "-U", "desk", "-E", "UTF8", "--auth=trust", "-N")
        with (folder / "data" / "postgresql.conf").open("a") as file:
            file.write(f"{SETTINGS}unix_socket_directories = '{folder}'\n")
        run("pg_ctl", "-D", f"{folder}/data", "-l", f"{folder}/log", "-w", "start")
        numbers = count(1)

        def base() -> str:
            name = f"base{next(numbers)}"
            run("createdb", "-h", str(folder), "-U", "desk", name)
            return f"postgresql+psycopg://desk@/{name}?host={quote(str(folder))}"

        try:
            yield base
        finally:
            run("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "stop")


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty ledger may be made: a file, then a base on a server."""
    if request.param == "file":
        return str(tmp_path / "a.db")
    base: Callable[[], str] = request.getfixturevalue("server")
    return base()

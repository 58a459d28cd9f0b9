"""The diary in a browser."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import click

from summitry.cli._door import LEDGER, METRICS, Refused, complain, kept
from summitry.errors import ExtraMissing
from summitry.metering import metered

if TYPE_CHECKING:
    from summitry.web import Access

__all__ = ["pages", "serve", "shown"]

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_LONG = 16
"""Characters that an editors' token has at least: it is what stands between a network and the
record."""


@click.command()
@LEDGER
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option(
    "--rate",
    type=click.FloatRange(0),
    default=50.0,
    show_default=True,
    help="Questions a second that one address may ask; 0 sets no limit.",
)
@click.option("--write", "desk", flag_value="desk", help="Open the review desk to editors.")
@click.option(
    "--token-file",
    type=click.Path(exists=True, dir_okay=False),
    help="Holds the editors' token. [SUMMITRY_EDIT_TOKEN]",
)
@click.option("--trust-header", default="", help="In which an upstream names who is signed in.")
@click.option("--proxy", "proxies", multiple=True, help="Address of that upstream. [loopback]")
@click.option("--name", "names", multiple=True, help="Host name under which it is asked for.")
@METRICS
def serve(
    where: str,
    host: str,
    port: int,
    rate: float,
    desk: str | None,
    metrics: int | None,
    **given: str | tuple[str, ...] | None,
) -> None:
    """Show the diary in a browser, to read only unless --write is given.

    Elsewhere than on this machine it is shown only to who has the token: set SUMMITRY_TOKEN,
    which a browser asks for as a password. With --write editors sign in under /login with a
    token of their own. Or an upstream says who asks (--trust-header, --name). Needs the extra:
    pip install 'summitry[web]'.
    """
    access = _access(host, desk, given)
    kept(where).__exit__(None, None, None)  # it is there and is a ledger, or this is the end
    first = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    told = metered(where, metrics) if metrics else None
    click.echo(first, err=True)
    pages().run(where, access, host, port, rate, told)


def shown(first: str, where: str, access: Access, host: str, port: int, rate: float) -> None:
    """Serve a ledger, and say where to look first."""
    click.echo(first, err=True)
    pages().run(where, access, host, port, rate)


def pages() -> ModuleType:
    """The page, where it is installed.

    Raises:
        ExtraMissing: It is not.
    """
    try:
        return import_module("summitry.web")
    except ModuleNotFoundError as error:
        raise ExtraMissing("the page", "summitry[web]") from error


def _access(host: str, desk: str | None, given: dict[str, str | tuple[str, ...] | None]) -> Access:
    """Who may read and write.

    Raises:
        Refused: What was given would leave a door open, or fits nobody.
    """
    web = pages()
    token, header = os.environ.get("SUMMITRY_TOKEN", ""), str(given["trust_header"] or "")
    names, proxies = frozenset(given["names"] or ()), frozenset(given["proxies"] or ())
    if header and not names:
        raise Refused("--trust-header needs --name: the host name that the upstream passes on")
    if host not in _LOOPBACK and not token and not header:
        raise Refused(f"{host} is not this machine: set SUMMITRY_TOKEN to serve there")
    if not desk:
        writers, editors = web.Writers.NOBODY, ""
    elif header:
        writers, editors = web.Writers.UPSTREAM, ""
    else:
        writers, editors = web.Writers.TOKEN, _editors(given["token_file"])
    found: Access = web.Access(token, writers, editors, header, proxies or _LOOPBACK, names)
    return found


def _editors(path: str | tuple[str, ...] | None) -> str:
    """The editors' token."""
    if path is None:
        found = os.environ.get("SUMMITRY_EDIT_TOKEN", "")
    else:
        file = Path(str(path))
        found = file.read_text("utf-8").strip()
        if os.name == "posix" and file.stat().st_mode & 0o077:
            complain(f"{file}: others on this machine can read it; chmod 600 {file}")
    if len(found) < _LONG:
        raise Refused(
            f"--write needs a token of {_LONG} characters at least, in SUMMITRY_EDIT_TOKEN or "
            "--token-file"
        )
    return found

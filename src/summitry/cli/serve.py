"""The diary in a browser."""

from __future__ import annotations

import os

import click

from summitry.cli._door import LEDGER, Refused, kept
from summitry.errors import ExtraMissing

__all__ = ["serve", "shown"]

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


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
def serve(where: str, host: str, port: int, rate: float) -> None:
    """Show the diary in a browser, to read only.

    Elsewhere than on this machine it is shown only to who has the token: set SUMMITRY_TOKEN,
    which a browser asks for as a password. Needs the extra: pip install 'summitry[web]'.
    """
    token = os.environ.get("SUMMITRY_TOKEN", "")
    if host not in _LOOPBACK and not token:
        raise Refused(f"{host} is not this machine: set SUMMITRY_TOKEN to serve there")
    kept(where).__exit__(None, None, None)  # it is there and is a ledger, or this is the end
    shown(f"http://{f'[{host}]' if ':' in host else host}:{port}/", where, token, host, port, rate)


def shown(first: str, where: str, token: str, host: str, port: int, rate: float) -> None:
    """Serve a ledger, and say where to look first.

    Raises:
        ExtraMissing: The page is not installed.
    """
    try:
        from summitry import web  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise ExtraMissing("the page", "summitry[web]") from error
    click.echo(first, err=True)
    web.run(where, token, host, port, rate)

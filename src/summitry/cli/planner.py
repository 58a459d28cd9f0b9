"""A forward planner's interface for newsroom systems, only where it is asked for."""

from __future__ import annotations

import os

import click

from summitry.cli._door import LEDGER, Refused, kept
from summitry.errors import ExtraMissing

__all__ = ["serve_planner"]


@click.command("serve-planner")
@LEDGER
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True)
@click.option("--user", default="summitry", show_default=True)
@click.option("--base-url", default="", help="Where the pages are: items link to URL + id.")
def serve_planner(where: str, host: str, port: int, user: str, base_url: str) -> None:
    """Serve what is announced and above as a forward planner does, for Superdesk to ingest.

    SUMMITRY_PLANNER_PASSWORD is what Superdesk's feed has to know. Needs the extra:
    pip install 'summitry[web]'.
    """
    password = os.environ.get("SUMMITRY_PLANNER_PASSWORD", "")
    if not password:
        raise Refused("set SUMMITRY_PLANNER_PASSWORD: nobody is let in without it")
    kept(where).__exit__(None, None, None)  # it is there and is a ledger, or this is the end
    try:
        from summitry import web  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise ExtraMissing("the planner", "summitry[web]") from error
    web.run_planner(where, user, password, host, port, base_url)

"""The door of the browser: the diary as pages and as JSON, to read only."""

import sys

import uvicorn

from summitry.web.app import app

__all__ = ["app", "run"]

_SWITCH = 0.001
"""Seconds for which a thread may keep the others from running."""


def run(where: str, token: str, host: str, port: int, rate: float) -> None:
    """Serve a ledger until the process is told to stop.

    Args:
        where: The ledger's path or URL.
        token: What a visitor has to know; empty lets everybody in who reaches the port.
        host: The address to listen on.
        port: In [1, 65535].
        rate: Questions a second that one address may ask in the long run; 0 sets no limit.
    """
    # Whoever has his answer ready waits no longer than this for one who makes another.
    sys.setswitchinterval(_SWITCH)
    # No access log: searches and addresses of readers are nobody's business.
    uvicorn.run(
        app(where, token, rate),
        host=host,
        port=port,
        access_log=False,
        server_header=False,
        log_level="warning",
    )

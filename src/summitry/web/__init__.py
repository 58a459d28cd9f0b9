"""The door of the browser: the diary as pages and as JSON, and the desk that reviews it."""

import sys

import uvicorn

from summitry.web._access import Access, Writers
from summitry.web._logs import settings
from summitry.web._measured import Told
from summitry.web.app import app
from summitry.web.planner import planner

__all__ = ["Access", "Writers", "app", "planner", "run", "run_planner"]

_SWITCH = 0.001
"""Seconds for which a thread may keep the others from running."""


def run(
    where: str, access: Access, host: str, port: int, rate: float, told: Told | None = None
) -> None:
    """Serve a ledger until the process is told to stop.

    Args:
        where: The ledger's path or URL.
        access: Who may read and write.
        host: The address to listen on.
        port: In [1, 65535].
        rate: Questions a second that one address may ask in the long run; 0 sets no limit.
        told: Gets the method, the code and the seconds of each answer.
    """
    # Whoever has his answer ready waits no longer than this for one who makes another.
    sys.setswitchinterval(_SWITCH)
    uvicorn.run(
        app(where, access, rate, told),
        host=host,
        port=port,
        # Searches and addresses of readers are nobody's business.
        access_log=False,
        # Who asks is who holds the connection, whatever a header says: an upstream is believed
        # by its address.
        proxy_headers=False,
        server_header=False,
        log_level="warning",
        log_config=settings(),
    )


def run_planner(where: str, user: str, password: str, host: str, port: int, base_url: str) -> None:
    """Serve a ledger as a forward planner does; arguments as for ``planner`` and ``run``."""
    served = planner(where, user, password, base_url)
    uvicorn.run(
        served, host=host, port=port, access_log=False, server_header=False, log_config=settings()
    )

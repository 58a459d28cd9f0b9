"""The door of the browser: the diary as pages and as JSON, to read only."""

import uvicorn

from summitry.web.app import app
from summitry.web.planner import planner

__all__ = ["app", "planner", "run", "run_planner"]


def run(where: str, token: str, host: str, port: int) -> None:
    """Serve a ledger until the process is told to stop.

    Args:
        where: The ledger's path or URL.
        token: What a visitor has to know; empty lets everybody in who reaches the port.
        host: The address to listen on.
        port: In [1, 65535].
    """
    # No access log: searches and addresses of readers are nobody's business.
    uvicorn.run(app(where, token), host=host, port=port, access_log=False, server_header=False)


def run_planner(where: str, user: str, password: str, host: str, port: int, base_url: str) -> None:
    """Serve a ledger as a forward planner does; arguments as for ``planner`` and ``run``."""
    served = planner(where, user, password, base_url)
    uvicorn.run(served, host=host, port=port, access_log=False, server_header=False)

"""Who may read and who may write: what the person who serves the page has settled."""

from dataclasses import dataclass
from enum import Enum

__all__ = ["HERE", "Access", "Writers"]

HERE = frozenset({"127.0.0.1", "::1", "localhost", "testserver"})
"""Names of this machine. A page elsewhere that resolves its own name to 127.0.0.1 (DNS
rebinding) sends that name, and is refused."""


class Writers(Enum):
    """How an editor is known."""

    NOBODY = "nobody"
    TOKEN = "token"
    UPSTREAM = "upstream"


@dataclass(frozen=True, slots=True)
class Access:
    """Read by everybody on this machine and written by nobody, unless it says otherwise."""

    token: str = ""
    """What a reader has to know; empty asks nothing and answers this machine only."""
    writers: Writers = Writers.NOBODY
    editors: str = ""
    """What an editor has to know to sign in; for Writers.TOKEN."""
    header: str = ""
    """The header in which an upstream that has authenticated a visitor names them."""
    proxies: frozenset[str] = HERE
    """Addresses from which that header is believed."""
    names: frozenset[str] = frozenset()
    """Further host names under which the page may be asked for."""

    def answers(self, host: str) -> bool:
        """Whether the page may be asked for under a host name.

        A token is never sent by a browser to another name than the one that it was given to,
        so that with a token alone every name will do.
        """
        known = host in HERE or host in self.names
        return known or (bool(self.token) and not self.names and not self.header)

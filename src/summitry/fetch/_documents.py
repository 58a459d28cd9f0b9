"""A document as it came, or that it is as it was."""

from dataclasses import dataclass

__all__ = ["Fetched", "Unchanged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A document as it came, unpacked."""

    url: str
    """Where it was in the end."""
    moved: str = ""
    """Where it has moved for good; empty where it has not."""
    body: bytes
    charset: str = ""
    """The encoding that the server names."""
    etag: str = ""
    """The validators to ask with next time, as the server wrote them."""
    modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """The document is as it was when the validators were given."""

    moved: str = ""

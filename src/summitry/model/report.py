"""A news report as published, and the sentences cut from it."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b

__all__ = ["Report", "Sentence", "digest"]


def digest(*parts: str) -> str:
    """Sixteen hex digits of length-prefixed parts: no two lists of parts share their bytes.

    >>> digest("ab", "c") == digest("a", "bc")
    False
    """
    state = blake2b(digest_size=8)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(8, "big") + data)
    return state.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One news report as one outlet published it."""

    outlet: str
    """Who published it, as the outlet signs itself."""
    published: datetime | None
    """When it was published, with its time zone; None when the document does not say."""
    text: str
    """Title and body as plain text; every offset counts characters of this string."""
    title: str = ""
    """The headline; ``text`` begins with it when it is not empty."""
    url: str = ""
    """Permanent address, or empty."""
    language: str = "en"
    """ISO 639-1 code."""
    credits: tuple[str, ...] = ()
    """Agencies whose text the outlet says it carries."""
    origin: str = ""
    """Where we read it: a path and line, a URL or a WARC record id."""
    ref: str | None = None
    """The input's own id, kept as given."""
    _id: str = field(default="", init=False, repr=False, compare=False)
    """The id, once somebody has asked for it: it is asked for often."""

    def __post_init__(self) -> None:
        """Refuse a naive time.

        Raises:
            ValueError: ``published`` has no time zone.
        """
        if self.published is not None and self.published.tzinfo is None:
            raise ValueError("the time of publication has no time zone")

    @property
    def id(self) -> str:
        """Sixteen hex digits: same outlet and URL (or outlet, time and title) is one report."""
        if not self._id:
            object.__setattr__(self, "_id", self._digest())
        return self._id

    def _digest(self) -> str:
        if self.url:
            return digest("url", self.outlet, self.url)
        when = self.published.isoformat() if self.published else ""
        return digest("title", self.outlet, when, self.title or self.text)

    @property
    def version(self) -> str:
        """Sixteen hex digits of the text: a changed text is a new version of the report."""
        return digest(self.published.isoformat() if self.published else "", self.text)

    @property
    def body(self) -> int:
        """Offset in ``text`` at which the headline ends."""
        return len(self.title) if self.title and self.text.startswith(self.title) else 0


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters [start, end) of a report's text."""

    start: int
    end: int
    text: str
    """The exact characters, as published."""
    headline: bool = False
    """Whether it is the report's headline, which yields to the body."""

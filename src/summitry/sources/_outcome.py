"""What reading a document comes to: a report, a listing, a withdrawal, or a named problem.

In goes a draft, the fields as a format gave them; out come outcomes. Reading never raises for a
bad document: a run over an archive names it and goes on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from summitry.model import Listing, Report, Withdrawal
from summitry.sources._instant import instant

__all__ = ["LONGEST_TEXT", "Draft", "Outcome", "Problem", "finished", "host", "storable"]

LONGEST_TEXT = 2_000_000
"""Characters of one report at most. The longest of 12,000 news articles looked at has under
300,000; ten megabytes on one line are a broken file, and parsing them would stall a run."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LANGUAGE = re.compile(r"[a-z]{2}(?=$|[-_])")


@dataclass(frozen=True, slots=True)
class Problem:
    """A document, or a part of one, that could not be read."""

    origin: str
    """Path, and line where there are several reports in one file."""
    reason: str
    """One line, without the origin."""

    def __str__(self) -> str:
        """Origin and reason, as they are shown to the reader."""
        return f"{self.origin}: {self.reason}"


Outcome = Report | Listing | Withdrawal | Problem
"""A withdrawal comes where an outlet takes back what it published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The fields of a report as the document gave them, before they are checked."""

    origin: str
    body: str
    title: str = ""
    outlet: str = ""
    url: str = ""
    published: str = ""
    """The time as written; empty when the document does not say."""
    language: str = ""
    ref: str | None = None


def finished(draft: Draft) -> Iterator[Outcome]:
    """Make the report of a draft.

    The text is the headline, an empty line and the body, unless the body already begins with
    the headline. An unreadable time is named as a problem and the report is read without it.

    Yields:
        Problems first, then the report if there is one.
    """
    title, body = storable(draft.title).strip(), storable(draft.body)
    if not body.strip():
        body = title
    text = f"{title}\n\n{body}" if title and not body.startswith(title) else body
    if not text.strip():
        yield Problem(draft.origin, "no text")
        return
    if len(text) > LONGEST_TEXT:
        yield Problem(draft.origin, f"{len(text):,} characters are too long for a report")
        return
    published = None
    if draft.published.strip():
        try:
            published = instant(draft.published)
        except ValueError as error:
            yield Problem(draft.origin, f"published {error}; read without it")
    language = _LANGUAGE.match(draft.language.strip().lower())
    yield Report(
        outlet=storable(draft.outlet).strip() or host(draft.url),
        published=published,
        text=text,
        title=title,
        url=storable(draft.url).strip(),
        language=language.group() if language else "en",
        origin=storable(draft.origin),
        ref=None if draft.ref is None else storable(draft.ref),
    )


def storable(text: str) -> str:
    """The text with what no database or UTF-8 stream holds replaced, at the same length."""
    return _UNSTORABLE.sub("\ufffd", text)


def host(url: str) -> str:
    """The site that an address names, standing for an outlet that nobody names."""
    try:
        host = urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""
    return storable(host).removeprefix("www.")

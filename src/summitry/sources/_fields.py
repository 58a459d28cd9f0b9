"""The fields of a report as tables and JSON name them, and what becomes of other types."""

from collections.abc import Iterator, Mapping

from summitry.sources._outcome import Draft, Outcome, finished

__all__ = ["FIELDS", "of_fields"]

FIELDS = ("id", "outlet", "url", "published", "title", "text", "summary", "language")
"""All that is looked at."""


def of_fields(fields: Mapping[str, object], origin: str) -> Iterator[Outcome]:
    """The outcomes of one object or row; ``summary`` stands for a missing text."""
    yield from finished(
        Draft(
            origin=origin,
            body=_words(fields, "text") or _words(fields, "summary"),
            title=_words(fields, "title"),
            outlet=_words(fields, "outlet"),
            url=_words(fields, "url"),
            published=_words(fields, "published"),
            language=_words(fields, "language"),
            ref=_words(fields, "id") or None,
        )
    )


def _words(fields: Mapping[str, object], name: str) -> str:
    """A field as text; numbers are written out, anything else counts as absent."""
    value = fields.get(name)
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return ""

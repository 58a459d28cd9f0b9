"""A sitemap (sitemaps.org 0.9): its news entries are reports of one headline each.

Addresses alone hold nothing to read, and nothing is fetched here; how many there are is told.
"""

from collections.abc import Iterator

from summitry.sources._outcome import Draft, Outcome, Problem, finished
from summitry.sources._stream import Stream
from summitry.sources._xml import child, children, parsed, words

__all__ = ["read_sitemap"]


def read_sitemap(stream: Stream, origin: str) -> Iterator[Outcome]:
    """Read the entries of one sitemap, in its order.

    Yields:
        A report for each entry with a headline (``news:title``), outlet and time from beside
        it; then a problem that counts the addresses without one.

    Raises:
        UnreadableReport: It is empty, larger than 16 MiB, declares entities or is broken XML.
    """
    root = parsed(stream, origin)
    bare = sum(1 for _ in children(root, "sitemap"))
    for number, entry in enumerate(children(root, "url"), 1):
        news = child(entry, "news")
        title = words(child(news, "title"))
        if not title:
            bare += 1
            continue
        yield from finished(
            Draft(
                origin=f"{origin}:{number}",
                body="",
                title=title,
                outlet=words(child(news, "publication", "name")),
                url=words(child(entry, "loc")),
                published=words(child(news, "publication_date")),
                language=words(child(news, "publication", "language")),
            )
        )
    if bare:
        yield Problem(origin, f"{bare:,} addresses without a headline, nothing to read in them")

"""Messages of a wire in the envelope of IPTC 7901, with which agencies have sent since 1979.

SOH, a line with service, number, priority and category, STX, the text, ETX, day and time, EOT.
Only the head, the text and the time are read; what stands between them is for printers.
"""

import re
from collections.abc import Iterator

from summitry.sources._decode import decoded
from summitry.sources._iptc import withdrawn
from summitry.sources._outcome import Draft, Outcome, Problem, finished
from summitry.sources._stream import Stream, whole
from summitry.sources._takes import take

__all__ = ["read_wire"]

_MESSAGE = re.compile(
    r"\x01(?P<head>[^\x02]{0,400})\x02(?P<text>[^\x03\x04]*)\x03?(?P<tail>[^\x01]{0,200})"
)
_HEAD = re.compile(r"\s*(?P<service>[A-Za-z]{2,4})(?P<number>\d{2,5})")
_TIME = re.compile(
    r"(\d\d)(\d\d)(\d\d)\s*(?:GMT|UTC|Z)?\s*(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"[a-z]*\.?\s*(?:20)?(\d\d)\b",
    re.IGNORECASE,
)


def read_wire(stream: Stream, origin: str) -> Iterator[Outcome]:
    """Read the messages of one file, in their order.

    Yields:
        A report, a withdrawal or a problem for each.

    Raises:
        UnreadableReport: It is empty or larger than 16 MiB.
    """
    text = decoded(whole(stream, origin)).text.replace("\r\n", "\n").replace("\r", "\n")
    found = list(_MESSAGE.finditer(text))
    if not found:
        yield Problem(origin, "a wire message without a text")
    for number, message in enumerate(found, 1):
        place = f"{origin}:{number}" if len(found) > 1 else origin
        yield from _message(message, place)


def _message(message: re.Match[str], place: str) -> Iterator[Outcome]:
    """What one message comes to; the keyword line before the dateline is its slug."""
    head = _HEAD.match(message["head"])
    body = "\n".join(line.strip() for line in message["text"].strip().split("\n"))
    first, _, rest = body.partition("\n")
    published = _time(message["tail"]) or _time(message["head"])
    outlet, url = "", ""
    for sent in take(first, rest.lstrip()):
        outlet, url = sent.agency, sent.story
        if sent.killed:
            yield from withdrawn(url, outlet, published, place)
            return
    yield from finished(
        Draft(
            origin=place,
            body=rest.strip() or first,
            title=first if rest.strip() else "",
            outlet=outlet,
            url=url,
            published=published,
            ref=f"{head['service']}{head['number']}" if head else None,
        )
    )


def _time(text: str) -> str:
    """Day, hour and minute with month and year, as agencies end a message: 091000 GMT Jan 24."""
    found = _TIME.search(text)
    if not found:
        return ""
    day, hour, minute, month, year = found.groups()
    return f"{day} {month.capitalize()} 20{year} {hour}:{minute}:00 +0000"

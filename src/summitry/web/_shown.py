"""Values as the templates want them: words, and sentences cut out of their reports."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from summitry.export import day, plain, said, value_words
from summitry.model import Claim, Engagement, Report, Value

__all__ = ["Evidence", "Field", "evidence", "fields", "web_address"]

_AROUND = 240
"""Characters of the report shown on each side of a sentence."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim with its sentence in context; all of it still has to be escaped."""

    value: str
    who: str
    surely: str
    against: bool
    before: str
    sentence: str
    after: str
    outlet: str
    on: str
    url: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an engagement with the claims for and against it."""

    key: str
    """Its name in an address."""
    name: str
    value: str
    claims: tuple[tuple[Claim, bool], ...]
    """Each with whether it speaks against the value; those against first, since they are few."""

    @property
    def disputed(self) -> int:
        """How many claims speak against it."""
        return sum(against for _, against in self.claims)


def fields(e: Engagement) -> Iterator[Field]:
    """All fields that have a value, in the order of reading."""
    named = [("Status", e.status), ("When", e.when), ("Where", e.place), ("Kind", e.kind)]
    every = [*named, *(("Party", p) for p in e.parties), *(("Topic", t) for t in e.agenda)]
    for number, (name, field) in enumerate(every):
        if field is not None:
            value: Value = field.value
            told = [(c, True) for c in field.against] + [(c, False) for c in field.by]
            yield Field(f"{number}-{name.lower()}", name, value_words(value), tuple(told))


def evidence(claim: Claim, against: bool, reports: Mapping[str, Report]) -> Evidence:
    """One claim with its sentence where it stands in its report."""
    report, cut = reports.get(claim.mention), claim.sentence
    text = report.text if report else ""
    inside = report is not None and text[cut.start : cut.end] == cut.text
    return Evidence(
        value=value_words(claim.value),
        who=said(claim),
        surely=f"{claim.modality.value}, {claim.polarity.value}",
        against=against,
        before=plain(text[max(0, cut.start - _AROUND) : cut.start]) if inside else "",
        sentence=plain(cut.text) or plain(claim.why),
        after=plain(text[cut.end : cut.end + _AROUND]) if inside else "",
        outlet=plain(report.outlet) if report else "",
        on=day(report.published.date()) if report and report.published else "",
        url=web_address(report.url) if report else "",
    )


def web_address(url: str) -> str:
    """An address that may become a link, or nothing: only http and https, nothing hidden.

    >>> web_address("javascript:alert(1)"), web_address("https://example.org/a")
    ('', 'https://example.org/a')
    """
    if plain(url) != url or " " in url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""

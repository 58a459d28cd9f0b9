"""Whom does a report credit for what it says?"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from summitry.gazetteer import agencies
from summitry.model import Claim, Report, SourceClass

__all__ = ["Carriers"]

_DATELINE = re.compile(r"\(([A-Z][\w. ]{1,40})\)\s*[-\u2013\u2014:]|(?<!\S)/([A-Z][\w. ]{1,40})/")
"""Behind the place: "ANKARA (Reuters) -", "MOSCOW, 2 February. /TASS/"."""
_HEAD = 400
"""Characters at the head of a text in which a dateline may stand."""
_TAIL = 120
"""Characters at its end in which a credit may stand."""
_END = re.compile(
    r"\(([^()]{2,60})\)\W*$|\bSource:\s*([^.:]{2,60})\W*$|[.\u201d\"\n]\s+([\w .-]{2,40})\W*$"
)
"""The last of a text: "(AFP/Own)", "Source: TASS", "Reuters"."""
_PHOTO = re.compile(r"Getty|Photo|Images|Pool|[A-Z]\w+ [A-Z][\w-]+\s*/|REUTERS/")
"""The credit of a picture: "(Mikhail Ivanov/AFP via Getty Images)"."""
_JOINT = re.compile(r"[/,;&+]|\band\b")
_WORD = re.compile(r"\w[\w-]*")


@dataclass(frozen=True, slots=True)
class Carriers:
    """Whom reports may credit: the agencies, and the outlets of some reports."""

    outlets: frozenset[str]
    """In lower case."""
    words: Mapping[str, str]
    """Settled names of those of one word, by the word as printed."""

    @classmethod
    def of(cls, outlets: Iterable[str]) -> Self:
        """The agencies and these outlets."""
        names = [*agencies().values(), *outlets]
        words = {name: name.casefold() for name in names if " " not in name}
        return cls(frozenset(name.casefold() for name in outlets if name), words)

    def named(self, name: str) -> str:
        """The settled name, in lower case, of the carrier of that name; empty when it is none.

        >>> Carriers.of([]).named("The Associated Press"), Carriers.of([]).named("a newspaper")
        ('ap', '')
        """
        plain = name.strip().casefold()
        bare = plain.removeprefix("the ")
        settled = agencies().get(plain) or agencies().get(bare)
        if settled:
            return settled.casefold()
        return next((n for n in (plain, bare, f"the {bare}") if n in self.outlets), "")

    def credited(self, report: Report) -> tuple[str, ...]:
        """The carriers whose text a report says it carries, as settled names in lower case.

        >>> Carriers.of([]).credited(Report(outlet="x", published=None, text="ANKARA (AP) - A"))
        ('ap',)
        """
        found = list(report.credits)
        found += [a or b for a, b in _DATELINE.findall(report.text[:_HEAD])]
        found += re.findall(r"\(([^()]+)\)\s*$", report.outlet)
        end = _END.search(report.text[max(report.body, len(report.text) - _TAIL) :])
        if end and not _PHOTO.search(end.group()):
            found += _JOINT.split(next(filter(None, end.groups()), ""))
        return tuple(dict.fromkeys(filter(None, map(self.named, found))))

    def quoted(self, claims: Iterable[Claim]) -> tuple[str, ...]:
        """The carriers from which every word comes; empty where one has another origin.

        A word comes from a carrier when it goes through it, is its own, or stands in a
        sentence that names it. What the outlet says itself is left aside.
        """
        said = [c for c in claims if c.source.source_class is not SourceClass.OUTLET]
        every = [tuple(self._through(claim)) for claim in said]
        if not every or not all(every):
            return ()
        return tuple(dict.fromkeys(name for found in every for name in found))

    def _through(self, claim: Claim) -> Iterator[str]:
        """The carriers of one claim."""
        source = claim.source
        own = (source.name,) if source.source_class is SourceClass.OTHER_MEDIA else ()
        for name in (*source.via, *own):
            settled = self.named(name)
            if settled or (name[:1].isupper() and not name.startswith("The ")):
                yield settled or name.casefold()
        if source.source_class is not SourceClass.STATE_AGENCY:
            words = _WORD.findall(claim.sentence.text)
            yield from (self.words[word] for word in words if word in self.words)

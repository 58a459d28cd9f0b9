"""Cut a report into sentences without losing a character's place."""

import re
from collections.abc import Iterator

from summitry.lang import Words
from summitry.model import Report, Sentence

__all__ = ["dateline", "sentences"]

_END = re.compile(
    r"[.!?…]+(?:[\"'”’)\]]|[\s\u00a0]?»)*(?=\s|$)|(?<=[a-z)])[.!?][\"”’)]*(?=[A-Z“][a-z’'\s])"
)
_LONGEST = 1500
"""Characters of a sentence at most; what goes on is cut between words. Of 186,000 sentences of
news 10 were longer, all of them lists: and what looks at each pair of words in a sentence would
take hours for a megabyte without a stop."""
_APART = re.compile(r"(?<=\w);\s+|(?<=\w)\s+\|\s+")
_LAST_WORD = re.compile(r"[\w.]+$")
_FIRST_WORD = re.compile(r"\s*(?P<quote>[\"“‘'«(]?)(?P<word>[^\W\d_]+)")
_DATELINE = re.compile(
    r"\s*(?P<place>[A-Z](?:[A-Z'’.]| (?!-)|(?<! )-){2,30}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)"
    r"(?:,\s*[A-Z][\w .,]{2,30}?)?\s*"
    r"(?:\((?P<agency>[A-Za-z/ .-]{2,30})\)\s*[-–—:.]?"
    r"|/(?P<slash>[A-Za-z-]{2,12})/\.?\s*[-–—]?|[-–—]{1,2}|\.)\s+"
)


def sentences(report: Report, words: Words) -> tuple[Sentence, ...]:
    """The report's sentences in reading order; offsets index ``report.text``.

    The headline is marked as such, one sentence for each news that it tells; lines that belong
    to the page and not to the report ("Read also …") are left out; a dateline is no part of its
    sentence.
    """
    found = list(_headline(report.text[: report.body]))
    first = True
    for start, end in _paragraphs(report.text, report.body):
        line = report.text[start:end].lower()
        if line.startswith(tuple(words["noise.lines"])):
            continue
        dated = _dateline_length(report.text[start:end], words) if first else 0
        first = False
        found += _split(report.text, start + dated, end, words)
    return tuple(found)


def _headline(text: str) -> Iterator[Sentence]:
    """What stands on either side of a semicolon or bar: "Envoy due in Kyiv; EU ministers meet"."""
    at = 0
    for gap in _APART.finditer(text):
        yield from _sentence(text, at, gap.start(), headline=True)
        at = gap.end()
    yield from _sentence(text, at, len(text), headline=True)


def dateline(report: Report, words: Words) -> str:
    """The place that the report is datelined from, as printed, or empty."""
    for start, end in _paragraphs(report.text, report.body):
        match = _DATELINE.match(report.text[start:end])
        return match["place"].strip() if match and _is_dateline(match, words) else ""
    return ""


def _dateline_length(paragraph: str, words: Words) -> int:
    """How many characters the dateline at the head of a paragraph takes."""
    match = _DATELINE.match(paragraph)
    return match.end() if match and _is_dateline(match, words) else 0


def _is_dateline(match: re.Match[str], words: Words) -> bool:
    """A place in capitals, or one with an agency; "Luanda." alone at the head also counts.

    "U.S." and "Sen." begin a sentence.
    """
    if match["place"].split()[-1].lower() in words["abbreviation.words"]:
        return False
    if match["agency"] or match["slash"] or match["place"].isupper():
        return True
    return match[0].rstrip().endswith(("-", "–", "—", "."))


def _paragraphs(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Stretches between line breaks that hold anything."""
    for match in re.finditer(r"[^\n\r]+", text[start:]):
        if match[0].strip():
            yield start + match.start(), start + match.end()


def _split(text: str, start: int, end: int, words: Words) -> Iterator[Sentence]:
    """The sentences of one paragraph."""
    at = start
    for gap in _END.finditer(text, start, end):
        if _abbreviated(text, at, gap, words):
            continue
        yield from _sentence(text, at, gap.end())
        at = gap.end()
    yield from _sentence(text, at, end)


def _abbreviated(text: str, start: int, gap: re.Match[str], words: Words) -> bool:
    """Whether the full stop belongs to the word before it."""
    if gap[0] != ".":
        following = text[gap.end() : gap.end() + 3].lstrip()
        return following[:1].islower()
    before = text[max(start, gap.start() - 12) : gap.start()]
    word = _LAST_WORD.search(before)
    last = word[0].lower() if word else ""
    following = text[gap.end() : gap.end() + 3].lstrip()
    if last in words["abbreviation.words"] or (len(last) == 1 and last.isalpha()):
        return not (last in words["abbreviation.final"] and _opens(text[gap.end() :][:20], words))
    return following[:1].islower()


def _opens(following: str, words: Words) -> bool:
    """Whether a word most often begins a sentence: "the U.S. But", not "the U.S. Secretary"."""
    word = _FIRST_WORD.match(following)
    if word is None or not word["word"][:1].isupper():
        return False
    return bool(word["quote"]) or word["word"].lower() in words["abbreviation.opening"]


def _sentence(text: str, start: int, end: int, headline: bool = False) -> Iterator[Sentence]:
    """The stretch without the white space around it, if anything is left; cut where endless."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST:
        cut = start + _LONGEST
        cut = next((k for k in range(cut, cut - 200, -1) if text[k].isspace()), cut)
        yield Sentence(start, cut, text[start:cut], headline)
        start = cut + text[cut].isspace()
    if start < end:
        yield Sentence(start, end, text[start:end], headline)

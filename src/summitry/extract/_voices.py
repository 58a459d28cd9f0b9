"""In whose voice a whole document, or one turn of a transcript, is written.

An office that publishes speaks for itself: what no sentence of its readout credits to anybody
is its own word and not a newspaper's.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from summitry.extract._classes import source_class
from summitry.extract._values import Actor, Sort, Spoken
from summitry.lang import Words
from summitry.model import Report, Source, SourceClass

__all__ = ["DOCUMENT", "voices"]

_TURN = re.compile(r"^(?P<who>[A-Z][A-Z.’'\- ]{2,60}):\s", re.MULTILINE)
_SIGNED = re.compile(r"\b(?:by|from)\b", re.IGNORECASE)
DOCUMENT = "document"
"""The cue of what an office publishes under its own name."""
_REACH = 12
"""Characters that may stand between "by" and the first name: "by the NSC"."""
_OFFICES = {Sort.INSTITUTION, Sort.ORGANISATION, Sort.OFFICE}


def voices(
    report: Report, outlet: Sequence[Actor], named: Sequence[Actor], words: Words
) -> tuple[Spoken, ...]:
    """Stretches of the report in which somebody speaks without a cue.

    Args:
        report: The report.
        outlet: Whom the outlet's own name names, at offsets of that name.
        named: Whom the report names, at offsets of its text.
        words: The pack of its language.

    Returns:
        The whole text for an office's own document, and each turn of a transcript; none for
        an ordinary report.
    """
    found = list(_turns(report, named, words))
    office = _office(report.outlet, outlet, words)
    if office is not None:
        signed = _signed(report, office, named, words)
        found.append(Spoken(0, len(report.text), signed or office, DOCUMENT))
    return tuple(found)


def _office(name: str, outlet: Sequence[Actor], words: Words) -> Source | None:
    """The outlet as a source, if it is an office and no medium."""
    tokens = set(re.findall(r"[\w-]+", name.lower()))
    if not tokens or tokens & words["source.media"]:
        return None
    bare = re.sub(r"^the ", "", name.lower().strip())
    body = next((a for a in outlet if a.sort in _OFFICES and a.text.lower() in {bare, name}), None)
    called = tokens & words["source.publisher"]
    state = next((a.state for a in outlet if a.state), None)
    if body is None and not (called and state):
        return None
    return Source(name, SourceClass.SPOKESPERSON, None, state)


def _signed(report: Report, office: Source, named: Sequence[Actor], words: Words) -> Source | None:
    """Who signs an office's document: "Statement by Press Secretary A. B. on …"."""
    title = report.text[: report.body] or report.title
    head = set(re.findall(r"\w+", title.lower()))
    if not head & words["source.document"]:
        return None
    by = _SIGNED.search(title)
    reach = range(by.end(), by.end() + _REACH) if by else range(0)
    after = [a for a in named if a.start in reach and a.end <= len(title)]
    if "joint" in head and "statement" in head:
        return Source(title, SourceClass.SPOKESPERSON, None, office.state)
    if after and after[0].sort is Sort.PERSON:
        actor = after[0]
        klass = source_class(actor.text, actor, words)
        own = SourceClass.SPOKESPERSON if _spoken_for(title, actor, words) else klass
        return Source(actor.name or actor.text, own, actor.role, office.state)
    if "background" in head or (after and after[0].sort is Sort.OFFICIALS):
        name = after[0].text if after else "senior official"
        return Source(name, SourceClass.OFFICIAL_UNNAMED, None, office.state)
    return None


def _spoken_for(title: str, actor: Actor, words: Words) -> bool:
    """Whether the title before the name is a speaker's: "NSC Spokesperson"."""
    near = title[: actor.end].lower()[-90:]
    return any(w in near for w in words["title.speaker"])


def _turns(report: Report, named: Sequence[Actor], words: Words) -> Iterator[Spoken]:
    """The turns of a transcript, each from its label to the next one."""
    labels = list(_TURN.finditer(report.text, report.body))
    ends = [m.start() for m in labels[1:]] + [len(report.text)]
    if len(labels) < 2:
        return
    people: dict[str, Actor] = {}
    for actor in named:
        if actor.sort is Sort.PERSON and actor.name and actor.name.split():
            people.setdefault(actor.name.lower().split()[-1], actor)
    for label, end in zip(labels, ends, strict=True):
        who = _labelled(label["who"], people, words)
        if who is not None:
            yield Spoken(label.end(), end, who, ":")


def _labelled(text: str, people: Mapping[str, Actor], words: Words) -> Source | None:
    """The person of a label in capitals, by surname, or officials without a name."""
    tokens = re.findall(r"[\w-]+", text.lower())
    actor = people.get(tokens[-1]) if tokens else None
    if actor is not None:
        klass = source_class(actor.text, actor, words)
        return Source(actor.name or actor.text, klass, actor.role, actor.state)
    if tokens and tokens[-1] in words["source.anonymous"]:
        return Source(text.lower(), SourceClass.OFFICIAL_UNNAMED)
    return None

"""How a template becomes a page: the words that all of them know."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from summitry import export
from summitry.gazetteer import tracks
from summitry.model import Deadline, Kind, Party, Status
from summitry.web._filters import LEAST
from summitry.web._formats import FORMATS

__all__ = ["drawing"]

SAYS: Mapping[Status, str] = MappingProxyType(
    {
        Status.FLOATED: "somebody says it may happen",
        Status.IN_PREPARATION: "a side says it is being organised",
        Status.ANNOUNCED: "one side says on record that it will be",
        Status.CONFIRMED: "both sides, or host and convener, have said so",
        Status.HELD: "it took place or is under way",
        Status.POSTPONED: "put off, with or without a new date",
        Status.CANCELLED: "called off after it was announced",
        Status.DENIED: "a side says that there is no such plan",
    }
)


def drawing(style: str, desk: str) -> Callable[..., bytes]:
    """What draws a template, by its name and with its values, as UTF-8.

    Args:
        style: The address of the style sheet.
        desk: The path of the review desk; empty where nobody may write.
    """
    env = Environment(
        loader=PackageLoader("summitry.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters.update(
        counted=export.counted,
        day=export.day,
        party=export.party,
        person=person,
        place=export.place,
        plain=export.plain,
        said=export.said,
        segment=lambda text: quote(str(text), safe=""),
        sides=export.sides,
        state=export.state,
        stretch=export.stretch,
        words=export.value_words,
    )
    env.globals.update(
        formats={ending: form.name for ending, form in FORMATS.items()},
        kinds=[k.value for k in Kind],
        least=list(LEAST),
        says={str(s.value): words for s, words in SAYS.items()},
        shapes={s: shape for s, (shape, _) in export.SHAPES.items()},
        signs={due: words.partition(" ")[0] for due, words in export.DUE.items()},
        statuses=list(Status),
        style=style,
        desk=desk,
        tracks=tracks(),
        slot_words=export.slot_words,
        is_due=lambda entry: isinstance(entry, Deadline),
    )

    def draw(name: str, **values: object) -> bytes:
        return env.get_template(name).render(**values).encode()

    return draw


def person(party: Party) -> str:
    """The path of a party's page: a person's where it has a name, else its state's; or nothing."""
    if party.name and party.name != party.state:
        return f"/person/{quote(party.wikidata or party.name, safe='')}"
    return f"/state/{quote(party.state, safe='')}" if party.state else ""

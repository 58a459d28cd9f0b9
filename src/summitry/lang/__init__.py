"""The reference shelf of languages: word lists as data, and the parser behind one door."""

from importlib import import_module

from summitry.errors import UnknownLanguage
from summitry.lang._light import without_command_line
from summitry.lang.passages import Ask, Elsewhere, Heard, Opinion, Passage, Span, silent
from summitry.lang.sieve import Sieve, sieve
from summitry.lang.tokens import Parse, Token
from summitry.lang.weights import Weights, weights
from summitry.lang.when import WhenWords, when_words
from summitry.lang.words import Words, words

__all__ = [
    "Ask",
    "Elsewhere",
    "Heard",
    "Opinion",
    "Parse",
    "Passage",
    "Sieve",
    "Span",
    "Token",
    "Weights",
    "WhenWords",
    "Words",
    "parser",
    "reader",
    "sieve",
    "silent",
    "weights",
    "when_words",
    "words",
]

_DOORS = {
    "en": ("summitry.lang.spacy_en", "spacy_parser"),
    "fr": ("summitry.lang.spacy_fr", "spacy_parser"),
    "pt": ("summitry.lang.iberian", "rule_parser"),
    "es": ("summitry.lang.iberian", "rule_parser"),
}
"""The module behind which the parser of a language stands, and the function that gives it."""


def parser(language: str) -> Parse:
    """The parser of a language; the model is loaded at the first call and kept.

    Raises:
        UnknownLanguage: There is no parser for this code, or it is not installed.
        ModelMissing: The model that every installation has is not there.
    """
    if language not in _DOORS:
        raise UnknownLanguage(language)
    # Imported here: spaCy takes a second to load, and most commands never parse.
    with without_command_line():
        module, given = _DOORS[language]
        parse: Parse = getattr(import_module(module), given)(language)
    return parse


def reader(language: str) -> Ask:
    """The learned reader of a language; one that holds nothing where it has none."""
    # Imported here: numpy takes a tenth of a second, and most commands never read.
    from summitry.lang.minilm import learned  # noqa: PLC0415

    return learned(language)

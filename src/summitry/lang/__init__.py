"""The reference shelf of languages: word lists as data, and the parser behind one door."""

from summitry.lang._light import without_command_line
from summitry.lang.tokens import Parse, Token
from summitry.lang.when import WhenWords, when_words
from summitry.lang.words import Words, words

__all__ = ["Parse", "Token", "WhenWords", "Words", "parser", "when_words", "words"]


def parser(language: str) -> Parse:
    """The parser of a language; the model is loaded at the first call and kept.

    Raises:
        UnknownLanguage: There is no parser for this code.
        ModelMissing: The model is not installed.
    """
    # Imported here: spaCy takes a second to load, and most commands never parse.
    with without_command_line():
        from summitry.lang.spacy_en import spacy_parser  # noqa: PLC0415

    return spacy_parser(language)

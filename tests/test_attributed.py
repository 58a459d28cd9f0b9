"""Who says, thinks or wants what, as a careful reader would mark it."""

from functools import cache
from itertools import pairwise

import pytest

from summitry.extract._quotes import quotes
from summitry.extract.attributed import Attribution, Manner, attributed
from summitry.extract.sentences import sentences
from summitry.lang import Parse, parser, words
from summitry.model import Report

EN = words("en")


@cache
def _parse() -> Parse:
    return parser("en")


def _all(text: str) -> tuple[Attribution, ...]:
    cut = sentences(Report(outlet="", published=None, text=text, title="", url=""), EN)
    return attributed(text, cut, _parse()([s.text for s in cut]), EN)


def _words(text: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of each attribution in the text's words."""
    return [
        (
            " … ".join(text[s:e] for s, e in a.source),
            " … ".join(text[s:e] for s, e in a.cue),
            " … ".join(text[s:e] for s, e in a.content),
        )
        for a in _all(text)
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The minister said that the talks had failed.",
         "The minister", "said", "that the talks had failed"),
        ("Her deputy did not deny the report.", "Her deputy", "did not deny", "the report"),
        ("The union called for a boycott of the summit.",
         "The union", "called for", "a boycott of the summit"),
        ("The senator accused the governor of hiding the figures.",
         "The senator", "accused", "the governor of hiding the figures"),
        ("The bishops urged both sides to lay down their arms.",
         "The bishops", "urged", "both sides to lay down their arms"),
        ("The committee called on the president to resign.",
         "The committee", "called on", "the president to resign"),
        ("According to two diplomats, the envoy left early.",
         "two diplomats", "According to", "the envoy left early"),
        ("The envoy left early, two diplomats said.",
         "two diplomats", "said", "The envoy left early"),
        ("She called the plan a mistake.", "She", "called", "the plan a mistake"),
        ("The plan was criticised by farmers.", "farmers", "was criticised", "The plan"),
        ("The chancellor was expected to travel.", "", "was expected", "to travel"),
        ("He went on to say that trade would suffer.",
         "He", "went on to say", "that trade would suffer"),
    ],
)  # fmt: skip
def test_speech(text: str, source: str, cue: str, content: str) -> None:
    found = _words(text)
    assert len(found) == 1
    assert found[0][0] == source
    assert found[0][1].replace(" … ", " ") == cue
    assert content in found[0][2].replace(" … ", " ")


@pytest.mark.parametrize(
    ("text", "manner", "cue"),
    [
        ("The king believes that the treaty will hold.", Manner.THOUGHT, "believes"),
        ("The queen wants to visit Oslo.", Manner.WILL, "wants"),
        ("The mayor is confident that the bridge will be built.", Manner.THOUGHT, "is confident"),
        ("The clerk's claim that it rained was false.", Manner.SPEECH, "claim"),
        ("The firm's plan to buy the harbour failed.", Manner.WILL, "plan"),
        ("The earl is a critic of the treaty.", Manner.THOUGHT, "is a critic of"),
        ("The king said so and added that he was tired.", Manner.SPEECH, "added"),
    ],
)
def test_speech_is_told_from_thought_and_will(text: str, manner: Manner, cue: str) -> None:
    (found,) = _all(text)
    assert found.manner is manner
    assert "".join(text[s:e] for s, e in found.cue) == cue


def test_what_is_only_to_be_said_is_not_attributed() -> None:
    assert _all("The spokesman may say that the ship has sunk.") == ()


def test_the_outer_attribution_counts_and_what_it_tells_as_said() -> None:
    assert [w[1] for w in _words("She says he hopes to win.")] == ["says"]
    cues = [w[1] for w in _words("She said the king told her that he was ill.")]
    assert cues == ["said", "told"]


def test_a_quotation_goes_on_over_sentences_and_belongs_to_one() -> None:
    text = (
        "“The river is rising. We must leave at once,” the mayor said. "
        "“Nobody will be left behind here.”\n\n"
        "The storm had begun on Friday."
    )
    ((source, _, content),) = _words(text)
    assert source == "the mayor"
    assert content.startswith("“The river is rising.")
    assert content.endswith("left behind here.”")


def test_words_after_a_colon_on_the_next_line_are_the_speakers() -> None:
    text = "The prefect added:\n\n“No train will run before Monday morning.”"
    ((source, cue, content),) = _words(text)
    assert (source, cue) == ("The prefect", "added:")
    assert content == "“No train will run before Monday morning.”"


def test_labels_and_signatures_name_the_speaker() -> None:
    label = _words("MODERATOR: When will the ship come in?")
    assert ("MODERATOR", ":", "When will the ship come in?") in label
    signed = _words("“The harbour has never been so full.”\n\n― Ada Berg")
    assert signed == [("Ada Berg", "―", "“The harbour has never been so full.”")]


def test_quotations_end_with_their_paragraph() -> None:
    text = "“One goes on\n“and opens anew” he said.\nNone here"
    assert [text[s:e] for s, e in quotes(text)] == ["“One goes on", "“and opens anew”"]


def test_spans_lie_in_the_text_and_do_not_overlap() -> None:
    text = "Farmers fear that rain, which the office predicted on Monday, will ruin the hay."
    for found in _all(text):
        spans = sorted((*found.source, *found.cue, *found.content))
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))

"""Where a sentence ends."""

from summitry.extract.sentences import sentences
from summitry.lang import words
from summitry.model import Report

EN = words("en")


def test_a_sentence_does_not_end_before_a_small_letter() -> None:
    text = "“We are ready.” said the envoy. Rep. Ann Moe (D-Va.) said no."
    cut = sentences(Report(outlet="", published=None, text=text, title="", url=""), EN)
    assert [s.text for s in cut] == [
        "“We are ready.” said the envoy.",
        "Rep. Ann Moe (D-Va.) said no.",
    ]

"""The cascade as a whole: offsets, sameness, and what it does not do."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.extract import passes, read
from summitry.lang import parser
from summitry.model import Mention, Report, Slot, SourceClass, Status

NOON = datetime(2024, 1, 9, 12, tzinfo=UTC)
PIECES = [
    "Turkish President Recep Tayyip Erdogan",
    "Russian Foreign Minister Sergei Lavrov",
    "will visit",
    "met",
    "did not meet",
    "Ankara",
    "on Friday",
    "in February",
    "talks",
    "the Kremlin said",
    "“perhaps”",
    "\u202e",
    "é\u0301",
    ".",
    ",",
    "\n\n",
    "(",
    "U.S.-Turkish",
    "postponed",
    "the two leaders",
    "His Royal Highness",
    "Türkiye’s",
]


def told(text: str, title: str = "") -> Report:
    whole = f"{title}\n\n{text}" if title else text
    return Report(outlet="The Daily Ledger", published=NOON, text=whole, title=title)


def mentions(text: str, title: str = "") -> tuple[Mention, ...]:
    return read(told(text, title), parser("en")).mentions


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))
def test_any_order_of_words_reads_and_every_quote_slices_back(text: str) -> None:
    report = told(text)
    for mention in read(report, parser("en")).mentions:
        assert mention.claims
        assert {c.mention for c in mention.claims} == {mention.id}
        assert any(c.slot is Slot.STATUS for c in mention.claims)
        for claim in mention.claims:
            said = claim.sentence
            assert report.text[said.start : said.end] == said.text


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_reads_without_a_crash(text: str) -> None:
    read(told(f"Putin and Erdogan will meet in Ankara. {text}"), parser("en"))


def test_the_same_report_reads_the_same_twice() -> None:
    text = "Putin will visit Turkey on February 12, the Kremlin said. The visit was put off."
    assert mentions(text) == mentions(text)
    assert len({c.id for m in mentions(text) for c in m.claims}) == sum(
        len(m.claims) for m in mentions(text)
    )


def test_the_body_outranks_its_headline() -> None:
    (visit,) = mentions(
        "Russian President Vladimir Putin may visit Turkey in February, a diplomat said.",
        title="Putin to visit Turkey",
    )
    assert visit.status is Status.FLOATED
    assert [s.source_class for s in visit.sources] == [SourceClass.DIPLOMATIC_SOURCE]


def test_a_refusal_to_confirm_is_no_confirmation_and_no_denial() -> None:
    (visit,) = mentions("The Kremlin declined to confirm that Vladimir Putin would visit Turkey.")
    assert visit.status is Status.FLOATED
    (said,) = (c for c in visit.claims if c.slot is Slot.STATUS)
    assert (said.value, said.polarity.value) == (Status.CONFIRMED, "negative")


def test_what_is_about_nobody_does_not_pass_the_gate() -> None:
    assert not passes(
        told("The council will meet on Tuesday to talk about the new swimming pool.")
    )
    assert passes(told("Putin will meet Erdogan in Ankara."))


def test_a_language_without_a_pack_is_noted() -> None:
    report = Report(outlet="X", published=NOON, text="Putin ve Erdogan.", language="tr")
    reading = read(report, parser("en"))
    assert reading.mentions == ()
    assert "tr" in reading.notes[0]

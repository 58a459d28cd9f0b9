"""Date expressions become intervals, in the direction the speaker looks."""

import csv
import json
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.errors import UnknownLanguage
from summitry.extract.when import Dated, dates
from summitry.lang.when import when_words
from summitry.model import Precision, When

ENGLISH = when_words("en")
WEDNESDAY = date(2024, 1, 31)
DATA = Path(__file__).parent / "data"
TABLES = [
    ("en", "forward_dates.csv", 175),
    ("fr", "forward_dates_fr.csv", 40),
    ("pt", "forward_dates_pt.csv", 40),
    ("es", "forward_dates_es.csv", 40),
]
SHARED = Path(__file__).parents[1].parent / "shared"


def read(text: str, published: date | None = WEDNESDAY) -> tuple[Dated, ...]:
    return dates(text, published, ENGLISH)


def only(text: str, published: date | None = WEDNESDAY) -> Dated:
    (found,) = read(text, published)
    return found


def forward(text: str, published: date | None = WEDNESDAY) -> When:
    when = only(text, published).forward
    assert when is not None
    return when


def backward(text: str, published: date | None = WEDNESDAY) -> When:
    when = only(text, published).backward
    assert when is not None
    return when


def as_row(when: When) -> tuple[str, str, str]:
    start, end = (day.isoformat() if day else "" for day in (when.start, when.end))
    return start, end, when.precision.value


@pytest.mark.parametrize(("language", "table", "least"), TABLES)
def test_table_of_expressions(language: str, table: str, least: int) -> None:
    """The English table was written from the conventions before its grammar was tuned on it."""
    wrong, rows = [], list(csv.DictReader((DATA / table).read_text("utf-8").splitlines()))
    for row in rows:
        published = date.fromisoformat(row["published"])
        found = dates(row["sentence"], published, when_words(language))
        got = [as_row(w) for d in found if (w := getattr(d, row["direction"]))]
        want = row["start"], row["end"], row["precision"]
        if found if row["precision"] == "none" else want not in got:
            wrong.append((row["sentence"], want, got))
    assert len(rows) >= least
    assert wrong == []


@pytest.mark.parametrize(
    ("day", "ahead", "back"),
    [
        (date(2024, 1, 31), date(2024, 2, 2), date(2024, 1, 26)),
        (date(2024, 2, 2), date(2024, 2, 2), date(2024, 2, 2)),
    ],
)
def test_bare_weekday_is_next_or_last_and_today_on_the_day(
    day: date, ahead: date, back: date
) -> None:
    found = only("He arrives on Friday.", day)
    assert found.text == "Friday"
    assert found.forward is not None
    assert found.backward is not None
    assert (found.forward.start, found.backward.start) == (ahead, back)


def test_on_a_sunday_this_week_is_the_coming_one_and_last_week_the_one_that_ends() -> None:
    sunday = date(2018, 9, 23)
    assert forward("They meet this week.", sunday).start == date(2018, 9, 24)
    assert backward("They met last week.", sunday).start == date(2018, 9, 17)
    assert forward("They meet next week.", sunday).start == date(2018, 9, 24)


def test_recalled_this_month_ends_on_the_day_of_publication() -> None:
    when = backward("They have met twice this month.", date(2023, 4, 28))
    assert (when.start, when.end) == (date(2023, 4, 1), date(2023, 4, 28))


def test_day_just_past_is_not_next_years() -> None:
    assert forward("The summit of July 8.", date(2024, 7, 9)).start == date(2024, 7, 8)
    assert forward("The summit of June 8.", date(2024, 7, 9)).start == date(2025, 6, 8)


def test_weekday_decides_the_year() -> None:
    assert forward("Monday, June 12", date(2018, 1, 5)).start == date(2017, 6, 12)
    assert [d.text for d in read("They spoke Friday, July 8 talks went well.")] == [
        "Friday",
        "July 8",
    ]


def test_year_of_the_second_date_holds_for_the_first() -> None:
    early, late = read("It was held on 12 July and 21 August 2019.")
    assert early.forward == early.backward
    assert early.forward is not None
    assert early.forward.start == date(2019, 7, 12)
    assert late.text == "21 August 2019"


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("on Monday at 5:03 p.m. EDT", "17:03 EDT"),
        ("on Monday at 9.30 local time", "09:30 local time"),
        ("at 0930 GMT on Monday", "09:30 GMT"),
        ("at noon on Monday", "12:00"),
        ("Monday at 12:15 am", "00:15"),
        ("on Monday at 25:10", ""),
        ("on Monday 12 people", ""),
        ("on Monday", ""),
    ],
)
def test_clock_time_stands_beside_the_day(text: str, clock: str) -> None:
    found = only(f"They talk {text}.")
    assert found.forward is not None
    assert found.forward.time == clock
    assert found.forward.text == found.text


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("a three-day visit to Rome on Sunday", date(2024, 2, 4), date(2024, 2, 7)),
        ("arrives on Sunday for a 48-hour stay", date(2024, 2, 4), date(2024, 2, 6)),
        ("a three-day ceasefire on Sunday", date(2024, 2, 4), date(2024, 2, 5)),
        ("a two-day visit that, he said on Sunday", date(2024, 2, 4), date(2024, 2, 5)),
        ("a two-day visit. On Sunday", date(2024, 2, 4), date(2024, 2, 5)),
    ],
)
def test_duration_lengthens_the_day_on_which_it_begins(
    text: str, start: date, end: date | None
) -> None:
    when = forward(text)
    assert (when.start, when.end) == (start, end)


def test_change_of_date_is_no_range() -> None:
    assert [d.text for d in read("moved from Monday to Thursday")] == ["Monday", "Thursday"]
    assert [d.text for d in read("from Monday to Thursday")] == ["Monday to Thursday"]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("by Friday", WEDNESDAY, date(2024, 2, 3)),
        ("until 15 June", WEDNESDAY, date(2024, 6, 16)),
        ("before March", WEDNESDAY, date(2024, 3, 1)),
        ("before the end of March", WEDNESDAY, date(2024, 4, 1)),
        ("after 5 May", date(2024, 5, 6), None),
        ("not before March", date(2024, 3, 1), None),
        ("from 5 May onwards", date(2024, 5, 5), None),
        ("around 8 July", date(2024, 7, 6), date(2024, 7, 11)),
    ],
)
def test_bounds(text: str, start: date, end: date | None) -> None:
    when = forward(text)
    assert (when.start, when.end) == (start, end)


@pytest.mark.parametrize("text", ["after the June 12 summit", "about the June 12 summit"])
def test_day_that_names_a_summit_is_not_bounded(text: str) -> None:
    assert forward(text).label == "2024-06-12"


def test_since_is_no_plan() -> None:
    found = only("They have been talking since Monday.")
    assert found.forward is None
    assert found.backward is not None
    assert found.backward.end == date(2024, 2, 1)


def test_without_a_day_of_publication_only_full_dates_are_read() -> None:
    text = "On Friday, in March and on 5 May; signed on 3 April 2024, by the end of 2026."
    signed, deadline = read(text, None)
    assert signed.forward == signed.backward
    assert deadline.forward is not None
    assert (deadline.forward.start, deadline.forward.end) == (None, date(2027, 1, 1))


@pytest.mark.parametrize(
    "text",
    [
        *("on February 30, 2024", "31 June", "20255-01-01", "2024-13-45", "45/45/2024", "32 May"),
        *("soon", "in due course", "at a convenient date", "in the near future"),
        *("They may march.", "the second half", "a score of 3-2", "$2,000", "the 1990s"),
        *("the 1997 treaty", "the 12th session", "Theresa May", "24/7", "the Sunday Times"),
    ],
)
def test_no_dates(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on Easter Sunday 2025", date(2025, 4, 20)),
        ("on Good Friday 2024", date(2024, 3, 29)),
        ("on Orthodox Easter 2024", date(2024, 5, 5)),
        ("on Orthodox Easter 2025", date(2025, 4, 20)),
        ("on Thanksgiving 2023", date(2023, 11, 23)),
        ("on Eid al-Fitr 2024", date(2024, 4, 10)),
        ("on Eid al-Adha 2023", date(2023, 6, 28)),
        ("on Eid al-Adha 2025", date(2025, 6, 6)),
        ("before Ramadan 2025", date(2025, 3, 1)),
        ("on Chinese New Year 2024", date(2024, 2, 10)),
        ("on Lunar New Year 2025", date(2025, 1, 29)),
        ("on Diwali 2023", date(2023, 11, 12)),
        ("on Diwali 2024", date(2024, 10, 31)),
    ],
)
def test_feasts(text: str, day: date) -> None:
    """Days as kept; those that hang on the moon lie inside a few days of doubt."""
    when = backward(text)
    assert when.start is not None
    assert when.end is not None
    assert when.start <= day < when.end
    assert (when.end - when.start).days <= (31 if "Ramadan" in text else 5)


PIECES = (
    "May march on the 12th 31 2024 20255 Feb. 29 , - – ( ) to and until early mid late next last "
    "this week month year days Monday Friday tomorrow in two weeks ' \n\n by after not before "
    "Easter Ramadan spring first half of end 9.30 p.m. GMT 12/13/2024 three-day visit ago since "
    "around from end's İstanbul ſecond Kelvin \u212a weekend quarter from now"
)
WORDS = st.sampled_from(PIECES.split(" "))
SENTENCES = st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=60)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31)) | st.dates(date(1990, 1, 1), date(2030, 1, 1))


@settings(max_examples=400, deadline=None)
@given(SENTENCES, DAYS)
def test_any_text_on_any_day(text: str, published: date) -> None:
    place = 0
    for found in dates(text, published, ENGLISH):
        assert place <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        assert found.forward or found.backward
        place = found.end


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["Friday", "5 May", "in July", "early March", "12 to 14 June"]), DAYS)
def test_plans_end_ahead_and_recollections_start_behind(text: str, published: date) -> None:
    for found in dates(text, published, ENGLISH):
        if found.forward and found.forward.end:
            assert found.forward.end - published > timedelta(days=-14)
        if found.backward and found.backward.start and found.backward != found.forward:
            assert found.backward.start <= published


@pytest.mark.parametrize(
    "text", ["Monday and ", "May 12 ", "two-day visit ", "a" * 50, "((", "3-", "from Monday to "]
)
def test_time_grows_with_length_only(text: str) -> None:
    """Ten times the text may take ten times as long, not a hundred times."""
    short, long = text * (6_000 // len(text)), text * (60_000 // len(text))
    assert _seconds(long) < 40 * _seconds(short) + 0.5


def _seconds(text: str) -> float:
    """Of the processor, the least of three: whatever else runs adds to the others."""
    found = []
    for _ in range(3):
        started = time.process_time()
        read(text)
        found.append(time.process_time() - started)
    return min(found)


def test_unknown_language_is_refused() -> None:
    with pytest.raises(UnknownLanguage):
        when_words("xx")
    with pytest.raises(UnknownLanguage):
        when_words("../en")


def test_no_word_has_two_meanings() -> None:
    assert [w for w, n in Counter(w.text for w in ENGLISH.words).items() if n > 1] == []


def test_gold_dates_are_read() -> None:
    """Share of the labelled dates whose own words are read as about the labelled days."""
    paths = [SHARED / "data" / "gold" / f"{name}.jsonl" for name in ("train", "dev")]
    if not all(path.is_file() for path in paths):
        pytest.skip("the gold reports are not here")
    reports = [
        json.loads(line) for path in paths for line in path.read_text("utf-8").split("\n") if line
    ]
    right, seen = 0, set()
    for report in (r for r in reports if r["language"] == "en" and r["published"]):
        found = read(report["text"], date.fromisoformat(report["published"][:10]))
        for gold in (w for m in report["mentions"] for w in m["whens"]):
            words, start, end = gold["text"], gold["start"], gold["end"]
            key = (report["id"], words, start, end)
            if not words or not start or not end or words not in report["text"] or key in seen:
                continue
            seen.add(key)
            right += _read_at(report["text"], words, found, _days(start, end))
    assert right / len(seen) > 0.86


def _days(start: str, end: str) -> When:
    return When(date.fromisoformat(start), date.fromisoformat(end), Precision.DAY)


def _read_at(text: str, words: str, found: tuple[Dated, ...], gold: When) -> bool:
    places = [i for i in range(len(text)) if text.startswith(words, i)]
    near = [d for d in found if any(d.start < i + len(words) and i < d.end for i in places)]
    readings = [w for d in near for w in (d.forward, d.backward) if w and w.start and w.end]
    return any(_alike(w, gold) for w in readings)


def _alike(a: When, b: When) -> bool:
    assert a.start
    assert a.end
    assert b.start
    assert b.end
    shared = (min(a.end, b.end) - max(a.start, b.start)).days
    return shared * 2 >= (max(a.end, b.end) - min(a.start, b.start)).days

"""Which reports are one source: copies, credits, utterances, translations, own words."""

import random
from dataclasses import replace
from importlib import resources

import pytest
from _tales import DIPLOMAT, ERDOGAN, FIDAN, PESKOV, Teller, day
from hypothesis import given, settings
from hypothesis import strategies as st

import summitry
from summitry.export import sources_text
from summitry.model import Carrier, Reading, Source, SourceClass, Status, Tie
from summitry.resolve import _sketch, resolve
from summitry.resolve._credits import Carriers

END = summitry.instant("2025-01-01")
FLOATED = (Status.FLOATED, DIPLOMAT)
STORY = " ".join(f"word{n} of the agency about talks" for n in range(60))


def strands(*readings: Reading) -> list[tuple[Carrier, ...]]:
    (one,) = resolve(readings, [], [], END)
    assert one.independent_sources == len(one.lineage)
    return [strand.carriers for strand in one.lineage]


def ties(*readings: Reading) -> list[list[Tie | None]]:
    return [[c.tie for c in carriers] for carriers in strands(*readings)]


def headed(reading: Reading, title: str, body: str = "") -> Reading:
    text = f"{title}\n\n{body}".strip()
    return replace(reading, report=replace(reading.report, title=title, text=text))


def test_a_trimmed_copy_hangs_on_the_report_that_had_it_first() -> None:
    tell = Teller()
    wire = tell("2024-01-20", FLOATED, text="ANKARA - " + STORY)
    paper = tell("2024-01-21", FLOATED, text="Our own lead. " + STORY[:700])
    ((first, second),) = strands(paper, wire)
    assert (first.outlet, first.tie) == ("outlet 1", None)
    assert (second.outlet, second.tie, second.of) == ("outlet 2", Tie.COPY, wire.report.id)


def test_feed_items_with_one_headline_are_one() -> None:
    tell = Teller()
    title = "Putin's visit to Turkey in February is agreed, diplomats say"
    first = headed(tell("2024-01-20", FLOATED), title, "Two lines of summary.")
    second = headed(tell("2024-01-20", FLOATED), title.replace("'", "\u2019"))
    short = [headed(tell("2024-01-20", FLOATED), "Putin to visit Turkey") for _ in range(2)]
    assert ties(first, second) == [[None, Tie.COPY]]
    assert ties(*short) == [[None], [None]], "anybody writes such a headline"


def test_words_under_a_picture_make_no_copy() -> None:
    tell = Teller()
    caption = (
        "The presidents shake hands in Ankara on Jan. 8, 2020. (Mira Hallas/Agency via Getty)"
    )
    one = headed(tell("2024-01-20", FLOATED), "What the visit could bring", caption)
    other = headed(tell("2024-01-20", FLOATED), "Grain and gas on the table", caption)
    assert ties(one, other) == [[None], [None]]


def test_a_credit_is_followed_for_a_day_and_to_that_agency_alone() -> None:
    tell = Teller()
    own = tell("2024-01-20", FLOATED, outlet="Reuters", text="Own words of the agency.")
    others = [
        tell("2024-01-20", FLOATED, text="A visit is planned, it is said. (Reuters)"),
        tell("2024-01-21", FLOATED, text="ANKARA (Reuters) - Something else is said."),
        tell("2024-01-22", FLOATED, text="ANKARA (Reuters) - News of another day."),
        tell("2024-01-21", FLOATED, text="Not theirs. (AFP/Own)"),
    ]
    found = strands(own, *others)
    assert [[c.outlet for c in strand] for strand in found] == [
        ["Reuters", "outlet 2", "outlet 3"],
        ["outlet 5"],
        ["outlet 4"],
    ]
    assert {c.credited for c in found[0][1:]} == {"reuters"}


def test_an_agency_that_comes_after_its_clients_is_theirs() -> None:
    tell = Teller()
    client = tell("2024-01-20", FLOATED, text="It is planned, they say. (TASS)")
    own = tell("2024-01-20", FLOATED, outlet="TASS", text="Own words of the agency.")
    more = tell("2024-01-20", FLOATED, outlet="TASS", text="Another dispatch of that day.")
    assert ties(client, own) == [[None, Tie.CREDIT]]
    assert ties(own, more) == [[None], [None]], "an agency may have two sources in a day"


def test_a_report_of_a_report_hangs_on_it() -> None:
    tell = Teller()
    via = replace(DIPLOMAT, via=("Marmara TV",))
    origin = tell("2024-01-20", FLOATED, outlet="Marmara TV")
    assert ties(origin, tell("2024-01-20", (Status.FLOATED, via))) == [[None, Tie.CREDIT]]


def test_an_agency_and_a_word_of_its_own_are_two() -> None:
    tell = Teller()
    via = replace(DIPLOMAT, via=("Marmara TV",))
    origin = tell("2024-01-20", FLOATED, outlet="Marmara TV")
    more = tell("2024-01-20", (Status.FLOATED, via), (Status.FLOATED, PESKOV))
    assert ties(origin, more) == [[None], [None]]


def test_one_utterance_is_one_source_whatever_each_outlet_made_of_it() -> None:
    tell = Teller()
    short = replace(FIDAN, name="Fidan")
    told = tell("2024-02-04", (Status.CONFIRMED, short), text="On Sunday there was news.")
    heard = tell("2024-02-04", (Status.ANNOUNCED, FIDAN), text="He spoke on television.")
    later = tell("2024-02-06", (Status.ANNOUNCED, FIDAN), text="He spoke again.")
    assert ties(heard, told, later) == [[None, Tie.UTTERANCE], [None]]


def test_the_same_unnamed_word_in_another_language_is_a_translation() -> None:
    tell = Teller()
    english = tell("2024-01-20", FLOATED, when=day("2024-02-12"))
    milieux = Source("des milieux diplomatiques", SourceClass.DIPLOMATIC_SOURCE, state="TR")
    french = tell("2024-01-20", (Status.FLOATED, milieux), when=day("2024-02-12"))
    french = replace(french, report=replace(french.report, language="fr"))
    same = tell("2024-01-20", FLOATED, when=day("2024-02-12"))
    assert ties(english, french) == [[None, Tie.TRANSLATION]]
    assert ties(english, same) == [[None], [None]], "two outlets may have two diplomats"


def test_an_outlet_that_repeats_itself_is_one_outlet() -> None:
    tell = Teller()
    days = ("2024-01-20", "2024-01-25", "2024-01-29")
    assert ties(*(tell(d, outlet="Paper") for d in days)) == [[None, Tie.OUTLET, Tie.OUTLET]]


def test_credits_are_read_at_head_and_end_and_not_from_pictures() -> None:
    def names(text: str, outlet: str = "Paper") -> tuple[str, ...]:
        report = summitry.Report(outlet=outlet, published=None, text=text)
        return Carriers.of(["Bosphorus Wire"]).credited(report)

    assert names("MOSCOW, 12 January. /TASS/. It is being prepared.") == ("tass",)
    assert names("It is planned. (Bosphorus Wire)") == ("bosphorus wire",)
    assert names("It is planned.", outlet="City News (PTI)") == ("pti",)
    assert names("Agreed, he said. Source: Interfax") == ("interfax",)
    assert names("They met. (Ana Lindqvist/AFP via Getty Images)") == ()
    assert names("An official told Reuters that it is planned.") == ()
    assert Carriers.of([]).named("Agence France-Presse") == "afp"


def test_sources_of_the_example_story() -> None:
    """Counted by hand: ten reports, one of them a copy, and each other word uttered once."""
    ledger = summitry.MemoryLedger()
    with resources.as_file(resources.files("summitry") / "examples" / "story") as folder:
        found = summitry.Intake(print, lambda _: None).readings([str(folder)])
        summitry.update(ledger, found, summitry.now())
    visit = max(
        summitry.diary(ledger, summitry.instant("2024-02-10")), key=lambda e: len(e.mentions)
    )
    told = [[(c.outlet, c.tie) for c in strand.carriers] for strand in visit.lineage]
    copied = [("Bosphorus Wire", None), ("The Golden Horn", Tie.COPY)]
    assert told == [
        [("Marmara TV", None)],
        copied,
        [("Volga News Agency", None)],
        [("The Golden Horn", None)],
        [("Volga News Agency", None)],
        [("Marmara TV", None)],
        [("Bosphorus Wire", None)],
        [("Volga News Agency", None)],
    ]
    answer = sources_text(visit)
    assert "8 independent sources" in answer
    assert "The Golden Horn, Tue 9 Jan 2024 12:25: copies Bosphorus Wire" in answer


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from([FIDAN, PESKOV, DIPLOMAT]), st.booleans()),
        min_size=1,
        max_size=12,
    ),
    st.randoms(),
)
def test_every_report_stands_in_one_strand_in_any_order(
    rows: list[tuple[int, Source, bool]], chance: random.Random
) -> None:
    tell = Teller()
    told = [
        tell(
            f"2024-01-2{n}", (Status.FLOATED, who), text=STORY if copy else "", parties=(ERDOGAN,)
        )
        for n, who, copy in rows
    ]
    mixed = chance.sample(told, len(told))
    before, after = resolve(told, [], [], END), resolve(mixed, [], [], END)
    assert [e.lineage for e in before] == [e.lineage for e in after]
    for one in before:
        carried = [c for strand in one.lineage for c in strand.carriers]
        assert sorted(c.report for c in carried) == sorted(r for _, r, _ in one.mentions)
        for strand in one.lineage:
            first, *rest = strand.carriers
            assert first.tie is None
            assert {c.of for c in rest if c.of} <= {c.report for c in carried}


def test_a_report_is_compared_with_few_others_however_many_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared = []
    alike = _sketch.copies

    def counting(a: _sketch.Sketch, b: _sketch.Sketch) -> bool:
        compared.append((a, b))
        return alike(a, b)

    monkeypatch.setattr(_sketch, "copies", counting)
    tell = Teller()
    own = [" ".join(f"w{n}x{k}" for k in range(60)) for n in range(600)]
    group = [
        tell(
            "2024-01-20",
            (Status.FLOATED, replace(DIPLOMAT, name=f"source {n}")),
            text=f"Paper {n}. {STORY if n % 2 else own[n]} The talks go on as they say.",
        )
        for n in range(600)
    ]
    (one,) = resolve(group, [], [], END)
    assert one.independent_sources == 301
    assert len(compared) <= 4 * len(group), "all pairs would be 179,700"

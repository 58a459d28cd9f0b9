"""Names in texts: which person, state, place, organisation, group or institution they are."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.gazetteer import NameKind, Office, find, holders, people, states, surfaces

SHARED = Path(__file__).parents[1].parent / "shared"
DAY = date(2024, 1, 20)


def said(text: str, day: date | None = DAY) -> list[tuple[str, str | None]]:
    return [(h.text, h.best.state) for h in find(text, day)]


def codes(text: str, day: date | None = DAY) -> set[str | None]:
    return {n.state for h in find(text, day) for n in h.names}


NO_MEMBERS = {"VA", "PS", "XK", "TW"}
TERRITORIES = {"MO", "CK", "NU", "GL", "FO", "PR", "EH", "GI", "BM", "KY", "FK", "NC", "PF"}
TERRITORIES |= {"GF", "GP", "MQ", "RE", "AW", "CW", "GU", "AS", "VI", "VG", "TC", "AI", "MS"}
TERRITORIES |= {"JE", "IM", "HK"}
FORMER = {"SU", "YU", "CS", "DD"}
UN_MEMBERS = sorted(set(states()) - NO_MEMBERS - TERRITORIES - FORMER)


def test_all_members_of_the_united_nations_and_observers_are_there() -> None:
    assert len(UN_MEMBERS) == 193
    assert set(UN_MEMBERS) | {"VA", "PS", "XK", "TW", "HK", "SU", "YU", "CS", "DD"} <= set(
        states()
    )


@pytest.mark.parametrize("code", [*UN_MEMBERS, *sorted(NO_MEMBERS)])
def test_every_name_demonym_and_capital_of_a_state_is_found(code: str) -> None:
    state = states()[code]
    for name in (state.name, *state.aliases, *state.demonyms, *state.capitals):
        found = find(f"They spoke of {name} there.", DAY)
        assert any(n.state == code for h in found for n in h.names), (code, name)
        bare = name.removeprefix("the ").removeprefix("The ")
        assert any(h.text in {name, bare} for h in found), name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Burma", "MM"),
        ("Ivory Coast", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("Swaziland", "SZ"),
        ("Cape Verde", "CV"),
        ("Timor-Leste", "TL"),
        ("Macedonia", "MK"),
        ("Czechia", "CZ"),
        ("Holland", "NL"),
        ("the Dutch", "NL"),
        ("an Emirati", "AE"),
        ("Türkiye", "TR"),
        ("Turkiye", "TR"),
        ("the U.K.", "GB"),
        ("DR Congo", "CD"),
        ("Congo-Brazzaville", "CG"),
        ("Republic of the Congo", "CG"),
        ("Democratic Republic of the Congo", "CD"),
        ("South Sudan", "SS"),
        ("Guinea-Bissau", "GW"),
        ("Equatorial Guinea", "GQ"),
        ("Papua New Guinea", "PG"),
        ("West Bank", "PS"),
        ("the Élysée", "FR"),
        ("Quai d’Orsay", "FR"),
        ("Cheong Wa Dae", "KR"),
        ("Malacañang", "PH"),
        ("the Soviets", "SU"),
    ],
)
def test_press_variants(text: str, code: str) -> None:
    (hit,) = find(text, DAY)
    assert hit.best.state == code


def test_longer_names_keep_shorter_ones_from_being_found() -> None:
    assert said("South American and Central Asian states met in New Mexico") == [
        ("South American", None),
        ("Central Asian", None),
        ("New Mexico", "US"),
    ]
    assert said("as the Washington Post and the Jerusalem Post wrote") == []


def test_georgia_is_both() -> None:
    assert {"GE", "US"} <= codes("in Georgia")


def test_possessives_and_hyphens_end_a_name() -> None:
    assert said("Turkey’s plan, the U.S.-led force and Macron's visit") == [
        ("Turkey", "TR"),
        ("U.S.", "US"),
        ("Macron", "FR"),
    ]


def test_lower_case_words_are_no_names() -> None:
    assert (
        said("he told us to let the turkey, china and chad go; the polish of a japan cabinet")
        == []
    )


def test_a_pronoun_in_a_loud_headline_is_not_the_united_states() -> None:
    assert said("PERU TELLS US TO WAIT", date(1987, 3, 2)) == [("PERU", "PE")]
    assert ("U.S.", "US") in said("PERU TELLS U.S. TO WAIT", date(1987, 3, 2))
    assert ("US", "US") in said("the US envoy")


def test_headlines_in_capitals() -> None:
    found = said("MEXICO YET TO REPLY TO PERU'S INVITATION, REAGAN SAYS", date(1987, 3, 2))
    assert found == [("MEXICO", "MX"), ("PERU", "PE"), ("REAGAN", "US")]


@pytest.mark.parametrize(
    ("name", "day", "canonical_state"),
    [
        ("Volodymyr Zelensky", DAY, "UA"),
        ("Volodymyr Zelenskiy", DAY, "UA"),
        ("Abdel-Fattah el-Sissi", DAY, "EG"),
        ("Abdel Fattah Al-Sisi", DAY, "EG"),
        ("Moammar Gadhafi", date(2009, 9, 1), "LY"),
        ("Muammar Qadhafi", date(1990, 1, 1), "LY"),
        ("Recep Tayyip Erdoğan", DAY, "TR"),
        ("Tayyip Erdogan", DAY, "TR"),
        ("Kim Jong-un", DAY, "KP"),
        ("Kim Jong Un", DAY, "KP"),
        ("Abe Shinzo", date(2014, 1, 1), "JP"),
        ("Shinzō Abe", date(2014, 1, 1), "JP"),
        ("Lee Myung Bak", date(2010, 1, 1), "KR"),
        ("William Lai", date(2025, 1, 1), "TW"),
        ("Mohammad bin Salman", DAY, "SA"),
        ("MBS", DAY, "SA"),
        ("Yasir Arafat", date(1999, 1, 1), "PS"),
        ("Abbas Araqchi", date(2025, 4, 1), "IR"),
        ("Mevlut Cavusoglu", date(2019, 1, 1), "TR"),
        ("King Hussein", date(1990, 1, 1), "JO"),
        ("Pope Francis", DAY, "VA"),
        ("George Bush", date(1990, 1, 1), "US"),
        ("Mikhail Gorbachev", date(1988, 1, 1), "SU"),
        ("Rex W. Tillerson", date(2017, 5, 1), "US"),
        ("Enrique Pena Nieto", date(2015, 1, 1), "MX"),
        ("Charles Michel", date(2023, 1, 1), "EU"),
        ("Charles Michel", date(2016, 1, 1), "BE"),
        ("Ban Ki-moon", date(2005, 1, 1), "KR"),
        ("Ban Ki-moon", date(2010, 1, 1), "UN"),
    ],
)
def test_spellings_and_offices_of_persons(name: str, day: date, canonical_state: str) -> None:
    best = people(name, day)[0]
    term = best.term(day)
    assert term is not None
    assert term.state == canonical_state
    (hit,) = find(f"He met {name} there.", day)
    assert (hit.text, hit.best.state) == (name, canonical_state)


def test_same_name_different_holder() -> None:
    assert people("George Bush", date(2003, 1, 1))[0] != people("George Bush", date(1990, 1, 1))[0]


def test_a_surname_counts_near_the_term_only() -> None:
    assert said("Merkel will visit", date(2020, 1, 1)) == [("Merkel", "DE")]
    assert said("Merkel will visit", date(1995, 1, 1)) == []
    assert said("Merkel will visit", None) == []


def test_an_ordinary_word_needs_a_title_or_the_full_name() -> None:
    day = date(2018, 3, 1)
    assert said("The talks are in May. May 5 is the day.", day) == []
    assert said("the visit of Mrs May", day) == [("May", "GB")]
    text = "Theresa May travels in May, and on May 5 the Germans expect May in Berlin."
    assert [h.start for h in find(text, day) if h.text.endswith("May")] == [0, 60]


def test_moscow_was_soviet() -> None:
    (hit,) = find("in Moscow", date(1988, 5, 30))
    assert [n.state for n in hit.names][:2] == ["SU", "RU"]
    (hit,) = find("in Moscow", date(1993, 5, 30))
    assert hit.best.state == "RU"


def test_holders_are_those_of_the_day() -> None:
    assert holders("TR", Office.FOREIGN_MINISTER, date(2024, 1, 1))[0].name == "Hakan Fidan"
    assert holders("US", Office.HEAD_OF_STATE, date(1987, 6, 12))[0].name == "Ronald Reagan"
    assert holders("GB", Office.HEAD_OF_GOVERNMENT, date(2022, 9, 20))[0].name == "Liz Truss"
    assert holders("ZZ", Office.HEAD_OF_STATE, date(2000, 1, 1)) == ()


def test_kinds_and_roles() -> None:
    (hit,) = find("the Kremlin", DAY)
    assert (hit.best.kind, hit.best.role) == (NameKind.INSTITUTION, "presidency")
    assert find("Dmitry Peskov", DAY)[0].best.role == "Kremlin spokesperson"
    assert find("P5+1", DAY)[0].best.state == "P5+1"
    assert find("OPEC+ and OPEC", DAY)[0].best.state == "OPEC+"
    assert said("African Union and the AU") == [
        ("African Union", "African Union"),
        ("AU", "African Union"),
    ]


def test_a_line_break_parts_words_but_an_empty_line_parts_names() -> None:
    assert said("Vladimir\nPutin") == [("Vladimir\nPutin", "RU")]
    assert said("South\n\nSudan") == [("Sudan", "SD")]
    assert said("He left for Korea. North. Macedonia stays.")[-1] == ("Macedonia", "MK")


def test_surfaces_hold_the_states() -> None:
    assert {"Turkey", "Ankara", "Turkish", "the Kremlin", "NATO", "Hamas"} <= set(surfaces())


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "Türkiye",
                    "U.S.",
                    "Erdoğan",
                    "İstanbul",
                    "New",
                    "Guinea",
                    "the",
                    "al-Sisi",
                    "\n",
                    "’s",
                ]
            ),
            st.text(max_size=6),
        ),
        max_size=25,
    )
)
def test_hits_are_slices_in_order(parts: list[str]) -> None:
    text = " ".join(parts)
    end = 0
    for hit in find(text, DAY):
        assert end <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end] == hit.text
        assert hit.names
        end = hit.end


def gold_parties() -> Iterator[tuple[str | None, str | None, date]]:
    for name in ("train", "dev"):
        path = SHARED / "data" / "gold" / f"{name}.jsonl"
        if not path.exists():
            pytest.skip("the shared gold reports are not here")
        for line in path.read_text(encoding="utf-8").splitlines():
            report = json.loads(line)
            if report["language"] != "en" or not report["published"]:
                continue
            day = date.fromisoformat(report["published"][:10])
            for mention in report["mentions"]:
                yield from ((p["name"], p["state"], day) for p in mention["parties"])


def test_coverage_of_named_parties() -> None:
    named = {(p[0], p[1], p[2]) for p in gold_parties() if p[0] and p[1]}
    right = 0
    for name, state, day in named:
        assert name is not None
        found = people(name, day)
        term = found[0].term(day) if found else None
        right += term is not None and term.state == state
    assert right / len(named) > 0.97


@pytest.mark.parametrize(
    ("name", "day", "past"),
    [
        ("Liz Truss", date(2023, 5, 17), True),
        ("Liz Truss", date(2022, 10, 1), False),
        ("Donald Trump", date(2022, 12, 4), True),
        ("Donald Trump", date(2024, 12, 7), False),  # elected, not yet in office
        ("John Kerry", date(2023, 7, 1), False),  # an envoy now
        ("Wang Yi", date(2023, 2, 18), False),  # between two terms as minister, still in office
        ("Kim Jong-un", date(2023, 5, 17), False),
        ("Tayyip Erdogan", date(2024, 4, 1), False),  # a spelling of somebody in office
    ],
)
def test_whose_office_is_long_over_is_known(name: str, day: date, past: bool) -> None:
    (hit,) = find(f"{name} spoke.", day)
    assert hit.best.past is past


@pytest.mark.parametrize("year", [1990, 2005, 2015, 2023, 2025])
def test_nobody_in_high_office_is_past(year: int) -> None:
    day = date(year, 6, 1)
    posts = [
        Office.HEAD_OF_STATE,
        Office.HEAD_OF_GOVERNMENT,
        Office.FOREIGN_MINISTER,
    ]
    held = [p.name for s in states() for o in posts for p in holders(s, o, day)[:1]]
    found = [(h.text, h.best) for n in held for h in find(f"{n} spoke.", day)[:1] if h.text == n]
    assert len(found) > 100
    assert [text for text, best in found if best.past] == []

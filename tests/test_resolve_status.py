"""The rules of the diary's status, each as a row: what was said, and what an editor shows."""

import pytest
from _tales import DIPLOMAT, END, FIDAN, OUTLET, PESKOV, Said, Teller, day, month

from summitry.model import Kind, Modality, Party, Place, Source, SourceClass, Status, When
from summitry.resolve import resolve

FEB, TWELFTH, MAY = month("2024-02-01"), day("2024-02-12"), day("2024-05-09")
MEDIA = Source("local media", SourceClass.OTHER_MEDIA)
UNNAMED = Source("an official", SourceClass.OFFICIAL_UNNAMED, state="TR")
POSSIBLE, PROBABLE = Modality.POSSIBLE, Modality.PROBABLE
F, P, A, C = Status.FLOATED, Status.IN_PREPARATION, Status.ANNOUNCED, Status.CONFIRMED
HELD, PUT_OFF, OFF, DENIED = Status.HELD, Status.POSTPONED, Status.CANCELLED, Status.DENIED

Row = tuple[str, tuple[Said, ...], When | None]


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ([("01-20", ((F, DIPLOMAT),), FEB)], F),
        ([("01-20", ((A, OUTLET),), FEB)], A),
        ([("01-20", ((A, OUTLET, PROBABLE),), FEB)], F),
        ([("01-20", ((C, OUTLET),), TWELFTH)], A),
        # Whoever is unnamed announces only flatly and for an exact day, and never confirms.
        ([("01-20", ((A, DIPLOMAT),), FEB)], F),
        ([("01-20", ((A, DIPLOMAT, PROBABLE),), TWELFTH)], F),
        ([("01-20", ((A, DIPLOMAT),), TWELFTH)], A),
        ([("01-20", ((C, UNNAMED),), TWELFTH)], A),
        ([("01-20", ((C, MEDIA),), TWELFTH), ("01-21", ((C, DIPLOMAT),), TWELFTH)], A),
        # One side is an announcement, two sides a confirmation.
        ([("01-29", ((A, PESKOV),), FEB)], A),
        ([("01-29", ((A, PESKOV),), FEB), ("02-04", ((A, FIDAN),), FEB)], C),
        # That the other side prepares confirms nothing, not even for an exact day.
        ([("01-29", ((P, PESKOV),), None), ("02-04", ((A, FIDAN),), TWELFTH)], A),
        ([("01-29", ((P, PESKOV),), None), ("02-04", ((A, FIDAN),), FEB)], A),
        ([("02-04", ((C, FIDAN),), TWELFTH)], C),
        ([("02-04", ((C, FIDAN),), FEB)], A),
        # A weaker word later does not take an announcement back; refusing to confirm is no word.
        ([("01-29", ((A, PESKOV),), FEB), ("01-31", ((F, UNNAMED),), TWELFTH)], A),
        ([("01-29", ((A, PESKOV),), FEB), ("02-02", ((C, PESKOV, "not"),), TWELFTH)], A),
        ([("01-20", ((F, DIPLOMAT),), FEB), ("02-02", ((C, PESKOV, "not"),), FEB)], F),
        # Setbacks.
        ([("02-04", ((A, FIDAN),), TWELFTH), ("02-07", ((PUT_OFF, DIPLOMAT),), TWELFTH)], PUT_OFF),
        ([("02-04", ((A, FIDAN),), TWELFTH), ("02-07", ((PUT_OFF, MEDIA, POSSIBLE),), FEB)], A),
        ([("02-07", ((PUT_OFF, OUTLET),), TWELFTH), ("02-08", ((P, PESKOV),), None)], PUT_OFF),
        ([("02-07", ((PUT_OFF, PESKOV),), TWELFTH), ("03-20", ((A, FIDAN),), MAY)], A),
        ([("02-07", ((PUT_OFF, PESKOV),), TWELFTH), ("03-20", ((A, FIDAN),), None)], PUT_OFF),
        ([("02-07", ((PUT_OFF, PESKOV), (A, FIDAN)), TWELFTH)], PUT_OFF),
        ([("02-07", ((OFF, OUTLET),), TWELFTH)], OFF),
        # One unnamed voice against an official's "not put off".
        (
            [
                ("02-04", ((A, FIDAN),), TWELFTH),
                ("02-07", ((PUT_OFF, DIPLOMAT),), TWELFTH),
                ("02-08", ((PUT_OFF, PESKOV, "not"),), TWELFTH),
            ],
            A,
        ),
        # A denial takes a side.
        ([("01-20", ((F, DIPLOMAT),), FEB), ("01-21", ((DENIED, PESKOV),), FEB)], DENIED),
        ([("01-29", ((A, PESKOV),), FEB), ("01-31", ((DENIED, MEDIA),), FEB)], A),
        ([("01-29", ((A, PESKOV),), FEB), ("01-31", ((DENIED, OUTLET),), FEB)], A),
        ([("01-21", ((DENIED, PESKOV),), FEB), ("01-29", ((A, PESKOV),), FEB)], A),
        # Held, but not before its day.
        ([("02-04", ((A, FIDAN),), TWELFTH), ("02-12", ((HELD, OUTLET),), TWELFTH)], HELD),
        ([("02-04", ((A, FIDAN),), TWELFTH), ("02-05", ((HELD, OUTLET),), TWELFTH)], A),
        ([("02-05", ((HELD, OUTLET),), TWELFTH)], A),
        ([("02-12", ((HELD, OUTLET, POSSIBLE),), TWELFTH)], F),
    ],
)
def test_what_is_said_and_what_is_shown(rows: list[Row], shown: Status) -> None:
    tell = Teller()
    readings = [
        tell(f"2024-{published}", *said, when=when or ()) for published, said, when in rows
    ]
    (visit,) = resolve(readings, [], [], END)
    assert visit.status.value is shown
    assert visit.status.by


def test_the_outlet_on_the_day_of_departure_confirms() -> None:
    tell = Teller()
    (visit,) = resolve([tell("2024-02-11", (C, OUTLET), when=TWELFTH)], [], [], END)
    assert visit.status.value is C


def test_the_convener_confirms_a_gathering() -> None:
    tell = Teller()
    convener = Source("the bloc's secretariat", SourceClass.SPOKESPERSON, state="ASEAN")
    (summit,) = resolve(
        [
            tell(
                "2024-02-01",
                (A, convener),
                when=TWELFTH,
                kind=Kind.SUMMIT,
                place=Place("Jakarta", "ID"),
                parties=(Party(None, "ASEAN"), Party(None, "ID"), Party(None, "MY")),
            )
        ],
        [],
        [],
        END,
    )
    assert summit.status.value is C


def test_what_speaks_against_is_kept() -> None:
    tell = Teller()
    (visit,) = resolve(
        [
            tell("2024-02-04", (A, FIDAN), when=TWELFTH),
            tell("2024-02-07", (PUT_OFF, OUTLET), (PUT_OFF, PESKOV, "not"), when=TWELFTH),
        ],
        [],
        [],
        END,
    )
    assert visit.status.value is PUT_OFF
    assert {c.source.name for c in visit.status.against} == {"Hakan Fidan", "Dmitry Peskov"}

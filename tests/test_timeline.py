"""The picture of bars: which engagements stand on it when there are too many."""

from datetime import UTC, datetime

from _tales import END, Teller, day

from summitry import pipeline
from summitry.ledger import MemoryLedger
from summitry.web._timeline import timeline


def test_what_lies_ahead_stands_before_what_is_over() -> None:
    tell, ledger = Teller(), MemoryLedger()
    told = ["2024-02-06", "2024-02-20", "2024-03-20"]
    ledger.append_all([tell("2024-01-05", when=day(start)) for start in told], END)
    diary = pipeline.diary(ledger, datetime(2024, 2, 10, tzinfo=UTC))
    assert len(diary.engagements) == len(told)
    every, few = timeline(diary, 3), timeline(diary, 2)
    assert [bar.id for bar in few.bars] == [bar.id for bar in every.bars][1:]
    assert few.left_out == 1

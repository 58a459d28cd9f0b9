"""The nouns: plain frozen values that every room passes to the next."""

from summitry.model.chance import Chance
from summitry.model.claim import (
    Claim,
    Mention,
    Party,
    Place,
    Reading,
    Source,
    Topic,
    Value,
)
from summitry.model.engagement import Attested, Contradiction, Diary, Engagement, Official
from summitry.model.entry import Entry, Judgement, Recorded, Verdict, Withdrawal
from summitry.model.record import Record, Side
from summitry.model.report import Report, Sentence, digest
from summitry.model.track_record import TrackRecord
from summitry.model.vocab import (
    Grade,
    Kind,
    Modality,
    Part,
    Polarity,
    Precision,
    Slot,
    SourceClass,
    Status,
)
from summitry.model.when import When

__all__ = [
    "Attested",
    "Chance",
    "Claim",
    "Contradiction",
    "Diary",
    "Engagement",
    "Entry",
    "Grade",
    "Judgement",
    "Kind",
    "Mention",
    "Modality",
    "Official",
    "Part",
    "Party",
    "Place",
    "Polarity",
    "Precision",
    "Reading",
    "Record",
    "Recorded",
    "Report",
    "Sentence",
    "Side",
    "Slot",
    "Source",
    "SourceClass",
    "Status",
    "Topic",
    "TrackRecord",
    "Value",
    "Verdict",
    "When",
    "Withdrawal",
    "digest",
]

"""The nouns: plain frozen values that every room passes to the next."""

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
from summitry.model.deadline import Deadline
from summitry.model.engagement import (
    Approval,
    Attested,
    Contradiction,
    Diary,
    Engagement,
    Official,
)
from summitry.model.entry import Anchor, Entry, Judgement, Recorded, Verdict, Withdrawal
from summitry.model.lineage import Carrier, Strand
from summitry.model.report import Report, Sentence, digest
from summitry.model.vocab import (
    Basis,
    Due,
    Grade,
    Kind,
    Modality,
    Part,
    Polarity,
    Precision,
    Slot,
    SourceClass,
    Status,
    Tie,
)
from summitry.model.when import When

__all__ = [
    "Anchor",
    "Approval",
    "Attested",
    "Basis",
    "Carrier",
    "Claim",
    "Contradiction",
    "Deadline",
    "Diary",
    "Due",
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
    "Recorded",
    "Report",
    "Sentence",
    "Slot",
    "Source",
    "SourceClass",
    "Status",
    "Strand",
    "Tie",
    "Topic",
    "Value",
    "Verdict",
    "When",
    "Withdrawal",
    "digest",
]

"""Every exception Summitry raises on purpose.

SummitryError
├── UnreadableReport    a document could not be turned into a report; says which and why
├── UnknownLanguage     no language pack for this code
│   └── ParserMissing   there is a pack, but its parser is an extra that is not installed
├── ModelMissing        a language model is not installed, or is not the one we pinned
├── LedgerError         the ledger refused an entry, or is not a ledger
├── ExtraMissing        an answer needs a library that is an extra and is not installed
├── SendError           a message could not be handed over; says where to and why
├── UnknownEngagement   no engagement of this id stands in the diary
├── UnknownEntry        no entry of the ledger, or several, are named so
└── UnknownParty        no state, organisation or person of this name
"""

__all__ = [
    "ExtraMissing",
    "LedgerError",
    "ModelMissing",
    "ParserMissing",
    "SendError",
    "SummitryError",
    "UnknownEngagement",
    "UnknownEntry",
    "UnknownLanguage",
    "UnknownParty",
    "UnreadableReport",
]


class SummitryError(Exception):
    """Base of all errors raised by Summitry on purpose."""


class UnreadableReport(SummitryError):  # noqa: N818
    """A document could not be turned into a report; says which and why."""

    def __init__(self, origin: str, reason: str) -> None:
        super().__init__(f"{origin}: {reason}")
        self.origin = origin
        self.reason = reason


class UnknownLanguage(SummitryError):  # noqa: N818
    """There is no language pack for this code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"no language pack for {code!r}")
        self.code = code


class ParserMissing(UnknownLanguage):
    """There is a language pack, but its parser is an extra that is not installed."""

    def __init__(self, code: str, extra: str) -> None:
        super().__init__(code)
        self.args = (f"no parser for {code!r}; pip install '{extra}'",)
        self.extra = extra


class ModelMissing(SummitryError):  # noqa: N818
    """A language model is not installed, or is not the one we pinned."""


class LedgerError(SummitryError):
    """The ledger refused an entry, or the file is not a ledger."""


class ExtraMissing(SummitryError):  # noqa: N818
    """An answer needs a library that is an extra and is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an extra; pip install '{extra}'")
        self.extra = extra


class SendError(SummitryError):
    """A message could not be handed over; says where to and why."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


class UnknownEngagement(SummitryError):  # noqa: N818
    """No engagement of this id stands in the diary."""

    def __init__(self, engagement: str) -> None:
        super().__init__(f"no engagement {engagement!r} in this diary")
        self.engagement = engagement


class UnknownEntry(SummitryError):  # noqa: N818
    """No judgement, report, mention or engagement is named so, or several are."""

    def __init__(self, what: str, named: str, found: tuple[str, ...]) -> None:
        several = f"{len(found)} of them begin with it: {', '.join(found[:5])}"
        super().__init__(f"no {what} {named!r}" if not found else f"{what} {named!r}: {several}")
        self.what = what
        self.named = named


class UnknownParty(SummitryError):  # noqa: N818
    """No state, organisation or person is known by this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no state, organisation or person named {name!r}")
        self.name = name

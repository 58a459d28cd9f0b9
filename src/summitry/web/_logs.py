"""What the server tells of itself: a JSON object a line, without secrets.

On a terminal it is the same in plain words. Who asked for what is told nowhere.
"""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

from summitry.redaction import redacted

__all__ = ["JsonLines", "Plain", "settings"]


class JsonLines(logging.Formatter):
    """One object for each record: ``at``, ``level``, ``logger``, ``words``, maybe ``fault``."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line."""
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "words": redacted(record.getMessage()),
        }
        if record.exc_info:
            told["fault"] = redacted(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=False)


class Plain(logging.Formatter):
    """The record in plain words."""

    def format(self, record: logging.LogRecord) -> str:
        """The record, with the fault below it."""
        return redacted(super().format(record))


def settings() -> dict[str, Any]:
    """How logs are set up, as ``logging.config`` takes it."""
    style = Plain if sys.stderr.isatty() else JsonLines
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"ours": {"()": style}},
        "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "ours"}},
        "root": {"handlers": ["err"], "level": "WARNING"},
    }

"""Figures for who watches over the program; the door to Prometheus' client.

They are told on a port of their own, on this machine alone unless somebody asks for more, and
never on the page: how much is asked and how many feeds fail is not the public's business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from summitry.errors import ExtraMissing, SummitryError
from summitry.ledger import open_ledger

if TYPE_CHECKING:
    from prometheus_client.core import Metric

__all__ = ["Told", "metered"]

Told = Callable[[str, int, float], None]
"""Takes a method, a status code and seconds of one answer."""


def metered(where: str, port: int, host: str = "127.0.0.1") -> Told:
    """Tell of a ledger, and of what is told to the callable, under ``/metrics`` of a port.

    Args:
        where: The ledger's path or URL; it is opened for each telling, and closed again.
        port: In [1, 65535].
        host: The address to listen on.

    Raises:
        ExtraMissing: The client is not installed.
        OSError: The port is taken.
    """
    try:
        from prometheus_client import (  # noqa: PLC0415
            CollectorRegistry,
            Counter,
            Histogram,
            start_http_server,
        )
    except ModuleNotFoundError as error:
        raise ExtraMissing("metrics", "summitry[metrics]") from error
    registry = CollectorRegistry()
    registry.register(_Book(where))
    answers = Counter(
        "summitry_answers", "Answers of the page.", ("method", "code"), registry=registry
    )
    seconds = Histogram("summitry_answer_seconds", "Seconds of an answer.", registry=registry)
    start_http_server(port, host, registry)

    def told(method: str, code: int, spent: float) -> None:
        known = method if method in {"GET", "HEAD", "POST"} else "other"
        answers.labels(known, str(code)).inc()
        seconds.observe(spent)

    return told


class _Book:
    """What a ledger says of itself when it is asked."""

    def __init__(self, where: str) -> None:
        self._where = where

    def collect(self) -> Iterator[Metric]:
        """The figures of this moment; where the ledger cannot be read only that."""
        from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415

        up = GaugeMetricFamily("summitry_ledger_up", "1 where the ledger can be read.")
        feeds = GaugeMetricFamily(
            "summitry_feeds", "Watched feeds by what came of them.", labels=("outcome",)
        )
        newest = GaugeMetricFamily("summitry_entries", "The number of the newest entry.")
        latest = GaugeMetricFamily(
            "summitry_newest_entry_timestamp_seconds", "When the newest entry was recorded."
        )
        behind = GaugeMetricFamily("summitry_index_behind", "Entries not in the index yet.")
        try:
            with closing(open_ledger(self._where)) as ledger:
                last, at = ledger.newest(), ledger.latest()
                covers = ledger.index.state()[1]
                outcomes = [feed.outcome.value for feed in ledger.feeds.all()]
        except SummitryError:
            up.add_metric((), 0)
            yield up
            return
        up.add_metric((), 1)
        newest.add_metric((), last)
        behind.add_metric((), last - covers)
        for outcome in sorted(set(outcomes)):
            feeds.add_metric((outcome,), outcomes.count(outcome))
        if at is not None:
            latest.add_metric((), at.timestamp())
        yield from (up, newest, behind, latest, feeds)

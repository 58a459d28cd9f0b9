"""A view as the query of an address has it: the command line's options, by their names."""

from collections.abc import Mapping, Sequence
from datetime import date

from summitry.export import plain
from summitry.model import CERTAINTIES, Kind, Status, View
from summitry.web._typed import BadQuestion, chosen, instant, number

__all__ = ["LEAST", "given", "view"]

LEAST = tuple(str(step.value) for step in CERTAINTIES)
"""What ``certainty`` takes, upward."""
_LONGEST = 200
"""Characters of one filter."""
_MOST = 999
"""Sources that may be asked for."""
_YES = frozenset({"yes", "true", "1"})
_NO = frozenset({"", "no", "false", "0"})


def view(said: Mapping[str, Sequence[str]]) -> View:
    """The view of an address.

    Args:
        said: What stands there, by a filter's name. Where a filter takes several words they
            stand side by side with commas, or the filter stands there several times; where it
            takes one, the last counts.

    Raises:
        BadQuestion: A filter has no meaning; says which and what would have.
    """
    for name, texts in said.items():
        if sum(map(len, texts)) > _LONGEST:
            raise BadQuestion(f"{name}: more than {_LONGEST} characters")
    one = {name: plain(texts[-1]) if texts else "" for name, texts in said.items()}
    least = chosen("certainty", filter(None, [one["certainty"]]), CERTAINTIES)
    if one["leaders"] not in _YES | _NO:
        raise BadQuestion("leaders: yes or no")
    try:
        return View(
            who=_listed(said["who"]),
            states=_listed(said["state"]),
            kinds=chosen("kind", _listed(said["kind"]), Kind),
            topics=_listed(said["topic"]),
            status=chosen("status", _listed(said["status"]), Status),
            certainty=least[0] if least else None,
            sources=number("sources", one["sources"], 0, _MOST),
            start=_day("from", one["from"]),
            end=_day("to", one["to"]),
            leaders=one["leaders"] in _YES,
            track=one["track"],
            words=tuple(plain(" ".join(said["words"])).split()),
        )
    except BadQuestion:
        raise
    except ValueError as error:
        raise BadQuestion(f"to: {error}") from error


def given(asked: View) -> dict[str, str]:
    """The filters of a view that ask something, as an address has them."""
    words = {
        "who": ",".join(asked.who),
        "state": ",".join(asked.states),
        "kind": ",".join(kind.value for kind in asked.kinds),
        "topic": ",".join(asked.topics),
        "status": ",".join(status.value for status in asked.status),
        "certainty": asked.certainty.value if asked.certainty else "",
        "sources": str(asked.sources or ""),
        "from": asked.start.isoformat() if asked.start else "",
        "to": asked.end.isoformat() if asked.end else "",
        "leaders": "yes" if asked.leaders else "",
        "track": asked.track,
        "words": " ".join(asked.words),
    }
    return {name: word for name, word in words.items() if word}


def _listed(texts: Sequence[str]) -> tuple[str, ...]:
    """Words with commas between them, each once."""
    words = (plain(word) for text in texts for word in text.split(","))
    return tuple(dict.fromkeys(word for word in words if word))


def _day(name: str, text: str) -> date | None:
    return instant(name, text).date() if text else None

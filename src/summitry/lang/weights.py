"""How much each piece of evidence counts for each answer: small learned tables, as data.

Each table is a multinomial logistic regression, fitted by ``training/weigh.py``.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Weights", "weights"]


@dataclass(frozen=True, eq=False)
class Weights:
    """The tables of one language, by question."""

    tables: Mapping[str, Mapping[str, Mapping[str, float]]]
    """Question, answer, evidence: the weight."""

    def figures(self, question: str, seen: Mapping[str, float]) -> dict[str, float]:
        """The probability of each answer to a question, given the evidence.

        Raises:
            KeyError: There is no such question.
        """
        scores = {
            answer: sum(table[name] * value for name, value in seen.items() if name in table)
            for answer, table in self.tables[question].items()
        }
        most = max(scores.values())
        raised = {answer: math.exp(score - most) for answer, score in scores.items()}
        whole = sum(raised.values())
        return {answer: value / whole for answer, value in raised.items()}


@cache
def weights(code: str) -> Weights:
    """The tables of a language; none where it has no learned reader."""
    file = files("summitry.lang") / code / "weights.json"
    return Weights(json.loads(file.read_text("utf-8")) if file.is_file() else {})

"""What became of earlier plans: the figures by which the chance of a new one is reckoned.

A reference shelf like the gazetteer: a small table shipped with the package, rebuilt by
``training/chance/fit.py``, read once. ``docs/chance.md`` says from which plans it comes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

__all__ = ["Cell", "Experience", "experience"]


@dataclass(frozen=True, slots=True)
class Cell:
    """Past plans of one sort."""

    n: int
    """How many there were, with known outcome."""
    held: int
    """How many of them took place within their window, in [0, n]."""


@dataclass(frozen=True, slots=True)
class Experience:
    """A logistic regression with its uncertainty, and the plans behind it by sort."""

    features: tuple[str, ...]
    """Names of the coefficients, ``always`` (the intercept) among them."""
    mean: tuple[float, ...]
    """Log-odds for one unit of each feature."""
    covariance: tuple[tuple[float, ...], ...]
    """Of the coefficients; square, in the order of ``features``."""
    cells: Mapping[str, Cell]
    """By status, and by whether a date was given: ``announced dated``, ``floated undated``."""
    source: str
    """Which plans these were, in a few words."""


@cache
def experience() -> Experience:
    """The table that is shipped."""
    text = resources.files(__name__).joinpath("chance.json").read_text("utf-8")
    shape = json.loads(text)
    return Experience(
        features=tuple(shape["features"]),
        mean=tuple(shape["mean"]),
        covariance=tuple(tuple(row) for row in shape["covariance"]),
        cells=MappingProxyType({k: Cell(**v) for k, v in shape["cells"].items()}),
        source=shape["source"],
    )

"""All readings of date expressions, by the names that the shapes of ``when.toml`` use."""

from collections.abc import Mapping

from summitry.extract._days import DAYS
from summitry.extract._distances import DISTANCES
from summitry.extract._periods import PERIODS
from summitry.extract._words import Reading

__all__ = ["READINGS"]

READINGS: Mapping[str, Reading] = {**DAYS, **PERIODS, **DISTANCES}

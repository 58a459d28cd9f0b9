"""How likely something planned is to take place, in numbers and in the words for them."""

from dataclasses import dataclass

__all__ = ["Chance"]

_WORDS = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
)
"""Upper ends, exclusive, of the bands of ICD 203 (Office of the Director of National
Intelligence, Intelligence Community Directive 203, Analytic Standards, 2015, D.6.e.2)."""


@dataclass(frozen=True, slots=True)
class Chance:
    """The probability that an engagement takes place within its window, and what it rests on."""

    p: float
    """In [0.01, 0.99]: nothing that lies ahead is certain."""
    low: float
    """Lower end of the 90 % interval, in [0, p]."""
    high: float
    """Upper end of the 90 % interval, in [p, 1]."""
    n: int
    """How many past plans of its sort, with known outcome, the number was learned from."""
    basis: str
    """In words: which plans these were, by when it would have to take place, and whether they
    are too few."""

    def __post_init__(self) -> None:
        """Refuse what is no probability.

        Raises:
            ValueError: The numbers are out of order or range.
        """
        if not 0 <= self.low <= self.p <= self.high <= 1 or self.n < 0:
            raise ValueError(f"no chance: {self.low} <= {self.p} <= {self.high}, n = {self.n}")

    @property
    def words(self) -> str:
        """The term of ICD 203 for the number; each band holds its lower end.

        >>> Chance(0.2, 0.1, 0.3, 40, "").words, Chance(0.949, 0.9, 1.0, 40, "").words
        ('unlikely', 'very likely')
        """
        return next((word for end, word in _WORDS if self.p < end), "almost certain")

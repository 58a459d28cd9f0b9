"""How the dates of a sentence are shared out, seen from one word of engagement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from summitry.extract._fitting import rather_past
from summitry.extract._values import Dated
from summitry.model import When

__all__ = ["Days"]


@dataclass(frozen=True, slots=True)
class Days:
    """The dates that belong to a trigger, in order, and the day on which the source spoke."""

    own: tuple[Dated, ...]
    done: tuple[Dated, ...]
    """Dates of another verb of the sentence that looks back."""
    free: tuple[Dated, ...]
    """Dates of the sentence that hang on nothing known."""
    said: Dated | None

    def behind(self) -> tuple[When, ...]:
        """The intervals of something that has been."""
        chosen = self.own or self.free[:1] or self.done[:1]
        return _read((d.backward or d.forward) for d in chosen)

    def ahead(self, day: date | None) -> tuple[When, ...]:
        """The intervals of something that is to come, seen from a day.

        A bare "in March" printed in May is the March before: nobody fixes a day that far ahead
        without its year.
        """
        chosen = [d for d in self.own or self.free[:1] if d.forward is not None]
        return _read(
            d.backward if rather_past(d, day) else d.forward or d.backward for d in chosen
        )


def _read(found: Iterable[When | None]) -> tuple[When, ...]:
    """Those that are there, in order, none twice."""
    return tuple(dict.fromkeys(w for w in found if w is not None))

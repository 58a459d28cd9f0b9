"""Date expressions become intervals, in the direction the speaker looks."""

from datetime import date

from summitry.extract.when import dates
from summitry.lang.when import when_words


def test_bare_weekday_is_next_or_last():
    (found,) = dates("He arrives on Friday.", date(2024, 1, 31), when_words("en"))
    assert found.text == "Friday"
    assert found.forward.start == date(2024, 2, 2)
    assert found.backward.start == date(2024, 1, 26)

"""Who is meant by a word at the door: a code, a state, an organisation or a person?"""

from collections.abc import Iterable

from summitry.desk._named import one
from summitry.model import Diary, Party

__all__ = ["asked"]


def asked(words: Iterable[str], diary: Diary) -> tuple[Party, ...]:
    """The parties that words name, each once, in their order.

    A word is tried as the code of a party (``TR``, ``NATO``), as the name of a state, as that
    of a person whom the diary or the tables know, and as that of an institution
    (``the Kremlin`` is Russia). Of several persons the diary's go first, then who held office
    nearest to the diary's day.

    Raises:
        UnknownParty: A word names nobody.
    """
    return tuple(dict.fromkeys(one(" ".join(word.split()), diary) for word in words))

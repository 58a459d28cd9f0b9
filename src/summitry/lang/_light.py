"""Import spaCy without its own command line.

``import spacy`` brings that command line along, and with it web clients, templates and an
argument parser: a third of the time to the first line of ``summitry extract``. Nothing that
reads a report needs it.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

__all__ = ["without_command_line"]

_LEFT_OUT = ("spacy.cli", "spacy.cli.info")


@contextmanager
def without_command_line() -> Iterator[None]:
    """Let two empty modules stand for spaCy's command line while the block imports spaCy.

    Afterwards they are gone: whoever imports ``spacy.cli`` later gets the real one. Where spaCy
    is imported already nothing happens. Only ``spacy.info`` is missing from then on.
    """
    if "spacy" in sys.modules:
        yield
        return
    for name in _LEFT_OUT:
        module = ModuleType(name)
        module.__path__ = []
        module.info = None  # type: ignore[attr-defined]
        sys.modules[name] = module
    try:
        yield
    finally:
        for name in _LEFT_OUT:
            sys.modules.pop(name, None)

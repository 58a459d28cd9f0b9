"""Which files a folder holds, in an order that never changes, and which it would not show."""

import os
from collections.abc import Iterator
from pathlib import Path

from summitry.sources._outcome import Problem

__all__ = ["files"]


def files(folder: Path) -> Iterator[Path | Problem]:
    """All regular files below a folder, sorted by path; hidden ones are passed over.

    Yields:
        Paths, and a problem for each folder that may not be opened and for each thing that is
        neither file nor folder (opening a pipe would wait for ever). Links to folders are not
        followed, since they can run in circles.
    """
    try:
        with os.scandir(folder) as entries:
            inside = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield Problem(str(folder), error.strerror or "cannot be opened")
        return
    for entry in inside:
        path = folder / entry.name
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from files(path)
        elif entry.is_file():
            yield path
        elif not entry.is_dir():
            yield Problem(str(path), "neither a file nor a folder")

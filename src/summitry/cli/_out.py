"""Where the bytes of an export go."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from summitry.cli._door import Refused

if TYPE_CHECKING:
    from summitry.export import Json

__all__ = ["OUTPUT", "lines", "to_file", "write"]

OUTPUT = click.option("-o", "--output", type=click.Path(dir_okay=False), help="[standard output]")


def lines(values: Iterable[Json]) -> bytes:
    """One JSON value a line; bytes, since JSON is UTF-8 whatever the terminal speaks."""
    rows = (json.dumps(v, ensure_ascii=False, separators=(",", ":")) for v in values)
    return "".join(f"{row}\n" for row in rows).encode()


def write(data: bytes, output: str | None) -> None:
    """To the file that was named, else to standard output."""
    if output:
        Path(output).write_bytes(data)
    else:
        click.echo(data, nl=False)


def to_file(data: bytes, output: str | None, what: str) -> None:
    """The same of bytes that no terminal can show.

    Raises:
        Refused: No file is named and standard output is a terminal.
    """
    if not output and sys.stdout.isatty():
        raise Refused(f"{what} is for a file: name one with -o FILE")
    write(data, output)

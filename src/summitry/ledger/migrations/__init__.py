"""The steps by which a ledger's tables came to be; the one door to Alembic.

A step, once released, is never edited: it writes its statements out instead of calling the
code of the day, so that a file from any year is brought to the same shape.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config

__all__ = ["VERSION_TABLE", "upgrade"]

VERSION_TABLE = "summitry_version"
"""Our own name, so that a ledger may share a PostgreSQL base with another program's tables."""


def upgrade(connection: object) -> None:
    """Bring the tables behind an open SQLAlchemy connection to the newest shape.

    Runs inside the connection's transaction: an interrupted upgrade leaves the old shape.
    """
    config = Config()
    # A percent sign would be taken for an interpolation by the configuration's parser.
    folder = str(Path(__file__).parent).replace("%", "%%")
    config.set_main_option("script_location", folder)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")

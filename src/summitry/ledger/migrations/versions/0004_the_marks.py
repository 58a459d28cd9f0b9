"""Which pieces of archives were read to their end. No part of the book; emptied, all are read."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.execute("CREATE TABLE summitry_mark (id TEXT PRIMARY KEY)")

"""What is remembered of watched feeds. No part of the book; emptied, each is read anew."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.execute("CREATE TABLE summitry_feed (id TEXT PRIMARY KEY, memory TEXT NOT NULL)")

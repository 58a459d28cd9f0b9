"""The index: in which engagement each mention stands. Derived; it may be emptied at any time."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE summitry_slip (
        mention TEXT PRIMARY KEY,
        report TEXT NOT NULL,
        at TEXT NOT NULL,
        start_day TEXT NOT NULL,
        end_day TEXT NOT NULL,
        until_day TEXT NOT NULL,
        keys TEXT NOT NULL,
        opened_by TEXT NOT NULL,
        joins TEXT NOT NULL,
        follows TEXT NOT NULL,
        engagement TEXT NOT NULL,
        face TEXT NOT NULL
    )
    """,
    "CREATE INDEX summitry_slip_report ON summitry_slip (report)",
    "CREATE INDEX summitry_slip_engagement ON summitry_slip (engagement)",
    "CREATE INDEX summitry_slip_page ON summitry_slip (until_day, at, engagement)",
    """
    CREATE TABLE summitry_slip_key (
        key TEXT NOT NULL,
        start_day TEXT NOT NULL,
        end_day TEXT NOT NULL,
        mention TEXT NOT NULL
    )
    """,
    "CREATE INDEX summitry_slip_key_found ON summitry_slip_key (key, end_day, start_day, mention)",
    "CREATE INDEX summitry_slip_key_mention ON summitry_slip_key (mention)",
    "CREATE TABLE summitry_index (maker TEXT NOT NULL, covers BIGINT NOT NULL)",
    # Reports that changed after an instant, and withdrawals, are asked for by their time.
    "CREATE INDEX summitry_entry_published ON summitry_entry (type, published)",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in STATEMENTS:
        op.execute(statement)

"""The book: one table of entries that can only grow."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ENTRIES = """
CREATE TABLE summitry_entry (
    seq {number},
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL CHECK (type IN ('reading', 'judgement', 'withdrawal')),
    report TEXT,
    version TEXT,
    extractor TEXT,
    published TEXT,
    recorded TEXT NOT NULL,
    payload TEXT NOT NULL
)
"""
# Covers the question which reading counts, so that it is answered without the payloads.
INDEX = """
CREATE INDEX summitry_entry_counting
ON summitry_entry (type, report, version, published, recorded)
"""
REFUSED = "a ledger is append-only: enter a judgement or a withdrawal instead"


def upgrade() -> None:
    """Make the table, its index and the guards against change."""
    sqlite = op.get_context().dialect.name == "sqlite"
    number = (
        "INTEGER PRIMARY KEY AUTOINCREMENT"
        if sqlite
        else "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    )
    op.execute(ENTRIES.format(number=number))
    op.execute(INDEX)
    for statement in _sqlite_guards() if sqlite else _postgres_guards():
        op.execute(statement)


def _sqlite_guards() -> list[str]:
    """Triggers that refuse, and the mark by which the file is known as ours ("SMTY")."""
    return [
        f"CREATE TRIGGER summitry_entry_no_{verb.lower()} BEFORE {verb} ON summitry_entry "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
        for verb in ("UPDATE", "DELETE")
    ] + [f"PRAGMA application_id = {int.from_bytes(b'SMTY', 'big')}"]


def _postgres_guards() -> list[str]:
    """One trigger for all that is not an insertion."""
    return [
        "CREATE FUNCTION summitry_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$",
        "CREATE TRIGGER summitry_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
        "ON summitry_entry FOR EACH STATEMENT EXECUTE FUNCTION summitry_append_only()",
    ]

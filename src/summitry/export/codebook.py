"""What every column of the flat tables means: as a page, and as Datasette's own metadata."""

from summitry.export._flat import TABLES
from summitry.export._json import Json

__all__ = ["codebook_json", "codebook_markdown"]

_ABOUT = {
    "engagements": "one row an engagement",
    "parties": "one row a person or state that takes part",
    "claims": "one row a claim and the side on which it stands",
    "reports": "one row a report of an engagement",
    "sources": "one row a source of claims",
}
_FACETS = {
    "engagements": ("status", "occurrence", "kind", "plover_mode", "place_state", "precision"),
    "parties": ("state", "part", "name"),
    "claims": ("slot", "stands", "source_class", "modality", "polarity", "outlet"),
    "reports": ("outlet", "tie"),
    "sources": ("source_class", "state"),
}


def codebook_markdown() -> str:
    """A page with a table of columns for each flat table."""
    lines = [
        "# Codebook",
        "",
        "The columns of the flat tables, which `summitry export jsonl`, `parquet` and `sqlite`",
        "write. `summitry export codebook` prints this page. Unknown is null, `end` is exclusive.",
        "",
        "Codes of PLOVER and CAMEO: visitors are the actor, hosts the recipient. Both schemes",
        "code a meeting to come as an agreement to meet (AGREE, 036) and say nothing of its sort;",
        "here the mode stands beside the plan, and `occurrence` keeps what is *planned* apart",
        "from what was *held*. What was put off, called off or denied has no code in either, and",
        "none here. A visit is coded for the side that travels (042); the host's would be 043.",
    ]
    for table, columns in TABLES.items():
        lines += ["", f"## {table}: {_ABOUT[table]}", "", "| column | sort | holds |"]
        lines += ["|---|---|---|"]
        lines += [f"| `{c.name}` | {c.sort.value} | {c.about} |" for c in columns]
    return "\n".join(lines) + "\n"


def codebook_json(database: str) -> dict[str, Json]:
    """The same as Datasette reads it (``--metadata``), with facets worth a click.

    Args:
        database: Name of the SQLite file without its ending, which is Datasette's name for it.
    """
    tables: dict[str, Json] = {
        table: {
            "description": _ABOUT[table],
            "facets": list(_FACETS[table]),
            "columns": {c.name: c.about for c in columns},
        }
        for table, columns in TABLES.items()
    }
    return {"title": "Summitry", "databases": {database: {"tables": tables}}}

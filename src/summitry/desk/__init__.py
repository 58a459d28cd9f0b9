"""What a planning desk asks of a diary: clashes, free windows and briefs will live here."""

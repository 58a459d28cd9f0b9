"""What a planning desk asks of a diary. Nothing yet: clashes, windows and briefs will live here."""

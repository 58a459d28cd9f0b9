"""Put a trained reader where the product looks for it.

    python training/keep.py FOLDER --base BASE --vocabulary vocab.txt [--to src/summitry/lang/en]

FOLDER is what train.py wrote, BASE what pack.py wrote. The vectors of words, which are the
base's own, and the weights become one file; the vocabulary stands beside it.
"""

import argparse
import shutil
from pathlib import Path

import numpy as np


def main() -> None:
    """Write reader.npz and reader.txt."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--base", type=Path, required=True)
    asked.add_argument("--vocabulary", type=Path, required=True)
    asked.add_argument("--to", type=Path, default=Path("src/summitry/lang/en"))
    chosen = asked.parse_args()
    (file,) = chosen.folder.glob("reader-?--1.npz")
    with np.load(file) as kept:
        tables = {name: kept[name] for name in kept.files}
    with np.load(chosen.base / "minilm.npz") as kept:
        names = (n for n in kept.files if n.startswith("word."))
        tables.update({f"encoder.{name}": kept[name] for name in names})
    np.savez_compressed(chosen.to / "reader.npz", **tables)
    shutil.copyfile(chosen.vocabulary, chosen.to / "reader.txt")


if __name__ == "__main__":
    main()

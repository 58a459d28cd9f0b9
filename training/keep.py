"""Put a trained reader where the product looks for it.

    python training/keep.py FOLDER --vocabulary vocab.txt [--to src/summitry/lang/en]

FOLDER is what train.py wrote. The weights become one file, the vocabulary stands beside it.
"""

import argparse
import shutil
from pathlib import Path

import numpy as np


def main() -> None:
    """Write reader.npz and reader.txt."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--vocabulary", type=Path, required=True)
    asked.add_argument("--to", type=Path, default=Path("src/summitry/lang/en"))
    chosen = asked.parse_args()
    tables = {}
    for part in sorted(chosen.folder.glob("reader-*.npz")):
        with np.load(part) as kept:
            tables.update({name: kept[name] for name in kept.files})
    np.savez_compressed(chosen.to / "reader.npz", **tables)
    shutil.copyfile(chosen.vocabulary, chosen.to / "reader.txt")


if __name__ == "__main__":
    main()

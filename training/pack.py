"""Put published encoders into the form that train.py reads: our names, eight bits.

    python training/pack.py OUT --small MINILM --large MPNET [--examples EXAMPLES]

MINILM and MPNET are folders with the model.safetensors of all-MiniLM-L6-v2 and all-mpnet-base-v2
(both Apache-2.0, Sentence-Transformers). With the examples only the words of the large one that
they use are kept.
"""

import argparse
import gzip
import json
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

OPEN, CLOSE, SHIFT = 101, 102, 4
"""The marks of BERT's vocabulary; MPNet's is the same, four places further on."""
DEEP = {"small": 4, "large": 12}
ATTENTION = {
    "small": ("attention.self.{}", ("query", "key", "value"), "attention.output.dense"),
    "large": ("attention.attn.{}", ("q", "k", "v"), "attention.attn.o"),
}
NORM = {"small": "attention.output.LayerNorm", "large": "attention.LayerNorm"}
Tables = dict[str, np.ndarray]


def renamed(published: Tables, size: str) -> Tables:
    """The tables of an encoder under our names."""
    plain = {
        k.removeprefix("bert.").removeprefix("mpnet.").removeprefix("0.auto_model."): v
        for k, v in published.items()
    }
    e = "embeddings."
    w = {
        "word.weight": plain[e + "word_embeddings.weight"],
        "place.weight": plain[e + "position_embeddings.weight"],
        "norm.weight": plain[e + "LayerNorm.weight"],
        "norm.bias": plain[e + "LayerNorm.bias"],
    }
    if size == "small":
        w["part.weight"] = plain[e + "token_type_embeddings.weight"]
    else:
        w["place.weight"] = w["place.weight"][2:]
        w["relative.weight"] = plain["encoder.relative_attention_bias.weight"]
    one, names, out = ATTENTION[size]
    for k in range(DEEP[size]):
        b, o = f"encoder.layer.{k}.", f"layers.{k}."
        for kind in ("weight", "bias"):
            w[f"{o}qkv.{kind}"] = np.concatenate(
                [plain[f"{b}{one.format(n)}.{kind}"] for n in names]
            )
            w[f"{o}out.{kind}"] = plain[f"{b}{out}.{kind}"]
            w[f"{o}norm1.{kind}"] = plain[f"{b}{NORM[size]}.{kind}"]
            w[f"{o}up.{kind}"] = plain[f"{b}intermediate.dense.{kind}"]
            w[f"{o}down.{kind}"] = plain[f"{b}output.dense.{kind}"]
            w[f"{o}norm2.{kind}"] = plain[f"{b}output.LayerNorm.{kind}"]
    return w


def eight(tables: Tables) -> Tables:
    """Large tables in eight bits with a scale for each row."""
    kept = {}
    for name, table in tables.items():
        t = table.astype(np.float32)
        if t.ndim == 2 and t.size > 200_000:
            scale = np.abs(t).max(1) / 127 + 1e-12
            kept[name] = np.round(t / scale[:, None]).astype(np.int8)
            kept[f"{name}/scale"] = scale
        else:
            kept[name] = t
    return kept


def used(examples: Path) -> np.ndarray:
    """The pieces that the examples use, by BERT's vocabulary."""
    found = {OPEN, CLOSE}
    with gzip.open(examples, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            for s in row["cut"]:
                found.update(p[0] for p in s["pieces"])
                found.update(s["before"])
    return np.array(sorted(found), np.int32)


def main() -> None:
    """Write small/minilm.npz and large/mpnet.npz."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("out", type=Path)
    asked.add_argument("--small", type=Path, required=True)
    asked.add_argument("--large", type=Path, required=True)
    asked.add_argument("--examples", type=Path, required=True)
    chosen = asked.parse_args()
    for size in ("small", "large"):
        (chosen.out / size).mkdir(parents=True, exist_ok=True)
    small = renamed(load_file(chosen.small / "model.safetensors"), "small")
    np.savez_compressed(chosen.out / "small/minilm.npz", **eight(small))
    large = renamed(load_file(chosen.large / "model.safetensors"), "large")
    ids = used(chosen.examples)
    theirs = ids + SHIFT
    theirs[ids == OPEN], theirs[ids == CLOSE] = 0, 2
    large["word.weight"] = large["word.weight"][theirs]
    np.savez_compressed(chosen.out / "large/mpnet.npz", ids=ids, **eight(large))


if __name__ == "__main__":
    main()

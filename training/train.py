"""Train the reader: a small encoder and its heads, on examples that examples.py made.

    python training/train.py EXAMPLES --base FOLDER --out FOLDER [--folds 5] [--layers 6]

Needs PyTorch and safetensors; a GPU makes it minutes instead of hours. The base is
all-MiniLM-L6-v2 (Apache-2.0): its model.safetensors.
Writes reader-K.npz, and with --folds what each report's sentences are answered by a model that
has not seen the report (folds.json), which is what thresholds are chosen on.
"""

import argparse
import hashlib
import json
import math
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F  # noqa: N812  # as all of PyTorch calls it

STATUS = [
    "none",
    "floated",
    "in_preparation",
    "announced",
    "confirmed",
    "held",
    "postponed",
    "cancelled",
    "denied",
]
MODALITY = ["none", "certain", "probable", "possible", "negated"]
SOURCE = [
    "outlet",
    "official_named",
    "spokesperson",
    "official_unnamed",
    "diplomatic_source",
    "state_agency",
    "other_media",
    "analyst",
]
KIND = ["visit", "bilateral", "summit", "multilateral", "ministerial", "call", "negotiation_round"]
PART = ["none", "visitor", "host", "participant", "mediator"]
TYPE = ["none", "live", "past", "ignored"]
SORT = [
    "person",
    "office",
    "officials",
    "state",
    "capital",
    "city",
    "demonym",
    "institution",
    "organisation",
    "group",
    "back",
    "date",
]
HIDDEN, HEADS, WIDE = 384, 12, 1536


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, WIDE)
        self.down = nn.Linear(WIDE, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, x, bias, drop):
        n, m, _ = x.shape
        q, k, v = self.qkv(x).view(n, m, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        a = (q @ k.transpose(-1, -2) / math.sqrt(HIDDEN // HEADS) + bias).softmax(-1)
        y = (F.dropout(a, drop, self.training) @ v).transpose(1, 2).reshape(n, m, HIDDEN)
        x = self.norm1(x + F.dropout(self.out(y), drop, self.training))
        y = self.down(F.gelu(self.up(x), approximate="tanh"))
        return self.norm2(x + F.dropout(y, drop, self.training))


class Encoder(nn.Module):
    """The first layers of MiniLM."""

    def __init__(self, layers, vocabulary):
        super().__init__()
        self.word = nn.Embedding(vocabulary, HIDDEN)
        self.place = nn.Embedding(512, HIDDEN)
        self.part = nn.Embedding(2, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))

    def forward(self, ids, parts, drop=0.1):
        x = self.word(ids) + self.place.weight[: ids.shape[1]] + self.part(parts)
        x = F.dropout(self.norm(x), drop, self.training)
        bias = torch.zeros(ids.shape, device=ids.device, dtype=x.dtype).masked_fill(
            ids == 0, -1e4
        )[:, None, None]
        for layer in self.layers:
            x = layer(x, bias, drop)
        return x


def base(folder, layers):
    """The encoder with the published weights."""
    w = load_file(folder / "model.safetensors")
    w = {k.removeprefix("bert.").removeprefix("0.auto_model."): v.float() for k, v in w.items()}
    e = "embeddings."
    net = Encoder(layers, w[e + "word_embeddings.weight"].shape[0])
    s = {
        "word.weight": w[e + "word_embeddings.weight"],
        "place.weight": w[e + "position_embeddings.weight"],
        "part.weight": w[e + "token_type_embeddings.weight"],
        "norm.weight": w[e + "LayerNorm.weight"],
        "norm.bias": w[e + "LayerNorm.bias"],
    }
    for k in range(layers):
        b, o = f"encoder.layer.{k}.", f"layers.{k}."
        for kind in ("weight", "bias"):
            s[f"{o}qkv.{kind}"] = torch.cat(
                [w[f"{b}attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
            )
            s[f"{o}out.{kind}"] = w[f"{b}attention.output.dense.{kind}"]
            s[f"{o}norm1.{kind}"] = w[f"{b}attention.output.LayerNorm.{kind}"]
            s[f"{o}up.{kind}"] = w[f"{b}intermediate.dense.{kind}"]
            s[f"{o}down.{kind}"] = w[f"{b}output.dense.{kind}"]
            s[f"{o}norm2.{kind}"] = w[f"{b}output.LayerNorm.{kind}"]
    net.load_state_dict(s)
    return net


class Reader(nn.Module):
    """The encoder with a head for each question."""

    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder
        self.speaks = nn.Linear(HIDDEN, len(TYPE))
        self.tags = nn.Linear(HIDDEN, 2)
        self.word = nn.Linear(2 * HIDDEN, HIDDEN)
        self.status = nn.Linear(HIDDEN, len(STATUS))
        self.modality = nn.Linear(HIDDEN, len(MODALITY))
        self.source = nn.Linear(HIDDEN, len(SOURCE))
        self.kind = nn.Linear(HIDDEN, len(KIND))
        self.sort = nn.Embedding(len(SORT), 32)
        self.far = nn.Embedding(32, 32)
        self.pair = nn.Linear(3 * HIDDEN + 64, 256)
        self.part = nn.Linear(256, len(PART))
        self.where = nn.Linear(256, 1)
        self.when = nn.Linear(256, 1)

    def words(self, x, b, t):
        return torch.tanh(self.word(torch.cat([x[b, t], x[b, 0]], -1)))

    def pairs(self, x, b, t, span, sort, far):
        """``span``: the mean vector of each span asked about."""
        at = x[b, t]
        feats = torch.cat([at, span, at * span, self.sort(sort), self.far(far)], -1)
        return F.gelu(self.pair(F.dropout(feats, 0.1, self.training)), approximate="tanh")


def bucket(d):
    """Signed distance in word pieces, in 32 steps."""
    a = abs(d)
    k = a if a < 6 else min(15, 6 + int(2.2 * math.log2(a / 6) + 0.5))
    return k + (16 if d > 0 else 0)


def prepare(row):
    """All tensors' contents of one example."""
    base_at, pieces = row["base"], row["pieces"]

    def cover(a, b):
        return [base_at + k for k, (s, e, _) in enumerate(pieces) if s < b and a < e]

    out = {
        "ids": row["ids"],
        "parts": row["parts"],
        "row": row,
        "types": {},
        "about": set(),
        "by": set(),
        "words": [],
        "spans": [],
        "asks": [],
    }
    out["heads"] = [base_at + k for k, p in enumerate(pieces) if p[2]]
    out["offs"] = [(k, *pieces[k - base_at][:2]) for k in out["heads"]]
    for a, b, sort in row["spans"]:
        c = cover(a, b)
        out["spans"].append((c, SORT.index(sort)))
    first = set(out["heads"])
    for item in row["items"]:
        for a, b in item["about"]:
            out["about"].update(k for k in cover(a, b) if k in first)
        for a, b in item["by"]:
            out["by"].update(k for k in cover(a, b) if k in first)
        for a, b in item["words"]:
            c = cover(a, b)
            if not c:
                continue
            t = c[0]
            out["types"][t] = TYPE.index(item["type"])
            out["words"].append(
                (
                    t,
                    STATUS.index(item["status"]),
                    MODALITY.index(item["modality"]),
                    SOURCE.index(item["source"]),
                    KIND.index(item["kind"]) if item["kind"] else -100,
                )
            )
            parts = {int(k): v for k, v in item["parts"].items()}
            for k, (c2, sort) in enumerate(out["spans"]):
                if not c2:
                    continue
                dated = SORT[sort] == "date"
                out["asks"].append(
                    (
                        t,
                        k,
                        -100 if dated else PART.index(parts.get(k, "none")),
                        -1 if dated else int(k in item["place"]),
                        int(k in item["when"]) if dated else -1,
                    )
                )
    return out


def collate(batch, device):
    n, m = len(batch), max(len(b["ids"]) for b in batch)
    ids, parts = torch.zeros(n, m, dtype=torch.long), torch.zeros(n, m, dtype=torch.long)
    for i, b in enumerate(batch):
        ids[i, : len(b["ids"])] = torch.tensor(b["ids"])
        parts[i, : len(b["parts"])] = torch.tensor(b["parts"])
    return ids.to(device), parts.to(device)


def span_means(x, batch, asks):
    """Mean vectors of the spans of ``asks``: (example, span) pairs."""
    rows = []
    for i, k in asks:
        c = batch[i]["spans"][k][0]
        rows.append(x[i, c[0] : c[-1] + 1].mean(0))
    return torch.stack(rows)


def loss(net, batch, device):
    ids, parts = collate(batch, device)
    x = net.encoder(ids, parts)
    total = 0.0
    hb = [
        (i, k, b["types"].get(k, 0), float(k in b["about"]), float(k in b["by"]))
        for i, b in enumerate(batch)
        for k in b["heads"]
    ]
    bi, ki = (
        torch.tensor([h[0] for h in hb], device=device),
        torch.tensor([h[1] for h in hb], device=device),
    )
    at = x[bi, ki]
    types = torch.tensor([h[2] for h in hb], device=device)
    total = total + 4.0 * F.cross_entropy(net.speaks(at), types, label_smoothing=0.01)
    tags = torch.tensor([[h[3], h[4]] for h in hb], device=device)
    total = total + 2.0 * F.binary_cross_entropy_with_logits(net.tags(at), tags)
    w = [(i, *row) for i, b in enumerate(batch) for row in b["words"]]
    if w:
        wt = torch.tensor(w, device=device)
        h = F.dropout(net.words(x, wt[:, 0], wt[:, 1]), 0.1, net.training)
        total = total + F.cross_entropy(net.status(h), wt[:, 2], label_smoothing=0.05)
        total = total + 0.5 * F.cross_entropy(net.modality(h), wt[:, 3], label_smoothing=0.05)
        total = total + 0.5 * F.cross_entropy(net.source(h), wt[:, 4], label_smoothing=0.05)
        if (wt[:, 5] >= 0).any():
            total = total + 0.5 * F.cross_entropy(net.kind(h), wt[:, 5], label_smoothing=0.05)
    a = [(i, t, k, p, wh, dt) for i, b in enumerate(batch) for t, k, p, wh, dt in b["asks"]]
    if a:
        span = span_means(x, batch, [(i, k) for i, _, k, *_ in a])
        sort = torch.tensor([batch[i]["spans"][k][1] for i, _, k, *_ in a], device=device)
        far = torch.tensor(
            [bucket(batch[i]["spans"][k][0][0] - t) for i, t, k, *_ in a], device=device
        )
        at_ = torch.tensor(a, device=device)
        g = net.pairs(x, at_[:, 0], at_[:, 1], span, sort, far)
        known = at_[:, 3] >= 0
        if known.any():
            total = total + 1.5 * F.cross_entropy(net.part(g)[known], at_[known, 3])
        placed = at_[:, 4] >= 0
        if placed.any():
            total = total + F.binary_cross_entropy_with_logits(
                net.where(g)[placed, 0], at_[placed, 4].float()
            )
        dated = at_[:, 5] >= 0
        if dated.any():
            total = total + F.binary_cross_entropy_with_logits(
                net.when(g)[dated, 0], at_[dated, 5].float()
            )
    return total


def fit(rows, args, device, seed):
    torch.manual_seed(seed)
    net = Reader(base(args.base, args.layers)).to(device)
    rng = np.random.default_rng(seed)
    head = [p for n, p in net.named_parameters() if not n.startswith("encoder.")]
    groups = [
        {"params": net.encoder.parameters(), "lr": args.lr, "weight_decay": 0.01},
        {"params": head, "lr": 1e-3, "weight_decay": 0.01},
    ]
    opt = torch.optim.AdamW(groups)
    busy = [r for r in rows if r["row"]["items"]]
    idle = [r for r in rows if not r["row"]["items"]]
    per = max(1, (len(busy) + min(len(idle), int(1.5 * len(busy)))) // args.batch)
    steps = per * args.epochs
    sched = torch.optim.lr_scheduler.LambdaLR(
        opt, lambda s: min(1, s / (0.06 * steps)) * max(0.02, 1 - s / steps)
    )
    net.train()
    ema = None
    for _ in range(args.epochs):
        some = [idle[k] for k in rng.permutation(len(idle))[: int(1.5 * len(busy))]]
        mixed = busy + some
        order = rng.permutation(len(mixed))
        for s in range(0, len(order) - args.batch + 1, args.batch):
            cost = loss(net, [mixed[k] for k in order[s : s + args.batch]], device)
            opt.zero_grad()
            cost.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            opt.step()
            sched.step()
            ema = cost.item() if ema is None else 0.98 * ema + 0.02 * cost.item()
    print("seed", seed, "loss", round(ema, 3), flush=True)
    return net


@torch.no_grad()
def answers(net, rows, device):
    """For each row the figures of all heads; what the product computes from the same weights."""
    net.eval()
    out = []
    for s in range(0, len(rows), 64):
        batch = rows[s : s + 64]
        ids, parts = collate(batch, device)
        x = net.encoder(ids, parts)
        for i, b in enumerate(batch):
            at = x[i, b["heads"]]
            type_ = net.speaks(at).softmax(-1).cpu().numpy()
            tags = net.tags(at).sigmoid().cpu().numpy()
            words = []
            for j, (k, a, e) in enumerate(b["offs"]):
                if type_[j, 1] + type_[j, 2] + type_[j, 3] < 0.1:
                    continue
                bi, ki = torch.tensor([i], device=device), torch.tensor([k], device=device)
                h = net.words(x, bi, ki)
                w = {"at": [int(a), int(e)], "type": type_[j].round(4).tolist()}
                for name in ("status", "modality", "source", "kind"):
                    w[name] = getattr(net, name)(h).softmax(-1)[0].cpu().numpy().round(4).tolist()
                asks = [q for q, (c, _) in enumerate(b["spans"]) if c]
                if asks:
                    span = span_means(x, batch, [(i, q) for q in asks])
                    n = len(asks)
                    sort = torch.tensor([b["spans"][q][1] for q in asks], device=device)
                    far = torch.tensor(
                        [bucket(b["spans"][q][0][0] - k) for q in asks], device=device
                    )
                    g = net.pairs(x, bi.expand(n), ki.expand(n), span, sort, far)
                    w["asks"] = asks
                    w["parts"] = net.part(g).softmax(-1).cpu().numpy().round(4).tolist()
                    w["place"] = net.where(g)[:, 0].sigmoid().cpu().numpy().round(4).tolist()
                    w["when"] = net.when(g)[:, 0].sigmoid().cpu().numpy().round(4).tolist()
                words.append(w)
            spans = {
                name: [
                    [int(a), int(e)] for j, (k, a, e) in enumerate(b["offs"]) if tags[j, q] > 0.5
                ]
                for q, name in enumerate(("about", "by"))
            }
            out.append(
                {
                    "doc": b["row"]["doc"],
                    "start": b["row"]["start"],
                    "text": b["row"]["text"],
                    "before": b["row"]["before"],
                    "words": words,
                    **spans,
                }
            )
    return out


def judge(rows, said):
    """How the answers stand against the labels, word by word and sentence by sentence."""
    c = Counter()
    for shown, a in zip(rows, said, strict=True):
        r = shown["row"]
        want = {}
        for it in r["items"]:
            for w in it["words"]:
                want[tuple(w)] = it
        have = {}
        for w in a["words"]:
            live = w["type"][1] + w["type"][2] + w["type"][3]
            if live >= 0.5:
                hit = next((k for k in want if k[0] < w["at"][1] and w["at"][0] < k[1]), None)
                have[hit or tuple(w["at"])] = w
        for k, w in have.items():
            if k not in want:
                c["trigger fp"] += 1
                continue
            it = want[k]
            c["trigger tp"] += 1
            c["type ok"] += TYPE[int(np.argmax(w["type"][1:])) + 1] == it["type"]
            for name, names in (
                ("status", STATUS),
                ("modality", MODALITY),
                ("source", SOURCE),
                ("kind", KIND),
            ):
                if it[name] and it[name] != "none":
                    c[name + " n"] += 1
                    best = np.array(w[name])
                    if name in ("status", "modality"):
                        best[0] = -1
                    c[name + " ok"] += names[int(best.argmax())] == it[name]
            parts = {int(q): v for q, v in it["parts"].items()}
            for q, p, wh, dt in zip(
                w.get("asks", []),
                w.get("parts", []),
                w.get("place", []),
                w.get("when", []),
                strict=False,
            ):
                if r["spans"][q][2] == "date":
                    g, y = dt > 0.5, q in it["when"]
                    c["when " + ("tp" if g and y else "fp" if g else "fn" if y else "tn")] += 1
                    continue
                got = PART[int(np.argmax(p))]
                y = parts.get(q, "none")
                c[
                    "party "
                    + (
                        "tp"
                        if got != "none" and y != "none"
                        else "fp"
                        if got != "none"
                        else "fn"
                        if y != "none"
                        else "tn"
                    )
                ] += 1
                if got != "none" and y != "none":
                    c["part ok"] += got == y
                g, y = wh > 0.5, q in it["place"]
                c["place " + ("tp" if g and y else "fp" if g else "fn" if y else "tn")] += 1
        for k in want:
            c["trigger fn"] += k not in have

    def f1(n):
        p, q = (
            c[n + " tp"] / max(1, c[n + " tp"] + c[n + " fp"]),
            c[n + " tp"] / max(1, c[n + " tp"] + c[n + " fn"]),
        )
        return f"{n} P {p:.3f} R {q:.3f} F1 {2 * p * q / max(1e-9, p + q):.3f}"

    print(" | ".join(f1(n) for n in ("trigger", "party", "place", "when")))
    print(
        " | ".join(
            f"{n} {c[n + ' ok'] / max(1, c[n + ' n']):.3f}"
            for n in ("status", "modality", "source", "kind")
        ),
        "| type",
        round(c["type ok"] / max(1, c["trigger tp"]), 3),
        "| part",
        round(c["part ok"] / max(1, c["party tp"]), 3),
        flush=True,
    )


def keep(net, out):
    """Weights in eight bits with a scale for each row, in files that travel well."""
    kept = {}
    for name, weights in net.state_dict().items():
        table = weights.float().cpu().numpy()
        if table.ndim == 2 and table.size > 50_000:
            scale = np.abs(table).max(1) / 127 + 1e-12
            kept[name] = np.round(table / scale[:, None]).astype(np.int8)
            kept[name + "/scale"] = scale.astype(np.float32)
        else:
            kept[name] = table.astype(np.float32)
    words = {k: v for k, v in kept.items() if k.startswith("encoder.word.")}
    np.savez_compressed(out / "reader-0.npz", **words)
    np.savez_compressed(out / "reader-1.npz", **{k: v for k, v in kept.items() if k not in words})


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("examples", type=Path)
    asked.add_argument("--base", type=Path, required=True)
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--folds", type=int, default=0)
    asked.add_argument("--layers", type=int, default=6)
    asked.add_argument("--epochs", type=int, default=12)
    asked.add_argument("--batch", type=int, default=32)
    asked.add_argument("--lr", type=float, default=1e-4)
    asked.add_argument("--no-final", action="store_true")
    args = asked.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    rows = [prepare(r) for r in map(json.loads, args.examples.read_text().splitlines())]

    def fold(r):
        return int(hashlib.sha256(r["row"]["doc"].encode()).hexdigest(), 16) % max(1, args.folds)

    args.out.mkdir(parents=True, exist_ok=True)
    said = []
    for k in range(args.folds):
        t = time.time()
        net = fit([r for r in rows if fold(r) != k], args, device, k)
        left = [r for r in rows if fold(r) == k]
        mine = answers(net, left, device)
        judge(left, mine)
        said += mine
        print("fold", k, round(time.time() - t), "s", flush=True)
    if said:
        order = {(a["doc"], a["start"]): a for a in said}
        print("ALL FOLDS")
        judge(rows, [order[r["row"]["doc"], r["row"]["start"]] for r in rows])
        for file in sorted({r["row"]["file"] for r in rows}):
            some = [r for r in rows if r["row"]["file"] == file]
            print(file, len(some))
            judge(some, [order[r["row"]["doc"], r["row"]["start"]] for r in some])
        (args.out / "folds.json").write_text(json.dumps(said))
    if not args.no_final:
        net = fit(rows, args, device, 1)
        keep(net, args.out)


if __name__ == "__main__":
    main()

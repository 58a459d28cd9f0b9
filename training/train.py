"""Train the reader: a large teacher on the labels, a small student on the labels and the teacher.

    python training/train.py EXAMPLES --teacher FOLDER --base FOLDER --out FOLDER --fold K

Needs PyTorch; a GPU makes it minutes instead of days. EXAMPLES is what examples.py wrote, the
folders what pack.py wrote. With --fold 0 to 3 the reports of that quarter are left out and then
answered, which is what thresholds are chosen on; with --fold -1 all are learned.
"""

import argparse
import gzip
import hashlib
import json
import math
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
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
FOLDS = 4
WINDOW, LONGEST, BEFORE = 256, 160, 36
OPEN, CLOSE = 101, 102
HEARD, MOST = 0.1, 32


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self, hidden, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.out = nn.Linear(hidden, hidden)
        self.norm1 = nn.LayerNorm(hidden, eps=1e-12)
        self.up = nn.Linear(hidden, 4 * hidden)
        self.down = nn.Linear(4 * hidden, hidden)
        self.norm2 = nn.LayerNorm(hidden, eps=1e-12)

    def forward(self, x, bias, drop):
        n, m, h = x.shape
        q, k, v = self.qkv(x).view(n, m, 3, self.heads, h // self.heads).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(
            q, k, v, attn_mask=bias.to(q.dtype), dropout_p=drop if self.training else 0.0
        )
        x = self.norm1(
            x + F.dropout(self.out(y.transpose(1, 2).reshape(n, m, h)), drop, self.training)
        )
        y = self.down(F.gelu(self.up(x), approximate="tanh"))
        return self.norm2(x + F.dropout(y, drop, self.training))


class Encoder(nn.Module):
    """The first layers of MiniLM, or MPNet with its relative places."""

    def __init__(self, vocabulary, hidden, layers, heads, relative):
        super().__init__()
        self.word = nn.Embedding(vocabulary, hidden)
        self.place = nn.Embedding(514, hidden)
        self.part = nn.Embedding(2, hidden)
        self.norm = nn.LayerNorm(hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(hidden, heads) for _ in range(layers))
        self.relative = nn.Embedding(32, heads) if relative else None

    def forward(self, ids, parts, drop=0.1):
        x = self.word(ids) + self.place.weight[: ids.shape[1]] + self.part(parts)
        x = F.dropout(self.norm(x), drop, self.training)
        bias = torch.zeros(ids.shape, device=ids.device).masked_fill(ids == 0, -1e4)[:, None, None]
        if self.relative is not None:
            bias = bias + self.relative(relative(ids.shape[1], ids.device)).permute(2, 0, 1)[None]
        else:
            bias = bias.expand(-1, 1, ids.shape[1], -1)
        for layer in self.layers:
            x = layer(x, bias, drop)
        return x


def relative(m, device):
    """MPNet's 32 steps of distance between two pieces."""
    at = torch.arange(m, device=device)
    n = at[:, None] - at[None, :]
    back = (n < 0).long() * 16
    n = n.abs()
    far = 8 + (torch.log(n.float().clamp(min=1) / 8) / math.log(128 / 8) * 8).long()
    return back + torch.where(n < 8, n, far.clamp(max=15))


def encoder(folder, layers=None):
    """An encoder with the weights that pack.py wrote; pieces of the vocabulary keep their ids."""
    tables = {}
    for file in sorted(folder.glob("*.npz")):
        with np.load(file) as kept:
            tables.update({k: kept[k] for k in kept.files})
    w = {}
    for name, t in tables.items():
        if name.endswith("/scale") or name == "ids":
            continue
        scale = tables.get(name + "/scale")
        w[name] = torch.tensor(
            t.astype(np.float32) * (scale.astype(np.float32)[:, None] if scale is not None else 1)
        )
    if "ids" in tables:  # only the pieces that the examples use were kept
        whole = torch.zeros(30522, w["word.weight"].shape[1])
        whole[torch.tensor(tables["ids"].astype(np.int64))] = w["word.weight"]
        w["word.weight"] = whole
    deep = 1 + max(int(n.split(".")[1]) for n in w if n.startswith("layers."))
    layers = layers or deep
    w = {
        n: t for n, t in w.items() if not n.startswith("layers.") or int(n.split(".")[1]) < layers
    }
    hidden = w["word.weight"].shape[1]
    net = Encoder(w["word.weight"].shape[0], hidden, layers, 12, "relative.weight" in w)
    place = torch.zeros(514, hidden)
    place[: w["place.weight"].shape[0]] = w["place.weight"]
    w["place.weight"] = place
    if "part.weight" not in w:
        w["part.weight"] = torch.zeros(2, hidden)
    net.load_state_dict(w)
    return net


class Reader(nn.Module):
    """The encoder with a head for each question."""

    def __init__(self, enc, wide=256):
        super().__init__()
        self.encoder = enc
        h = enc.word.weight.shape[1]
        self.speaks = nn.Linear(h, len(TYPE))
        self.tags = nn.Linear(h, 2)
        self.about = nn.Linear(2 * h, h)
        self.status = nn.Linear(h, len(STATUS))
        self.modality = nn.Linear(h, len(MODALITY))
        self.source = nn.Linear(h, len(SOURCE))
        self.kind = nn.Linear(h, len(KIND))
        self.sort = nn.Embedding(len(SORT), 32)
        self.far = nn.Embedding(32, 32)
        self.pair = nn.Linear(3 * h + 64, wide)
        self.part = nn.Linear(wide, len(PART))
        self.where = nn.Linear(wide, 1)
        self.when = nn.Linear(wide, 1)
        self.apart = nn.Embedding(9, 32)
        self.reach = nn.Linear(3 * h + 64, wide)
        self.part_far = nn.Linear(wide, len(PART))
        self.where_far = nn.Linear(wide, 1)
        self.when_far = nn.Linear(wide, 1)
        self.match = nn.Linear(3 * h + 32, wide)
        self.same = nn.Linear(wide, 1)

    def words(self, x, b):
        wi = b["words"]
        return torch.tanh(
            self.about(torch.cat([x[wi[:, 0], wi[:, 1]], x[wi[:, 0], wi[:, 2]]], -1))
        )

    def spans(self, x, b):
        """The mean vector of each span."""
        sp = b["spans"]
        total = F.pad(x.float().cumsum(1), (0, 0, 1, 0))
        return (total[sp[:, 0], sp[:, 2]] - total[sp[:, 0], sp[:, 1]]) / (sp[:, 2] - sp[:, 1])[
            :, None
        ]

    def near(self, x, spans, b):
        a = b["asks"]
        at, seen = x[a[:, 0], a[:, 1]], spans[a[:, 2]].to(x.dtype)
        f = torch.cat([at, seen, at * seen, self.sort(a[:, 3]), self.far(a[:, 4])], -1)
        return F.gelu(self.pair(F.dropout(f, 0.1, self.training)), approximate="tanh")

    def beyond(self, x, spans, b):
        a = b["cross"]
        at, seen = x[a[:, 0], a[:, 1]], spans[a[:, 2]].to(x.dtype)
        f = torch.cat([at, seen, at * seen, self.sort(a[:, 3]), self.apart(a[:, 4])], -1)
        return F.gelu(self.reach(F.dropout(f, 0.1, self.training)), approximate="tanh")

    def alike(self, x, b):
        a = b["pairs"]
        one, two = x[a[:, 0], a[:, 1]], x[a[:, 0], a[:, 2]]
        f = torch.cat([one + two, (one - two).abs(), one * two, self.apart(a[:, 3])], -1)
        return self.same(F.gelu(self.match(F.dropout(f, 0.1, self.training)), approximate="tanh"))[
            :, 0
        ]


def bucket(d):
    """Signed distance in word pieces, in 32 steps."""
    a = abs(d)
    k = a if a < 6 else min(15, 6 + int(2.2 * math.log2(a / 6) + 0.5))
    return k + (16 if d > 0 else 0)


def apart(d):
    """Signed distance in sentences shown, in 9 steps."""
    return max(-4, min(4, d)) + 4


def pack(doc, chosen, window=WINDOW):
    """Chosen sentences as windows: ids, parts, and of each sentence its first place."""
    ids, parts, seats, last = [OPEN], [0], [], None
    for j in chosen:
        s = doc["cut"][j]
        own = s["pieces"][:LONGEST]

        alone = s["before"][-BEFORE:]
        first = [] if seats and last == s["k"] - 1 else alone
        if seats and len(ids) + len(own) + 1 + (len(first) + 1 if first else 0) > window:
            yield ids, parts, seats
            ids, parts, seats = [OPEN], [0], []
            first = alone
        if first:
            ids, parts = [*ids, *first, CLOSE], [*parts, *[0] * (len(first) + 1)]
        seats.append((j, len(ids)))
        ids, parts = [*ids, *(p[0] for p in own), CLOSE], [*parts, *[1] * (len(own) + 1)]
        last = s["k"]
    if seats:
        yield ids, parts, seats


def cover(base, own, a, b):
    """The places of the pieces of characters [a, b) of a sentence."""
    return [base + k for k, p in enumerate(own) if p[1] < b and a < p[2]]


def lay(doc, ids, parts, seats):
    """One window with all that is asked of it and the right answers."""
    w = {
        "doc": doc["doc"],
        "file": doc["file"],
        "ids": ids,
        "parts": parts,
        "heads": [],
        "offs": [],
        "spans": [],
        "sents": [],
    }
    words = []
    about, by = set(), set()
    types = {}
    for n, (j, base) in enumerate(seats):
        s = doc["cut"][j]
        own = s["pieces"][:LONGEST]
        close = base + len(own)
        w["sents"].append((j, base, close))

        for k, p in enumerate(own):
            if p[3]:
                w["heads"].append(base + k)
                w["offs"].append((n, p[1], p[2], close))
        for q, (a, b, sort, state) in enumerate(s["spans"]):
            c = cover(base, own, a, b)
            if c:
                w["spans"].append((n, q, c[0], c[-1] + 1, SORT.index(sort), state))
        first = set(w["heads"])
        for item in s["items"]:
            for a, b in item["about"]:
                about.update(k for k in cover(base, own, a, b) if k in first)
            for a, b in item["by"]:
                by.update(k for k in cover(base, own, a, b) if k in first)
            for a, b in item["words"]:
                c = cover(base, own, a, b)
                if c and c[0] not in types:
                    types[c[0]] = TYPE.index(item["type"])
                    words.append((c[0], close, n, item))
    w["type"] = [types.get(h, 0) for h in w["heads"]]
    w["tags"] = [(float(h in about), float(h in by)) for h in w["heads"]]
    w["words"] = [(t, c, n) for t, c, n, _ in words]
    w["w_gold"] = [
        (
            STATUS.index(i["status"]),
            MODALITY.index(i["modality"]),
            SOURCE.index(i["source"]),
            KIND.index(i["kind"]) if i["kind"] else -1,
        )
        for _, _, _, i in words
    ]
    said = {}
    for n, (j, _) in enumerate(seats):
        for item in doc["cut"][j]["items"]:
            said.setdefault((n, item["event"]), item)
    w["asks"], w["a_gold"], w["cross"], w["c_gold"] = [], [], [], []
    for t, _, n, item in words:
        parties = doc["events"].get(item["event"], {})
        for z, (m, q, a, _, sort, state) in enumerate(w["spans"]):
            dated = SORT[sort] == "date"
            if m == n:
                part = PART.index(item["parts"].get(str(q), "none"))
                w["asks"].append((t, z, sort, bucket(a - t)))
                w["a_gold"].append(
                    (
                        -1 if dated else part,
                        -1 if dated else int(q in item["place"]),
                        int(q in item["when"]) if dated else -1,
                    )
                )
            else:
                other = said.get((m, item["event"]))
                part = parties.get(state, "none") if state else "none"
                if other and part == "none":
                    part = other["parts"].get(str(q), "none")
                part = PART.index(part)
                w["cross"].append((t, z, sort, apart(m - n)))
                w["c_gold"].append(
                    (
                        -1 if dated else part,
                        -1 if dated else int(bool(other) and q in other["place"]),
                        int(bool(other) and q in other["when"]) if dated else -1,
                    )
                )
    w["pairs"], w["p_gold"] = [], []
    for i, (t, _, n, item) in enumerate(words):
        for u, _, m, other in words[i + 1 :]:
            w["pairs"].append((t, u, apart(m - n)))
            w["p_gold"].append(float(item["event"] == other["event"]))
    return w


def hot(values, size, smooth):
    """One-hot rows, smoothed; rows of noughts for what is not asked."""
    v = torch.tensor(values)
    rows = F.one_hot(v.clamp(min=0), size).float() * (1 - smooth) + smooth / size
    return rows * (v >= 0)[:, None]


def labelled(w):
    """The right answers as figures."""
    y = {"type": hot(w["type"], 4, 0.01), "tags": torch.tensor(w["tags"])}
    if w["words"]:
        g = np.array(w["w_gold"])
        y |= {
            "status": hot(g[:, 0], 9, 0.05),
            "modality": hot(g[:, 1], 5, 0.05),
            "source": hot(g[:, 2], 8, 0.05),
            "kind": hot(g[:, 3], 7, 0.05),
        }
    for name, key in (("near", "a_gold"), ("far", "c_gold")):
        if w[key]:
            g = np.array(w[key])
            y[f"part {name}"] = hot(g[:, 0], 5, 0.01)
            y[f"where {name}"] = torch.tensor(g[:, 1]).float()
            y[f"when {name}"] = torch.tensor(g[:, 2]).float()
    if w["pairs"]:
        y["same"] = torch.tensor(w["p_gold"])
    return y


QUESTIONS = (
    "type",
    "tags",
    "status",
    "modality",
    "source",
    "kind",
    "part near",
    "where near",
    "when near",
    "part far",
    "where far",
    "when far",
    "same",
)
WEIGHT = {
    "type": 4.0,
    "tags": 2.0,
    "status": 1.0,
    "modality": 0.5,
    "source": 0.5,
    "kind": 0.5,
    "part near": 1.5,
    "part far": 1.0,
    "same": 1.0,
}


def collate(batch, device):
    """Windows side by side; places of words and spans counted over the batch."""
    n, m = len(batch), max(len(w["ids"]) for w in batch)
    ids, parts = np.zeros((n, m), np.int64), np.zeros((n, m), np.int64)
    out = {"heads": [], "words": [], "spans": [], "asks": [], "cross": [], "pairs": []}
    base = 0
    for i, w in enumerate(batch):
        ids[i, : len(w["ids"])] = w["ids"]
        parts[i, : len(w["parts"])] = w["parts"]
        out["heads"] += [(i, h) for h in w["heads"]]
        out["words"] += [(i, t, c) for t, c, _ in w["words"]]
        out["spans"] += [(i, a, e) for _, _, a, e, _, _ in w["spans"]]
        out["asks"] += [(i, t, base + z, s, d) for t, z, s, d in w["asks"]]
        out["cross"] += [(i, t, base + z, s, d) for t, z, s, d in w["cross"]]
        out["pairs"] += [(i, t, u, d) for t, u, d in w["pairs"]]
        base += len(w["spans"])
    width = {"heads": 2, "words": 3, "spans": 3, "asks": 5, "cross": 5, "pairs": 4}
    made = {
        k: torch.tensor(np.array(v, np.int64).reshape(-1, width[k]), device=device)
        for k, v in out.items()
    }
    return torch.tensor(ids, device=device), torch.tensor(parts, device=device), made


def figures(net, ids, parts, b):
    """What every head says, before it is made a probability."""
    x = net.encoder(ids, parts)
    at = x[b["heads"][:, 0], b["heads"][:, 1]]
    z = {"type": net.speaks(at), "tags": net.tags(at)}
    if len(b["words"]):
        h = F.dropout(net.words(x, b), 0.1, net.training)
        z |= {n: getattr(net, n)(h) for n in ("status", "modality", "source", "kind")}
    spans = net.spans(x, b) if len(b["spans"]) else None
    if len(b["asks"]):
        g = net.near(x, spans, b)
        z |= {
            "part near": net.part(g),
            "where near": net.where(g)[:, 0],
            "when near": net.when(g)[:, 0],
        }
    if len(b["cross"]):
        g = net.beyond(x, spans, b)
        z |= {
            "part far": net.part_far(g),
            "where far": net.where_far(g)[:, 0],
            "when far": net.when_far(g)[:, 0],
        }
    if len(b["pairs"]):
        z["same"] = net.alike(x, b)
    return z


def cost(z, y, device):
    total = 0.0
    for name, raw in z.items():
        want, said = y[name].to(device), raw.float()
        if said.ndim == 2 and name != "tags":
            asked = want.sum(-1) > 0
            if not asked.any():
                continue
            loss = -(want * said.log_softmax(-1)).sum(-1)[asked].mean()
        else:
            asked = want >= 0
            if not asked.any():
                continue
            loss = F.binary_cross_entropy_with_logits(said[asked], want[asked])
        total = total + WEIGHT.get(name, 1.0) * loss
    return total


def join(ys):
    return {
        n: torch.cat([y[n] for y in ys if n in y]) for n in QUESTIONS if any(n in y for y in ys)
    }


def fit(net, variants, taught, args, device, seed, lr, head_lr, epochs, batch):
    """Train on labelled windows, a list for each way of cutting, and on what a teacher said."""
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
    net.to(device)
    named = [(n, p) for n, p in net.named_parameters() if p.requires_grad]
    opt = torch.optim.AdamW(
        [
            {
                "params": [p for n, p in named if n.startswith("encoder.")],
                "lr": lr,
                "weight_decay": 0.01,
            },
            {
                "params": [p for n, p in named if not n.startswith("encoder.")],
                "lr": head_lr,
                "weight_decay": 0.01,
            },
        ]
    )
    share = args.share
    some = int(len(taught) * share)
    steps = max(1, epochs * ((len(variants[0]) + some) // batch))
    sched = torch.optim.lr_scheduler.LambdaLR(
        opt, lambda s: min(1, s / (0.06 * steps)) * max(0.02, 1 - s / steps)
    )
    net.train()
    ema, t = None, time.time()
    done = 0
    for e in range(epochs):
        mixed = [
            *variants[e % len(variants)],
            *(taught[k] for k in rng.permutation(len(taught))[:some]),
        ]
        order = rng.permutation(len(mixed))
        for s in range(0, len(order) - batch + 1, batch):
            chosen = [mixed[k] for k in order[s : s + batch]]
            ids, parts, b = collate([w for w, _ in chosen], device)
            with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
                z = figures(net, ids, parts, b)
            loss = cost(z, join([y for _, y in chosen]), device)
            opt.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            opt.step()
            sched.step()
            done += 1
            ema = loss.item() if ema is None else 0.98 * ema + 0.02 * loss.item()
    print("loss", round(ema, 3), "steps", done, round(time.time() - t), "s", flush=True)
    return net.eval()


@torch.no_grad()
def teach(net, windows, device):
    """What a net says of windows without labels, as figures that a student can learn."""
    out = []
    for s in range(0, len(windows), 32):
        batch = windows[s : s + 32]
        ids, parts, b = collate(batch, device)
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
            z = figures(
                net,
                ids,
                parts,
                {
                    **b,
                    "words": b["words"][:0],
                    "asks": b["asks"][:0],
                    "cross": b["cross"][:0],
                    "pairs": b["pairs"][:0],
                },
            )
        type_ = z["type"].float().softmax(-1).cpu()
        at = 0
        for w in batch:
            mine = type_[at : at + len(w["heads"])]
            at += len(w["heads"])
            likely = sorted(
                (k for k in range(len(mine)) if 1 - mine[k, 0] > HEARD),
                key=lambda k: float(mine[k, 0]),
            )
            w["words"] = [
                (w["heads"][k], w["offs"][k][3], w["offs"][k][0]) for k in sorted(likely[:MOST])
            ]
            w["asks"], w["cross"], w["pairs"] = [], [], []
            for i, (t, _, n) in enumerate(w["words"]):
                for q, (m, _, a, _, sort, _) in enumerate(w["spans"]):
                    if m == n:
                        w["asks"].append((t, q, sort, bucket(a - t)))
                    else:
                        w["cross"].append((t, q, sort, apart(m - n)))
                w["pairs"] += [(t, u, apart(m - n)) for u, _, m in w["words"][i + 1 :]]
        ids, parts, b = collate(batch, device)
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
            z = figures(net, ids, parts, b)
        p = {}
        for n, raw in z.items():
            v = raw.float()
            p[n] = (v.softmax(-1) if v.ndim == 2 and n != "tags" else v.sigmoid()).cpu()
        sizes = {
            "type": "heads",
            "tags": "heads",
            "status": "words",
            "modality": "words",
            "source": "words",
            "kind": "words",
            "same": "pairs",
        }
        at = Counter()
        for w in batch:
            y = {}
            for n, v in p.items():
                k = len(w[sizes.get(n, "asks" if n.endswith("near") else "cross")])
                if k:
                    y[n] = v[at[n] : at[n] + k]
                    at[n] += k
            for name, key in (("near", "asks"), ("far", "cross")):
                if w[key]:
                    dated = torch.tensor([SORT[s] == "date" for _, _, s, _ in w[key]])
                    y[f"part {name}"] = y[f"part {name}"] * ~dated[:, None]
                    y[f"where {name}"] = torch.where(dated, -1.0, y[f"where {name}"])
                    y[f"when {name}"] = torch.where(dated, y[f"when {name}"], -1.0)
            out.append((w, y))
    return out


@torch.no_grad()
def judge(net, windows, device, title):
    """How the answers stand against the labels."""
    c = Counter()
    for s in range(0, len(windows), 32):
        batch = windows[s : s + 32]
        ids, parts, b = collate([w for w, _ in batch], device)
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
            z = {n: v.float().cpu() for n, v in figures(net, ids, parts, b).items()}
        y = join([y for _, y in batch])

        def count(name, got, want):
            c[name + " tp"] += int((got & want).sum())
            c[name + " fp"] += int((got & ~want).sum())
            c[name + " fn"] += int((~got & want).sum())

        count("trigger", z["type"].softmax(-1)[:, 0] < 0.5, y["type"].argmax(-1) > 0)
        for n in ("status", "modality", "source", "kind"):
            if n in z:
                want = y[n].argmax(-1)
                ok = y[n].sum(-1) > 0
                got = z[n].clone()
                if n in ("status", "modality"):
                    ok &= want > 0
                    got[:, 0] = -99
                c[n + " n"] += int(ok.sum())
                c[n + " ok"] += int((got.argmax(-1) == want)[ok].sum())
        for n in ("near", "far"):
            if f"part {n}" in z:
                ok = y[f"part {n}"].sum(-1) > 0
                count(
                    f"part {n}",
                    (z[f"part {n}"].argmax(-1) > 0)[ok],
                    (y[f"part {n}"].argmax(-1) > 0)[ok],
                )
                for q in ("where", "when"):
                    ok = y[f"{q} {n}"] >= 0
                    count(f"{q} {n}", (z[f"{q} {n}"] > 0)[ok], (y[f"{q} {n}"] > 0.5)[ok])
        if "same" in z:
            count("same", z["same"] > 0, y["same"] > 0.5)
            c["same n"] += len(y["same"])
            c["same ok"] += int(((z["same"] > 0) == (y["same"] > 0.5)).sum())

    def f1(n):
        p, q = (
            c[n + " tp"] / max(1, c[n + " tp"] + c[n + " fp"]),
            c[n + " tp"] / max(1, c[n + " tp"] + c[n + " fn"]),
        )
        return f"{n} {p:.2f}/{q:.2f}/{2 * p * q / max(1e-9, p + q):.3f}"

    print(
        title,
        " | ".join(
            f1(n)
            for n in (
                "trigger",
                "part near",
                "where near",
                "when near",
                "part far",
                "where far",
                "when far",
                "same",
            )
        ),
        "|",
        " ".join(
            f"{n} {c[n + ' ok'] / max(1, c[n + ' n']):.3f}"
            for n in ("status", "modality", "source", "kind", "same")
        ),
        flush=True,
    )


def cuts(doc, rng):
    """Sentences of a report to be shown: all that are read or labelled, some left out."""
    chosen = []
    for j, s in enumerate(doc["cut"]):
        likely = 0.95 if s["items"] else 0.9 if s["read"] else 0.15
        if rng.random() < likely:
            chosen.append(j)
    return chosen


def keep(net, out):
    """Weights in eight bits with a scale for each row; the frozen words stand in the base."""
    kept = {}
    for name, weights in net.state_dict().items():
        table = weights.float().cpu().numpy()
        if name == "encoder.word.weight":
            continue
        if name == "encoder.place.weight":
            table = table[:WINDOW]
        if table.ndim == 2 and table.size > 50_000:
            scale = np.abs(table).max(1) / 127 + 1e-12
            kept[name] = np.round(table / scale[:, None]).astype(np.int8)
            kept[name + "/scale"] = scale.astype(np.float32)
        else:
            kept[name] = table.astype(np.float32)
    np.savez_compressed(out, **kept)


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("examples", type=Path)
    asked.add_argument("--teacher", type=Path)
    asked.add_argument("--base", type=Path, required=True)
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--fold", type=int, default=-1)
    asked.add_argument("--layers", type=int, default=3)
    asked.add_argument("--epochs", type=int, default=16)
    asked.add_argument("--teacher-epochs", type=int, default=8)
    asked.add_argument("--share", type=float, default=0.5)
    asked.add_argument("--few", type=int, default=0)
    args = asked.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    t = time.time()
    with gzip.open(args.examples, "rt", encoding="utf-8") as lines:
        docs = [json.loads(line) for line in lines]
    if args.few:
        docs = docs[:: args.few]

    def fold(doc):
        return int(hashlib.sha256(doc["doc"].encode()).hexdigest(), 16) % FOLDS

    rng = np.random.default_rng(args.fold + 10)
    mine = [d for d in docs if d["file"] != "plain" and fold(d) != args.fold]
    left = [d for d in docs if d["file"] != "plain" and fold(d) == args.fold]
    plain = [d for d in docs if d["file"] == "plain"]

    def laid(some, choose, window=WINDOW):
        return [lay(d, *w) for d in some for w in pack(d, choose(d), window)]

    def read(d):
        return [j for j, s in enumerate(d["cut"]) if s["read"]]

    ways = [[(w, labelled(w)) for w in laid(mine, read)]]
    ways += [
        [(w, labelled(w)) for w in laid(mine, lambda d: cuts(d, rng), n)] for n in (256, 128, 192)
    ]
    left_w = [
        (w, labelled(w))
        for w in laid(
            left, lambda d: [j for j, s in enumerate(d["cut"]) if s["read"] or s["items"]]
        )
    ]
    quiet = laid(plain, read)
    print(
        "windows",
        [len(x) for x in ways],
        "left",
        len(left_w),
        "plain",
        len(quiet),
        round(time.time() - t),
        "s",
        flush=True,
    )
    args.out.mkdir(parents=True, exist_ok=True)
    taught = []
    if args.teacher:
        net = fit(
            Reader(encoder(args.teacher), 512),
            ways,
            [],
            args,
            device,
            100 + args.fold,
            4e-5,
            6e-4,
            args.teacher_epochs,
            16,
        )
        if left_w:
            judge(net, left_w, device, f"teacher {args.fold}")
        taught = teach(net, quiet, device)
        del net
    net = Reader(encoder(args.base, args.layers))
    net.encoder.word.weight.requires_grad_(False)
    net = fit(net, ways, taught, args, device, args.fold + 1, 1.5e-4, 1e-3, args.epochs, 16)
    name = f"{'' if args.teacher else 'alone-'}{args.layers}-{args.fold}"
    if left_w:
        judge(net, left_w, device, f"student {name}")
        for files in (("own",), ("news",), ("train",)):
            judge(
                net, [x for x in left_w if x[0]["file"].startswith(files)], device, f"  {files[0]}"
            )
    keep(net, args.out / f"reader-{name}.npz")


if __name__ == "__main__":
    main()

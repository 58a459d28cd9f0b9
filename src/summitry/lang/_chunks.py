"""Which words of a sentence make one phrase: a noun with its own, a verb with its auxiliaries?

Inside a phrase everything hangs at once; how phrases hang on each other is the next question
(``_hung.py``).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from summitry.lang._nodes import Node
from summitry.lang.words import Words

__all__ = ["Chunk", "chunks"]


@dataclass(slots=True, eq=False)
class Chunk:
    """A phrase, by the places of its words."""

    kind: str
    """noun, phrase (with a preposition), verb, mark (que, se), and, comma, adverb, stop, end."""
    head: int
    first: int
    last: int
    prep: int = -1
    """Of a phrase: its preposition. Of an infinitive: what stands before it."""
    form: str = ""
    """Of a verb: finite, infinitive, gerund or participle."""


_STOPS = {",", ";", ":", "-", "–", "—", "(", ")", '"', "“", "”", "«", "»"}


def chunks(nodes: list[Node], pack: Words) -> list[Chunk]:
    """The phrases of a sentence in order; what is inside of one hangs on its head."""
    found: list[Chunk] = []
    at = 0
    while at < len(nodes):
        chunk = _chunk(nodes, at, pack)
        found.append(chunk)
        at = chunk.last + 1
    return found


def _chunk(nodes: list[Node], at: int, pack: Words) -> Chunk:
    """The phrase that begins at a word."""
    node = nodes[at]
    if node.pos == "PUNCT":
        kind = "comma" if node.text == "," else "stop" if node.text in _STOPS else "end"
        return Chunk(kind, at, at, at)
    if node.pos == "ADP":
        return _phrase(nodes, at, pack)
    if node.pos == "SCONJ":
        return Chunk("mark", at, at, at)
    if node.pos == "CCONJ":
        return Chunk("and", at, at, at)
    verb = _verb(nodes, at, pack)
    if verb is not None:
        return verb
    if node.pos == "ADV":
        if node.low in pack["parse.dates"]:
            return Chunk("noun", at, at, at)
        return Chunk("adverb", at, at, at)
    return _noun(nodes, at, pack)


def _phrase(nodes: list[Node], at: int, pack: Words) -> Chunk:
    """A preposition and what follows it."""
    if nodes[at].low in pack["parse.whole"]:
        return Chunk("adverb", at, at, at)
    inner = at
    while inner + 1 < len(nodes) and nodes[inner + 1].pos == "ADP":
        nodes[inner + 1].head, nodes[inner + 1].dep = inner, "prep"
        inner += 1
    if inner + 1 >= len(nodes) or nodes[inner + 1].pos in {"PUNCT", "CCONJ"}:
        return Chunk("adverb", at, at, inner)
    following = nodes[inner + 1]
    if following.pos == "SCONJ" and following.low in pack["cue.that"]:
        nodes[at].dep, nodes[at].head = "mark", inner + 1
        return Chunk("mark", inner + 1, at, inner + 1, at)
    verb = _verb(nodes, inner + 1, pack)
    if verb is not None and verb.form in {"infinitive", "gerund"}:
        verb.first, verb.prep = at, at
        return verb
    if following.pos in {"VERB", "SCONJ"} and not _participle(following):
        return Chunk("adverb", at, at, inner)
    thing = _noun(nodes, inner + 1, pack)
    nodes[thing.head].head, nodes[thing.head].dep = inner, "pobj"
    return Chunk("phrase", thing.head, at, thing.last, at)


def _noun(nodes: list[Node], at: int, pack: Words) -> Chunk:
    """A noun with what belongs to it; its head is the first noun, or the last word before it."""
    k, last = at, len(nodes) - 1
    while k < last and nodes[k].pos in {"DET", "NUM", "ADJ"} and _inside(nodes, k):
        k += 1
    head = k
    for before in range(at, head):
        nodes[before].head = head
        nodes[before].dep = _modifier(nodes[before], pack)
    k = head
    while k < last:
        word = nodes[k + 1]
        joined = nodes[k].pos in {"ADJ"} and word.pos == "CCONJ" and k + 2 <= last
        if joined and nodes[k + 2].pos == "ADJ" and word.low in pack["title.and"]:
            word.head, word.dep = k, "cc"
            nodes[k + 2].head, nodes[k + 2].dep = k, "conj"
            k += 2
            continue
        if not _behind(nodes[head], nodes[k], word):
            break
        word.head = head
        word.dep = "amod" if word.pos == "ADJ" else "nummod" if word.pos == "NUM" else "compound"
        if word.morph.get("joined"):  # "a cimeira Rússia-África": no town that it is held in
            word.dep = "nmod"
        k += 1
    return Chunk("noun", head, at, k)


def _inside(nodes: Sequence[Node], k: int) -> bool:
    """Whether the noun is still to come after a determiner, a number or an adjective."""
    after = nodes[k + 1]
    if after.pos in {"NOUN", "PROPN", "NUM", "ADJ", "DET"}:
        return True
    return _participle(after) and nodes[k].pos == "DET"


def _participle(node: Node) -> bool:
    return node.morph.get("tense") == "participle"


def _modifier(node: Node, pack: Words) -> str:
    if node.low in pack["parse.possessive"]:
        return "poss"
    return {"DET": "det", "NUM": "nummod"}.get(node.pos, "amod")


def _behind(head: Node, last: Node, word: Node) -> bool:
    """Whether a word behind a noun belongs to it."""
    if word.pos == "ADJ":
        return head.pos in {"NOUN", "PROPN", "NUM"}
    if word.pos == "PROPN":
        return last.pos in {"NOUN", "PROPN", "ADJ"}
    return word.pos == "NUM" and last is head and head.pos == "NOUN"


def _verb(nodes: list[Node], at: int, pack: Words) -> Chunk | None:
    """A verb with its auxiliaries, its "não" and its pronouns, if one begins here."""
    first = _skipped(nodes, at, pack)
    if first is None:
        return None
    parts = [first]
    while (following := _next(nodes, parts[-1], pack)) is not None:
        parts.append(following)
    head = parts[-1]
    for part in parts[:-1]:
        nodes[part].head = head
        passive = nodes[part].lemma in pack["parse.passive"] and _participle(nodes[head])
        nodes[part].dep = "auxpass" if passive and part == parts[-2] else "aux"
        nodes[part].pos = "AUX"
    last = _trailing(nodes, head)
    for k in range(at, last + 1):
        if k not in parts:
            _small(nodes, k, head, pack)
    tense = nodes[first].morph.get("tense", "")
    form = tense if tense in {"infinitive", "gerund", "participle"} else "finite"
    return Chunk("verb", head, at, last, form=form)


def _skipped(nodes: Sequence[Node], at: int, pack: Words) -> int | None:
    """The verb behind "não", adverbs and pronouns."""
    k = at
    while k < len(nodes):
        node = nodes[k]
        if node.pos == "VERB":
            return k
        negative = node.morph.get("Polarity") == "Neg"
        short = node.pos == "ADV" and node.low not in pack["parse.dates"]
        if not (negative or short or (node.pos == "PRON" and node.low in pack["parse.clitic"])):
            return None
        k += 1
    return None


def _next(nodes: Sequence[Node], aux: int, pack: Words) -> int | None:
    """The verb that an auxiliary belongs to."""
    lemma, k = nodes[aux].lemma, aux + 1
    small = None
    while k < len(nodes) and nodes[k].pos in {"ADV", "PRON", "ADP", "SCONJ"}:
        word = nodes[k]
        if word.pos in {"ADP", "SCONJ"}:
            if small is not None:
                return None
            small = word.low
        elif word.pos == "PRON" and word.low not in pack["parse.clitic"]:
            return None
        k += 1
    if k >= len(nodes) or nodes[k].pos != "VERB":
        return None
    tense = nodes[k].morph.get("tense")
    if tense == "participle" and small is None:
        return k if lemma in pack["parse.perfect"] | pack["parse.passive"] else None
    if tense == "gerund" and small is None:
        return k if lemma in pack["parse.progressive"] | pack["parse.go"] else None
    if tense == "infinitive" and small is None:
        return k if lemma in pack["parse.modal"] else None
    if tense == "infinitive" and small is not None:
        for verbs, links in (("progressive", "progressive_to"), ("obliged", "obliged_to"),
                             ("modal", "modal_to")):  # fmt: skip
            if lemma in pack[f"parse.{verbs}"] and small in pack[f"parse.{links}"]:
                return k
    return None


def _trailing(nodes: Sequence[Node], head: int) -> int:
    """The last of the pronouns written behind a verb."""
    k = head
    while k + 1 < len(nodes) and nodes[k + 1].pos == "PRON" and _glued(nodes[k], nodes[k + 1]):
        k += 1
    return k


def _glued(before: Node, after: Node) -> bool:
    return before.end == after.start


def _small(nodes: Sequence[Node], k: int, head: int, pack: Words) -> None:
    """What stands between the verbs of one group."""
    node = nodes[k]
    node.head = head
    if node.morph.get("Polarity") == "Neg":
        node.dep = "neg"
    elif node.pos == "PRON" and node.low in pack["parse.reflexive"]:
        node.dep = "expl"
        if not nodes[head].lemma.startswith("se "):
            nodes[head].lemma = f"se {nodes[head].lemma}"
    elif node.pos == "PRON":
        node.dep = "dative" if node.low in pack["parse.dative"] else "dobj"
    elif node.pos in {"ADP", "SCONJ"}:
        node.dep = "aux"
    else:
        node.dep = "advmod"

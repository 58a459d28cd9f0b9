"""The reader of Portuguese and Spanish sentences: rules, and what the pack of the language lists.

No package index has a Portuguese model, and the only Spanish one wants a library of 2021 and
is under a licence that binds who passes it on. These sentences are therefore parsed by rules:
words are sorted (``_sorted.py``), put together (``_chunks.py``) and hung on each other
(``_hung.py``), and leave with the labels of the English models.
"""

from collections.abc import Sequence
from functools import cache

from summitry.lang._chunks import chunks
from summitry.lang._hung import hung
from summitry.lang._nodes import Node
from summitry.lang._sorted import sorted_out
from summitry.lang.tokens import Parse, Token
from summitry.lang.words import Words, words

__all__ = ["rule_parser"]

# A sentence longer than this is a list or a table.
_LONGEST = 1200
_TAGS = {"infinitive": "VB", "gerund": "VBG", "participle": "VBN", "past": "VBD"}
_TAGS |= {"imperfect": "VBD", "future": "MD", "conditional": "MD"}
_KINDS = {"ADJ": "JJ", "NUM": "CD", "PROPN": "NNP", "NOUN": "NN", "ADP": "IN", "ADV": "RB"}


@cache
def rule_parser(language: str) -> Parse:
    """The parser of a language with ``forms.toml`` and ``[parse]`` lists in its pack."""
    pack = words(language)

    def parse(sentences: Sequence[str]) -> list[tuple[Token, ...]]:
        return [_parsed(text[:_LONGEST], pack) for text in sentences]

    return parse


def _parsed(text: str, pack: Words) -> tuple[Token, ...]:
    """The tokens of one sentence."""
    nodes = sorted_out(text, pack)
    if not nodes:
        return ()
    hung(nodes, chunks(nodes, pack), pack)
    return tuple(_token(node, nodes, pack) for node in nodes)


def _token(node: Node, nodes: Sequence[Node], pack: Words) -> Token:
    tense = node.morph.get("tense", "")
    mood = tense if tense in {"future", "conditional"} else ""
    tag = _KINDS.get(node.pos, node.pos)
    if node.morph.get("PronType") == "Rel":
        tag = "WP"
    elif node.pos in {"VERB", "AUX"}:
        present = "VBP" if node.morph.get("Number") == "Plur" else "VBZ"
        tag = _TAGS.get(tense, present)
        if tense == "participle" and _perfect(node, nodes, pack):
            tag = "VBD"
    pos = "AUX" if node.pos == "VERB" and node.lemma in pack["modal.be"] else node.pos
    return Token(
        node.i, node.start, node.end, node.text, node.lemma, pos, tag, node.dep, node.head, mood
    )  # fmt: skip


def _perfect(node: Node, nodes: Sequence[Node], pack: Words) -> bool:
    """Whether an auxiliary of today makes a plain past of a participle: "ha visitado"."""
    mine = [n for n in nodes if n.head == node.i and n.dep in {"aux", "auxpass"}]
    passive = any(n.dep == "auxpass" for n in mine)
    return not passive and any(
        n.dep == "aux" and n.lemma in pack["parse.perfect"] and n.low in pack["modal.perfect"]
        for n in mine
    )

"""Which runs of words are one, and which words two?

In a preposition ("au cours de", "en marge de") the model sees nouns, on which what follows would
hang; in "franco-algérien" one adjective, where two states are named.
"""

from collections.abc import Iterator, Sequence

from summitry.lang._nodes import Node, renumbered
from summitry.lang.words import Words

__all__ = ["joined", "parted"]

# What a preposition and an article grow into, and what they are made of.
_PLAIN = {"du": "de", "des": "de", "d'": "de", "au": "à", "aux": "à"}
_OBJECTS = {"NOUN", "PROPN", "PRON", "NUM", "VERB"}
# Words between the preposition and its object: "en marge de cette dernière réunion".
_REACH = 5


def joined(nodes: list[Node], phrases: frozenset[str]) -> list[Node]:
    """The nodes with every such run as one preposition, its words joined by hyphens."""
    runs = list(_runs(nodes, phrases))
    if not runs:
        return nodes
    gone: set[int] = set()
    for first, last, name in runs:
        run = range(first, last + 1)
        thing = _object(nodes, run)
        if thing is None:
            continue
        top = next((n for n in nodes[first : last + 1] if n.head not in run), nodes[first])
        if thing.head in run:
            thing.head = thing.i if nodes[top.i].dep == "ROOT" else top.head
            thing.dep = "ROOT" if thing.head == thing.i else _under(top.dep)
        for node in nodes:
            if node.head in run and node.i not in run and node is not thing:
                node.head = thing.i
        word = nodes[first]
        word.end, word.text, word.lemma, word.pos = nodes[last].end, name, name, "ADP"
        word.head, word.dep = thing.i, "mark" if thing.form == "Inf" else "case"
        gone.update(run[1:])
    return renumbered(nodes, lambda n: n.i in gone) if gone else nodes


def _runs(nodes: Sequence[Node], phrases: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """First, last and name of every run, the longest at each place."""
    known = {tuple(_PLAIN.get(w, w) for w in _split(p)): p.replace(" ", "-") for p in phrases}
    longest = max(map(len, known), default=0)
    words = [_PLAIN.get(n.low, n.low) for n in nodes]
    at = 0
    while at < len(words):
        for size in range(longest, 1, -1):
            name = known.get(tuple(words[at : at + size]))
            if name is not None:
                yield at, at + size - 1, name
                at += size - 1
                break
        at += 1


def _split(phrase: str) -> list[str]:
    """The words of a phrase, an elided one apart: "à l'issue de" has four."""
    return phrase.replace("'", "' ").split()


def _object(nodes: Sequence[Node], run: range) -> Node | None:
    """What follows the preposition and hangs on it, or on which its last word hangs."""
    last = nodes[run[-1]]
    if last.head > run[-1] and nodes[last.head].pos in _OBJECTS:
        return nodes[last.head]
    after = nodes[run[-1] + 1 : run[-1] + 1 + _REACH]
    hanging = (n for n in after if n.head in run and n.pos in _OBJECTS)
    return next(hanging, next((n for n in after if n.pos in {"NOUN", "PROPN", "PRON"}), None))


def _under(dep: str) -> str:
    """The relation of the object by that of the run."""
    return "nmod" if dep.startswith("nmod") else "obl:mod"


def parted(nodes: list[Node], words: Words) -> list[Node]:
    """The nodes with "franco-algérien" as two, of which the second heads the first."""
    whole: list[Node] = []
    place: dict[int, int] = {}
    for node in nodes:
        first, hyphen, second = node.text.partition("-")
        if second and f"{first.lower()}-" in words.names:
            cut = node.start + len(first)
            half = Node(len(whole), node.start, cut, first, first.lower(), "ADJ", "amod", node.i)
            whole.append(half)
            node.start, node.text = cut + len(hyphen), second
            node.lemma, node.pos = second.lower(), "ADJ"
        place[node.i] = len(whole)
        whole.append(node)
    for k, node in enumerate(whole):
        node.i, node.head = k, place[node.head]
    return whole

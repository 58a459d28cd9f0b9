"""How do Universal Dependencies read in the labels that the rules know?

The rules ask for the relations of spaCy's English models (ClearNLP): a preposition stands over
its object, the copula over what it joins, a modal hangs on its verb. Universal Dependencies
have it the other way round; words stay, relations turn.
"""

from collections.abc import Sequence

from summitry.lang._nodes import Node, children
from summitry.lang.tokens import Token
from summitry.lang.words import Words

__all__ = ["translated"]

_DEPS = {
    "nsubj:pass": "nsubjpass",
    "nsubj:caus": "nsubj",
    "csubj:pass": "csubj",
    "obj": "dobj",
    "obj:agent": "dobj",
    "obj:lvc": "dobj",
    "iobj": "dative",
    "iobj:agent": "dative",
    "aux:tense": "aux",
    "aux:caus": "aux",
    "aux:pass": "auxpass",
    "acl:relcl": "relcl",
    "advcl:cleft": "relcl",
    "parataxis:insert": "parataxis",
    "parataxis:obj": "parataxis",
    "expl:subj": "expl",
    "expl:comp": "expl",
    "expl:pass": "expl",
    "flat:name": "compound",
    "flat:foreign": "compound",
    "flat": "compound",
    "nmod": "compound",
    "nmod:appos": "appos",
    "det:part": "det",
    "dislocated": "nsubj",
}
_STAYS = {"det", "amod", "nmod", "case", "acl", "acl:relcl", "nummod", "appos", "xcomp", "fixed"}
_NOUNS = {"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"}


def translated(nodes: list[Node], words: Words) -> tuple[Token, ...]:
    """The tokens of a sentence.

    Args:
        nodes: Its words with the relations of Universal Dependencies; they are used up.
        words: The pack of its language, for the words that its grammar turns on.
    """
    for node in [n for n in nodes if n.lemma in words["parse.modal"]]:
        _modal(nodes, node)
    for node in [n for n in nodes if n.dep == "cop"]:
        _copula(nodes, node)
    for node in [n for n in nodes if n.pos in {"VERB", "AUX"}]:
        _conjugated(nodes, node, words)
    _prepositions(nodes)
    return tuple(_token(n, nodes, words) for n in nodes)


def _take(new: Node, old: Node) -> None:
    """Let a node stand where another stood."""
    new.head, new.dep = (new.i, "ROOT") if old.head == old.i else (old.head, old.dep)


def _modal(nodes: Sequence[Node], modal: Node) -> None:
    """ "Devrait se rendre", "va recevoir": the infinitive is the verb, as with "should visit"."""
    if modal.form in {"Inf"} and modal.dep in {"xcomp", "aux"}:
        return
    verb = next((c for c in children(nodes, modal.i, "xcomp") if c.form == "Inf"), None)
    if verb is None or children(nodes, verb.i, "mark", "case"):
        return
    _take(verb, modal)
    for kid in children(nodes, modal.i):
        if kid is not verb:
            kid.head = verb.i
    modal.head, modal.dep = verb.i, "aux"
    for passive in children(nodes, verb.i, "nsubj:pass"):
        passive.dep = "nsubj"


def _copula(nodes: Sequence[Node], be: Node) -> None:
    """ "Est en visite", "est possible": the copula is the verb, the rest hangs on it."""
    said = nodes[be.head]
    if said is be:
        return
    _take(be, said)
    adjective = said.pos in {"ADJ", "VERB", "ADV"}
    for kid in children(nodes, said.i):
        clause = kid.dep == "conj" and (kid.pos in {"VERB", "AUX"} or _verbal(nodes, kid))
        inner = kid.dep in _STAYS or (kid.dep == "conj" and not clause)
        inner = inner or (adjective and kid.i > said.i and kid.dep.startswith("obl"))
        if not inner and kid is not be:
            kid.head = be.i
    cased = bool(children(nodes, said.i, "case"))
    said.head, said.dep = be.i, "obl" if cased else "acomp" if adjective else "attr"
    be.pos = "AUX"


def _verbal(nodes: Sequence[Node], node: Node) -> bool:
    return bool(children(nodes, node.i, "cop", "nsubj"))


def _conjugated(nodes: Sequence[Node], verb: Node, words: Words) -> None:
    """Which auxiliary makes a tense and which a passive; the lemma with its "se"."""
    se = [c for c in children(nodes, verb.i) if c.low in words["parse.reflexive"] and c.i < verb.i]
    if se and se[-1].pos == "PRON" and se[-1].dep not in {"nsubj", "nsubj:pass"}:
        verb.lemma = f"se {verb.lemma.removeprefix('se ')}"
        se[-1].dep = "expl"
    own = bool(se) or verb.lemma in words["parse.with_be"]
    for aux in children(nodes, verb.i, "aux:tense", "aux:pass", "aux", "cop"):
        if aux.lemma in words["modal.be"] and verb.form == "Part":
            aux.dep = "aux:tense" if own else "aux:pass"
    passive = bool(children(nodes, verb.i, "aux:pass"))
    for subject in children(nodes, verb.i, "nsubj", "nsubj:pass"):
        subject.dep = "nsubj:pass" if passive else "nsubj"


def _prepositions(nodes: Sequence[Node]) -> None:
    """The preposition over its object, which hung under it."""
    for thing in list(nodes):
        cases = children(nodes, thing.i, "case")
        if not cases or thing.dep == "conj":
            continue
        if thing.form == "Inf":
            for case in cases:
                case.dep = "mark"
            continue
        agent = thing.dep == "obl:agent"
        _take(cases[0], thing)
        if cases[0].dep != "ROOT":
            cases[0].dep = "agent" if agent else "prep"
        over = cases[0]
        for inner in cases[1:]:
            inner.head, inner.dep = over.i, "prep"
            over = inner
        thing.head, thing.dep = over.i, "pobj"


def _token(node: Node, nodes: Sequence[Node], words: Words) -> Token:
    tag, mood = _tag(node, nodes, words)
    return Token(
        node.i,
        node.start,
        node.end,
        node.text,
        node.lemma,
        node.pos,
        tag,
        _dep(node, nodes, words),
        node.head,
        mood,
    )


def _dep(node: Node, nodes: Sequence[Node], words: Words) -> str:
    """The relation in our labels."""
    dep, over = node.dep, nodes[node.head]
    if node.head == node.i:
        return "ROOT"
    if node.low in words["parse.never"] and dep == "advmod":
        before = {c.low for c in nodes[max(0, node.i - 8) : node.i] if c.head == node.head}
        return "neg" if before & words["parse.ne"] else "advmod"
    if dep == "mark" and over.form == "Inf" and node.low in words["modal.to"]:
        return "aux"
    if dep.startswith("obl"):
        return "npadvmod" if node.pos in _NOUNS else "advmod"
    if dep == "nmod" and any(n.text == "," for n in nodes[node.head : node.i]):
        return "appos"
    if dep == "det" and node.morph.get("Poss") == "Yes":
        return "poss"
    if dep == "xcomp" and node.pos == "ADJ":
        return "acomp"
    return _DEPS.get(dep, dep)


def _tag(node: Node, nodes: Sequence[Node], words: Words) -> tuple[str, str]:
    """Penn's tag, and the mood that stands in the ending alone."""
    if node.pos in {"VERB", "AUX"}:
        return _verb_tag(node, nodes, words)
    if node.morph.get("PronType") == "Rel":
        return "WP", ""
    kinds = {"ADJ": "JJ", "NUM": "CD", "PROPN": "NNP", "NOUN": "NN", "ADP": "IN", "ADV": "RB"}
    return kinds.get(node.pos, node.pos), ""


def _verb_tag(node: Node, nodes: Sequence[Node], words: Words) -> tuple[str, str]:
    """The tag of a verb; a perfect of today is the plain past of other languages."""
    morph = node.morph
    if node.form == "Inf":
        return "VB", ""
    if node.form == "Part":
        if morph.get("Tense") == "Pres":
            return "VBG", ""
        auxiliary = children(nodes, node.i, "aux:tense")
        passive = children(nodes, node.i, "aux:pass")
        past = any(a.low in words["modal.perfect"] for a in auxiliary) and not passive
        return "VBD" if past else "VBN", ""
    if morph.get("Mood") == "Cnd":
        return "MD", "conditional"
    if morph.get("Tense") == "Fut":
        return "MD", "future"
    if morph.get("Tense") in {"Imp", "Past"}:
        return "VBD", ""
    return "VBP" if morph.get("Number") == "Plur" else "VBZ", ""

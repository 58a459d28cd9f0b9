"""What does the French model regularly get wrong in the prose of agencies?

Each repair is a rule of the language that a larger model would not need: a date is no person's
name, what stands before a noun does not hang on it by a preposition, who stands behind ", a
indiqué" has spoken.
"""

import re
from collections.abc import Sequence

from summitry.lang._nodes import Node, children
from summitry.lang.words import Words

__all__ = ["repaired"]

_FUTURE = re.compile(r"r(?:a|ai|as|ons|ez|ont)$")
_WOULD = re.compile(r"r(?:ait|ais|aient|ions|iez)$")
_PARTICIPLE = re.compile(r"ée?s?$")
_CLITIC = re.compile(r"^-(?:t-)?(?=\w)")
_NAMES = {"NOUN", "PROPN", "PRON"}
# Words from the first of two sides to the second.
_PAIR = 6
_TITLES = ("head", "foreign", "minister", "envoy")
_CLAUSES = {"advcl", "obl:mod", "advmod", "obl:arg", "xcomp", "obj", "acl", "acl:relcl", "dep"}


def repaired(nodes: list[Node], words: Words) -> list[Node]:
    """The nodes with what can be told from the words alone put right."""
    for node in nodes:
        _word(node, nodes, words)
    for node in nodes:
        _verb(node)
    for node in nodes:
        _hyphened(node, nodes)
    for node in nodes:
        _adjective(node, nodes, words)
    _dates(nodes, words)
    _before(nodes)
    for node in nodes:
        _paired(node, nodes, words)
    for node in nodes:
        _owned(node, nodes, words)
    for node in nodes:
        _raised(node, nodes, words)
    for node in nodes:
        _object(node, nodes)
    for node in nodes:
        _fused(node, nodes, words)
    for node in nodes:
        _that(node, nodes, words)
    for node in nodes:
        _inverted(node, nodes, words)
    _headed(nodes)
    return nodes


def _word(node: Node, nodes: Sequence[Node], words: Words) -> None:
    """Parts of speech: names of towns are no verbs, what is reflexive is one."""
    if node.pos == "ADP":
        node.lemma = node.low
    if node.low in words["parse.dates"]:
        node.pos, node.morph = "NOUN", {}
    if (match := _CLITIC.match(node.low)) and node.pos == "PRON":
        node.text, node.dep = node.text[match.end() :], "expl:subj"
    mine = children(nodes, node.i)
    name = node.text[:1].isupper() and node.i > 0 and len(node.text) > 1
    if name and node.pos not in _NAMES and any(c.pos == "ADP" for c in mine):
        under = "nmod" if nodes[node.head].pos in _NAMES else "obl:arg"
        node.pos, node.morph, node.dep = "PROPN", {}, under
        for kid in mine:
            kid.dep = "case" if kid.pos == "ADP" else "nmod" if kid.pos in _NAMES else kid.dep
    deps = {c.dep for c in mine}
    if node.pos in {"VERB", "AUX"}:
        return
    if "expl:comp" in deps or (node.pos == "ADV" and "nsubj" in deps and "cop" not in deps):
        node.pos = "VERB"
    elif "aux:tense" in deps and _PARTICIPLE.search(node.low):
        node.pos, node.morph = "VERB", {"VerbForm": "Part", "Tense": "Past"}
        node.lemma = _PARTICIPLE.sub("er", node.low)
        for kid in mine:
            bare = kid.dep == "nmod" and kid.i > node.i and not _cased(nodes, kid)
            kid.dep = "obj" if bare else kid.dep


def _verb(node: Node) -> None:
    """The tense of a finite verb by its ending, which the model takes for another."""
    if node.pos not in {"VERB", "AUX"} or node.form in {"Inf", "Part"}:
        return
    if node.lemma == node.low and node.lemma.endswith("e"):
        node.lemma += "r"
    regular = not node.lemma.endswith("er") or node.low.startswith(node.lemma[:-1])
    regular = regular or node.low.startswith(("ir", "enverr"))
    if regular and _WOULD.search(node.low):
        node.morph = {**node.morph, "VerbForm": "Fin", "Mood": "Cnd", "Tense": "Pres"}
    elif regular and _FUTURE.search(node.low):
        node.morph = {**node.morph, "VerbForm": "Fin", "Mood": "Ind", "Tense": "Fut"}
    elif node.form != "Fin":
        node.morph = {**node.morph, "VerbForm": "Fin"}


def _hyphened(node: Node, nodes: Sequence[Node]) -> None:
    """ "Le sommet Russie-Turquie": the second hangs on the first, both on the noun."""
    if node.text != "-" or not 1 < node.i < len(nodes) - 1:
        return
    first, second = nodes[node.i - 1], nodes[node.i + 1]
    noun = next((n for n in reversed(nodes[: first.i]) if n.pos != "ADJ"), None)
    if first.end != node.start or node.end != second.start or noun is None or noun.pos != "NOUN":
        return
    first.head, first.dep = noun.i, "nmod"
    second.head, second.dep = first.i, "conj"
    node.head, node.dep, node.pos = first.i, "punct", "PUNCT"


def _adjective(node: Node, nodes: list[Node], words: Words) -> None:
    """ "Le sommet tripartite": the noun is the one before it."""
    if node.low not in words["parse.adjective"] or node.i == 0:
        return
    noun = nodes[node.i - 1]
    if noun.pos != "NOUN" or node.i not in {noun.head, *(n.i for n in children(nodes, noun.i))}:
        return
    if noun.head == node.i:
        noun.head, noun.dep = (noun.i, "ROOT") if node.head == node.i else (node.head, node.dep)
    for kid in children(nodes, node.i):
        if kid is not noun:
            kid.head = noun.i
    node.head, node.dep, node.pos = noun.i, "amod", "ADJ"


def _owned(node: Node, nodes: Sequence[Node], words: Words) -> None:
    """ "Le déplacement à Alger du ministre", "la visite d'État du roi": whose it is."""
    cases, over = children(nodes, node.i, "case"), nodes[node.head]
    noun = nodes[over.head]
    if node.dep != "nmod" or not cases or cases[0].low not in words["role.prep.of"]:
        return
    before = children(nodes, over.i, "case")
    town = over.pos == "PROPN" and before and before[0].low in words["role.prep.being"]
    kind = over.lemma in words["parse.kind"] and over.dep == "nmod"
    if (town or kind) and noun.pos == "NOUN" and noun is not over:
        node.head = noun.i


def _object(node: Node, nodes: Sequence[Node]) -> None:
    """ "Recevra au Caire le roi": whom an article introduces hangs on no town."""
    over = nodes[node.head]
    verb = nodes[over.head]
    bare = node.dep in {"nmod", "appos"} and node.pos in _NAMES and not _cased(nodes, node)
    if not bare or not children(nodes, node.i, "det") or not _cased(nodes, over):
        return
    comma = any(n.text == "," for n in nodes[over.i : node.i])
    if verb.pos == "VERB" and not comma and not children(nodes, verb.i, "obj"):
        node.head, node.dep = verb.i, "obj"


def _raised(node: Node, nodes: list[Node], words: Words) -> None:
    """ "La visite du président à Paris, prévue lundi": all that is the visit's, not his."""
    cases = children(nodes, node.i, "case")
    place = node.dep == "nmod" and cases and cases[0].low in words["role.prep.being"]
    fixed = node.dep == "acl" and node.lemma in words["status.fixed"]
    if not place and not fixed:
        return
    titles = {t.split()[0] for name in _TITLES for t in words[f"title.{name}"]}
    over = nodes[node.head]
    while over.head != over.i and (
        over.pos == "PROPN" or over.lemma in titles or (over.dep == "nmod" and over.text.isupper())
    ):
        if over.dep not in {"nmod", "obj", "obl:arg", "obl:mod", "appos", "conj"}:
            return
        over = nodes[over.head]
    if over.i != node.head:
        node.head = over.i
        if place:
            node.dep = "obl:arg" if over.pos in {"VERB", "AUX"} else "nmod"


def _dates(nodes: Sequence[Node], words: Words) -> None:
    """Days hang on verbs, not on the names before them; nothing but a date hangs on a day."""
    for node in nodes:
        if node.low not in words["parse.dates"]:
            continue
        over, before = nodes[node.head], nodes[node.i - 1]
        if node.dep == "obj":
            node.dep = "obl:mod"
        if node.dep == "nmod" and before.form == "Part" and before.i != node.i:
            node.head, node.dep = before.i, "obl:mod"
        elif node.dep in {"flat:name", "appos", "xcomp", "ccomp", "conj", "advcl", "flat"} or (
            node.dep == "nmod" and over.pos == "PROPN"
        ):
            while over.pos not in {"VERB", "AUX"} and over.head != over.i:
                over = nodes[over.head]
            if over.low not in words["parse.dates"]:
                node.head, node.dep = over.i, "obl:mod"
    for node in nodes:
        day = node.pos == "NUM" and _month(nodes, node, words)
        if not day and node.low not in words["parse.dates"] | words["parse.means"]:
            continue
        for kid in children(nodes, node.i):
            if any(c.dep == "case" for c in children(nodes, kid.i)) and node.head != node.i:
                kid.head, kid.dep = node.head, "obl:arg"


def _month(nodes: Sequence[Node], node: Node, words: Words) -> bool:
    """Whether a month hangs on a number."""
    return any(c.low in words["parse.dates"] for c in children(nodes, node.i))


def _paired(node: Node, nodes: Sequence[Node], words: Words) -> None:
    """ "Entre l'Éthiopie et l'Égypte": the second hangs on the first."""
    cases = children(nodes, node.i, "case")
    if not cases or cases[0].low not in words["role.prep.among"]:
        return
    if children(nodes, node.i, "conj"):
        return
    after = nodes[node.i + 1 : node.i + 1 + _PAIR]
    second = next((n for n in after if n.pos in _NAMES and children(nodes, n.i, "cc")), None)
    if second is not None and second.dep not in {"conj", "ROOT"}:
        second.head, second.dep = node.i, "conj"


def _before(nodes: Sequence[Node]) -> None:
    """A phrase before a noun hangs on what the noun hangs on: "attendu à Oslo la semaine"."""
    for node in nodes:
        over = nodes[node.head]
        cased = any(c.dep == "case" for c in children(nodes, node.i))
        if node.dep == "nmod" and cased and node.i < over.i and over.head != node.i:
            if over.head == over.i:
                continue
            node.head, node.dep = over.head, "obl:mod"


def _fused(node: Node, nodes: Sequence[Node], words: Words) -> None:
    """ "A fait savoir": one verb in the tense of the first."""
    light, over = nodes[node.i - 1], nodes[node.head]
    if light is not over and light.head != node.i:
        return
    if f"{light.lemma} {node.lemma}" not in words["parse.fused"]:
        return
    node.lemma, node.morph = f"{light.lemma} {node.lemma}", light.morph
    if light is over:
        node.head, node.dep = (node.i, "ROOT") if over.head == over.i else (over.head, over.dep)
    for kid in children(nodes, light.i):
        if kid is not node:
            kid.head = node.i
    light.head, light.dep = node.i, "aux:caus"


def _that(node: Node, nodes: Sequence[Node], words: Words) -> None:
    """ "A dit à la presse que le sommet est reporté": a clause of the cue, not of the press."""
    noun = nodes[node.head]
    said = [n for n in nodes[: node.i] if n.pos == "VERB" and n.lemma in words["cue.strict"]]
    if node.low not in words["cue.that"] or noun.i < node.i or not said:
        return
    if node.dep == "mark" and noun.dep in {"acl", "acl:relcl"} and noun.head == node.i - 1:
        noun.head, noun.dep = said[-1].i, "ccomp"
    if noun.pos not in _NAMES:
        return
    verb = next((n for n in nodes[noun.i + 1 :] if _finite(nodes, n)), None)
    if verb is None or noun.i < verb.head < verb.i:
        return
    cue = said[-1]
    passive = bool(children(nodes, verb.i, "aux:pass"))
    verb.head, verb.dep = cue.i, "ccomp"
    noun.head, noun.dep = verb.i, "nsubj:pass" if passive else "nsubj"
    node.head, node.dep = verb.i, "mark"


def _finite(nodes: Sequence[Node], node: Node) -> bool:
    """Whether a verb heads a clause of its own."""
    if node.pos != "VERB" or node.form == "Inf":
        return False
    auxiliary = any(c.dep.startswith(("aux", "cop")) for c in children(nodes, node.i))
    return auxiliary or node.form == "Fin"


def _inverted(verb: Node, nodes: list[Node], words: Words) -> None:
    """ "…, a indiqué mardi le Kremlin", "a-t-il dit": whoever stands behind the cue speaks."""
    if verb.pos != "VERB" or verb.lemma not in words["cue.strict"] or verb.form == "Inf":
        return
    mine = children(nodes, verb.i)
    for kid in mine:
        if kid.dep == "expl:subj" and kid.low in words["speaker.pronoun"]:
            kid.dep = "nsubj"
        elif kid.dep == "expl:subj":
            kid.dep = "expl"
    first = min(k.i for k in [verb, *(m for m in mine if m.dep.startswith("aux"))])
    _credited(verb, nodes, words)
    apart = first > 0 and nodes[first - 1].text in {",", "»", '"', "”", "-", "–", "—"}
    if not apart:
        return
    subjects = [k for k in mine if k.dep in {"nsubj", "nsubj:pass"}]
    if subjects and min(s.i for s in subjects) < first:
        return
    if not subjects:
        behind = (k for k in mine if k.i > verb.i and k.pos in _NAMES)
        speaker = next((k for k in behind if not _cased(nodes, k) and not _dated(k, words)), None)
        if speaker is None:
            following = (n for n in nodes[verb.i + 1 :] if n.pos not in {"DET", "ADJ"})
            speaker = next(following, None)
            if speaker is None or speaker.pos not in _NAMES or _cased(nodes, speaker):
                return
        speaker.head, speaker.dep = verb.i, "nsubj"
    clauses = [k for k in mine if k.i < first and k.dep in _CLAUSES and _clause(nodes, k)]
    for clause in clauses[:1]:
        clause.dep = "ccomp"
    if not clauses and verb.dep != "ROOT" and verb.head < first:
        verb.dep = "parataxis"


def _credited(verb: Node, nodes: Sequence[Node], words: Words) -> None:
    """ "A-t-on appris de source diplomatique": the source speaks, "on" is nobody."""
    mine = children(nodes, verb.i)
    nobody = [k for k in mine if k.dep == "nsubj" and k.low in words["parse.nobody"]]
    source = next((k for k in mine if k.lemma in words["parse.credited"]), None)
    if nobody and source is not None and source.i > verb.i:
        nobody[0].dep, source.dep = "expl", "nsubj"
        for case in children(nodes, source.i, "case"):
            case.dep = "dep"


def _cased(nodes: Sequence[Node], node: Node) -> bool:
    return any(c.dep == "case" for c in children(nodes, node.i))


def _dated(node: Node, words: Words) -> bool:
    return node.low in words["parse.dates"]


def _clause(nodes: Sequence[Node], node: Node) -> bool:
    """Whether a node is the head of a clause, be it by its copula."""
    return node.pos in {"VERB", "AUX"} or bool(children(nodes, node.i, "cop", "nsubj"))


def _headed(nodes: Sequence[Node]) -> None:
    """ "Selon une source, Pierre viendra": the verb heads the sentence, not the source."""
    root = next((n for n in nodes if n.head == n.i and n.pos in _NAMES), None)
    if root is None or not _cased(nodes, root):
        return
    for verb in children(nodes, root.i):
        if verb.pos not in {"VERB", "AUX"} or verb.i < root.i:
            continue
        own = children(nodes, verb.i, "nsubj", "nsubj:pass", "expl:subj")
        if own and all(s.morph.get("PronType") != "Rel" for s in own):
            verb.head, verb.dep = verb.i, "ROOT"
            root.head, root.dep = verb.i, "obl:mod"
            for kid in children(nodes, root.i, "punct", "conj", "parataxis"):
                if kid.i > root.i:
                    kid.head = verb.i
            return

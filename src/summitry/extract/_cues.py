"""Where a sentence says that somebody said it: the cue, who speaks and what is said.

Only the parse decides here; whether the speaker can speak is asked elsewhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summitry.extract._tree import Tree
from summitry.lang import Words

__all__ = ["Cue", "cues"]

_OPENING, _CLOSING = '“"«„', '”"»'
# Relations of what belongs to the act of speaking itself.
_ACT = {"nsubj", "nsubjpass", "csubj", "aux", "auxpass", "neg", "dative", "agent", "prt", "expl"}
_CLAUSES = {"ccomp", "parataxis"}
_EMBEDDED = {"parataxis", "ccomp"}


@dataclass(frozen=True, slots=True)
class Cue:
    """One act of speech in a sentence, all by token."""

    at: int
    lemma: str
    speaker: int
    content: frozenset[int]
    carriers: tuple[int, ...] = ()
    """Who passes it on: the agency of "the agency quoted him as saying"."""
    firm: bool = True
    """Whether the cue alone makes its subject a speaker."""
    phrase: bool = False
    """Whether it is no verb of its own: "according to", "citing"."""


def cues(tree: Tree, words: Words) -> Iterator[Cue]:
    """The acts of speech of a sentence in reading order."""
    for token in tree.tokens:
        low = token.text.lower()
        citing = token.lemma in words["cue.quoted"] and token.tag == "VBG"
        if low in words["cue.according"] or citing:
            yield from _by_phrase(tree, token.i, words)
        elif token.pos in {"VERB", "AUX"} and token.lemma in words["cue.speech"]:
            yield from _by_verb(tree, token.i, words)
        elif token.lemma in words["cue.noun"] and token.pos in {"NOUN", "PROPN"}:
            yield from _by_noun(tree, token.i, words)
        elif low in words["cue.preposition"] and token.dep in {"prep", "mark", "ROOT"}:
            for noun in tree.children(token.i, "pobj"):
                if low in words["cue.named"] and tree.tokens[noun].pos != "PROPN":
                    continue
                yield Cue(token.i, low, noun, _rest(tree, token.i), firm=False, phrase=True)


def _by_verb(tree: Tree, verb: int, words: Words) -> Iterator[Cue]:
    """Said with a verb: "X said that …", "…, X said", "X was quoted as saying …"."""
    lemma = tree.tokens[verb].lemma
    firm = lemma in words["cue.strict"]
    if _only_meant(tree, verb, words):
        return
    if firm and (tail := _trailing(tree, verb)) is not None:
        yield Cue(verb, lemma, tail[0], frozenset(range(tail[1])), (), firm)
        return
    content = _said(tree, verb, firm, words)
    if not content:
        return
    passive = bool(tree.children(verb, "nsubjpass"))
    heads: tuple[int, ...] = tree.subjects(verb)
    carriers: tuple[int, ...] = ()
    if passive and lemma in words["cue.quoted"]:
        carriers = tree.objects(verb, *words["cue.carried_by"])
    elif lemma in words["cue.quoted"]:
        carriers, heads = heads, tree.children(verb, "dobj")
    elif passive:
        heads = tree.objects(verb, *words["cue.said_by"])
    as_said = _marked(tree, verb, words["cue.as"])
    citing = lemma in words["cue.quoted"] and not tree.children(verb, "ccomp", "xcomp", "prep")
    heads = tuple(h for h in heads if not _labels(tree, h))
    if heads:
        aside = as_said or citing
        yield Cue(verb, lemma, heads[0], content, carriers, firm, phrase=aside)


def _trailing(tree: Tree, verb: int) -> tuple[int, int] | None:
    """Speaker and end of what is said where ", X said on Monday." was read as one more deed.

    The comma, the name and the verb at the end of the sentence say more than the parse.
    """
    token = tree.tokens[verb]
    if token.dep not in {"conj", "dep"} or token.tag not in {"VBD", "VBZ", "VBP"}:
        return None
    if tree.children(verb, "ccomp", "xcomp", "dobj", "advcl", "cc", "conj"):
        return None
    comma = next((k for k in range(verb - 1, 0, -1) if tree.tokens[k].text == ","), None)
    if comma is None or max(tree.below(verb)) + 1 < len(tree.tokens) - 1:
        return None
    between = range(comma + 1, verb)
    heads = [
        k
        for k in between
        if tree.tokens[k].pos in {"NOUN", "PROPN"} and tree.tokens[k].head not in between
    ]
    return (heads[0], comma) if heads else None


def _labels(tree: Tree, head: int) -> bool:
    """Whether a word only stands before a colon: "Details: …"."""
    return head + 1 < len(tree.tokens) and tree.tokens[head + 1].text == ":"


def _only_meant(tree: Tree, verb: int, words: Words) -> bool:
    """Whether nothing is said yet: "pressed him to explain", against "went on to say"."""
    if tree.tokens[verb].tag != "VB":
        return False
    to = words["modal.to"]
    infinitive = any(tree.tokens[k].text.lower() in to for k in tree.children(verb, "aux"))
    over = tree.tokens[tree.tokens[verb].head]
    return infinitive and over.lemma not in words["cue.through"]


def _said(tree: Tree, verb: int, firm: bool, words: Words) -> frozenset[int]:
    """The tokens of what a cue verb says; none where it says nothing here."""
    token = tree.tokens[verb]
    clauses = [k for k in tree.children(verb, *_CLAUSES) if not _is_cue(tree, k, words)]
    # "Declared open the meeting" does it and says nothing.
    clauses = [k for k in clauses if tree.tokens[k].pos not in {"ADJ", "ADV"}]
    if not firm:
        clauses = [k for k in clauses if k > verb]
    open_clauses = tree.children(verb, "xcomp")
    if (
        not clauses
        and open_clauses
        and (firm or token.lemma in words["cue.quoted"] | words["cue.intent"])
    ):
        clauses = list(open_clauses)
    if clauses:
        return _clausal(tree, verb, clauses, words)
    marked = _marked(tree, verb, words["cue.as"])
    over = token.head
    inverted = firm and token.dep in _EMBEDDED and over != verb and _set_apart(tree, verb)
    as_said = token.dep == "advcl" and marked and not tree.children(verb, "dobj", "acomp", "attr")
    if inverted or as_said:
        return _rest(tree, verb)
    if not firm:
        return frozenset()
    if quoted := _quoted(tree):
        return quoted - _act(tree, verb)
    if token.lemma in words["cue.quoted"] and tree.children(verb, "dobj"):
        return _rest(tree, verb)
    act = _act(tree, verb)
    if token.dep == "ROOT" and min(act) > 0 and tree.tokens[min(act) - 1].text == ",":
        return frozenset(range(min(act)))
    passive = tree.children(verb, "nsubjpass")
    hearer = token.lemma in words["cue.hearer"]
    objects = passive or (() if hearer else tree.children(verb, "dobj"))
    if objects:
        return frozenset(k for o in objects for k in tree.below(o))
    if token.dep == "ROOT" and not tree.children(verb, "advcl"):
        return _rest_of(tree, act)
    about = tree.objects(verb, *words["cue.about"])
    return frozenset(k for o in about for k in tree.below(o))


def _clausal(tree: Tree, verb: int, clauses: list[int], words: Words) -> frozenset[int]:
    """The clauses a cue verb governs, with what the parser tore off them."""
    inside = {k for c in clauses for k in tree.below(c)}
    act = _act(tree, verb) - inside
    last = len(tree.tokens)
    free = tree.tokens[verb].dep in {"ROOT", "conj", "advcl", "ccomp"}
    if min(inside) > verb and free:
        # The parser often hangs later clauses of what is said on the cue verb itself.
        stop = _turn(tree, verb, min(inside), words["cue.but"])
        inside |= set(
            range(min(inside), stop if tree.tokens[verb].dep == "ROOT" else max(inside) + 1)
        )
        return frozenset(inside - act)
    if tree.tokens[verb].dep == "ROOT" and min(inside) < verb:
        before = {k for k in inside if k < verb}
        inside |= set(range(max(before) + 1))
        reopened = next((k for k in range(verb, last) if _opens(tree, k)), last)
        inside |= set(range(reopened, last))
        return frozenset(k for k in inside if k not in act)
    return frozenset(inside - act)


def _turn(tree: Tree, verb: int, after: int, but: frozenset[str]) -> int:
    """Where the sentence leaves what was said: at "but" with a subject of its own."""
    for k in tree.children(verb, "conj"):
        own = tree.children(k, "nsubj", "nsubjpass")
        turn = [c for c in tree.children(verb, "cc") if tree.tokens[c].text.lower() in but]
        if k > after and own and turn and turn[-1] > after:
            return turn[-1]
    return len(tree.tokens)


def _act(tree: Tree, verb: int) -> frozenset[int]:
    """The tokens of the act itself: who speaks, to whom, when and where."""
    found = {verb}
    for k in tree.kids[verb]:
        token = tree.tokens[k]
        around = k > verb and token.dep in {"prep", "npadvmod", "advmod", "dobj"}
        beside = token.dep == "advcl" and token.tag in {"VBG", "VBN"}
        if around or beside or token.dep in _ACT:
            found.update(tree.below(k))
    return frozenset(found)


def _rest(tree: Tree, at: int) -> frozenset[int]:
    """Everything but what hangs on the cue."""
    return _rest_of(tree, tree.below(at))


def _rest_of(tree: Tree, act: Iterable[int]) -> frozenset[int]:
    return frozenset(range(len(tree.tokens))) - frozenset(act)


def _is_cue(tree: Tree, k: int, words: Words) -> bool:
    """Whether a clause is no content but another act: "…, X said" set into Y's words."""
    token = tree.tokens[k]
    return (
        token.dep == "parataxis"
        and token.lemma in words["cue.strict"]
        and not tree.children(k, "ccomp")
    )


def _set_apart(tree: Tree, verb: int) -> bool:
    """Whether a cue stands between commas or at an end: "…, X said, …"."""
    inside = sorted(tree.below(verb))
    first, last = inside[0], inside[-1]
    marks = {",", "-", "–", "—", "."}
    left = first > 0 and tree.tokens[first - 1].text in marks | set(_CLOSING)
    right = last + 1 >= len(tree.tokens) or tree.tokens[last + 1].text in marks
    own = tree.tokens[first].text in marks or tree.tokens[last].text in marks
    return (left or own) and (right or own)


def _marked(tree: Tree, verb: int, marks: frozenset[str]) -> bool:
    """Whether one of these words opens the clause of a verb."""
    return any(tree.tokens[k].text.lower() in marks for k in tree.children(verb, "mark"))


def _opens(tree: Tree, k: int) -> bool:
    return tree.tokens[k].text[:1] in _OPENING


def _quoted(tree: Tree) -> frozenset[int]:
    """From the first opening quotation mark to the last closing one, or to an end."""
    opening = [t.i for t in tree.tokens if t.text[:1] in _OPENING]
    closing = [t.i for t in tree.tokens if t.text[-1:] in _CLOSING]
    if not opening and not closing:
        return frozenset()
    first = opening[0] if opening else 0
    after = [k for k in closing if k > first]
    return frozenset(range(first, (after[-1] if after else len(tree.tokens) - 1) + 1))


def _by_phrase(tree: Tree, at: int, words: Words) -> Iterator[Cue]:
    """Said with a phrase: "according to X", "citing X"."""
    token = tree.tokens[at]
    according = token.text.lower() in words["cue.according"]
    if according:
        heads = [k for p in tree.children(at, "prep") for k in tree.children(p, "pobj")]
    else:
        heads = list(tree.children(at, "dobj"))
    carriers = () if according else tree.subjects(at)
    for head in heads[:1]:
        low = token.text.lower()
        yield Cue(at, low, head, _rest(tree, at), carriers[:1], firm=according, phrase=True)


def _by_noun(tree: Tree, noun: int, words: Words) -> Iterator[Cue]:
    """Said with a noun: "the palace's announcement that …", "voiced the hope that …"."""
    clauses = [
        k
        for k in tree.children(noun, "acl", "ccomp", "relcl")
        if _marked(tree, k, words["cue.that"])
        or (tree.tokens[noun].lemma in words["cue.will"] and tree.tokens[k].tag == "VB")
    ]
    if not clauses:
        return
    content = frozenset(k for c in clauses for k in tree.below(c))
    over = tree.tokens[tree.tokens[noun].head]
    owners: tuple[int, ...] = ()
    if tree.tokens[noun].dep == "dobj" and over.lemma in words["cue.light"]:
        owners = tree.subjects(over.i)
    if not owners:
        owners = (*tree.children(noun, "poss"), *tree.objects(noun, *words["cue.owned_by"]))
    lemma = tree.tokens[noun].lemma
    if owners:
        yield Cue(noun, lemma, owners[0], content, firm=False)
    elif lemma in words["source.report"]:
        yield Cue(noun, lemma, noun, content, firm=False)

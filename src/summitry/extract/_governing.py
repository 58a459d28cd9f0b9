"""What governs a trigger: the verb, the words over it, its clause, its negation."""

from collections.abc import Iterator

from summitry.extract._tree import Tree
from summitry.extract._values import Governed, Lie, Trigger
from summitry.lang import Token, Words

__all__ = ["governed", "negation"]

_TRAVELS = ("travel", "arrive", "leave", "meet", "visit", "attend", "host")
_SETTLES = ("cancel", "postpone", "deny", "confirm", "float")


def governed(tree: Tree, trigger: Trigger, words: Words, dated: Lie) -> Governed:
    """Climb from a trigger to the clause that reports it.

    Args:
        tree: The parsed sentence.
        trigger: The word that speaks of the engagement.
        words: The pack of its language.
        dated: How the engagement's date lies to the day of publication.
    """
    carried = _carried(tree, trigger, words)
    chain = tuple(_chain(tree, trigger, words)) if carried else tuple(_nouns(tree, trigger))
    top = _top(trigger, chain) if carried else trigger.token.i
    inside = sorted(_clause(tree, top, trigger, words))
    clause = " ".join(tree.tokens[k].text.lower() for k in inside).replace(" n't", "n't")
    return Governed(
        trigger,
        trigger.predicate,
        chain,
        f" {clause} ",
        _preposition(tree, trigger),
        negated=any(negation(tree, k, words) for k in _negatable(trigger, chain)),
        future=dated.ahead,
        past=dated.behind,
        carried=carried,
        today=dated.today,
    )


def negation(tree: Tree, i: int, words: Words) -> bool:
    """Whether "not", "no" or "never" hangs on a token."""
    for k in tree.kids[i]:
        token = tree.tokens[k]
        if token.dep == "neg" or token.text.lower() in words["status.not"]:
            following = tree.tokens[k + 1].text.lower() if k + 1 < len(tree.tokens) else ""
            return following not in words["status.not_but"]
    return False


def _carried(tree: Tree, trigger: Trigger, words: Words) -> bool:
    """Whether the governing verb speaks of the engagement, not of something beside it."""
    if not trigger.noun:
        return True
    verb = trigger.predicate
    if verb < 0:
        return False
    lemma = tree.tokens[verb].lemma
    at = trigger.token
    while at.head != verb:
        over = tree.tokens[at.head]
        if over.dep == "prep":
            prep = over.text.lower()
            if prep not in words["status.tight"]:
                return False
            if prep in words["status.into_prep"] and over.head == verb:
                return lemma in words["status.into"]
        if over.head == over.i:
            return False
        at = over
    return _speaks_of(tree, verb, at.dep, words)


def _speaks_of(tree: Tree, verb: int, dep: str, words: Words) -> bool:
    """Whether a verb tells how it stands with what hangs on it by this relation."""
    lemma = tree.tokens[verb].lemma
    listed = any(lemma in words[f"status.{n}"] for n in _SETTLES) or any(
        f"{lemma} {tree.tokens[k].text.lower()}" in words["status.phrasal"]
        for k in tree.kids[verb]
    )
    if dep in {"nsubj", "nsubjpass"}:
        if lemma in words["modal.be"] and _described(tree, verb, words):
            return False
        return listed or lemma in words["status.happens"]
    if dep in {"dobj", "attr", "oprd", "dative", "xcomp", "ccomp", "conj"}:
        carrying = ("status.carries", "event.verb.support", *(f"event.verb.{n}" for n in _TRAVELS))
        return listed or any(lemma in words[n] for n in carrying)
    return listed


def _described(tree: Tree, verb: int, words: Words) -> bool:
    """ "The visit could be a boost", "was useful": what it is like, not whether it will be."""
    told = tree.children(verb, "attr", "acomp")
    return any(tree.tokens[k].text.lower() not in words["status.state"] for k in told)


def _nouns(tree: Tree, trigger: Trigger) -> Iterator[Token]:
    """The nouns over a noun: "preparations for the visit", "the prospect of talks"."""
    for head in tree.above(trigger.token.i):
        if tree.tokens[head].pos in {"VERB", "AUX"}:
            return
        yield tree.tokens[head]


def _chain(tree: Tree, trigger: Trigger, words: Words) -> Iterator[Token]:
    """The heads of the trigger up to a cue whose clause it stands in."""
    i = trigger.token.i
    for head in tree.above(i):
        token = tree.tokens[head]
        below = tree.tokens[i]
        if token.lemma in words["cue.strict"] and below.dep in {"ccomp", "parataxis"}:
            if token.lemma in words["status.confirm"] | words["status.deny"]:
                yield token
            return
        if below.dep == "conj" and token.pos == "VERB" and below.pos == "VERB":
            i = head
            continue
        if below.dep in {"relcl", "appos", "parataxis", "advcl"}:
            return
        yield token
        i = head


def _top(trigger: Trigger, chain: tuple[Token, ...]) -> int:
    """The highest verb of the chain, or the trigger."""
    verbs = [t.i for t in chain if t.pos in {"VERB", "AUX"}]
    return verbs[-1] if verbs else trigger.token.i


def _clause(tree: Tree, top: int, trigger: Trigger, words: Words) -> Iterator[int]:
    """What hangs on the top verb, without other clauses that the trigger is not in."""
    mine = {trigger.token.i, *tree.above(trigger.token.i)}
    stack = [top]
    while stack:
        at = stack.pop()
        yield at
        for k in tree.kids[at]:
            token = tree.tokens[k]
            clause = token.dep in {"conj", "advcl", "relcl", "ccomp", "parataxis"}
            said = token.dep != "ccomp" or tree.tokens[at].lemma in words["cue.strict"]
            if k not in mine and clause and token.pos in {"VERB", "AUX"} and said:
                continue
            stack.append(k)


def _preposition(tree: Tree, trigger: Trigger) -> str:
    """The words by which a noun trigger hangs on its clause."""
    if not trigger.noun or trigger.token.dep != "pobj":
        return ""
    prep = tree.tokens[trigger.token.head]
    over = tree.tokens[prep.head]
    joined = prep.dep == "prep" and over.pos in {"ADV", "ADP", "SCONJ"}
    return f"{over.text} {prep.text}".lower() if joined else prep.text.lower()


def _negatable(trigger: Trigger, chain: tuple[Token, ...]) -> Iterator[int]:
    """The tokens whose negation negates the engagement."""
    yield trigger.token.i
    for token in chain:
        if token.pos in {"VERB", "AUX", "ADJ", "NOUN"}:
            yield token.i
        if token.tag in {"VBD", "VBZ", "VBP", "MD"}:
            return

"""How far that reaches which somebody says, thinks or wants by a verb.

Each shape has its rule: a clause, the sentence around "…, he said, …", "him to do it", an
object, what follows a preposition. The lists of words say which verbs take which.
"""

from summitry.extract._held import ACTING, BESIDE, FINITE, Manner, passive, under
from summitry.extract._tree import Tree
from summitry.lang import Words

__all__ = ["content_of"]

_SET_IN = {"parataxis", "ccomp", "advcl", "dep", "conj"}
_CLOSING = ",”\"'?!"
_ACT = {*ACTING, *BESIDE, "expl", "dative", "agent"}


def content_of(tree: Tree, verb: int, manner: Manner, words: Words) -> tuple[frozenset[int], int]:
    """What a verb says in one manner, and the preposition that leads to it or -1."""
    lemma = tree.tokens[verb].lemma
    clausal = lemma in words[f"held.{manner.value}.clause"]
    objective = lemma in words[f"held.{manner.value}.object"]
    spoken = manner is Manner.SPEECH
    if spoken and lemma in words["held.control"]:
        found, prep = _asked(tree, verb, words)
        if found:
            return found, prep
    if clausal and (clauses := _clauses(tree, verb, manner, words)):
        return _reaching(tree, verb, clauses, words), -1
    if clausal and spoken and lemma in words["held.inverted"] and (rest := _around(tree, verb)):
        return rest, -1
    naming = lemma in words["held.naming"]
    if objective and (not naming or _named(tree, verb)) and (found := _object(tree, verb)):
        return found, -1
    led: tuple[frozenset[int], int] = (frozenset(), -1)
    if clausal or objective or lemma in words["held.about"]:
        led = _led(tree, verb, words)
    if not led[0] and spoken and clausal and lemma in words["held.inverted"]:
        return _beside(tree, verb), -1
    return led


def _clauses(tree: Tree, verb: int, manner: Manner, words: Words) -> list[int]:
    """The clauses that a verb takes for its content."""
    found = [k for k in tree.children(verb, "ccomp", "parataxis") if not _cites(tree, k, words)]
    if manner is not Manner.SPEECH:
        return found + list(tree.children(verb, "xcomp"))
    infinitives = [k for k in tree.children(verb, "xcomp") if tree.tokens[k].tag == "VB"]
    if tree.tokens[verb].lemma in words["held.through"]:
        infinitives = []
    asked = [
        k
        for k in tree.children(verb, "advcl")
        if any(tree.tokens[m].text.lower() == "whether" for m in tree.children(k, "mark"))
    ]
    return found + infinitives + asked


def _cites(tree: Tree, k: int, words: Words) -> bool:
    """Whether a clause is another's "…, X said" set into it."""
    token = tree.tokens[k]
    cue = token.dep == "parataxis" and token.lemma in words["held.inverted"]
    return cue and not tree.children(k, "ccomp")


def _reaching(tree: Tree, verb: int, clauses: list[int], words: Words) -> frozenset[int]:
    """The clauses with what the parser hung on the verb behind them, and without the act."""
    inside = set(under(tree, *clauses))
    last = max(inside)
    if min(inside) > verb:
        for k in tree.children(verb, "conj", "advcl", "prep"):
            token = tree.tokens[k]
            own = token.dep != "conj" or tree.children(k, *ACTING)
            act = token.tag == "VBG" and token.lemma in words["held.inverted"]
            if k > last and own and not act:
                inside |= under(tree, k)
    beside = under(tree, *tree.children(verb, *ACTING, *BESIDE))
    return frozenset(inside) - beside - {verb}


def _around(tree: Tree, verb: int) -> frozenset[int]:
    """The sentence around "…, he said, …" or before "…," he said."""
    token = tree.tokens[verb]
    act = under(tree, verb)
    if token.dep in _SET_IN and token.head != verb:
        as_said = any(tree.tokens[k].text.lower() == "as" for k in tree.children(verb, "mark"))
        closes = max(act) + 1 >= len(tree.tokens) - 1 and not tree.children(verb, "cc")
        comma = any(tree.tokens[k].text[-1:] in _CLOSING for k in range(verb))
        if token.dep == "advcl" and not as_said:
            return frozenset()
        if token.dep == "conj" and not (closes and comma and tree.children(verb, *ACTING)):
            return frozenset()
        return frozenset(range(len(tree.tokens))) - act
    if token.dep != "ROOT":
        return frozenset()
    two = len(tree.children(verb, "nsubj")) > 1
    own = [k for k in tree.kids[verb] if tree.tokens[k].dep in _ACT or k > verb]
    own = own[1:] if two else own
    first = min(under(tree, *own) | {verb})
    ended = first > 1 and tree.tokens[first - 1].text[-1:] in _CLOSING
    told = any(t.tag in FINITE or t.text[-1:] in '”"' for t in tree.tokens[:first])
    free = not tree.children(verb, "dobj", "acomp")
    return frozenset(range(first)) if ended and told and free else frozenset()


def _beside(tree: Tree, verb: int) -> frozenset[int]:
    """The words set off from a verb by a mark, where the parser saw no clause."""
    if tree.tokens[verb].tag not in FINITE:
        return frozenset()
    after = tree.tokens[verb + 1 : verb + 3]
    if any(t.text[:1] in '“"' or t.text.lower() in {"that", "``"} for t in after):
        return frozenset(range(verb + 1, len(tree.tokens)))
    closed = [t.i for t in tree.tokens[:verb] if t.text[-1:] in '”"']
    return frozenset(range(closed[-1] + 1)) if closed else frozenset()


def _asked(tree: Tree, verb: int, words: Words) -> tuple[frozenset[int], int]:
    """What somebody is asked to do, he included: "urged the sides to talk", "called on …"."""
    infinitives = [k for k in tree.children(verb, "xcomp", "ccomp") if tree.tokens[k].tag == "VB"]
    heard = tree.tokens[verb].lemma in words["held.hearer"]
    for prep in tree.children(verb, "prep"):
        if infinitives and tree.tokens[prep].text.lower() == "on" and prep > verb:
            return under(tree, *tree.children(prep, "pobj"), *infinitives), prep
    whom = (*tree.children(verb, "dobj", "dative"), *_doers(tree, infinitives))
    if not infinitives or not (whom or passive(tree, verb) or heard):
        return frozenset(), -1
    return under(tree, *whom, *infinitives), -1


def _doers(tree: Tree, infinitives: list[int]) -> tuple[int, ...]:
    """Who is to do it, where the parser hangs him on the infinitive."""
    return tuple(k for i in infinitives for k in tree.children(i, *ACTING))


def _object(tree: Tree, verb: int) -> frozenset[int]:
    """What is praised, denied, feared: "denounced the plan", "called it a mistake"."""
    if passive(tree, verb):
        objects = [*tree.children(verb, "nsubjpass", "oprd")]
    else:
        objects = list(tree.children(verb, "dobj", "oprd", "ccomp", "acomp"))
        objects += [k for k in tree.children(verb, "xcomp") if tree.tokens[k].tag == "VBG"]
    if not objects:
        return frozenset()
    beside = [
        k
        for k in tree.children(verb, "prep")
        if k > verb and tree.tokens[k].text.lower() in {"as", "of", "for"}
    ]
    return under(tree, *objects, *beside)


def _named(tree: Tree, verb: int) -> bool:
    """Whether somebody is called something: "called it a lie", "sees him as a rival"."""
    by_as = any(tree.tokens[k].text.lower() == "as" for k in tree.children(verb, "prep"))
    return by_as or bool(tree.children(verb, "oprd", "ccomp"))


def _led(tree: Tree, verb: int, words: Words) -> tuple[frozenset[int], int]:
    """What follows a preposition: "called for talks", "accused him of lying"."""
    lemma = tree.tokens[verb].lemma
    for prep in tree.children(verb, "prep"):
        low = tree.tokens[prep].text.lower()
        about = low == "about" and lemma in words["held.about"]
        inside = under(tree, prep) - {prep}
        if prep < verb or not inside or not (about or f"{lemma} {low}" in words["held.led"]):
            continue
        if lemma not in words["held.judging"]:
            return inside, prep
        whom = tree.children(verb, "dobj", "nsubjpass")
        return inside | {prep} | under(tree, *whom), -1
    return frozenset(), -1

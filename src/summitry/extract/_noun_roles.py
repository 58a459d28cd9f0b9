"""Who does what to a noun that speaks of an engagement, and to the verb that carries it."""

from collections.abc import Iterator

from summitry.extract._collecting import PLACES, Collector
from summitry.extract._tree import Tree
from summitry.extract._values import Actor, Role, Sort, Trigger
from summitry.lang import Words

__all__ = ["noun_roles"]

_TOWNS = {Sort.CITY, Sort.CAPITAL}
_TRIPS = ("travel", "arrive", "leave", "visit")


def noun_roles(c: Collector, trigger: Trigger) -> tuple[int, ...]:
    """Take in the arguments of a noun and of the verb that carries it.

    Returns:
        The noun and the verbs whose other phrases (dates, places) belong to the engagement.
    """
    n = trigger.token.i
    own = Role.VISITOR if trigger.sort == "visit" else Role.SIDE
    _modifiers(c, n, own)
    c.add(_between(c, n), Role.SIDE)
    for inner in (n, *c.after(n, "of")):
        c.add(c.after(inner, "among"), Role.SIDE)
        c.add(c.after(inner, "with"), Role.OTHER)
    if trigger.sort == "meeting" and trigger.token.lemma in c.words["event.noun.call"]:
        c.add(c.after(n, "onto"), Role.OTHER)  # "a courtesy call on the king"
    c.add(c.after(n, "visitor" if own is Role.VISITOR else "side"), own)
    _clauses(c, n, own)
    if own is Role.VISITOR:
        c.destination(c.after(n, "visit"))
    else:
        c.put_of(n)
    # "Scheduled for May", "held in Geneva": what hangs on the clause is the noun's own.
    clauses = c.tree.children(n, "acl")
    return (n, *clauses, *_carried(c, trigger, own))


def _clauses(c: Collector, n: int, own: Role) -> None:
    """ "Talks held between", "a meeting brokered by", "the visit that he was to have begun"."""
    clauses = c.tree.children(n, "relcl", "acl")
    for clause in clauses:
        c.add(c.after(clause, "between_or_with"), Role.SIDE)
    for clause in clauses:
        if c.tokens[clause].lemma not in c.words["cue.strict"]:  # "talks announced by"
            c.add(c.after(clause, "by"), Role.MEDIATOR)
    carrying = c.words["event.verb.support"] | c.words["event.verb.presence"]
    for clause in clauses:
        if any(c.tokens[v].lemma in carrying for v in (clause, *c.tree.children(clause, "xcomp"))):
            c.add(c.tree.children(clause, "nsubj"), own)


def _between(c: Collector, n: int) -> Iterator[int]:
    """The sides of "talks on the border between A and B", however deep the phrase."""
    for k in c.tree.below(n):
        token = c.tokens[k]
        between = token.text.lower() in c.words["role.prep.between"]
        if token.dep == "prep" and between and k > n:
            for obj in c.tree.children(k, "pobj"):
                yield from c.tree.coordinated(obj)


def _modifiers(c: Collector, n: int, own: Role) -> None:
    """ "Putin's visit", "Russian-Turkish talks", "the Obama-Abe meeting"."""
    for k in c.tree.children(n, "poss", "compound", "amod", "nmod", "nummod", "npadvmod"):
        for m in c.tree.below(k):
            actor = c.phrases.over.get(m) or c.phrases.person(m)
            if actor is not None and actor.leads:
                _modifier(c, actor, c.tokens[k].dep, own)


def _modifier(c: Collector, actor: Actor, dep: str, own: Role) -> None:
    """Take in an actor named before the noun, by the relation it stands in."""
    if actor.sort in _TOWNS and dep == "compound" and "-" not in actor.text:
        c.place = c.place or actor
    elif own is Role.VISITOR and dep in {"compound", "amod", "nmod"}:
        # "his Ankara visit", "a China trip", "the Russian president's Turkey visit"
        if actor.sort in PLACES:
            c.place = c.place or actor
            c.sides.setdefault(actor, Role.PLACE)
    else:
        for side in (actor, *c.phrases.also.get(actor, ())):
            c.sides.setdefault(side, own)


def _carried(c: Collector, trigger: Trigger, own: Role) -> tuple[int, ...]:
    """The verb over a noun: "held talks with", "is on a visit to", "arrived for talks with"."""
    n, verb = trigger.token.i, trigger.predicate
    if verb < 0:
        return ()
    lemma = c.tokens[verb].lemma
    if _under(c.tree, n, verb) in {"nsubj", "nsubjpass"}:
        c.add(c.after(verb, "between_or_with"), Role.SIDE)
        c.add(c.after(verb, "by"), Role.SIDE)
        return (verb,)
    if lemma in c.words["event.verb.bring"]:
        c.add(c.tree.subjects(verb), Role.MEDIATOR)
        return (verb,)
    attending = _attending(c, trigger)
    prepositional = c.tokens[n].dep == "pobj"
    if trigger.sort in {"call", "meeting"} and lemma in c.words["role.told"] and prepositional:
        # "In a phone call on Tuesday the president told his guest that ..."
        c.add(c.tree.subjects(verb), Role.SIDE)
        c.add(c.tree.children(verb, "dobj", "dative"), Role.OTHER)
    body = trigger.sort in {"summit", "conference"} and c.sides and not attending
    if body and all(a.sort is Sort.ORGANISATION for a in c.sides):
        # "The president will see them at the NATO summit": he is there.
        attending = prepositional
    if attending:
        hosting = lemma in c.words["event.verb.host"]
        if not (hosting and c.tree.children(verb, "nsubjpass")):
            c.add(c.tree.subjects(verb), Role.HOST if hosting else own)
        c.add(c.after(verb, "beside"), Role.OTHER)
    if trigger.sort != "visit" and lemma in c.words["event.verb.leave"] and prepositional:
        return ()  # "leaves on Friday for the summit": the day is that of the journey
    return (verb,)


def _attending(c: Collector, trigger: Trigger) -> bool:
    """Whether the subject of the verb over a noun takes part in what the noun names."""
    n, verb = trigger.token.i, trigger.predicate
    if c.tokens[n].dep in {"dobj", "attr"}:
        return True
    carrying = ("event.verb.support", "modal.be", *(f"event.verb.{s}" for s in _TRIPS))
    carries = any(c.tokens[verb].lemma in c.words[name] for name in carrying)
    if carries and _direct(c.tree, n, verb, c.words):
        return True
    # "After a meeting with King Hussein, Bush said", "defended it during a visit to Iraq".
    alone = len({a.state for a in c.sides}) == 1 and not trigger.definite
    return alone and _under(c.tree, n, verb) in {"prep", "advcl", "advmod"}


def _direct(tree: Tree, n: int, verb: int, words: Words) -> bool:
    """Whether a noun hangs on a verb itself: "began talks", not "gave a date for the talks"."""
    for head in tree.above(n):
        if head == verb:
            return True
        token = tree.tokens[head]
        if token.pos == "NOUN" and token.lemma not in words["role.measure"]:
            return False
    return False


def _under(tree: Tree, n: int, verb: int) -> str:
    """By which relation the phrase of noun n hangs on the verb, or empty."""
    at = n
    for head in tree.above(n):
        if head == verb:
            return tree.tokens[at].dep
        at = head
    return ""

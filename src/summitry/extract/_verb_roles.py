"""Who does what to a verb that speaks of an engagement."""

from summitry.extract._collecting import Collector
from summitry.extract._values import PRESENCE, Role, Sort, Trigger

__all__ = ["verb_roles"]

_PEOPLE = {Sort.PERSON, Sort.OFFICE, Sort.OFFICIALS, Sort.ORGANISATION, Sort.GROUP}


def verb_roles(c: Collector, trigger: Trigger) -> tuple[int, ...]:
    """Take in the arguments of a verb.

    Returns:
        The verbs whose other phrases (dates, places) belong to the engagement.
    """
    if trigger.sort in {"host", "invite"}:
        _received(c, trigger.token.i)
    elif trigger.sort == PRESENCE:
        _present(c, trigger.token.i)
    elif trigger.sort in {"visit", "travel", "arrive", "leave"}:
        _travelling(c, trigger)
    else:
        _meeting(c, trigger)
    return (trigger.token.i,)


def _passive(c: Collector, v: int) -> bool:
    """Whether the subject of a verb is the one it is done to."""
    return bool(c.tree.children(v, "nsubjpass", "auxpass"))


def _objects(c: Collector, v: int) -> tuple[int, ...]:
    """The objects of a verb, coordinated ones too."""
    return tuple(k for o in c.tree.children(v, "dobj", "dative") for k in c.tree.coordinated(o))


def _received(c: Collector, v: int) -> None:
    """ "The king received the envoy", "was invited by the emir to Doha"."""
    subjects = c.tree.subjects(v)
    if _passive(c, v):
        c.add(c.after(v, "by"), Role.HOST)
        c.add(subjects, Role.VISITOR)
    else:
        c.add(subjects, Role.HOST)
        c.add(_objects(c, v), Role.VISITOR)
    c.put(c.after(v, "receiving"))


def _present(c: Collector, v: int) -> None:
    """ "Will be in Cairo", "is expected in Rome", "Rome expects him"."""
    awaited = _objects(c, v) if c.tree.tokens[v].lemma in c.words["event.awaiting"] else ()
    c.add(awaited or c.tree.subjects(v), Role.VISITOR)
    if awaited:
        c.add(c.tree.subjects(v), Role.HOST)
    c.destination(c.after(v, "being"))
    for k in c.tree.children(v, "acomp", "attr", "advmod", "dobj"):
        c.destination(c.after(k, "at"))
    if not any(r is Role.VISITOR and a.sort is not Sort.ORGANISATION for a, r in c.sides.items()):
        c.sides.clear()


def _travelling(c: Collector, trigger: Trigger) -> None:
    """ "Flew to Oslo", "left for talks in Geneva", "arrives on the island"."""
    v = trigger.token.i
    c.add(c.tree.subjects(v), Role.VISITOR)
    if trigger.sort == "visit":
        c.destination(_objects(c, v))
    if not (trigger.sort == "travel" and c.tree.children(v, "dobj")):
        c.destination(c.after(v, "leaving" if trigger.sort == "leave" else "going"))
    if trigger.sort == "arrive":
        c.put(c.after(v, "onto"))


def _meeting(c: Collector, trigger: Trigger) -> None:
    """ "Met the minister", "spoke to his counterpart", "the two will meet"."""
    v = trigger.token.i
    c.add(c.tree.subjects(v), Role.SIDE)
    c.add(_objects(c, v), Role.OTHER)
    c.add(c.after(v, "to_or_with" if trigger.sort == "weakmeet" else "with"), Role.OTHER)
    if c.tree.tokens[v].lemma in c.words["event.verb.call"] and trigger.sort == "meet":
        c.add(c.after(v, "onto"), Role.OTHER)  # "called on the king"
    c.add(_offering(c, v), Role.SIDE)
    if _passive(c, v):
        c.add(c.after(v, "by"), Role.MEDIATOR)
    if trigger.sort in {"weakmeet", "call"}:
        c.sides = {a: r for a, r in c.sides.items() if a.sort in _PEOPLE}


def _offering(c: Collector, v: int) -> tuple[int, ...]:
    """Who offers or invites: "Ankara's envoy offered his opposite number to meet"."""
    token = c.tree.tokens[v]
    over = c.tree.tokens[token.head]
    offers = token.dep in {"xcomp", "ccomp"} and over.lemma in c.words["role.offer"]
    return c.tree.subjects(over.i) if offers else ()

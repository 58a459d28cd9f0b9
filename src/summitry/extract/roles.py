"""Who does what in an engagement, as one sentence says it."""

from dataclasses import replace

from summitry.extract._collecting import PLACES, Collector
from summitry.extract._noun_roles import noun_roles
from summitry.extract._phrases import phrases
from summitry.extract._tree import Tree
from summitry.extract._values import Actor, Cast, Role, Scene, Sort, Trigger
from summitry.extract._verb_roles import verb_roles
from summitry.lang import Words

__all__ = ["apart", "cast", "lone_place"]

# The parser loses the subject of one verb in ten of wire prose (a place name before it is
# enough); somebody within this many words is then taken for it.
_NEAR = 14
_PAIR = 2


def cast(scene: Scene, tree: Tree, trigger: Trigger, words: Words) -> Cast:
    """The sides of a trigger with their parts, its place, and the verbs it hangs on."""
    c = Collector(phrases(scene, tree, words))
    verbs = noun_roles(c, trigger) if trigger.noun else verb_roles(c, trigger)
    for verb in verbs:
        c.put_of(verb)
    if c.place is None and _here(c, verbs):
        c.place = scene.here
    if len(c.states()) < _PAIR and not c.collective:
        _near(c, trigger, verbs)
    return Cast(tuple(c.sides.items()), c.place, c.collective, verbs)


def _here(c: Collector, verbs: tuple[int, ...]) -> bool:
    """Whether "here" hangs on one of the verbs."""
    return any(
        c.tokens[k].text.lower() in c.words["role.here"]
        for v in verbs
        for k in c.tree.children(v, "advmod")
    )


def _near(c: Collector, trigger: Trigger, verbs: tuple[int, ...]) -> None:
    """When the parse gives fewer than two sides: those named next to the trigger's verb."""
    if trigger.noun and trigger.definite:
        return
    if any(c.tree.subjects(v) for v in verbs if c.tokens[v].pos == "VERB"):
        return
    at, scene = verbs[-1], c.phrases.scene
    held = [
        (a, i)
        for a, i in zip(scene.actors, scene.where, strict=True)
        if a.sort in {Sort.PERSON, Sort.OFFICE, Sort.GROUP} and a.state and a.leads
    ]
    for actor, i in sorted(held, key=lambda pair: -pair[1]):
        if 0 < at - i <= _NEAR and not _speaks(c, i):
            c.sides.setdefault(actor, Role.SIDE)


def _speaks(c: Collector, i: int) -> bool:
    """Whether the actor at token i is the subject of a verb of speech."""
    head = c.tokens[c.tokens[i].head]
    return c.tokens[i].dep == "nsubj" and head.lemma in c.words["cue.strict"]


def apart(whole: Cast, trigger: Trigger, tree: Tree, words: Words) -> tuple[Cast, ...]:
    """One who meets several others one after the other has as many engagements.

    Of 170 bilateral meetings and calls in the training labels none has more than two parties.
    Whom he meets may be a state where there are several meetings: "bilateral meetings with the
    leaders of Nigeria, Lebanon and Ghana".
    """
    near = {a.state for a, r in whole.sides if r is Role.SIDE and a.state}
    far = [a for a, r in whole.sides if r is Role.OTHER and a.state and a.state not in near]
    states = dict.fromkeys(a.state for a in far)
    people = all(a.sort in {Sort.PERSON, Sort.OFFICE} for a in far) or (
        _severally(trigger, tree, words) and all(a.sort is not Sort.ORGANISATION for a in far)
    )
    if len(near) != 1 or len(states) < _PAIR or not people:
        return (whole,)
    ours = tuple((a, r) for a, r in whole.sides if r is not Role.OTHER)
    return tuple(
        replace(whole, sides=(*ours, *((a, Role.OTHER) for a in far if a.state == state)))
        for state in states
    )


def _severally(trigger: Trigger, tree: Tree, words: Words) -> bool:
    """ "Separate meetings with", "met separately with"."""
    near = {tree.tokens[k].text.lower() for k in tree.kids[trigger.token.i]}
    many = trigger.noun and trigger.token.tag == "NNS" and trigger.sort == "meeting"
    single = trigger.token.lemma not in words["event.plural_only"]
    return bool(near & words["event.severally"]) or (many and single)


def lone_place(scene: Scene, tree: Tree, words: Words) -> Actor | None:
    """The place after "in" or "at" in a sentence whose places all lie in one state."""
    found = [
        a
        for a, at in zip(scene.actors, scene.where, strict=True)
        if a.sort in PLACES and a.state and _holds(tree, at, words)
    ]
    return found[0] if found and len({a.state for a in found}) == 1 else None


def _holds(tree: Tree, at: int, words: Words) -> bool:
    """Whether something takes place at token ``at``, not "the war in" it is talked of."""
    if tree.tokens[at].dep != "pobj":
        return False
    prep = tree.tokens[tree.tokens[at].head]
    over = tree.tokens[prep.head]
    return prep.text.lower() in words["role.prep.lone"] and over.lemma not in words["role.matter"]

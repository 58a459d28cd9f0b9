"""Who does what in an engagement, as one sentence says it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summitry.extract._tree import Tree
from summitry.extract._values import Actor, Role, Scene, Sort, Trigger
from summitry.lang import Words

__all__ = ["Cast", "apart", "cast", "lone_place"]

_PLACES = {Sort.STATE, Sort.CAPITAL, Sort.CITY}
# States and nations do not travel; their officials do.
_LANDS = {Sort.STATE, Sort.CAPITAL, Sort.CITY, Sort.DEMONYM}
_PEOPLE = {Sort.PERSON, Sort.OFFICE, Sort.OFFICIALS, Sort.ORGANISATION, Sort.GROUP}
_TOWNS = {
    "capital",
    "city",
    "town",
    "resort",
    "port",
    "village",
    "territory",
    "border",
    "soil",
    "island",
}
_INSIDE = ("amod", "compound", "poss", "nmod")
_BY = ("by",)


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of one trigger."""

    sides: tuple[tuple[Actor, Role], ...]
    place: Actor | None
    collective: bool
    """Whether "the two leaders", "they" or "each other" stand among the sides."""
    verbs: tuple[int, ...]
    """The verbs whose other phrases (dates, places) belong to the engagement."""


class _Collector:
    """Gathers the sides of one trigger of one scene; lives no longer than one call."""

    def __init__(self, scene: Scene, tree: Tree, words: Words) -> None:
        self.scene, self.tree, self.words = scene, tree, words
        self.sides: dict[Actor, Role] = {}
        self.place: Actor | None = None
        self.collective = False
        self.over: dict[int, Actor] = {}
        self.also: dict[Actor, tuple[Actor, ...]] = {}
        """Further offices in the same words: "the presidents of Mali and Niger"."""
        for actor in scene.actors:
            for token in scene.tokens:
                start = scene.sentence.start + token.start
                if actor.start <= start < actor.end:
                    first = self.over.setdefault(token.i, actor)
                    if first is not actor and actor not in self.also.get(first, ()):
                        self.also[first] = (*self.also.get(first, ()), actor)
        self.phrases = words["collective.phrases"]

    def add(self, tokens: Iterable[int], role: Role) -> None:
        """Take in whoever the noun phrases of these heads name."""
        for i in tokens:
            if self._plural(i):
                self.collective = True
            stands = self.person(i)
            for actor in self.named(i) if stands is None else (stands,):
                if role is Role.VISITOR and actor.sort in _LANDS:
                    continue
                if actor.leads and actor not in self.sides:
                    self.sides[actor] = role

    def named(self, i: int) -> Iterator[Actor]:
        """The actors that the noun phrase of token i stands for."""
        actor = self.over.get(i)
        inside = [
            self.over[k]
            for m in self.tree.children(i, *_INSIDE)
            for k in self.tree.coordinated(m)
            if k in self.over
        ]
        if actor is not None and (actor.state or actor.sort is Sort.PERSON):
            yield actor
            yield from self.also.get(actor, ())
            if actor.sort is Sort.OFFICIALS:
                yield from self._of(i)
            return
        if actor is not None:
            inside = [a for a in inside if a != actor] or [*self._of(i)]
            if not inside:
                yield actor
            yield from inside
            return
        if self.scene.tokens[i].pos in {"NOUN", "PROPN"}:
            people = self.scene.tokens[i].lemma in self.words["title.official"]
            yield from (a for a in inside if people or a.sort is not Sort.DEMONYM)
            if people:
                yield from (a for a in inside if a.sort is Sort.DEMONYM)
                yield from self._of(i)

    def person(self, i: int) -> Actor | None:
        """Whom a personal pronoun stands for: the last subject before it, here or earlier."""
        token = self.scene.tokens[i]
        if token.text.lower() not in {"he", "she", "his", "her", "him", "who"} or i in self.over:
            return None
        earlier = [
            a
            for a, at in zip(self.scene.actors, self.scene.where, strict=True)
            if a.sort is Sort.PERSON and a.state and at < i
        ]
        subjects = [
            a for a in earlier if self.scene.tokens[self.scene.at(a)].dep in {"nsubj", "nsubjpass"}
        ]
        if token.text.lower() == "who":
            return earlier[-1] if earlier else None
        return next(iter(subjects or earlier), self.scene.before)

    def _of(self, i: int) -> Iterator[Actor]:
        """ "A delegation from Iran", "representatives of Georgia and Abkhazia"."""
        for k in self.tree.objects(i, "of", "from", "between"):
            if k in self.over:
                yield self.over[k]
            else:
                inner = self.tree.children(k, *_INSIDE)
                yield from (self.over[j] for j in inner if j in self.over)

    def _plural(self, i: int) -> bool:
        """Whether it is "the two leaders", "they" or "each other"."""
        token = self.scene.tokens[i]
        if token.text.lower() in {"they", "both", "themselves"}:
            return True
        span = sorted(k for k in self.tree.below(i) if k <= i)
        text = " ".join(self.scene.tokens[k].text.lower() for k in span)
        if any(text.endswith(p) for p in self.phrases):
            return not any(k in self.over and self.over[k].state for k in span)
        return False

    def put(self, tokens: Iterable[int]) -> None:
        """Take the first place that these tokens name."""
        for i in tokens:
            for k in (i, *self.tree.children(i, "compound", "poss", "nmod", "appos")):
                actor = self.over.get(k)
                if actor and self.place is None and actor.sort in _PLACES | {Sort.INSTITUTION}:
                    self.place = actor
                    return


def cast(scene: Scene, tree: Tree, trigger: Trigger, words: Words) -> Cast:
    """The sides of a trigger with their parts, its place, and the verbs it hangs on."""
    collector = _Collector(scene, tree, words)
    verbs = _noun(collector, trigger) if trigger.noun else _verb(collector, trigger)
    if collector.place is None:
        for verb in verbs:
            _place_of(collector, verb)
    if collector.place is None and _here(collector, verbs):
        collector.place = scene.here
    if len({a.state for a in collector.sides if a.state}) < 2 and not collector.collective:
        _near(collector, trigger, verbs)
    return Cast(
        tuple(collector.sides.items()), collector.place, collector.collective, tuple(verbs)
    )


def _here(c: _Collector, verbs: list[int]) -> bool:
    """Whether "here" hangs on one of the verbs."""
    return any(
        c.scene.tokens[k].text.lower() == "here"
        for v in verbs
        for k in c.tree.children(v, "advmod")
    )


# The parser loses the subject of one verb in ten of wire prose (a place name before it is
# enough); somebody within this many words is then taken for it.
_NEAR = 14


def _near(c: _Collector, trigger: Trigger, verbs: list[int]) -> None:
    """When the parse gives fewer than two sides: those named next to the trigger's verb."""
    if trigger.noun and trigger.definite:
        return
    missing = not any(c.tree.subjects(v) for v in verbs if c.scene.tokens[v].pos == "VERB")
    if not missing:
        return
    at = verbs[-1]
    held = [
        (a, i)
        for a, i in zip(c.scene.actors, c.scene.where, strict=True)
        if a.sort in {Sort.PERSON, Sort.OFFICE, Sort.GROUP} and a.state and a.leads
    ]
    for actor, i in sorted(held, key=lambda pair: -pair[1]):
        if 0 < at - i <= _NEAR and not _speaks(c, i):
            c.sides.setdefault(actor, Role.SIDE)


def _speaks(c: _Collector, i: int) -> bool:
    """Whether the actor at token i is the subject of a verb of speech."""
    head = c.scene.tokens[c.scene.tokens[i].head]
    return c.scene.tokens[i].dep == "nsubj" and head.lemma in c.words["cue.strict"]


def apart(whole: Cast) -> tuple[Cast, ...]:
    """One who meets several others one after the other has as many engagements.

    Of 170 bilateral meetings and calls in the training labels none has more than two parties.
    """
    near = {a.state for a, r in whole.sides if r is Role.SIDE and a.state}
    far = [a for a, r in whole.sides if r is Role.OTHER and a.state and a.state not in near]
    states = dict.fromkeys(a.state for a in far)
    people = all(a.sort in {Sort.PERSON, Sort.OFFICE} for a in far)
    if len(near) != 1 or len(states) < 2 or not people:
        return (whole,)
    ours = [(a, r) for a, r in whole.sides if r is not Role.OTHER]
    return tuple(
        Cast(
            (*ours, *((a, Role.OTHER) for a in far if a.state == state)),
            whole.place,
            whole.collective,
            whole.verbs,
        )
        for state in states
    )


def lone_place(scene: Scene, tree: Tree) -> Actor | None:
    """The place after "in" or "at" in a sentence whose places all lie in one state."""
    found = [
        a
        for a, at in zip(scene.actors, scene.where, strict=True)
        if a.sort in _PLACES
        and a.state
        and tree.tokens[at].dep == "pobj"
        and tree.tokens[tree.tokens[at].head].text.lower() in {"in", "at", "near"}
        and tree.tokens[tree.tokens[tree.tokens[at].head].head].lemma
        not in {
            "war",
            "troop",
            "crisis",
            "conflict",
            "situation",
            "interest",
            "force",
            "election",
            "peace",
            "people",
            "ceasefire",
            "cease-fire",
            "fighting",
            "violence",
            "coup",
            "invest",
            "investment",
        }
    ]
    return found[0] if found and len({a.state for a in found}) == 1 else None


def _place_of(c: _Collector, i: int) -> None:
    c.put(c.tree.objects(i, "in", "at", "near", "outside", "inside"))


def _verb(c: _Collector, trigger: Trigger) -> list[int]:
    """The arguments of a verb."""
    v, tree = trigger.token.i, c.tree
    passive = bool(tree.children(v, "nsubjpass", "auxpass"))
    subjects, objects = tree.subjects(v), tree.children(v, "dobj", "dative")
    objects = tuple(c2 for o in objects for c2 in tree.coordinated(o))
    if trigger.sort in {"host", "invite"}:
        agents = tree.objects(v, *_BY)
        c.add(agents if passive else subjects, Role.HOST)
        c.add(subjects if passive else objects, Role.VISITOR)
        c.put(tree.objects(v, "to", "in", "at"))
    elif trigger.sort == "presence":
        c.add(subjects, Role.VISITOR)
        _destination(c, tree.objects(v, "in", "at", "for", "to"))
        for k in tree.children(v, "acomp", "attr", "advmod"):
            _destination(c, tree.objects(k, "in", "at"))
        if not any(
            r is Role.VISITOR and a.sort is not Sort.ORGANISATION for a, r in c.sides.items()
        ):
            c.sides.clear()
    elif trigger.sort in {"visit", "travel", "arrive", "leave"}:
        c.add(subjects, Role.VISITOR)
        if trigger.sort == "visit":
            _destination(c, objects)
        preps = ("for",) if trigger.sort == "leave" else ("to", "in", "into", "at", "for")
        if not (trigger.sort == "travel" and tree.children(v, "dobj")):
            _destination(c, tree.objects(v, *preps))
        if trigger.sort == "arrive":
            c.put(tree.objects(v, "on"))
    else:
        c.add(subjects, Role.SIDE)
        c.add(objects, Role.OTHER)
        c.add(tree.objects(v, "with", "to") if trigger.sort == "weakmeet" else
              tree.objects(v, "with"), Role.OTHER)  # fmt: skip
        c.add(_controller(tree, v), Role.SIDE)
        c.add(tree.objects(v, *_BY) if passive else (), Role.MEDIATOR)
        if trigger.sort in {"weakmeet", "call"}:
            c.sides = {a: r for a, r in c.sides.items() if a.sort in _PEOPLE}
    return [v]


def _controller(tree: Tree, v: int) -> tuple[int, ...]:
    """Who offers or invites: "Ankara's envoy offered his opposite number to meet"."""
    token = tree.tokens[v]
    over = tree.tokens[token.head]
    offers = over.lemma in {"offer", "invite", "propose", "ask", "urge"}
    return tree.subjects(over.i) if token.dep in {"xcomp", "ccomp"} and offers else ()


def _destination(c: _Collector, tokens: Iterable[int]) -> None:
    """Where a trip goes: a place is where it is held, a person or office receives."""
    for i in tokens:
        actor = c.over.get(i)
        if actor is None:
            near = (*c.tree.children(i, *_INSIDE, "appos"), *c.tree.objects(i, "of"))
            town = c.scene.tokens[i].lemma in _TOWNS
            owned = [
                c.over[k]
                for k in near
                if k in c.over
                and (c.over[k].sort in _PLACES or (town and c.over[k].sort is Sort.DEMONYM))
            ]
            if owned and c.place is None:
                c.place = owned[-1]
                c.sides.setdefault(owned[-1], Role.PLACE)
            continue
        if actor.sort in _PLACES or actor.sort is Sort.INSTITUTION:
            c.place = c.place or actor
            if actor not in c.sides:
                c.sides[actor] = Role.PLACE
        elif actor.leads:
            c.sides.setdefault(actor, Role.HOST)


def _noun(c: _Collector, trigger: Trigger) -> list[int]:
    """The arguments of a noun and of the verb that carries it."""
    n, tree = trigger.token.i, c.tree
    own = Role.VISITOR if trigger.sort == "visit" else Role.SIDE
    _modifiers(c, n, own)
    c.add(_between(tree, n), Role.SIDE)
    for inner in (n, *tree.objects(n, "of")):
        c.add(tree.objects(inner, "between", "among", "involving"), Role.SIDE)
        c.add(tree.objects(inner, "with"), Role.OTHER)
    c.add(
        tree.objects(n, "by", "of", "for") if own is Role.VISITOR else tree.objects(n, "by", "of"),
        own,
    )
    c.add(
        (k for r in tree.children(n, "relcl", "acl") for k in tree.objects(r, "between", "with")),
        Role.SIDE,
    )
    c.add(
        (k for r in tree.children(n, "acl", "relcl") for k in tree.objects(r, "by")), Role.MEDIATOR
    )
    for clause in tree.children(n, "relcl", "acl"):
        # "The visit that the president was to have begun on Thursday"
        for v in (clause, *tree.children(clause, "xcomp")):
            support = c.scene.tokens[v].lemma in c.words["event.verb.support"]
            if support or c.scene.tokens[v].lemma in c.words["event.verb.presence"]:
                c.add(tree.children(clause, "nsubj"), own)
    if own is Role.VISITOR:
        _destination(c, tree.objects(n, "to", "in", "at", "into"))
    else:
        _place_of(c, n)
    return [n, *_carried(c, trigger, own)]


def _between(tree: Tree, n: int) -> list[int]:
    """The sides of "talks on the border between A and B", however deep the phrase."""
    found: list[int] = []
    for k in tree.below(n):
        token = tree.tokens[k]
        if token.dep == "prep" and token.text.lower() == "between" and k > n:
            for obj in tree.children(k, "pobj"):
                found += tree.coordinated(obj)
    return found


def _modifiers(c: _Collector, n: int, own: Role) -> None:
    """ "Putin's visit", "Russian-Turkish talks", "the Obama-Abe meeting"."""
    for k in c.tree.children(n, "poss", "compound", "amod", "nmod", "nummod", "npadvmod"):
        for m in c.tree.below(k):
            actor = c.over.get(m) or c.person(m)
            if actor is None or not actor.leads:
                continue
            place = actor.sort in {Sort.CITY, Sort.CAPITAL} and c.tree.tokens[k].dep == "compound"
            if place and "-" not in actor.text:
                c.place = c.place or actor
            elif own is Role.VISITOR and c.tree.tokens[k].dep in {"compound", "amod", "nmod"}:
                # "his Ankara visit", "a China trip", "the Russian president's Turkey visit"
                if actor.sort in _PLACES:
                    c.place = c.place or actor
                    c.sides.setdefault(actor, Role.PLACE)
            else:
                for side in (actor, *c.also.get(actor, ())):
                    c.sides.setdefault(side, own)


def _carried(c: _Collector, trigger: Trigger, own: Role) -> list[int]:
    """The verb over a noun: "held talks with", "is on a visit to", "arrived for talks with"."""
    tree, n = c.tree, trigger.token.i
    verb = trigger.predicate
    if verb < 0:
        return []
    token, lemma = c.scene.tokens[n], c.scene.tokens[verb].lemma
    verbs = [verb]
    subject = _under(tree, n, verb) in {"nsubj", "nsubjpass"}
    known = lemma in c.words["event.verb.support"]
    hosting = lemma in c.words["event.verb.host"]
    trip = any(lemma in c.words[f"event.verb.{s}"] for s in ("travel", "arrive", "leave", "visit"))
    if subject:
        c.add(tree.objects(verb, "between", "with"), Role.SIDE)
        c.add(tree.objects(verb, *_BY), Role.SIDE)
        return verbs
    if lemma in c.words["event.verb.bring"]:
        c.add(tree.subjects(verb), Role.MEDIATOR)
        return verbs
    attending = token.dep in {"dobj", "attr"} or (
        (known or trip or lemma == "be") and _direct(tree, n, verb)
    )
    if not attending and len({a.state for a in c.sides}) == 1 and not trigger.definite:
        # "After a meeting with King Hussein, Bush said", "defended it during a visit to Iraq".
        attending = _under(tree, n, verb) in {"prep", "advcl", "advmod"}
    if trigger.sort in {"call", "meeting"} and lemma in _TOLD and token.dep == "pobj":
        # "In a phone call on Tuesday the president told his guest that ..."
        c.add(tree.subjects(verb), Role.SIDE)
        c.add(tree.children(verb, "dobj", "dative"), Role.OTHER)
    body = trigger.sort in {"summit", "conference"} and c.sides and not attending
    if body and all(a.sort is Sort.ORGANISATION for a in c.sides):
        # "The president will see them at the NATO summit": he is there.
        attending = token.dep == "pobj"
    if attending:
        passive = bool(tree.children(verb, "nsubjpass"))
        role = Role.HOST if hosting else own
        if not (passive and hosting):
            c.add(tree.subjects(verb), role)
        c.add(tree.objects(verb, "with", "alongside"), Role.OTHER)
    return verbs


_TOLD = {"tell", "inform", "assure", "urge", "ask", "warn", "brief", "thank", "congratulate"}
# Nouns that only measure an engagement: "a round of talks", "the first of two days of talks".
_MEASURES = {"round", "series", "day", "hour", "session", "first", "second", "part", "set", "string",
             "number", "couple", "minute", "week", "third", "start", "end", "invitation",
             "plan", "visit", "trip", "tour", "meeting", "talk", "summit"}  # fmt: skip


def _direct(tree: Tree, n: int, verb: int) -> bool:
    """Whether a noun hangs on a verb itself: "began talks", not "gave a date for the talks"."""
    for head in tree.above(n):
        if head == verb:
            return True
        token = tree.tokens[head]
        if token.pos == "NOUN" and token.lemma not in _MEASURES:
            return False
    return False


def _under(tree: Tree, n: int, verb: int) -> str:
    """By which relation the phrase of noun n hangs on the verb."""
    at = n
    for head in tree.above(n):
        if head == verb:
            return tree.tokens[at].dep
        at = head
    return ""

"""What do the rules and the learned reader together hold of a word of engagement?

Each has a say, and the tables in the language's weights tell how much each counts. They are
fitted on the training reports, each of which was read by a model that had not seen it
(training/README.md); the development reports had no part in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from summitry.extract._evidence import View, of_date, of_mention, of_party, of_place, of_word
from summitry.extract._phrases import Phrases, phrases
from summitry.extract._shares import Days
from summitry.extract._topics import grade, items
from summitry.extract._tree import Tree
from summitry.extract._values import (
    BACK,
    BARE,
    DATE,
    PRESENCE,
    Actor,
    Afar,
    Cast,
    Dated,
    Judged,
    Role,
    Scene,
    Sort,
    Trigger,
)
from summitry.lang import Heard, Opinion, Passage, Span, Weights, Words
from summitry.model import (
    Grade,
    Kind,
    Modality,
    Polarity,
    Source,
    SourceClass,
    Status,
    Topic,
)

__all__ = [
    "Sighting",
    "Verdict",
    "afar_by",
    "by_rule",
    "by_sentence",
    "cast_by",
    "days_by",
    "is_engagement",
    "is_there",
    "topics_by",
    "trigger_by",
    "verdict",
]

_HALF = 0.5
# From where what is spoken of is only recalled, and where the rules hold so too.
_PAST, _RECALLED = 0.65, 0.25
# From where a word counts as one of engagement: where the rules see who takes part in it, and
# where the reader alone does; and where somebody is said to be in another state, of which the
# reader has seen little: 28 of 29 of these are one in the training reports.
_RULED, _ADDED, _THERE = 0.75, 0.8, 0.2
# By how much the rules' own answer is likelier than the tables make it: rules have been read
# over by people, tables have seen a thousand sentences.
_STATUS, _KIND, _SOURCE = 8.0, 20.0, 20.0
_MODALITY = 6.0
# Where the rules found a word that undoes a plan ("called off"), it stands there in print; so
# does a refusal to confirm, which the reader too easily takes for a denial.
_UNDONE, _REFUSED = 12.0, 40.0
# How sure the rules count as being where the reader holds nothing of a word.
_RULE = 0.8
# From where a date that the rules give a word stays its own.
_OWN = 0.15
_PAIR = 2
# A topic is what is discussed, not the discussing.
_LEADING = {"VERB", "AUX", "ADP", "PART", "SCONJ", "PUNCT"}
_ROLES = {
    "visitor": Role.VISITOR,
    "host": Role.HOST,
    "participant": Role.SIDE,
    "mediator": Role.MEDIATOR,
}
_GROUNDS = {Sort.STATE, Sort.CAPITAL, Sort.CITY, Sort.DEMONYM}
_HELD_AT = {Sort.STATE, Sort.CAPITAL, Sort.CITY, Sort.INSTITUTION}
_SORTS = {
    "visit": "visit",
    "bilateral": "meeting",
    "ministerial": "meeting",
    "summit": "summit",
    "multilateral": "conference",
    "negotiation_round": "negotiation",
    "call": "call",
}
_UNDOING = {Status.POSTPONED, Status.CANCELLED, Status.DENIED}


@dataclass(frozen=True, slots=True)
class Sighting:
    """One word of a sentence with the reader's opinion of it and the rules' view."""

    opinion: Opinion
    view: View
    passage: Passage
    scene: Scene
    tree: Tree
    dated: tuple[Dated, ...]
    """The dates of the sentence."""

    def actors(self) -> Iterator[tuple[int, Actor]]:
        """The actors of the sentence with the places of their spans in the passage."""
        at = {s.start: k for k, s in enumerate(self.passage.spans) if s.sort not in {BACK, DATE}}
        for actor in self.scene.actors:
            k = at.get(actor.start - self.scene.sentence.start)
            if k is not None:
                yield k, actor

    def dates(self) -> Iterator[tuple[int, Dated]]:
        """The dates of the sentence with the places of their spans in the passage."""
        at = {s.start: k for k, s in enumerate(self.passage.spans) if s.sort == DATE}
        for found in self.dated:
            k = at.get(found.start - self.scene.sentence.start)
            if k is not None:
                yield k, found


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is held of one word of engagement."""

    judged: Judged
    kind: Kind
    past: bool
    """Whether it is only recalled."""
    source: Source | None


def by_sentence(
    ruled: Sequence[Trigger], heard: Heard, tree: Tree, words: Words
) -> Iterator[tuple[Trigger, bool, Opinion]]:
    """The words that the reader has an opinion of, and whether the rules know them too."""
    known = {t.token.i: t for t in ruled}
    for opinion in heard.opinions:
        i = next((t.i for t in tree.tokens if t.start < opinion.end and opinion.start < t.end), -1)
        if i in known:
            yield known[i], True, opinion
        elif i >= 0:
            yield trigger_by(tree, i, opinion, words), False, opinion


def trigger_by(tree: Tree, i: int, opinion: Opinion, words: Words) -> Trigger:
    """A trigger of the sort that its likeliest kind goes by."""
    token = tree.tokens[i]
    noun = token.pos in {"NOUN", "PROPN"}
    near = {tree.tokens[k].text.lower() for k in tree.kids[i]}
    return Trigger(
        token,
        _SORTS[_best(opinion.kind)],
        noun,
        noun and bool(near & words["event.definite"]),
        tree.governor(i) if noun else i,
    )


def is_engagement(seen: Sighting, weights: Weights) -> float:
    """How surely a word speaks of an engagement; 0 where it is not likely enough."""
    figure = weights.figures("mention", of_mention(seen.opinion, seen.view))["yes"]
    least = _RULED if _settled(seen.view) else _ADDED
    return figure if figure >= (_THERE if is_there(seen.view) else least) else 0.0


def _settled(view: View) -> bool:
    """Whether the rules see who takes part: two sides, or words that go back to them."""
    again = view.cast.collective or view.trigger.definite
    return view.known and (_both(view) or again)


def _both(view: View) -> bool:
    return len({a.state for a, _ in view.cast.sides if a.state}) >= _PAIR


def is_there(view: View) -> bool:
    """ "Will be in Cairo": whether the rules see somebody of one state in another."""
    return view.known and view.trigger.sort == PRESENCE and _both(view)


def cast_by(seen: Sighting, heard: Heard, weights: Weights, words: Words) -> Cast:
    """Who takes part in it and where; where the rules see both sides, they are theirs.

    What is talked about takes no part: "to discuss Ukraine".
    """
    place = _place(seen, heard, weights, words)
    if _settled(seen.view):
        return replace(seen.view.cast, place=place or seen.view.cast.place)
    opinion, view, spans = seen.opinion, seen.view, seen.passage.spans
    ruled = dict(view.cast.sides)
    named = phrases(seen.scene, seen.tree, words)
    sides: dict[Actor, Role] = {}
    for k, actor in seen.actors():
        figures = weights.figures("party", of_party(opinion, k, spans[k], actor, view))
        span = spans[k]
        matter = _talked_of(span, heard) or named.beside(actor)
        role = _role(figures, actor, ruled.get(actor))
        # Nations do not travel; their officials do.
        crowd = role is Role.VISITOR and actor.sort is Sort.DEMONYM
        if figures["none"] < _HALF and actor.leads and not matter and not crowd:
            sides[actor] = role
    collective = view.cast.collective
    for k, span in enumerate(spans):
        if span.sort != BACK:
            continue
        figures = weights.figures("party", of_party(opinion, k, span, None, view))
        if figures["none"] >= _HALF:
            continue
        person = _back(named, span.start, seen.tree)
        if person is None:
            collective = True
        elif person not in sides and person.leads:
            sides[person] = _role(figures, person, ruled.get(person))
    return Cast(tuple(sides.items()), place, collective, view.cast.verbs)


def _back(named: Phrases, start: int, tree: Tree) -> Actor | None:
    """Whom the word at a character of the sentence goes back to."""
    i = next((t.i for t in tree.tokens if t.start <= start < t.end), -1)
    return named.person(i) if i >= 0 else None


def _role(figures: Mapping[str, float], actor: Actor, ruled: Role | None) -> Role:
    """The likeliest part; the ground itself where somebody is received on it."""
    likeliest = max(_ROLES, key=lambda p: figures[p])
    if likeliest == "host" and actor.sort in _GROUNDS:
        return Role.PLACE
    if likeliest == "participant" and ruled is Role.OTHER:
        return ruled
    return _ROLES[likeliest]


def _talked_of(span: Span, heard: Heard) -> bool:
    """Whether a name stands in what is talked about: "talks on Ukraine"."""
    return any(start < span.end and span.start < end for start, end in heard.topics)


def _before(actor: Actor, scene: Scene) -> str:
    """The word before a name: "on" of "talks on North Korea"."""
    start = actor.start - scene.sentence.start
    ahead = scene.sentence.text[:start].lower().split()
    return ahead[-1].strip("\"'“‘(") if ahead else ""


def _place(seen: Sighting, heard: Heard, weights: Weights, words: Words) -> Actor | None:
    """Where it takes place: the likeliest place, a town rather than its state."""
    spans = seen.passage.spans
    figures = {
        actor: weights.figures("place", of_place(seen.opinion, k, actor, seen.view))["yes"]
        for k, actor in seen.actors()
        if actor.sort in _HELD_AT
        and not _talked_of(spans[k], heard)
        and _before(actor, seen.scene) not in words["role.prep.matter"]
    }
    held = [a for a, f in figures.items() if f >= _HALF]
    towns = [a for a in held if a.sort in {Sort.CITY, Sort.CAPITAL}]
    return max(towns or held, key=lambda a: figures[a], default=None)


def afar_by(opinion: Opinion, board: Sequence[Sequence[Actor | Dated | None]]) -> Iterator[Afar]:
    """What other sentences may tell of the engagement of a word.

    Args:
        opinion: What the reader holds of the word.
        board: For each of the sentences shown what its spans stand for.
    """
    for far in opinion.elsewhere:
        thing = board[far.passage][far.span]
        if isinstance(thing, Dated):
            yield Afar(None, thing, 0.0, 0.0, far.when)
        elif thing is not None:
            yield Afar(thing, None, 1 - far.part["none"], far.place, 0.0)


def days_by(seen: Sighting, weights: Weights) -> Days:
    """Which dates of the sentence are its own."""
    days = seen.view.days
    figures = {
        d: weights.figures("when", of_date(seen.opinion, k, d, seen.view))["yes"]
        for k, d in seen.dates()
    }
    likely = (d for d, f in figures.items() if f >= (_OWN if d in days.own else _HALF))
    own = sorted(likely, key=lambda d: -figures[d])
    done = tuple(d for d in days.done if d not in own)
    return Days(tuple(own), done, (), days.said)


def verdict(seen: Sighting, heard: Heard, weights: Weights) -> Verdict:
    """How far it has come, how surely, of what kind, on whose word, news or not."""
    found, view = of_word(seen.opinion, seen.view, seen.tree), seen.view
    ruled = view.judged
    plain = ruled.why.startswith(BARE) or not view.known
    weight = 1.0 if plain else _UNDONE if ruled.status in _UNDOING else _STATUS
    if ruled.polarity is Polarity.NEGATIVE:
        weight = _REFUSED
    status = weights.figures("status", found)
    figures = _agreed(status, ruled.status.value, weight)
    best = _best(figures)
    whole = tuple((s, figures[s.value]) for s in Status)
    if best == ruled.status.value and best != _best(status):
        judged = replace(ruled, figures=whole)
    else:
        how = weights.figures("modality", found)
        own = "negated" if ruled.polarity is Polarity.NEGATIVE else ruled.modality.value
        same = not plain and best == ruled.status.value
        judged = _judged(best, _best(_agreed(how, own, _MODALITY if same else 1.0)), ruled)
        judged = replace(judged, figures=whole)
    kinds = weights.figures("kind", found)
    if _in_person(view):
        kinds = {**kinds, Kind.CALL.value: 0.0}
    voices = weights.figures("source", found)
    whose = view.source.source_class.value if view.source else SourceClass.OUTLET.value
    recalled = view.past and ruled.status is Status.HELD and judged.status is Status.HELD
    past = weights.figures("past", found)["yes"]
    return Verdict(
        judged,
        Kind(_best(_agreed(kinds, view.kind.value, _KIND if view.known else 1.0))),
        past >= (_RECALLED if recalled else _PAST),
        _source(seen, heard, _best(_agreed(voices, whose, _SOURCE))),
    )


def _in_person(view: View) -> bool:
    """A meeting by the word for it, and no word says that it is held from afar.

    "A courtesy call" and "called on the king" are among them, which the reader takes for calls.
    """
    return view.known and view.trigger.sort in {"meet", "meeting"} and view.kind is not Kind.CALL


def by_rule(judged: Judged) -> Judged:
    """The rules' status with the figures of one who is rather sure of it."""
    rest = (1 - _RULE) / (len(Status) - 1)
    return replace(
        judged, figures=tuple((s, _RULE if s is judged.status else rest) for s in Status)
    )


def _agreed(figures: Mapping[str, float], ruled: str, weight: float) -> dict[str, float]:
    """The figures with the rules' answer so much likelier."""
    raised = {name: f * (weight if name == ruled else 1.0) for name, f in figures.items()}
    whole = sum(raised.values())
    return {name: f / whole for name, f in raised.items()}


def _judged(best: str, how: str, ruled: Judged) -> Judged:
    """A status by its name with the likeliest modality."""
    status = next(s for s in Status if s.value == best)
    why = ruled.why if status is ruled.status else f"read as {best}"
    if status in _UNDOING:
        return Judged(status, Modality.CERTAIN, why=why)
    if how == "negated":
        return Judged(status, Modality.CERTAIN, Polarity.NEGATIVE, why)
    return Judged(status, Modality(how), why=why)


def _source(seen: Sighting, heard: Heard, likeliest: str) -> Source | None:
    """Whose word it is.

    The rules say who and of what class, as the words themselves tell it; the tables say that
    nobody is, or of what class one is whom only the reader sees.
    """
    ruled = seen.view.source
    if likeliest == "outlet":
        return None
    if ruled is not None:
        return ruled
    if not heard.speakers:
        return None
    start, end = heard.speakers[0]
    text = " ".join(seen.scene.sentence.text[start:end].split())
    return Source(text, SourceClass(likeliest))


def topics_by(
    trigger: Trigger, heard: Heard, scene: Scene, others: Sequence[Trigger], words: Words
) -> tuple[Topic, ...]:
    """What it is about: each stretch belongs to the last trigger before it, or the first."""
    clause = f" {scene.sentence.text.lower()} "
    found: dict[str, Topic] = {}
    for first, end in heard.topics:
        inside = (t for t in scene.tokens if first <= t.start < end)
        start = next((t.start for t in inside if t.pos not in _LEADING), end)
        before = [t for t in others if t.token.start < start]
        if (before[-1] if before else others[0]).token.i != trigger.token.i:
            continue
        for text in items(scene.sentence.text[start:end], words):
            found.setdefault(text.lower(), Topic(text, grade(clause, Grade.LISTED, words)))
    return tuple(found.values())


def _best(figures: Mapping[str, float]) -> str:
    return max(figures, key=lambda name: figures[name])

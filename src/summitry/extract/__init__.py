"""Read a report and write down what it claims about engagements.

A cascade: gate, sentences, who, what, whose word, how surely, when, where, about what, how
far, news or background. Each module answers one question and knows nothing of the others;
``read`` asks them in turn.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from summitry.errors import UnknownLanguage
from summitry.extract._fitting import possible
from summitry.extract._governing import governed
from summitry.extract._tense import looks_back
from summitry.extract._tree import Tree, tree
from summitry.extract._values import Actor, Dated, Frame, Lie, Scene, Sort, Spare, Spoken, Trigger
from summitry.extract.agenda import agenda
from summitry.extract.attribution import DOCUMENT, attributions, voices
from summitry.extract.background import recalled
from summitry.extract.dating import Days, Reach, days, duration, follows
from summitry.extract.gate import passes as _passes
from summitry.extract.kind import kind
from summitry.extract.masking import masked
from summitry.extract.mentions import mentions
from summitry.extract.noise import RANKED, is_habit, is_sport
from summitry.extract.roles import Cast, apart, cast, lone_place
from summitry.extract.sentences import dateline, sentences
from summitry.extract.status import judge
from summitry.extract.weight import weighed
from summitry.extract.what import triggers
from summitry.extract.when import dates
from summitry.extract.who import actors, home
from summitry.extract.worth import worth
from summitry.lang import Parse, Token, WhenWords, Words, when_words, words
from summitry.model import Reading, Report, Sentence, Source, SourceClass, Status, When

__all__ = ["EXTRACTOR", "passes", "read"]

EXTRACTOR = "cascade/1"


def passes(report: Report) -> bool:
    """Whether the gate lets a report through; False for a language without a pack."""
    try:
        return _passes(report, words(report.language))
    except UnknownLanguage:
        return False


def read(report: Report, parse: Parse) -> Reading:
    """Read one report; the same report and parser always give the same reading."""
    try:
        pack, calendar = words(report.language), when_words(report.language)
    except UnknownLanguage as error:
        return Reading(report=report, extractor=EXTRACTOR, notes=(str(error),))
    notes = () if report.published else ("no publication time: relative dates stay open",)
    if not _passes(report, pack):
        return Reading(report=report, extractor=EXTRACTOR, notes=notes)
    frames = tuple(_frames(report, parse, pack, calendar))
    found = mentions(report, frames, _calendar(report, frames, pack, calendar))
    return Reading(report=report, extractor=EXTRACTOR, mentions=found, notes=notes)


def _frames(report: Report, parse: Parse, pack: Words, calendar: WhenWords) -> Iterator[Frame]:
    """Every frame of a report in reading order."""
    day = report.published.date() if report.published else None
    own = home(report.outlet, dateline(report))
    named = actors(report.text, day, pack, own)
    here = _here(dateline(report), day, pack)
    cut = worth(sentences(report, pack), named, pack)
    shown = [masked(s, _inside(s, named)) for s in cut]
    parsed = parse([m.text for m in shown])
    before: Source | None = None
    person: Actor | None = None
    standing = voices(report, actors(report.outlet, day, pack, None), named, pack)
    sporting = is_sport(report.text, pack)
    for sentence, mask, seen in zip(cut, shown, parsed, strict=True):
        tokens = mask.restored(seen)
        scene = replace(_scene(sentence, tokens, named), before=person, here=here)
        person = _topic(scene) or person
        parse_tree = tree(tokens, pack["role.object_control"])
        spoken = attributions(scene, parse_tree, pack, before)
        if spoken:
            before = spoken[0].source
        for frame in _scene_frames(scene, parse_tree, (*spoken, *standing), day, pack, calendar):
            if not sporting or any(a.rank in RANKED for a, _ in frame.sides):
                yield frame


def _here(place: str, day: date | None, pack: Words) -> Actor | None:
    """The place that "here" means."""
    found = actors(place.title(), day, pack, None) if place else ()
    return next((a for a in found if a.sort in {Sort.CITY, Sort.CAPITAL}), None)


def _topic(scene: Scene) -> Actor | None:
    """The person that the next sentence's "he" goes back to: this one's subject, or its first."""
    people = [
        (a, at)
        for a, at in zip(scene.actors, scene.where, strict=True)
        if a.sort is Sort.PERSON and a.state
    ]
    subjects = [a for a, at in people if scene.tokens[at].dep in {"nsubj", "nsubjpass"}]
    goes_on = any(t.dep == "nsubj" and t.text.lower() in {"he", "she"} for t in scene.tokens)
    first = None if goes_on or not people else people[0][0]
    return next(iter(subjects), first)


def _calendar(
    report: Report, frames: tuple[Frame, ...], pack: Words, calendar: WhenWords
) -> Spare:
    """What the report's other dates can date: its news, and a plan without a day."""
    if report.published is None:
        return Spare()
    day = report.published.date()
    body = [s for s in sentences(report, pack) if not s.headline]
    dated = [(s, dates(s.text, day, calendar)) for s in body]
    lead = (d.backward for _, found in dated[:_LEAD] for d in found)
    news = (w for w in lead if w and w.start and w.days == 1 and day - _FRESH <= w.start <= day)
    taken = {f.scene.sentence.start for f in frames if f.when and (f.sides or f.trigger.definite)}
    free = (
        d.forward
        for s, found in dated
        if s.start not in taken
        for d in found
        if any(c.isdigit() for c in d.text)
    )
    ahead = (w for w in free if w and w.start and w.end and w.start > day and w.days < _VAGUE)
    return Spare(next(news, None), tuple(dict.fromkeys(ahead)))


# Sentences at the head of a report that date its news.
_LEAD = 2
# A date vaguer than a month is not taken from a sentence that names no engagement.
_VAGUE = 32


def _scene(sentence: Sentence, tokens: tuple[Token, ...], named: tuple[Actor, ...]) -> Scene:
    """The actors of a sentence, each with the token it hangs on."""
    here = _inside(sentence, named)
    return Scene(sentence, tokens, here, tuple(_head(a, sentence, tokens) for a in here))


def _inside(sentence: Sentence, named: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """The actors that a sentence names."""
    return tuple(a for a in named if sentence.start <= a.start and a.end <= sentence.end)


def _head(actor: Actor, sentence: Sentence, tokens: tuple[Token, ...]) -> int:
    """The last token of an actor's words that hangs on something outside of them."""
    inside = [
        t
        for t in tokens
        if sentence.start + t.start < actor.end and actor.start < sentence.start + t.end
    ]
    places = {t.i for t in inside}
    outer = [t.i for t in inside if t.head not in places or t.head == t.i]
    return outer[-1] if outer else (inside[-1].i if inside else -1)


def _scene_frames(
    scene: Scene,
    parse_tree: Tree,
    spoken: tuple[Spoken, ...],
    day: date | None,
    pack: Words,
    calendar: WhenWords,
) -> Iterator[Frame]:
    """The frames of one sentence."""
    found = triggers(parse_tree, _places(scene), pack)
    if not found:
        return
    dated = _dated(scene, day, calendar)
    others = tuple(t.token.i for t in found)
    for trigger in found:
        if is_habit(parse_tree, trigger, pack):
            continue
        players = cast(scene, parse_tree, trigger, pack)
        when = days(scene, parse_tree, Reach(trigger, players.verbs, others), dated, pack)
        for part in apart(players):
            yield _frame(scene, parse_tree, trigger, part, when, (spoken, day, pack, calendar))


def _places(scene: Scene) -> frozenset[int]:
    """The tokens of a scene that name a place."""
    sorts = {Sort.STATE, Sort.CAPITAL, Sort.CITY, Sort.INSTITUTION}
    named = zip(scene.actors, scene.where, strict=True)
    return frozenset(at for a, at in named if a.sort in sorts)


def _frame(
    scene: Scene,
    parse_tree: Tree,
    trigger: Trigger,
    players: Cast,
    when: Days,
    context: tuple[tuple[Spoken, ...], date | None, Words, WhenWords],
) -> Frame:
    """One trigger with all that the sentence says of it."""
    spoken, day, pack, calendar = context
    back = looks_back(governed(parse_tree, trigger, pack, Lie()), parse_tree, pack)
    own = when.behind() if back else when.ahead(day)
    ruled = governed(parse_tree, trigger, pack, _lie(own, day))
    judged = judge(ruled, parse_tree, pack)
    if judged.status is Status.HELD:
        own = when.behind()
    elif judged.status in {Status.POSTPONED, Status.CANCELLED}:
        own = when.ahead(day)
    own = tuple(w for w in own if possible(w, judged.status, day))
    source = _source_at(spoken, scene.sentence.start + trigger.token.start)
    # Who briefs without a name in an office's own document speaks for the office.
    official = any(s.cue == DOCUMENT for s in spoken)
    named = source is None or source.source_class is not SourceClass.OFFICIAL_UNNAMED
    judged = weighed(judged, source if named or not official else None, own, ruled, pack)
    return Frame(
        scene=scene,
        trigger=trigger,
        kind=kind(trigger, players.sides, ruled.clause, pack),
        sides=players.sides,
        place=players.place,
        around=lone_place(scene, parse_tree, pack) if players.place is None else None,
        when=own,
        judged=(judged,),
        source=source,
        said=_said(when, day),
        loose=not when.own,
        then=follows(parse_tree, trigger, pack),
        lasts=duration(scene, trigger, calendar, pack),
        agenda=agenda(scene, parse_tree, trigger, players.verbs, pack),
        background=recalled(ruled, parse_tree, judged.status, own[0] if own else None, day, pack),
        collective=players.collective,
    )


def _dated(scene: Scene, day: date | None, calendar: WhenWords) -> tuple[Dated, ...]:
    """The date expressions of a sentence with offsets into the report's text."""
    base = scene.sentence.start
    return tuple(
        Dated(d.start + base, d.end + base, d.text, d.forward, d.backward)
        for d in dates(scene.sentence.text, day, calendar)
    )


# A word printed longer ago than this is recalled, not reported.
_FRESH = timedelta(days=3)


def _said(when: Days, day: date | None) -> When | None:
    """The day on which the source spoke or something was done, if it is a recent one."""
    for dated in (when.said, *when.done):
        past = (dated.backward or dated.forward) if dated is not None else None
        if past is None or past.start is None or past.days != 1 or day is None:
            continue
        if day - _FRESH <= past.start <= day:
            return past
    return None


def _lie(own: tuple[When, ...], day: date | None) -> Lie:
    """How the first date lies to the day of publication."""
    if not own or day is None:
        return Lie()
    start, end = own[0].start, own[0].end
    return Lie(
        ahead=(start is not None and start > day)
        or (own[0].days != 1 and end is not None and end > day + timedelta(days=1)),
        behind=end is not None and end <= day,
        today=start == day and own[0].days == 1,
    )


def _source_at(spoken: tuple[Spoken, ...], at: int) -> Source | None:
    """Whose word the character is: the innermost attribution around it."""
    around = [s for s in spoken if s.start <= at < s.end]
    return min(around, key=lambda s: s.end - s.start).source if around else None

"""Read a report and write down what it claims about engagements.

A cascade: gate, sentences, who, what, whose word, how surely, when, where, about what, how
far, news or background. Each module answers one question and knows nothing of the others;
``read`` asks them in turn.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from summitry.errors import UnknownLanguage
from summitry.extract._fitting import possible
from summitry.extract._governing import governed
from summitry.extract._tense import hearsay, looks_back
from summitry.extract._tree import Tree, tree
from summitry.extract._values import (
    Actor,
    Dated,
    Frame,
    Governed,
    Judged,
    Lie,
    Scene,
    Spare,
    Spoken,
    Trigger,
)
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
from summitry.extract.scenes import inside, places, scene, topic, town
from summitry.extract.sentences import dateline, sentences
from summitry.extract.spare import LEAD, spare
from summitry.extract.status import judge
from summitry.extract.timing import lie, said_on
from summitry.extract.weight import weighed
from summitry.extract.what import triggers
from summitry.extract.when import dates
from summitry.extract.who import actors, home
from summitry.extract.worth import worth
from summitry.lang import Parse, WhenWords, Words, when_words, words
from summitry.model import Reading, Report, Sentence, Source, SourceClass, Status, When

__all__ = ["EXTRACTOR", "passes", "read"]

EXTRACTOR = "cascade/1"


@dataclass(frozen=True, slots=True)
class _Setting:
    """What is known of a report before any of its sentences is read."""

    day: date | None
    """The day of publication, where known."""
    words: Words
    calendar: WhenWords


@dataclass(frozen=True, slots=True)
class _Heard:
    """One sentence: who is in it, its parse, and whose word each stretch of it is."""

    scene: Scene
    tree: Tree
    spoken: tuple[Spoken, ...]


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
    setting = _Setting(report.published.date() if report.published else None, pack, calendar)
    frames = tuple(_frames(report, parse, setting))
    if not frames:
        return Reading(report=report, extractor=EXTRACTOR, notes=notes)
    found = mentions(report, frames, _spare(report, frames, setting))
    return Reading(report=report, extractor=EXTRACTOR, mentions=found, notes=notes)


def _frames(report: Report, parse: Parse, setting: _Setting) -> Iterator[Frame]:
    """Every frame of a report in reading order."""
    day, pack, place = setting.day, setting.words, dateline(report)
    named = actors(report.text, day, pack, home(report.outlet, place, pack))
    cut = worth(sentences(report, pack), named, pack)
    if not cut:
        return
    here = town(actors(place.title(), day, pack, None)) if place else None
    standing = voices(report, actors(report.outlet, day, pack, None), named, pack)
    before: Source | None = None
    sporting = is_sport(report.text, pack)
    for found, parsed in _scenes(cut, parse, named, here, pack):
        spoken = attributions(found, parsed, pack, before)
        before = spoken[0].source if spoken else before
        for frame in _scene_frames(_Heard(found, parsed, (*spoken, *standing)), setting):
            if not sporting or any(a.rank in RANKED for a, _ in frame.sides):
                yield frame


def _scenes(
    cut: Sequence[Sentence],
    parse: Parse,
    named: tuple[Actor, ...],
    here: Actor | None,
    pack: Words,
) -> Iterator[tuple[Scene, Tree]]:
    """Every sentence with all that it holds, parsed, in reading order."""
    shown = [masked(s, inside(s, named), pack) for s in cut]
    person: Actor | None = None
    for sentence, mask, seen in zip(cut, shown, parse([m.text for m in shown]), strict=True):
        tokens = mask.restored(seen)
        found = scene(sentence, tokens, named, person, here)
        yield found, tree(tokens, pack["role.object_control"])
        person = topic(found, pack) or person


def _scene_frames(heard: _Heard, setting: _Setting) -> Iterator[Frame]:
    """The frames of one sentence."""
    found = triggers(heard.tree, places(heard.scene), setting.words)
    dated = _dated(heard.scene, setting) if found else ()
    others = tuple(t.token.i for t in found)
    for trigger in found:
        if is_habit(heard.tree, trigger, setting.words):
            continue
        players = cast(heard.scene, heard.tree, trigger, setting.words)
        reach = Reach(trigger, players.verbs, others)
        when = days(heard.scene, heard.tree, reach, dated, setting.words)
        for part in apart(players):
            yield _frame(heard, trigger, part, when, setting)


def _dated(found: Scene, setting: _Setting) -> tuple[Dated, ...]:
    """The date expressions of a sentence with offsets into the report's text."""
    base = found.sentence.start
    return tuple(
        Dated(d.start + base, d.end + base, d.text, d.forward, d.backward)
        for d in dates(found.sentence.text, setting.day, setting.calendar)
    )


def _frame(heard: _Heard, trigger: Trigger, players: Cast, when: Days, setting: _Setting) -> Frame:
    """One trigger with all that the sentence says of it."""
    found, parsed, pack, day = heard.scene, heard.tree, setting.words, setting.day
    ruled, judged, own = _judged(parsed, trigger, when, setting)
    source = _source_at(heard.spoken, found.sentence.start + trigger.token.start)
    # Who briefs without a name in an office's own document speaks for the office.
    official = any(s.cue == DOCUMENT for s in heard.spoken)
    unnamed = source is not None and source.source_class is SourceClass.OFFICIAL_UNNAMED
    judged = weighed(judged, None if official and unnamed else source, own, ruled, pack)
    return Frame(
        scene=found,
        trigger=trigger,
        kind=kind(trigger, players.sides, ruled.clause, pack),
        sides=players.sides,
        place=players.place,
        around=lone_place(found, parsed, pack) if players.place is None else None,
        when=own,
        judged=(judged,),
        source=source,
        said=said_on(((when.said,) if when.said else ()) + when.done, day),
        loose=not when.own,
        then=follows(parsed, trigger, pack),
        lasts=duration(found, trigger, setting.calendar, pack),
        agenda=agenda(found, parsed, trigger, players.verbs, pack),
        background=recalled(ruled, parsed, judged.status, own[0] if own else None, day, pack),
        collective=players.collective,
    )


def _judged(
    parsed: Tree, trigger: Trigger, when: Days, setting: _Setting
) -> tuple[Governed, Judged, tuple[When, ...]]:
    """What governs a trigger, how far it has come, and which dates go with that.

    How far it has come hangs on the date, and which date is meant on how far it has come: the
    tense reads the date first, then the status reads it again.
    """
    pack, day = setting.words, setting.day
    back = looks_back(governed(parsed, trigger, pack, Lie()), parsed, pack)
    own = when.behind() if back else when.ahead(day)
    ruled = governed(parsed, trigger, pack, lie(own, day))
    ruled = replace(ruled, hearsay=hearsay(ruled, parsed, pack))
    judged = judge(ruled, parsed, pack)
    if judged.status is Status.HELD:
        own = when.behind()
    elif judged.status in {Status.POSTPONED, Status.CANCELLED}:
        own = when.ahead(day)
    return ruled, judged, tuple(w for w in own if possible(w, judged.status, day))


def _source_at(spoken: tuple[Spoken, ...], at: int) -> Source | None:
    """Whose word the character is: the innermost attribution around it."""
    around = [s for s in spoken if s.start <= at < s.end]
    return min(around, key=lambda s: s.end - s.start).source if around else None


def _spare(report: Report, frames: tuple[Frame, ...], setting: _Setting) -> Spare:
    """What the report's other dates can date; nothing without a day of publication."""
    if setting.day is None:
        return Spare()
    day, calendar = setting.day, setting.calendar
    body = (s for s in sentences(report, setting.words) if not s.headline)
    # Behind the lead only days with a figure count.
    dated = [
        (s, dates(s.text, day, calendar) if k < LEAD or any(map(str.isdigit, s.text)) else ())
        for k, s in enumerate(body)
    ]
    return spare(dated, frames, day)

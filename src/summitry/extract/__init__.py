"""Read a report and write down what it claims about engagements.

A cascade: gate, sentences, who, what, whose word, how surely, when, where, about what, how
far, news or background. Each module answers one question and knows nothing of the others;
``read`` asks them in turn.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from summitry.errors import UnknownLanguage
from summitry.extract._evidence import View
from summitry.extract._fitting import possible
from summitry.extract._governing import governed
from summitry.extract._shares import Days
from summitry.extract._tense import hearsay, looks_back
from summitry.extract._tree import Tree, tree
from summitry.extract._values import (
    PRESENCE,
    Actor,
    Dated,
    Frame,
    Lie,
    Scene,
    Spare,
    Spoken,
    Trigger,
)
from summitry.extract.agenda import agenda
from summitry.extract.attribution import DOCUMENT, afterwards, attributions, voices
from summitry.extract.background import long_ago, recalled
from summitry.extract.dating import Reach, centred, days, duration, follows, stated
from summitry.extract.gate import passes as _passes
from summitry.extract.gate import worth_reading as _worth_reading
from summitry.extract.kind import kind
from summitry.extract.masking import masked
from summitry.extract.mentions import mentions
from summitry.extract.noise import RANKED, is_habit, is_sport
from summitry.extract.opinions import (
    Sighting,
    Verdict,
    afar_by,
    by_rule,
    by_sentence,
    cast_by,
    days_by,
    is_engagement,
    is_there,
    topics_by,
    verdict,
)
from summitry.extract.passages import meant, passages
from summitry.extract.promising import promising
from summitry.extract.roles import apart, cast, lone_place
from summitry.extract.scenes import inside, places, scene, topic, town
from summitry.extract.seats import seated
from summitry.extract.sentences import dateline, sentences
from summitry.extract.spare import LEAD, spare
from summitry.extract.status import judge
from summitry.extract.terms import instruments
from summitry.extract.terms import terms as _terms
from summitry.extract.timing import lie, said_on
from summitry.extract.weight import weighed
from summitry.extract.what import called_on, triggers
from summitry.extract.when import dates
from summitry.extract.who import actors, home
from summitry.extract.worth import worth
from summitry.lang import (
    Ask,
    Heard,
    Parse,
    Passage,
    Sieve,
    Token,
    Weights,
    WhenWords,
    Words,
    sieve,
    silent,
    weights,
    when_words,
    words,
)
from summitry.model import (
    Deadline,
    Kind,
    Reading,
    Report,
    Sentence,
    Source,
    SourceClass,
    Status,
    When,
)

__all__ = ["EXTRACTOR", "passes", "read", "sightings", "terms", "worth_reading"]

EXTRACTOR = "cascade/8"
_MONTH = 31
"""Days above which an interval says of a stay only that it has been."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """What is known of a report before any of its sentences is read."""

    day: date | None
    """The day of publication, where known."""
    words: Words
    calendar: WhenWords
    weights: Weights
    sieve: Sieve


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence: who is in it, its parse, and whose word each stretch of it is."""

    scene: Scene
    tree: Tree
    spoken: tuple[Spoken, ...]
    passage: Passage
    said: Heard
    """What the learned reader holds of it."""
    nth: int
    """Which of the sentences shown it is."""
    board: tuple[tuple[Actor | Dated | None, ...], ...]
    """For each of the sentences shown what its spans stand for."""


def passes(report: Report) -> bool:
    """Whether the gate lets a report through; False for a language without a pack."""
    try:
        return _passes(report, words(report.language))
    except UnknownLanguage:
        return False


def worth_reading(page: Report) -> bool:
    """Whether a report that is a part of this one, as an article of its page, could pass."""
    try:
        return _worth_reading(page, words(page.language))
    except UnknownLanguage:
        return False


def read(report: Report, parse: Parse, ask: Ask = silent) -> Reading:
    """Read one report; the same report, parser and reader always give the same reading.

    Args:
        report: The report.
        parse: The parser of its language.
        ask: The learned reader of its language; without one the rules decide alone.
    """
    try:
        pack, calendar = words(report.language), when_words(report.language)
    except UnknownLanguage as error:
        return Reading(report=report, extractor=EXTRACTOR, notes=(str(error),))
    notes = () if report.published else ("no publication time: relative dates stay open",)
    if not _passes(report, pack):
        return Reading(report=report, extractor=EXTRACTOR, notes=notes)
    setting = _Setting(
        _day(report), pack, calendar, weights(report.language), sieve(report.language)
    )
    frames = tuple(_frames(report, parse, ask, setting))
    if not frames:
        return Reading(report=report, extractor=EXTRACTOR, notes=notes)
    found = mentions(report, frames, _spare(report, frames, setting))
    return Reading(report=report, extractor=EXTRACTOR, mentions=found, notes=notes)


def terms(report: Report) -> tuple[Deadline, ...]:
    """When the terms of agreements end, as a report says; nothing without a day of publication.

    No parser is needed: a report that names no instrument costs one scan.
    """
    named = instruments(report.text)
    day = _day(report)
    if not named or day is None:
        return ()
    try:
        pack, calendar = words(report.language), when_words(report.language)
    except UnknownLanguage:
        return ()
    dated = ((s, dates(s.text, day, calendar)) for s in sentences(report, pack))
    return tuple(_terms(report, named, dated, day, pack))


def sightings(report: Report, parse: Parse, ask: Ask) -> Iterator[Sighting]:
    """Every word of a report of which the reader holds anything: what weights are fitted on.

    Raises:
        UnknownLanguage: There is no pack for its language.
    """
    code = report.language
    setting = _Setting(_day(report), words(code), when_words(code), weights(code), sieve(code))
    for heard in _sentences(report, parse, ask, setting):
        yield from _sightings(heard, setting)


def _day(report: Report) -> date | None:
    """The day of publication, where known."""
    return report.published.date() if report.published else None


def _frames(report: Report, parse: Parse, ask: Ask, setting: _Setting) -> Iterator[Frame]:
    """Every frame of a report in reading order."""
    sporting = is_sport(report.text, setting.words)
    for heard in _sentences(report, parse, ask, setting):
        for frame in _scene_frames(heard, setting):
            if not sporting or any(a.rank in RANKED for a, _ in frame.sides):
                yield frame


def _sentences(report: Report, parse: Parse, ask: Ask, setting: _Setting) -> Iterator[_Sentence]:
    """Every sentence that is worth it, parsed, attributed and heard, in reading order."""
    day, pack, place = setting.day, setting.words, dateline(report, setting.words)
    named = actors(report.text, day, pack, home(report.outlet, place, pack))
    every = sentences(report, pack)
    could = worth(every, named, pack)
    cut = promising(could, named, setting.sieve, pack)
    if not cut:
        return
    place_of = {s: n for n, s in enumerate(every)}
    wanted = [place_of[s] for s in cut]
    dated = [_plain(s, setting) for s in cut]
    shown = tuple(passages(every, wanted, named, dated, pack))
    board = tuple(tuple(meant(p, s, named, d)) for p, s, d in zip(shown, cut, dated, strict=True))
    here = town(actors(place.title(), day, pack, None)) if place else None
    standing = voices(report, actors(report.outlet, day, pack, None), named, pack)
    standing += tuple(afterwards(every, named, pack))
    before: Source | None = None
    seen = zip(_scenes(cut, parse, named, here, pack), shown, ask(shown), strict=True)
    for nth, ((found, parsed), passage, said) in enumerate(seen):
        spoken = attributions(found, parsed, pack, before)
        before = spoken[0].source if spoken else before
        yield _Sentence(found, parsed, (*spoken, *standing), passage, said, nth, board)


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


def _scene_frames(heard: _Sentence, setting: _Setting) -> Iterator[Frame]:
    """The frames of one sentence: by the rules alone where no reader was asked."""
    pack = setting.words
    if not heard.said.asked:
        for view in _views(heard, setting):
            for part in apart(seated(view.cast, heard.scene), view.trigger, heard.tree, pack):
                yield _frame(heard, replace(view, cast=part), setting)
        return
    found = (*_read_frames(heard, setting), *_there(heard, setting))
    yield from sorted(found, key=lambda f: f.trigger.token.i)


def _there(heard: _Sentence, setting: _Setting) -> Iterator[Frame]:
    """Who the rules see in another state, where the reader holds nothing of the word at all.

    Of 19 such words in the labelled reports 16 speak of an engagement.
    """
    ruled = triggers(heard.tree, places(heard.scene), setting.words)
    others = tuple(t.token.i for t in ruled)
    for trigger in ruled:
        if trigger.sort != PRESENCE or _heard_of(heard, trigger.token):
            continue
        if is_habit(heard.tree, trigger, setting.words):
            continue
        view = _view(heard, trigger, True, _dated(heard.scene, setting), others, setting)
        if is_there(view):
            frame = _frame(heard, replace(view, cast=seated(view.cast, heard.scene)), setting)
            held = view.judged.status is Status.HELD
            yield replace(
                frame,
                judged=tuple(by_rule(j) for j in frame.judged),
                background=frame.background or (held and _recalled(view.own, setting.day)),
            )


def _recalled(own: tuple[When, ...], day: date | None) -> bool:
    """Whether a stay is long over, or told too vaguely for news: "earlier this year"."""
    return long_ago(own, day) or any(w.days > _MONTH for w in own)


def _heard_of(heard: _Sentence, token: Token) -> bool:
    """Whether the reader holds anything of a verb or of what hangs on it: "is due"."""
    tokens = heard.tree.tokens
    near = [tokens[k] for k in (token.i, *heard.tree.children(token.i, "acomp", "advmod"))]
    spans = [(o.start, o.end) for o in heard.said.opinions]
    return any(t.start < end and start < t.end for t in near for start, end in spans)


def _read_frames(heard: _Sentence, setting: _Setting) -> Iterator[Frame]:
    """The frames of one sentence as rules and reader together hold them."""
    pack = setting.words
    every = ((s, is_engagement(s, setting.weights)) for s in _sightings(heard, setting))
    chosen = [(s, sure) for s, sure in every if sure]
    others = [s.view.trigger for s, _ in chosen]
    for seen, sure in chosen:
        when = days_by(seen, setting.weights)
        players = seated(cast_by(seen, heard.said, setting.weights, pack), heard.scene)
        topics = topics_by(seen.view.trigger, heard.said, heard.scene, others, pack)
        held = verdict(seen, heard.said, setting.weights)
        parts = apart(players, seen.view.trigger, heard.tree, pack)
        if len(parts) > 1 and held.kind is Kind.SUMMIT:
            held = replace(held, kind=Kind.BILATERAL)  # each of them is of two
        for part in parts:
            view = replace(seen.view, cast=part, days=when)
            frame = _weighed(heard, view, held, setting)
            yield replace(
                frame,
                agenda=topics or frame.agenda,
                held=sure,
                word=(heard.nth, seen.opinion.start),
                same=seen.opinion.same,
                afar=tuple(afar_by(seen.opinion, heard.board)),
            )


def _sightings(heard: _Sentence, setting: _Setting) -> Iterator[Sighting]:
    """Every word of which the reader holds anything, beside what the rules hold of it."""
    found, parsed, pack = heard.scene, heard.tree, setting.words
    ruled = triggers(parsed, places(found), pack)
    seen = tuple(by_sentence(ruled, heard.said, parsed, pack))
    dated = _dated(found, setting) if seen else ()
    others = tuple(t.token.i for t, _, _ in seen)
    for trigger, known, opinion in seen:
        if known and is_habit(parsed, trigger, pack):
            continue
        if not known and called_on(parsed, trigger.token.i, pack):
            continue
        view = _view(heard, trigger, known, dated, others, setting)
        yield Sighting(opinion, view, heard.passage, found, parsed, dated)


def _views(heard: _Sentence, setting: _Setting) -> Iterator[View]:
    """What the rules hold of each word of their lists."""
    ruled = triggers(heard.tree, places(heard.scene), setting.words)
    dated = _dated(heard.scene, setting) if ruled else ()
    others = tuple(t.token.i for t in ruled)
    for trigger in ruled:
        if not is_habit(heard.tree, trigger, setting.words):
            yield _view(heard, trigger, True, dated, others, setting)


def _view(
    heard: _Sentence,
    trigger: Trigger,
    known: bool,
    dated: Sequence[Dated],
    others: tuple[int, ...],
    setting: _Setting,
) -> View:
    """What the rules hold of one word."""
    found, parsed, pack, day = heard.scene, heard.tree, setting.words, setting.day
    players = cast(found, parsed, trigger, pack)
    when = days(found, parsed, Reach(trigger, players.verbs, others), dated, pack)
    back = looks_back(governed(parsed, trigger, pack, Lie()), parsed, pack)
    own = when.behind() if back else when.ahead(day)
    ruled = governed(parsed, trigger, pack, lie(own, day))
    ruled = replace(ruled, hearsay=hearsay(ruled, parsed, pack))
    judged = judge(ruled, parsed, pack)
    # How far it has come hangs on the date, and which date is meant on how far it has come.
    if judged.status in {Status.HELD, Status.POSTPONED, Status.CANCELLED}:
        own = _read(when, judged.status, day)
    own = tuple(w for w in own if possible(w, judged.status, day))
    source = _source_at(heard.spoken, found.sentence.start + trigger.token.start)
    # Who briefs without a name in an office's own document speaks for the office.
    official = any(s.cue == DOCUMENT for s in heard.spoken)
    unnamed = source is not None and source.source_class is SourceClass.OFFICIAL_UNNAMED
    judged = weighed(judged, None if official and unnamed else source, own, ruled, pack)
    return View(
        trigger=trigger,
        known=known,
        cast=players,
        days=when,
        own=own,
        governed=ruled,
        judged=judged,
        kind=kind(trigger, players.sides, ruled.clause, pack),
        past=recalled(ruled, parsed, judged.status, own[0] if own else None, day, pack),
        back=back,
        source=source,
        headline=found.sentence.headline,
    )


def _plain(sentence: Sentence, setting: _Setting) -> tuple[Dated, ...]:
    """The date expressions of a sentence with offsets into it."""
    found = dates(sentence.text, setting.day, setting.calendar)
    found = stated(sentence.text, found, setting.words)
    return centred(sentence.text, found, setting.words)


def _dated(found: Scene, setting: _Setting) -> tuple[Dated, ...]:
    """The date expressions of a sentence with offsets into the report's text."""
    base = found.sentence.start
    return tuple(
        Dated(d.start + base, d.end + base, d.text, d.forward, d.backward)
        for d in _plain(found.sentence, setting)
    )


def _frame(heard: _Sentence, view: View, setting: _Setting) -> Frame:
    """One word of engagement with all that the sentence says of it."""
    found, parsed, pack = heard.scene, heard.tree, setting.words
    trigger, players, when = view.trigger, view.cast, view.days
    return Frame(
        scene=found,
        trigger=trigger,
        kind=kind(trigger, players.sides, view.governed.clause, pack),
        sides=players.sides,
        place=players.place,
        around=lone_place(found, parsed, pack) if players.place is None else None,
        when=view.own,
        judged=(view.judged,),
        source=view.source,
        said=said_on(((when.said,) if when.said else ()) + when.done, setting.day),
        loose=not view.own,
        then=follows(parsed, trigger, pack),
        lasts=duration(found, trigger, setting.calendar, pack),
        agenda=agenda(found, parsed, trigger, players.verbs, pack),
        background=view.past,
        collective=players.collective,
    )


def _weighed(heard: _Sentence, view: View, held: Verdict, setting: _Setting) -> Frame:
    """The frame of a word as rules and reader together hold it."""
    status, day = held.judged.status, setting.day
    own = tuple(w for w in _read(view.days, status, day) if possible(w, status, day))
    judged = weighed(held.judged, held.source, own, view.governed, setting.words)
    return replace(
        _frame(heard, replace(view, own=own, judged=judged, source=held.source), setting),
        kind=held.kind,
        background=held.past or (judged.status is Status.HELD and long_ago(own, day)),
    )


def _read(when: Days, status: Status, day: date | None) -> tuple[When, ...]:
    """The dates in the direction in which a status reads them."""
    return when.behind() if status is Status.HELD else when.ahead(day)


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

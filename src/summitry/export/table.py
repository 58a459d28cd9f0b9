"""The diary as a page for the eye: one heading a day, one line an engagement."""

from collections.abc import Sequence
from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from summitry.export._lanes import lanes
from summitry.export._words import day, place, plain, said, sides, state, stretch, value_words
from summitry.gazetteer import tracks
from summitry.model import Basis, Deadline, Diary, Due, Engagement, Grade, Status, When

__all__ = ["SHAPES", "diary_lines", "diary_table"]

SHAPES = {
    Status.FLOATED: ("○", "yellow"),
    Status.IN_PREPARATION: ("◔", "yellow"),
    Status.ANNOUNCED: ("◑", "cyan"),
    Status.CONFIRMED: ("●", "green"),
    Status.HELD: ("✔", "green"),
    Status.POSTPONED: ("↷", "magenta"),
    Status.CANCELLED: ("✕", "red"),
    Status.DENIED: ("⊘", "red"),
}
"""Shape and colour: the shape fills as a plan comes true, so that no colour is needed."""

DUE = {Due.ROUND: "◆ round", Due.EXPIRY: "▼ expiry", Due.REVIEW: "◇ review"}
"""What a track sets by itself has a sign of its own; what is only expected, a question mark."""

_MARKS = {Grade.CENTRAL: "", Grade.LISTED: "", Grade.POSSIBLE: "?", Grade.EXCLUDED: " (not)"}
_ID = 8
"""Characters of an id shown: two of 10,000 engagements share them once in 100 diaries."""


def diary_table(diary: Diary, width: int) -> str:
    """The page, with colours as ANSI sequences.

    Args:
        diary: What to show.
        width: Columns of the terminal, at least 60.
    """
    out = StringIO()
    console = Console(
        file=out, width=max(width, 60), force_terminal=True, highlight=False, emoji=False
    )
    return _drawn(diary, out, console)


def diary_lines(diary: Diary, width: int) -> str:
    """The same page without colours, for a file."""
    out = StringIO()
    console = Console(file=out, width=max(width, 60), no_color=True, highlight=False, emoji=False)
    return _drawn(diary, out, console)


def _drawn(diary: Diary, out: StringIO, console: Console) -> str:
    many = len(diary.engagements)
    head = Text(f"Diary as of {day(diary.as_of.date())}", style="bold")
    due = len(diary.deadlines)
    head.append(f" · {many} engagement{'' if many == 1 else 's'}", style="not bold")
    if due:
        head.append(f" · {due} deadline{'' if due == 1 else 's'}", style="not bold")
    console.print(head)
    for _, heading, entries in lanes(diary):
        console.print()
        console.print(Text(heading, style="bold underline"))
        console.print(_rows(entries, heading))
    return out.getvalue()


def _rows(entries: Sequence[Engagement | Deadline], heading: str) -> Table:
    """The lines under one heading."""
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(width=18, no_wrap=True)
    table.add_column(ratio=3)
    table.add_column(ratio=2)
    table.add_column(width=_ID, no_wrap=True)
    for e in entries:
        if isinstance(e, Deadline):
            table.add_row(*_due(e, heading))
        else:
            table.add_row(_status(e), _who(e), _what(e, heading), Text(e.id[:_ID], style="dim"))
    return table


def _due(e: Deadline, heading: str) -> tuple[Text, Text, Text, Text]:
    """The line of a deadline: its sign, its name, its track, where and on what basis."""
    doubt = "?" if e.basis is Basis.EXPECTED else ""
    known = tracks().get(e.track)
    name = known.name if known else e.track
    same = e.title.startswith(name)
    who = Text(plain(e.title if same else f"{name}: {e.title}"))
    parts = [place(e.place)] if e.place else []
    what = Text(" · ".join([*parts, e.basis.value]), style="dim")
    if _unsaid(e.when, heading):
        what.append(f"\n{stretch(e.when)}")
    # The last column of an engagement is an id to ask after; of a deadline, its track.
    return (
        Text(f"  {DUE[e.what]}{doubt}", style="blue"),
        who,
        what,
        Text(e.track[:_ID], style="dim"),
    )


def _status(e: Engagement) -> Text:
    shape, colour = SHAPES[e.status.value]
    text = Text(f"  {shape} {value_words(e.status.value)}", style=colour)
    if e.unresolved:
        text.append("\n    no word since", style="dim")
    if e.chance:
        low, high = (f"{share:.0%}".rstrip("%") for share in (e.chance.low, e.chance.high))
        text.append(f"\n    {e.chance.p:.0%} ({low}-{high})", style="dim")
    return text


def _who(e: Engagement) -> Text:
    """The parties, the agenda, and where the sources contradict one another."""
    text = Text(sides(p.value for p in e.parties))
    topics = [plain(t.value.topic) + _MARKS[t.value.grade] for t in e.agenda]
    if topics:
        text.append("\n" + "; ".join(topics), style="italic")
    for clash in e.contradictions:
        text.append(
            f"\n⚠ {clash.slot.value}: {value_words(clash.ours.value)} per {said(clash.ours)},"
            f" but {value_words(clash.theirs.value)} per {said(clash.theirs)}",
            style="red",
        )
    return text


def _what(e: Engagement, heading: str) -> Text:
    """Kind, place, the days that the heading does not say, and who stands behind it."""
    parts = [value_words(e.kind.value)]
    if e.place:
        parts.append(place(e.place.value))
    text = Text(" · ".join(parts))
    if e.when:
        when = e.when.value
        if _unsaid(when, heading):
            text.append(f"\n{stretch(when)}")
        if when.time:
            text.append(f"\n{plain(when.time)}")
    many = e.independent_sources
    text.append(f"\n{many} independent source{'' if many == 1 else 's'}", style="dim")
    if not e.background:
        text.append(f"\n{_official(e)}", style="dim")
    if e.track and e.track in tracks():
        text.append(f"\n{tracks()[e.track].name}", style="dim")
    if e.approved:
        text.append(f"\napproved by {plain(e.approved.author)}", style="dim")
    return text


def _unsaid(when: When, heading: str) -> bool:
    """Whether a heading does not say these very days."""
    return stretch(when).casefold() != heading.casefold()


def _official(e: Engagement) -> str:
    """Which sides have spoken officially, and which have not yet."""
    spoken = [f"{state(o.state)} {value_words(o.word)}" for o in e.official if o.word]
    silent = [state(o.state) for o in e.official if not o.word]
    if not spoken:
        return "no official word yet"
    return "; ".join([*spoken, *([f"no word from {', '.join(silent)}"] if silent else [])])

"""What does each side say it will speak of, and who is silent?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from summitry.desk._who import speaks_for
from summitry.gazetteer import fold
from summitry.model import (
    Attested,
    Claim,
    Engagement,
    Grade,
    Party,
    SideWord,
    SourceClass,
    Stand,
    Topic,
    TopicWords,
)

__all__ = ["agenda"]

_NOBODYS = frozenset({SourceClass.OUTLET, SourceClass.ANALYST, SourceClass.OTHER_MEDIA})
"""Who speaks for no side, whatever state is attributed to them."""


def agenda(engagement: Engagement) -> tuple[TopicWords, ...]:
    """Each topic with the sides' words on it, in order of first mention.

    *Shared*: two sides name it. *Disputed*: one side excludes what another names. *One-sided*:
    one side alone has spoken of it. *Unowned*: reports name it, but no side has. A side's last
    claim on a topic stands for it, and unnamed sources of a side speak for it too: their class
    is in the claim. Who speaks of "war in Ukraine" has named "Ukraine", but not the other way
    round.
    """
    age = {mention: n for n, (_, _, mention) in enumerate(engagement.mentions)}
    sides = tuple(dict.fromkeys(p.value.state for p in engagement.parties if p.value.state))
    parties = tuple(p.value for p in engagement.parties)
    return tuple(
        _topic(topic, sides, _said(_claims(topic, engagement.agenda), parties, age))
        for topic in engagement.agenda
    )


def _claims(topic: Attested[Topic], others: Sequence[Attested[Topic]]) -> Iterator[Claim]:
    """The claims on narrower topics, then its own, which count where one report has both."""
    words = set(fold(topic.value.topic).split())
    for other in others:
        if words and other is not topic and words <= set(fold(other.value.topic).split()):
            yield from (c for c in other.by if _grade(c) is not Grade.EXCLUDED)
    yield from (*topic.by, *topic.against)


def _grade(claim: Claim) -> Grade:
    """The grade of a topic's claim; excluded where the claim is of no topic."""
    return claim.value.grade if isinstance(claim.value, Topic) else Grade.EXCLUDED


def _topic(
    topic: Attested[Topic], sides: tuple[str, ...], said: Mapping[str, SideWord]
) -> TopicWords:
    words = tuple(said[side] for side in sides if side in said)
    return TopicWords(
        topic=topic,
        stand=_stand(words),
        words=words,
        silent=tuple(side for side in sides if side not in said),
    )


def _said(
    claims: Iterable[Claim], parties: Sequence[Party], age: Mapping[str, int]
) -> Mapping[str, SideWord]:
    """The newest word of each side."""
    said = {}
    for claim in sorted(claims, key=lambda c: age.get(c.mention, -1)):
        spoken = claim.source.source_class not in _NOBODYS
        side = speaks_for(claim.source, parties) if spoken else ""
        if side and isinstance(claim.value, Topic):
            said[side] = SideWord(side, claim.value.grade, claim)
    return said


def _stand(words: tuple[SideWord, ...]) -> Stand:
    out = [w.grade is Grade.EXCLUDED for w in words]
    if not words:
        return Stand.UNOWNED
    if any(out) and not all(out):
        return Stand.DISPUTED
    return Stand.SHARED if len(words) > 1 else Stand.ONE_SIDED

"""Which part of speech is each word of a sentence in Portuguese or Spanish?

The small words of a language are listed in its pack and its verbs conjugated; what is left is a
name by its capital, an adjective behind a noun, or a noun.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from summitry.lang._forms import Form, forms
from summitry.lang._nodes import Node
from summitry.lang.words import Words

__all__ = ["sorted_out"]

_WORD = re.compile(r"\d+(?:[.,:]\d+)*(?:[ºª°]|\.[ºª])?|[^\W\d_]+(?:[-’'.][^\W_]+)*|\d+\w+|\S")
_CLITIC = re.compile(r"-(?:se|lhes?|[lmn]?[oa]s?|nos|me)$")
_INSIDE = re.compile(r"-se-|-lhe-|-lo-|-o-")
_JOINED = re.compile(r"(?:(?<=[aeiáéío]r)|(?<=ndo))(?:se|los?|las?|les?)$")
_ENDINGS = (
    ("future", re.compile(r"[aei]r(?:á|án|ão)$")),
    ("conditional", re.compile(r"[aei]r[ií]a[mn]?$")),
    ("gerund", re.compile(r"(?:[aei]|ie)ndo$")),
    ("past", re.compile(r"(?:..ou|[aei]ram|..ó|aron|ieron)$")),
    ("imperfect", re.compile(r"(?:ava[m]?|aba[n]?)$")),
    ("participle", re.compile(r"..[aií]d[oa]s?$")),
    ("infinitive", re.compile(r"..[aei]r$")),
)
# Of these tenses is no condition: "se encontrará" is a meeting, "se encontrar" may be an if.
_TOLD = {"future", "past", "present", "imperfect"}
_LISTS = (
    *(f"event.noun.{n}" for n in ("visit", "meeting", "summit", "conference", "negotiation", "call")),
    *(f"title.{n}" for n in ("head", "foreign", "minister", "envoy", "official", "speaker", "peer")),
    *(f"source.{n}" for n in ("anonymous", "analyst", "media", "institution", "document", "publisher")),
    "cue.noun", "role.matter", "role.town", "role.measure", "source.report",
)  # fmt: skip
_VERBS = (
    "event.verb", "cue.speech", "cue.strict", "cue.light", "status.cancel", "status.postpone",
    "status.deny", "status.confirm", "status.prepare", "status.float", "status.planned",
    "status.fixed", "status.happens", "status.carries", "status.into", "status.over",
    "status.refuse", "role.object_control", "role.told", "agenda.intro", "agenda.focus",
    "parse.verb",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Known:
    """What a pack knows of single words."""

    forms: Mapping[str, tuple[Form, ...]]
    nouns: frozenset[str]
    adjectives: frozenset[str]
    names: frozenset[str]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    """Prepositions of several words and names of several words, by their first word."""
    plain: Mapping[str, str]


@cache
def _known(pack: Words) -> _Known:
    listed = {n for n in pack.lists if n.startswith(_VERBS)}
    verbs = {v for n in sorted(listed) for v in pack.rows[n] if _infinitive(v)}
    table = forms(pack.code, sorted(verbs | set(pack["parse.verb"])))
    nouns = {w for n in _LISTS for w in pack[n] if " " not in w}
    own = (nouns | pack["parse.noun"] | pack["parse.taking"]) - verbs
    several = [p for p in pack["parse.preposition"] if " " in p]
    names = [n for n in pack.names if " " in n and n[0].isupper()]
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for text in (*several, *names):
        parts = tuple(text.split())
        phrases.setdefault(parts[0], []).append(parts)
    return _Known(
        table,
        frozenset(own - pack["parse.adjective"] | pack["parse.noun"]),
        frozenset(n for n in pack.names if n[0].islower())
        | pack["parse.adjective"]
        | pack["source.diplomatic"],
        frozenset(n.lower() for n in pack.names if n[0].isupper()),
        {k: tuple(sorted(v, key=len, reverse=True)) for k, v in phrases.items()},
        dict(p.split("=") for p in pack["parse.plain"]),
    )


def _infinitive(text: str) -> bool:
    return " " not in text.removeprefix("se ") and text[-2:] in {"ar", "er", "ir", "or", "ôr"}


def sorted_out(text: str, pack: Words) -> list[Node]:
    """The words of a sentence with lemma, part of speech and, for verbs, their tense.

    Relations are not given yet: every word heads itself.
    """
    known = _known(pack)
    nodes = [
        Node(i, start, end, word, word.lower(), "", "", i)
        for i, (start, end, word) in enumerate(_words(text, pack, known))
    ]
    for node in nodes:
        _sort(node, nodes, pack, known)
    for node in nodes:
        _again(node, nodes, pack)
        if node.i and text[nodes[node.i - 1].end : node.start] == "-" and node.pos == "PROPN":
            node.morph = {"joined": "Yes"}
    return nodes


def _words(text: str, pack: Words, known: _Known) -> Iterator[tuple[int, int, str]]:
    """Where the words stand; a phrase of the pack is one, a pronoun behind its verb another."""
    spans = [m.span() for m in _WORD.finditer(text)]
    k = 0
    while k < len(spans):
        size = _phrase([text[a:b] for a, b in spans[k : k + 8]], known)
        start, end = spans[k][0], spans[k + size - 1][1]
        k += size
        word = text[start:end]
        if size > 1:
            name = word[:1].isupper() and word.lower() in known.names
            yield start, end, word if name else _named(word, known)
            continue
        first, hyphen, second = word.partition("-")
        if second and (f"{first.lower()}-" in pack.names or _two_names(first, second, known)):
            yield start, start + len(first), first
            yield start + len(first) + len(hyphen), end, second
            continue
        cut = _cut(word, known)
        yield start, start + cut, word[:cut]
        if cut < len(word):
            yield start + cut, end, word[cut:].lstrip("-")


def _two_names(first: str, second: str, known: _Known) -> bool:
    """Whether a hyphen stands between two states: "Rússia-África"."""
    capitals = first[:1].isupper() and second[:1].isupper()
    whole = f"{first}-{second}".lower() in known.names
    return capitals and not whole and bool({first.lower(), second.lower()} & known.names)


def _named(phrase: str, known: _Known) -> str:
    """ "Na sequência da" under the name of its plain form: "na-sequência-de"."""
    *first, last = phrase.lower().split()
    return "-".join([*first, known.plain.get(last, last)])


def _phrase(words: Sequence[str], known: _Known) -> int:
    """How many words belong to one preposition or name."""
    first = words[0]
    for parts in (*known.phrases.get(first, ()), *known.phrases.get(first.lower(), ())):
        here = words[: len(parts)]
        if parts[0][0].isupper():
            if tuple(here) == parts:
                return len(parts)
            continue
        low = [w.lower() for w in here]
        low[-1] = known.plain.get(low[-1], low[-1])
        if tuple(low) == parts:
            return len(parts)
    return 1


def _cut(word: str, known: _Known) -> int:
    """Where a pronoun begins that is written behind its verb; else the word's length."""
    low = word.lower()
    for mark in (_CLITIC, _JOINED):
        found = mark.search(low)
        if found is None or low in known.nouns:
            continue
        stem = low[: found.start()]
        if stem in known.forms or any(e.search(stem) for _, e in _ENDINGS):
            return found.start()
        if _restored(stem) in known.forms:
            return found.start()
    return len(word)


def _restored(stem: str) -> str:
    """ "Recebê-lo", "reunámo-nos": the form before the pronoun took its end."""
    for short, whole in (("á", "ar"), ("ê", "er"), ("í", "ir"), ("mo", "mos")):
        if stem.endswith(short):
            return stem.removesuffix(short) + whole
    return stem


def _sort(node: Node, nodes: Sequence[Node], pack: Words, known: _Known) -> None:
    """Part of speech, lemma and tense of one word, by itself and what stands before it."""
    low, text = node.low, node.text
    before = nodes[node.i - 1] if node.i else None
    after = nodes[node.i + 1] if node.i + 1 < len(nodes) else None
    if not any(c.isalnum() for c in text):
        node.pos = "PUNCT"
    elif text[0].isdigit():
        node.pos = "NUM"
    elif "-" in low and low.replace("-", " ") in pack["parse.preposition"]:
        node.pos = "ADP"
    elif low in pack["parse.not"] and low not in pack["parse.and"]:
        node.pos, node.morph = "ADV", {"Polarity": "Neg"}
    elif (pos := _small(node, before, after, pack, known)) is not None:
        node.pos = pos
    elif low in pack["parse.dates"]:
        node.pos = "NOUN"
    elif (form := _form(node, before, after, pack, known)) is not None:
        node.pos, node.lemma = "VERB", form.lemma
        node.morph = {"tense": form.tense, "Number": "Plur" if form.plural else "Sing"}
    else:
        node.pos = _rest(node, before, after, known)
        node.lemma = _singular(low, known.nouns) if node.pos == "NOUN" else low
    if node.pos == "ADJ" and before is not None and before.pos in {"NOUN", "PROPN", "ADJ"}:
        node.morph = {"place": "behind"}


def _small(
    node: Node, before: Node | None, after: Node | None, pack: Words, known: _Known
) -> str | None:
    """The class of a word that is listed."""
    low = node.low
    following = after.low if after is not None else ""
    verb = following in known.forms and following not in known.nouns
    clitic = low in pack["parse.clitic"] and verb and not _only_infinitive(following, known)
    behind = before is not None and before.pos == "VERB" and before.end == node.start
    if low in pack["parse.reflexive"]:
        told = any(f.tense in _TOLD for f in known.forms.get(following, ()))
        inside = before is not None and before.pos not in {"PUNCT", "CCONJ"}
        reflexive = behind or (verb and (told or inside))
        return "SCONJ" if low in pack["parse.conjunction"] and not reflexive else "PRON"
    if low in pack["parse.clitic"] and (behind or (clitic and not _cased(before))):
        return "PRON"
    if low in pack["parse.both"]:
        return _article_or_preposition(after, pack, known)
    determined = before is not None and before.pos in {"DET", "ADP", "NUM", "ADJ"}
    if low in pack["parse.adjective"] and determined and low in pack["parse.preposition_words"]:
        return "ADJ"
    if low in pack["parse.det"] | pack["parse.possessive"]:
        return "PRON" if following in pack["parse.relative"] else "DET"
    if low in pack["parse.relative"]:
        return "SCONJ"
    if low in pack["parse.preposition_words"]:
        return "ADP"
    if low in pack["parse.number"]:
        return "NUM"
    if low in pack["parse.pronoun"]:
        return "PRON"
    if low in pack["parse.and"]:
        return "CCONJ"
    if low in pack["parse.conjunction"]:
        return "SCONJ"
    if low in pack["parse.adverb"] or (low.endswith("mente") and low not in known.nouns):
        return "ADV"
    return None


def _cased(before: Node | None) -> bool:
    return before is not None and before.pos == "ADP"


def _only_infinitive(word: str, known: _Known) -> bool:
    return all(f.tense == "infinitive" for f in known.forms.get(word, ()))


def _article_or_preposition(after: Node | None, pack: Words, known: _Known) -> str:
    """ "A China" and "a Pequim", "a visita" and "a partir"."""
    if after is None:
        return "ADP"
    low = after.low
    if after.text[0].isdigit() or low in pack["parse.det"] | pack["parse.pronoun"]:
        return "ADP"
    if after.text[0].isupper():
        feminine = low in pack["parse.articled"] or low in known.nouns or low.endswith("ção")
        return "DET" if feminine else "ADP"
    if low in known.forms and low not in known.nouns and _only_infinitive(low, known):
        return "ADP"
    return "DET"


def _form(
    node: Node, before: Node | None, after: Node | None, pack: Words, known: _Known
) -> Form | None:
    """The form of a verb that a word is, if it is one here."""
    low = node.low
    every = known.forms.get(low) or known.forms.get(_restored(low) if after is not None and
                                                    after.low in pack["parse.clitic"] else "", ())
    if not every and "-" in low and (cut := _INSIDE.search(low)):
        every = known.forms.get(low[: cut.start()] + low[cut.end() :], ())
        if every:
            every = tuple(Form(f"se {f.lemma}", f.tense, f.plural) for f in every)
    nominal = before is not None and _opens_noun(before)
    named = node.text[0].isupper() and node.i > 0
    if named and (before is None or before.text not in {'"', "“", "«", ":", "-"}):
        return None
    if low in known.nouns and (nominal or before is None or before.pos in {"PUNCT", "CCONJ"}):
        return None
    if low in known.nouns and before is not None and before.pos in {"VERB", "NOUN"}:
        return None
    if not every:
        return _guessed(low, before)
    if nominal:
        # Behind an article or a preposition only an infinitive, or what stands for a noun.
        suited = [f for f in every if f.tense in {"infinitive", "participle", "gerund"}]
        if not suited or (before is not None and before.pos != "ADP" and
                          suited[0].tense == "infinitive"):
            return None
        return suited[0]
    return _best(every, low, after, pack)


def _opens_noun(before: Node) -> bool:
    """Whether a noun is still to come: behind an article, or an adjective in front."""
    if before.pos == "ADJ":
        return before.morph.get("place") != "behind"
    return before.pos in {"DET", "ADP", "NUM"}


def _best(
    every: Sequence[Form], low: str, after: Node | None, pack: Words
) -> Form:
    """Which of several forms: "foi a Pequim" is of going, "foi adiada" of being."""
    if len(every) == 1:
        return every[0]
    going = [f for f in every if f.lemma in pack["parse.go"]]
    if going and after is not None:
        onward = after.low in pack["role.prep.going"] and after.low not in pack["role.prep.lone"]
        onward = onward or after.low in {"a", "ao", "à", "al", "aos", "às"}
        others = [f for f in every if f not in going]
        return going[0] if onward or not others else others[0]
    order = ("present", "past", "imperfect", "future", "conditional", "participle", "infinitive")
    return min(every, key=lambda f: order.index(f.tense) if f.tense in order else len(order))


def _guessed(low: str, before: Node | None) -> Form | None:
    """The form of a verb that nobody has listed, by its ending and its place."""
    for tense, ending in _ENDINGS:
        if not ending.search(low):
            continue
        plural = low.endswith(_PLURAL)
        pos = before.pos if before is not None else ""
        if tense == "infinitive":
            fits = pos in {"ADP", "VERB"} and before is not None
        elif tense == "participle":
            fits = pos in {"NOUN", "PROPN", "VERB", "ADV", "PUNCT"}
        else:
            fits = pos not in {"DET", "ADP", "NUM", "ADJ", ""}
        return Form(low, tense, plural) if fits else None
    return None


_PLURAL = ("m", "n", "s", "ão")


def _rest(node: Node, before: Node | None, after: Node | None, known: _Known) -> str:
    """Name, adjective or noun."""
    low = node.low
    if node.text[0].isupper() and not (low in known.nouns and len(low) > 3):
        if node.i and (before is None or before.text not in {'"', "“", "«", ":"}):
            return "PROPN"
        if low in known.nouns or _singular(low, known.nouns) in known.nouns:
            return "NOUN"
        if low in known.names or (after is not None and after.text[:1].isupper()):
            return "PROPN"
        return "PROPN" if after is not None and after.low in known.forms else "NOUN"
    adjective = low in known.adjectives
    behind = before is not None and before.pos in {"NOUN", "PROPN", "ADJ"}
    if adjective and behind:
        return "ADJ"
    if low in known.nouns or _singular(low, known.nouns) in known.nouns:
        return "NOUN"
    if adjective and after is not None and after.text[0].isalpha():
        return "ADJ"
    return "ADJ" if behind and before is not None and before.pos == "NOUN" else "NOUN"


def _singular(low: str, nouns: frozenset[str]) -> str:
    """The singular that is known of a noun; else the word."""
    if low in nouns:
        return low
    for plural, single in (
        ("ções", "ção"), ("ões", "ão"), ("ciones", "ción"), ("iones", "ión"), ("ais", "al"),
        ("eis", "el"), ("ns", "m"), ("ces", "z"), ("es", ""), ("s", ""),
    ):  # fmt: skip
        if low.endswith(plural) and low.removesuffix(plural) + single in nouns:
            return low.removesuffix(plural) + single
    return low


def _again(node: Node, nodes: Sequence[Node], pack: Words) -> None:
    """What the words behind decide: an adjective that nothing follows is a noun."""
    after = nodes[node.i + 1] if node.i + 1 < len(nodes) else None
    before = nodes[node.i - 1] if node.i else None
    if node.pos == "DET" and (after is None or after.pos in {"PUNCT", "VERB", "ADP", "CCONJ"}):
        if not (after is not None and after.pos == "VERB" and
                after.morph.get("tense") in {"infinitive", "participle"}):
            node.pos = "PRON"
    determined = before is not None and before.pos in {"DET", "NUM"}
    alone = after is None or after.pos not in {"NOUN", "PROPN", "NUM", "ADJ"}
    if node.pos == "ADJ" and determined and alone:
        node.pos = "NOUN"

"""Which part of speech is each word of a sentence in Portuguese or Spanish?

The small words of a language are listed in its pack and its verbs conjugated; what is left is a
name by its capital, an adjective behind a noun, or a noun.
"""

import re
from collections.abc import Sequence

from summitry.lang._cut import cut, restored
from summitry.lang._forms import Form
from summitry.lang._known import ENDINGS, Known, known_of
from summitry.lang._nodes import Node
from summitry.lang.words import Words

__all__ = ["sorted_out"]

_INSIDE = re.compile(r"-se-|-lhe-|-lo-|-o-")
# A word of so many letters that ends like an infinitive is one more often than a noun.
_SHORT = 5
# Of these tenses is no condition: "se encontrará" is a meeting, "se encontrar" may be an if.
_TOLD = {"future", "past", "present", "imperfect"}


def sorted_out(text: str, pack: Words) -> list[Node]:
    """The words of a sentence with lemma, part of speech and, for verbs, their tense.

    Relations are not given yet: every word heads itself.
    """
    known = known_of(pack)
    nodes = [
        Node(i, start, end, word, word.lower(), "", "", i)
        for i, (start, end, word) in enumerate(cut(text, pack, known))
    ]
    for node in nodes:
        _sort(node, nodes, pack, known)
    for node in nodes:
        _again(node, nodes)
        if node.i and text[nodes[node.i - 1].end : node.start] == "-" and node.pos == "PROPN":
            node.morph = {"joined": "Yes"}
    return nodes


def _sort(node: Node, nodes: Sequence[Node], pack: Words, known: Known) -> None:
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
    elif (form := _form(node, nodes, pack, known)) is not None:
        node.pos, node.lemma = "VERB", form.lemma
        node.morph = {"tense": form.tense, "Number": "Plur" if form.plural else "Sing"}
    else:
        node.pos = _rest(node, before, after, known)
        node.lemma = _singular(low, known.nouns) if node.pos == "NOUN" else low
    if node.pos == "ADJ" and before is not None and before.pos in {"NOUN", "PROPN", "ADJ"}:
        node.morph = {"place": "behind"}


def _small(
    node: Node, before: Node | None, after: Node | None, pack: Words, known: Known
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
        # "Segundo disse o ministro": a clause, no phrase.
        told = low in pack["cue.as"] and verb and not _only_infinitive(following, known)
        return "SCONJ" if told else "ADP"
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


def _only_infinitive(word: str, known: Known) -> bool:
    return all(f.tense == "infinitive" for f in known.forms.get(word, ()))


def _article_or_preposition(after: Node | None, pack: Words, known: Known) -> str:
    """ "A China" and "a Pequim", "a visita" and "a partir"."""
    if after is None:
        return "ADP"
    low = after.low
    if low.endswith("s") and after.text[0].islower() and low not in pack["parse.dates"]:
        return "ADP"  # "a interlocutores": the article would have an s too
    if after.text[0].isdigit() or low in pack["parse.det"] | pack["parse.pronoun"]:
        return "ADP"
    if after.text[0].isupper():
        feminine = low in pack["parse.articled"] or low in known.nouns or low.endswith("ção")
        return "DET" if feminine else "ADP"
    infinitive = low in known.forms or (len(low) > _SHORT and low[-2:] in {"ar", "er", "ir"})
    if infinitive and low not in known.nouns and _only_infinitive(low, known):
        return "ADP"
    return "DET"


def _form(node: Node, nodes: Sequence[Node], pack: Words, known: Known) -> Form | None:
    """The form of a verb that a word is, if it is one here."""
    low = node.low
    before = nodes[node.i - 1] if node.i else None
    after = nodes[node.i + 1] if node.i + 1 < len(nodes) else None
    every = known.forms.get(low) or known.forms.get(
        restored(low) if after is not None and after.low in pack["parse.clitic"] else "", ()
    )
    if not every and "-" in low and (cut := _INSIDE.search(low)):
        every = known.forms.get(low[: cut.start()] + low[cut.end() :], ())
        if every:
            every = tuple(Form(f"se {f.lemma}", f.tense, f.plural) for f in every)
    nominal = before is not None and _opens_noun(before, low in known.nouns or not every)
    if before is not None and before.low in pack["role.both"] and every:
        nominal = False
    named = node.text[0].isupper() and node.i > 0
    if named and (before is None or before.text not in {'"', "“", "«", ":", "-"}):
        return None
    if low in known.nouns and (nominal or before is None or before.pos in {"PUNCT", "CCONJ"}):
        return None
    if low in known.nouns and before is not None and before.pos in {"VERB", "NOUN"}:
        return None
    if not every:
        opening = before is None and after is not None and after.pos == ""
        asked = opening and after is not None and after.low in pack["parse.preposition_words"]
        return _guessed(low, before, asked)
    if nominal:
        # Behind an article or a preposition only an infinitive, or what stands for a noun.
        suited = [f for f in every if f.tense in {"infinitive", "participle", "gerund"}]
        if not suited or (
            before is not None and before.pos != "ADP" and suited[0].tense == "infinitive"
        ):
            return None
        return suited[0]
    return _best(every, nodes[node.i + 1 : node.i + 3], pack, known)


def _opens_noun(before: Node, noun: bool) -> bool:
    """Whether a noun is still to come: behind an article, or an adjective in front.

    "Os dois discutiram": a number can stand for its noun.
    """
    if before.pos == "ADJ":
        return before.morph.get("place") != "behind"
    return before.pos in {"DET", "ADP"} or (before.pos == "NUM" and noun)


def _best(every: Sequence[Form], following: Sequence[Node], pack: Words, known: Known) -> Form:
    """Which of several forms: "foi a Pequim" is of going, "foi adiada" of being."""
    going = [f for f in every if f.lemma in pack["parse.go"]]
    others = [f for f in every if f not in going]
    if going and others:
        return going[0] if _onward(following, pack, known) else others[0]
    order = ("present", "past", "imperfect", "future", "conditional", "participle", "infinitive")
    return min(every, key=lambda f: order.index(f.tense) if f.tense in order else len(order))


def _onward(following: Sequence[Node], pack: Words, known: Known) -> bool:
    """Whether a place to go to follows."""
    if not following:
        return False
    low = following[0].low
    if low in pack["parse.both"]:
        after = following[1] if len(following) > 1 else None
        return _article_or_preposition(after, pack, known) == "ADP"
    return low in pack["role.prep.going"] - pack["parse.inside"]


def _guessed(low: str, before: Node | None, opening: bool) -> Form | None:
    """The form of a verb that nobody has listed, by its ending and its place."""
    for tense, ending in ENDINGS:
        if not ending.search(low):
            continue
        plural = low.endswith(_PLURAL)
        pos = before.pos if before is not None else ""
        if tense == "infinitive":
            fits = pos in {"ADP", "VERB"} and before is not None
        elif tense == "participle":
            fits = opening or pos in {"NOUN", "PROPN", "VERB", "ADV", "PUNCT"}
        else:
            fits = pos not in {"DET", "ADP", "NUM", "ADJ", ""}
        return Form(low, tense, plural) if fits else None
    return None


_PLURAL = ("m", "n", "s", "ão")


def _rest(node: Node, before: Node | None, after: Node | None, known: Known) -> str:
    """Name, adjective or noun."""
    low = node.low
    common = low in known.nouns and len(low) > 3 and (before is None or before.pos != "PROPN")
    if node.text[0].isupper() and not common:
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
    if adjective and after is not None and after.text[0].isalnum():
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


def _again(node: Node, nodes: Sequence[Node]) -> None:
    """What the words behind decide: an adjective that nothing follows is a noun."""
    after = nodes[node.i + 1] if node.i + 1 < len(nodes) else None
    before = nodes[node.i - 1] if node.i else None
    nominal = after is not None and after.morph.get("tense") in {"infinitive", "participle"}
    ends = after is None or after.pos in {"PUNCT", "VERB", "ADP", "CCONJ"}
    if node.pos == "DET" and ends and not nominal:
        node.pos = "PRON"
    determined = before is not None and before.pos in {"DET", "NUM"}
    alone = after is None or after.pos not in {"NOUN", "PROPN", "NUM", "ADJ"}
    if node.pos == "ADJ" and determined and alone:
        node.pos = "NOUN"

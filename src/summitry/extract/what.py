"""Which words of a sentence speak of an engagement."""

from collections.abc import Iterator
from functools import cache

from summitry.extract._tree import Tree
from summitry.extract._values import PRESENCE, Trigger
from summitry.lang import Token, Words

__all__ = ["called_on", "triggers"]

_NOUN_LISTS = ("visit", "meeting", "summit", "conference", "negotiation", "call")
_VERB_LISTS = ("visit", "travel", "arrive", "leave", "host", "invite", "meet", "weakmeet", "call")


def triggers(tree: Tree, places: frozenset[int], words: Words) -> tuple[Trigger, ...]:
    """The triggers of a sentence in order; of "a round of talks" only the round.

    Args:
        tree: The parsed sentence.
        places: Tokens that name a place: "will be in Cairo" is a visit only with one.
        words: The pack of its language.
    """
    found = [*_verbs(tree, places, words), *_nouns(tree, words), *_presence(tree, places, words)]
    return tuple(sorted(found, key=lambda t: t.token.i))


def _verbs(tree: Tree, places: frozenset[int], words: Words) -> Iterator[Trigger]:
    """Verbs that say that somebody goes, comes, meets, receives, calls."""
    table = _table(words, "verb", _VERB_LISTS)
    for token in tree.tokens:
        if token.pos != "VERB" or token.dep in {"amod", "compound"}:
            continue
        sort = table.get(token.lemma) or table.get(token.text.lower())
        if sort == "call" and _calls_on(tree, token, places, words):
            sort = "meet"
        elif sort is None or _another_sense(tree, token, sort, words):
            continue
        yield Trigger(token, sort, noun=False, predicate=token.i)


def _presence(tree: Tree, places: frozenset[int], words: Words) -> Iterator[Trigger]:
    """ "Will be in Cairo", "spends two days in Oslo", "Rome expects him"."""
    for token in tree.tokens:
        verbal = token.pos in {"VERB", "AUX", "ADJ"} and token.dep not in {"aux", "auxpass"}
        if not verbal or token.lemma not in words["event.verb.presence"]:
            continue
        near = tree.objects(token.i, *words["event.presence.verb_prep"])
        if token.lemma in words["event.awaiting"] and tree.children(token.i, "dobj"):
            near = (*near, *tree.subjects(token.i))
        inner = (
            k
            for c in tree.children(token.i, "acomp", "attr", "advmod", "dobj")
            for k in tree.objects(c, *words["event.presence.word_prep"])
        )
        if not places.isdisjoint((*near, *inner)):
            yield Trigger(token, PRESENCE, noun=False, predicate=token.i)


def _another_sense(tree: Tree, token: Token, sort: str, words: Words) -> bool:
    """ "Call off", "call for", "go on", "set up": the verb with a particle means another thing."""
    particles = {tree.tokens[k].text.lower() for k in tree.children(token.i, "prt")}
    following = tree.tokens[token.i + 1].text.lower() if token.i + 1 < len(tree.tokens) else ""
    if sort == "call":
        particle = following in words["event.call_particle"] or bool(particles)
        return particle or _clausal(tree, token)
    needed = f"event.particle.{token.lemma}"
    if needed in words.lists:
        return words[needed].isdisjoint({*particles, following})
    if token.lemma in words["event.motion"]:
        return following in words["event.motion_particle"]
    if token.lemma in words["event.encounter"]:
        return following in words["event.encounter_particle"] or _inanimate(tree, token, words)
    return False


def _calls_on(tree: Tree, token: Token, places: frozenset[int], words: Words) -> bool:
    """ "Called on the king": went to see him. States are called on to do something."""
    following = tree.tokens[token.i + 1].text.lower() if token.i + 1 < len(tree.tokens) else ""
    if following not in words["event.calling_on"]:
        return False
    on = tree.objects(token.i, *words["event.calling_on"])
    asked = tree.children(token.i, "xcomp", "ccomp", "advcl", "oprd", "dobj", "prt")
    return bool(on) and not asked and places.isdisjoint(on)


def called_on(tree: Tree, i: int, words: Words) -> bool:
    """ "Called on both sides to hold their fire": asked for, which is no engagement.

    Args:
        tree: The parsed sentence.
        i: A token that is in no list of engagements there.
        words: The pack of its language.
    """
    verb = tree.tokens[i]
    following = tree.tokens[i + 1].text.lower() if i + 1 < len(tree.tokens) else ""
    calls = verb.pos == "VERB" and verb.lemma in words["event.verb.call"]
    return calls and following in words["event.calling_on"]


def _clausal(tree: Tree, token: Token) -> bool:
    """ "Called the plan a mistake": calling somebody something is no call, "to thank him" is."""
    said = tree.children(token.i, "oprd", "ccomp", "xcomp")
    return any(tree.tokens[k].tag != "VB" for k in said)


def _inanimate(tree: Tree, token: Token, words: Words) -> bool:
    """ "Meet the demands", "see progress": a common noun of no office is no counterpart."""
    objects = tree.children(token.i, "dobj")
    return any(tree.tokens[o].lemma in words["event.inanimate"] for o in objects)


def _nouns(tree: Tree, words: Words) -> Iterator[Trigger]:
    """Nouns that name an engagement."""
    table = _table(words, "noun", _NOUN_LISTS)
    for token in tree.tokens:
        if token.pos not in {"NOUN", "PROPN"} or token.dep == "compound":
            continue
        low = token.text.lower()
        sort = table.get(low) or table.get(token.lemma)
        if sort is None or (token.lemma in words["event.plural_only"] and low == token.lemma):
            continue
        if _of_another_sort(tree, token, words) or _inside_round(tree, token, table, words):
            continue
        if sort == "call" and _courtesy(tree, token, words):
            sort = "meeting"
        if sort == "call" and not _by_phone(tree, token, words):
            continue
        if low in words["event.round"] and not _round_of(tree, token, table, words):
            continue
        near = {tree.tokens[k].text.lower() for k in tree.kids[token.i]}
        if (
            token.dep == "pobj"
            and tree.tokens[token.head].text.lower() in (words["event.definite_prep"])
        ):
            near |= words["event.definite"]
        definite = bool(near & words["event.definite"])
        yield Trigger(token, sort, True, definite, tree.governor(token.i))


def _of_another_sort(tree: Tree, token: Token, words: Words) -> bool:
    """ "News conference", "party congress": the word before it makes it something else."""
    before = tree.children(token.i, "compound", "amod", "nmod")
    behind = tree.objects(token.i, *words["event.noun.no_prep"])
    modifying = (tree.tokens[k] for k in (*before, *behind))
    return any({t.lemma, t.text.lower()} & words["event.noun.no"] for t in modifying)


def _inside_round(tree: Tree, token: Token, table: dict[str, str], words: Words) -> bool:
    """ "A round of talks", "the agenda of the talks": the first is one engagement."""
    if token.dep != "pobj":
        return False
    prep = tree.tokens[token.head]
    over = tree.tokens[prep.head].text.lower()
    listed = over in words["event.round_of"] and over in table
    return listed and prep.text.lower() in words["event.of"]


def _round_of(tree: Tree, token: Token, table: dict[str, str], words: Words) -> bool:
    """Whether it is a round of talks and not of anything else."""
    of = tree.objects(token.i, *words["event.of"])
    if any(tree.tokens[o].text.lower() in table for o in of):
        return True
    before = tree.children(token.i, "amod", "compound")
    return not of and any(tree.tokens[k].tag in {"JJ", "CD"} for k in before)


def _courtesy(tree: Tree, token: Token, words: Words) -> bool:
    """ "A courtesy call on the king" is paid in person."""
    before = tree.children(token.i, "compound", "amod", "nmod")
    return any(tree.tokens[k].lemma in words["event.courtesy"] for k in before)


def _by_phone(tree: Tree, token: Token, words: Words) -> bool:
    """Whether a "call" or a "conversation" is one between persons."""
    around = {tree.tokens[k].text.lower() for k in tree.kids[token.i]}
    if around & words["event.between_persons"]:
        return True
    by_phone = any(p in token.lemma for p in words["event.phone"])
    return by_phone and token.lemma in words["event.noun.call"]


@cache
def _table(words: Words, part: str, lists: tuple[str, ...]) -> dict[str, str]:
    """Word to the list it stands in; the first list wins."""
    return {word: name for name in reversed(lists) for word in words[f"event.{part}.{name}"]}

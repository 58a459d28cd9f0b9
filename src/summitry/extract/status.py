"""How far a sentence says an engagement has come, and how surely.

The words that govern the trigger decide, from the nearest outwards: what is negated, called
off or put off; what is only wished, possible or being prepared; what will be; what has been.
The rules follow the labelling rules of the gold standard (docs/evaluation.md).
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from summitry.extract._tree import Tree
from summitry.extract._values import UNDER_WAY, Governed, Judged, Lie, Trigger
from summitry.lang import Token, Words
from summitry.model import Modality, Polarity, Status

__all__ = ["governed", "judge", "looks_back"]

_SURE, _LIKELY, _MAYBE = Modality.CERTAIN, Modality.PROBABLE, Modality.POSSIBLE
_UNSETTLED = {
    "final",
    "certain",
    "fixed",
    "settled",
    "definite",
    "sure",
    "clear",
    "finalised",
    "finalized",
    "excluded",
}
_NAMED = {"upcoming", "forthcoming", "planned", "scheduled", "expected", "future", "impending",
          "prospective", "looming", "imminent", "eventual"}  # fmt: skip
_HEDGES = {"perhaps", "possibly", "maybe", "potentially", "conceivably"}
_AHEAD = {"ahead", "before", "prior", "upcoming", "forthcoming", "planned", "scheduled", "next",
          "coming", "future", "until", "pending", "expected", "looming", "impending", "proposed"}  # fmt: skip
_BEHIND = {"after", "following", "during", "since", "at", "in", "despite", "amid", "on"}
# Prepositions that keep a noun with its verb: "pulled out of the visit", "agreed to talks".
_TIGHT = {"of", "for", "to", "with", "on", "in", "into", "from", "out", "off"}
# What a visit can be said to be that speaks of the visit itself.
_STATES = {"possible", "likely", "unlikely", "off", "on", "due", "certain", "uncertain", "doubtful",
           "set", "scheduled", "planned", "expected", "imminent", "final", "under", "over", "fixed",
           "confirmed", "ready", "open", "impossible", "pending", "cancelled", "postponed", "clear",
           "definite", "sure"}  # fmt: skip
_AFTERMATH = {"heel", "wake", "aftermath", "conclusion", "outcome", "result", "end", "start"}
_LIGHT_PAST = {"VBD", "VBN"}


def governed(tree: Tree, trigger: Trigger, words: Words, dated: Lie) -> Governed:
    """Climb from a trigger to the clause that reports it."""
    verb = trigger.predicate
    carried = _carried(tree, trigger, words)
    chain = tuple(_chain(tree, trigger, words)) if carried else tuple(_nouns(tree, trigger))
    top = _top(tree, trigger, chain) if carried else trigger.token.i
    inside = sorted(_clause(tree, top, trigger, words))
    clause = " ".join(tree.tokens[k].text.lower() for k in inside).replace(" n't", "n't")
    negated = any(_negation(tree, k) for k in _negatable(tree, trigger, chain))
    return Governed(
        trigger,
        verb,
        chain,
        f" {clause} ",
        _preposition(tree, trigger),
        negated,
        dated.ahead,
        dated.behind,
        carried,
        dated.today,
    )


def _carried(tree: Tree, trigger: Trigger, words: Words) -> bool:
    """Whether the governing verb speaks of the engagement, not of something beside it."""
    if not trigger.noun:
        return True
    verb = trigger.predicate
    if verb < 0:
        return False
    at = trigger.token
    lemma = tree.tokens[verb].lemma
    listed = any(
        lemma in words[f"status.{n}"] for n in ("cancel", "postpone", "deny", "confirm", "float")
    )
    listed = listed or any(
        f"{lemma} {tree.tokens[k].text.lower()}" in words["status.phrasal"]
        for k in tree.kids[verb]
    )
    travels = any(
        lemma in words[f"event.verb.{n}"]
        for n in ("travel", "arrive", "leave", "meet", "visit", "attend", "host")
    )
    while at.head != verb:
        over = tree.tokens[at.head]
        if over.dep == "prep" and over.text.lower() not in _TIGHT:
            return False
        if (
            over.dep == "prep"
            and over.text.lower() in {"in", "on", "for", "to"}
            and over.head == verb
        ):
            return lemma in {"participate", "part", "take", "engage", "be", "agree", "prepare",
                             "arrive", "go", "come", "travel", "meet", "fly", "head", "leave",
                             "embark", "invite", "return", "call", "plan", "work", "press",
                             "look", "join", "enter", "gather", "depart", "land", "set", "push"}  # fmt: skip
        if over.head == over.i:
            return False
        at = over
    if at.dep in {"nsubj", "nsubjpass"}:
        if lemma == "be" and _described(tree, verb):
            return False
        return lemma in words["status.happens"] or listed
    if at.dep in {"dobj", "attr", "oprd", "dative", "xcomp", "ccomp", "conj"}:
        return (
            lemma in words["status.carries"]
            or lemma in words["event.verb.support"]
            or listed
            or travels
        )
    return listed


def _described(tree: Tree, verb: int) -> bool:
    """ "The visit could be a boost", "was useful": what it is like, not whether it will be."""
    told = tree.children(verb, "attr", "acomp")
    return any(tree.tokens[k].text.lower() not in _STATES for k in told)


def _nouns(tree: Tree, trigger: Trigger) -> Iterator[Token]:
    """The nouns over a noun: "preparations for the visit", "the prospect of talks"."""
    for head in tree.above(trigger.token.i):
        if tree.tokens[head].pos in {"VERB", "AUX"}:
            return
        yield tree.tokens[head]


def _chain(tree: Tree, trigger: Trigger, words: Words) -> Iterator[Token]:
    """The heads of the trigger up to a cue whose clause it stands in."""
    i = trigger.token.i
    for head in tree.above(i):
        token = tree.tokens[head]
        below = tree.tokens[i]
        cue = token.lemma in words["cue.strict"] and below.dep in {"ccomp", "parataxis"}
        if cue:
            if token.lemma in words["status.confirm"] | words["status.deny"]:
                yield token
            return
        if below.dep in {"conj"} and token.pos == "VERB" and below.pos == "VERB":
            i = head
            continue
        if below.dep in {"relcl", "appos", "parataxis", "advcl"}:
            return
        yield token
        i = head


def _top(tree: Tree, trigger: Trigger, chain: tuple[Token, ...]) -> int:
    """The highest verb of the chain, or the trigger."""
    verbs = [t.i for t in chain if t.pos in {"VERB", "AUX"}]
    del tree
    return verbs[-1] if verbs else trigger.token.i


def _clause(tree: Tree, top: int, trigger: Trigger, words: Words) -> Iterator[int]:
    """What hangs on the top verb, without other clauses that the trigger is not in."""
    mine = {trigger.token.i, *tree.above(trigger.token.i)}
    stack = [top]
    while stack:
        at = stack.pop()
        yield at
        for k in tree.kids[at]:
            token = tree.tokens[k]
            other = token.dep in {"conj", "advcl", "relcl", "ccomp", "parataxis"}
            if k not in mine and other and token.pos in {"VERB", "AUX"}:
                if token.dep != "ccomp" or tree.tokens[at].lemma in words["cue.strict"]:
                    continue
            stack.append(k)


def _preposition(tree: Tree, trigger: Trigger) -> str:
    """The words by which a noun trigger hangs on its clause."""
    if not trigger.noun or trigger.token.dep != "pobj":
        return ""
    prep = tree.tokens[trigger.token.head]
    over = tree.tokens[prep.head]
    joined = prep.dep == "prep" and over.pos in {"ADV", "ADP", "SCONJ"}
    return f"{over.text} {prep.text}".lower() if joined else prep.text.lower()


def _negatable(tree: Tree, trigger: Trigger, chain: tuple[Token, ...]) -> Iterator[int]:
    """The tokens whose negation negates the engagement."""
    yield trigger.token.i
    for token in chain:
        if token.pos in {"VERB", "AUX", "ADJ", "NOUN"}:
            yield token.i
        if token.tag in {"VBD", "VBZ", "VBP", "MD"}:
            return
    del tree


def _negation(tree: Tree, i: int) -> bool:
    """Whether "not", "no" or "never" hangs on a token."""
    for k in tree.kids[i]:
        token = tree.tokens[k]
        if token.dep == "neg" or token.text.lower() in {"no", "never", "neither", "not", "n't"}:
            following = tree.tokens[k + 1].text.lower() if k + 1 < len(tree.tokens) else ""
            return following not in {"only", "just", "least", "later", "before", "date"}
    return False


def judge(g: Governed, tree: Tree, words: Words) -> Judged:
    """The status that the words support, with its modality and polarity.

    An explicit undoing (denied, off, put off) is looked for first, then what weakens
    (prepared, wished, possible), then what will be and what has been.
    """
    if not g.carried:
        return _aside(g, tree, words)
    named = _named(g, tree)
    for rule in (_unconfirmed, _undone, _invited, _weak, _moving):
        verdict = rule(g, tree, words)
        if verdict is not None:
            return verdict
    if named is not None:
        return named
    for rule in (_coming, _done):
        verdict = rule(g, tree, words)
        if verdict is not None:
            return verdict
    return _bare_noun(g)


def _aside(g: Governed, tree: Tree, words: Words) -> Judged:
    """A noun named beside the clause's own matter: "during his visit", "ahead of the summit"."""
    early = _moving(g, tree, words) or _named(g, tree)
    if early is not None:
        return early
    for rule in (_undone, _weak):
        verdict = rule(g, tree, words) if g.chain or g.trigger.noun else None
        if verdict is not None and any(t.pos == "NOUN" for t in g.chain):
            return verdict
    first = g.preposition.split(" ")[0]
    if any(t.lemma in _AFTERMATH for t in g.chain):
        return Judged(Status.HELD, _SURE, why="named as past or under way")
    if first in _AHEAD or first == "for":
        return _ahead(g, "ahead of it")
    modal = g.verb >= 0 and any(
        tree.tokens[k].text.lower() in {"will", "would", "may", "might", "could", "to", "should"}
        for k in tree.children(g.verb, "aux")
    )
    if first in {"during", "after", "following", "since", "amid", "despite", "while"}:
        if g.future or (modal and not g.past):
            return _ahead(g, "the verb beside it lies ahead")
        return Judged(Status.HELD, _SURE, why="named as past or under way")
    if first in _BEHIND and not g.future and not modal:
        return Judged(Status.HELD, _SURE, why="named as past or under way")
    return _bare_noun(g)


def _ahead(g: Governed, why: str) -> Judged:
    """To come: announced, or confirmed on the day itself."""
    if g.today:
        return Judged(Status.CONFIRMED, _SURE, why=f"{why}, today")
    return Judged(Status.ANNOUNCED, _SURE, why=why)


def _has(g: Governed, words: Words, name: str) -> bool:
    """Whether a word of the list governs the trigger, or a phrase stands in the clause."""
    governs = any(t.lemma in words[f"status.{name}"] for t in (*g.chain, g.trigger.token))
    phrases = f"status.{name}_phrases"
    return governs or (
        phrases in words.lists and any(f" {p} " in g.clause for p in words[phrases])
    )


def _conditional(g: Governed, tree: Tree) -> bool:
    """Whether the verbs over the trigger are hedged: "perhaps", "if", "unless"."""
    for i in {g.verb, *(t.i for t in g.chain if t.pos in {"VERB", "AUX"})} - {-1}:
        for k in tree.kids[i]:
            token = tree.tokens[k]
            if token.dep == "advmod" and token.text.lower() in _HEDGES:
                return True
            if token.dep == "advcl" and any(
                tree.tokens[m].text.lower() in {"if", "unless", "provided"}
                for m in tree.children(k, "mark", "advmod")
            ):
                return True
            if token.dep == "mark" and token.text.lower() in {"if", "unless", "whether"}:
                return True
    return bool(
        {"possible", "potential", "hypothetical"}
        & {tree.tokens[k].text.lower() for k in tree.children(g.trigger.token.i, "amod")}
    )


def _unconfirmed(g: Governed, tree: Tree, words: Words) -> Judged | None:
    """A refusal to confirm is no denial."""
    del tree
    if any(p in g.clause for p in words["status.unconfirmed_phrases"]):
        return Judged(Status.CONFIRMED, _SURE, Polarity.NEGATIVE, "refuses to confirm")
    if g.negated and any(t.lemma in words["status.confirm"] for t in g.chain):
        return Judged(Status.CONFIRMED, _SURE, Polarity.NEGATIVE, "not confirmed")
    return None


def _undone(g: Governed, tree: Tree, words: Words) -> Judged | None:
    """Denied, called off or put off."""
    hedged = _modal(g, tree, words) == "possible"
    if _has(g, words, "postpone") and not hedged and not g.negated:
        return Judged(Status.POSTPONED, _SURE, why="put off")
    if _has(g, words, "cancel") and not hedged and not g.negated:
        return Judged(Status.CANCELLED, _SURE, why="called off")
    if _has(g, words, "deny"):
        if g.negated and "not rule" in g.clause:
            return Judged(Status.FLOATED, _MAYBE, why="not ruled out")
        return Judged(Status.DENIED, _SURE, why="denied")
    if g.negated and (
        _only_detail(g, tree, words) or any(p in g.clause for p in words["status.nodate_phrases"])
    ):
        return None
    if g.negated and set(g.clause.split()) & _UNSETTLED:
        return Judged(Status.FLOATED, _MAYBE, why="not settled")
    if g.negated:
        undecided = any(w in g.clause for w in (" decided ", " yet ", " agreed ", " received "))
        if undecided:
            return Judged(Status.FLOATED, _MAYBE, why="not decided yet")
        if _has(g, words, "cancel") or _has(g, words, "postpone"):
            return None
        return Judged(Status.DENIED, _SURE, why="negated")
    return None


def _only_detail(g: Governed, tree: Tree, words: Words) -> bool:
    """Whether what is negated is the date or the place: "gave no date", "did not say when"."""
    for i in {g.verb, *(t.i for t in g.chain)} - {-1}:
        if not _negation(tree, i) and not any(_negation(tree, k) for k in tree.kids[i]):
            continue
        near = (
            i,
            *tree.children(i, "dobj", "nsubj", "nsubjpass", "ccomp", "advcl", "attr", "pobj"),
        )
        inner = (k for n in near for k in (n, *tree.kids[n]))
        if any(tree.tokens[k].lemma in words["status.detail"] for k in inner):
            return True
    return False


def _modal(g: Governed, tree: Tree, words: Words) -> str:
    """The modal over the trigger: possible, certain, or empty; the nearest verb's counts."""
    for i in (g.verb, *(t.i for t in g.chain if t.pos in {"VERB", "AUX"})):
        if i < 0:
            continue
        for k in tree.children(i, "aux"):
            low = tree.tokens[k].text.lower()
            if low in words["modal.certain"] or tree.tokens[k].lemma in words["modal.certain"]:
                return "certain"
            if low in words["modal.possible"]:
                return "would" if low == "would" else "possible"
    return ""


def _weak(g: Governed, tree: Tree, words: Words) -> Judged | None:
    """Prepared, wished, proposed, merely possible."""
    modal = _modal(g, tree, words)
    if _has(g, words, "prepare") and not took_place(g, tree):
        return Judged(Status.IN_PREPARATION, _SURE, why="being prepared")
    if modal == "possible":
        return Judged(Status.FLOATED, _MAYBE, why="may, might or could")
    governing = [t for t in g.chain if t.lemma in words["status.float"]]
    own = g.trigger.sort == "invite"
    phrase = any(f" {p} " in g.clause for p in words["status.float_phrases"])
    if (governing or own or phrase) and not (g.past and not own) and not took_place(g, tree):
        hope = any(t.lemma in {"hope", "want", "intend", "aim", "seek"} for t in governing)
        discussed = any(t.lemma in {"discuss", "raise", "welcome", "look"} for t in governing)
        if not (discussed and g.trigger.noun and modal == "certain"):
            return Judged(Status.FLOATED, _LIKELY if hope else _MAYBE, why="wished or proposed")
    if _conditional(g, tree) and not took_place(g, tree):
        return Judged(Status.FLOATED, _MAYBE, why="conditional")
    return None


def _invited(g: Governed, tree: Tree, words: Words) -> Judged | None:
    """An invitation floats, an accepted one announces."""
    del words
    if g.trigger.sort != "invite" and not any(t.lemma == "invite" for t in g.chain):
        return None
    if any(t.lemma == "accept" and t.tag in {"VBD", "VBN"} for t in tree.tokens):
        return Judged(Status.ANNOUNCED, _SURE, why="invitation accepted")
    return Judged(Status.FLOATED, _MAYBE, why="invited")


_TRIPS = ("travel", "arrive", "leave")


def _moving(g: Governed, tree: Tree, words: Words) -> Judged | None:
    """On the move: who has left for talks confirms them; who "is coming" announces it."""
    if g.verb < 0 or g.negated:
        return None
    verb = tree.tokens[g.verb]
    moved = verb
    purpose = verb.tag == "VB" and verb.dep in {"advcl", "xcomp"}
    if purpose:
        moved = tree.tokens[verb.head]
    on_the_way = any(moved.lemma in words[f"event.verb.{s}"] for s in _TRIPS)
    if not on_the_way:
        return None
    past = took_place(replace(g, verb=moved.i), tree)
    if (
        g.trigger.noun
        and g.trigger.sort != "visit"
        and (purpose or g.preposition == "for")
        and past
    ):
        return Judged(Status.CONFIRMED, _SURE, why="on the way to it")
    if not g.trigger.noun and g.trigger.token.i == moved.i:
        if g.trigger.sort == "leave" and (past or verb.tag in {"VBZ", "VBP"}):
            return Judged(Status.CONFIRMED, _SURE, why="has left")
        if verb.tag == "VBG" and not past and not g.past:
            return _ahead(g, "is coming")
    return None


def _named(g: Governed, tree: Tree) -> Judged | None:
    """ "The upcoming visit": the adjective says that it lies ahead."""
    near = {tree.tokens[k].text.lower() for k in tree.kids[g.trigger.token.i]}
    if g.trigger.noun and near & _NAMED:
        return _ahead(g, "named as ahead")
    return None


def _coming(g: Governed, tree: Tree, words: Words) -> Judged | None:
    """Planned, fixed, or said to be coming."""
    governing = [t.lemma for t in g.chain]
    confirmed = any(lemma in words["status.confirm"] for lemma in governing)
    planned = any(lemma in words["status.planned"] for lemma in governing)
    adverb = any(f" {w} " in g.clause for w in ("likely", "probably", "expected", "tentatively"))
    fixed = any(
        t.lemma in words["status.fixed"] and not _own_past(t, tree) for t in g.chain
    ) or any(f" {w} to " in g.clause for w in ("due", "set", "scheduled", "slated", "poised"))
    modal = _modal(g, tree, words)
    future = modal in {"certain", "would"} or _is_to(g, tree) or " going to " in g.clause
    if planned or (adverb and (future or g.future)):
        return Judged(Status.ANNOUNCED, _LIKELY, why="planned or expected")
    if confirmed and (future or fixed or g.future):
        return Judged(Status.CONFIRMED, _SURE, why="explicitly confirmed")
    if fixed or future:
        return _ahead(g, "will be, is due or is set")
    if g.future and not took_place(g, tree):
        return Judged(Status.ANNOUNCED, _SURE, why="dated ahead")
    if g.verb >= 0 and tree.tokens[g.verb].tag in {"VBZ", "VBP"}:
        marks = {tree.tokens[k].text.lower() for k in tree.children(g.verb, "advmod", "mark")}
        if (
            marks & {"when", "before", "until", "once"}
            or " look forward " in g.clause
            or " looks forward " in g.clause
        ):
            return _ahead(g, "when it comes")
        if g.today:
            return Judged(Status.CONFIRMED, _SURE, why="today, in the present tense")
    if " looking forward " in g.clause or " looks forward " in g.clause:
        return _ahead(g, "looked forward to")
    return None


def _own_past(token: Token, tree: Tree) -> bool:
    """ "Set up", "agreed that": a fixing word that is a plain past action of somebody."""
    return (
        token.tag == "VBD"
        and token.lemma in {"set", "arrange", "appoint"}
        and not tree.children(token.i, "auxpass")
    )


def _is_to(g: Governed, tree: Tree) -> bool:
    """ "Is to visit", "are to meet"."""
    if g.verb < 0:
        return False
    verb = tree.tokens[g.verb]
    before = {tree.tokens[k].text.lower() for k in tree.children(g.verb, "aux")}
    over = tree.tokens[verb.head]
    return "to" in before and over.lemma == "be" and verb.dep in {"xcomp", "ccomp", "acl"}


def looks_back(g: Governed, tree: Tree) -> bool:
    """Whether the words around the trigger look back, so that "in March" is the last one."""
    if took_place(g, tree):
        return True
    if not g.trigger.noun:
        return False
    if g.preposition.split(" ")[0] in {"after", "following", "since"}:
        return True
    return any(
        tree.tokens[k].tag == "VBN"
        and tree.tokens[k].lemma in {"hold", "conclude", "complete"}
        and not tree.children(k, "aux")
        for k in tree.children(g.trigger.token.i, "acl")
    )


def took_place(g: Governed, tree: Tree) -> bool:
    """Whether the nearest verb is a past or a perfect, without a modal over it."""
    if g.verb < 0:
        return False
    verb = tree.tokens[g.verb]
    aux = {tree.tokens[k].text.lower() for k in tree.children(g.verb, "aux")}
    if aux & {"will", "would", "may", "might", "could", "can", "to", "should", "'ll", "wo"}:
        return False
    return verb.tag == "VBD" or (
        verb.tag == "VBN" and bool(aux & {"has", "have", "had", "'s", "'ve"})
    )


def _done(g: Governed, tree: Tree, words: Words) -> Judged | None:
    """Past or under way."""
    del words
    if g.verb < 0:
        return None
    verb = tree.tokens[g.verb]
    if g.preposition.split(" ")[0] in _AHEAD:
        return _ahead(g, "ahead of it")
    if took_place(g, tree) or verb.tag in _LIGHT_PAST:
        return Judged(Status.HELD, _SURE, why="past tense")
    if verb.tag == "VBG":
        return Judged(Status.HELD, _SURE, why=UNDER_WAY)
    if verb.tag in {"VBZ", "VBP"}:
        return Judged(Status.HELD, _SURE, why="present tense without a day ahead")
    return None


def _bare_noun(g: Governed) -> Judged:
    """A noun that no verb settles: the preposition, the adjectives, then the date decide."""
    first = g.preposition.split(" ")[0]
    tokens = set(re.findall(r"[\w-]+", g.clause)) if len(g.clause) < 160 else set()
    if g.future or first in _AHEAD or (tokens & {"upcoming", "forthcoming", "planned"}):
        return _ahead(g, "named as ahead")
    if g.past or first in _BEHIND:
        return Judged(Status.HELD, _SURE, why="named as past or under way")
    return _ahead(g, "named without a verb")

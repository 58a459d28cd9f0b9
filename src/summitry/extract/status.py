"""How far a sentence says an engagement has come, and how surely.

The words that govern the trigger decide, from the nearest outwards: what is negated, called
off or put off; what is only wished, possible or being prepared; what will be; what has been.
The rules follow the labelling rules of the gold standard (docs/evaluation.md).
"""

import re

from summitry.extract._governing import negation
from summitry.extract._tense import Mood, conditional, mood, settled, to_be, took_place, was_to_be
from summitry.extract._tree import Tree
from summitry.extract._values import BARE, OVERTAKEN, UNDER_WAY, Governed, Judged
from summitry.lang import Token, Words
from summitry.model import Modality, Polarity, Status

__all__ = ["judge"]

_SURE, _LIKELY, _MAYBE = Modality.CERTAIN, Modality.PROBABLE, Modality.POSSIBLE
_TRIPS = ("travel", "arrive", "leave")
_BODIES = {"summit", "conference"}
# A longer clause speaks of more than the engagement, so that "planned" in it may be of another.
_SHORT = 160


def judge(g: Governed, tree: Tree, words: Words) -> Judged:
    """The status that the words support, with its modality and polarity.

    An explicit undoing (denied, off, put off) is looked for first, then what weakens
    (prepared, wished, possible), then what will be and what has been.
    """
    if not g.carried:
        return _aside(g, tree, words)
    refused = _unconfirmed(g, tree, words)
    if refused is not None:
        return refused
    for rule in (_undone, _invited, _weak, _moving, _named, _coming, _done):
        verdict = rule(g, tree, words)
        if verdict is not None:
            return verdict
    return _bare_noun(g, words)


def _aside(g: Governed, tree: Tree, words: Words) -> Judged:
    """A noun named beside the clause's own matter: "during his visit", "ahead of the summit"."""
    early = _moving(g, tree, words) or _named(g, tree, words)
    if early is not None:
        return early
    for rule in (_undone, _weak):
        verdict = rule(g, tree, words) if g.chain or g.trigger.noun else None
        if verdict is not None and any(t.pos == "NOUN" for t in g.chain):
            return verdict
    if any(t.lemma in words["status.aftermath"] for t in g.chain):
        return _behind()
    if g.hangs_by in words["status.ahead"] and g.past and not g.future:
        return _behind()  # "rose ahead of the meeting on 22 February", said in March
    if g.hangs_by in words["status.ahead"] | words["status.purpose"]:
        return _arranged(g, words) or _ahead(g, "ahead of it")
    modal = g.verb >= 0 and any(
        tree.tokens[k].text.lower() in words["modal.ahead"] for k in tree.children(g.verb, "aux")
    )
    if g.hangs_by in words["status.beside"]:
        if g.future or (modal and not g.past):
            return _ahead(g, "the verb beside it lies ahead")
        return _behind()
    if g.hangs_by in words["status.behind"] and not g.future and not modal:
        return _behind()
    return _bare_noun(g, words)


def _arranged(g: Governed, words: Words) -> Judged | None:
    """ "Dates for a visit", "arrangements for his trip": what is arranged is in preparation.

    Not a body's own summit, which is fixed before its agenda is. And who speaks to the press
    before a meeting has sat down to it.
    """
    over = {t.lemma for t in g.chain[:2]}  # the preposition and what it hangs on
    if over & words["status.arranging"] and g.trigger.sort not in _BODIES:
        return Judged(Status.IN_PREPARATION, _SURE, why="being prepared")
    if over & words["status.remarks"] and g.hangs_by in words["status.before"]:
        return Judged(Status.CONFIRMED, _SURE, why="sitting down to it")
    return None


def _ahead(g: Governed, why: str) -> Judged:
    """To come: announced, or confirmed on the day itself."""
    if g.today:
        return Judged(Status.CONFIRMED, _SURE, why=f"{why}, today")
    return Judged(Status.ANNOUNCED, _SURE, why=why)


def _behind() -> Judged:
    """Been, or going on, by how the noun is named."""
    return Judged(Status.HELD, _SURE, why="named as past or under way")


def _has(g: Governed, words: Words, name: str) -> bool:
    """Whether a word of the list governs the trigger, or a phrase stands in the clause."""
    listed = words[f"status.{name}"]
    return any(t.lemma in listed for t in (*g.chain, g.trigger.token)) or (
        f"status.{name}_phrases" in words.lists and _stands(g, words, f"{name}_phrases")
    )


def _stands(g: Governed, words: Words, name: str) -> bool:
    """Whether a whole word or phrase of the list stands in the clause."""
    return any(f" {p} " in g.clause for p in words[f"status.{name}"])


def _begins(g: Governed, words: Words, name: str) -> bool:
    """Whether a phrase of the list stands in the clause, be it as part of a longer word."""
    return any(p in g.clause for p in words[f"status.{name}"])


def _unconfirmed(g: Governed, tree: Tree, words: Words) -> Judged | None:
    """A refusal to confirm is no denial."""
    if _begins(g, words, "unconfirmed_phrases"):
        return Judged(Status.CONFIRMED, _SURE, Polarity.NEGATIVE, "refuses to confirm")
    denying = (t for t in g.chain if t.lemma in words["status.deny"] and t.dep == "conj")
    if any(tree.tokens[t.head].lemma in words["status.confirm"] for t in denying):
        return Judged(Status.CONFIRMED, _SURE, Polarity.NEGATIVE, "neither confirmed nor denied")
    confirming = [t for t in g.chain if t.lemma in words["status.confirm"]]
    if confirming and (g.negated or any(_refused(t, tree, words) for t in confirming)):
        return Judged(Status.CONFIRMED, _SURE, Polarity.NEGATIVE, "not confirmed")
    return None


def _refused(token: Token, tree: Tree, words: Words) -> bool:
    """Whether somebody declines to do it: "declined to confirm that he would come"."""
    over = tree.tokens[token.head]
    if over.lemma in words["status.refuse"] or negation(tree, token.i, words):
        return True
    return any(
        tree.tokens[k].text.lower() in words["status.nobody"]
        for s in tree.children(token.i, "nsubj")
        for k in (s, *tree.kids[s])
    )


def _undone(g: Governed, tree: Tree, words: Words) -> Judged | None:
    """Denied, called off or put off."""
    if _stands(g, words, "off"):
        return Judged(Status.CANCELLED, _SURE, why="will not be")
    postponed, cancelled = _has(g, words, "postpone"), _has(g, words, "cancel")
    real = not g.negated and mood(g, tree, words) is not Mood.POSSIBLE
    if postponed and real:
        return Judged(Status.POSTPONED, _SURE, why="put off")
    if cancelled and real:
        return Judged(Status.CANCELLED, _SURE, why="called off")
    if _has(g, words, "deny"):
        if g.negated and _begins(g, words, "not_excluded"):
            return Judged(Status.FLOATED, _MAYBE, why="not ruled out")
        return Judged(Status.DENIED, _SURE, why="denied")
    if was_to_be(g, tree, words) and not g.negated:
        return Judged(Status.CANCELLED, _SURE, why=OVERTAKEN)
    if not g.negated or _only_detail(g, tree, words) or _begins(g, words, "nodate_phrases"):
        return None
    if set(g.clause.split()) & words["status.unsettled"]:
        return Judged(Status.FLOATED, _MAYBE, why="not settled")
    if _stands(g, words, "undecided"):
        return Judged(Status.FLOATED, _MAYBE, why="not decided yet")
    if cancelled or postponed:
        return None
    return Judged(Status.DENIED, _SURE, why="negated")


def _only_detail(g: Governed, tree: Tree, words: Words) -> bool:
    """Whether what is negated is the date or the place: "gave no date", "did not say when"."""
    for i in {g.verb, *(t.i for t in g.chain)} - {-1}:
        if not any(negation(tree, k, words) for k in (i, *tree.kids[i])):
            continue
        hanging = ("dobj", "nsubj", "nsubjpass", "ccomp", "advcl", "attr", "pobj")
        near = (i, *tree.children(i, *hanging))
        inner = (k for n in near for k in (n, *tree.kids[n]))
        if any(tree.tokens[k].lemma in words["status.detail"] for k in inner):
            return True
    return False


def _weak(g: Governed, tree: Tree, words: Words) -> Judged | None:
    """Prepared, wished, proposed, merely possible."""
    modal, been = mood(g, tree, words), took_place(g.verb, tree, words)
    if _has(g, words, "prepare") and not been:
        return Judged(Status.IN_PREPARATION, _SURE, why="being prepared")
    if modal is Mood.POSSIBLE:
        return Judged(Status.FLOATED, _MAYBE, why="may, might or could")
    governing = [t for t in g.chain if t.lemma in words["status.float"]]
    own = g.trigger.sort == "invite"
    wished = bool(governing) or own or _stands(g, words, "float_phrases")
    if wished and not (g.past and not own) and not been:
        hope = any(t.lemma in words["status.hope"] for t in governing)
        discussed = any(t.lemma in words["status.discussed"] for t in governing)
        if not (discussed and g.trigger.noun and modal is Mood.CERTAIN):
            return Judged(Status.FLOATED, _LIKELY if hope else _MAYBE, why="wished or proposed")
    if not been and conditional(g, tree, words):
        return Judged(Status.FLOATED, _MAYBE, why="conditional")
    return None


def _invited(g: Governed, tree: Tree, words: Words) -> Judged | None:
    """An invitation floats, an accepted one announces."""
    inviting = words["event.verb.invite"]
    if g.trigger.sort != "invite" and not any(t.lemma in inviting for t in g.chain):
        return None
    if any(t.lemma in words["status.accept"] and t.tag in {"VBD", "VBN"} for t in tree.tokens):
        return Judged(Status.ANNOUNCED, _SURE, why="invitation accepted")
    return Judged(Status.FLOATED, _MAYBE, why="invited")


def _moving(g: Governed, tree: Tree, words: Words) -> Judged | None:
    """On the move: who has left for talks confirms them; who "is coming" announces it."""
    if g.verb < 0 or g.negated:
        return None
    verb = tree.tokens[g.verb]
    purpose = verb.tag == "VB" and verb.dep in {"advcl", "xcomp"}
    moved = tree.tokens[verb.head] if purpose else verb
    if not any(moved.lemma in words[f"event.verb.{s}"] for s in _TRIPS):
        return None
    past = took_place(moved.i, tree, words)
    noun, sort = g.trigger.noun, g.trigger.sort
    bound = purpose or g.preposition in words["status.purpose"]
    if noun and sort != "visit" and bound and past:
        return Judged(Status.CONFIRMED, _SURE, why="on the way to it")
    if not noun and g.trigger.token.i == moved.i:
        leaves = verb.tag in {"VBZ", "VBP"}
        if sort == "leave" and leaves and g.future and not g.today:
            return _ahead(g, "is leaving")
        if sort == "leave" and (past or leaves):
            return Judged(Status.CONFIRMED, _SURE, why="has left")
        goes = sort == "travel" and verb.tag in {"VBZ", "VBP"}
        if (verb.tag == "VBG" or goes) and not past and not g.past:
            return _ahead(g, "is coming")
    return None


def _named(g: Governed, tree: Tree, words: Words) -> Judged | None:
    """ "The upcoming visit", "his recent trip": the adjective says how it lies."""
    near = {tree.tokens[k].text.lower() for k in tree.kids[g.trigger.token.i]}
    if g.trigger.noun and near & words["status.named"]:
        return _ahead(g, "named as ahead")
    if g.trigger.noun and near & words["status.recent"]:
        return _behind()
    return None


def _coming(g: Governed, tree: Tree, words: Words) -> Judged | None:
    """Planned, fixed, or said to be coming."""
    governing = {t.lemma for t in g.chain}
    fixed = _stands(g, words, "due_phrases") or any(
        t.lemma in words["status.fixed"] and not settled(t, tree, words) for t in g.chain
    )
    fixed = fixed or (
        g.verb >= 0
        and any(  # "is due in Cairo"
            tree.tokens[k].lemma in words["status.fixed"] for k in tree.children(g.verb, "acomp")
        )
    )
    future = (
        mood(g, tree, words) in {Mood.CERTAIN, Mood.WOULD}
        or to_be(g, tree, words)
        or _stands(g, words, "future_phrases")
    )
    likely = _stands(g, words, "likely") and (future or g.future)
    if likely or governing & words["status.planned"]:
        return Judged(Status.ANNOUNCED, _LIKELY, why="planned or expected")
    if governing & words["status.confirm"] and (future or fixed or g.future):
        return Judged(Status.CONFIRMED, _SURE, why="explicitly confirmed")
    if fixed and _only_detail(g, tree, words):
        return Judged(Status.IN_PREPARATION, _SURE, why="no day fixed yet")
    if fixed or future:
        return _ahead(g, "will be, is due or is set")
    if g.future and not took_place(g.verb, tree, words):
        return Judged(Status.ANNOUNCED, _SURE, why="dated ahead")
    return _present(g, tree, words)


def _present(g: Governed, tree: Tree, words: Words) -> Judged | None:
    """A present tense that means the future, and what is looked forward to."""
    if g.verb >= 0 and tree.tokens[g.verb].tag in {"VBZ", "VBP"}:
        marks = {tree.tokens[k].text.lower() for k in tree.children(g.verb, "advmod", "mark")}
        if marks & words["status.until"] or _stands(g, words, "forward_phrases"):
            return _ahead(g, "when it comes")
        if g.today:
            return Judged(Status.CONFIRMED, _SURE, why="today, in the present tense")
    if _stands(g, words, "forward_noun_phrases"):
        return _ahead(g, "looked forward to")
    return None


def _done(g: Governed, tree: Tree, words: Words) -> Judged | None:
    """Past or under way."""
    if g.verb < 0:
        return None
    tag = tree.tokens[g.verb].tag
    if g.hangs_by in words["status.ahead"]:
        return _ahead(g, "ahead of it")
    if took_place(g.verb, tree, words) or tag in {"VBD", "VBN"}:
        return Judged(Status.HELD, _SURE, why="past tense")
    if tag == "VBG":
        return Judged(Status.HELD, _SURE, why=UNDER_WAY)
    if tag in {"VBZ", "VBP"}:
        return Judged(Status.HELD, _SURE, why="present tense without a day ahead")
    return None


def _bare_noun(g: Governed, words: Words) -> Judged:
    """A noun that no verb settles: the preposition, the adjectives, then the date decide."""
    tokens = set(re.findall(r"[\w-]+", g.clause)) if len(g.clause) < _SHORT else set()
    upcoming = tokens & words["status.upcoming"]
    if g.future or g.hangs_by in words["status.ahead"] or upcoming:
        return _ahead(g, "named as ahead")
    if g.past or g.hangs_by in words["status.behind"]:
        return _behind()
    return _ahead(g, BARE)

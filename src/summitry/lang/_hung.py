"""How do the phrases of a sentence hang on each other?

From left to right, one clause open inside another. A noun before its verb is its subject, one
behind it its object; a phrase goes to the noun of an engagement that stands right before it, or
else to the verb; a relative or a participle closes at the comma, and whoever stands behind
", disse" has spoken. The labels are those of the English models (``tokens.py``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from summitry.lang._chunks import Chunk
from summitry.lang._nodes import Node
from summitry.lang.words import Words

__all__ = ["hung"]

_EVENTS = ("visit", "meeting", "summit", "conference", "negotiation", "call")
_PEOPLE = ("head", "foreign", "minister", "envoy", "official", "speaker", "peer")
_WHO = ("anonymous", "analyst", "media", "institution", "document", "publisher")


@dataclass(slots=True, eq=False)
class _Clause:
    """A clause while it is read."""

    dep: str
    over: int
    parent: "_Clause | None" = None
    verb: int = -1
    subjects: list[int] = field(default_factory=list)
    waiting: list[tuple[int, str]] = field(default_factory=list)
    relative: int = -1
    chain: list[int] = field(default_factory=list)
    """The nouns that the next phrase can hang on, the nearest last."""
    apart: bool = False
    """Whether a comma stands between the last noun and what comes."""


def hung(nodes: list[Node], found: Sequence[Chunk], pack: Words) -> None:
    """Let every phrase hang on another; exactly one word of the sentence heads itself.

    Args:
        nodes: The words; what is inside of phrases hangs already.
        found: The phrases, in order.
        pack: The pack of the language.
    """
    _Hanging(nodes, found, pack).run()


class _Hanging:
    """One sentence on its way to a tree."""

    def __init__(self, nodes: list[Node], found: Sequence[Chunk], pack: Words) -> None:
        self.nodes, self.found, self.pack = nodes, found, pack
        self.events = frozenset(w for n in _EVENTS for w in pack[f"event.noun.{n}"])
        self.people = frozenset(w for n in _PEOPLE for w in pack[f"title.{n}"])
        self.people |= frozenset(w for n in _WHO for w in pack[f"source.{n}"])
        self.main = _Clause("ROOT", -1)
        self.now = self.main
        self.joining = -1
        self.stopped = False

    def run(self) -> None:
        """Take the phrases one by one; then see that there is one root."""
        for k, chunk in enumerate(self.found):
            if chunk.kind == "verb":
                self.verb(k, chunk)
            elif chunk.kind == "noun":
                self.noun(k, chunk)
            elif chunk.kind == "phrase":
                self.phrase(chunk)
            elif chunk.kind == "mark":
                self.mark(k, chunk)
            elif chunk.kind == "and":
                self.joined(k, chunk)
            elif chunk.kind == "adverb":
                self.on_verb(chunk.head, "advmod")
            elif chunk.kind in {"comma", "stop"}:
                self.comma(k, chunk)
        self.close()

    def put(self, i: int, over: int, dep: str) -> None:
        self.nodes[i].head, self.nodes[i].dep = over, dep

    def on_verb(self, i: int, dep: str) -> None:
        """Hang a word on the verb of the clause, or keep it until the verb comes."""
        if self.now.verb >= 0:
            self.put(i, self.now.verb, dep)
        else:
            self.now.waiting.append((i, dep))

    def is_event(self, i: int) -> bool:
        return self.nodes[i].lemma in self.events or self.nodes[i].low in self.events

    def is_date(self, i: int) -> bool:
        node = self.nodes[i]
        return node.low in self.pack["parse.dates"] or node.pos == "NUM"

    def is_person(self, i: int) -> bool:
        node = self.nodes[i]
        return node.pos == "PROPN" or node.lemma in self.people or node.low in self.people

    # Verbs

    def verb(self, k: int, chunk: Chunk) -> None:
        """A verb takes its place by its form."""
        if chunk.form == "participle":
            self.participle(k, chunk)
        elif chunk.form == "gerund":
            self.gerund(chunk)
        elif chunk.form == "infinitive":
            self.infinitive(chunk)
        else:
            self.finite(k, chunk)

    def finite(self, k: int, chunk: Chunk) -> None:
        """A finite verb heads the clause that waits for one, or begins another."""
        head, now = chunk.head, self.now
        if now.verb >= 0 and self.joining >= 0:
            conj = _Clause("conj", now.verb, now.parent)
            self.put(self.joining, now.verb, "cc")
            self.joining = -1
            self.now = conj
        elif now.verb >= 0 and self.inverts(k, chunk):
            self.credited(chunk)
            return
        elif now.verb >= 0:
            self.now = self.without_verb() or _Clause("conj", self.top_verb(), self.main)
        self.take(head)
        self.now.chain, self.now.apart = [], False

    def take(self, head: int) -> None:
        """Let a verb head the clause: its subjects and all that waited hang on it."""
        now = self.now
        now.verb = head
        passive = any(n.head == head and n.dep == "auxpass" for n in self.nodes)
        if now.dep != "ROOT":
            self.put(head, now.over if now.over >= 0 else head, now.dep)
            if now.over < 0 and now.parent is not None:
                now.parent.waiting.append((head, now.dep))
        else:
            self.put(head, head, "ROOT")
        if now.relative >= 0:
            dep = "dobj" if now.subjects else "nsubjpass" if passive else "nsubj"
            self.put(now.relative, head, dep)
        for i in now.subjects[:1]:
            self.put(i, head, "nsubjpass" if passive else "nsubj")
        for i in now.subjects[1:]:
            self.put(i, head, "npadvmod" if self.is_date(i) else "dep")
        for i, dep in now.waiting:
            self.put(i, head, dep)
        now.waiting = []

    def without_verb(self) -> "_Clause | None":
        """The nearest clause around this one that has no verb yet."""
        clause: _Clause | None = self.now
        while clause is not None and clause.verb >= 0:
            clause = clause.parent
        return clause

    def top_verb(self) -> int:
        return self.main.verb if self.main.verb >= 0 else self.now.verb

    def inverts(self, k: int, chunk: Chunk) -> bool:
        """Whether a verb of speech stands behind its words: ", disse o ministro"."""
        before = self.found[k - 1].kind if k else ""
        strict = self.nodes[chunk.head].lemma in self.pack["cue.strict"]
        return strict and before in {"comma", "stop", "adverb"} and self.stopped

    def credited(self, chunk: Chunk) -> None:
        """The verb of speech heads the sentence, what was said hangs on it."""
        head, said = chunk.head, self.main.verb
        clause = _Clause("ROOT", -1)
        self.now = clause
        self.take(head)
        if said >= 0:
            self.put(said, head, "ccomp")
        elif self.main.subjects or self.main.waiting:
            for i in [*self.main.subjects, *(i for i, _ in self.main.waiting)]:
                self.put(i, head, "dep")
        self.main = clause
        clause.chain = []

    def participle(self, k: int, chunk: Chunk) -> None:
        """ "A visita prevista para maio": a clause of the noun that agrees with it."""
        head = chunk.head
        over = self.agreeing(head)
        if over < 0 and self.now.verb >= 0:
            self.put(head, self.now.verb, "advcl")
        elif over < 0:
            self.now.waiting.append((head, "advcl"))
        else:
            self.put(head, over, "acl")
        self.now = _Clause("acl", over, self.now, verb=head)

    def agreeing(self, head: int) -> int:
        """The noun of a participle: one of an engagement if it agrees, or the nearest."""
        ending = self.nodes[head].low
        chain = [i for i in self.now.chain if not self.is_date(i)]
        if not chain and not self.now.apart:
            chain = self.now.subjects[-1:]
        elif not chain:
            chain = [*self.now.subjects[:1]]
        suited = [i for i in chain if self.agrees(i, ending)]
        events = [i for i in suited if self.is_event(i)]
        return (events or suited[-1:] or chain[-1:] or [-1])[-1]

    def agrees(self, i: int, ending: str) -> bool:
        """Whether noun and participle have one gender and number, by the words before it."""
        before = {n.low for n in self.nodes if n.head == i and n.i < i}
        over = self.nodes[self.nodes[i].head]
        before |= {over.low} if self.nodes[i].dep == "pobj" else set()
        plural = self.nodes[i].low.endswith("s")
        if plural != ending.endswith("s"):
            return False
        feminine = any(w.rstrip("s").endswith("a") or w.rstrip("s") == "à" for w in before if w != "para")
        masculine = any(w in {"el", "del", "al", "un", "los"} or w.rstrip("s").endswith("o") for w in before)
        if feminine == masculine:
            low = self.nodes[i].low.rstrip("s")
            feminine = low.endswith(("a", "ção", "ión", "agem", "dade", "dad"))
        return feminine == ending.rstrip("s").endswith("a")

    def gerund(self, chunk: Chunk) -> None:
        self.on_verb(chunk.head, "advcl")
        if chunk.prep >= 0:
            self.put(chunk.prep, chunk.head, "mark")
        self.now = _Clause("advcl", -1, self.now, verb=chunk.head)

    def infinitive(self, chunk: Chunk) -> None:
        """ "Aceitou visitar", "convidou-o a visitar", "para visitar", "intenção de visitar"."""
        head, now, prep = chunk.head, self.now, chunk.prep
        word = self.nodes[prep].low if prep >= 0 else ""
        if prep >= 0:
            to = word in self.pack["modal.to"]
            self.put(prep, head, "aux" if to else "mark")
        noun = now.chain[-1] if now.chain and not now.apart else -1
        of = word in self.pack["role.prep.of"]
        control = now.verb >= 0 and self.nodes[now.verb].lemma in self.pack["role.object_control"]
        if now.verb < 0 and not now.chain:
            self.take(head)
            if now.dep == "ROOT":
                now.verb = -1
                now.subjects.append(head)
            return
        if noun >= 0 and of and not self.is_date(noun):
            self.put(head, noun, "acl")
        elif now.verb < 0:
            noun = noun if noun >= 0 else now.chain[-1]
            self.put(head, noun, "acl")
        elif prep < 0 or control or (of and noun < 0) or (word == "a" and noun < 0):
            self.put(head, now.verb, "xcomp")
        else:
            self.put(head, now.verb, "advcl")
        self.now = _Clause("xcomp", now.verb, now, verb=head)

    # Nouns and phrases

    def noun(self, k: int, chunk: Chunk) -> None:
        """A bare noun: subject, object, apposition, one of a list, or a date."""
        head, now = chunk.head, self.now
        if self.joining >= 0:
            cc, self.joining = self.joining, -1
            first = self.partner(head)
            if first >= 0:
                self.put(cc, first, "cc")
                self.put(head, first, "conj")
                now.chain = [*now.chain, head]
                now.apart = False
                return
            self.on_verb(cc, "cc")
        if self.is_date(head) and not self.nodes[head].low.endswith("ntes"):
            self.on_verb(head, "npadvmod")
            now.chain, now.apart = [*now.chain, head], False
            return
        if now.apart and now.chain and self.apposed(k, chunk):
            over = self.apposition(head)
            same = self.nodes[over].pos == self.nodes[head].pos and self.listed(k)
            self.put(head, over, "conj" if same else "appos")
            now.chain = [*now.chain, head] if same else [over, head]
            now.apart = False
            return
        if now.verb < 0:
            now.subjects.append(head)
        else:
            self.behind(head)
        now.chain, now.apart = [head], False

    def behind(self, head: int) -> None:
        """A noun behind its verb."""
        verb = self.now.verb
        mine = {n.dep for n in self.nodes if n.head == verb and n.i != verb}
        lemma = self.nodes[verb].lemma
        subject = bool(mine & {"nsubj", "nsubjpass"}) or self.now.dep in {"acl", "xcomp", "advcl", "conj"}
        told = lemma in self.pack["cue.strict"] and self.is_person(head) and not self.is_event(head)
        first = lemma.startswith("se ") or lemma in self.pack["parse.inverting"] or "auxpass" in mine
        if self.nodes[verb].morph.get("tense") == "participle" and "aux" not in mine and not first:
            dep = "nsubjpass" if not subject else "dobj"
        elif lemma in self.pack["parse.copula"] and "auxpass" not in mine:
            dep = "attr" if subject or "attr" in mine else "attr"
        elif not subject and (told or first or "dobj" in mine):
            dep = "nsubjpass" if "auxpass" in mine else "nsubj"
        else:
            dep = "dobj" if "dobj" not in mine else "npadvmod"
        self.put(head, verb, dep)

    def partner(self, head: int) -> int:
        """What a noun behind "e" is joined to: the nearest of its kind."""
        chain = [i for i in self.now.chain if not self.is_date(i) or self.is_date(head)]
        same = [i for i in chain if self.nodes[i].pos == self.nodes[head].pos]
        same = [i for i in same if self.is_person(i) == self.is_person(head)] or same
        heads = [i for i in (same or chain)[-1:]]
        return heads[-1] if heads else -1

    def apposition(self, head: int) -> int:
        """What a noun between commas names again."""
        people = [i for i in self.now.chain if self.is_person(i) == self.is_person(head)]
        return (people or self.now.chain)[-1]

    def apposed(self, k: int, chunk: Chunk) -> bool:
        """Whether a noun behind a comma ends at another one, or the sentence with it."""
        if self.now.verb < 0 and self.now.dep == "ROOT" and not self.now.subjects:
            return False
        for following in self.found[k + 1 :]:
            if following.kind in {"comma", "end", "stop", "and"}:
                return True
            if following.kind == "verb":
                return following.form != "finite"
            if following.kind == "mark":
                return True
        return True

    def listed(self, k: int) -> bool:
        """Whether "e" follows behind this noun or a further one."""
        for following in self.found[k + 1 : k + 6]:
            if following.kind == "and":
                return True
            if following.kind not in {"comma", "noun", "phrase"}:
                return False
        return False

    def phrase(self, chunk: Chunk) -> None:
        """A noun with its preposition goes to a noun before it, or to the verb."""
        prep, head, now = chunk.prep, chunk.head, self.now
        if self.joining >= 0:
            cc, self.joining = self.joining, -1
            over = self.last_prep(chunk)
            if over >= 0:
                self.put(cc, self.nodes[over].head, "cc")
                self.put(prep, self.nodes[over].head, "prep")
                now.chain = [*now.chain, head]
                return
            self.on_verb(cc, "cc")
        over = self.holder(chunk)
        by = self.nodes[prep].low in self.pack["role.prep.by"]
        if over >= 0:
            self.put(prep, over, "prep")
            now.chain = [*now.chain[: now.chain.index(over) + 1], head]
        else:
            passive = by and now.verb >= 0 and self.nodes[now.verb].morph.get("tense") == "participle"
            if self.personal(chunk):
                self.put(head, now.verb, "dobj")
                self.put(prep, head, "dep")
                now.chain = [head]
            else:
                self.on_verb(prep, "agent" if passive else "prep")
                now.chain = [head] if now.verb >= 0 else [*now.chain, head]
        now.apart = False

    def personal(self, chunk: Chunk) -> bool:
        """ "Recibirá a Pedro": an object of which the preposition only says that it lives."""
        now, prep = self.now, self.nodes[chunk.prep].low
        if prep not in self.pack["parse.personal"] or now.verb < 0:
            return False
        lemma = self.nodes[now.verb].lemma
        living = self.is_person(chunk.head) or self.nodes[chunk.head].pos == "PRON"
        takes = any(lemma in self.pack[f"event.verb.{n}"] for n in ("host", "invite", "visit", "meet"))
        takes = takes or lemma in self.pack["role.object_control"] | self.pack["cue.quoted"]
        return living and takes and not any(n.head == now.verb and n.dep == "dobj" for n in self.nodes)

    def last_prep(self, chunk: Chunk) -> int:
        """The preposition before "e" that this one repeats."""
        word = self.nodes[chunk.prep]
        before = [n for n in self.nodes[: word.i] if n.pos == "ADP" and n.dep in {"prep", "agent"}]
        same = [n for n in before if self.plain(n.low) == self.plain(word.low)]
        return same[-1].i if same else -1

    def plain(self, word: str) -> str:
        """A preposition without the article in it."""
        return dict(p.split("=") for p in self.pack.rows["parse.plain"]).get(word, word)

    def holder(self, chunk: Chunk) -> int:
        """The noun that a phrase hangs on, or -1 for the verb."""
        word, now, head = self.nodes[chunk.prep].low, self.now, chunk.head
        chain = now.chain
        if not chain:
            return -1
        taking = [i for i in chain if self.is_event(i) or self.nodes[i].lemma in self.pack["parse.taking"]]
        if now.apart:
            return -1
        last = chain[-1]
        if word in self.pack["role.prep.of"]:
            return self.owner(chain, head)
        if self.is_date(head):
            return -1 if now.verb >= 0 or not taking else taking[-1]
        if word in self.pack["parse.phrase"]:
            aim = word in self.pack["parse.for"]
            visits = [i for i in taking if self.nodes[i].lemma in self.pack["event.noun.visit"]]
            if aim and now.verb >= 0 and not visits and last not in taking:
                return -1
            return taking[-1] if taking else last if now.verb < 0 and not aim else -1
        if word in self.pack["parse.inside"]:
            if self.nodes[last].lemma in self.pack["role.matter"] or last in taking:
                return last
            if now.verb < 0 and taking:
                return taking[-1]
            return last if now.verb < 0 and self.nodes[last].pos == "NOUN" else -1
        if "-" in word or now.verb >= 0:
            return taking[-1] if taking and now.verb < 0 else -1
        return taking[-1] if taking else last

    def owner(self, chain: list[int], head: int) -> int:
        """What is somebody's: the nearest noun, but no town or date after an engagement's."""
        last = chain[-1]
        if self.is_date(head) and self.is_date(last):
            return last
        events = [i for i in chain if self.is_event(i)]
        outside = self.nodes[last].pos == "PROPN" or self.is_date(last)
        if events and last not in events and outside and self.nodes[last].dep == "pobj":
            by = self.nodes[self.nodes[last].head].low
            if by not in self.pack["role.prep.of"]:
                return events[-1]
        if self.is_date(last) and not self.is_date(head):
            rest = [i for i in chain if not self.is_date(i)]
            return rest[-1] if rest else last
        return last

    # Marks

    def mark(self, k: int, chunk: Chunk) -> None:
        """ "Que" after a verb of speech or a noun, "se", "quando"."""
        low, now = self.nodes[chunk.head].low, self.now
        that = low in self.pack["cue.that"]
        noun = now.chain[-1] if now.chain and self.found[k - 1].kind in {"noun", "phrase", "comma"} else -1
        telling = self.telling()
        if that and chunk.prep >= 0:
            dep = "acl" if noun >= 0 else "ccomp" if telling >= 0 else "advcl"
            over = noun if noun >= 0 else now.verb
            self.open(_Clause(dep, over, now), chunk.head, "mark")
        elif that and telling >= 0 and not (noun >= 0 and now.apart and now.chain):
            self.open(_Clause("ccomp", telling, now), chunk.head, "mark")
        elif noun >= 0 and low in self.pack["parse.relative"]:
            self.open(_Clause("relcl", self.described(noun), now), chunk.head, "")
        elif that and now.verb >= 0:
            self.open(_Clause("ccomp", now.verb, now), chunk.head, "mark")
        else:
            self.open(_Clause("advcl", now.verb, now), chunk.head, "mark")

    def described(self, noun: int) -> int:
        """Whom a relative clause describes: behind a comma the person the phrase is about."""
        people = [i for i in self.now.chain if self.is_person(i) and self.nodes[i].pos == "NOUN"]
        if self.now.apart and people and not self.is_event(noun):
            return people[0]
        return noun

    def telling(self) -> int:
        """The verb of speech that "que" can belong to, with nothing but whom and when between."""
        now = self.now
        if now.verb < 0:
            return -1
        node = self.nodes[now.verb]
        listed = node.lemma in self.pack["cue.speech"] | self.pack["status.fixed"]
        if not listed or any(n.head == node.i and n.dep == "ccomp" for n in self.nodes):
            return -1
        objects = [n for n in self.nodes if n.head == node.i and n.dep == "dobj"]
        if any(not self.is_person(n.i) for n in objects):
            return -1
        for n in objects:
            n.dep = "nsubj" if not now.subjects else n.dep
        return node.i

    def open(self, clause: _Clause, word: int, dep: str) -> None:
        """Begin a clause with its first word."""
        self.joining = -1
        self.now = clause
        if dep:
            clause.waiting.append((word, dep))
        else:
            clause.relative = word
            self.nodes[word].morph = {**self.nodes[word].morph, "PronType": "Rel"}

    def joined(self, k: int, chunk: Chunk) -> None:
        """ "E": between nouns, phrases, or clauses of which the second has its own subject."""
        self.joining = chunk.head
        if self.opens(k):
            now = self.now
            while now.dep in {"acl", "xcomp"} and now.parent is not None:
                now = now.parent
            if now.verb >= 0:
                self.put(chunk.head, now.verb, "cc")
                self.joining = -1
                self.now = _Clause("conj", now.verb, now.parent)
        elif self.found[k + 1 : k + 2] and self.found[k + 1].kind == "verb":
            if self.found[k + 1].form == "finite":
                while self.now.dep in {"acl", "xcomp"} and self.now.parent is not None:
                    self.now = self.now.parent

    def opens(self, k: int) -> bool:
        """Whether a noun and its finite verb follow: a clause of its own."""
        seen = False
        for following in self.found[k + 1 :]:
            if following.kind == "noun":
                seen = True
            elif following.kind == "verb":
                return seen and following.form == "finite"
            elif following.kind not in {"phrase", "adverb"}:
                return False
        return False

    def comma(self, k: int, chunk: Chunk) -> None:
        """A comma closes what it opened; behind it may stand a clause or an apposition."""
        self.stopped = True
        now = self.now
        while now.parent is not None and now.verb >= 0 and (
            now.dep in {"acl", "xcomp"} or now.parent.verb < 0
        ):
            if now.parent.verb < 0 or now.dep == "acl":
                now = now.parent
                continue
            break
        if now is not self.now:
            self.now = now
        now.apart = True
        if self.opens(k) and now.verb >= 0 and not self.spoken(k):
            waiting = self.without_verb()
            self.now = waiting or _Clause("conj", self.top_verb(), self.main)
            self.now.apart = False

    def spoken(self, k: int) -> bool:
        """Whether a verb comes next, not its subject."""
        return bool(self.found[k + 1 : k + 2]) and self.found[k + 1].kind == "verb"

    def close(self) -> None:
        """One root; what waited in vain hangs on it."""
        root = self.main.verb
        if root < 0:
            root = self.headless()
        for node in self.nodes:
            if not node.dep or (node.head == node.i and node.i != root):
                node.head = root
                node.dep = "punct" if node.pos == "PUNCT" else node.dep or "dep"
            if node.dep == "ROOT" and node.i != root:
                node.dep = "dep"
        self.put(root, root, "ROOT")
        for node in self.nodes:
            self.uncircled(node, root)

    def headless(self) -> int:
        """The head of a sentence without a finite verb: a participle, or its first noun."""
        main = self.main
        subject = main.subjects[0] if main.subjects else -1
        past = [
            n.i for n in self.nodes
            if n.head == subject and n.dep == "acl" and n.morph.get("tense") == "participle"
        ]  # fmt: skip
        if subject >= 0 and past:
            root = past[0]
            self.put(subject, root, "nsubjpass")
        else:
            verbs = [n.i for n in self.nodes if n.pos == "VERB" and n.dep in {"ccomp", ""}]
            root = subject if subject >= 0 else verbs[0] if verbs else 0
        for i in main.subjects:
            if i not in {root, subject}:
                self.put(i, root, "dep")
        for i, dep in main.waiting:
            if i != root:
                self.put(i, root, dep)
        return root

    def uncircled(self, node: Node, root: int) -> None:
        """A word that would hang on itself in a circle hangs on the root."""
        seen, at = {node.i}, node
        while at.head != at.i:
            at = self.nodes[at.head]
            if at.i in seen:
                node.head, node.dep = root, "dep"
                return
            seen.add(at.i)

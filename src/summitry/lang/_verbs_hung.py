"""On what does a verb hang, and what hangs on it?

A finite verb heads the clause that waits for one, a participle goes to the noun that agrees with
it, and whoever stands behind ", disse" has spoken.
"""

from summitry.lang._chunks import Chunk
from summitry.lang._clauses import Clause, Clauses

__all__ = ["Verbs"]


class Verbs(Clauses):
    """What is done with the verbs of a sentence."""

    def verb(self, k: int, chunk: Chunk) -> None:
        """A verb takes its place by its form."""
        if chunk.form == "participle":
            self.participle(chunk)
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
            conj = Clause("conj", now.verb, now.parent)
            self.put(self.joining, now.verb, "cc")
            self.joining = -1
            self.now = conj
        elif now.verb >= 0 and self.inverts(k, chunk):
            self.credited(chunk)
            return
        elif now.verb >= 0:
            self.now = self.without_verb() or Clause("conj", self.top_verb(), self.main)
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
            where = self.nodes[now.relative].low in self.pack["parse.conjunction"]
            self.put(now.relative, head, "advmod" if where else dep)
        for i in now.subjects[:1]:
            self.put(i, head, "nsubjpass" if passive else "nsubj")
        for i in now.subjects[1:]:
            self.put(i, head, "npadvmod" if self.is_date(i) else "dep")
        for i, dep in now.waiting:
            self.put(i, head, dep)
        now.waiting = []

    def without_verb(self) -> "Clause | None":
        """The nearest clause around this one that has no verb yet."""
        clause: Clause | None = self.now
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
        clause = Clause("ROOT", -1)
        self.now = clause
        self.take(head)
        if said >= 0:
            self.put(said, head, "ccomp")
        elif self.main.subjects or self.main.waiting:
            for i in [*self.main.subjects, *(i for i, _ in self.main.waiting)]:
                self.put(i, head, "dep")
        self.main = clause
        clause.chain = []

    def participle(self, chunk: Chunk) -> None:
        """ "A visita prevista para maio": a clause of the noun that agrees with it."""
        head = chunk.head
        over = self.agreeing(head)
        if over < 0 and self.now.verb >= 0:
            self.put(head, self.now.verb, "advcl")
        elif over < 0:
            self.now.waiting.append((head, "advcl"))
        else:
            self.put(head, over, "acl")
        self.now = Clause("acl", over, self.now, verb=head)

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
        feminine = any(
            w.rstrip("s").endswith("a") or w.rstrip("s") == "à" for w in before if w != "para"
        )
        masculine = any(
            w in {"el", "del", "al", "un", "los"} or w.rstrip("s").endswith("o") for w in before
        )
        if feminine == masculine:
            low = self.nodes[i].low.rstrip("s")
            feminine = low.endswith(("a", "ção", "ión", "agem", "dade", "dad"))
        return feminine == ending.rstrip("s").endswith("a")

    def gerund(self, chunk: Chunk) -> None:
        self.on_verb(chunk.head, "advcl")
        if chunk.prep >= 0:
            self.put(chunk.prep, chunk.head, "mark")
        self.now = Clause("xcomp", -1, self.now, verb=chunk.head)

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
        self.now = Clause("xcomp", now.verb, now, verb=head)

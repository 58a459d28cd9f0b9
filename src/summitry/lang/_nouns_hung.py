"""On what does a noun hang, with a preposition or without?

A noun before its verb is its subject, one behind it its object; between commas it names another
again. A phrase goes to the noun of an engagement that stands right before it, else to the verb.
"""

from summitry.lang._chunks import Chunk
from summitry.lang._clauses import Clauses

__all__ = ["Nouns"]


class Nouns(Clauses):
    """What is done with the nouns of a sentence."""

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
        if now.apart and now.chain and self.apposed(k):
            over = self.apposition(head)
            same = self.nodes[over].pos == self.nodes[head].pos and self.listed(k)
            self.put(head, over, "conj" if same else "appos")
            now.aside = [] if same else now.chain[: now.chain.index(over) + 1]
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
        subject = bool(mine & {"nsubj", "nsubjpass"}) or self.now.dep in {"acl", "xcomp", "conj"}
        told = (
            lemma in self.pack["cue.strict"] and self.is_person(head) and not self.is_event(head)
        )
        first = (
            lemma.startswith("se ") or lemma in self.pack["parse.inverting"] or "auxpass" in mine
        )
        if self.nodes[verb].morph.get("tense") == "participle" and "aux" not in mine and not first:
            dep = "nsubjpass" if not subject else "dobj"
        elif lemma in self.pack["parse.copula"] and "auxpass" not in mine:
            dep = "attr"
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
        return next(iter((same or chain)[-1:]), -1)

    def apposition(self, head: int) -> int:
        """What a noun between commas names again."""
        titled = [i for i in self.now.chain if self.nodes[i].lemma in self.titles]
        if titled and self.nodes[head].pos == "PROPN":
            return titled[-1]
        people = [i for i in self.now.chain if self.is_person(i) == self.is_person(head)]
        return (people or self.now.chain)[-1]

    def apposed(self, k: int) -> bool:
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
            passive = (
                by and now.verb >= 0 and self.nodes[now.verb].morph.get("tense") == "participle"
            )
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
        if now.verb < 0:
            return False
        lemma = self.nodes[now.verb].lemma
        if lemma in self.pack["event.verb.call"] and prep in self.pack["parse.calling"]:
            return self.is_person(chunk.head)
        if prep not in self.pack["parse.personal"]:
            return False
        living = self.is_person(chunk.head) or self.nodes[chunk.head].pos == "PRON"
        takes = any(
            lemma in self.pack[f"event.verb.{n}"] for n in ("host", "invite", "visit", "meet")
        )
        takes = takes or lemma in self.pack["role.object_control"] | self.pack["cue.quoted"]
        return (
            living
            and takes
            and not any(n.head == now.verb and n.dep == "dobj" for n in self.nodes)
        )

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
        taking = [
            i
            for i in chain
            if self.is_event(i) or self.nodes[i].lemma in self.pack["parse.taking"]
        ]
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

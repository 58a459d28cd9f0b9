"""How do the phrases of a sentence hang on each other?

From left to right: verbs (``_verbs_hung.py``), nouns (``_nouns_hung.py``), and here what opens,
joins and closes clauses: "que", "e", a comma. The labels are those of the English models
(``tokens.py``).
"""

from collections.abc import Sequence

from summitry.lang._chunks import Chunk
from summitry.lang._clauses import Clause
from summitry.lang._nodes import Node
from summitry.lang._nouns_hung import Nouns
from summitry.lang._verbs_hung import Verbs
from summitry.lang.words import Words

__all__ = ["hung"]


def hung(nodes: list[Node], found: Sequence[Chunk], pack: Words) -> None:
    """Let every phrase hang on another; exactly one word of the sentence heads itself.

    Args:
        nodes: The words; what is inside of phrases hangs already.
        found: The phrases, in order.
        pack: The pack of the language.
    """
    _Hanging(nodes, found, pack).run()


class _Hanging(Verbs, Nouns):
    """Phrase by phrase to a tree."""

    def run(self) -> None:
        """Take the phrases one by one; then see that there is one root."""
        aside = False
        for k, chunk in enumerate(self.found):
            if self.nodes[chunk.head].text in {"(", ")"}:
                aside = self.nodes[chunk.head].text == "("
            elif aside:  # "(4/11)", "(PSD)": nothing hangs on it
                continue
            elif chunk.kind == "verb":
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
                self.comma(k)
        self.close()

    def mark(self, k: int, chunk: Chunk) -> None:
        """ "Que" after a verb of speech or a noun, "se", "quando"."""
        low, now = self.nodes[chunk.head].low, self.now
        that = low in self.pack["cue.that"]
        noun = (
            now.chain[-1]
            if now.chain and self.found[k - 1].kind in {"noun", "phrase", "comma"}
            else -1
        )
        telling = self.telling()
        if telling >= 0 and noun >= 0 and self.is_date(noun):
            noun = -1
        if that and chunk.prep >= 0:
            dep = "acl" if noun >= 0 else "ccomp" if telling >= 0 else "advcl"
            over = noun if noun >= 0 else now.verb
            self.open(Clause(dep, over, now), chunk.head, "mark")
        elif that and telling >= 0 and not (noun >= 0 and now.apart and now.chain):
            self.open(Clause("ccomp", telling, now), chunk.head, "mark")
        elif noun >= 0 and low in self.pack["parse.relative"]:
            self.open(Clause("relcl", self.described(noun), now), chunk.head, "")
        elif that and now.verb >= 0:
            self.open(Clause("ccomp", now.verb, now), chunk.head, "mark")
        else:
            self.open(Clause("advcl", now.verb, now), chunk.head, "mark")

    def described(self, noun: int) -> int:
        """Whom a relative clause describes: behind a comma the person the phrase is about."""
        people = [i for i in self.now.chain if self.is_person(i) and self.nodes[i].pos == "NOUN"]
        if self.now.apart and people and not self.is_event(noun):
            return people[0]
        if self.now.apart and self.nodes[noun].dep == "conj":
            return self.nodes[noun].head
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

    def open(self, clause: Clause, word: int, dep: str) -> None:
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
                self.now = Clause("conj", now.verb, now.parent)
        elif self.spoken(k) and self.found[k + 1].form == "finite":
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

    def comma(self, k: int) -> None:
        """A comma closes what it opened; behind it may stand a clause or an apposition."""
        self.stopped = True
        now = self.now
        while now.parent is not None and now.verb >= 0:
            if now.parent.verb >= 0 and now.dep != "acl":
                break
            now = now.parent
        self.now = now
        now.apart = not now.aside
        now.chain, now.aside = now.aside or now.chain, []
        if self.opens(k) and now.verb >= 0 and not self.spoken(k):
            waiting = self.without_verb()
            self.now = waiting or Clause("conj", self.top_verb(), self.main)
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

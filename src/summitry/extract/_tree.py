"""Walks over a dependency parse, each named after what it finds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from summitry.lang import Token

__all__ = ["Tree", "tree"]

_SHARING = {"xcomp", "conj", "ccomp", "advcl", "dep", "pcomp"}
# How deep a chain of verbs may be whose subject is the first one's.
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Tree:
    """The tokens of one sentence and who hangs on whom."""

    tokens: tuple[Token, ...]
    kids: tuple[tuple[int, ...], ...]
    controlling: frozenset[str] = frozenset()
    """Verbs whose object does what their infinitive says: "invited him to visit"."""

    def children(self, i: int, *deps: str) -> tuple[int, ...]:
        """The tokens that hang on token i by one of the relations (by any, if none is given)."""
        if not deps:
            return self.kids[i]
        return tuple(k for k in self.kids[i] if self.tokens[k].dep in deps)

    def below(self, i: int) -> Iterator[int]:
        """Token i and all that hangs on it, however deep."""
        seen, queue = {i}, [i]
        while queue:
            at = queue.pop()
            yield at
            fresh = [k for k in self.kids[at] if k not in seen]
            seen.update(fresh)
            queue += fresh

    def above(self, i: int) -> Iterator[int]:
        """The heads of token i, the nearest first."""
        seen = {i}
        while (head := self.tokens[i].head) != i and head not in seen:
            yield head
            seen.add(head)
            i = head

    def coordinated(self, i: int) -> Iterator[int]:
        """Token i and those joined to it by "and" or a comma."""
        yield i
        for kid in self.children(i, "conj"):
            yield from self.coordinated(kid)

    def objects(self, i: int, *prepositions: str) -> tuple[int, ...]:
        """What stands after these prepositions on token i, coordinated ones too."""
        found: list[int] = []
        for prep in self.children(i, "prep", "agent", "dative", "prt", "advmod", "mark", "pcomp"):
            if self.tokens[prep].text.lower() in prepositions:
                for obj in self.children(prep, "pobj", "pcomp"):
                    found += self.coordinated(obj)
                for inner in self.children(prep, "prep"):
                    for obj in self.children(inner, "pobj"):
                        found += self.coordinated(obj)
        return tuple(found)

    def subjects(self, verb: int, depth: int = 0) -> tuple[int, ...]:
        """Who does what the verb says, through auxiliaries, infinitives and coordination."""
        own = self.children(verb, "nsubj", "csubj") or self.children(verb, "nsubjpass")
        if own:
            return tuple(c for o in own for c in self._person(o))
        token = self.tokens[verb]
        if depth > _DEEPEST:
            return ()
        if token.head == verb:
            # "He leaves on Sunday, then will attend": the parser hangs the first on the second.
            if not any(self.tokens[k].tag == "MD" for k in self.kids[verb]):
                return ()
            first = (k for k in self.children(verb, "ccomp", "dep") if k < verb)
            held = (self.children(k, "nsubj") for k in first)
            return tuple(c for o in next(held, ()) for c in self._person(o))
        head = self.tokens[token.head]
        if token.dep in {"relcl", "acl"} and head.pos in {"NOUN", "PROPN", "PRON"}:
            return tuple(self.coordinated(head.i))
        if token.dep in _SHARING | {"acl", "relcl", "ROOT"}:
            controlled = self.children(head.i, "dobj", "dative")
            infinitive = token.dep in {"xcomp", "ccomp", "advcl"} and token.tag == "VB"
            if head.lemma in self.controlling and controlled and infinitive:
                return tuple(c for o in controlled for c in self.coordinated(o))
            return self.subjects(head.i, depth + 1)
        return ()

    def _person(self, i: int) -> Iterator[int]:
        """A relative pronoun stands for the noun that its clause hangs on."""
        token = self.tokens[i]
        if token.tag in {"WP", "WDT"}:
            clause = self.tokens[token.head]
            if clause.dep == "relcl":
                yield from self.coordinated(clause.head)
                return
        yield from self.coordinated(i)

    def governor(self, i: int) -> int:
        """The verb over a noun (through prepositions and other nouns), or -1."""
        for head in self.above(i):
            if self.tokens[head].pos in {"VERB", "AUX"}:
                return head
        return -1


def tree(tokens: Sequence[Token], controlling: frozenset[str] = frozenset()) -> Tree:
    """The tree over the tokens of one sentence.

    Args:
        tokens: The tokens, each at its own index.
        controlling: Lemmas of verbs whose object is the subject of their infinitive.
    """
    whole = tuple(_mended(tokens))
    kids: list[list[int]] = [[] for _ in whole]
    for token in whole:
        if token.head != token.i:
            kids[token.head].append(token.i)
    return Tree(whole, tuple(tuple(k) for k in kids), controlling)


def _mended(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens with a mistake of the parser undone: "said the talks, starting soon, would".

    It takes the talks for what is said, and the start for what would.
    """
    found = list(tokens)
    for start in tokens:
        if start.dep != "csubj" or start.tag != "VBG":
            continue
        verb = tokens[start.head]
        said = (t for t in tokens[: start.i] if t.head == verb.head and t.dep == "dobj")
        noun = next((t for t in said if t.i > verb.head), None)
        if verb.dep == "ccomp" and noun is not None:
            found[noun.i] = replace(noun, head=verb.i, dep="nsubj")
            found[start.i] = replace(start, head=noun.i, dep="acl")
    return found

"""The rules that an ontology holds: marks on its relations, and rules with a name of their own."""

from __future__ import annotations

from kg.case.turtle import Facts
from kg.model.namespaces import KG, RDF, RDFS, local
from kg.model.rules import (
    COUNTS,
    DEGREES,
    ENDS,
    EXCLUSIVE,
    FIRST,
    LAST,
    PART,
    REPEATS,
    RULES_OUT,
    SUPERLATIVE,
    Rule,
    pattern,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from kg.model.ontology import Ontology

    Texts = Callable[[list[Any]], str]


def rules(facts: Facts, terms: Ontology, texts: Texts) -> tuple[Rule, ...]:
    """Every rule, by name; what is wrong with one is told. `texts` chooses among languages."""
    reader = _Reader(facts, terms, texts)
    found: dict[str, Rule] = {}
    once: dict[str, str] = {}
    again: dict[str, str] = {}
    for iri, said in facts.about.items():
        for rule in reader.of(iri, said):
            if rule.name in found:
                reader.tell(iri, RDF + "type", f"two rules are called {rule.name}", "another name")
            found[rule.name] = rule
            if rule.end == "date" or rule.kind == REPEATS:
                held, other = (once, again) if rule.end == "date" else (again, once)
                held |= dict.fromkeys(rule.relations, rule.name)
                for name in (n for n in rule.relations if n in other):
                    told = (
                        f"{name} happens once by the rule {once[name]}, and again by {again[name]}"
                    )
                    reader.tell(iri, KG + rule.kind, told, "one of the two")
    return tuple(_below(found[name], terms) for name in sorted(found))


def _below(rule: Rule, terms: Ontology) -> Rule:
    """A rule that holds of all below the relations that it names too."""

    def widened(names: Iterable[str]) -> tuple[str, ...]:
        known = {*terms.relations, *terms.measures}
        each = (sorted(terms.narrower(n)) if n in known else [n] for n in names)
        return tuple(dict.fromkeys(name for some in each for name in some))

    def patterns(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(reworded, texts))

    def reworded(text: str) -> str:
        *before, subject, relation, target = text.split()
        return " ".join((*before, subject, "/".join(widened(relation.split("/"))), target))

    return rule._replace(
        relations=widened(rule.relations), one=patterns(rule.one), other=patterns(rule.other)
    )


class _Reader:
    def __init__(self, facts: Facts, terms: Ontology, texts: Texts) -> None:
        self.facts, self.terms, self.texts = facts, terms, texts
        self.known = {
            t.iri: t.id
            for group in (terms.relations, terms.measures, terms.attributes)
            for t in group.values()
        }
        self.named = {
            iri
            for iri, said in facts.about.items()
            if any(o.value == KG + "Rule" for o in said.get(RDF + "type", ()))
        }

    def tell(self, iri: str, predicate: str, found: str, expected: str, hint: str = "") -> None:
        self.facts.tell(iri, predicate, found, expected, hint)

    def of(self, iri: str, said: dict[str, list[Any]]) -> Iterator[Rule]:
        if iri in self.named:
            yield from self._named(iri, said)
        elif iri in self.known:
            yield from self._marked(iri, said)

    # ------------------------------------------------------------ marks on a relation
    def _marked(self, iri: str, said: dict[str, list[Any]]) -> Iterator[Rule]:
        name = self.known[iri]
        rest: dict[str, Any] = {
            "relations": (name,),
            "strict": self._flag(iri, said, "strict"),
            "reason": self._text(said, "reason"),
        }
        if end := self._end(iri, said):
            yield Rule(f"{name}-{EXCLUSIVE}", EXCLUSIVE, end=end, **rest)
        if self._flag(iri, said, REPEATS):
            yield Rule(f"{name}-{REPEATS}", REPEATS, **rest)
        if self._flag(iri, said, PART):
            yield Rule(f"{name}-{PART}", PART, **rest)
        if KG + COUNTS in said:
            yield Rule(f"{name}-{COUNTS}", COUNTS, one=self._patterns(iri, said, COUNTS), **rest)
        for other in self._relations(iri, said, RULES_OUT):
            sides: dict[str, Any] = {"one": (f"?x {name} ?y",), "other": (f"?x {other} ?y",)}
            yield Rule(f"{name}-{RULES_OUT}-{other}", RULES_OUT, **rest, **sides)
        made = {EXCLUSIVE, REPEATS, PART, COUNTS, RULES_OUT}
        for mark in ("strict", "reason"):
            if KG + mark in said and not any(KG + kind in said for kind in made):
                found = f"{name} has kg:{mark}, and no rule that it is of"
                expected = f"one of {', '.join(f'kg:{kind}' for kind in sorted(made))} beside it"
                self.tell(iri, KG + mark, found, expected)
        for part in (
            p for p in ("one", "other", "about", "onRelation", SUPERLATIVE) if KG + p in said
        ):
            found = f"{name} has kg:{part}, and is no rule with a name"
            self.tell(iri, KG + part, found, f"my:NAME a kg:Rule ; kg:{part} …, of its own")
        self._sound(iri, said, (name,), EXCLUSIVE if KG + EXCLUSIVE in said else "")

    # ------------------------------------------------------------ rules with a name
    def _named(self, iri: str, said: dict[str, list[Any]]) -> Iterator[Rule]:
        name = local(iri)
        rest: dict[str, Any] = {
            "strict": self._flag(iri, said, "strict"),
            "label": self.texts(said.get(RDFS + "label", [])),
            "reason": self._text(said, "reason"),
        }
        one, other = (self._patterns(iri, said, side) for side in ("one", "other"))
        if KG + SUPERLATIVE in said:
            yield from self._superlative(iri, said, name, one, other, rest)
        elif KG + "onRelation" in said:
            relations = self._relations(iri, said, "onRelation")
            kinds = (k for k in (EXCLUSIVE, REPEATS, COUNTS) if KG + k in said)
            self._sound(iri, said, relations, next(kinds, ""))
            if end := self._end(iri, said):
                yield Rule(name, EXCLUSIVE, relations, end, one=one, **rest)
            elif self._flag(iri, said, REPEATS):
                yield Rule(name, REPEATS, relations, **rest)
            elif KG + COUNTS in said:
                counted = self._patterns(iri, said, COUNTS)
                about = tuple(sorted(self.texts([o]) for o in said.get(KG + "about", ())))
                yield Rule(name, COUNTS, relations, one=counted, about=about, **rest)
            else:
                self._incomplete(iri, name)
        elif KG + PART in said:
            yield Rule(name, PART, one=self._patterns(iri, said, PART), **rest)
        elif one and other:
            yield Rule(name, RULES_OUT, one=one, other=other, **rest)
        elif not (KG + "one" in said and KG + "other" in said):
            self._incomplete(iri, name)

    def _superlative(
        self,
        iri: str,
        said: dict[str, list[Any]],
        name: str,
        one: tuple[str, ...],
        other: tuple[str, ...],
        rest: dict[str, Any],
    ) -> Iterator[Rule]:
        """What is called the first, the last, the most or the only one, by which other rows."""
        degree = self._chosen(iri, said, SUPERLATIVE, DEGREES)
        if degree not in DEGREES:
            if degree:
                found = f"{name}: kg:superlative is {degree.replace(' ', ' and ')}"
                self.tell(iri, KG + SUPERLATIVE, found, "one of them, and a rule for each")
            return
        dated = degree in (FIRST, LAST)
        counts = () if dated else self._patterns(iri, said, COUNTS)
        # Patterns of a side are alternatives, those of a count hold together.
        needed: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
            ("one", ("?x",), one),
            ("other", ("?x",), other)
            if dated
            else (COUNTS, ("?x", "?counted"), (" ".join(counts),)),
        ]
        whole = True
        for part, words, patterns in needed:
            for text in patterns or ("",):
                missing = [word for word in words if word not in text.split()]
                if missing:
                    found = f"{name}: kg:{part} is without {' and '.join(missing)}"
                    expected = f"kg:{part} with a pattern of {' and '.join(words)}"
                    self.tell(iri, KG + SUPERLATIVE, found, expected)
                    whole = False
        if whole:
            yield Rule(
                name, SUPERLATIVE, end=degree, one=one, other=other if dated else counts, **rest
            )

    def _sound(
        self, iri: str, said: dict[str, list[Any]], relations: tuple[str, ...], kind: str
    ) -> None:
        """Tell what a rule cannot be of, and two rules that cannot both hold."""
        terms = self.terms
        ends = {getattr(o, "value", "") for o in said.get(KG + EXCLUSIVE, ())}
        for name in relations:
            figure = name in terms.measures
            if kind == EXCLUSIVE and figure:
                found = f"{local(iri)}: kg:exclusive is of {name}, a measure"
                self.tell(iri, KG + EXCLUSIVE, found, "a relation: a measure has one end only")
            elif kind == COUNTS and not figure:
                found = f"{local(iri)}: kg:counts is of {name}, which is no measure"
                self.tell(iri, KG + COUNTS, found, "a measure, whose totals it counts")
            elif "date" in ends and terms.term(name).kind == "state":
                found = f"{local(iri)}: kg:exclusive is “date”, and {name} is a state"
                self.tell(iri, KG + EXCLUSIVE, found, "an event, which happens once")
        if "date" in ends and len(ends) > 1:
            found = f"{local(iri)}: kg:exclusive is {' and '.join(f'“{e}”' for e in sorted(ends))}"
            self.tell(
                iri, KG + EXCLUSIVE, found, "“date” alone, and a rule of its own for the ends"
            )

    def _incomplete(self, iri: str, name: str) -> None:
        found = f"{name} says of nothing what it rules out"
        expected = (
            "kg:one and kg:other, kg:one and kg:superlative with what shows another, "
            "or kg:onRelation with kg:exclusive, kg:repeats or kg:counts"
        )
        self.tell(iri, RDF + "type", found, expected)

    # ------------------------------------------------------------ values
    def _text(self, said: dict[str, list[Any]], name: str) -> str:
        return self.texts(said.get(KG + name, []))

    def _flag(self, iri: str, said: dict[str, list[Any]], name: str) -> bool:
        values = {getattr(o, "value", "") for o in said.get(KG + name, ())}
        if values - {"true", "false"}:
            shown = " and ".join(self.facts.node(o) for o in said[KG + name])
            self.tell(iri, KG + name, f"{local(iri)}: kg:{name} is {shown}", "true or false")
        return values == {"true"}

    def _end(self, iri: str, said: dict[str, list[Any]]) -> str:
        values = self._chosen(iri, said, EXCLUSIVE, ENDS).split()
        return "both" if len(values) > 1 else "".join(values)

    def _chosen(
        self, iri: str, said: dict[str, list[Any]], name: str, allowed: tuple[str, ...]
    ) -> str:
        """The values of a mark, each one of those that are allowed; empty if one is not."""
        values = sorted({getattr(o, "value", "") for o in said.get(KG + name, ())})
        if wrong := [v for v in values if v not in allowed]:
            found = f"{local(iri)}: kg:{name} is “{wrong[0]}”"
            hint = self.facts.near(wrong[0], allowed)
            self.tell(iri, KG + name, found, f"one of {', '.join(allowed)}", hint)
            return ""
        return " ".join(values)

    def _relations(self, iri: str, said: dict[str, list[Any]], name: str) -> tuple[str, ...]:
        found = []
        for o in said.get(KG + name, ()):
            value = getattr(o, "value", "")
            joined = {k: n for k, n in self.known.items() if n not in self.terms.attributes}
            if value in joined:
                found.append(joined[value])
            else:
                shown = [self.facts.shown(known) for known in joined]
                hint = self.facts.near(self.facts.shown(value), shown)
                told = f"{local(iri)}: kg:{name} is {self.facts.node(o)}"
                self.tell(iri, KG + name, told, "a relation or measure of this case", hint)
        return tuple(sorted(found))

    def _patterns(self, iri: str, said: dict[str, list[Any]], name: str) -> tuple[str, ...]:
        found = []
        for o in said.get(KG + name, ()):
            for text in getattr(o, "value", "").split(" . "):
                if self._reads(iri, name, text):
                    found.append(" ".join(text.split()))
        return tuple(sorted(found))

    def _reads(self, iri: str, name: str, text: str) -> bool:
        try:
            words = pattern(text)
        except ValueError as error:
            self.tell(iri, KG + name, f"{local(iri)}: kg:{name} is “{text}”", str(error))
            return False
        if words.relation == ("a",):
            names, group = words.object, {**self.terms.classes}
        else:
            names = words.relation
            group = {**self.terms.relations, **self.terms.measures, **self.terms.attributes}
        for word in names:
            if word != "*" and word not in group:
                found = f"{local(iri)}: kg:{name} names {word}, which is no term of this case"
                self.tell(iri, KG + name, found, "one that is", self.facts.near(word, group))
                return False
        return True

"""One term of an ontology: made from what its files say of it, what is wrong in that told."""

from __future__ import annotations

import re

from kg.case import term_words
from kg.case.relation_tree import BELOW
from kg.case.turtle import Facts
from kg.model.marks import MARKS, MEASURE, RELATION, Mark
from kg.model.namespaces import KG, OWL, RDF, RDFS, SKOS, XSD, local
from kg.model.ontology import Term
from kg.text.spelling import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

LABEL, COMMENT, EXAMPLE = RDFS + "label", RDFS + "comment", SKOS + "example"
WORDED = {LABEL, KG + "inverseLabel"}
"""A term has one of these in each language."""
PARENT, DOMAIN, RANGE = (RDFS + n for n in ("subClassOf", "domain", "range"))
_SYMMETRIC = {KG + "Symmetric", OWL + "SymmetricProperty"}
_ALL = {OWL + "Thing", RDFS + "Resource"}
_KINDS = {"class": "a class", "event": "an event", "state": "a state"}
_KINDS |= {"measure": "a measure", "attribute": "an attribute", "quality": "a quality"}
_TERMS = {
    "relations": (("event", "state", "measure"), "a relation or measure, as my:owns"),
    "quality": (("quality",), "a quality, as my:currency"),
}
_EXPECTED = {
    "text": ("a text in quotes", r"[^/\\]+"),
    "words": ("a text in quotes", ".+"),
    "flag": ("true or false", "true|false"),
    "colour": ("a colour as “#0072B2”", "#[0-9A-Fa-f]{6}"),
    "number": ("a whole number, as 3", "[0-9]{1,6}"),
    "choice": ("", ""),
}


class Maker:
    """Makes the term of one IRI from what is said of it, and tells what is wrong in that."""

    def __init__(
        self, facts: Facts, iri: str, kind: str, kinds: dict[str, str], language: str
    ) -> None:
        self._facts, self._iri, self._kind, self._kinds = facts, iri, kind, kinds
        self._said = facts.about[iri]
        self._language = language

    def term(self) -> Term:
        """The term, without what is wrong in what is said of it."""
        labels = self._texts(LABEL)
        fields: dict[str, Any] = {}
        for name, mark in MARKS.items():
            if KG + name in self._said:
                fields[mark.field] = self._marked(mark)
        fields.pop("", None)
        found = {k: v for k, v in fields.items() if v is not None}
        if self._kind == "class" and "rank" not in found:
            # A class with a table of its own is drawn, unless the ontology says otherwise.
            found["rank"] = 6 if found.get("table") else 99
        found |= self._both_ways(labels)
        return Term(
            id=local(self._iri),
            iri=self._iri,
            kind=self._kind,
            label=best(labels, self._language) or local(self._iri),
            labels=labels,
            definition=best(self._texts(COMMENT), self._language),
            example=best(self._texts(EXAMPLE), self._language),
            parents=self._refers(PARENT, True) if self._kind == "class" else self._above(),
            domains=self._refers(DOMAIN),
            ranges=self._refers(RANGE),
            **found,
        )

    def _both_ways(self, labels: tuple[tuple[str, str], ...]) -> dict[str, Any]:
        """What is so of a relation without a direction: it reads the same from both ends."""
        if not {o.value for o in self._said.get(RDF + "type", ())} & _SYMMETRIC:
            return {}
        if self._kind not in ("event", "state"):
            found = f"{local(self._iri)} is kg:Symmetric, and it is {_KINDS[self._kind]}"
            self._facts.tell(self._iri, RDF + "type", found, "an event or a state")
        return {"symmetric": True, "inverse": best(labels, self._language) or local(self._iri)}

    def _tell(self, predicate: str, found: str, expected: str, hint: str = "") -> None:
        found = f"{local(self._iri)}: {self._facts.shown(predicate)} is {found}"
        self._facts.tell(self._iri, predicate, found, expected, hint)

    def _texts(self, predicate: str) -> tuple[tuple[str, str], ...]:
        """(language, text) of every literal; what is none is told."""
        texts = []
        for o in self._said.get(predicate, ()):
            if hasattr(o, "datatype"):
                texts.append((o.language or "", clean(o.value)))
            else:
                self._tell(predicate, self._shown(o), 'a text in quotes, as "person"@en')
        if predicate in WORDED:
            self._twice(predicate, texts)
        return tuple(sorted(set(texts)))

    def _twice(self, predicate: str, texts: list[tuple[str, str]]) -> None:
        """Warn of two labels in one language: the first by the alphabet is shown."""
        by_language: dict[str, list[str]] = {}
        for language, text in sorted(set(texts)):
            by_language.setdefault(language, []).append(text)
        for several in by_language.values():
            if len(several) > 1:
                shown = " and ".join(f"“{text}”" for text in several)
                found = f"{local(self._iri)}: {self._facts.shown(predicate)} is {shown}"
                told = f"“{several[0]}” is shown; make the other a skos:altLabel"
                expected = "one in each language"
                self._facts.tell(self._iri, predicate, found, expected, told, True)

    def _shown(self, node: Any) -> str:
        return self._facts.node(node)

    def _refers(self, predicate: str, lax: bool = False) -> tuple[str, ...]:
        """Local names of what a term is said to be below or to join; `lax` for other people's."""
        names = []
        for o in self._said.get(predicate, ()):
            iri = getattr(o, "value", "")
            if hasattr(o, "datatype"):
                self._tell(predicate, self._shown(o), "a class, as my:Person")
            elif type(o).__name__ != "NamedNode":
                words = self._shown(o)
                if lax:
                    found = f"{local(self._iri)}: it lies below {words}, of which kg makes nothing"
                    expected = "a class with a name"
                    hint = "leave it, if it is for other programs"
                    self._facts.tell(self._iri, predicate, found, expected, hint, True)
                else:
                    hint = "give these classes a common parent, and name that"
                    self._tell(predicate, words, "a class with a name", hint)
            elif lax and (iri == self._iri or iri not in self._kinds):
                # Above classes of one's own may stand those of others, whose files are not here.
                term_words.near_miss(self._facts, self._iri, predicate, iri, self._kinds)
            elif iri not in _ALL and local(iri) not in names:
                names.append(local(iri))
        return tuple(names)

    def _above(self) -> tuple[str, ...]:
        """The relations or measures that a relation or measure lies below; other people's are let be."""
        mine = next((g for g in (RELATION, MEASURE) if self._kind in g), ())
        names = []
        for o in self._said.get(BELOW, ()) if mine else ():
            iri = getattr(o, "value", "")
            kind = self._kinds.get(iri, "")
            if hasattr(o, "datatype") or (kind and kind not in mine):
                expected = "a measure" if self._kind == "measure" else "a relation, as my:owns"
                self._tell(BELOW, self._shown(o), expected)
            elif not kind or iri == self._iri:
                term_words.near_miss(self._facts, self._iri, BELOW, iri, self._kinds, mine)
            elif local(iri) not in names:
                names.append(local(iri))
        return tuple(names)

    def _marked(self, mark: Mark) -> Any:
        """The value of a mark; None where it is wrong, which is told."""
        predicate = KG + mark.name
        said = self._said[predicate]
        if self._kind not in mark.on:
            on = "a class" if mark.on == ("class",) else " or ".join(_KINDS[k] for k in mark.on)
            found = f"{local(self._iri)}: kg:{mark.name} stands on {_KINDS[self._kind]}"
            self._facts.tell(self._iri, predicate, found, f"it on {on}")
            return None
        if mark.value == "rule":
            return None  # kg.case.rule_terms reads it
        if mark.value == "role":
            return self._roles(predicate)
        if mark.value == "label":
            return best(self._texts(predicate), self._language)
        if mark.value in ("relations", "quality"):
            return self._terms_of(mark)
        if mark.value == "values":
            return self._values(predicate)
        shown = sorted({self._shown(o) for o in said})
        expected, fits = _EXPECTED[mark.value]
        if mark.value == "choice":
            expected = f"one of {', '.join(mark.allowed)}"
        if len(shown) > 1:
            bare = expected if mark.value == "flag" else "one"
            self._tell(predicate, " and ".join(shown), bare)
            return None
        text = clean(said[0].value) if hasattr(said[0], "datatype") else ""
        if not (text in mark.allowed if mark.allowed else re.fullmatch(fits, text)):
            hint = did_you_mean(text, mark.allowed) if text else ""
            self._tell(predicate, shown[0], expected, hint)
            return None
        if mark.value == "flag":
            return text == "true"
        return int(text) if mark.value == "number" else text

    def _terms_of(self, mark: Mark) -> Any:
        """The names of the relations or the quality that a mark names; None if one is wrong."""
        wanted, expected = _TERMS[mark.value]
        names, predicate = [], KG + mark.name
        known = [iri for iri, kind in self._kinds.items() if kind in wanted]
        for o in self._said[predicate]:
            iri = getattr(o, "value", "")
            if iri not in known:
                hint = self._facts.near(self._facts.shown(iri), map(self._facts.shown, known))
                self._tell(predicate, self._shown(o), expected, hint)
                return None
            names.append(local(iri))
        if not mark.many and len(names) > 1:
            self._tell(predicate, " and ".join(sorted(names)), "one")
            return None
        return tuple(sorted(names)) if mark.many else names[0]

    def _values(self, predicate: str) -> tuple[str, ...]:
        """Values of the attribute itself, in small letters."""
        flag = [o.value for o in self._said.get(RANGE, ())] == [XSD + "boolean"]
        values = set()
        for o in self._said[predicate]:
            text = clean(o.value).casefold() if hasattr(o, "datatype") else ""
            if not text or (flag and text not in ("true", "false", "*")):
                expected = "true or false" if flag else "a value of it in quotes, or “*” for any"
                self._tell(predicate, self._shown(o), expected)
            values.add(text)
        return tuple(sorted(values))

    def _roles(self, predicate: str) -> tuple[str, ...]:
        names = []
        for o in self._said[predicate]:
            name = term_words.role(self._facts, self._iri, self._kind, self._shown(o), o)
            names += [name] if name else []
        return tuple(sorted(set(names)))


def best(texts: Iterable[tuple[str, str]], language: str) -> str:
    """Of (language, text) pairs the text in a language, else in English, else the first.

    >>> best([("en", "person"), ("nl", "persoon")], "nl-BE"), best([("zh", "人物")], "nl")
    ('persoon', '人物')
    """
    held: dict[str, str] = {}
    for tag, text in texts:
        held.setdefault(tag.casefold(), text)
    wanted = language.casefold()
    for tag in (wanted, wanted.partition("-")[0], "en"):
        if tag in held:
            return held[tag]
        if near := next((t for t in held if t.partition("-")[0] == tag), ""):
            return held[near]
    return held.get("", next(iter(held.values()), ""))


def clean(text: str) -> str:
    """A text of the ontology on one line, without control characters."""
    plain = (c if c >= " " and not "\x7f" <= c <= "\x9f" else " " for c in text)
    return " ".join("".join(plain).split())

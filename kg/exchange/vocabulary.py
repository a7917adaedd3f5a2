"""The terms that an import makes: classes, relations, attributes, as a case's ontology has them.

What core or the case that is joined has already is used as it stands. Only terms that something
uses are written, with the classes above them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.case import slugs
from kg.case.claim_rows import CLAIM, FIGURE
from kg.case.term_checks import LEDGERS
from kg.model.ontology import CORE, Ontology

_DECLARED = re.compile(r"^kg:(\w+)", re.MULTILINE)
# Columns that every table has, whatever its class.
_COLUMNS = {"id", "name", "class", "aliases", "document", "locator", "passage", "via", "voice"}
_COLUMNS |= {"passage_digest", *CLAIM, *FIGURE}
RELATIONS = ("state", "event")
# What is added to a name that core has for something else.
_WORDS = {"class": "Thing", "relation": "Relation", "attribute": "Value", "quality": "Quality"}


@dataclass(slots=True)
class Drafted:
    """A term: its kind (``class``, ``state``, ``event``, ``measure``, ``attribute``, ``quality``), what it is called, what it says of itself.

    `name` is what an import calls it by; `local` its name in the ontology, which it gets last.
    `marks` are further statements as Turtle writes them: ``{"kg:adverse": "true"}``. `held`
    if the ontology has it already. `within` are the classes that an attribute, the relations that a
    quality was used with, with how often.
    """

    kind: str
    name: str
    label: str
    inverse: str = ""
    parents: tuple[str, ...] = ()
    comment: str = ""
    example: str = ""
    datatype: str = "string"
    column: str = ""
    table: str = ""
    symmetric: bool = False
    marks: dict[str, str] = field(default_factory=dict)
    held: bool = False
    used: bool = False
    called: str = ""
    local: str = ""
    within: dict[str, int] = field(default_factory=dict)


class Vocabulary:
    """The terms of an import, by kind and by what the source calls them."""

    def __init__(self, known: Ontology) -> None:
        self.known = known
        with open(CORE, encoding="utf-8") as file:
            self._core = set(_DECLARED.findall(file.read()))
        self._taken = self._core | {name for group in known.groups for name in group}
        self._columns = {t.column for g in known.groups for t in g.values()} | _COLUMNS
        self._ledger = {t.column for t in known.qualities.values()} | {*CLAIM, *FIGURE}
        self._tables = {*known.tables, *LEDGERS, "events", "names"}
        self.terms: dict[tuple[str, str], Drafted] = {}
        self._by_name: dict[str, Drafted] = {}

    def add(
        self,
        kind: str,
        called: str,
        *,
        label: str = "",
        inverse: str = "",
        parent: str | Sequence[str] = (),
        comment: str = "",
        example: str = "",
        datatype: str = "string",
        column: str = "",
        table: str = "",
        symmetric: bool = False,
        marks: dict[str, str] | None = None,
    ) -> str:
        """What a term is called by from now on; it is made if the source has not called one so before.

        `kind` is one of class, state, event, measure, attribute, quality; `called` what the
        source calls it, in any script; `parent` another one as the source calls it.
        """
        group = "relation" if kind in RELATIONS else kind
        if held := self.terms.get((group, called)):
            return held.name
        above = (parent,) if isinstance(parent, str) else tuple(parent)
        parents = tuple(self._parent(kind, group, one) for one in above if one)
        plain = _plain(group, called)
        # What an import before this one made of the same name is used again.
        again = [n for n in (plain, plain + _WORDS.get(group, "")) if n not in self._core]
        own = next((n for n in (called, *again) if self._held(kind, n)), "")
        if own in self._by_name:
            # What core has for all, as a description, was made for it before the source named it.
            return own
        made = Drafted(kind, own or f"{group}:{called}", label or _words(called), inverse, parents)
        made.comment, made.example, made.called = comment, example, called
        made.datatype = "decimal" if kind == "measure" else datatype
        made.symmetric = symmetric
        made.marks, made.held, made.local = marks or {}, bool(own), own
        if kind == "class" and not own:
            made.parents = parents or ("Entity",)
            made.table = table and self._free(table.replace("_", "-"), self._tables, "-")
        if kind in ("attribute", "quality"):
            made.column = column
            if own:
                there = (self.known.attributes if kind == "attribute" else self.known.qualities)[
                    own
                ]
                made.column, made.datatype = there.column, there.datatype or "string"
        self.terms[group, called] = self._by_name[made.name] = made
        return made.name

    def settle(self) -> None:
        """Give every term its name in the ontology, and its column, if it has none yet.

        By kind and by what they are called, so that they do not depend on the order of the source.
        """
        order = ("class", "relation", "measure", "attribute", "quality")
        waiting = [(g, c, t) for (g, c), t in self.terms.items() if not t.local]
        for group, called, term in sorted(waiting, key=lambda w: (order.index(w[0]), w[1])):
            plain = _plain(group, called)
            found = plain + _WORDS.get(group, "Term") if plain in self._taken else plain
            term.local = self._free(found, self._taken, "")
            if group in ("attribute", "quality"):
                wanted = term.column or slugs.slug(_words(called)).replace("-", "_") or "value"
                if group == "attribute" and (wanted == "name" or wanted.startswith("name_")):
                    # Columns that begin so are names in a language.
                    wanted = f"source_{wanted}"
                taken = self._columns if group == "attribute" else self._ledger
                term.column = self._free(wanted, taken, "_")

    def local(self, name: str) -> str:
        """The name in the ontology of a term, or of one that is there already."""
        return self._by_name[name].local if name in self._by_name else name

    def _parent(self, kind: str, group: str, called: str) -> str:
        held = self.terms.get((group, called)) or self._by_name.get(called)
        return held.name if held else self.add(kind, called)

    def _held(self, kind: str, called: str) -> str:
        """A term of the ontology that is called just so and can be used; an empty text if there is none.

        A relation that joins only some classes is not taken: what is imported may be of others.
        """
        if kind in RELATIONS:
            there = self.known.relations.get(called)
            return called if there and {*there.domains, *there.ranges} <= {"Entity"} else ""
        groups = {
            "class": self.known.classes,
            "attribute": self.known.attributes,
            "measure": self.known.measures,
            "quality": self.known.qualities,
        }
        if kind == "attribute" and called in self._core:
            # What core has for documents alone is meant only where it is named as such.
            there = self.known.attributes.get(called)
            return called if there and there.domains == ("Entity",) else ""
        entities = self.known.below("Entity") if kind == "class" else {called}
        return called if called in groups[kind] and called in entities else ""

    def fits(self, term: Drafted, of: str) -> bool:
        """Whether an attribute can have a column in the table of a class, a quality go on a relation."""
        if not term.held:
            return True
        if term.kind == "attribute":
            domains = self.known.attributes[term.local].domains
            return all(domain in self.line(of) for domain in domains)
        return self.known.qualifies(self.known.qualities[term.local], self.local(of))

    def _free(self, wanted: str, taken: set[str], joint: str) -> str:
        found, number = wanted, 2
        while found in taken:
            found, number = f"{wanted}{joint}{number}", number + 1
        taken.add(found)
        return found

    def term(self, name: str) -> Drafted:
        """A term by what `add` said it is called by, or by its name, if core or the case has it."""
        if name not in self._by_name:
            groups = ("class", "state", "measure", "attribute", "quality")
            kind, there = next(
                (k, g[name]) for k, g in zip(groups, self.known.groups, strict=True) if name in g
            )
            made = Drafted(kind, name, there.label, called=name, local=name, held=True)
            made.column, made.datatype = there.column, there.datatype or "string"
            self._by_name[name] = self.terms[
                "relation" if kind == "state" else kind, f" {name}"
            ] = made
        return self._by_name[name]

    def use(self, name: str, within: str = "") -> Drafted:
        """Mark a term as used, an attribute with the class that it was used with."""
        term = self.term(name)
        term.used = True
        if within:
            term.within[within] = term.within.get(within, 0) + 1
        return term

    def line(self, name: str) -> Iterator[str]:
        """A class and those above it, nearest first."""
        ahead, seen = [name], set[str]()
        while ahead:
            here = ahead.pop(0)
            if here in seen:
                continue
            seen.add(here)
            yield here
            known = self._by_name.get(here)
            if known and not known.held:
                ahead += known.parents
            elif here in self.known.classes:
                ahead += self.known.classes[here].parents

    def is_document(self, name: str) -> bool:
        """Whether the members of a class can be the source of an attestation."""
        return "Document" in self.line(name)

    def table(self, name: str) -> tuple[str, str]:
        """The table that holds a class, and the class that the table is of; made if there is none."""
        for here in self.line(name):
            known = self._by_name.get(here)
            if known and known.table and not known.held:
                return known.table, here
            if here in self.known.classes and self.known.classes[here].table:
                return self.known.classes[here].table, here
        term = self._by_name[name]
        term.table = self._free(_plural(slugs.slug(term.label) or "thing"), self._tables, "-")
        return term.table, name

    def needed(self) -> list[Drafted]:
        """The terms to be written: those that are used, with all above them, as they were made."""
        names = {t.name for t in self._by_name.values() if t.used}
        for term in [t for t in self._by_name.values() if t.used]:
            if term.kind == "class":
                names.update(self.line(term.name))
            else:
                names.update(self._above(term))
        for name in list(names):
            if (known := self._by_name.get(name)) and known.kind == "attribute":
                names.update(c for c in known.within)
        return [t for t in self._by_name.values() if t.name in names and not t.held]

    def _above(self, term: Drafted) -> Iterator[str]:
        for parent in term.parents:
            if known := self._by_name.get(parent):
                yield parent
                yield from self._above(known)


def _plural(word: str) -> str:
    """The plural of an English noun, as well as endings tell.

    >>> _plural("company"), _plural("way"), _plural("branch"), _plural("assets")
    ('companies', 'ways', 'branches', 'assets')
    """
    if word.endswith("s") and not word.endswith("ss"):
        return word
    if re.search("[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search("(ss|x|ch|sh)$", word) else "s")


def _plain(group: str, called: str) -> str:
    """A local name: a class begins with a capital, others do not, and a code as P31 stays as it is.

    >>> _plain("class", "attack-pattern"), _plain("relation", "Is owned by"), _plain("relation", "P31")
    ('AttackPattern', 'isOwnedBy', 'P31')
    """
    whole = bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", called))
    words = [called] if whole else slugs.slug(_words(called)).split("-")
    joined = words[0] + "".join(word[:1].upper() + word[1:] for word in words[1:])
    if not joined or not joined[0].isalpha():
        joined = f"term{joined.title()}"
    code = joined[1:2].isupper() or joined[1:].isdecimal()
    first = joined[0].upper() if group == "class" else joined[0] if code else joined[0].lower()
    return first + joined[1:]


def _words(called: str) -> str:
    """A name in words: ``LegalEntity`` and ``legal-entity`` are “legal entity”.

    >>> _words("LegalEntity"), _words("revoked-by"), _words("APT28")
    ('legal entity', 'revoked by', 'APT28')
    """
    parts = re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])", " ", called)
    parts = " ".join(re.sub(r"[-_./:#]+", " ", parts).split())
    return " ".join(w if w[1:] != w[1:].lower() else w.lower() for w in parts.split()) or called

"""A case in the making: what an importer gives of its source, thing by thing and claim by claim.

An importer calls `Draft.thing`, `Draft.document`, `Draft.claim` and `Draft.figure` in any order, with
the source's own keys, and makes terms with `Draft.term`. It counts what it reads with `Draft.read`
and what it cannot take with `Draft.left`. The rest (ids, tables, ontology, tally) is made of that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kg.case import cells
from kg.exchange.addresses import address, address_name
from kg.exchange.fitting import clean, fitting
from kg.exchange.spool import Spool
from kg.exchange.tally import KEPT, LEFT, MERGED, READ, Tally
from kg.exchange.vocabulary import Vocabulary
from kg.model import dates
from kg.model.claims import QUALIFIERS, TEXTS
from kg.model.ontology import CALLED
from kg.model.standing import STANCES

# The tables of the ledger, and the relation of names.
CLAIMS, FIGURES, NAMES = 0, 1, 2
# Where in a document that has no parts.
WHOLE = "whole"
# What of a row is told in words; passages are places in texts, which no source of rows knows.
TOLD = tuple(column for field, (column, _) in TEXTS.items() if field not in ("passage", "digest"))
_CELLS = ("stance", "said", *TOLD)
_TEXTS = ("description",)
# Of an attribute of these types a table holds one value a record.
_ONE = ("date", "decimal", "integer", "boolean", "language")


class Key(str):
    """A cell that names a thing of the source by its key."""

    __slots__ = ()


class Draft:
    """What becomes a case. `source` is the key of the document that claims stand in unless they say,
    `scheme` what the ids of the source are called where they are told apart from others.
    """

    def __init__(self, spool: Spool, terms: Vocabulary, say: Callable[[str], None]) -> None:
        self.tally, self.terms, self.say = Tally(), terms, say
        self.source, self.called, self.scheme = "", "", "source"
        # Of a source of several files, the one that is read.
        self.file = ""
        self._provisional = ""
        self._spool = spool

    def begin(self, stem: str, name: str) -> None:
        """Begin with a source: it is a document, called by the stem that its next edition has too."""
        self.called, self._provisional = stem, clean(name)
        self.source = self.document(name, key=f"source/{stem}", called=f"doc {stem}")

    # ---------------------------------------------------------------- counting

    def read(self, kind: str, count: int = 1) -> None:
        """Count what the source holds, as it counts it itself."""
        self.tally.add(READ, kind, "", count)

    def left(self, kind: str, reason: str, count: int = 1) -> None:
        """Count what is left out, with the reason."""
        self.tally.add(LEFT, kind, reason, count)

    # ---------------------------------------------------------------- terms

    def term(self, kind: str, called: str, **about: Any) -> str:
        """The name of a class, state, event, measure, attribute or quality: see `Vocabulary.add`."""
        return self.terms.add(kind, called, **about)

    # ---------------------------------------------------------------- things

    def thing(
        self,
        key: str,
        kind: str,
        name: str = "",
        *,
        called: str = "",
        foreign: str = "",
        aliases: Iterable[str] = (),
        names: Mapping[str, str] | None = None,
        description: str = "",
        same_as: Iterable[str] = (),
        attributes: Mapping[str, str | Key | Iterable[str | Key]] | None = None,
        document: str = "",
        locator: str = "",
    ) -> str:
        """Describe a thing; again under a key that was there adds to it. Returns the key.

        `kind` is the name of a class, `called` what its id is made of (the key, if empty),
        `foreign` the id that the source has for it. Attributes are by the names of terms; a `Key`
        in one is another thing. `document` is a key; empty for the source itself.
        """
        number = self._spool.number(key, called or key)
        if self._spool.held(number):
            self.tally.add(MERGED, "thing", "it is in the case already: its record stays as it is")
            return key
        had, told = self._spool.described(number)
        if not told:
            # A claim may have named it before, by its key alone.
            self._spool.call(number, called or key)
            told = {"name": "", "aliases": {}, "names": {}, "attributes": {}, "document": 0}
        else:
            self.tally.add(MERGED, "thing", "told more than once under one key: one record")
        shown = clean(name)
        if key == self.source and shown and told["name"] == self._provisional:
            # A file's name stands in until the source says what it is called.
            told["name"] = ""
        self._name(told, shown)
        for alias in aliases:
            self._name(told, clean(alias), alias=True)
        for language, other in (names or {}).items():
            self._other_name(told, language, clean(other))
        kind = self._narrower(had, kind) if had else kind
        self.terms.use(kind)
        given: dict[str, Any] = dict(attributes or {})
        if description:
            # A source may have an attribute that is called so besides.
            own = given.get("description", ())
            own = (own,) if isinstance(own, (str, Key)) else tuple(own)
            given["description"] = tuple(dict.fromkeys((description, *own)))
        if links := tuple(same_as):
            given["sameAs"] = links
        if foreign:
            given[self._foreign()] = f"{key.partition('/')[0] or self.scheme}:{foreign}"
        for attribute, value in given.items():
            self._attribute(told, kind, attribute, value)
        # Documents are cited by the source; of other things it is the source that tells.
        document = document or ("" if self.terms.is_document(kind) else self.source)
        if document and not told["document"]:
            told["document"] = self._named(document)
            told["locator"] = clean(locator) or WHOLE
        self._spool.describe(number, kind, told)
        return key

    def document(
        self,
        name: str,
        *,
        key: str = "",
        called: str = "",
        url: str = "",
        kind: str = "Document",
        attributes: Mapping[str, str | Key | Iterable[str | Key]] | None = None,
        **about: Any,
    ) -> str:
        """A document, by its address or its name; of an address a readable name is made. Returns its key."""
        link = address(url) if url else ""
        if url and not link:
            self.tally.add(KEPT, "address", "no address that a link can hold: kept as a name")
            name = name or url
        shown = name or (address_name(link) if link else key)
        key = key or f"document/{link or name}"
        given: dict[str, Any] = dict(attributes or {})
        if link:
            given["url"] = link
        return self.thing(
            key, kind, shown, called=called or f"doc {shown}", attributes=given, **about
        )

    def _foreign(self) -> str:
        return self.terms.add(
            "attribute",
            "foreignId",
            label="foreign id",
            comment="The id of the same thing in the data that it was imported from.",
            column="foreign_ids",
        )

    def _named(self, key: str) -> int:
        number = self._spool.number(key, key)
        self._spool.named(number)
        return number

    def _name(self, told: dict[str, Any], name: str, alias: bool = False) -> None:
        if not name or name == told["name"]:
            return
        if not told["name"] and not alias:
            told["name"] = name
            told["aliases"].pop(name, None)
        else:
            told["aliases"][name.replace(" | ", " / ")] = 1

    def _other_name(self, told: dict[str, Any], language: str, name: str) -> None:
        if not name:
            return
        plain = language.lower()
        if re.fullmatch("[a-z]{2,3}", plain) and told["names"].get(plain, name) == name:
            told["names"][plain] = name
        else:
            self._name(told, name, alias=True)

    def _narrower(self, had: str, kind: str) -> str:
        """Of two classes that a thing is said to be of, the narrower; the first, if neither is."""
        if had == kind or kind in self.terms.line(had):
            return had
        if had in self.terms.line(kind):
            return kind
        self.left("class", "a thing has one class: a second is left out")
        return had

    def _attribute(self, told: dict[str, Any], kind: str, attribute: str, value: Any) -> None:
        term = self.terms.use(attribute, kind)
        held = told["attributes"].setdefault(attribute, [])
        for one in (value,) if isinstance(value, str) else value:
            if isinstance(one, Key):
                entry: Any = {"@": self._named(one)}
            else:
                entry = clean(one) if attribute in _TEXTS else fitting(clean(one), term.datatype)
                if entry is None:
                    self.left(
                        f"value of {term.label}",
                        f"no {term.datatype}: “{clean(one)[:40]}” and the like",
                    )
                    continue
            if entry and held and term.datatype in _ONE and entry not in held:
                # A column of this type has one value: the others are kept beside it, as text.
                other = self.terms.add(
                    "attribute", f"{term.called}Other", label=f"{term.label} (other)"
                )
                self._attribute(told, kind, other, entry)
            elif entry and entry not in held:
                held.append(entry)
        if not held:
            del told["attributes"][attribute]

    # ---------------------------------------------------------------- claims

    def claim(self, subject: str, relation: str, object: str, **told: Any) -> None:
        """An attestation of a claim between two things, by their keys.

        `told` may have from_, to, said (dates as tables have them), stance, voice (a key), via
        (keys of what it rests on, side by side), document (a key; the source, if empty), locator, gloss, quote, and
        qualities: a mapping from names of terms. The very same again is merged.
        """
        self._say(subject, relation, object, CLAIMS, told)

    def figure(
        self, subject: str, measure: str, value: str, *, scope: str = "", **told: Any
    ) -> None:
        """An attestation of a number, with `unit` and `qualifier` beside what a claim may have."""
        number = fitting(clean(value), "decimal")
        if number is None:
            self.left("figure", f"no plain number: “{clean(value)[:40]}” and the like")
            return
        if (told.get("qualifier") or "exact") not in QUALIFIERS:
            self.left("qualifier", f"none of {', '.join(QUALIFIERS)}")
            told.pop("qualifier")
        told["value"] = number
        self._say(subject, measure, scope, FIGURES, told)

    def called_so(self, thing: str, name: str, language: str = "", **told: Any) -> None:
        """An attestation that somebody calls a thing so, with what a claim may have."""
        shown = clean(name)
        if not shown:
            return
        if language and not cells.LANGUAGE.fullmatch(language):
            self.left("language of a name", f"no tag of a language: “{language[:20]}”")
            language = ""
        self._say(thing, CALLED, "", NAMES, told | {"name": shown, "language": language})

    def _say(
        self, subject: str, relation: str, object: str, table: int, given: Mapping[str, Any]
    ) -> None:
        term = self.terms.use(relation)
        told: dict[str, Any] = {}
        for cell in _CELLS:
            if text := clean(given.get(cell, "")):
                told[cell] = text
        if told.get("stance", "asserts") not in STANCES:
            self.left("stance", f"none of {', '.join(STANCES)}: “{told.pop('stance')[:40]}”")
        for cell in ("unit", "qualifier", "value", "name", "language"):
            if text := clean(given.get(cell, "")):
                told[cell] = text
        self._dates(told, given, term.kind)
        for cell in ("voice", "document"):
            if key := given.get(cell, ""):
                told[cell] = self._named(key)
        told.setdefault("locator", WHOLE)
        if "document" not in told:
            told["document"] = self._named(self.source)
        ends = (told["document"], told.get("voice"))
        if told.get("voice") == told["document"]:
            del told["voice"]
        ways = dict.fromkeys(self._named(key) for key in given.get("via", ()))
        if between := [number for number in ways if number not in ends]:
            told["via"] = between
        for quality, value in (given.get("qualities") or {}).items():
            self._quality(told, quality, value, relation)
        numbers = [self._named(subject), self._named(object) if object else 0]
        kept = self._spool.claim(numbers[0], relation, numbers[1], table, told)
        if not kept:
            self.tally.add(MERGED, ("claim", "figure", "name")[table], "the very same row again")

    def _dates(self, told: dict[str, Any], given: Mapping[str, Any], kind: str) -> None:
        for cell in ("from", "to", "said"):
            text = clean(given.get("from_" if cell == "from" else cell, ""))
            if not text:
                continue
            if cell == "to" and kind == "event" and text not in ("", told.get("from")):
                self.left("end of an event", f"“{told.get('label', 'it')}” happens once")
                continue
            try:
                if text != ".." or cell != "to":
                    dates.parse(text)
                told[cell] = text
            except ValueError:
                self.left("date", f"no date that tables know: “{text[:40]}” and the like")

    def _quality(self, told: dict[str, Any], quality: str, value: Any, relation: str) -> None:
        term = self.terms.use(quality, relation)
        entry = fitting(clean(value), term.datatype)
        if entry is None:
            self.left(
                f"value of {term.label}", f"no {term.datatype}: “{clean(value)[:40]}” and the like"
            )
        elif entry:
            told.setdefault("qualities", {})[quality] = entry

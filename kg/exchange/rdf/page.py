"""A page that `kg view` has written, as the facts of the graph that it shows: its rows with their hashes.

A page has no ontology: its legend's classes and relations are made one. Times are told there in
words; they are turned back, and where the hash of a row is not met, that is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.case.claim_rows import Said, sealed
from kg.case.slugs import slug
from kg.exchange.rdf.facts import Facts, Text
from kg.exchange.tally import LEFT, Tally
from kg.model.claims import Attestation
from kg.model.namespaces import KG, RDF, RDFS, SKOS, XSD, local

_FIELDS = {"loc": "locator", "g": "gloss", "q": "quote", "u": "unit", "pas": "passage"}
_FIELDS |= {"said": "said"}
_ENDS = ("AsPrinted", "From", "To", "Earliest", "Latest")
_DAY = r"((?:about )?\d{4}(?:-\d\d){0,2})"
_SPAN = rf"(?:some time from {_DAY} to {_DAY}|{_DAY} or later|{_DAY} at the latest|{_DAY})"
_OTHERS = "Other"


class Page:
    """The graph of a page: what its linked data and its record say."""

    def __init__(self, data: Mapping[str, Any], record: Mapping[str, Any], tally: Tally) -> None:
        self.facts = Facts()
        self._context: Mapping[str, Any] = data["@context"]
        self._nodes: list[dict[str, Any]] = data["@graph"]
        self._record, self._tally = record, tally
        self._base = str(self._context.get("@base", ""))
        self._events: set[str] = set()
        self._states: set[str] = set()
        self._qualities: dict[str, str] = {}
        self._named: dict[str, list[str]] = {}
        for node in self._nodes:
            self._named.setdefault(node["name"], []).append(node["id"])
        self._figures = {
            c["rel"] for n in self._nodes for c in n.get("c", ()) if c.get("f") or _is_number(c)
        }

    def read(self) -> Facts:
        """All of it as facts. Raises KeyError, TypeError, IndexError for what is no page of kg's."""
        documents = {d["id"]: d for d in self._record["documents"]}
        known = {n["id"] for n in self._nodes}
        for node in self._nodes:
            self._node(node, node["id"] in documents)
        for name, about in documents.items():
            if name not in known:
                self._say(name, RDF + "type", KG + "Document", KG + "Entity")
                self._text(name, RDFS + "label", about.get("title") or name)
            self._text(name, KG + "url", about.get("url", ""), iri=True)
            self._text(name, KG + "publicationDate", about.get("date", ""))
        for name, shown in self._record["voices"]:
            if name not in known and name not in documents:
                self._other(name, shown or name)
                known.add(name)
        for node in self._nodes:
            for claim in node.get("c", ()):
                self._claim(node["id"], claim)
        between = {
            name
            for said in self.facts.about.values()
            for p, o, _ in said
            if p == KG + "chain" and isinstance(o, Text)
            for name in o.value.split(" < ")
        }
        for name in sorted(between - known - documents.keys()):
            self._other(name, name)
        self._terms(documents)
        self.facts.settle()
        return self.facts

    def _say(self, subject: str, predicate: str, *targets: str | Text) -> None:
        for target in targets:
            self.facts.take(self._iri(subject), predicate, target, "")

    def _iri(self, name: str) -> str:
        return name if "://" in name or name.startswith("urn:") else self._base + name

    def _text(self, subject: str, predicate: str, text: str, iri: bool = False) -> None:
        if text:
            self._say(subject, predicate, text if iri else Text(text))

    def _term(self, name: str) -> str:
        found = self._context.get(name)
        return found if isinstance(found, str) and "://" in found else KG + name

    # ---------------------------------------------------------------- nodes

    def _node(self, node: Mapping[str, Any], document: bool) -> None:
        name = node["id"]
        self._say(name, RDF + "type", self._term(node["kind"]), KG + "Entity")
        if document:
            self._say(name, RDF + "type", KG + "Document")
        self._text(name, RDFS + "label", node["name"])
        if node.get("local"):
            self._say(
                name, RDFS + "label", Text(node["local"], node.get("lang", "und").partition("-")[0])
            )
        for alias in node.get("aliases", ()):
            self._text(name, SKOS + "altLabel", alias)
        self._text(name, KG + "description", node.get("text", ""))
        self._text(name, KG + "shortName", node.get("label", ""))
        if node.get("facts"):
            self._tally.add(LEFT, "fact", "told by its label alone", len(node["facts"]))

    def _other(self, name: str, shown: str) -> None:
        """One that the page names as a voice and does not draw."""
        self._say(name, RDF + "type", KG + _OTHERS, KG + "Entity")
        self._text(name, RDFS + "label", shown)

    # ---------------------------------------------------------------- claims

    def _claim(self, subject: str, claim: Mapping[str, Any]) -> None:
        figure = bool(claim.get("f"))
        if not figure and not claim.get("to"):
            self._tally.add(
                LEFT, "claim", "about a statement or a name, which a page tells in words"
            )
            return
        me = claim["id"]
        self._say(me, RDF + "type", KG + "Claim", *([KG + "Figure"] if figure else []))
        self._say(me, RDF + "subject", self._iri(subject))
        self._say(me, RDF + "predicate", self._term(claim["rel"]))
        target = claim.get("to", "")
        if figure and claim.get("o"):
            # What a number is counted over is told by its name.
            several = self._named.get(claim["o"], [])
            target = several[0] if len(several) == 1 else ""
        if target:
            self._say(me, KG + "scope" if figure else RDF + "object", self._iri(target))
        seen: set[str] = set()
        for row in claim.get("a", ()):
            # One that stands in place of another of its own claim is told twice.
            if not row.get("away") and row["id"] not in seen:
                seen.add(row["id"])
                ends = subject, claim["rel"], target, figure
                self._row(me, ends, row)

    def _row(self, claim: str, ends: tuple[str, str, str, bool], row: Mapping[str, Any]) -> None:
        me = row["id"]
        self._say(me, RDF + "type", KG + "Attestation")
        self._say(me, KG + "about", self._iri(claim))
        self._say(me, KG + "stance", KG + row["t"])
        if row.get("v"):
            self._say(me, KG + "voice", str(self._context[row["v"]]))
        self._say(me, KG + "document", str(self._context[row["d"]]))
        for field, name in _FIELDS.items():
            self._text(me, KG + name, row.get(field, ""))
        value = row.get("num", "") or (f"{row['nlo']}..{row['nhi']}" if row.get("nlo") else "")
        self._text(me, KG + "valueAsPrinted", value)
        if row.get("ql"):
            self._say(me, KG + "qualifier", KG + row["ql"])
        if row.get("dig"):
            self._text(me, KG + "passageDigest", self._record["phrases"][row["dig"] - 1])
        ways = [self._record["phrases"][n] for n in row.get("ch", ())]
        for way in ways:
            self._text(me, KG + "chain", way)
        told = row.get("per", "")
        printed = period(told)
        if told.startswith(("on ", "in ")) and "or later" not in told:
            # So is a state told that lasted no longer, as its hash knows.
            both = hashed(ends, row, ways, self._context, self._base, f"{printed} – {printed}")
            (self._states if both == me.removeprefix("attestation/") else self._events).add(ends[1])
        elif told:
            self._states.add(ends[1])
        self._text(me, KG + "asPrinted", printed)
        for other in row.get("by", ()):
            self._say(other["id"], KG + "insteadOf", self._iri(me))
        for field in row:
            if field.startswith("q-"):
                self._quality(me, field, row[field])

    def _quality(self, me: str, field: str, held: Any) -> None:
        about = self._context[field]
        iri = about["@id"] if isinstance(about, dict) else about
        refers = isinstance(about, dict) and about.get("@type") == "@id"
        ending = next((e for e in _ENDS if iri.endswith(e)), "")
        own = iri.removesuffix(ending)
        self._qualities[own] = (
            "decimal" if ending == "AsPrinted" else self._qualities.get(own, "string")
        )
        for one in held if isinstance(held, list) else [held]:
            self._say(me, iri, str(one) if refers else Text(str(one)))

    # ---------------------------------------------------------------- terms

    def _terms(self, documents: Mapping[str, Any]) -> None:
        """The legend as an ontology."""
        cited = {n["kind"] for n in self._nodes if n["id"] in documents}
        used = {n["kind"] for n in self._nodes}
        for kind in self._record["kinds"]:
            if kind["id"] in used and kind["id"] != "Document":
                above = KG + ("Document" if kind["id"] in cited else "Entity")
                self._made(kind, RDFS + "Class", (RDFS + "subClassOf", above))
                table = slug(kind["label"]) or slug(kind["id"]) or "things"
                self._text(self._term(kind["id"]), KG + "table", f"{table}s")
        for name, label, above in (
            ("Document", "document", "Entity"),
            (_OTHERS, "other", "Entity"),
        ):
            if name == _OTHERS:
                term = {"id": name, "label": label}
                self._made(term, RDFS + "Class", (RDFS + "subClassOf", KG + above))
                self._text(KG + name, KG + "table", "others")
        for term in self._record["relations"]:
            number = term["id"] in self._figures
            event = term["id"] in self._events - self._states
            kind = "Measure" if number else "Event" if event else "State"
            self._made(term, KG + kind)
        for iri, datatype in self._qualities.items():
            self._say(iri, RDF + "type", KG + "Quality")
            self._text(iri, RDFS + "label", local(iri))
            self._text(iri, KG + "column", slug(local(iri)).replace("-", "_"))
            self._say(iri, RDFS + "range", XSD + datatype)

    def _made(self, term: Mapping[str, Any], kind: str, *more: tuple[str, str]) -> None:
        iri = self._term(term["id"])
        self._say(iri, RDF + "type", kind)
        for predicate, target in more:
            self._say(iri, predicate, target)
        self._text(iri, RDFS + "label", term.get("label", ""))
        self._text(iri, RDFS + "comment", term.get("definition", ""))
        self._text(iri, KG + "inverseLabel", term.get("inverse", ""))
        if kind == RDFS + "Class":
            self._text(iri, KG + "symbol", term.get("symbol", ""))
        elif term.get("adverse"):
            self._say(iri, KG + "adverse", Text("true", "", XSD + "boolean"))


def hashed(
    ends: tuple[str, str, str, bool],
    row: Mapping[str, Any],
    ways: Iterable[str],
    context: Mapping[str, Any],
    base: str,
    period: str,
) -> str:
    """The hash that a row would have if its time were this; of one with qualities it is another."""
    voice = str(context.get(row.get("v", ""), "")).removeprefix(base)
    document = str(context[row["d"]]).removeprefix(base)
    between = (" < ".join(way.split(" < ")[1:-1]) for way in ways)
    a = Attestation(
        *("", "", row["t"], voice, document, row.get("loc", "")),
        chain=" | ".join(filter(None, between)),
        period=period,
        said=row.get("said", ""),
        passage=row.get("pas", ""),
    )
    return sealed(Said(*ends, a, ("", 0))).attestation.id


def _is_number(claim: Mapping[str, Any]) -> bool:
    return any("num" in row or "nlo" in row for row in claim.get("a", ()))


def period(words: str) -> str:
    """A time as it is told, as a row has it: the inverse of `kg.text.sentences.Wording.period`.

    >>> period("since 2019"), period("from about 2016 to 2018-05"), period("from 2016 and still so")
    ('2019', '2016~ – 2018-05', '2016 – ..')
    >>> period("by 2022-10 at the latest"), period("at a time said to be unknown")
    ('/2022-10', '?')
    """
    if words in ("", "at a time said to be unknown"):
        return "?" if words else ""
    if found := re.fullmatch(rf"(?:on|in|since) {_DAY}", words):
        return _cell(found[1])
    if found := re.fullmatch(rf"some time from {_DAY} to {_DAY}", words):
        return f"{_cell(found[1])}/{_cell(found[2])}"
    if found := re.fullmatch(rf"by {_DAY} at the latest", words):
        return f"/{_cell(found[1])}"
    if found := re.fullmatch(rf"in {_DAY} or later", words):
        return f"{_cell(found[1])}/"
    begun, end = words, ""
    for told, cell in ((" and still so", ".."), ("to a time said to be unknown", "?")):
        if f" {words}".endswith(f" {told.strip()}"):
            begun, end = words.removesuffix(told.strip()).strip(), cell
    if not end and (found := re.fullmatch(rf"(?:(from .*?) )?to ({_SPAN})", words)):
        begun, end = found[1] or "", _span(found[2])
    start = _span(begun.removeprefix("from ")) if begun else ""
    return f"{start} – {end}" if end else words


def _span(words: str) -> str:
    found = re.fullmatch(_SPAN, words)
    if not found:
        return words
    first, last, later, before, day = found.groups()
    if first:
        return f"{_cell(first)}/{_cell(last)}"
    return f"{_cell(later)}/" if later else f"/{_cell(before)}" if before else _cell(day)


def _cell(day: str) -> str:
    return f"{day.removeprefix('about ')}~" if day.startswith("about ") else day


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """The blocks of a page that hold its data, by name."""
    for name in ("kg-data", "kg-record"):
        found = re.search(
            rf'<script type="application/[^"]*json" id="{name}">(.*?)</script>', text, re.DOTALL
        )
        if found:
            data = found[1].replace('"id":"C:', '"id":"claim/')
            yield name, data.replace('"id":"A:', '"id":"attestation/')

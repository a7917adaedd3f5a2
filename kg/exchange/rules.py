"""The rules of a mapping put to the records of a source, one record at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from kg.exchange.draft import TOLD, Draft, Key
from kg.exchange.plan import Plan, Reference, Rule
from kg.exchange.tally import KEPT, PASSED
from kg.exchange.usage import Usage
from kg.exchange.values import Path, Scope, Value, nodes, texts
from kg.store.triples import literal

_GROUPS = {"state": "relation"}
_ROLE = "kg:role"
_MARKS = ("symbol", "colour", "rank", "walked", "adverse")


class Mapper:
    """Gives a draft what the rules of a plan make of records."""

    def __init__(self, plan: Plan, draft: Draft) -> None:
        self.plan, self.draft = plan, draft
        self._names: dict[tuple[str, str], str] = {}
        self._about = {(kind, name): about for kind, name, about in plan.terms}
        self._rules: dict[str, list[Rule]] = {}
        self._usage: dict[str, Usage] = {}
        for kind, name, _ in plan.terms:
            self._term(kind, name)

    def take(self, kind: str, locator: str, record: Any) -> None:
        """What one record becomes. It is counted, and so is whatever of it no rule takes."""
        self.draft.read(kind)
        if self.draft.file:
            locator = f"{self.draft.file}, {locator}"
        if kind not in self._rules:
            self._rules[kind] = [r for r in self.plan.rules if _of(r, kind)]
            self._usage[kind] = Usage(self._rules[kind])
        rules = self._rules[kind]
        scope: Scope = (record,)
        taken = False
        made: dict[str, list[str]] = {"source": [self.draft.source]}
        for rule in rules:
            if rule.kind == "ignore":
                if not rule.fields and _holds(rule, scope):
                    self.draft.tally.add(PASSED, kind, rule.reason)
                    return
                continue
            for inner in _scopes(rule, scope):
                if _holds(rule, inner):
                    taken |= self._apply(rule, inner, kind, locator, made)
        if not taken:
            self.draft.left(kind, "no rule of the mapping takes it")
            return
        for field, reason in self._usage[kind].unused(record):
            if reason:
                self.draft.tally.add(PASSED, f"field {field} of {kind}", reason)
            else:
                self.draft.left(f"field {field} of {kind}", "no rule of the mapping takes it")

    def _apply(
        self, rule: Rule, scope: Scope, kind: str, locator: str, made: dict[str, list[str]]
    ) -> bool:
        if rule.kind == "label":
            term, label = (self._one(rule.cells[c], scope, kind) for c in ("term", "label"))
            for group in ("class", "state", "attribute", "quality", "measure"):
                self._about.setdefault((group, term), {"label": label})
            return bool(term and label)
        if rule.kind in ("entity", "document"):
            keys = [*self._things(rule, scope, kind, locator, made)]
            if rule.label:
                # An `each` makes several of a name: all of them are meant.
                had = made.get(rule.label, []) if rule.each else []
                made[rule.label] = [*had, *(k for k in keys if k not in had)]
            return bool(keys)
        if rule.kind == "name":
            return self._called(rule, scope, kind, locator, made)
        return self._claims(rule, scope, kind, locator, made)

    # ---------------------------------------------------------------- terms

    def _term(self, kind: str, called: str) -> str:
        group = _GROUPS.get(kind, kind)
        if (group, called) not in self._names:
            about = self._about.get((kind, called), {})
            above = about.get("parent", ())
            above = [above] if isinstance(above, str) else list(above)
            for parent in above:
                self._term(kind, parent)
            marks = {f"kg:{m}": _turtle(about[m]) for m in _MARKS if m in about}
            if role := about.get("role", ""):
                marks[_ROLE] = f"kg:{role}"
            if gone := about.get("gone", ""):
                marks["kg:gone"] = " , ".join(
                    map(_turtle, [gone] if isinstance(gone, str) else gone)
                )
            if unit := about.get("unit", ""):
                marks["kg:inUnit"] = _turtle(unit)
            self._names[group, called] = self.draft.term(
                "event" if about.get("event") else kind,
                called,
                label=about.get("label", ""),
                inverse=about.get("inverse", ""),
                parent=above,
                comment=about.get("comment", ""),
                example=about.get("example", ""),
                datatype=about.get("type", "string"),
                column=about.get("column", ""),
                table=about.get("table", ""),
                symmetric=bool(about.get("symmetric", False)),
                marks=marks,
            )
        return self._names[group, called]

    # ---------------------------------------------------------------- things

    def _things(
        self, rule: Rule, scope: Scope, kind: str, locator: str, made: dict[str, list[str]]
    ) -> Iterator[str]:
        cells = rule.cells
        document = rule.kind == "document"
        called = self._one(cells.get("class"), scope, kind) or ("Document" if document else "")
        if not called:
            self.draft.left(kind, "it has no class")
            return
        term = self._term("class", called)
        about: dict[str, Any] = {
            "aliases": self._all(cells.get("aliases"), scope, kind),
            "names": self._languages(rule, scope, kind),
            "description": self._one(cells.get("description"), scope, kind),
            "same_as": self._all(cells.get("same_as"), scope, kind),
            "attributes": self._attributes(rule, scope, kind),
            "locator": self._one(cells.get("locator"), scope, kind) or locator,
        }
        ids = self._all(cells.get("id"), scope, kind)
        names = self._all(cells.get("name"), scope, kind)
        if ids:
            # Places of a name are tried in turn where it is one thing that has it.
            names = [name for name in [self._one(cells.get("name"), scope, kind)] if name]
        if document:
            about.pop("locator")
            for cell, attribute in (("publisher", "publisher"), ("authors", "author")):
                if who := self._referred(rule.refers.get(cell, []), scope, kind, locator, made):
                    about["attributes"][attribute] = [Key(one) for one in who]
            if rule.label == "source":
                self._source(names, term, about, self._one(cells.get("url"), scope, kind))
                yield self.draft.source
                return
            yield from self._documents(rule, scope, kind, term, ids, names, about)
            return
        if sources := self._referred(
            rule.refers.get("document", []), scope, kind, locator, made, True
        ):
            about["document"] = sources[0]
        if ids:
            # Several ids are of one thing only if there is one of them.
            for one in ids:
                key = f"{rule.scope}/{one}"
                about["foreign"] = self._one(cells.get("foreign"), scope, kind) or one
                name = names[0] if names else one
                about["called"] = f"{rule.scope} {one}"
                yield self.draft.thing(key, term, name, **about)
            return
        for name in names:
            yield self.draft.thing(f"{term}/{name}", term, name, called=name, **about)

    def _source(self, names: list[str], term: str, about: dict[str, Any], url: str) -> None:
        source = self.draft.source
        self.draft.document(
            names[0] if names else "", key=source, called="-", kind=term, url=url, **about
        )

    def _documents(
        self,
        rule: Rule,
        scope: Scope,
        kind: str,
        term: str,
        ids: list[str],
        names: list[str],
        about: dict[str, Any],
    ) -> Iterator[str]:
        links = self._all(rule.cells.get("url"), scope, kind)
        if ids:
            key = f"{rule.scope}/{ids[0]}"
            name, link = next(iter(names), ids[0]), next(iter(links), "")
            about |= {"called": f"{rule.scope} {ids[0]}", "foreign": ids[0]}
            yield self.draft.document(name, key=key, url=link, kind=term, **about)
        elif links:
            for link in links:
                name = names[0] if names and len(links) == 1 else ""
                yield self.draft.document(name, url=link, kind=term, **about)
        else:
            for name in names:
                yield self.draft.document(name, kind=term, **about)

    def _languages(self, rule: Rule, scope: Scope, kind: str) -> dict[str, str]:
        if isinstance(rule.names, tuple):
            held = [node for node in nodes(scope, rule.names) if isinstance(node, dict)]
            return {k: v for node in held for k, v in node.items() if isinstance(v, str)}
        return {k: text for k, v in rule.names.items() if (text := self._one(v, scope, kind))}

    def _attributes(self, rule: Rule, scope: Scope, kind: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in rule.attributes.items():
            if got := self._all(value, scope, kind):
                found[self._attribute(rule, name)] = got
        if rule.rest is not None:
            for name, got in self._usage[kind].rest(scope[0], rule):
                found.setdefault(self._attribute(rule, name), []).extend(got)
        return found

    def _attribute(self, rule: Rule, name: str) -> str:
        """What an attribute is called by; of a document it may be a column that every document has."""
        if rule.kind == "document":
            terms = self.draft.terms.known
            there = terms.columns("Document")
            if name in there and not terms.refers(there[name]):
                return there[name].id
        return self._term("attribute", name)

    # ---------------------------------------------------------------- claims

    def _claims(
        self, rule: Rule, scope: Scope, kind: str, locator: str, made: dict[str, list[str]]
    ) -> bool:
        figure = rule.kind == "figure"
        side = "scope" if figure else "object"
        objects = self._referred(rule.refers.get(side, []), scope, kind, locator, made)
        value = self._one(rule.cells.get("value"), scope, kind) if figure else ""
        if not (value or objects):
            return False
        subjects = self._referred(rule.refers["subject"], scope, kind, locator, made)
        called = self._one(rule.cells.get("measure" if figure else "relation"), scope, kind)
        if not called or not subjects:
            return False
        turned = called[:1] == "<"
        term = self._term("measure" if figure else "state", called.removeprefix("<"))
        told = self._told(rule, scope, kind, locator, made)
        places = self._referred(rule.refers.get("document", []), scope, kind, locator, made, True)
        for subject, target, document in product(subjects, objects or [""], places or [""]):
            if document not in ("", self.draft.source) and "locator" not in rule.cells:
                # What is told of a place in the source is none in the document that it names.
                told["locator"] = f"{locator} of {self.draft.called}"
            if figure:
                self.draft.figure(subject, term, value, scope=target, document=document, **told)
            elif turned:
                self.draft.claim(target, term, subject, document=document, **told)
            else:
                self.draft.claim(subject, term, target, document=document, **told)
        return True

    def _called(
        self, rule: Rule, scope: Scope, kind: str, locator: str, made: dict[str, list[str]]
    ) -> bool:
        things = self._referred(rule.refers["entity"], scope, kind, locator, made)
        names = self._all(rule.cells.get("name"), scope, kind)
        language = self._one(rule.cells.get("language"), scope, kind)
        told = self._told(rule, scope, kind, locator, made)
        places = self._referred(rule.refers.get("document", []), scope, kind, locator, made, True)
        for thing, name, document in product(things, names, places or [""]):
            self.draft.called_so(thing, name, language, document=document, **told)
        return bool(things and names)

    def _told(
        self, rule: Rule, scope: Scope, kind: str, locator: str, made: dict[str, list[str]]
    ) -> dict[str, Any]:
        told: dict[str, Any] = {"locator": locator}
        for cell in ("from", "to", "said", "stance", *TOLD, "unit", "qualifier"):
            if text := self._one(rule.cells.get(cell), scope, kind):
                told["from_" if cell == "from" else cell] = text
        if voices := self._referred(rule.refers.get("voice", []), scope, kind, locator, made, True):
            told["voice"] = voices[0]
        if ways := self._referred(rule.refers.get("via", []), scope, kind, locator, made):
            told["via"] = ways
        own = {n: self._one(v, scope, kind) for n, v in rule.qualities.items()}
        told["qualities"] = {self._term("quality", n): text for n, text in own.items() if text}
        if rule.rest is not None:
            for name, got in self._usage[kind].rest(scope[0], rule):
                told["qualities"].setdefault(self._term("quality", name), " | ".join(got))
        return told

    def _referred(
        self,
        references: Sequence[Reference],
        scope: Scope,
        kind: str,
        locator: str,
        made: dict[str, list[str]],
        first: bool = False,
    ) -> list[str]:
        """The keys of what is named; with `first` of the first reference that names anything."""
        found: dict[str, None] = {}
        for one in references:
            if found and first:
                break
            if one.rule:
                found |= dict.fromkeys(made.get(one.rule, []))
            elif one.id and not one.name and not one.url:
                found |= {f"{one.scope}/{i}": None for i in self._all(one.id, scope, kind)}
            else:
                parts = (("id", one.id), ("name", one.name), ("class", one.kind), ("url", one.url))
                cells = {k: v for k, v in parts if v}
                rule = Rule("document" if one.url else "entity", cells=cells, scope=one.scope)
                found |= dict.fromkeys(self._things(rule, scope, kind, locator, made))
        return list(found)

    # ---------------------------------------------------------------- cells

    def _one(self, value: Value | None, scope: Scope, kind: str) -> str:
        return value.one(scope, self._no_code(kind)) if value else ""

    def _all(self, value: Value | None, scope: Scope, kind: str) -> list[str]:
        return value.all(scope, self._no_code(kind)) if value else []

    def _no_code(self, kind: str) -> Any:
        def told(text: str) -> None:
            self.draft.tally.add(KEPT, f"value of {kind}", f"“{text[:40]}” is in no code table")

        return told


def _of(rule: Rule, kind: str) -> bool:
    """Whether a rule is for records of a kind; ``!kind`` is one that it is not for."""
    named = [k for k in rule.of if k[:1] != "!"]
    return f"!{kind}" not in rule.of and (not named or kind in named)


def _scopes(rule: Rule, scope: Scope) -> Iterator[Scope]:
    """The record, or each of what stands at a place in it."""
    if not rule.each:
        yield scope
        return
    for node in nodes(scope, rule.each):
        yield node, *scope


def _holds(rule: Rule, scope: Scope) -> bool:
    """Whether a record is as the `when` of a rule wants it."""
    return all(_is(scope, path, wanted) for path, wanted in rule.when.items())


def _is(scope: Scope, path: Path, wanted: Any) -> bool:
    if isinstance(wanted, bool):
        return any(node not in ("", "false", False, {}) for node in nodes(scope, path)) == wanted
    found = texts(scope, path)
    return any(str(one) in found for one in (wanted if isinstance(wanted, list) else [wanted]))


def _turtle(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else literal(str(value))

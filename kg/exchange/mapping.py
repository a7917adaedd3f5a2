"""A mapping file: what the records of a source become, said in TOML. docs/import.md has the language.

Everything that is wrong in a file is told at once, each with the section it stands in.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.case.form import DATES, Form
from kg.exchange import values
from kg.exchange.language import KINDS, NEEDED, ORDER, READ, REFERS, RULES, TERM, TOP, TYPES, WHERE
from kg.exchange.plan import Plan, Reference, Rule
from kg.exchange.values import STRIPS, Reading, Value
from kg.model.errors import BadData
from kg.model.marks import ROLES
from kg.text.spelling import did_you_mean

SHIPPED = Path(__file__).resolve().parent / "mappings"
_DATES = ("from", "to", "said")


def read(path: Path) -> Plan:
    """Read a mapping file. Raises BadData with everything that is wrong in it."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        said = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BadData(f"{path.name}: no mapping that can be read: {error}") from error
    made = _Reader(said)
    found = made.mapping()
    if made.faults:
        told = "\n".join(f"{path.name}: {fault}" for fault in made.faults)
        raise BadData(told)
    return found


class _Reader:
    """Reads a mapping, and keeps what is wrong with it."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.said, self.faults = said, list[str]()
        self.reading = Reading()
        self.labels: set[str] = set()

    def mapping(self) -> Plan:
        said = self.said
        self._known("the mapping", said, TOP)
        read = self._table("read", READ)
        self.reading = self._reading(read)
        for kind in ("entity", "document"):
            self.labels |= {r["as"] for r in self._rules(kind) if isinstance(r.get("as"), str)}
        terms = [t for group in KINDS for t in self._terms(group)]
        rules = [self._rule(kind, r) for kind in ORDER for r in self._rules(kind)]
        source = self._table(
            "source", ("title", "url", "published", "publisher", "licence", "language")
        )
        self._texts("source", source)
        title, form = said.get("title", ""), said.get("format", "")
        self._texts("the mapping", {"title": title, "format": form})
        return Plan(str(title), str(form), self.reading, read, source, terms, rules)

    # ------------------------------------------------------------ parts

    def _known(self, where: str, said: Mapping[str, Any], known: Any) -> None:
        for key in said:
            if key not in known:
                hint = did_you_mean(key, sorted(known))
                told = f"{where} has the unknown key “{key}”; expected {', '.join(sorted(known))}"
                self.faults.append(f"{told}; {hint}" if hint else told)

    def _table(self, name: str, known: tuple[str, ...]) -> dict[str, Any]:
        found = self.said.get(name, {})
        if not isinstance(found, dict):
            self.faults.append(f"{name} is no section; expected [{name}]")
            return {}
        self._known(f"[{name}]", found, known)
        return found

    def _texts(self, where: str, said: Mapping[str, Any]) -> None:
        for key, value in said.items():
            if not isinstance(value, str):
                self.faults.append(f"{where}: {key} is {value!r:.60}; expected a text in quotes")

    def _rules(self, kind: str) -> list[dict[str, Any]]:
        found = self.said.get(kind, [])
        if not isinstance(found, list) or not all(isinstance(r, dict) for r in found):
            self.faults.append(f"{kind} is no list; expected [[{kind}]]")
            self.said[kind] = []
            return []
        return found

    def _reading(self, read: dict[str, Any]) -> Reading:
        dates, decimal = read.get("dates", ""), read.get("decimal", ".")
        if dates and dates not in DATES:
            self.faults.append(f"[read] dates is “{dates}”; expected one of {', '.join(DATES)}")
            dates = ""
        if decimal not in (".", ","):
            self.faults.append(f"[read] decimal is “{decimal}”; expected “.” or “,”")
            decimal = "."
        lists = {}
        for key in ("blank", "open"):
            lists[key] = read.get(key, [])
            if not isinstance(lists[key], list) or not all(isinstance(v, str) for v in lists[key]):
                self.faults.append(f'[read] {key}: expected a list of texts, as ["n/a"]')
                lists[key] = []
        self._texts("[read]", {k: v for k, v in read.items() if k not in lists})
        form = Form(dates=dates, decimal=decimal, language=str(read.get("language", "en")))
        thousands = str(read.get("thousands", ""))
        return Reading(form, thousands, frozenset(lists["blank"]), frozenset(lists["open"]))

    def _terms(self, group: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
        found = self.said.get(group, {})
        if not isinstance(found, dict):
            self.faults.append(f"{group} is no section; expected [{group}.NAME]")
            return
        for name, about in found.items():
            where = f"[{group}.{name}]"
            if not isinstance(about, dict):
                self.faults.append(f"{where}: expected lines as label = “…”")
                continue
            self._known(where, about, TERM[group])
            if (kind := about.get("type", "string")) not in TYPES:
                self.faults.append(f"{where}: type is “{kind}”; expected {', '.join(TYPES)}")
                continue
            if (role := about.get("role", "")) and role not in ROLES:
                hint = did_you_mean(str(role), ROLES)
                self.faults.append(
                    f"{where}: role is “{role}”, which is none; {hint}".removesuffix("; ")
                )
                continue
            yield KINDS[group], name, about

    def _rule(self, kind: str, said: dict[str, Any]) -> Rule:
        where = f"[[{kind}]]" + (f" {said['as']!r}" if isinstance(said.get("as"), str) else "")
        self._known(where, said, RULES[kind])
        for key in NEEDED[kind]:
            if key not in said:
                self.faults.append(f"{where} has no {key}")
        rule = Rule(kind, self._list(where, said.get("of", [])))
        when = said.get("when", {})
        if isinstance(when, dict):
            rule.when = {values.steps(k): v for k, v in when.items()}
        else:
            self.faults.append(f"{where}: when is no table; expected {{ field = value }}")
        rule.each = values.steps(said["each"]) if isinstance(said.get("each"), str) else ()
        rule.label = str(said.get("as", ""))
        if kind == "ignore":
            rule.fields = tuple(map(values.steps, self._list(where, said.get("fields", []))))
            rule.reason = str(said.get("reason", ""))
            return rule
        if kind in ("entity", "document"):
            rule.scope = str(said.get("scope", ""))
            if not {"id", "name", "url"} & said.keys():
                self.faults.append(f"{where} has no id and no name")
        self._cells(where, kind, said, rule)
        return rule

    def _cells(self, where: str, kind: str, said: dict[str, Any], rule: Rule) -> None:
        plain = RULES[kind] - WHERE - {"as", "attributes", "qualities", "names", "rest"}
        named = kind in ("entity", "document")
        for key in plain & said.keys():
            if key == "scope" and named:
                continue
            if key in REFERS:
                rule.refers[key] = list(self._references(f"{where} {key}", said[key]))
            elif made := self._value(f"{where} {key}", said[key], key in _DATES, key == "value"):
                rule.cells[key] = made
        for key in ("attributes", "qualities"):
            table = said.get(key, {})
            if not isinstance(table, dict):
                self.faults.append(f"{where}: {key} is no table; expected {{ name = place }}")
                continue
            into = rule.attributes if key == "attributes" else rule.qualities
            types = {
                n: a.get("type", "")
                for n, a in self.said.get(key, {}).items()
                if isinstance(a, dict)
            }
            for name, place in table.items():
                of = types.get(name, "")
                if made := self._value(
                    f"{where} {key}.{name}", place, of == "date", of in ("decimal", "integer")
                ):
                    into[name] = made
        names = said.get("names", {})
        if isinstance(names, str):
            rule.names = values.steps(names)
        elif isinstance(names, dict):
            made_all = {n: self._value(f"{where} names.{n}", p) for n, p in names.items()}
            rule.names = {n: made for n, made in made_all.items() if made}
        if isinstance(said.get("rest"), str):
            rule.rest = () if said["rest"] == "." else values.steps(said["rest"])

    def _references(self, where: str, said: Any) -> Iterator[Reference]:
        for one in said if isinstance(said, list) else [said]:
            if isinstance(one, str) and one in self.labels | {"source"}:
                yield Reference(rule=one)
            elif isinstance(one, dict) and {"id", "name", "class", "scope", "url"} & one.keys():
                self._known(where, one, ("id", "scope", "name", "class", "url"))
                parts = {
                    k: self._value(f"{where} {k}", one[k])
                    for k in ("id", "name", "class", "url")
                    if k in one
                }
                if not {"id", "url"} & one.keys() and not {"name", "class"} <= one.keys():
                    self.faults.append(f"{where}: expected an id, a url, or a name and a class")
                yield Reference(
                    "",
                    parts.get("id"),
                    str(one.get("scope", "")),
                    parts.get("name"),
                    parts.get("class"),
                    parts.get("url"),
                )
            elif made := self._value(where, one):
                yield Reference(id=made)

    def _value(
        self, where: str, said: Any, date: bool = False, number: bool = False
    ) -> Value | None:
        if isinstance(said, list) and any(isinstance(one, dict) for one in said):
            several = [v for one in said if (v := self._value(where, one, date, number))]
            if not several:
                return None
            several[0].also = several[1:]
            several[0].paths += [path for other in several[1:] for path in other.paths]
            return several[0]
        if isinstance(said, (str, list)):
            said = {"from": said}
        if not isinstance(said, dict) or "from" not in said:
            self.faults.append(
                f"{where}: expected the name of a field, a list of them, or {{ from = … }}"
            )
            return None
        self._known(where, said, values.KEYS)
        each = values.steps(said["each"]) if isinstance(said.get("each"), str) else ()
        made = Value(self._list(where, said["from"]), reading=self.reading, each=each)
        split = said.get("split", "")
        if split:
            made.split = re.compile("|".join(map(re.escape, self._list(where, split))))
        codes = said.get("codes")
        if isinstance(codes, str):
            tables = self.said.get("codes", {})
            if codes not in tables:
                hint = did_you_mean(codes, tables)
                self.faults.append(f"{where}: no table [codes.{codes}]; {hint}".removesuffix("; "))
                codes = None
            else:
                codes = tables[codes]
        if isinstance(codes, dict):
            made.codes = {str(k): str(v) for k, v in codes.items()}
        if said.get("match"):
            try:
                made.match = re.compile(str(said["match"]))
            except re.error as error:
                self.faults.append(f"{where}: match is no regular expression: {error}")
        if (strip := said.get("strip", "")) not in ("", *STRIPS):
            self.faults.append(f"{where}: strip is “{strip}”; expected {' or '.join(STRIPS)}")
        made.strip, made.default = str(strip), str(said.get("default", ""))
        wanted = said.get("date", date)
        if wanted and wanted is not True and wanted not in (*DATES, "iso"):
            self.faults.append(f"{where}: date is “{wanted}”; expected iso, {', '.join(DATES)}")
        made.date = "iso" if wanted is True else str(wanted or "")
        made.number = bool(said.get("number", number))
        made.first, made.lower = bool(said.get("first")), bool(said.get("lower"))
        return made

    def _list(self, where: str, said: Any) -> tuple[str, ...]:
        if isinstance(said, str):
            return (said,)
        if isinstance(said, list) and all(isinstance(s, str) for s in said):
            return tuple(said)
        self.faults.append(f"{where}: expected a text or a list of texts")
        return ()

"""Wikidata (any Wikibase): entities as Special:EntityData, a dump, or lines of a dump give them.

Statements become records of their own, with rank, references and qualifiers read. The file is read
twice: properties that it describes are called by their labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.exchange.json_source import objects
from kg.exchange.source import LeftOut, Record, Source

TITLE = "Wikidata"
_LANGUAGES = ("en", "mul", "en-gb", "de", "fr", "es", "it", "nl", "pt", "ru", "zh", "ar", "ja")
# Whose values say what kind of thing something is: they link everything to everything.
_KIND_OF = {"P31", "P279", "P21", "P106", "P140", "P1412", "P172", "P407", "P735", "P734", "P101"}
# What links to another thing, or is a number: the rest are attributes.
_NO_VALUE = ("wikibase-entityid", "quantity")
_HUMAN, _PLACE = "Q5", "P625"
_STARTS, _ENDS, _AT = ("P580", "P571"), ("P582", "P576"), "P585"
# Of a reference: the work, the address, the title, the publisher, when it was published and seen.
_STATED, _URL, _TITLE, _BY, _PUBLISHED, _SEEN = "P248", "P854", "P1476", "P123", "P577", "P813"
_IMPORTED = "P143"


def fits(source: Source) -> bool:
    """Whether labels and statements with a mainsnak stand in the beginning."""
    return '"mainsnak"' in source.head and bool(re.search(r'"(labels|claims)"\s*:', source.head))


def records(source: Source, options: dict[str, Any]) -> Iterator[Record]:
    """Every entity as ``entity``; its statements as ``link``, ``figure``, ``value`` or what cannot be taken."""
    labels = {e["id"]: _label(e) for e in _entities(source) if e.get("type") == "property"}
    for name, label in labels.items():
        yield "label", name, {"property": name, "label": label}
    for entity in _entities(source):
        yield "entity", entity["id"], _entity(entity)
        for statement in _statements(entity):
            yield _statement(entity["id"], statement)


def _entities(source: Source) -> Iterator[dict[str, Any]]:
    for where, entity in objects(source, keyed=("entities",)):
        if not isinstance(entity, dict) or not isinstance(entity.get("id"), str):
            raise source.bad(f"{where}: no entity of Wikidata", "it has no id")
        if "missing" not in entity:
            yield entity


def _label(entity: dict[str, Any]) -> str:
    held = _spoken(entity, "labels")
    return next((held[n] for n in _LANGUAGES if n in held), next(iter(held.values()), entity["id"]))


def _spoken(entity: dict[str, Any], part: str) -> dict[str, str]:
    held = entity.get(part)
    pairs = held.items() if isinstance(held, dict) else ()
    return {k: str(v["value"]) for k, v in pairs if isinstance(v, dict) and "value" in v}


def _entity(entity: dict[str, Any]) -> dict[str, Any]:
    names = _spoken(entity, "labels")
    aliases = entity.get("aliases")
    groups = aliases.values() if isinstance(aliases, dict) else ()
    said = _spoken(entity, "descriptions")
    kinds = {_snak(s.get("mainsnak"))[1] for s in _statements(entity) if _of(s) == "P31"}
    claims = entity.get("claims") or entity.get("statements") or {}
    place = _PLACE in claims
    kind = "human" if _HUMAN in kinds else "place" if place else str(entity.get("type", "item"))
    links = entity.get("sitelinks")
    pages = links.items() if isinstance(links, dict) else ()
    wiki = [
        p["title"]
        for site, p in pages
        if site == "enwiki" and isinstance(p, dict) and p.get("title")
    ]
    return {
        "id": entity["id"],
        "kind": kind,
        "name": _label(entity),
        "names": {k: v for k, v in names.items() if k in _LANGUAGES and k not in ("en", "mul")},
        "labels": sorted({*names.values()}),
        "aliases": [a["value"] for group in groups for a in group if isinstance(a, dict)],
        "description": next((said[n] for n in _LANGUAGES if n in said), ""),
        "wikipedia": [f"https://en.wikipedia.org/wiki/{t.replace(' ', '_')}" for t in wiki],
        "values": _values(entity),
        "sitelinks": max(len(list(pages)) - len(wiki), 0) or None,
    }


def _statements(entity: dict[str, Any]) -> Iterator[dict[str, Any]]:
    held = entity.get("claims") or entity.get("statements") or {}
    for group in held.values() if isinstance(held, dict) else ():
        yield from (s for s in group if isinstance(s, dict))


def _of(statement: dict[str, Any]) -> str:
    return str((statement.get("mainsnak") or {}).get("property", ""))


def _snak(snak: Any) -> tuple[str, str]:
    """The type of what a snak says, and the same as a text: an id, a date, a number, a text."""
    snak = snak if isinstance(snak, dict) else {}
    if snak.get("snaktype") != "value":
        return str(snak.get("snaktype", "none")), ""
    held = snak.get("datavalue") or {}
    kind, said = str(held.get("type", "")), held.get("value")
    if isinstance(said, str):
        return kind, said
    if not isinstance(said, dict):
        return kind, ""
    if kind == "wikibase-entityid":
        letter = "P" if said.get("entity-type") == "property" else "Q"
        return kind, str(said.get("id") or f"{letter}{said.get('numeric-id', '')}")
    if kind == "time":
        return kind, day(str(said.get("time", "")), said.get("precision", 11))
    if kind == "quantity":
        return kind, str(said.get("amount", "")).removeprefix("+")
    if kind == "globecoordinate":
        return kind, f"{said.get('latitude')} {said.get('longitude')}"
    return kind, str(said.get("text", ""))


def day(time: str, precision: int) -> str:
    """A time as tables write it: a day, a month, a year, or the years it lies within.

    >>> day("+1952-03-11T00:00:00Z", 11), day("+1952-00-00T00:00:00Z", 9), day("+1950-00-00T00:00:00Z", 8)
    ('1952-03-11', '1952', '1950/1959')
    >>> day("-0043-00-00T00:00:00Z", 9)
    ''
    """
    match = re.fullmatch(r"\+?0*(\d{4})-(\d\d)-(\d\d)T.*", time)
    if not match:
        return ""
    year, month, number = match.groups()
    if precision >= 11 and number != "00":
        return f"{year}-{month}-{number}"
    if precision >= 10 and month != "00":
        return f"{year}-{month}"
    if precision >= 9:
        return year
    first, span = int(year), 10 if precision == 8 else 100
    if precision < 7:
        return ""
    first = first // 10 * 10 if precision == 8 else (first - 1) // 100 * 100 + 1
    return f"{first:04}/{first + span - 1:04}"


def _values(entity: dict[str, Any]) -> dict[str, list[str]]:
    """What statements that link to no other thing say of an entity, by property."""
    found: dict[str, list[str]] = {}
    for statement in _statements(entity):
        kind, text = _snak(statement.get("mainsnak"))
        if kind in _NO_VALUE or not text or statement.get("rank") == "deprecated":
            continue
        if kind == "globecoordinate":
            latitude, _, longitude = text.partition(" ")
            found.setdefault("latitude", []).append(latitude)
            found.setdefault("longitude", []).append(longitude)
        else:
            found.setdefault(_of(statement), []).append(text)
    return found


def _statement(subject: str, said: dict[str, Any]) -> Record:
    of, (kind, text) = _of(said), _snak(said.get("mainsnak"))
    place = str(said.get("id", f"{subject} {of}"))
    if kind == "somevalue":
        return LeftOut("statement", "it says that there is a value and not which")
    if kind == "novalue":
        return LeftOut("statement", "it says that there is no value, which no table holds")
    if not text:
        return LeftOut("statement", f"a {kind} that no table holds")
    if kind not in _NO_VALUE:
        if said.get("rank") == "deprecated":
            return LeftOut("value", "it is deprecated, and an attribute has no stance")
        return "value", place, {"property": of}
    made = {
        "subject": subject,
        "property": of,
        "value": text,
        "rank": said.get("rank", "normal"),
        "id": place,
        "references": [r for one in said.get("references") or () if (r := _reference(one))],
        "concept": text if of in _KIND_OF else None,
        **_qualified(said.get("qualifiers")),
    }
    if kind == "quantity":
        unit = str(said["mainsnak"]["datavalue"]["value"].get("unit", "1")).rpartition("/")[2]
        return "figure", place, made | {"unit": "" if unit == "1" else unit}
    return "link", place, made


def _qualified(qualifiers: Any) -> dict[str, Any]:
    held = qualifiers if isinstance(qualifiers, dict) else {}
    texts = {p: [t for s in snaks if (t := _snak(s)[1])] for p, snaks in held.items()}
    at = next(iter(texts.pop(_AT, [])), "")
    starts = [t for p in _STARTS for t in texts.pop(p, [])]
    ends = [t for p in _ENDS for t in texts.pop(p, [])]
    return {
        "from": next(iter(starts), at),
        "to": next(iter(ends), at),
        "qualifiers": {p: ts for p, ts in texts.items() if ts},
    }


def _reference(reference: Any) -> dict[str, Any]:
    """A reference as one document: its address, else the work, else the project it was taken from."""
    snaks = reference.get("snaks") if isinstance(reference, dict) else None
    held = {p: [t for s in group if (t := _snak(s)[1])] for p, group in (snaks or {}).items()}
    found = {k: held[p][0] for k, p in _PARTS.items() if held.get(p)}
    return found if {"url", "stated", "imported"} & found.keys() else {}


_PARTS = {
    "url": _URL,
    "stated": _STATED,
    "title": _TITLE,
    "publisher": _BY,
    "published": _PUBLISHED,
}
_PARTS |= {"seen": _SEEN, "imported": _IMPORTED}

"""STIX 2.0 and 2.1: a bundle, or a list of its objects. ATT&CK comes in it.

The file is read twice: what an object cites, marks, reports or holds an opinion on is told by its name
elsewhere in the file. A first look gathers these names, the second gives every object with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.exchange import own_links
from kg.exchange.json_source import items
from kg.exchange.source import Record, Source
from kg.model.standing import STANCES

TITLE = "STIX"
_CITED = re.compile(r"\(Citation: *([^()]*(?:\([^()]*\)[^()]*)*)\)")
# What an object refers to and how is not made a claim of: who speaks, and who may read it.
_BESIDE = {"created_by_ref", "object_marking_refs", "source_ref", "target_ref", "sighting_of_ref"}
_BESIDE |= {"where_sighted_refs", "x_mitre_modified_by_ref", "object_ref"}
_LINKS = ("relationship--", "sighting--")


@dataclass(slots=True)
class _Names:
    """What the objects of a bundle say of each other."""

    cited: dict[str, dict[str, Any]] = field(default_factory=dict)
    markings: dict[str, str] = field(default_factory=dict)
    reports: dict[str, list[str]] = field(default_factory=dict)
    opined: set[str] = field(default_factory=set)
    links: dict[str, dict[str, Any]] = field(default_factory=dict)
    called: dict[str, set[str]] = field(default_factory=dict)


def fits(source: Source) -> bool:
    """Whether the beginning speaks of a bundle, or of a spec_version."""
    bundle = re.search(r'"type"\s*:\s*"bundle"', source.head) and '"bundle--' in source.head
    return bool(bundle or re.search(r'"spec_version"\s*:\s*"2\.[01]"', source.head))


def records(source: Source, options: dict[str, Any]) -> Iterator[Record]:
    """Every object, by its type, with `cited`, `refs`, `reports`, `marked` and `opined` beside its own fields."""
    names = _Names()
    for found in _objects(source):
        _gather(found, names)
    if names.opined:
        for found in _objects(source):
            if found["id"] in names.opined and "source_ref" in found:
                names.links[found["id"]] = found
    for found in _objects(source):
        yield found["type"], f"{found['id']}", _with(found, names)


def _objects(source: Source) -> Iterator[dict[str, Any]]:
    for name, found in items(source, ("objects",)):
        if isinstance(found, dict) and (not name and found.get("type") in (None, "bundle")):
            continue
        if not isinstance(found, dict) or not all(
            isinstance(found.get(k), str) for k in ("type", "id")
        ):
            told = str(found.get("id", "one"))[:60] if isinstance(found, dict) else "one"
            raise source.bad(f"no object of STIX: {told} has no type and id")
        yield found


def _gather(found: dict[str, Any], names: _Names) -> None:
    for reference in _list(found, "external_references"):
        name = reference.get("source_name")
        if isinstance(name, str) and (reference.get("url") or not reference.get("external_id")):
            held = names.cited.get(name, {})
            if not held.get("url"):
                names.cited[name] = reference
    kind, id = found["type"], found["id"]
    if kind == "marking-definition":
        definition = found.get("definition")
        said: dict[str, Any] = definition if isinstance(definition, dict) else {}
        tlp = f"TLP:{said['tlp']}" if said.get("tlp") else ""
        names.markings[id] = str(found.get("name") or tlp or said.get("statement") or id)
    elif kind == "identity" and isinstance(found.get("name"), str):
        names.called.setdefault(found["name"], set()).add(id)
    elif kind == "opinion":
        names.opined.update(r for r in _texts(found, "object_refs") if r.startswith(_LINKS))
    elif kind in ("report", "grouping", "note"):
        for link in _texts(found, "object_refs"):
            if link.startswith(_LINKS):
                names.reports.setdefault(link, []).append(id)


def _with(found: dict[str, Any], names: _Names) -> dict[str, Any]:
    made = dict(found)
    own = [r for r in _list(found, "external_references") if r.get("external_id")]
    cited = {_key(r): r for r in _list(found, "external_references") if _is_document(r, found)}
    for known in _resolved(str(found.get("description", "")), names):
        cited.setdefault(_key(known), known)
    made["own_references"], made["cited"] = own, list(cited.values())
    named = {str(n) for k in ("aliases", "x_mitre_aliases") for n in _texts(found, k)}
    made["named"] = [
        {"name": name, "cited": documents}
        for reference in _list(found, "external_references")
        if (name := str(reference.get("source_name"))) in named
        and (documents := _resolved(str(reference.get("description", "")), names))
    ]
    made.pop("external_references", None)
    made["refs"] = [
        {"field": key, "id": one}
        for key, held in found.items()
        if key.endswith(("_ref", "_refs")) and key not in _BESIDE
        for one in _texts(found, key)
        if "--" in one and not one.startswith(_LINKS)
    ]
    for key in [k for k in found if k.endswith(("_ref", "_refs")) and k not in _BESIDE]:
        del made[key]
    made["marked"] = [names.markings.get(m, m) for m in _texts(found, "object_marking_refs")]
    made["reports"] = names.reports.get(found["id"], [])
    if found["type"] == "opinion":
        links = (names.links.get(r) for r in _texts(found, "object_refs"))
        made["opined"] = [link for link in links if link]
        made["stated"] = [one for one in _texts(found, "labels") if one in STANCES][:1]
        authors = [names.called.get(one, set()) for one in _texts(found, "authors")]
        # Whose opinion it is, where one of the identities alone is called so.
        made["author"] = [*authors[0]] if len(authors) == 1 and len(authors[0]) == 1 else []
    if found["type"] == "relationship" and (stood := _own(found)):
        made |= {"kg_stance": stood[0], "kg_heard": found["id"] in names.opined}
        made[own_links.FIELD] = own_links.Stands(stood)
    if found["type"] == "language-content" and isinstance(found.get("contents"), dict):
        said = {k: v for k, v in found["contents"].items() if isinstance(v, dict)}
        made["names"] = {k: v["name"] for k, v in said.items() if isinstance(v.get("name"), str)}
    return made


def _own(found: dict[str, Any]) -> tuple[str, ...]:
    """How a relationship stands that kg wrote; where it is disputed, opinions say so and nothing else."""
    held = found.get("extensions")
    parts = held.values() if isinstance(held, dict) else ()
    return next((s for p in parts if isinstance(p, dict) and (s := own_links.of_fields(p))), ())


def _resolved(text: str, names: _Names) -> list[dict[str, Any]]:
    """The documents that a text cites by name."""
    found = (name.strip() for name in _CITED.findall(text))
    return [names.cited.get(name, {"source_name": name}) for name in found]


def _key(reference: dict[str, Any]) -> str:
    return str(reference.get("url") or reference.get("source_name"))


def _is_document(reference: dict[str, Any], found: dict[str, Any]) -> bool:
    """Whether a reference is to a document, and not the thing's own page or the citation of an alias."""
    if reference.get("external_id"):
        return False
    said = str(reference.get("description", ""))
    return bool(reference.get("url") or _CITED.sub("", said).strip())


def _list(found: dict[str, Any], key: str) -> list[dict[str, Any]]:
    held = found.get(key)
    return [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []


def _texts(found: dict[str, Any], key: str) -> list[str]:
    held = found.get(key)
    return [one for one in (held if isinstance(held, list) else [held]) if isinstance(one, str)]

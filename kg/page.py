"""A view as one HTML file that works offline and tells nobody that it was opened.

pyvis holds the nodes, the edges and the options; template, style, drawing and
panels are ours, in `templates/`. The file asks for nothing from outside: a
Content-Security-Policy refuses every source but its own script and style, by
hash. Data stands in it as JSON that no markup can leave, and reaches the
screen only as text.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Iterable
from dataclasses import asdict
from importlib import resources
from pathlib import Path
from typing import Any

from kg import layouts
from kg.views import View, ViewAttestation, ViewClaim, ViewNode, ViewTerm

SCRIPTS = (
    "model.js",
    "draw.js",
    "canvas.js",
    "panel.js",
    "legend.js",
    "tabs.js",
    "export.js",
    "main.js",
)
# Characters that reorder or hide what stands around them; a name has no use for them.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")

Json = dict[str, Any]
KG = "https://w3id.org/actors-kg/ontology#"
CONTEXT: Json = {
    "@version": 1.1,
    "@vocab": KG,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "id": "@id",
    "kg": "@nest",
    "from": {"@id": "rdf:subject", "@type": "@id"},
    "rel": {"@id": "rdf:predicate", "@type": "@vocab"},
    "to": {"@id": "rdf:object", "@type": "@id"},
    "s": "rdfs:label",
    "st": {"@id": "status", "@type": "@vocab"},
    "ba": {"@id": "basis", "@type": "@vocab"},
    "nv": "voices",
    "nd": "documents",
    "no": "opposingVoices",
    "e": "earliest",
    "l": "latest",
    "a": {"@reverse": "about"},
    "t": {"@id": "stance", "@type": "@vocab"},
    "v": {"@id": "voice", "@type": "@id"},
    "d": {"@id": "document", "@type": "@id"},
    "loc": "locator",
    "g": "gloss",
    "per": "asPrinted",
    **dict.fromkeys(("n", "f", "text", "stand", "arrows", "p", "via", "k", "r"), None),
}
"""The page's claims are JSON-LD as they stand: the data is in the file once, for both readers."""


def render(view: View, *, layout: str = "lanes") -> str:
    """Return the whole page for `view`, starting in `layout` if the view allows it.

    Equal views give equal text. Linear in nodes and claims; 10,000 nodes take
    about three seconds, most of them for the layouts.
    """
    from markupsafe import Markup
    from pyvis.edge import Edge  # type: ignore[import-untyped]  # pyvis has no types
    from pyvis.network import Network  # type: ignore[import-untyped]  # a second to import
    from pyvis.node import Node  # type: ignore[import-untyped]

    placed = layouts.place(view)
    start = layout if layout in placed else next(iter(placed))
    tables = _Tables(view)
    net = Network(directed=True)
    # Filled directly: add_node and add_edge search their lists at every call.
    for i, node in enumerate(view.nodes):
        x, y = placed[start].positions[i]
        spots = [placed[name].positions[i] for name in placed]
        record = _node(node) | {"at": spots}
        options = {"x": x, "y": y, "kg": record}
        net.nodes.append(Node(node.id, "dot", _plain(node.short or node.name), **options).options)
    loose = []
    ids = {node.id for node in view.nodes}
    for i, claim in enumerate(view.claims):
        record = _claim(claim, tables) | {"n": i}
        if claim.subject in ids and claim.object in ids:
            edge = Edge(claim.subject, claim.object, directed=True, id=claim.id, kg=record)
            net.edges.append(edge.options)
        else:
            loose.append({"id": claim.id, "from": claim.subject, "to": claim.object, "kg": record})
    net.options = {
        "physics": {"enabled": False},
        "kg": {
            "start": start,
            "sheet": layouts.SHEET,
            "label": layouts.LABEL_MAX,
            "asideRank": layouts.DRAWN_RANK,
            "layouts": [
                {"id": name, "label": _plain(made.label), "heads": [_head(h) for h in made.heads]}
                for name, made in placed.items()
            ],
        },
    }
    script, style = _script(), _text("view.css")
    folder = resources.files("kg") / "templates"
    net.set_template_dir(str(folder), "view.html.j2")
    env = net.templateEnv
    env.autoescape = True
    env.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "sort_keys": False}
    env.globals.update(
        title=_plain(view.title),
        description=_plain(view.description),
        language=view.language or "en",
        record=_record(view, tables),
        context=CONTEXT,
        loose=loose,
        outline=_outline(view),
        notice=Markup(_notice(view)),
        script=Markup(script),
        style=Markup(style),
        script_hash=_digest(script),
        style_hash=_digest(style),
    )
    html: str = net.generate_html(notebook=False)
    return html


class _Tables:
    """What stands once in the file: names of nodes and voices, documents nobody listed."""

    def __init__(self, view: View) -> None:
        self.names = {node.id: node.name for node in view.nodes}
        self.listed = {document.id for document in view.documents}
        self.unlisted: dict[str, None] = {}
        self.voices: dict[str, str] = {}

    def document(self, ident: str) -> str:
        if ident not in self.listed:
            self.unlisted[ident] = None
        return ident

    def voice(self, ident: str, name: str) -> str:
        self.voices.setdefault(ident, name)
        return ident


def _plain(text: str) -> str:
    """Text without characters that would reorder or hide its neighbours."""
    return _UNSEEN.sub("\ufffd", text)


def _slim(record: Json) -> Json:
    """A record without its empty fields."""
    return {key: value for key, value in record.items() if value not in ("", [], None, 0)}


def _plain_all(texts: Iterable[str]) -> list[str]:
    return [_plain(text) for text in texts]


def _node(node: ViewNode) -> Json:
    return _slim(
        {
            "name": _plain(node.name) if node.name != node.short else "",
            "kind": node.kind,
            "narrow": _plain(node.narrow),
            "local": _plain(node.name_local),
            "lang": node.language,
            "aliases": _plain_all(node.aliases),
            "text": _plain(node.description),
            "facts": [_plain_all(fact) for fact in node.facts],
            "lane": node.lane,
            "cell": _plain(node.cell),
            "state": node.state,
            "where": _where(node),
        }
    )


def _where(node: ViewNode) -> list[Any] | None:
    if node.where is None:
        return None
    latitude, longitude, name = node.where
    x, y = project(latitude, longitude)
    return [x, y, _plain(name)]


def project(latitude: float, longitude: float) -> tuple[int, int]:
    """Degrees to the page's map, 2000 units wide (Natural Earth projection).

    The polynomial is that of Šavrič et al. 2011, "A polynomial equation for
    the Natural Earth projection", https://doi.org/10.1559/15230406382143.

    >>> project(0, 0)
    (1000, 519)
    """
    lam, phi = longitude * 0.017453292519943295, latitude * 0.017453292519943295
    p2 = phi * phi
    p4 = p2 * p2
    x = lam * (
        0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4))
    )
    y = phi * (
        1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4))
    )
    return round(1000 + x * 365), round(519 - y * 365)


def _claim(claim: ViewClaim, tables: _Tables) -> Json:
    return _slim(
        {
            "rel": claim.relation,
            "text": _plain(claim.object_text if claim.object_text != tables.names.get(claim.object) else ""),
            "s": _plain(claim.sentence),
            "st": claim.status,
            "ba": claim.basis,
            "stand": _plain(claim.standing),
            "nv": claim.voices,
            "nd": claim.documents,
            "no": claim.opposing,
            "e": claim.earliest,
            "l": claim.latest,
            "f": int(claim.figure),
            "a": [_attestation(row, tables) for row in claim.attestations],
        }
    )


def _attestation(row: ViewAttestation, tables: _Tables) -> Json:
    return _slim(
        {
            "id": row.id,
            "v": tables.voice(row.voice, row.voice_name),
            "d": tables.document(row.document),
            "s": _plain(row.sentence),
            "t": row.stance,
            "p": row.side,
            "via": _plain_all(row.via),
            "loc": _plain(row.locator),
            "g": _plain(row.gloss),
            "per": _plain(row.period),
            "said": _plain(row.said),
            "k": row.known,
            "r": _plain_all(row.remarks),
        }
    )


def _head(head: layouts.Head) -> list[Any]:
    box = [head.x, head.y, head.width, head.height]
    return [_plain(head.text), *box, head.node, head.count]


def _terms(terms: Iterable[ViewTerm]) -> list[Json]:
    return [{key: _plain(v) if isinstance(v, str) else v for key, v in asdict(t).items()} for t in terms]


def _record(view: View, tables: _Tables) -> Json:
    documents = [
        _slim(
            {
                "id": document.id,
                "title": _plain(document.title),
                "short": _plain(document.short),
                "date": document.published,
                "url": _link(document.url),
                "disputes": _plain_all(document.disputes),
            }
        )
        for document in view.documents
    ]
    documents += [{"id": ident, "title": tables.names.get(ident, ident)} for ident in tables.unlisted]
    return {
        "title": _plain(view.title),
        "description": _plain(view.description),
        "licence": _plain(view.licence),
        "version": _plain(view.version),
        "filters": _plain(view.filters),
        "kinds": _terms(view.kinds),
        "relations": _terms(view.relations),
        "statuses": _terms(view.statuses),
        "bases": _terms(view.bases),
        "documents": documents,
        "voices": [[ident, _plain(name)] for ident, name in tables.voices.items()],
        "highlight": list(view.highlight),
        "omitted": view.omitted,
    }


def _link(url: str) -> str:
    """The address if it is a web address, else nothing."""
    return url if re.fullmatch(r"https?://[^\s\x00-\x20]+", url, re.IGNORECASE) else ""


def _outline(view: View) -> str:
    """The outline of the countries as an SVG path, if anything is on the map."""
    if not any(node.where for node in view.nodes):
        return ""
    return _vendored("outline.path.txt")


def _notice(view: View) -> str:
    """Where the outline is from, as text for a comment of the page."""
    if not any(node.where for node in view.nodes):
        return ""
    return _vendored("LICENSE").replace("--", "- -")


@functools.cache
def _vendored(name: str) -> str:
    folder = Path(str(resources.files("kg"))) / "vendor" / "world-atlas-2.0.2"
    return (folder / name).read_text(encoding="utf-8") if folder.is_dir() else ""


@functools.cache
def _text(name: str) -> str:
    return (resources.files("kg") / "templates" / name).read_text(encoding="utf-8")


@functools.cache
def _script() -> str:
    """All scripts as one, without indentation and whole-line comments."""
    lines = (line.strip() for name in SCRIPTS for line in _text(name).split("\n"))
    body = "\n".join(line for line in lines if line and not line.startswith("//"))
    return f'(()=>{{"use strict";\n{body}\n}})();'


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return "sha256-" + base64.b64encode(digest).decode("ascii")

"""A view as one HTML file that works offline and tells nobody that it was opened.

pyvis holds the nodes with their claims; template, style, drawing and panels
are ours, in `templates/`. The file asks for nothing from outside: a
Content-Security-Policy refuses every source but its own script and style, by
hash. Data stands in it as JSON that no markup can leave, and reaches the
screen only as text.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any

from kg.page import boxes, layouts, palette
from kg.page.labels import told_apart
from kg.page.payload import Tables, claim_record, node_record, plain
from kg.page.record import head_record, view_record
from kg.page.view import DRAWN_RANK, View

SCRIPTS = tuple(
    f"{name}.js"
    for name in (
        *("dom", "standing", "folding", "model", "lifting", "lens", "words", "address"),
        *(
            "layouts",
            "route",
            "draw",
            "lines",
            "bundles",
            "dispute",
            "groups",
            "crossing",
            "labels",
            "small",
            "moving",
            "canvas",
        ),
        *(
            "panel",
            "changes",
            "overview",
            "story",
            "point",
            "ends",
            "finding",
            "legend",
            "tabs",
            "countries",
            "map",
            "timeline",
            "table",
            "matrix",
            "matrixdrawing",
            "picture",
            "export",
            "saving",
            "main",
        ),
    )
)


_FINE = 110_000
"""So many characters of fine outlines a page has room for."""


def render(view: View, *, layout: str = "", embed: bool = False) -> str:
    """Return the whole page for `view`, starting in `layout` if the view allows it.

    With `embed` it is for a frame in another page: the picture and what is selected, no filters.
    Without a layout it starts with the paths that it holds, around what it is about, or by lane.

    Equal views give equal text. Linear in nodes and claims; 10,000 nodes take
    about three seconds, most of them for the layouts.
    """
    from markupsafe import Markup
    from pyvis.network import Network  # a second to import

    view = told_apart(view)
    placed = layouts.place(view)
    start = layout if layout in placed else next(iter(placed))
    tables = Tables(view)
    # Filled directly: add_node and add_edge search their lists at every call.
    net = Network(directed=True)
    net.nodes = [node_record(node, tables) for node in view.nodes]
    held = {record["id"]: record for record in net.nodes}
    for claim in view.claims:
        if claim.subject not in held:
            held[claim.subject] = {"id": claim.subject}
            net.nodes.append(held[claim.subject])
        held[claim.subject].setdefault("c", []).append(claim_record(claim, tables))
    options = {
        "start": start,
        "size": boxes.SIZE,
        "asideRank": DRAWN_RANK,
        "embed": embed,
        "colours": palette.COLOURS,
        "layouts": [
            {
                "id": name,
                "label": plain(made.label),
                "most": made.label_max,
                "heads": [head_record(h) for h in made.heads],
                "at": [number for spot in made.positions for number in spot],
                "sides": made.sides,
                "bends": made.bends,
                "turns": made.turns,
                "live": made.live,
            }
            for name, made in placed.items()
        ],
    }
    script, style = _script(), _text("view.css")
    folder = resources.files("kg.page") / "templates"
    net.set_template_dir(str(folder), "view.html.j2")
    env = net.templateEnv
    env.autoescape = True
    env.policies["json.dumps_function"] = _dumps
    env.policies["json.dumps_kwargs"] = {}
    env.globals.update(
        title=plain(view.title),
        description=plain(view.description),
        language=view.language or "en",
        record=view_record(view, tables) | {"options": options},
        context=tables.context(view.base),
        outline=_outline(view),
        notice=Markup(_notice(view)),
        script=Markup(script),
        style=Markup(style),
        script_hash=_digest(script),
        style_hash=_digest(style),
    )
    html: str = net.generate_html(notebook=False)
    return html


def _dumps(value: object) -> str:
    """Compact JSON in Unicode; the template's ``tojson`` then escapes ``<``, ``>``, ``&``, ``'``."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _outline(view: View) -> dict[str, Any] | None:
    """The outlines of the countries that a node belongs to, and all others as one SVG path.

    Those with most nodes are drawn finely, as far as `_FINE` reaches; `fine` names them.
    """
    if not any(node.where for node in view.nodes):
        return None
    coarse, fine = _outlines("coarse.json"), _outlines("fine.json")
    carried = Counter(node.country for node in view.nodes if node.country in coarse)
    own = {code: coarse[code] for code in sorted(carried)}
    room, finely = _FINE, []
    for code in sorted(own, key=lambda code: (-carried[code], code)):
        if code in fine and len(fine[code]) <= room:
            room -= len(fine[code])
            own[code] = fine[code]
            finely.append(code)
    rest = "".join(text for code, text in coarse.items() if code not in own)
    return {"rest": rest, "own": own, "fine": sorted(finely)}


@functools.cache
def _outlines(name: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(_vendored(name) or "{}")
    return found


def _notice(view: View) -> str:
    """Where the outline is from, as text for a comment of the page."""
    if not any(node.where for node in view.nodes):
        return ""
    return _vendored("LICENSE").replace("--", "- -")


@functools.cache
def _vendored(name: str) -> str:
    folder = Path(str(resources.files("kg.page"))) / "vendor" / "world-atlas-2.0.2"
    return (folder / name).read_text(encoding="utf-8") if folder.is_dir() else ""


@functools.cache
def _text(name: str) -> str:
    return (resources.files("kg.page") / "templates" / name).read_text(encoding="utf-8")


@functools.cache
def _script() -> str:
    """All scripts as one, without indentation and whole-line comments."""
    lines = (line.strip() for name in SCRIPTS for line in _text(name).split("\n"))
    body = "\n".join(line for line in lines if line and not line.startswith("//"))
    return f'(()=>{{"use strict";\n{body}\n}})();'


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return "sha256-" + base64.b64encode(digest).decode("ascii")

"""What a page carries beside its linked data: terms, documents, voices, phrases, paths, story, its rules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from kg.analysis.path_text import AGAINST, CAVEAT, OPPOSITION
from kg.model.standing import BASIS_OF, EDGE, SIDE_OF, VERDICTS, WALKED
from kg.page import finding
from kg.page.boxes import Head
from kg.page.jsonld import Json
from kg.page.payload import MARKS, Tables, plain, plain_all, slim
from kg.page.view import View, ViewPath, ViewStep, ViewTerm
from kg.text import names
from kg.text.phrases import SPOKE, UNSUPPORTED, WEAKER

RULE = {
    "sides": SIDE_OF,
    "bases": BASIS_OF,
    "verdicts": VERDICTS,
    "unsupported": UNSUPPORTED,
    "weaker": WEAKER,
    "spoke": SPOKE,
}
"""The tables that the page's rule reads, so that a new word is entered once."""

WALK = {
    "statuses": WALKED,
    "bases": EDGE,
    "against": AGAINST,
    "caveat": CAVEAT,
    "opposition": OPPOSITION,
}
"""What the page's chains go over and what is said of them: the same as of paths."""


def head_record(head: Head) -> list[Any]:
    """A band: title, x, y, width, height, node, count."""
    box = [head.x, head.y, head.width, head.height]
    return [plain(head.text), *box, head.node, head.count]


def _terms(terms: Iterable[ViewTerm]) -> list[Json]:
    plainly = ViewTerm("", "")
    return [
        {
            key: plain(value) if isinstance(value, str) else value
            for key, value in asdict(term).items()
            if key != "iri" and (key in ("id", "label") or value != getattr(plainly, key))
        }
        for term in terms
    ]


def view_record(view: View, tables: Tables) -> Json:
    """All that stands once: terms, documents, voices, phrases. Call it last."""
    documents = [
        slim(
            {
                "id": document.id,
                "title": plain(document.title),
                "short": plain(document.short),
                "date": document.published,
                "url": _link(document.url),
                "disputes": plain_all(document.disputes),
            }
        )
        for document in view.documents
    ]
    unlisted = list(tables.documents)[len(documents) :]
    documents += [
        {"id": ident, "title": plain(tables.names.get(ident, ident))} for ident in unlisted
    ]
    return {
        "title": plain(view.title),
        "description": plain(view.description),
        "licence": plain(view.licence),
        "version": plain(view.version),
        "filters": plain(view.filters),
        "lens": plain(view.lens),
        "kinds": [
            term | ({"stops": 1} if term["id"] in tables.stops else {})
            for term in _terms(view.kinds)
        ],
        "relations": _terms(view.relations),
        "rule": RULE,
        "walk": WALK,
        "fold": names.tables(finding.letters(view)),
        "finding": finding.tables(view),
        "statuses": _terms(view.statuses),
        "bases": _terms(view.bases),
        "documents": documents,
        "voices": [[ident, name] for ident, (_, name) in tables.voices.items()],
        "highlight": list(view.highlight),
        "paths": [_path(path) for path in view.paths],
        "note": plain(view.note),
        "omitted": view.omitted,
        "light": view.light,
        "story": [_step(step) for step in view.story],
        "storyTitle": plain(view.story_title),
        "phrases": list(tables.phrases),
        "marks": MARKS,
    }


def _step(step: ViewStep) -> Json:
    says = [
        [plain(text), [f"claim/{claim}" for claim in claims], status]
        for text, claims, status in step.says
    ]
    return {"title": plain(step.title), "to": step.address, "says": says}


def _path(path: ViewPath) -> Json:
    hops = [[plain(said), [f"claim/{claim}" for claim in claims]] for said, claims in path.hops]
    apart = [list(hop) for hop in path.apart]
    return {"nodes": list(path.nodes), "said": plain(path.said), "hops": hops, "apart": apart}


def _link(url: str) -> str:
    """The address if it is a web address, else nothing."""
    return url if re.fullmatch(r"https?://[^\s\x00-\x20]+", url, re.IGNORECASE) else ""

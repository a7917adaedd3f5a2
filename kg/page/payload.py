"""What a page carries of a view: linked data as JSON-LD, in slim records, each thing said once.

Nodes hold the claims that they are the subject of, claims their attestations.
Names of fields are short because they stand in the file a thousand times;
`kg.page.jsonld` says what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from kg.model.claims import QUALIFIERS, ends
from kg.model.parties import sides
from kg.model.qualities import ADDRESS, ENTITY
from kg.model.standing import SIDE_OF
from kg.page.jsonld import CONTEXT, KG, Json
from kg.page.view import (
    View,
    ViewAnswer,
    ViewAttestation,
    ViewClaim,
    ViewNode,
    ViewWeight,
)
from kg.text.phrases import quoted

if TYPE_CHECKING:
    from kg.model.claims import Attestation

# Characters that reorder or hide what stands around them; a name has no use for them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


class Tables:
    """What stands once in the file: voices, documents, phrases that many records share."""

    def __init__(self, view: View) -> None:
        self.names = {node.id: node.name for node in view.nodes}
        self.relations = {term.id: term.label for term in view.relations}
        self.documents = {document.id: i for i, document in enumerate(view.documents)}
        self.titles = {document.id: document.title for document in view.documents}
        terms = (*view.kinds, *view.relations)
        self.iris = {t.id: t.iri for t in terms if t.iri not in ("", KG + t.id)}
        walked = {node.kind for node in view.nodes if node.walked}
        self.stops = {node.kind for node in view.nodes} - walked
        self.voices: dict[str, tuple[int, str]] = {}
        self.phrases: dict[str, int] = {}
        self.qualities: dict[str, Any] = {}

    def document(self, ident: str) -> str:
        """The short word for a document, which is noted."""
        return f"d{self.documents.setdefault(ident, len(self.documents))}"

    def voice(self, ident: str, name: str) -> str:
        """The short word for a voice, which is noted with its name; empty for no voice."""
        if not ident:
            return ""
        number, known = self.voices.get(ident, (len(self.voices), ""))
        self.voices[ident] = (number, known or name)
        return f"v{number}"

    def quality(self, key: str, iri: str, kind: str) -> str:
        """The short word for a statement of a quality, which no field has; it is noted with its kind."""
        typed = {ENTITY: "@id", ADDRESS: "@id"}.get(kind, f"xsd:{kind}" if kind else "")
        self.qualities[f"q-{key}"] = {"@id": iri, "@type": typed} if typed else iri
        return f"q-{key}"

    def phrase(self, text: str) -> int:
        """The number of a text that many records share."""
        return self.phrases.setdefault(text, len(self.phrases))

    def context(self, base: str) -> Json:
        """The context of the linked data, with the short words of voices and documents in it."""
        base = base or "https://kg.invalid/"
        words = {"A": f"{base}attestation/", "C": f"{base}claim/"}
        words |= {f"d{i}": base + ident for ident, i in self.documents.items()}
        words |= {f"v{i}": base + ident for ident, (i, _) in self.voices.items()}
        # Terms of other namespaces than kg's own; the names of fields are taken.
        own = {name: iri for name, iri in self.iris.items() if name not in CONTEXT}
        return own | CONTEXT | self.qualities | {"@base": base} | words


def plain(text: str) -> str:
    """Text without characters that would reorder or hide its neighbours."""
    return _UNSEEN.sub("\ufffd", text)


def slim(record: Json) -> Json:
    """A record without its empty fields."""
    return {key: value for key, value in record.items() if value not in ("", [], None, 0)}


def plain_all(texts: Iterable[str]) -> list[str]:
    """Several texts, each `plain`."""
    return [plain(text) for text in texts]


def node_record(node: ViewNode, tables: Tables) -> Json:
    """A node's record; its claims come into it later, its positions stand with the layouts."""
    return slim(
        {
            "id": node.id,
            "kind": node.kind,
            "name": plain(node.name),
            "label": plain(node.short) if node.short != node.name else "",
            "narrow": tables.phrase(plain(node.narrow)) + 1 if node.narrow else 0,
            "local": plain(node.name_local),
            "lang": node.language,
            "aliases": plain_all(node.aliases),
            "text": plain(node.description),
            "facts": [[tables.phrase(plain(name)), plain(value)] for name, value in node.facts],
            "lane": node.lane,
            "cell": plain(node.cell),
            "state": node.state,
            "was": plain(node.was),
            "where": _where(node),
            "iso": node.country,
            "stop": int(not node.walked and node.kind not in tables.stops),
            "fn": plain_all(node.found_by.names),
            "ft": plain_all(node.found_by.titles),
            "fc": tables.phrase("\n".join(plain_all(node.found_by.classes))) + 1
            if node.found_by.classes
            else 0,
            "ff": plain_all(node.found_by.forms),
        }
    )


def _where(node: ViewNode) -> list[Any] | None:
    if node.where is None:
        return None
    latitude, longitude, name = node.where
    x, y = project(latitude, longitude)
    return [round(x, 1), round(y, 1), plain(name)]


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Degrees to the page's map, 2000 units wide (Natural Earth projection).

    The polynomial is that of Šavrič et al. 2011, "A polynomial equation for
    the Natural Earth projection", https://doi.org/10.1559/15230406382143.

    >>> project(0, 0)
    (1000.0, 519.0)
    """
    lam, phi = longitude * 0.017453292519943295, latitude * 0.017453292519943295
    p2 = phi * phi
    p4 = p2 * p2
    x = lam * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4)))
    y = phi * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)))
    return 1000 + x * 365, 519 - y * 365


def claim_record(claim: ViewClaim, tables: Tables) -> Json:
    """A claim's record with its attestations, without its subject, under which it stands.

    What the page can work out from the rest is left out: the sentence of names
    and relation, and the numbers of voices and documents.
    """
    subject, words = tables.names.get(claim.subject), tables.relations.get(claim.relation)
    target = claim.object_text or tables.names.get(claim.object, "")
    sentence = "" if claim.sentence == f"{subject} {words} {target}" else claim.sentence
    s = claim.standing
    forward = [row for row in claim.attestations if row.side in ("for", "open")]
    against = [row for row in claim.attestations if row.side == "against"]
    counts = {
        "nv": (s.voices, len({row.voice for row in forward})),
        "vs": (s.sides, _sides(forward)),
        "os": (s.opposing_sides, _sides(against)),
        "nd": (s.documents, len({row.document for row in forward})),
        "no": (s.opposing, len({row.voice for row in against})),
    }
    voices = dict.fromkeys(row.voice_name for row in claim.attestations)
    return slim(
        {
            "id": f"C:{claim.id}",
            "rel": claim.relation,
            "to": claim.object,
            "o": plain(target) if target != tables.names.get(claim.object) else "",
            "s": plain(sentence),
            "st": s.status,
            "ba": s.basis,
            "stand": tables.phrase(marked(s.words, list(voices))),
            "e": s.earliest,
            "l": s.latest,
            "f": int(claim.figure),
            "out": claim.out,
        }
        | {key: str(said) for key, (said, counted) in counts.items() if said != counted}
        | {"a": [_attestation(row, claim, tables) for row in claim.attestations]}
    )


def _sides(rows: Iterable[ViewAttestation]) -> int:
    """How many sides the voices of some rows are, as the page counts them."""
    return sides((row.voice, row.weight.parties) for row in rows)


def _attestation(row: ViewAttestation, claim: ViewClaim, tables: Tables) -> Json:
    title = tables.titles.get(row.document) or tables.names.get(row.document, "")
    clause = claim.sentence.rstrip(".")
    parts = [clause, clause[:1].lower() + clause[1:], row.gloss, *row.via]
    parts += [row.voice_name, row.locator, title, row.period, row.said]
    return slim(
        {
            **weight_record(row, row.weight, tables),
            "v": tables.voice(row.voice, plain(row.voice_name)),
            "w": tables.phrase(marked(row.sentence, parts)),
            "p": row.side if row.side != SIDE_OF.get(row.stance) else "",
            "via": [tables.phrase(plain(name)) for name in row.via],
            "loc": plain(row.locator),
            "g": plain(row.gloss),
            "q": plain(row.quote),
            "qq": plain(row.quoted) if row.quoted != quoted(row.quote) else "",
            "val": plain(row.value),
            **_numbers(row.number),
            "u": plain(row.unit),
            "ql": QUALIFIERS[row.qualifier] if row.number else "",
            "ch": [tables.phrase(plain(way)) for way in row.chain],
            "pas": row.passage,
            "dig": tables.phrase(row.digest) + 1 if row.digest else 0,
            "bs": [[tables.phrase(plain(text)) for text in pair] for pair in row.besides],
            **_stated(row, tables),
            "per": plain(row.period),
            "said": plain(row.said),
            "away": int(row.elsewhere),
            "r": plain_all(row.remarks),
        }
    )


def _stated(row: ViewAttestation, tables: Tables) -> Json:
    """What a row says besides, under the short words of the qualities."""
    found: dict[str, list[str]] = {}
    for key, iri, value, kind in row.stated:
        found.setdefault(tables.quality(key, iri, kind), []).append(plain(value))
    return {key: held[0] if len(held) == 1 else held for key, held in found.items()}


def _numbers(value: str) -> Json:
    """A figure's number, or both ends of it."""
    if not value:
        return {}
    low, high = ends(value)
    return {"num": low} if low == high else {"nlo": low, "nhi": high}


def weight_record(row: ViewAttestation | Attestation, weight: ViewWeight, tables: Tables) -> Json:
    """What the page's rule asks of an attestation; without empty fields."""
    return slim(
        _weighed(row, weight, tables)
        | {"un": int(weight.back), "by": [_answer(b, tables) for b in weight.instead]}
    )


def _answer(a: ViewAnswer, tables: Tables) -> Json:
    """What stands in place of an attestation, as far as the page's rule asks."""
    return slim(
        _weighed(a, a, tables)
        | {
            "x": [_answer(b, tables) for b in a.rivals],
            "by": [_answer(b, tables) for b in a.replaced],
        }
    )


def _weighed(
    row: ViewAttestation | Attestation | ViewAnswer, weight: ViewWeight | ViewAnswer, tables: Tables
) -> Json:
    """Who says it, where, with which stance, and what of it the rule weighs."""
    return {
        "id": f"A:{row.id}",
        "v": tables.voice(row.voice, ""),
        "d": tables.document(row.document),
        "t": row.stance,
        "z": tables.phrase(weight.days) + 1,
        "n": weight.statement,
        "pt": [tables.voice(name, "") for name in weight.parties],
    }


MARKS = "".join(map(chr, (*range(1, 9), *range(14, 32))))
"""Characters that no text has after `plain`: they stand for what the record says elsewhere."""


def marked(text: str, parts: Sequence[str]) -> str:
    """`text` with the nth mark for the nth of `parts`; the page puts the words back.

    >>> marked("Ann says so.", ["Ann"]) == MARKS[0] + " says so."
    True
    """
    text = plain(text)
    for mark, part in zip(MARKS, map(plain, parts), strict=False):
        if part:
            text = text.replace(part, mark)
    return text

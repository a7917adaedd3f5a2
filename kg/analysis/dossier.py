"""All that a graph holds about one entity: names, claims on it, figures, what it says of others."""

from __future__ import annotations

from kg.analysis.evidence import Spoken, Teller, Told
from kg.analysis.filters import named
from kg.analysis.opening import paragraph, sections
from kg.model.claims import Entity, plain
from kg.model.errors import parameter
from kg.model.record import Record
from kg.store.graph import Graph
from kg.text import grades
from kg.text.phrases import capital, seen_through
from kg.text.sentences import besides
from kg.text.terminal import wrap
from kg.text.untrusted import markdown as escaped
from kg.text.untrusted import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from kg.text.qualities import Quality


# Of so many members the claims are gathered; the world has too many.
GATHERED = 1000


class Dossier(Record):
    """One entity with its claims, worded.

    `claims` have it as subject or object, `figures` are numbers about it or over
    it, `speaks` are claims about others on which it takes a stance;
    `possibly_same` are (id, name, reason); `timeline` holds (day, period, sentence with
    its standing) of what is dated, in order; `by_document` says of each document how
    many of its passages about the entity are for, against, and neither; `members` are (id,
    name, kind) of what belongs to it, `gathered` are the claims about them and by them;
    `documents` are (id, name) of what it wrote or brought out; `lens` says in words through
    which lens all this is seen, empty if it is whole; `state` that it is no more, in a word.
    """

    entity: Entity
    kind: str
    description: str
    facts: tuple[tuple[str, str], ...]
    claims: tuple[Told, ...]
    figures: tuple[Told, ...]
    speaks: tuple[Told, ...]
    possibly_same: tuple[tuple[str, str, str], ...]
    timeline: tuple[tuple[str, str, str], ...]
    by_document: tuple[tuple[str, int, int, int], ...]
    members: tuple[tuple[str, str, str], ...] = ()
    gathered: tuple[Told, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()
    lens: str = ""
    state: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain values; the names of the fields are stable."""
        found: dict[str, Any] = plain(self)
        return found

    def __repr__(self) -> str:
        counts = (
            f"{len(self.claims)} claims, {len(self.figures)} figures, speaks {len(self.speaks)}"
        )
        return f"<{self.entity.name} ({self.kind}, {self.entity.id}): {counts} times>"

    def _repr_html_(self) -> str:
        from kg.analysis.cards import entity

        return entity(self)

    def _repr_markdown_(self) -> str:
        return markdown(self)


def dossier(graph: Graph, name: str, *, relation: str = "") -> Dossier:
    """Gather everything about the entity of an id, or only what a relation or measure joins to it.

    Raises NotFound, UsageError. Cost: its claims.
    """
    terms = graph.terms
    relation = named(relation, {**terms.measures, **terms.relations}, "relation or measure")
    asked = terms.narrower(relation) if relation else frozenset[str]()
    ledger, teller = graph.ledger, Teller(graph)
    entity = ledger.entity(name)
    about = ledger.claims_about(name)
    known = {c.id for c in about}
    about = [c for c in about if not asked or c.relation in asked]
    told = tuple(teller.tell(c) for c in about)
    said = (c for c in ledger.said_by(name) if not asked or c.relation in asked)
    members = ledger.parts(name)
    gathered = {}
    for member in members if len(members) <= GATHERED else ():
        for c in (*ledger.claims_about(member), *ledger.said_by(member)):
            if c.id not in known and (not asked or c.relation in asked):
                gathered[c.id] = c
    return Dossier(
        entity=entity,
        kind=graph.terms.classes[entity.kind].label,
        description=graph.terms.value(entity, "Description"),
        facts=tuple(facts(graph, teller, entity)),
        claims=tuple(t for t in told if not t.figure),
        figures=tuple(t for t in told if t.figure),
        speaks=tuple(teller.tell(c) for c in said if c.id not in known),
        possibly_same=tuple(
            (other, teller.words.name(other), reason)
            for other, reason in ledger.possibly_same(name)
        ),
        timeline=tuple(_timeline(told)),
        by_document=tuple(_by_document(told)),
        members=tuple(
            (e.id, e.name, graph.terms.classes[e.kind].label) for e in map(ledger.entity, members)
        ),
        gathered=tuple(map(teller.tell, gathered.values())),
        documents=tuple(_made_by(graph, name)),
        lens=graph.seen,
        state=teller.words.state(name),
    )


def _what(d: Dossier) -> str:
    """Its class, and that it is no more."""
    return f"{d.kind}, {d.state}" if d.state else d.kind


def _made_by(graph: Graph, name: str) -> Iterator[tuple[str, str]]:
    """The documents of an author or a publisher, by name."""
    terms = graph.terms
    found = [
        (e.name, e.id)
        for e in graph.ledger.naming(name)
        if name in (*terms.values(e, "Author"), *terms.values(e, "Publisher"))
    ]
    return ((id_, title) for title, id_ in sorted(found))


def _timeline(told: Sequence[Told]) -> Iterator[tuple[str, str, str]]:
    """Each claim once for every period that somebody gives it."""
    moments = set()
    for claim in told:
        periods: dict[str, list[Quality]] = {}
        for spoken in claim.spoken:
            if spoken.period and (claim.earliest or claim.latest):
                own = spoken.qualities if spoken.side in ("for", "open") else ()
                periods.setdefault(spoken.period, []).extend(own)
        for period, held in periods.items():
            sentence = f"{claim.clause}{besides(held)} ({claim.standing.words})"
            moments.add((claim.earliest or claim.latest, period, sentence))
    return iter(sorted(moments))


def _by_document(told: Sequence[Told]) -> Iterator[tuple[str, int, int, int]]:
    sides: dict[str, list[str]] = {}
    for claim in told:
        for spoken in claim.spoken:
            sides.setdefault(spoken.document_name, []).append(spoken.side)
    for name in sorted(sides):
        found = sides[name]
        for_, against = found.count("for"), found.count("against")
        yield name, for_, against, len(found) - for_ - against


def facts(graph: Graph, teller: Teller, entity: Entity) -> Iterator[tuple[str, str]]:
    """(label, value) of an entity's attributes, references by name."""
    for prop, value in entity.attributes:
        term = graph.terms.attributes[prop]
        if not {"Description", "ShortName"} & {*term.roles}:
            refers = graph.terms.refers(term)
            graded = grades.explained(value) if "Grade" in term.roles else value
            yield term.label, teller.words.name(value) if refers else graded


def text(d: Dossier, width: int, *, limit: int = 0, brief: bool = False) -> str:
    """A dossier for a terminal: of each section so many claims (0: all); its head alone if `brief`."""
    return "\n".join(_head(d, width) if brief else _lines(d, width, limit)) + "\n"


def _lines(d: Dossier, width: int, limit: int) -> Iterator[str]:
    yield from _head(d, width)
    for title, told in sections(d):
        yield ""
        yield title
        for claim in told[: limit or None]:
            yield from claim_lines(claim, width)
        if limit and len(told) > limit:
            yield f"  … and {len(told) - limit:,} more; {parameter('limit')} 0 shows all"
    for title, lines in _closing(d):
        yield ""
        yield title
        for line in lines[: limit or None]:
            yield wrap(line, width, "  ", "    ")
        if limit and len(lines) > limit:
            yield f"  … and {len(lines) - limit:,} more"


def _head(d: Dossier, width: int) -> Iterator[str]:
    e = d.entity
    local = " · ".join(name for _, name in e.names)
    yield wrap(f"{e.name}{' · ' + local if local else ''}", width)
    yield wrap(f"{_what(d)} · {e.id}", width)
    if e.aliases:
        yield wrap(f"also: {' · '.join(e.aliases)}", width, "", "  ")
    if d.description:
        yield wrap(d.description, width)
    for label, value in d.facts:
        yield wrap(f"{label}: {value}", width, "", "  ")
    for other, name, reason in d.possibly_same:
        yield wrap(f"possibly the same as {name} ({other}): {reason}", width, "? ", "  ")
    for line in _account(d):
        yield wrap(line, width)


def _account(d: Dossier) -> Iterator[str]:
    """Through which lens it is seen, and the point, or that there is no claim, if there is none."""
    if d.lens:
        yield seen_through(d.lens)
    if point := paragraph(d):
        yield point
    if not (d.claims or d.figures or d.speaks or d.gathered):
        yield "no claim about it is seen" if d.lens else "nothing is claimed about it"


def _closing(d: Dossier) -> Iterator[tuple[str, list[str]]]:
    """What stands after the claims: its members, its documents, the timeline, each document's share."""
    if d.members:
        kinds: dict[str, list[str]] = {}
        for id_, name, kind in d.members:
            kinds.setdefault(kind, []).append(f"{name} ({id_})")
        ranked = sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))
        lines = [f"{kind}: {name}" for kind, names in ranked for name in names]
        yield f"Belongs to it ({len(d.members)})", lines
    if d.documents:
        yield f"Documents of its own ({len(d.documents)})", [f"{n} ({i})" for i, n in d.documents]
    if d.timeline:
        yield "Timeline", [f"{period}: {sentence}" for _, period, sentence in d.timeline]
    if d.by_document:
        lines = []
        for name, for_, against, other in d.by_document:
            rest = f", {other} neither" if other else ""
            lines.append(f"{name}: {for_} for, {against} against{rest}")
        yield "Passages about it, by document", lines


def claim_lines(told: Told, width: int, indent: str = "  ") -> Iterator[str]:
    """A claim for a terminal: sentence, standing, then each voice with its place."""
    yield wrap(told.sentence, width, indent + "• ", indent + "  ")
    yield wrap(told.standing.words, width, indent + "  ")
    for spoken in told.spoken:
        yield from _spoken_lines(spoken, width, indent + "    ")


_MARK = {"for": "+", "against": "−", "open": "?", "withdrawn": "×"}


def _spoken_lines(s: Spoken, width: int, indent: str) -> Iterator[str]:
    own = s.voice == s.document or not s.voice
    said = f"{s.voice_name} {s.stance}"
    if own:
        said = f"{s.place}: {s.stance}" if s.voice else capital(s.place)
    if s.value:
        said += f" {s.value}"
    said += besides(s.qualities)
    if s.period:
        said += f", {s.period}"
    if s.said:
        said += f" (said {s.said})"
    gloss = f"{' –' if own else ':'} {s.gloss}" if s.gloss else ""
    yield wrap(
        f"{said}{gloss}" if own else f"{said}{gloss} — {s.place}",
        width,
        f"{indent}{_MARK[s.side]} ",
        indent + "  ",
    )
    for remark in asides(s):
        yield wrap(remark, width, f"{indent}  ↳ ", indent + "    ")


def asides(s: Spoken) -> Iterator[str]:
    """What stands below an attestation: the words of its passage, what it replaces, remarks on it."""
    if s.quoted:
        yield s.quoted
    if s.instead_of:
        yield f"Instead of {s.instead_of}"
    yield from s.remarks


def _whole(s: Spoken) -> str:
    """An attestation in one line: its sentence, gloss, the passage's own words, remarks."""
    return " ".join(filter(None, (s.sentence, s.gloss, s.quoted, *s.remarks)))


def markdown(d: Dossier) -> str:
    """A dossier as Markdown, every foreign character that Markdown reads escaped."""
    e = d.entity
    lines = [f"# {escaped(e.name)}", "", f"{escaped(_what(d))} · `{e.id}`"]
    names = [n for _, n in e.names] + list(e.aliases)
    if names:
        lines += ["", f"Also: {' · '.join(map(escaped, names))}"]
    lines += ["", *(f"- {escaped(label)}: {escaped(value)}" for label, value in d.facts)]
    for _, name, reason in d.possibly_same:
        lines.append(f"- possibly the same as {escaped(name)}: {escaped(reason)}")
    for line in _account(d):
        lines += ["", escaped(line)]
    for title, told in sections(d):
        lines += ["", f"## {escaped(title)}", ""]
        for claim in told:
            lines.append(f"- {escaped(claim.sentence)}  \n  *{escaped(claim.standing.words)}*")
            lines += [f"    - {_MARK[s.side]} {escaped(_whole(s))}" for s in claim.spoken]
    for title, closing in _closing(d):
        lines += ["", f"## {escaped(title)}", "", *(f"- {escaped(line)}" for line in closing)]
    return "\n".join(lines) + "\n"


def html(d: Dossier, language: str) -> str:
    """A dossier as one HTML page: text only, nothing fetched, nothing that runs."""
    from html import escape as quoted

    def escape(text: str) -> str:
        return quoted(shown(text))

    e = d.entity
    parts = [
        f"<h1>{escape(e.name)}</h1>",
        f"<p>{escape(_what(d))} · <code>{escape(e.id)}</code></p>",
    ]
    names = [n for _, n in e.names] + list(e.aliases)
    parts += [f"<p>Also: {escape(' · '.join(names))}</p>"] if names else []
    parts += [f"<p>{escape(d.description)}</p>"] if d.description else []
    parts += [f"<p>{escape(label)}: {escape(value)}</p>" for label, value in d.facts]
    for _, name, reason in d.possibly_same:
        parts.append(f"<p>Possibly the same as {escape(name)}: {escape(reason)}</p>")
    parts += [f"<p><strong>{escape(line)}</strong></p>" for line in _account(d)]
    for title, told in sections(d):
        parts.append(f"<h2>{escape(title)}</h2><ul>")
        for claim in told:
            parts.append(
                f"<li>{escape(claim.sentence)}<br><em>{escape(claim.standing.words)}</em><ul>"
            )
            for s in claim.spoken:
                parts.append(f"<li>{_MARK[s.side]} {escape(_whole(s))}</li>")
            parts.append("</ul></li>")
        parts.append("</ul>")
    for title, closing in _closing(d):
        items = "".join(f"<li>{escape(line)}</li>" for line in closing)
        parts.append(f"<h2>{escape(title)}</h2><ul>{items}</ul>")
    head = (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="generator" content="kg">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'
        f"<title>{escape(e.name)}{escape(f' ({d.lens})' if d.lens else '')}</title>\n</head>\n<body>\n<main>\n"
    )
    return head + "\n".join(parts) + "\n</main>\n</body>\n</html>\n"

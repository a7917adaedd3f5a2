"""From the cells of a case's tables to checked entities and attestations.

The rules of the tables live here: which columns there are, what a cell may
hold, what a row must say. A row that breaks one is reported and left out;
the others go on, so that a person sees all of it at once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg import dates, tables
from kg.case import LEDGER, Case
from kg.errors import Problem
from kg.model import QUALIFIERS, STANCES, Attestation, Entity
from kg.ontology import Ontology, Term, did_you_mean
from kg.tables import Problems, Row
from kg.text import mixed_scripts, suspicious

SOURCE = ("document", "locator", "passage", "via", "voice")
ENTITY = ("id", "name", "class", "aliases", "name_zh", *SOURCE)
EVIDENCE = (
    *("from", "to", "stance", "voice", "via", "said", "instead_of", "document", "locator"),
    *("gloss", "passage", "passage_digest", "quote", "key"),
)
CLAIM = ("subject", "relation", "object", *EVIDENCE)
FIGURE = ("subject", "measure", "value", "unit", "qualifier", "scope", *EVIDENCE)
JUDGEMENT = ("left", "right", "verdict", "reason", "by", "date")
VERDICTS = ("same", "different", "unsure")

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_PASSAGE = re.compile(r"\d+-\d+")
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")
_DIGEST = re.compile(r"(sha256:)?[0-9a-f]{16,64}")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an editor holds of two records: the same, different, or unsure."""

    left: str
    right: str
    verdict: str
    reason: str
    by: str
    date: str


@dataclass(frozen=True, slots=True)
class Said:
    """An attestation with the claim that it is about, and the (file, row) it was read from."""

    subject: str
    relation: str
    object: str
    figure: bool
    attestation: Attestation
    place: tuple[str, int]


@dataclass
class Register:
    """What the whole case knows of its entities, kept while the ledger is read.

    One small entry an entity: its class; for documents, their author, publisher
    and dates; `merged` maps the records that a judgement says are another one.
    """

    kinds: dict[str, str] = field(default_factory=dict)
    where: dict[str, tuple[str, int]] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    documents: dict[str, tuple[str, dates.Span]] = field(default_factory=dict)
    judgements: list[Judgement] = field(default_factory=list)

    def resolve(self, name: str) -> str:
        """The record that stands for this one."""
        return self.merged.get(name, name)


def entity_tables(case: Case, problems: Problems) -> list[tuple[Path, Term]]:
    """The entity tables of a case, each with the class it holds."""
    held = case.ontology.tables
    found = []
    for path in case.tables:
        if path.stem in LEDGER:
            continue
        if path.stem in held:
            found.append((path, held[path.stem]))
        else:
            hint = did_you_mean(path.stem, [*held, *LEDGER])
            expected = f"a table that a class names with kg:table: {', '.join(sorted(held))}"
            problems.add(Problem(path.name, 0, "", "no class has this table", expected, hint))
    return found


def register(case: Case, problems: Problems) -> Register:
    """First pass: every id with its class, and the judgements that merge records."""
    known = Register()
    terms = case.ontology
    for path, term in entity_tables(case, problems):
        quiet = Problems(limit=0)
        for row in tables.read(path, ENTITY[:2], _columns(terms, term), quiet):
            name = row.get("id")
            if not _ID.fullmatch(name) or name in known.kinds:
                continue
            kind = row.get("class") or term.id
            known.kinds[name] = kind if terms.is_a(kind, term.id) else term.id
            known.where[name] = (row.file, row.number)
            if terms.is_a(known.kinds[name], "Document"):
                known.documents[name] = _speaker(name, row)
    path = case.root / "data" / "judgements.csv"
    if path.exists():
        for row in tables.read(path, JUDGEMENT[:4], JUDGEMENT, problems):
            _judge(row, known, problems)
    return known


def _speaker(name: str, row: Row) -> tuple[str, dates.Span]:
    authors, publisher = row.values("authors"), row.get("publisher")
    voice = authors[0] if len(authors) == 1 else "" if authors else publisher
    try:
        return voice or name, dates.parse(row.get("published"))
    except ValueError:
        return voice or name, dates.UNSAID


def _judge(row: Row, known: Register, problems: Problems) -> None:
    fine = True
    for side in ("left", "right"):
        if row.get(side) not in known.kinds:
            _unknown_entity(row, side, row.get(side), known, problems)
            fine = False
    if row.get("verdict") not in VERDICTS:
        hint = did_you_mean(row.get("verdict"), VERDICTS)
        problems.add(row.problem("verdict", f"“{row.get('verdict')}”", " or ".join(VERDICTS), hint))
        fine = False
    if not row.get("reason"):
        problems.add(row.problem("reason", "nothing", "why they are held to be so"))
        fine = False
    if not fine:
        return
    judgement = Judgement(*(row.get(c) for c in JUDGEMENT))
    known.judgements.append(judgement)
    if judgement.verdict == "same":
        left, right = known.resolve(judgement.left), known.resolve(judgement.right)
        if left != right:
            known.merged = {k: left if v == right else v for k, v in known.merged.items()}
            known.merged[right] = left


def entities(
    case: Case, known: Register, problems: Problems
) -> Iterator[tuple[Entity, tuple[Said, ...]]]:
    """Second pass over the entity tables: each entity, with the claims its own cells make."""
    terms = case.ontology
    for path, term in entity_tables(case, Problems()):
        columns = terms.columns(term.id)
        before = problems.errors
        rows = 0
        for row in tables.read(path, ENTITY[:2], _columns(terms, term), problems):
            rows += 1
            entity = _entity(row, term, columns, terms, known, problems)
            if entity:
                yield entity, tuple(_own_claims(row, entity, columns, known, problems))
        if not rows and problems.errors == before:
            problems.add(Problem(path.name, 0, "", "a header and no rows", "rows", warning=True))


def _columns(terms: Ontology, term: Term) -> tuple[str, ...]:
    return (*ENTITY, *terms.columns(term.id))


def _entity(
    row: Row, term: Term, columns: Mapping[str, Term], terms: Ontology, known: Register, problems: Problems
) -> Entity | None:
    name, label = row.get("id"), row.get("name")
    before = problems.errors
    if not _ID.fullmatch(name):
        expected = "an id of lower-case letters, digits and single hyphens, as station-gbr01"
        problems.add(row.problem("id", f"“{name}”", expected))
    elif known.where.get(name) != (row.file, row.number):
        file, number = known.where[name]
        problems.add(row.problem("id", f"“{name}” is in {file}, row {number} already", "each id once"))
    if not label:
        problems.add(row.problem("name", "nothing", "a name"))
    kind = row.get("class") or term.id
    if not terms.is_a(kind, term.id):
        below = [c for c in terms.classes if terms.is_a(c, term.id)]
        expected = f"{term.id} or a narrower class: {', '.join(sorted(below))}"
        problems.add(row.problem("class", f"“{kind}”", expected, did_you_mean(kind, below)))
    _warn_of_names(row, problems)
    attributes: list[tuple[str, str]] = []
    for column, prop in columns.items():
        for value in row.values(column) if prop.kind != "attribute" or _several(prop) else (row.get(column),):
            if value and (fault := _cell_fault(prop, value, terms, known)):
                problems.add(row.problem(column, f"“{value}”", *fault))
            elif value and prop.kind == "attribute":
                attributes.append((prop.id, known.resolve(value) if _refers(prop, terms) else value))
    if problems.errors > before:
        return None
    names = tuple(
        (c[5:], row.get(c)) for c in sorted(row.cells) if c.startswith("name_") and row.get(c)
    )
    return Entity(name, label, kind, row.values("aliases"), names, tuple(attributes))


def _warn_of_names(row: Row, problems: Problems) -> None:
    for column in ("name", "aliases", "name_zh"):
        cell = row.get(column)
        if hidden := suspicious(cell):
            found = f"invisible characters {hidden}"
            problems.add(row.problem(column, found, "none", "the name is kept as it is", warning=True))
        if mixed_scripts(cell):
            found = "a word mixes letters of two scripts that look alike"
            problems.add(row.problem(column, found, "one script", "the name is kept as it is", warning=True))


def _several(prop: Term) -> bool:
    return prop.range in ("anyURI", "Entity", "Document", "Place")


def _refers(prop: Term, terms: Ontology) -> bool:
    return prop.range in terms.classes


def _cell_fault(prop: Term, value: str, terms: Ontology, known: Register) -> tuple[str, str] | None:
    """(expected, hint) if the cell can't hold this value."""
    if _refers(prop, terms):
        kind = known.kinds.get(value)
        if kind is None:
            return f"the id of a {prop.range}", did_you_mean(value, known.kinds)
        return None if terms.is_a(kind, prop.range) else (f"a {prop.range}; it is a {kind}", "")
    if prop.range == "decimal":
        limit = 90 if prop.id == "latitude" else 180
        fine = _NUMBER.fullmatch(value) and abs(float(value)) <= limit
        return None if fine else ("a decimal number of degrees, as 51.5072", "")
    if prop.range == "anyURI":
        return None if _IRI.fullmatch(value) else ("an address that starts with https:// or http://", "")
    if prop.range == "date":
        try:
            dates.parse(value)
        except ValueError as error:
            return str(error), _date_hint(value)
    if prop.id == "digest" and not _DIGEST.fullmatch(value):
        return "sha256: and hexadecimal digits", ""
    return None


def _own_claims(
    row: Row, entity: Entity, columns: Mapping[str, Term], known: Register, problems: Problems
) -> Iterator[Said]:
    for column, prop in columns.items():
        if prop.kind == "attribute" or not row.get(column):
            continue
        evidence = _evidence(row, known, problems)
        if not evidence:
            return
        for value in row.values(column):
            said = Said(
                *(known.resolve(entity.id), prop.id, known.resolve(value), False, evidence),
                place=(row.file, row.number),
            )
            yield _sealed(said)


def _evidence(row: Row, known: Register, problems: Problems) -> Attestation | None:
    """The columns that say who, where and when, checked; the claim is put in later."""
    before = problems.errors
    document = row.get("document")
    if not document:
        expected = "the document that says so: no claim without a source"
        problems.add(row.problem("document", "nothing", expected))
    elif document not in known.documents:
        if document in known.kinds:
            problems.add(row.problem("document", f"“{document}” is a {known.kinds[document]}", "a document"))
        else:
            _unknown_entity(row, "document", document, known, problems)
    if not row.get("locator"):
        problems.add(row.problem("locator", "nothing", "where in the document, as “para 3”"))
    voice = row.get("voice")
    if voice and voice not in known.kinds:
        _unknown_entity(row, "voice", voice, known, problems)
    via = row.values("via")
    for speaker in via:
        if speaker not in known.kinds:
            _unknown_entity(row, "via", speaker, known, problems)
        elif speaker == document:
            problems.add(row.problem("via", f"“{speaker}” is the document itself", "what stands between"))
    stance = row.get("stance") or "asserts"
    if stance not in STANCES:
        hint = did_you_mean(stance, STANCES)
        problems.add(row.problem("stance", f"“{stance}”", f"one of {', '.join(STANCES)}", hint))
    for part in row.values("passage"):
        start, _, end = part.partition("-")
        if not _PASSAGE.fullmatch(part) or int(start) >= int(end):
            problems.add(row.problem("passage", f"“{part}”", "START-END, two numbers, as 986-1040"))
    if (digest := row.get("passage_digest")) and not _DIGEST.fullmatch(digest):
        problems.add(row.problem("passage_digest", f"“{digest}”", "sha256: and hexadecimal digits"))
    start, end, said = (_date(row, c, problems) for c in ("from", "to", "said"))
    if start.earliest and end.latest and start.earliest > end.latest:
        found = f"it ends ({end.text}) before it begins ({start.text})"
        problems.add(row.problem("to", found, "an end after the beginning", warning=True))
    if problems.errors > before:
        return None
    printed, earliest, latest = dates.period(start, end)
    author, published = known.documents[document]
    spoke = said if said.text else published
    return Attestation(
        id="",
        claim="",
        stance=stance,
        voice=known.resolve(voice or author),
        document=document,
        locator=row.get("locator"),
        via=tuple(known.resolve(v) for v in via),
        period=printed,
        earliest=earliest,
        latest=latest,
        said=said.text,
        said_earliest=spoke.earliest,
        said_latest=spoke.latest,
        gloss=row.get("gloss"),
        passage=row.get("passage"),
        digest=row.get("passage_digest"),
        quote=row.get("quote"),
    )


def _date(row: Row, column: str, problems: Problems) -> dates.Span:
    cell = row.get(column)
    try:
        if cell == ".." and column != "to":
            raise ValueError("a date; “..” (still so) belongs in the column to")
        return dates.parse(cell)
    except ValueError as error:
        problems.add(row.problem(column, f"“{cell}”", str(error), _date_hint(cell)))
        return dates.UNSAID


def _date_hint(cell: str) -> str:
    if match := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", cell):
        first, second, year = int(match[1]), int(match[2]), match[3]
        readings = {(m, d) for m, d in ((first, second), (second, first)) if m <= 12 and d <= 31}
        either = " or ".join(f"{year}-{m:02}-{d:02}" for m, d in sorted(readings))
        return f"write {either}" if either else ""
    return ""


def attestations(case: Case, known: Register, problems: Problems) -> Iterator[Said]:
    """Every row of claims.csv and figures.csv, checked and with its ids.

    Rows that refer to others (``@key``) come last, once the others' ids are
    known; a circle among them is an error.
    """
    keys: dict[str, tuple[str, str, int]] = {}
    waiting: list[tuple[Row, Said]] = []
    for stem, columns in (("claims", CLAIM), ("figures", FIGURE)):
        path = case.root / "data" / f"{stem}.csv"
        if not path.exists():
            continue
        for row in tables.read(path, columns[:3], columns, problems):
            said = _read_row(row, stem == "figures", case.ontology, known, problems)
            if said is None:
                continue
            key = row.get("key")
            if key and (not _KEY.fullmatch(key) or key in keys):
                found = f"“{key}” is the key of row {keys[key][2]} already" if key in keys else f"“{key}”"
                problems.add(row.problem("key", found, "a key of letters, digits and - once"))
                continue
            if said.object.startswith("@") or row.get("instead_of"):
                waiting.append((row, said))
                if key:
                    keys[key] = ("", row.file, row.number)
                continue
            said = _sealed(said)
            if key:
                keys[key] = (said.attestation.id, row.file, row.number)
            yield said
    yield from _referring(waiting, keys, problems)


def _referring(
    waiting: list[tuple[Row, Said]], keys: dict[str, tuple[str, str, int]], problems: Problems
) -> Iterator[Said]:
    """Seal rows whose references are sealed, until none is left or all go in circles."""
    while waiting:
        stuck: list[tuple[Row, Said]] = []
        for row, said in waiting:
            wanted = {c: row.get(c)[1:] for c in ("object", "instead_of") if row.get(c).startswith("@")}
            missing = {c: k for c, k in wanted.items() if k not in keys}
            for column, key in missing.items():
                problems.add(
                    row.problem(column, f"“@{key}” is no row's key", "the key of a row", did_you_mean(key, keys))
                )
            if row.get("instead_of") and "instead_of" not in wanted:
                problems.add(row.problem("instead_of", f"“{row.get('instead_of')}”", "@ and a key"))
            elif not missing:
                if not all(keys[k][0] for k in wanted.values()):
                    stuck.append((row, said))
                    continue
                ids = {c: keys[k][0] for c, k in wanted.items()}
                if "object" in ids:
                    said = replace(said, object=f"attestation/{ids['object']}")
                instead = said.attestation._replace(instead_of=ids.get("instead_of", ""))
                said = _sealed(replace(said, attestation=instead))
                if key := row.get("key"):
                    keys[key] = (said.attestation.id, row.file, row.number)
                yield said
        if len(stuck) == len(waiting):
            for row, _ in stuck:
                column = "object" if row.get("object").startswith("@") else "instead_of"
                found = f"“{row.get(column)}” leads back to this row, or to a row left out"
                problems.add(row.problem(column, found, "rows that do not refer to each other in a circle"))
            return
        waiting = stuck


def _read_row(
    row: Row, figure: bool, terms: Ontology, known: Register, problems: Problems
) -> Said | None:
    before = problems.errors
    subject, target = row.get("subject"), row.get("scope" if figure else "object")
    column = "measure" if figure else "relation"
    term = (terms.measures if figure else terms.relations).get(row.get(column))
    if term is None:
        _unknown_term(row, column, terms, figure, problems)
    _fits(row, "subject", subject, term.domain if term else "", terms, known, problems)
    if target.startswith("@") and term and not figure:
        if not term.takes_attestation:
            can = ", ".join(t.id for t in terms.relations.values() if t.takes_attestation)
            problems.add(row.problem("object", f"“{target}”", f"an entity; a row only after {can}"))
    elif target or not figure:
        range_ = term.range if term and not figure else ""
        _fits(row, "scope" if figure else "object", target, range_, terms, known, problems)
    if term and term.kind == "event" and row.get("to") and row.get("to") != row.get("from"):
        found = f"“{row.get('to')}”, and {term.id} is an event"
        problems.add(row.problem("to", found, "a time in the column from only"))
    if not figure and subject and subject == target:
        problems.add(row.problem("object", "the subject itself", "another entity", warning=True))
    evidence = _evidence(row, known, problems)
    value = row.get("value")
    if figure and not _NUMBER.fullmatch(value):
        problems.add(row.problem("value", f"“{value}”", "a plain number, as 230000 or 0.5"))
    qualifier = (row.get("qualifier") or "exact") if figure else ""
    if qualifier and qualifier not in QUALIFIERS:
        hint = did_you_mean(qualifier, QUALIFIERS)
        problems.add(row.problem("qualifier", f"“{qualifier}”", ", ".join(QUALIFIERS), hint))
    if problems.errors > before or not evidence or not term:
        return None
    evidence = evidence._replace(value=value, unit=row.get("unit"), qualifier=qualifier)
    ends = (known.resolve(subject), term.id, known.resolve(target))
    return Said(*ends, figure, evidence, (row.file, row.number))


def _sealed(said: Said) -> Said:
    """Give claim and attestation their ids: hashes of what they say."""
    a = said.attestation
    claim = _hash(said.subject, said.relation, said.object, "figure" if said.figure else "")
    content = (claim, a.stance, a.voice, *a.via, a.period, a.said, a.instead_of, a.document)
    mark = _hash(*content, a.locator, a.passage, a.value, a.unit, a.qualifier)
    return replace(said, attestation=a._replace(id=mark, claim=claim))


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]


def _fits(
    row: Row, column: str, name: str, wanted: str, terms: Ontology, known: Register, problems: Problems
) -> None:
    kind = known.kinds.get(name)
    if kind is None:
        _unknown_entity(row, column, name, known, problems)
    elif wanted and not terms.is_a(kind, wanted):
        term = row.get("relation") or row.get("measure")
        problems.add(row.problem(column, f"“{name}” is a {kind}", f"a {wanted}, as {term} says"))


def _unknown_entity(row: Row, column: str, name: str, known: Register, problems: Problems) -> None:
    found = f"“{name}” is in no table" if name else "nothing"
    problems.add(row.problem(column, found, "the id of an entity", did_you_mean(name, known.kinds)))


def _unknown_term(
    row: Row, column: str, terms: Ontology, figure: bool, problems: Problems
) -> None:
    found = row.get(column)
    known = terms.measures if figure else terms.relations
    other = terms.relations if figure else terms.measures
    hint = did_you_mean(found, known)
    if found in other:
        hint = f"it belongs in {'claims' if figure else 'figures'}.csv"
    problems.add(row.problem(column, f"“{found}”" if found else "nothing", f"a {column} of the ontology", hint))

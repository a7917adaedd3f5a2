"""From a case's tables to a graph on disk, in one pass, switched to in one step.

A build fills a new generation (`store/` for SPARQL, `ledger.sqlite`,
`adjacency.bin`, `terms.txt`, `manifest.json`, `sums.txt`), which `kg.store.generations` then puts in
place. Whatever stops it before that moment leaves the old graph whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg import __version__
from kg.case import reader, turtle
from kg.case.claim_rows import Said
from kg.case.csvfile import Problems
from kg.case.folder import Case
from kg.case.ids import Register
from kg.model.claims import Attestation, Claim, Entity
from kg.model.errors import BadTables, OutOfBounds
from kg.model.ontology import CORE
from kg.model.problems import Problem
from kg.model.standing import alive, settle
from kg.store import generations
from kg.store.adjacency import Builder
from kg.store.graph import Graph
from kg.store.ledger import Ledger, WriteFailed, Writer
from kg.store.loader import Loader
from kg.store.triples import Triples
from kg.text.sentences import Wording


@dataclass(frozen=True, slots=True)
class Checked:
    """What the tables of a case hold: counts, and every problem found."""

    entities: int
    claims: int
    attestations: int
    problems: tuple[Problem, ...]
    dropped: int

    @property
    def fine(self) -> bool:
        """Whether a graph can be built."""
        return all(p.warning for p in self.problems)


def check(case: Case, each: Callable[[Said], None] | None = None) -> Checked:
    """Read every table of a case and find everything wrong with it.

    `each` is handed every good attestation, entity cells' own claims included.
    Writes nothing. Cost: linear in the rows; the claims are gathered in a
    temporary file.
    """
    problems = Problems()
    ledger = Writer("")
    _fill(case, ledger, problems, each)
    return Checked(*ledger.counts(), tuple(problems.found), problems.dropped)


def proofread(case: Case) -> Iterator[tuple[str, int, str, str]]:
    """Every good row of the ledger as (file, row, sentence, gloss), in the order of the tables."""
    read: list[tuple[tuple[str, int], str]] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.sqlite"
        ledger = Writer(path)
        _fill(case, ledger, Problems(), lambda said: read.append((said.place, said.attestation.id)))
        ledger.add_claims((claim, ()) for claim in list(_settled(ledger)))
        ledger.close()
        held = Ledger(path)
        words = Wording(held, case.ontology)
        for (file, row), mark in sorted(read):
            a = held.attestation(mark)
            yield file, row, words.attestation(a, held.claim(a.claim)), a.gloss


def build(
    case: Case, *, force: bool = False, progress: Callable[[str], None] | None = None
) -> tuple[Graph, bool]:
    """Build the graph of a case; returns it and whether anything had to be done.

    A case whose files have not changed since the last build is left alone
    unless `force` is set.

    Raises BadTables with every bad row (nothing is changed then), OutOfBounds if
    somebody else is building, an input changes meanwhile or the disk is full.
    """
    say = progress or (lambda _: None)
    try:
        if not force and (held := generations.unchanged(case)):
            return held, False
        digests = case.digests()
        case.out.mkdir(parents=True, exist_ok=True)
        with generations.lock(case.out):
            return _build(case, digests, say), True
    except (OSError, WriteFailed) as error:
        name = os.path.abspath(getattr(error, "filename", None) or case.out)
        inside = Path(name).is_relative_to(os.path.abspath(case.out))
        verb = f"cannot write {case.out}" if inside else "cannot read the case"
        raise OutOfBounds(f"{verb}: {error}; nothing changed") from error


def _build(case: Case, digests: dict[str, str], say: Callable[[str], None]) -> Graph:
    mark = hashlib.sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()[:12]
    with generations.new(case.out, mark, case.base) as folder:
        say("reading tables")
        problems = Problems()
        ledger = Writer(folder / "ledger.sqlite")
        entities, known = _fill(case, ledger, problems, None)
        if problems.errors:
            raise BadTables(problems.found, problems.errors, problems.dropped)
        say("writing the graph")
        counts = _write(case, folder, ledger, entities, known)
        if case.digests() != digests:
            raise OutOfBounds("a file of the case changed while it was read; nothing changed")
        manifest = {
            "version": __version__,
            "inputs": digests,
            "case": {
                **{k: getattr(case, k) for k in ("title", "description", "licence", "base")},
                **{k: getattr(case, k) for k in ("language", "editors", "version")},
            },
            "counts": counts,
            "warnings": [str(problem) for problem in problems.found],
        }
        terms = case.ontology.to_text()
        (folder / "terms.txt").write_text(terms, encoding="utf-8", newline="")
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")
    return Graph(str(folder), str(case.out), case.base)


def _fill(
    case: Case, ledger: Writer, problems: Problems, each: Callable[[Said], None] | None
) -> tuple[list[tuple[str, str]], Register]:
    """Read all tables into the ledger; returns (id, class) of the entities kept."""
    known = reader.register(case, problems)
    kept: list[tuple[str, str]] = []
    merged: dict[str, list[Entity]] = {}

    def store(said: Said) -> None:
        a = said.attestation
        held = ledger.add_said(said.subject, said.relation, said.object, said.figure, a)
        if held is not None:
            file, row = said.place
            same = held == (a.gloss, a.digest, a.quote)
            found = "the same passage, voice and stance on the same claim stand in another row"
            hint = "" if same else f"with another gloss, digest or quote: “{held[0]}”"
            problems.add(Problem(file, row, "", found, "each row once", hint, warning=same))
        if each:
            each(said)

    for entity, own in reader.entities(case, known, problems):
        if entity.id in known.merged:
            merged.setdefault(known.resolve(entity.id), []).append(entity)
        else:
            kept.append((entity.id, entity.kind))
            ledger.add_entity(entity, _names(entity, case))
        for said in own:
            store(said)
    for target, parts in merged.items():
        ledger.add_names(target, [n for part in parts for n in (part.id, *_names(part, case))])
        clashes = ledger.complete(target, parts)
        _tell_clashes(target, clashes, case, known, problems)
    for said in reader.attestations(case, known, problems):
        store(said)
    for judgement in known.judgements:
        if judgement.kind == "unsure":
            left, right = known.resolve(judgement.left), known.resolve(judgement.right)
            ledger.add_possibly_same(left, right, judgement.reason)
    return kept, known


def _names(entity: Entity, case: Case) -> Iterator[str]:
    yield entity.id
    yield entity.name
    yield from entity.aliases
    yield from (name for _, name in entity.names)
    for role in ("Code", "CountryCode"):
        yield from case.ontology.values(entity, role)


def _tell_clashes(
    target: str,
    clashes: list[tuple[str, str, str, str]],
    case: Case,
    known: Register,
    problems: Problems,
) -> None:
    """Warn of values that two records of one thing have and that cannot both be meant."""
    terms = case.ontology
    for record, prop, held, added in clashes:
        term = terms.attributes[prop]
        several = terms.refers(term) or term.datatype == "anyURI"
        if not several and "Description" not in term.roles:
            found = f"{target} has the {term.label} “{held}”, {record} “{added}”; both are kept"
            expected = f"one {term.label}, if the two are the same"
            file, row = known.judged[record]
            problems.add(Problem(file, row, "", found, expected, "mend one of them", True))


def _settled(ledger: Writer) -> Iterator[Claim]:
    """Every claim with its standing, in the order of ids."""
    replaced = ledger.replaced()
    instead: dict[str, list[Attestation]] = {}
    for _, said in ledger.gathered(replacing=True):
        for a in alive(said, replaced):
            if a.instead_of:
                instead.setdefault(a.instead_of, []).append(a)
    for (subject, relation, object_, figure), said in ledger.gathered():
        ends = (said[0].claim, subject, relation, object_, figure)
        yield Claim(*ends, *settle(said, instead))


def _write(
    case: Case,
    folder: Path,
    ledger: Writer,
    entities: list[tuple[str, str]],
    known: Register,
) -> dict[str, int]:
    """Stream claims into store, adjacency and ledger at once."""
    triples = Triples(case.base, case.language, case.ontology)
    network = Builder(entities)
    counts = {"entities": len(entities), "claims": 0, "attestations": 0}
    done: list[tuple[Claim, tuple[str, ...]]] = []

    def text() -> Iterator[str]:
        for path in (CORE, *map(str, case.ontology_files)):
            yield turtle.named(path)
        yield from triples.kinds()
        for entity in ledger.entities():
            yield from triples.entity(entity)
        for record, target in sorted(known.merged.items()):
            yield triples.same(record, target)
        for judgement in known.judgements:
            if judgement.kind == "unsure":
                left, right = known.resolve(judgement.left), known.resolve(judgement.right)
                yield from triples.possibly_same(left, right)
        for claim in _settled(ledger):
            counts["claims"] += 1
            counts["attestations"] += len(claim.attestations)
            network.add(claim)
            done.append((claim, tuple(a.id for a in claim.attestations if not a.living)))
            yield from triples.claim(claim)
            if len(done) >= 1000:
                ledger.add_claims(done)
                done.clear()

    with Loader(folder / "store") as loader:
        loader.feed(text())
        ledger.add_claims(done)
        ledger.close()
        walked = {k: case.ontology.walked(k) for k in case.ontology.classes}
        network.write(folder / "adjacency.bin", walked)
        loader.finish()
    return counts

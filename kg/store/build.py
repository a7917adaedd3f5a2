"""From a case's tables to a graph on disk, in one pass, switched to in one step.

A build fills a new generation (`store/` for SPARQL, `ledger.sqlite`,
`adjacency.bin`, `speech.bin`, `terms.txt`, `manifest.json`, `sums.txt`), which `kg.store.generations` then puts in
place. Whatever stops it before that moment leaves the old graph whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg import __version__
from kg.case.claim_rows import Said
from kg.case.folder import Case
from kg.case.kept import SINGLE, Told
from kg.case.keyed import TEXTS
from kg.case.row import Problems
from kg.case.source import Rows, Source
from kg.model.claims import Attestation, Claim, Entity
from kg.model.errors import BadTables, OutOfBounds
from kg.store import (
    adjacency_writer,
    changes,
    checksums,
    freshness,
    generations,
    increment,
    keys,
    known,
    ownership,
    remembered,
    speech,
)
from kg.store.filling import fill
from kg.store.graph import ONTOLOGY, Graph, current
from kg.store.ledger_writer import WriteFailed, Writer
from kg.store.loader import Loader
from kg.store.remembered import Whole
from kg.store.settling import settled
from kg.store.triples import Triples


def build(
    case: Source,
    *,
    force: bool = False,
    purge: bool = False,
    progress: Callable[[str], None] | None = None,
) -> tuple[Graph, bool]:
    """Build the graph of a case or of any other source; returns it and whether anything had to be done.

    A case whose files have not changed since the last build is left alone
    unless `force` is set. With `purge` nothing is left under the out folder but the
    current graph: not the one before it, nor pages made from it.

    Raises BadTables with every bad row (nothing is changed then), OutOfBounds if
    somebody else is building, an input changes meanwhile or the disk is full.
    """
    say = progress or (lambda _: None)
    try:
        if case.root:
            ownership.refuse_others(str(case.out), str(case.root))
        held = None if force else generations.unchanged(case)
        if held and purge and remembered.steps(held):
            # What differences took out may still stand in its files.
            held = None
        if held and not purge:
            return held, False
        digests = case.digests()
        case.out.mkdir(parents=True, exist_ok=True)
        with generations.lock(case.out):
            if case.root:
                ownership.note(str(case.out), str(case.root))
            graph = held or _build(case, digests, say, anew=force or purge)
            for told in generations.purged(case.out) if purge else ():
                say(told)
        return graph, held is None
    except (OSError, WriteFailed) as error:
        name = os.path.abspath(getattr(error, "filename", None) or case.out)
        inside = Path(name).is_relative_to(os.path.abspath(case.out))
        verb = f"cannot write {case.out}" if inside else "cannot read the case"
        raise OutOfBounds(f"{verb}: {error}; nothing changed") from error


def assemble(case: Source, folder: Path) -> None:
    """Fill a folder with the graph of a source, but for the store that answers SPARQL.

    What it holds is opened as `Graph(folder, …)`; there is nothing to compare it with and nothing
    before it. Raises BadTables.
    """
    _make(case, folder, {}, lambda _: None, rdf=False)
    checksums.note(folder)


def _build(case: Source, digests: dict[str, str], say: Callable[[str], None], anew: bool) -> Graph:
    mark = hashlib.sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()[:12]
    base = case.about["base"]
    seen = freshness.stamps(case.root, digests) if case.root else {}
    with generations.new(case.out, mark, base) as folder:
        if anew or not _continued(case, folder, digests, say):
            _make(case, folder, digests, say)
        _refuse_changed(case, digests)
        if case.root:
            freshness.note(folder, case.root, digests, seen)
    return Graph(str(folder), str(case.out), base)


def _continued(
    case: Source, folder: Path, digests: dict[str, str], say: Callable[[str], None]
) -> bool:
    """Fill a folder with the graph as it was and the rows that changed since, if that is all.

    If it is not, says why, and leaves the folder empty.
    """
    held = current(case.out)
    if not held or not isinstance(case, Case):
        return False
    try:
        found = changes.since(held, case, digests)
        say(f"building what changed: {found.told_shortly}")
        increment.make(
            found, case, folder, digests, lambda name: " ".join(keys.labels(held.terms, name))
        )
        return True
    except Whole as reason:
        for part in folder.iterdir():
            shutil.rmtree(part) if part.is_dir() else part.unlink()
        if str(reason):
            say(f"building all of it: {reason}")
        return False


def _refuse_changed(case: Source, digests: dict[str, str]) -> None:
    if case.digests() != digests:
        raise OutOfBounds("a file of the case changed while it was read; nothing changed")


def _make(
    case: Source,
    folder: Path,
    digests: dict[str, str],
    say: Callable[[str], None],
    rdf: bool = True,
) -> None:
    """Fill a folder with all that a graph is."""
    say("reading tables")
    problems = Problems(told=Told())
    ledger = Writer(folder / "ledger.sqlite")
    rows = case.rows(problems)
    triples = Triples(case.about["base"], case.about["language"], case.ontology)
    with Loader(folder / "store") if rdf else contextlib.nullcontext() as loader:

        def spoken(said: Said) -> None:
            # The store is loaded while tables are read; of a case that is refused nothing is kept.
            if loader and not problems.errors:
                loader.send(triples.said(said.attestation, said.relation))

        entities = fill(case, rows, ledger, problems, new=spoken)
        if problems.errors:
            raise BadTables(problems.found, problems.errors, problems.dropped)
        say("writing the graph")
        counts = _write(case, folder, ledger, entities, rows, triples, loader)
        manifest = {
            "version": __version__,
            "inputs": digests,
            "case": case.about,
            "counts": counts,
            "warnings": [str(problem) for problem in problems.found],
        }
        _keep(case, folder)
        known.keep(folder, rows)
        _remember(case, folder, rows, problems)
        terms = case.ontology.to_text()
        (folder / "terms.txt").write_text(terms, encoding="utf-8", newline="")
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")
        if loader:
            # While the loader has the processors, the disk is given what it has to take in the end.
            generations.bring(folder)
            loader.finish()


def _keep(case: Source, folder: Path) -> None:
    """Write down the ontology, which can change an answer and is in no ledger."""
    lines = sorted({line for part in case.turtle() for line in part.splitlines(keepends=True)})
    with (folder / ONTOLOGY).open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines)


def _remember(case: Source, folder: Path, rows: Rows, problems: Problems) -> None:
    """Write down what the next build needs where only some rows have changed."""
    if not rows.kept or not problems.told or not isinstance(case, Case):
        return
    tables = {stem: path for stem in SINGLE if (path := case.table(stem))}
    texts = {stem: path for stem, path in tables.items() if path.suffix in TEXTS}
    if made := remembered.of(rows.kept, problems.told, texts):
        remembered.write(folder, made)
        known.write(folder / known.NAME, rows.kept.known)


def _write(
    case: Source,
    folder: Path,
    ledger: Writer,
    entities: list[tuple[str, str]],
    rows: Rows,
    triples: Triples,
    loader: Loader | None,
) -> dict[str, int]:
    """Stream claims into the store, if one is loaded, adjacency and ledger at once."""
    told = case.ontology
    network = adjacency_writer.Builder(entities)
    spoken = speech.Builder(name for name, _ in entities)
    offices: dict[str, list[str]] = {}
    whole = {n for role in ("PartOf", "LocatedIn", "TerritoryOf") for n in told.playing(role)}
    belongs: list[tuple[str, str]] = []
    counts = {"entities": len(entities), "claims": 0, "attestations": 0}
    done: list[tuple[Claim, tuple[str, ...]]] = []
    overtaken: list[Attestation] = []
    held = list(ledger.entities())
    if loader:
        loader.feed(_described(case, held, rows, triples))
    for claim in settled(ledger, told):
        counts["claims"] += 1
        counts["attestations"] += len(claim.attestations)
        network.add(claim)
        spoken.add(claim, ledger.stated)
        if claim.supported and told.plays(claim.relation, "HoldsOffice"):
            offices.setdefault(claim.subject, []).append(claim.object)
        if claim.supported and claim.relation in whole:
            belongs.append((claim.subject, claim.object))
        if loader:
            loader.send(triples.standing(claim))
            for a in claim.attestations:
                if a.party:
                    loader.feed(triples.parties(a))
        gone = [a for a in claim.attestations if not a.living]
        overtaken += gone
        done.append((claim, tuple([a.id for a in gone])))
        if len(done) >= 1000:
            ledger.add_claims(done)
            done.clear()
    if loader:
        # When a row was sent as one that counts, nobody knew yet of the one that takes it back.
        loader.amend(
            (triples.living(a, True) for a in overtaken),
            (triples.living(a, False) for a in overtaken),
        )
        loader.end()
    ledger.add_claims(done)
    belongs += ((e.id, value) for e in held for prop, value in e.attributes if prop in whole)
    ledger.add_belonging(belongs, (e.id for e in held if told.value(e, "CountryCode")))
    described = ((e.id, told.value(e, "Description")) for e in held)
    ledger.index(
        list(keys.sought(case.ontology, ledger, offices)),
        lambda name: " ".join(keys.labels(told, name)),
        (pair for pair in described if pair[1]),
    )
    ledger.close()
    walked = {k: case.ontology.walked(k) for k in case.ontology.classes}
    network.write(folder / "adjacency.bin", walked, (e.id for e in held if told.ended(e)))
    spoken.write(folder / "speech.bin")
    return counts


def _described(
    case: Source, entities: Iterable[Entity], rows: Rows, triples: Triples
) -> Iterator[str]:
    """The triples of terms, records and judgements."""
    yield from case.turtle()
    yield from triples.kinds()
    for entity in entities:
        yield from triples.entity(entity)
    for record, target in sorted(rows.merged.items()):
        yield triples.same(record, target)
    for judgement in rows.judgements:
        if judgement.kind == "unsure":
            left, right = rows.resolve(judgement.left), rows.resolve(judgement.right)
            yield from triples.possibly_same(left, right)

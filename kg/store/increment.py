"""A graph made from the one before it and the rows that changed: equal to one that was built anew.

The store begins as a copy whose tables are the same files, the ledger as a copy; the claims of the
changed rows are settled again, and what they alone say goes out of each part or comes in.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from kg.case.left_out import AGAINST
from kg.case.plausibility import joined
from kg.model.errors import NotFound
from kg.model.ontology import CALLED
from kg.store import adjacency_patch, known, remembered, renewal, retold, settling, speech
from kg.store.graph import JUDGEMENTS, ONTOLOGY, WITHHELD
from kg.store.ledger import Ledger
from kg.store.ledger_amender import Amender
from kg.store.loader import Loader
from kg.store.remembered import Whole
from kg.store.renewal import Renewal, belonging
from kg.store.renumbered import Nodes
from kg.store.triples import Triples

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from kg.case.claim_rows import Said
    from kg.case.folder import Case
    from kg.case.ids import Register
    from kg.model.claims import Claim, Entity
    from kg.store.adjacency import Adjacency
    from kg.store.changed import Changes
    from kg.store.remembered import Remembered
    from kg.store.speech import Speech

# What no row of the ledger has a part in: whatever changes, and where only its rows do.
_ALWAYS = ("terms.txt", ONTOLOGY)
_SAME = (*_ALWAYS, JUDGEMENTS, WITHHELD, known.NAME)

Ends = tuple[str, str]


@dataclass
class _Done:
    """The changed claims as they were and as they are, by id; the attestations gone, new, or told anew."""

    before: dict[str, Claim] = field(default_factory=dict)
    now: dict[str, Claim] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    new: set[str] = field(default_factory=set)

    @property
    def lost(self) -> set[str]:
        """The claims of which nobody speaks any more."""
        return self.before.keys() - self.now.keys()


def make(
    changes: Changes,
    case: Case,
    folder: Path,
    digests: dict[str, str],
    labels: Callable[[str], str],
) -> None:
    """Fill a folder with the graph of a case, of which some rows changed; `labels` as of the ledger's index.

    Raises Whole where more hangs on a change than its claims; what the folder holds is worth nothing then.
    """
    held = changes.held
    shutil.copyfile(held.part("ledger.sqlite"), folder / "ledger.sqlite")
    ledger = Amender(folder / "ledger.sqlite")
    renewed = renewal.of(changes, ledger, labels)
    done = _amended(changes, ledger, renewed)
    renewed.retitle(ledger, changes, (*done.before.values(), *done.now.values()))
    _belong(done, changes, renewed, ledger)
    after = _remembered(changes, done, ledger)
    problems = retold.told(changes, case, after, done.before, done.now)
    ledger.close()
    new = Ledger(folder / "ledger.sqlite")
    with Loader(folder / "store", held.part("store")) as loader:
        loader.amend(*_triples(changes, done, renewed, new))
        loader.end()
        # Meanwhile.
        _join(changes, done, renewed, new, folder)
        remembered.write(folder, after)
        _keep(changes, folder)
        loader.finish()
    new.close()
    counts = dict(held.manifest["counts"])
    counts["entities"] += sum(bool(new) - bool(old) for old, new in renewed.records.values())
    counts["claims"] += len(done.now.keys() - done.before.keys()) - len(done.lost)
    counts["attestations"] += len(done.new - done.gone) - len(done.gone - done.new)
    manifest = {
        **held.manifest,
        "inputs": digests,
        "counts": counts,
        "warnings": [str(problem) for problem in problems.found],
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")


def _amended(changes: Changes, ledger: Amender, renewed: Renewal) -> _Done:
    """Put the changed rows into the ledger; tells what became of which claims."""
    done = _Done()
    gone, new = [*changes.gone], [*changes.new]
    if changes.beside:
        gone += changes.beside.gone
        new += changes.beside.fresh
    old = ledger.said(gone)
    fresh = {said.attestation.id: said for said in new}
    twice = changes.before.twice
    if len(fresh) < len(new) or twice & fresh.keys() or ledger.said(fresh.keys() - old.keys()):
        raise Whole("a new row says the same as another one")
    if len({*gone}) < len(gone) or twice & old.keys():
        raise Whole("of rows that said the same, one was changed or taken out")
    terms = changes.held.terms
    parties = settling.parties(ledger, terms)
    for mark, said in fresh.items():
        a = said.attestation
        party = " | ".join(parties.of(a.voice, a.said_earliest, a.said_latest)) if parties else ""
        fresh[mark] = said._replace(attestation=a._replace(party=party))
    same = {
        m
        for m in old.keys() & fresh.keys()
        if old[m][1]._replace(living=True) == fresh[m].attestation
    }
    done.gone, done.new = old.keys() - same, fresh.keys() - same
    claims = {old[m][1].claim for m in done.gone} | {fresh[m].attestation.claim for m in done.new}
    # What a row says may be as it was, and the row another: what is told of it with others is told anew.
    again = {changes.before.mark(*place) for place in changes.again}
    claims |= {old[m][1].claim for m in same - again}
    claims |= ledger.claims_of(old[m][1].instead_of for m in done.gone if old[m][1].instead_of)
    renewed.leave(ledger, done.gone)
    with ledger.counting(claims):
        ledger.drop_said(done.gone)
        for mark in sorted(done.new):
            said = fresh[mark]
            ends = (said.subject, said.relation, said.object, said.figure)
            ledger.add_said(*ends, said.attestation)
    speaking = {*terms.speaking_for}
    keys = (*(old[m][0] for m in done.gone), *(fresh[m] for m in done.new))
    lost = (old[m][0] for m in done.gone.intersection(changes.gone))
    _refuse_events(changes, (*lost, *changes.new))
    followed = any(key[1] in speaking for key in keys)
    if followed:
        claims |= ledger.have_parties(settling.parties(ledger, terms).of)
    done.now = settling.settled_again(ledger, claims)
    for name in sorted(claims | done.now.keys()):
        with contextlib.suppress(NotFound):
            done.before[name] = changes.held.ledger.claim(name)
    if not followed and any(c.relation in speaking for c in done.now.values()):
        raise Whole("who speaks for whom hangs on a row about something else")
    with ledger.counting({*done.before, *done.now}):
        ledger.settle(done.lost, done.now.values())
    renewed.enter(ledger, changes, done.gone, done.new)
    return done


def _refuse_events(changes: Changes, keys: Iterable[tuple[Any, ...]]) -> None:
    """Refuse another row about an event of which one denies who took part: what that leaves out is told."""
    terms, held = changes.held.terms, changes.held.ledger
    for event in {subject for subject, relation, *_ in keys if terms.is_role(relation)}:
        for claim in held.claims_about(event):
            of_role = claim.subject == event and not claim.figure and terms.is_role(claim.relation)
            for a in claim.attestations if of_role else ():
                if a.stance in AGAINST and not changes.before.place(a.id):
                    raise Whole(f"another row denies who took part in {event}")


def _belong(done: _Done, changes: Changes, renewed: Renewal, ledger: Amender) -> None:
    """Follow in what belongs to what."""
    terms, held = changes.held.terms, changes.held.ledger
    records = renewed.records.values()
    old = belonging(terms, (one for one, _ in records), done.before.values())
    new = belonging(terms, (other for _, other in records), done.now.values())
    lost = set()
    for part, of in old - new:
        rest = (c for c in held.between(part, of) if c.id not in done.before)
        own = () if part in renewed.records else (held.entity(part),)
        if (part, of) not in belonging(terms, own, rest):
            lost.add((part, of))
    ledger.belong(lost, new - old)


def _triples(
    changes: Changes, done: _Done, renewed: Renewal, ledger: Ledger
) -> tuple[list[str], list[str]]:
    """What goes out of the store, and what comes in."""
    about, beside = changes.held.manifest["case"], changes.beside
    triples = Triples(about["base"], about["language"], changes.held.terms)

    def lines(parts: Iterable[str]) -> set[str]:
        return {line for part in parts for line in part.splitlines(keepends=True)}

    def said(
        claims: Iterable[Claim], records: Iterable[Entity | None], unsure: Iterable[Ends]
    ) -> set[str]:
        found = lines(part for claim in claims for part in triples.claim(claim))
        found |= lines(part for e in records if e for part in triples.entity(e))
        return found | lines(part for ends in unsure for part in triples.possibly_same(*ends))

    both = renewed.records.values()
    unsure = [(one, two) for one, two, _ in changes.held.ledger.unsure()] if beside else []
    old = said(done.before.values(), (one for one, _ in both), unsure)
    doubtful = beside.records.unsure if beside else ()
    new = said(done.now.values(), (other for _, other in both), doubtful)
    gone = old - new
    if gone:
        # What another claim says as well stays, what a record says, and what the ontology says.
        pairs = {(c.subject, c.object) for c in done.before.values() if c.supported}
        others = [c for pair in sorted(pairs) for c in ledger.between(*pair)]
        for name, (_, entity) in renewed.records.items():
            if entity:
                others += ledger.claims_where([("subject=? and relation=?", (name, CALLED))])
        gone -= {line for claim in others for line in triples.direct(claim)}
        for name in {claim.subject for claim in done.before.values()} - renewed.records.keys():
            gone.difference_update(triples.entity(ledger.entity(name)))
        with open(changes.held.part(ONTOLOGY), encoding="utf-8", newline="") as file:
            gone.difference_update(file)
    return sorted(gone), sorted(new - old)


def _join(changes: Changes, done: _Done, renewed: Renewal, ledger: Ledger, folder: Path) -> None:
    """Follow in who is joined to whom, and in who speaks about whom."""
    terms, records = changes.held.terms, renewed.records
    network, spoken = changes.held.adjacency, changes.held.speech
    nodes = Nodes()
    if records:
        nodes.new = {n: new.kind for n, (old, new) in records.items() if new and not old}
        nodes.lost = {n for n, (old, new) in records.items() if old and not new}
        nodes.ended = renewal.ended(terms, renewed.now)
        nodes.walked = {kind: terms.walked(kind) for kind in terms.classes}
        network, spoken = nodes.joining(network, spoken)
    network = adjacency_patch.network(network, done.lost, done.now)
    spoken = _spoken(changes, done, ledger, network, spoken)
    if nodes.lost:
        network, spoken = nodes.leaving(network, spoken)
    adjacency_patch.write(network, folder / "adjacency.bin")
    adjacency_patch.write_speech(spoken, folder / "speech.bin")


def _keep(changes: Changes, folder: Path) -> None:
    """Keep what no row of the ledger has a part in."""
    held = changes.held
    if changes.beside:
        known.write(folder / known.NAME, changes.known)
        known.keep(folder, changes.beside.rows)
    for name in _ALWAYS if changes.beside else _SAME:
        if held.holds(name):
            _link(held.part(name), folder / name)


def _spoken(
    changes: Changes, done: _Done, ledger: Ledger, network: Adjacency, spoken: Speech
) -> Speech:
    """Follow in who speaks about whom."""
    held = changes.held
    old = {t[:2] for c in done.before.values() for t in speech.ties(c, held.ledger.stated)}
    new = {t[:2] for c in done.now.values() for t in speech.ties(c, ledger.stated)}
    lost = {
        (speaker, end)
        for speaker, end in old - new
        if not any(
            tie[:2] == (speaker, end)
            for claim in ledger.speaking_of(end, speaker)
            for tie in speech.ties(claim, ledger.stated)
        )
    }

    def numbered(pairs: Iterable[tuple[str, str]]) -> list[tuple[int, int]]:
        ends = ((network.node(one), network.node(two)) for one, two in pairs)
        return [pair for pair in ends if min(pair) >= 0]

    found = [pair for pair in numbered(new - old) if not spoken.speaks(*pair)]
    return adjacency_patch.speech(spoken, numbered(lost), found)


def _remembered(changes: Changes, done: _Done, ledger: Amender) -> Remembered:
    """What is remembered for the next build, but for the warnings."""
    before, beside = changes.before, changes.beside
    pairs = {relation: counted.copy() for relation, counted in before.pairs.items()}
    single = dict(before.single)
    after = remembered.Remembered(
        {**before.tables, **changes.tables},
        before.told,
        pairs,
        single,
        bytes(beside.kept.elsewhere) if beside else before.elsewhere,
        bytes(beside.kept.own) if beside else before.own,
        before.twice,
        before.steps + 1,
        before.changes + changes.number,
    )
    fresh = {said.attestation.id: said for said in changes.new}
    ends = {a.id: c for c in done.before.values() for a in c.attestations}
    moved: set[tuple[str, str, str]] = set()
    # Records' own rows are not counted, those of names join no two records.
    gone = done.gone.intersection(changes.gone)
    counting: list[tuple[Claim | Said, Register, int]] = []
    counting += [(ends[mark], changes.was, -1) for mark in gone]
    counting += [(fresh[mark], changes.known, 1) for mark in done.new & fresh.keys()]
    for said, register, times in counting:
        pair = joined(register, said.subject, said.object)
        if pair and not said.figure:
            pairs.setdefault(said.relation, Counter())[pair] += times
            moved.add((said.relation, *pair))
    for relation, one, other in moved:
        counted = pairs[relation]
        single.pop((relation, one, other), None)
        if counted[one, other] == 1:
            mark = _single(changes, ledger, after, (relation, one, other))
            single[relation, one, other] = mark
        elif not counted[one, other]:
            del counted[one, other]
        if not counted:
            del pairs[relation]
    return after


def _single(
    changes: Changes, ledger: Amender, after: Remembered, wanted: tuple[str, str, str]
) -> str:
    """The only row that joins two classes by a relation; empty where it is of another table."""
    for mark, subject, object_ in ledger.joining(wanted[0]):
        if joined(changes.known, subject, object_) == wanted[1:] and after.place(mark):
            return mark
    return ""


def _link(source: str, target: Path) -> None:
    """The same file under another name; a copy where that cannot be."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)

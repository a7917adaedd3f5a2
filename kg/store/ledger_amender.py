"""A finished ledger with some of its rows changed: what they take part in follows, the rest stays."""

from __future__ import annotations

import os
import sqlite3

from kg.model.ontology import CALLED
from kg.model.standing import EDGE
from kg.store import counts, name_entries, passage_index
from kg.store.ledger import ATTESTATION, attestation_of
from kg.store.ledger_writer import Writer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from kg.model.claims import Attestation, Claim, Entity
    from kg.store.name_match import Sought

# So many ids are asked for in one question.
_AT_ONCE = 500
Key = tuple[str, str, str, bool]


class Amender(Writer):
    """Changes a copy of a ledger, which nobody reads yet."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        # Nothing reads the file before the whole generation is put in place.
        self._db.executescript("pragma journal_mode=off; pragma synchronous=off;")
        self._db.execute("begin")

    def said(self, marks: Iterable[str]) -> dict[str, tuple[Key, Attestation]]:
        """Some attestations, each with what it is about."""
        columns = ", ".join(ATTESTATION)
        rows = self._some(f"select subject, relation, object, figure, {columns} from said", marks)
        found = {}
        for subject, relation, object_, figure, *values in rows:
            a = attestation_of(values)
            found[a.id] = ((subject, relation, object_, bool(figure)), a)
        return found

    def joining(self, relation: str) -> Iterator[tuple[str, str, str]]:
        """Attestation, subject and object of all that is said by a relation. Cost: reads all rows."""
        one = "select id, subject, object from said where relation=? and figure=0 order by id"
        return iter(self._db.execute(one, (relation,)))

    def have_parties(self, party: Callable[[str, str, str], tuple[str, ...]]) -> set[str]:
        """Note for whom each voice spoke, as `set_parties` does; returns the claims of the rows that
        are told otherwise now. Cost: a look at every row."""
        one = "select distinct voice, said_earliest, said_latest, party from said"
        claims: set[str] = set()
        for voice, first, last, held in self._db.execute(one).fetchall():
            if (told := " | ".join(party(voice, first, last))) != held:
                some = "from said where voice=? and said_earliest=? and said_latest=?"
                key = (voice, first, last)
                claims |= {row[0] for row in self._db.execute(f"select claim {some}", key)}
                self._db.execute(
                    f"update said set party=? {some.removeprefix('from said ')}", (told, *key)
                )
        return claims

    def drop_said(self, marks: Iterable[str]) -> None:
        """Take attestations out. Their claims are left as they were."""
        self._db.executemany("delete from said where id=?", ((m,) for m in marks))

    def claims_of(self, marks: Iterable[str]) -> set[str]:
        """The claims that attestations are about."""
        return {row[0] for row in self._some("select claim from said", marks)}

    def replacing(self, marks: Iterable[str]) -> list[str]:
        """The claims of the attestations that stand in place of these."""
        rows = self._some("select distinct claim from said", marks, "instead_of", "instead_of<>''")
        return sorted({row[0] for row in rows})

    def replaced(self, marks: Iterable[str] | None = None) -> set[str]:
        """Those, of all or of some, in whose place their own voice has put another one."""
        if marks is None:
            return super().replaced()
        one = "select a.id from said a join said b on b.instead_of=a.id"
        own = "b.instead_of<>'' and a.voice=b.voice"
        return {row[0] for row in self._some(one, marks, "a.id", own)}

    def gathered(
        self,
        replacing: bool = False,
        relations: Iterable[str] = (),
        claims: Iterable[str] | None = None,
    ) -> Iterator[tuple[Key, list[Attestation]]]:
        """As of a ledger that is being written; with `claims` only these."""
        if claims is None:
            yield from super().gathered(replacing, relations)
            return
        columns = ", ".join(ATTESTATION)
        one = f"select subject, relation, object, figure, {columns} from said"
        groups: dict[str, tuple[Key, list[Attestation]]] = {}
        for subject, relation, object_, figure, *values in self._some(one, claims, "claim"):
            a = attestation_of(values)
            key = (subject, relation, object_, bool(figure))
            groups.setdefault(a.claim, (key, []))[1].append(a)
        for _, (key, group) in sorted(groups.items()):
            yield key, sorted(group, key=lambda a: a.id)

    def counting(
        self, claims: Iterable[str], entities: Iterable[str] = ()
    ) -> AbstractContextManager[None]:
        """Keep the counts of the ledger while claims and what is said of them, or records, change."""
        return counts.changing(self._db, claims, entities)

    def replace(
        self, records: Mapping[str, Entity | None], keys: Callable[[str], Iterable[str]]
    ) -> None:
        """Put records in the place of those of the same ids; None takes one out.

        `keys` gives the texts that a record is found by. Cost: a look at every such text.
        """
        for _ in self._some("delete from name", records, "entity"):
            pass
        for _ in self._some("delete from entity", records):
            pass
        for name, entity in records.items():
            if entity:
                self.add_entity(entity, keys(name))

    def have_countries(self, found: Mapping[str, bool]) -> None:
        """Put down of some records whether they are countries."""
        self._db.executemany("delete from country where id=?", ((name,) for name in found))
        self.add_belonging((), (name for name, is_one in found.items() if is_one))

    def have_unsure(self, pairs: Mapping[tuple[str, str], str]) -> None:
        """Put other unsure judgements in the place of those that there are, with their reasons."""
        self._db.execute("delete from possibly_same")
        rows = ((*pair, reason) for pair, reason in pairs.items())
        self._db.executemany("insert into possibly_same values (?,?,?)", rows)

    def called(self, entities: Iterable[str]) -> dict[str, list[str]]:
        """The ends of the claims that some records are called so, by record, in order."""
        found: dict[str, list[str]] = {}
        one = "select subject, object from claim"
        rows = self._some(one, entities, "subject", f"relation='{CALLED}'")
        for subject, end in sorted((row[0], row[1]) for row in rows):
            found.setdefault(subject, []).append(end)
        return found

    def reindex(self, gone: Iterable[str], records: Iterable[Sought]) -> bool:
        """Take records out of the index of names, and put others in; whether there is room for them."""
        return name_entries.change(self._db, gone, records)

    def holders(self, entities: Iterable[str], relations: Iterable[str]) -> set[str]:
        """Who has something to do with some records, as the subject of claims of some relations."""
        names = {*relations}
        rows = self._some("select subject, relation from claim", entities, "object")
        return {row[0] for row in rows if row[1] in names}

    def passages_naming(self, entities: Sequence[str]) -> set[str]:
        """The attestations of which the index of passages has the names of some records."""
        return passage_index.naming(self._db, entities)

    def drop_described(self, described: Mapping[str, str], labels: Callable[[str], str]) -> None:
        """Take descriptions out of the index of passages, while the names of their records are held."""
        passage_index.drop_described(self._db, described, labels)

    def describe(self, described: Mapping[str, str], labels: Callable[[str], str]) -> None:
        """Put the descriptions of some records into the index of passages."""
        passage_index.describe(self._db, described, labels)

    def settle(self, gone: Iterable[str], claims: Iterable[Claim]) -> None:
        """Take claims out, and put others in as they stand now."""
        held = [*claims]
        dropped = ((name,) for name in (*gone, *(claim.id for claim in held)))
        self._db.executemany("delete from claim where id=?", dropped)
        self._db.executemany("update said set living=1 where claim=?", ((c.id,) for c in held))
        self.add_claims((c, [a.id for a in c.attestations if not a.living]) for c in held)

    def belong(self, lost: Iterable[tuple[str, str]], found: Iterable[tuple[str, str]]) -> None:
        """Take out and put in what belongs to what, as (part, whole)."""
        self._db.executemany("delete from belongs where part=? and whole=?", lost)
        self.add_belonging(found, ())

    def retitle(self, entity: str, own: Iterable[str], relations: Sequence[str]) -> None:
        """Have an entity found by its own titles and by what it has an office in, by some relations."""
        marks, firm = (",".join("?" * len(held)) for held in (relations, EDGE))
        rows = self._db.execute(
            f"select e.name from claim c join entity e on e.id=c.object where c.subject=? "
            f"and c.relation in ({marks}) and c.basis in ({firm}) order by c.id",
            (entity, *relations, *EDGE),
        )
        titles = (" ".join(t.split()) for t in (*own, *(row[0] for row in rows)) if t)
        name_entries.retitle(self._db, entity, titles)

    def drop_passages(self, marks: Sequence[str], labels: Callable[[str], str]) -> None:
        """Take attestations out of the index of passages, while they are still held."""
        passage_index.drop(self._db, marks, labels)

    def add_passages(self, marks: Sequence[str], labels: Callable[[str], str]) -> None:
        """Put attestations into the index of passages."""
        passage_index.add(self._db, marks, labels)

    def close(self) -> None:
        """Finish the file."""
        self._db.execute("commit")
        self._db.close()

    def _some(
        self, one: str, values: Iterable[str], column: str = "id", also: str = "true"
    ) -> Iterator[Sequence[str]]:
        """The rows of a question whose column has one of some values."""
        held = [*dict.fromkeys(values)]
        for i in range(0, len(held), _AT_ONCE):
            part = held[i : i + _AT_ONCE]
            marks = ",".join("?" * len(part))
            yield from self._db.execute(f"{one} where {column} in ({marks}) and {also}", part)

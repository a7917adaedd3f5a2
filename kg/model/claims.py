"""The words of the project as frozen values: no I/O, no library, no rules.

Named tuples and not dataclasses: these modules are loaded by every command, and
making dataclasses costs more than answering.
"""

from __future__ import annotations

from operator import attrgetter

from kg.model.record import Record
from kg.model.standing import COLUMNS, Standing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

QUALIFIERS = {
    "exact": "Exact",
    "about": "About",
    "at-least": "AtLeast",
    "at-most": "AtMost",
    "more-than": "MoreThan",
    "less-than": "LessThan",
}


TEXTS = {
    "locator": ("locator", "locator"),
    "gloss": ("gloss", "gloss"),
    "passage": ("passage", "passage"),
    "digest": ("passage_digest", "passageDigest"),
    "quote": ("quote", "quote"),
}
"""What an attestation holds as the cell of its row does: field, column of the tables, property in RDF.

All that reads or writes rows, or their RDF, goes by this."""
HASHED = ("locator", "passage")
"""Those of them that the id of an attestation is made of, beside what else it says."""
BESIDE = tuple(field for field in TEXTS if field not in HASHED)
"""The others: rows that are one attestation may differ in them alone."""

_beside: Callable[[Attestation], tuple[str, ...]] = attrgetter(*BESIDE)


def beside(a: Attestation) -> tuple[str, ...]:
    """What an attestation holds in the fields of `BESIDE`."""
    return _beside(a)


# What stands at the end of a claim and is no entity: another row, or a name.
_ROW, _NAME = "attestation/", "name/"


def is_entity(end: str) -> bool:
    """Whether the end of a claim is an entity, and no other row, no name, and not empty.

    >>> is_entity("ann"), is_entity("attestation/91bc"), is_entity(name_end("zh", "福州"))
    (True, False, False)
    """
    return bool(end) and not end.startswith((_ROW, _NAME))


def name_end(language: str, name: str) -> str:
    """A name as the object of a claim that something is called so."""
    return f"{_NAME}{language}/{name}"


def named(end: str) -> tuple[str, str]:
    """The language and the words of a name that is the object of a claim; empty for any other.

    >>> named(name_end("zh", "福州")), named("ann")
    (('zh', '福州'), ('', ''))
    """
    if not end.startswith(_NAME):
        return "", ""
    language, _, name = end.removeprefix(_NAME).partition("/")
    return language, name


def ends(value: str) -> tuple[str, str]:
    """The lowest and the highest number that a value may be: ``25..30`` is a range.

    >>> ends("25..30"), ends("54")
    (('25', '30'), ('54', '54'))
    """
    low, _, high = value.partition("..")
    return low, high or low


def reach(value: str) -> tuple[str, str]:
    """The lowest and the highest number that a quality may be, empty where it is open.

    >>> reach("25"), reach("25..50"), reach("25.."), reach("..50")
    (('25', '25'), ('25', '50'), ('25', ''), ('', '50'))
    """
    low, dots, high = value.partition("..")
    return (low, high) if dots else (low, low)


class Entity(Record):
    """Something with an id. `kind` is the local name of its class.

    `names` are (language, name) beside the main one; `attributes` are
    (property, value) as in its table, several values of one property in
    several pairs.
    """

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """All that it may be called: names, aliases, and what its attributes say."""
        others = (value for _, value in (*self.names, *self.attributes))
        return (self.name, *self.aliases, *others)

    def values(self, attribute: str) -> tuple[str, ...]:
        """Every value of one attribute, in the order of the table."""
        return tuple(v for p, v in self.attributes if p == attribute)

    def value(self, attribute: str) -> str:
        """The first value of an attribute, or an empty text."""
        return next((v for p, v in self.attributes if p == attribute), "")


class Attestation(Record):
    """One passage of one document in which one voice takes a stance on a claim.

    `earliest` and `latest` bound when the thing was so, `said_earliest` and
    `said_latest` when the voice spoke (falling back on the document's date);
    ISO days or empty. `holds_from` and `holds_to` bound the days on which it counts as
    so, `known_earliest` and `known_latest` when it came to be known: said, or else in
    print, in its document or one that this draws on. `living` is false where the voice has since taken another
    stance. `instead_of` is the id of the attestation it replaces or rejects. `chain`
    is what stands between document and voice: ids, nearest the document first, with
    `` < `` between one and the one it draws on, `` | `` between those side by side.
    `party` has the ids of those for whom its voice spoke then, in the end (`kg.model.parties`),
    with `` | `` between them; empty where it spoke for itself.
    `qualities` are (term, value) of what it says of the claim besides: a share, a role.
    """

    id: str
    claim: str
    stance: str
    voice: str
    document: str
    locator: str
    chain: str = ""
    period: str = ""
    earliest: str = ""
    latest: str = ""
    said: str = ""
    said_earliest: str = ""
    said_latest: str = ""
    holds_from: str = ""
    holds_to: str = ""
    known_earliest: str = ""
    known_latest: str = ""
    instead_of: str = ""
    gloss: str = ""
    passage: str = ""
    digest: str = ""
    quote: str = ""
    value: str = ""
    unit: str = ""
    qualifier: str = ""
    party: str = ""
    qualities: tuple[tuple[str, str], ...] = ()
    living: bool = True

    @property
    def goes_on(self) -> bool:
        """Whether it says that this is still so."""
        return self.period.endswith("..")

    @property
    def chains(self) -> tuple[tuple[str, ...], ...]:
        """The ways from document to voice, side by side, each nearest the document first."""
        if not self.chain:
            return ()
        return tuple(tuple(way.split(" < ")) for way in self.chain.split(" | "))

    @property
    def whole_chain(self) -> tuple[str, ...]:
        """The ways from document to voice with both ends, side by side, one text each."""
        if not self.chain:
            return (f"{self.document} < {self.voice}",)
        return tuple(" < ".join((self.document, *way, self.voice)) for way in self.chains)

    @property
    def parties(self) -> tuple[str, ...]:
        """Those for whom its voice spoke, in the end."""
        return tuple(self.party.split(" | ")) if self.party else ()

    @property
    def via(self) -> tuple[str, ...]:
        """All that stand between, once each."""
        return tuple(dict.fromkeys(name for way in self.chains for name in way))


class Claim(Record):
    """One (subject, relation, object), or (subject, measure, scope) of a figure.

    `object` may be the id of an attestation, written ``attestation/…``, or a name (`named`).
    """

    id: str
    subject: str
    relation: str
    object: str
    figure: bool
    standing: Standing
    attestations: tuple[Attestation, ...] = ()

    @property
    def supported(self) -> bool:
        """Whether a living voice asserts or alleges it: then it is an edge."""
        return self.standing.supported

    @property
    def order(self) -> tuple[bool, str, str, str]:
        """Its place among all claims, which is that of the ledger: figures last, then by what it says."""
        return self.figure, self.relation, self.subject, self.object


SPEECH, UNSURE = "speech", "unsure"


class Hop(Record):
    """A step between two entities with all claims that carry it.

    `adverse` where all of them are of opposition: the step is no tie. `kind` is ``speech`` where
    one end only speaks about the other (`said` are the statements by which it does, their
    attestations' ids; the claims are what they are about), ``unsure`` where the two ends are
    records that may be of one thing, for `reason`; empty for a tie in the world.
    """

    start: str
    end: str
    claims: tuple[Claim, ...]
    cost: float
    adverse: bool = False
    kind: str = ""
    said: tuple[str, ...] = ()
    reason: str = ""


class Path(Record):
    """A row of hops, cheapest first among several."""

    hops: tuple[Hop, ...]
    cost: float

    @property
    def nodes(self) -> tuple[str, ...]:
        """The entities passed, both ends included."""
        return (self.hops[0].start, *(hop.end for hop in self.hops))


def flat(record: Any) -> dict[str, Any]:
    """The fields of a record by name, a `Standing` as the columns that a listing shows of it."""
    found: dict[str, Any] = {}
    for name, value in zip(record._fields, record, strict=True):
        found |= value.columns() if isinstance(value, Standing) else {name: value}
    return found


def flat_names(kind: Any) -> list[str]:
    """The names of `flat` for a class of records, of which none is at hand.

    >>> flat_names(Hop)[:2]
    ['start', 'end']
    """
    types = kind.__annotations__
    names = ((name, types.get(name) == "Standing") for name in kind._fields)
    return [c for name, standing in names for c in (COLUMNS if standing else (name,))]


def flat_values(record: Any) -> list[Any]:
    """The values of `flat`, in its order."""
    found: list[Any] = []
    for value in record:
        if type(value) is Standing:
            found += value.shown
        else:
            found.append(value)
    return found


def plain(value: Any) -> Any:
    """A value as JSON can hold it: records become objects, as `flat` names their fields."""
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {k: plain(v) for k, v in flat(value).items()}
    if isinstance(value, (tuple, list)):
        return [plain(v) for v in value]
    return {k: plain(v) for k, v in value.items()} if isinstance(value, dict) else value

"""What a page is to show: a `View`, plain frozen values chosen from a graph.

A view holds everything that a page draws and says, worded and ready, and
nothing of how it is drawn: `kg.page.subgraph` chooses it, `kg.page.layouts` places its
nodes and `kg.page.render` turns it into HTML.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model.record import Record
from kg.model.standing import Standing

DRAWN_RANK = 8
"""Kinds from this rank on (documents, places, topics) start switched off and stand aside."""


@dataclass(frozen=True, slots=True)
class ViewTerm:
    """A class or a relation as the legend names it.

    `part` is the term's part in a layout (``lane``, ``lane-member``, ``cell``,
    ``closing``, ``closing-state``, ``faint``, ``objection``) or empty. `iri` is empty
    for a view that was made by hand. `letter` stands in the symbol of a class.
    `adverse` marks a relation of opposition, which is no tie, `symmetric` one without a direction,
    `idle` one that chains do not go over.
    """

    id: str
    label: str
    inverse: str = ""
    definition: str = ""
    symbol: str = "dot"
    colour: str = "#767676"
    colour_dark: str = "#A0A0A0"
    rank: int = 99
    part: str = ""
    iri: str = ""
    letter: str = ""
    adverse: bool = False
    symmetric: bool = False
    idle: bool = False


class ViewFinding(Record):
    """What an entity is found by besides what is shown of it (`kg.store.name_match.Sought`).

    `names` as written, `titles` and offices folded, `classes` in all languages, other `forms` of its names.
    """

    names: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


UNFOUND = ViewFinding()
"""An entity that is found by what is shown of it."""


@dataclass(frozen=True, slots=True)
class ViewNode:
    """An entity as drawn.

    `kind` is the class the legend counts it under, `narrow` its own class's
    label. `lane` is the id of the lane head it belongs to, `cell` the name of
    its cell (a country), each empty if it has none. `state` is ``closed``,
    ``ordered closed``, ``gone`` or empty; `was` says in a word that it is no more. `where` is (latitude,
    longitude, place name) for the map or None, `country` the ISO 3166-1 alpha-3 code of the country it
    acts for or is in. `walked` tells whether chains pass through it.
    """

    id: str
    name: str
    kind: str
    short: str = ""
    narrow: str = ""
    name_local: str = ""
    language: str = ""
    aliases: tuple[str, ...] = ()
    description: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    lane: str = ""
    cell: str = ""
    state: str = ""
    where: tuple[float, float, str] | None = None
    country: str = ""
    degree: int = 0
    walked: bool = True
    was: str = ""
    found_by: ViewFinding = UNFOUND


class ViewAnswer(Record):
    """An attestation that stands in place of another one, as far as the rule of standing asks.

    `rivals` are the others of its voice on its own claim, `replaced` those that its voice
    has put in its place in turn.
    """

    id: str
    voice: str
    document: str
    stance: str
    days: str
    statement: str
    parties: tuple[str, ...] = ()
    rivals: tuple[ViewAnswer, ...] = ()
    replaced: tuple[ViewAnswer, ...] = ()


class ViewWeight(Record):
    """What the rule of standing and the clock ask of an attestation (`kg.page.settling`).

    `statement` is the number it speaks of; `parties` are those for whom its voice spoke; `back` says that it takes back what was put
    forward; `instead` are the attestations that stand in its place.
    """

    days: str = "/ / / / -"
    statement: str = ""
    parties: tuple[str, ...] = ()
    back: bool = False
    instead: tuple[ViewAnswer, ...] = ()


UNWEIGHED = ViewWeight()
"""An attestation that is not dated and stands alone."""


@dataclass(frozen=True, slots=True)
class ViewAttestation:
    """One voice in one document on the claim it stands in.

    `side` is ``for``, ``against``, ``open`` or ``withdrawn``; `sentence` reads
    the whole attestation as prose; `known` is the first day (ISO) by which it
    was said or in print, or empty; `remarks` are sentences about this very
    attestation (a fact check's verdict on a denial). `value` is a figure as said, `number`
    the bare one; `quote` are the passage's own words,
    `quoted` the same in quotation marks, `chain`, `passage`
    and `digest` those of `kg.analysis.evidence.Spoken`. `besides` is in words what it says of
    the claim besides (label, text), `stated` the same as statements: (key, IRI, value, kind as in
    `kg.model.qualities`). `elsewhere` marks one of another
    claim, which stands in place of one of this claim.
    """

    id: str
    sentence: str
    stance: str
    side: str
    voice: str
    voice_name: str
    via: tuple[str, ...]
    document: str
    locator: str
    gloss: str
    period: str = ""
    said: str = ""
    known: str = ""
    remarks: tuple[str, ...] = ()
    value: str = ""
    number: str = ""
    unit: str = ""
    qualifier: str = ""
    quote: str = ""
    quoted: str = ""
    chain: tuple[str, ...] = ()
    passage: str = ""
    digest: str = ""
    besides: tuple[tuple[str, str], ...] = ()
    stated: tuple[tuple[str, str, str, str], ...] = ()
    elsewhere: bool = False
    weight: ViewWeight = UNWEIGHED


@dataclass(frozen=True, slots=True)
class ViewClaim:
    """A claim: a line of the picture if both ends are drawn, else a line of a card.

    `object` is empty for a figure and for a claim about an attestation;
    `object_text` always reads; `standing` has its words. `out` is the first day on which
    both of its ends may have been there.
    """

    id: str
    subject: str
    relation: str
    object: str
    object_text: str
    sentence: str
    standing: Standing
    attestations: tuple[ViewAttestation, ...]
    figure: bool = False
    out: str = ""


@dataclass(frozen=True, slots=True)
class ViewDocument:
    """A document as a source: `disputes` are sentences on who disputes it as a whole."""

    id: str
    title: str
    short: str
    published: str = ""
    url: str = ""
    disputes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ViewPath:
    """A path between two actors: its nodes, its hops, and in words how long and how dear it is.

    A hop is a sentence with the ids of the claims that carry it. `apart` are those that no claim
    draws, as (start, end, ``speech``, ``exchange`` or ``unsure``); who speaks is the start.
    """

    nodes: tuple[str, ...]
    hops: tuple[tuple[str, tuple[str, ...]], ...]
    said: str
    apart: tuple[tuple[str, str, str], ...] = ()


class ViewStep(Record):
    """A step of a story: its title, the address of what it shows, its sentences.

    A sentence is its text, the ids of its claims, and their status as it was written.
    """

    title: str
    address: str
    says: tuple[tuple[str, tuple[str, ...], str], ...]


@dataclass(frozen=True, slots=True)
class View:
    """Everything that one page shows. Equal views give equal pages, byte for byte.

    A single id in `highlight` is what the page is about: it is in the middle and
    its card open. `paths` are in order, the best first; `note` says what they do not.
    `lens` says in words through which lens the graph is seen; empty if it is whole. `light` claims are
    left out because others weigh more. `story` are the
    steps that the page leads through.
    """

    title: str
    description: str
    licence: str
    language: str
    version: str
    filters: str
    kinds: tuple[ViewTerm, ...]
    relations: tuple[ViewTerm, ...]
    statuses: tuple[ViewTerm, ...]
    bases: tuple[ViewTerm, ...]
    nodes: tuple[ViewNode, ...]
    claims: tuple[ViewClaim, ...]
    documents: tuple[ViewDocument, ...]
    highlight: tuple[str, ...] = field(default=())
    base: str = ""
    omitted: int = 0
    light: int = 0
    paths: tuple[ViewPath, ...] = ()
    note: str = ""
    lens: str = ""
    story: tuple[ViewStep, ...] = ()
    story_title: str = ""

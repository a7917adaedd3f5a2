"""What an ontology may say of its terms to kg: the marks, and the roles that a term can play.

A mark is one line of `MARKS`: its name after ``kg:``, the field of `Term` that holds it, the
kinds of term that it goes on, what its value is, and why it is there. `core.ttl` defines each.
"""

from __future__ import annotations

from kg.model.record import Record

CLASS, ATTRIBUTE, MEASURE = ("class",), ("attribute",), ("measure",)
QUALITY = ("quality",)
RELATION = ("event", "state")
COLUMN = (*RELATION, *ATTRIBUTE)
PROPERTY = (*COLUMN, *MEASURE)
ANY = (*CLASS, *PROPERTY)


class Mark(Record):
    """A mark: `value` is ``text``, ``words``, ``flag``, ``colour``, ``number``, ``label``, ``role``,
    ``rule``, ``relations``, ``quality``, ``values`` or ``choice``.

    Of a choice, `allowed` has the values. `many` where a term may have several. What makes
    a rule is held in the ontology's rules, and in no field.
    """

    name: str
    field: str
    on: tuple[str, ...]
    value: str
    reason: str
    allowed: tuple[str, ...] = ()
    many: bool = False


SYMBOLS = (
    *("square", "circle", "hexagon", "triangle", "nabla", "diamond"),
    *("sheet", "card", "flag", "rings", "pin", "dot"),
)
LAYOUT = ("lane", "lane-member", "cell", "faint")

MARKS = {
    m.name: m
    for m in (
        Mark("table", "table", CLASS, "text", "which entity table holds the class"),
        Mark("sentence", "sentence", CLASS, "label", "how an event is told", many=True),
        Mark("column", "column", (*PROPERTY, *QUALITY), "text", "which column holds its values"),
        Mark("qualityOf", "on", QUALITY, "relations", "what it is a quality of", many=True),
        Mark("inUnit", "unit", QUALITY, "words", "the unit of its numbers"),
        Mark("unitFrom", "unit_from", QUALITY, "quality", "which quality tells the unit"),
        Mark(
            "gone",
            "gone",
            ATTRIBUTE,
            "values",
            "which values say that a record is no more",
            many=True,
        ),
        Mark("inverseLabel", "inverse", PROPERTY, "label", "how it is read backwards", many=True),
        Mark("scheme", "scheme", ATTRIBUTE, "text", "the scheme of its foreign ids"),
        Mark(
            *("walked", "walked", (*CLASS, *RELATION), "flag"),
            "whether paths pass through members, or over it",
        ),
        Mark("acceptsAttestation", "takes_attestation", RELATION, "flag", "@key as its object"),
        Mark("speaksFor", "speaks_for", RELATION, "flag", "its subject speaks for its object"),
        Mark("adverse", "adverse", RELATION, "flag", "a relation of opposition is no tie"),
        Mark("symbol", "symbol", CLASS, "choice", "the shape on a page", SYMBOLS),
        Mark("colour", "colour", ANY, "colour", "its colour on a light page"),
        Mark("colourDark", "colour_dark", ANY, "colour", "its colour on a dark page"),
        Mark(
            *("rank", "rank", (*CLASS, *RELATION), "number"),
            "its order in legends and layouts; of a relation among those that a map tells",
        ),
        Mark("layout", "part", ANY, "choice", "the part it plays in a layout", LAYOUT),
        Mark("role", "roles", ANY, "role", "what it means to kg", many=True),
        Mark("closedState", "closed_state", RELATION, "text", "the record that says closed"),
        Mark("exclusive", "", RELATION, "rule", "one subject, object or date at a time", many=True),
        Mark("rulesOut", "", RELATION, "rule", "what cannot be between the same two", many=True),
        Mark("repeats", "", (*RELATION, *MEASURE), "rule", "what may happen again"),
        Mark("part", "", RELATION, "rule", "along which denials meet claims of a part"),
        Mark("counts", "", MEASURE, "rule", "what a stated total counts", many=True),
        Mark("strict", "", (*RELATION, *MEASURE), "rule", "conflicts, and not tensions"),
        Mark("reason", "", (*RELATION, *MEASURE), "rule", "why the rule holds", many=True),
    )
}


class Role(Record):
    """A role that a term can play: its name after ``kg:``, on which kinds of term, who reads it.

    `holds` is what an attribute in that role must have as its range: a datatype, or ``class``.
    """

    name: str
    on: tuple[str, ...]
    holds: str
    reason: str


ROLES = {
    r.name: r
    for r in (
        Role("Author", ATTRIBUTE, "class", "whose voice an unattributed passage is"),
        Role("Publisher", ATTRIBUTE, "class", "whose voice it is where no author is told"),
        Role(
            "PublishedOn",
            ATTRIBUTE,
            "date",
            "when something was in print: known by, order of stances",
        ),
        Role("ChangedOn", ATTRIBUTE, "date", "what a document can know of: odd times in it"),
        Role("ArchivedAt", ATTRIBUTE, "anyURI", "the copy that evidence points to"),
        Role("Grade", ATTRIBUTE, "string", "how far a source is trusted, beside its name"),
        Role("VersionOf", ATTRIBUTE, "class", "versions belong to one work"),
        Role("Address", ATTRIBUTE, "anyURI", "the link to a document"),
        Role("TextDigest", ATTRIBUTE, "string", "which file holds a document's text"),
        Role("ShortName", ATTRIBUTE, "string", "what drawings and evidence call a thing"),
        Role("Description", ATTRIBUTE, "string", "the sentence under a name"),
        Role(
            "Code",
            ATTRIBUTE,
            "string",
            "a code that names begin with; labels in pictures leave it out",
        ),
        Role(
            "CountryCode",
            ATTRIBUTE,
            "string",
            "marks a place as a country; is a name to find it by",
        ),
        Role(
            "ForeignId", ATTRIBUTE, "string", "its record in other data sets; what it is found by"
        ),
        Role("Latitude", ATTRIBUTE, "decimal", "the map"),
        Role("Longitude", ATTRIBUTE, "decimal", "the map"),
        Role("PartOf", COLUMN, "class", "figures of a part and of the whole, places in a country"),
        Role("LocatedIn", COLUMN, "class", "the map, lists by place"),
        Role("TerritoryOf", COLUMN, "class", "the country of an acting state, in lists by place"),
        Role("Cites", RELATION, "", "who relies on whom"),
        Role("ObjectsTo", RELATION, "", "disputes of a document as a whole"),
        Role("FindsFaultWith", RELATION, "", "disputes of a document, with criticism"),
        Role("Closes", RELATION, "", "what is drawn as closed"),
        Role("OrdersClosure", RELATION, "", "what is drawn as ordered closed"),
        Role("RequestsClosure", RELATION, "", "closures asked for"),
        Role("Operates", RELATION, "", "who runs what"),
        Role("Investigates", RELATION, "", "who looks into whom"),
        Role("Prosecutes", RELATION, "", "who charged, arrested or detained whom"),
        Role("AccusedOf", RELATION, "", "what somebody is charged with or punished for"),
        Role("DescribedAs", RELATION, "", "what things are called"),
        Role("HoldsOffice", RELATION, "", "titles and offices that people are found by"),
        Role("PublicAuthority", CLASS, "", "what acts for a state"),
        Role("HumanBeing", CLASS, "", "persons whom a text leaves unnamed"),
    )
}

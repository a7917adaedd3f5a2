"""kg locate: words in a document's text, and the cells for them."""

from __future__ import annotations

from kg.model.record import Record
from kg.text.formats import LISTS
from kg.verbs.answer import Answer
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import DRY_RUN, TEXTS, WITHOUT_GRAPH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.case.locate import Place as Spot
    from kg.text.formats import Guard
    from kg.verbs.place import Place


class Located(Record):
    """A place as the cells of a row, with the digest of the whole text, and what stands around."""

    number: int
    document: str
    passage: str
    passage_digest: str
    text_digest: str
    words: str
    before: str
    after: str


VERB = Verb(
    "locate",
    "tables",
    "Find words in a document's text; print the cells for them.",
    params=(
        Param(
            "document", "The document, by id or name.", argument=True, needed=True, of="document"
        ),
        Param("words", "The words, as the text has them.", argument=True, needed=True),
        TEXTS,
        Param(
            "nth", "Of several places, take this one.", kind=int, low=0, high=1_000_000, metavar="N"
        ),
        Param("row", "Write the cells into the row of this key.", metavar="KEY"),
        DRY_RUN,
        *WITHOUT_GRAPH,
    ),
    more="White space, soft hyphens, hyphens at line ends, forms of letters and of quotation marks "
    "make no difference; what is printed is exact.",
    examples=('locate doc-diary "that she met Bob"', 'locate doc-diary "met Bob" --nth 2 --row d1'),
    formats=LISTS,
    after="check",
    method="",
)


def answer(
    place: Place, *, document: str, words: str, texts: str, nth: int, row: str, dry_run: bool
) -> Answer:
    """The place as cells; exit code 1 unless there is one."""
    from kg.case import citing, locate, reader, tablewriter
    from kg.case.row import Problems
    from kg.case.texts import folder_of
    from kg.model.errors import UsageError, parameter
    from kg.verbs.fmt import shown

    if dry_run and not row:
        raise UsageError(f"{parameter('dry_run')} shows what {parameter('row')} would write")
    case = place.case
    known = reader.register(case, Problems(limit=0))
    own = citing.document(known, document)
    file = citing.file_of(case, known, own, folder_of(case.root, texts))
    text = file.text()
    found = locate.find(text, words)
    if nth > len(found) > 0:
        raise UsageError(f"{parameter('nth')} {nth}: the words stand at {len(found)} places")
    taken = [found[nth - 1]] if nth and found else found
    if len(taken) != 1:
        near = taken or locate.near(text, words)
        several = f"they stand at {len(near)} places; take one with {parameter('nth')}"
        none = "nearest are" if near else "no words of it are near each other"
        told = several if taken else f"the words are not in {file.path.name}; {none}"
        return _listed(near, own, file.digest, [told], 1)
    if not row:
        return _listed(taken, own, file.digest, [], 0)
    change = citing.change(case, known, row, own, taken[0])
    if dry_run:
        return shown([change], taken)
    tablewriter.write([change])
    done = f"{change.path.name}: passage {taken[0].passage} is in the row of {row}"
    return _listed(taken, own, file.digest, [done], 0)


def _listed(places: Sequence[Spot], own: str, mark: str, notes: list[str], code: int) -> Answer:
    rows = [
        Located(n, own, p.passage, p.digest, f"sha256:{mark}", p.words, p.before, p.after)
        for n, p in enumerate(places, 1)
    ]

    def write(form: str, width: int, guard: Guard) -> str:
        from kg.text.formats import records

        if form != "text":
            return records(rows, Located._fields, form, width, guard)
        return "\n".join(_prose(r, width, len(rows) > 1) for r in rows)

    return Answer(rows, write, notes=notes, code=code, names=Located._fields)


def _prose(r: Located, width: int, several: bool) -> str:
    from kg.text.terminal import wrap
    from kg.text.untrusted import one_line

    cells = (
        ("passage", r.passage),
        ("passage_digest", r.passage_digest),
        ("digest", r.text_digest),
    )
    lines = [f"{name:<16}{cell}" for name, cell in cells]
    around = one_line(" ".join(f"…{r.before} [{r.words}] {r.after}…".split()))
    head = f"{r.number}.\n" if several else ""
    return head + "\n".join([*lines, wrap(around, width, "  ", "  ")]) + "\n"

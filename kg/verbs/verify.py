"""kg verify: passages and quotes in the texts."""

from __future__ import annotations

from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import DRY_RUN, TEXTS, WITHOUT_GRAPH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.verbs.place import Place

VERB = Verb(
    "verify",
    "tables",
    "Find each passage and quote again in the documents' texts.",
    params=(
        TEXTS,
        Param("fill", "Write digests where none are, and nothing else.", kind=bool),
        DRY_RUN,
        *WITHOUT_GRAPH,
    ),
    examples=(
        "verify --texts texts",
        "verify --texts texts --fill",
    ),
    formats=LISTS,
    after="check",
)


def answer(place: Place, *, texts: str, fill: bool, dry_run: bool) -> Answer:
    """What became of each passage; exit code 1 if one is lost, or a text is not as it was."""
    from kg.case import tablewriter, verify
    from kg.case.passages import Found
    from kg.case.texts import folder_of
    from kg.model.errors import UsageError, parameter
    from kg.verbs.fmt import shown

    if dry_run and not fill:
        raise UsageError(f"{parameter('dry_run')} shows what {parameter('fill')} would write")
    place.here("kg verify looks for passages in texts")
    folder = folder_of(place.case.root, texts)
    if not fill:
        found = verify.verify(place.case, folder)
        sought = [f for f in found if f.row]
        lost = verify.mismatches(found) or (sought and all(f.result == "no-text" for f in sought))
        return listed(
            found, Found, "no passage to look for", prose=verify.text, code=int(bool(lost))
        )
    filled, changes = verify.fill(place.case, folder)
    if dry_run:
        return shown(changes, filled)
    tablewriter.write(changes)
    return listed(filled, Found, "no digest to fill in", prose=verify.text, code=0)

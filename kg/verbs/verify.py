"""kg verify: passages in the texts."""

from __future__ import annotations

from kg.model.errors import UsageError
from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import WITHOUT_GRAPH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.verbs.place import Place

VERB = Verb(
    "verify",
    "tables",
    "Find each passage again in the documents' texts.",
    params=(
        Param("texts", "The folder of the documents' texts.", needed=True, metavar="DIR"),
        Param("fill", "Write digests where none are, and nothing else.", kind=bool),
        *WITHOUT_GRAPH,
    ),
    examples=(
        "verify --texts texts",
        "verify --texts texts --fill",
    ),
    formats=LISTS,
    after="check",
)


def answer(place: Place, *, texts: str, fill: bool) -> Answer:
    """What became of each passage; exit code 1 if one is lost."""
    from pathlib import Path

    from kg.case import verify

    folder = Path(texts)
    if not folder.is_dir():
        raise UsageError(f"{texts} is no folder of texts")
    found = (verify.fill if fill else verify.verify)(place.case, folder)
    lost = verify.mismatches(found) or all(f.result == "no-text" for f in found)
    code = int(bool(lost) and not fill)
    return listed(found, "no passage to look for", prose=verify.text, code=code)

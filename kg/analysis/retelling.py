"""Whether a story still holds: its claims are there, and stand as they did when it was written."""

from __future__ import annotations

from kg.case.story import FILE, SHOWN
from kg.model.errors import Ambiguous, NotFound
from kg.model.problems import Problem
from kg.text.spelling import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.case.story import Step, Story
    from kg.model.claims import Claim
    from kg.store.ledger import Ledger


def problems(ledger: Ledger, story: Story) -> list[Problem]:
    """What of a story is gone, which is no warning, and what has turned, which is one.

    Cost: one look at each claim that the story names.
    """
    return [found for i, step in enumerate(story.steps, 1) for found in _step(ledger, step, i)]


def claim_of(ledger: Ledger, named: tuple[str, str, str]) -> Claim | None:
    """The claim that a subject, a relation and an object (of a figure its scope) name, or nothing."""
    found = (c for c in ledger.claims_about(named[0]) if (c.subject, c.relation) == named[:2])
    target = named[2]
    return next((c for c in found if c.object == target or (c.figure and target == "-")), None)


def _step(ledger: Ledger, step: Step, number: int) -> Iterator[Problem]:
    def wrong(
        column: str, found: str, expected: str, hint: str = "", warning: bool = False
    ) -> Problem:
        return Problem(FILE, number, column, found, expected, hint, warning, unit="step")

    show = dict(step.show)
    select = str(show.get("select", ""))
    names = [("focus", str(show["focus"]))] if "focus" in show else []
    names += [("select", select)] if select and len(select.split()) != 3 else []
    names += [("without", str(name)) for name in show.get("without", ())]
    for key, value in names:
        if not _there(ledger, value):
            expected = SHOWN["select"] if key == "select" else "an id of the case"
            yield wrong(key, f"“{value}” is no entity", expected, _meant(ledger, value))
        elif key == "without" and not _speaks(ledger, value):
            found = f"nothing rests on “{value}”, so that nothing is left out"
            yield wrong(key, found, "a document or a voice", warning=True)
    words = select.split()
    if len(words) == 3 and claim_of(ledger, (words[0], words[1], words[2])) is None:
        hint = _meant(ledger, select) or _near(ledger, select)
        yield wrong("select", f"no claim “{select}”", SHOWN["select"], hint)
    for sentence in step.says:
        for named in sentence.claims:
            text = " ".join(named)
            claim = claim_of(ledger, named)
            if claim is None:
                found = f"no claim “{text}”, on which “{sentence.text}” rests"
                yield wrong("claims", found, "a claim of the case", _near(ledger, text))
            elif sentence.status and claim.standing.status.lower() != sentence.status:
                found = f"“{text}” is {claim.standing.status.lower()} now"
                yield wrong(
                    "status", found, sentence.status, f"read “{sentence.text}” again", warning=True
                )


def _near(ledger: Ledger, named: str) -> str:
    """The claim that was probably meant, among those about its subject."""
    about = ledger.claims_about(named.split()[0])
    return did_you_mean(named, {f"{c.subject} {c.relation} {c.object or '-'}" for c in about})


def _there(ledger: Ledger, name: str) -> bool:
    try:
        return ledger.entity(name).id == name
    except NotFound:
        return False


def _meant(ledger: Ledger, name: str) -> str:
    """The id of the one record that is called so, or nothing."""
    try:
        return f"its id is {ledger.find(name)}"
    except (NotFound, Ambiguous):
        return ""


def _speaks(ledger: Ledger, name: str) -> bool:
    return name in ledger.documents_read() or bool(ledger.said_by(name))

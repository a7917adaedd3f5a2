"""Whether a story still holds: its claims are there, and stand as they did when it was written."""

from __future__ import annotations

from kg.case.story import FILE
from kg.model.errors import NotFound
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
    names: list[tuple[str, object]] = [(k, show[k]) for k in ("focus", "select") if k in show]
    names += [("without", name) for name in show.get("without", ())]
    for key, value in names:
        if isinstance(value, str) and len(value.split()) == 1 and not _there(ledger, value):
            yield wrong(key, f"“{value}” is no entity", "an id of the case")
    for sentence in step.says:
        for named in sentence.claims:
            text = " ".join(named)
            claim = claim_of(ledger, named)
            if claim is None:
                about = {" ".join(_named(c)) for c in ledger.claims_about(named[0])}
                found = f"no claim “{text}”, on which “{sentence.text}” rests"
                yield wrong("claims", found, "a claim of the case", did_you_mean(text, about))
            elif sentence.status and claim.standing.status.lower() != sentence.status:
                found = f"“{text}” is {claim.standing.status.lower()} now"
                yield wrong(
                    "status", found, sentence.status, f"read “{sentence.text}” again", warning=True
                )


def _named(claim: Claim) -> tuple[str, str, str]:
    return claim.subject, claim.relation, claim.object or "-"


def _there(ledger: Ledger, name: str) -> bool:
    try:
        return ledger.entity(name).id == name
    except NotFound:
        return False

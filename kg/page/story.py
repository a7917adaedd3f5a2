"""A story as a page leads through it: each step with the address of what it shows."""

from __future__ import annotations

from urllib.parse import urlencode

from kg.analysis.retelling import claim_of
from kg.page.view import ViewStep

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.case.story import Step, Story
    from kg.store.ledger import Ledger

_NAMES = ("tab", "layout", "focus", "depth", "as-of", "known-by", "said")


def steps(ledger: Ledger, story: Story) -> tuple[ViewStep, ...]:
    """The steps of a story whose claims are all there (`kg.analysis.retelling`)."""
    return tuple(
        ViewStep(
            step.title,
            _address(ledger, step),
            tuple(
                (
                    sentence.text,
                    tuple(c.id for c in (claim_of(ledger, n) for n in sentence.claims) if c),
                    sentence.status,
                )
                for sentence in step.says
            ),
        )
        for step in story.steps
    )


def _address(ledger: Ledger, step: Step) -> str:
    show = dict(step.show)
    said = {name: str(show[name]) for name in _NAMES if name in show}
    words = str(show.get("select", "")).split()
    if len(words) == 1:
        said["sel"] = f"n:{words[0]}"
    elif len(words) == 3 and (claim := claim_of(ledger, (words[0], words[1], words[2]))):
        said["sel"] = f"c:claim/{claim.id}"
    read = ledger.documents_read()
    without = [str(name) for name in show.get("without", ())]
    for dim, names in (
        ("doc", [n for n in without if n in read]),
        ("voice", [n for n in without if n not in read]),
    ):
        if names:
            said[dim] = "\t".join(names)
    return urlencode(said)

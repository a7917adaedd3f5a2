"""How what two sets of rows say of one claim differs: stance, number, dates, what they say besides."""

from __future__ import annotations

from functools import partial
from itertools import product

from kg.analysis import quality_figures
from kg.analysis.explanation import same
from kg.model import dates
from kg.model.claims import Attestation, Claim
from kg.model.qualities import NUMBERS
from kg.model.standing import OPPOSITION, STANCES, SUPPORT
from kg.text.figures import stated, values
from kg.text.qualities import qualities, told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.model.ontology import Ontology

    Said = Sequence[Attestation]


class Sayings:
    """Sets rows of one claim beside each other; `name` gives the name of an entity."""

    def __init__(self, terms: Ontology, name: Callable[[str], str]) -> None:
        self._terms, self._name = terms, name

    def differ(self, claim: Claim, left: Said, right: Said) -> str:
        """In what no row of one side says what a row of the other does; empty where one does.

        Of all pairs of rows the one that has least between its two is meant.
        """
        tests = self._tests(claim)
        apart = (
            [words for words, test in tests if test(a, b)]
            for a, b in product(_distinct(left), _distinct(right))
        )
        least: list[Callable[[Said, Said], str]] | None = None
        for found in apart:
            if least is None or len(found) < len(least):
                least = found
            if not least:
                break
        return " ".join(words(left, right) for words in least or ())

    def besides(self, claim: Claim, left: Said, right: Said) -> str:
        """What only one of two sides that agree says besides, or says less firmly than the other."""
        tests = self._tests(claim)
        ours, theirs = _distinct(left), _distinct(right)
        alone = [
            self._row(a)
            for said, others in ((ours, theirs), (theirs, ours))
            for a in said
            if all(any(test(a, b) for _, test in tests) for b in others)
        ]
        stances = [{a.stance for a in said if a.stance in SUPPORT} for said in (ours, theirs)]
        firm = "The one alleges it, the other asserts it." if _parted(*stances) else ""
        more = f"Only one of them has besides: {' / '.join(dict.fromkeys(alone))}." if alone else ""
        return " ".join(filter(None, (firm, more)))

    def _row(self, a: Attestation) -> str:
        """A row in the words of its cells: ``questions 60 persons``."""
        besides = told(qualities(a, self._terms, self._name))
        said = stated(a) or a.stance + ("" if a.living else ", taken back")
        return ", ".join(filter(None, (said, dates.printed(a.period), besides)))

    def _tests(
        self, claim: Claim
    ) -> tuple[tuple[Callable[[Said, Said], str], Callable[[Attestation, Attestation], bool]], ...]:
        """What rows can differ in: how that is worded, and whether two rows do."""
        return (
            (_stances, lambda a, b: _position(a) != _position(b)),
            (_numbers, _other_number),
            (_periods, _other_dates),
            (self._qualities, partial(self._other_qualities, claim)),
        )

    def _other_qualities(self, claim: Claim, a: Attestation, b: Attestation) -> bool:
        ours, theirs = (_grouped(said.qualities) for said in (a, b))
        return any(
            not ours[name] & theirs[name] and self._apart(claim._replace(attestations=(a, b)), name)
            for name in ours.keys() & theirs.keys()
        )

    def _apart(self, claim: Claim, name: str) -> bool:
        """Whether the values of a quality of two rows, which are not the same text, are other ones."""
        if self._terms.qualities[name].datatype not in NUMBERS:
            return True
        return _other_number(*quality_figures.figure(self._terms, claim, name).attestations)

    def _qualities(self, left: Said, right: Said) -> str:
        sides = (
            told(q for a in said for q in qualities(a, self._terms, self._name))
            for said in (left, right)
        )
        return f"They say other things of it: {'; '.join(sides)}."


def _distinct(said: Said) -> list[Attestation]:
    """Rows that differ in something that is compared, each once."""
    return list(
        {(a.stance, a.value, a.unit, a.qualifier, a.period, a.qualities): a for a in said}.values()
    )


def _position(a: Attestation) -> str:
    """What a stance amounts to beside another one: support of any firmness is one, so is opposition."""
    return "for" if a.stance in SUPPORT else "against" if a.stance in OPPOSITION else a.stance


def _parted(ours: set[str], theirs: set[str]) -> bool:
    return bool(ours and theirs) and not ours & theirs


def _other_number(a: Attestation, b: Attestation) -> bool:
    return bool(a.value and b.value) and not same(a, b)


def _other_dates(a: Attestation, b: Attestation) -> bool:
    """Whether their beginnings exclude each other, or their ends: who says it goes on, knows no end."""
    (start, _, end), (begin, _, stop) = (said.period.partition(" – ") for said in (a, b))
    ends = {end, stop}
    return _exclude(start, begin) or _exclude(end, stop) or (".." in ends and _dated(ends))


def _dated(texts: Iterable[str]) -> bool:
    return any(dates.parse(text).latest for text in texts)


def _exclude(one: str, other: str) -> bool:
    x, y = dates.parse(one), dates.parse(other)
    return dates.after(x, y) or dates.after(y, x)


def _grouped(held: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, value in held:
        found.setdefault(name, set()).add(value)
    return found


def _stances(left: Said, right: Said) -> str:
    sides = [sorted({a.stance for a in said}, key=STANCES.index) for said in (left, right)]
    back = all(a.living for a in (*left, *right))
    tail = "" if back else " One has since been taken back."
    return f"Their stances differ: {'; '.join(' / '.join(s) for s in sides)}.{tail}"


def _numbers(left: Said, right: Said) -> str:
    return (
        f"They speak of other numbers: {'; '.join(' / '.join(values(s)) for s in (left, right))}."
    )


def _periods(left: Said, right: Said) -> str:
    sides = (
        " / ".join(dict.fromkeys(dates.printed(a.period) for a in said if a.period))
        for said in (left, right)
    )
    return f"They give other dates: {'; '.join(sides)}."

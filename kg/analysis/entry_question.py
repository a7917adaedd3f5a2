"""What an entry asks: the claim that it is about, and the question that its sides answer."""

from __future__ import annotations

from kg.analysis.finding import EVENT
from kg.model.claims import is_entity
from kg.model.rules import EXCLUSIVE, RULES_OUT, SUPERLATIVE
from kg.model.standing import OPPOSITION
from kg.text.figures import number
from kg.text.phrases import as_sentence
from kg.text.qualities import size

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.analysis.finding import Finding, Side, Voiced
    from kg.model.claims import Attestation, Claim
    from kg.model.ontology import Ontology
    from kg.text.sentences import Wording

# English verbs that a question puts before their subject: those that are the same for one and for
# several, since whether a name is a plural cannot be known.
_INVERTED = ("may", "can", "could", "must", "should", "will", "would")
_LEFT_OUT = ("is", "are")
# What is asked for its days, where its rows have some.
_DATED = ("genuine", "misprint", "later-revision", "different-period")


class Questions:
    """Asks for the entries of one graph."""

    def __init__(self, words: Wording, terms: Ontology) -> None:
        self._words, self._terms = words, terms

    def asked(self, lead: Finding, sides: Sequence[Side]) -> Claim | None:
        """The claim that an entry asks for, if it asks for one."""
        said = [v for s in sides for v in s.said]
        whole = lead.kind == "remark" and bool(lead.focus) and is_entity(lead.focus)
        if (
            whole
            or lead.key[0] == EVENT
            or lead.kind in (EXCLUSIVE, RULES_OUT, SUPERLATIVE, "print", "authors")
        ):
            return None
        if lead.kind == "remark":
            return next((c for c, _ in said if c.id == lead.key[1]), said[0][0])
        if said[0][0].figure or lead.key[0] == "quality":
            return said[0][0]
        if lead.kind in _DATED and lead.key[0] != "denial" and said[0][1].period:
            return said[0][0]
        opposed = [v for v in said if v[1].stance in OPPOSITION]
        return _plainest(self._words, opposed or said)[0]

    def question(self, lead: Finding, sides: Sequence[Side]) -> str:
        """What the sides answer."""
        claim = self.asked(lead, sides)
        said = [v for s in sides for v in s.said]
        if lead.kind == EXCLUSIVE:
            return self._which(lead, sides)
        if lead.kind == "print":
            return f"Can {self._words.title(lead.focus)} speak of what came after its date?"
        if lead.kind == "authors":
            return f"By whom is {self._words.title(lead.focus)}: some of its authors, or all?"
        if lead.key[0] == EVENT:
            if lead.kind in ("denial", "later-revision") or not said[0][1].period:
                return f"Is it so that {called(self._words, lead.focus)}?"
            return f"{as_sentence(called(self._words, lead.focus))}: {self._days(said)}?"
        if claim is None and lead.kind == "remark":
            return f"{as_sentence(called(self._words, lead.focus))}: right or wrong?"
        if claim is None:
            if lead.question:
                about = as_sentence(called(self._words, lead.focus)) if lead.focus else ""
                return f"{about}: {lead.question}" if about else lead.question
            clauses = [self._words.bare(_plainest(self._words, s.said)[0]) for s in sides if s.said]
            return as_sentence(f"{', or '.join(clauses)}?")
        if lead.key[0] == "quality":
            told = (q for s in sides for _, x in s.said for q in self._words.qualities(x))
            held = sorted({q for q in told if q.name == lead.key[-1]}, key=size)
            shown = " or ".join(dict.fromkeys(q.text for q in held))
            label = self._terms.qualities[lead.key[-1]].label
            return f"{as_sentence(self._words.bare(claim))}: {label} {shown}?"
        if lead.kind == "remark":
            return (
                f"Does {called(self._words, lead.focus)} hold?"
                if lead.focus
                else self._asked(claim)
            )
        if claim.figure:
            return self._how_many(lead, sides, claim)
        if lead.kind in _DATED and lead.key[0] != "denial" and said[0][1].period:
            return f"{as_sentence(self._words.bare(claim))}: {self._days(said)}?"
        return self._asked(claim)

    def _days(self, said: Iterable[Voiced]) -> str:
        days = [*dict.fromkeys(self._words.period(a, c) for c, a in said if a.period)]
        return " or ".join(filter(None, (", ".join(days[:-1]), days[-1])))

    def _how_many(self, lead: Finding, sides: Sequence[Side], claim: Claim) -> str:
        said = [v for s in sides for v in s.said]
        shown = _numbers(x for _, x in said if x.value)
        if len({x.value for _, x in said}) == 1 and lead.kind == "misprint":
            shown = " or ".join(dict.fromkeys(self._words.period(x, c) for c, x in said))
        if lead.kind == "count":
            listed = sides[1].label.rpartition(": ")[2]
            return f"{as_sentence(self._words.bare(claim))}: {shown} stated, {listed} listed?"
        return f"{as_sentence(self._words.bare(claim))}: {shown}?"

    def _asked(self, claim: Claim) -> str:
        """A claim as a question: ``Is it so that Ann owns the shop?``, ``The shops: shut?``."""
        term = self._terms.relations.get(claim.relation)
        tags = [tag for tag, text in term.labels if text == term.label] if term else []
        english = any(tag.partition("-")[0] in ("", "en") for tag in tags)
        verb, _, rest = self._words.relation(claim.relation).partition(" ")
        if english and rest and not self._terms.is_role(claim.relation):
            one, other = self._words.shown(claim.subject), self._words.shown(claim.object)
            if verb in _INVERTED:
                return f"{verb.capitalize()} {one} {rest} {other}?"
            if verb in _LEFT_OUT:
                return f"{as_sentence(one)}: {rest} {other}?"
        return f"Is it so that {self._words.bare(claim)}?"

    def _which(self, lead: Finding, sides: Sequence[Side]) -> str:
        """``Who or what set up the shop: A or B?``, as the rule holds one end to be the one."""
        if len(lead.unsure) > 1:
            which = [called(self._words, twin) for _, twin, _ in lead.unsure]
            about = called(self._words, lead.focus)
            return f"Which of them is {about}: {', '.join(which[:-1])} or {which[-1]}?"
        by_subject = lead.key[2] == "subject"
        names = []
        for s in sides:
            held = dict.fromkeys(self._holder(c, lead.focus, by_subject) for c, _ in s.said)
            shown = [called(self._words, end) for end in held]
            both = f"{', '.join(shown[:-1])} and {shown[-1]} together" if shown[1:] else ""
            names.append(both or shown[0])
        # Read aloud, “A and B or C” would leave open who is held together.
        comma = "," if any(name.endswith(" together") for name in names) else ""
        said = ", ".join(names[:-1]) + f"{comma} or {names[-1]}"
        verbs = dict.fromkeys(self._words.relation(c.relation) for s in sides for c, _ in s.said)
        verb, about = " or ".join(verbs), called(self._words, lead.focus)
        if by_subject:
            return f"Who or what {verb} {about}: {said}?"
        return f"{as_sentence(about)} {verb}: {said}?"

    def _holder(self, claim: Claim, focus: str, by_subject: bool) -> str:
        if self._words.symmetric(claim.relation):
            return claim.subject if claim.object == focus else claim.object
        return claim.subject if by_subject else claim.object


def called(words: Wording, entity: str) -> str:
    """What an entry calls what it is about: a document by its title."""
    return words.title(entity) if is_entity(entity) else words.name(entity)


def _numbers(said: Iterable[Attestation]) -> str:
    """``30 or 53 countries``: the numbers, the smallest first, with their unit once if all have it."""
    given = sorted({(float(a.value.partition("..")[0]), number(a), a.unit) for a in said})
    units = {unit for *_, unit in given}
    shown = [*dict.fromkeys(text for _, text, _ in given)]
    if len(shown) > 1 and len(units) == 1 and (unit := units.pop()):
        shown[:-1] = [text.removesuffix(f" {unit}") for text in shown[:-1]]
    return " or ".join(shown)


def _plainest(words: Wording, said: Iterable[Voiced]) -> Voiced:
    """The row whose claim is the shortest in words."""
    return min(said, key=lambda v: (len(words.bare(v[0])), v[0].id, v[1].id))

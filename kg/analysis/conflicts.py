"""Where the documents disagree: one entry a quarrel, with its kind, its reason and its rows.

Disagreements are found from stances, numbers and dates (`disagreement`), along parts and
wholes and by the rules of the ontology (`exclusion`), from totals beside the ledger's own
rows (`totals`), and from what is said about statements and documents (`remarks`).
Nothing found here changes the status of a claim.
"""

from __future__ import annotations

from kg.analysis.comparable import happened
from kg.analysis.disagreement import Finder
from kg.analysis.disputable import disputable
from kg.analysis.entry_words import Answer, EntryWords
from kg.analysis.exclusion import Excluder, parted
from kg.analysis.explanation import BEYOND
from kg.analysis.finding import CONFLICT, EVENT, EXPLAINED, HARDNESS, TENSION, Finding, Side, side
from kg.analysis.judged import Judged
from kg.analysis.matching import Matcher
from kg.analysis.pair import OPEN
from kg.analysis.quarrels import grouped
from kg.analysis.remarks import Remarks
from kg.analysis.rivals import Rivals
from kg.analysis.superlatives import Superlatives
from kg.analysis.totals import Counter, counted
from kg.model.claims import reach
from kg.model.errors import UsageError
from kg.model.record import Record
from kg.model.standing import OPPOSITION, living
from kg.store.graph import Graph
from kg.store.lens import Lens, Seen
from kg.store.seen_graph import through
from kg.text.spelling import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.analysis.comparable import See
    from kg.analysis.finding import Voiced
    from kg.analysis.pair import Pair
    from kg.model.claims import Claim

KINDS = (
    *("denial", "exclusive", "rulesOut", "superlative", "genuine", "misprint", "print", "part"),
    *("authors", "remark", "count"),
    *("later-revision", "different-period", "different-definition", "qualifier"),
)


class Entry(Record):
    """One quarrel.

    `id` is short and the same after every build; `hard` is ``conflict``, ``tension`` or
    ``explained``; `kind` is one of `KINDS`, `rules` the names of the rules that found it.
    `settles` names what would settle it, or is empty. `across` names records that it is
    between only in case they are one; `judged` is what an editor decided, if anything.
    """

    id: str
    question: str
    hard: str
    kind: str
    rules: tuple[str, ...]
    reason: str
    sides: tuple[Answer, ...]
    settles: str
    standing: tuple[str, ...]
    across: str = ""
    judged: str = ""


def conflicts(
    graph: Graph,
    lens: Lens,
    *,
    entity: str = "",
    all: bool = False,
    rule: str = "",
    settled: bool = False,
    judged: Judged | None = None,
) -> list[Entry]:
    """Every disagreement that the lens shows: conflicts first, then tensions.

    `entity` is an id: only entries about it, or with it as a voice or document. `all` adds
    what the fields explain, `settled` what an editor settled or silenced. `rule` is the
    name of a rule: only what it finds. `judged`, if given, is told which judgements were met. Raises NotFound for an entity that there is not,
    UsageError for such a rule. Cost: linear in the claims; those of relations that rules
    speak of are held at once.
    """
    if entity:
        graph.ledger.entity(entity)
    names = [r.name for r in graph.terms.rules]
    if rule and rule not in names:
        hint = did_you_mean(rule, names)
        raise UsageError(f"no rule is called {rule}" + (f"; {hint}" if hint else ""))
    words = EntryWords(through(graph, lens))
    judged = judged or Judged(graph)
    found = []
    seen = Seen(graph, lens)
    if not (lens.clock.still or lens.undated):
        # How much is left out because nothing dates it is told of all that there is.
        seen.note_undated()
    found_all = findings(graph, seen.claims, all=all)
    for group in grouped(found_all, lambda name: happened(graph, name)):
        if not (all or (group := _unexplained(group))):
            continue
        if entity and not _concerns(group, entity):
            continue
        if rule and rule not in {f.rule for f in group}:
            continue
        entry = _entry(words, group)
        note, whole = judged.of(entry.id, words.marks(group))
        if settled or not whole:
            found.append(entry._replace(judged=note))
    return sorted(found, key=_order)


def _order(e: Entry) -> tuple[object, ...]:
    return (HARDNESS.index(e.hard), bool(e.across), KINDS.index(e.kind), e.question, e.id)


def findings(graph: Graph, see: See, *, all: bool = False) -> Iterator[Finding]:
    """Everything that disagrees as `see` shows the claims, in whatever order it is met."""
    ledger = graph.ledger
    finder, remarks = Finder(graph, see, False), Remarks(graph, see)
    matcher, totals = Matcher(graph), counted(graph)
    near = finder.near
    opposed: list[Claim] = []
    figures: list[Claim] = []
    noted: list[Finding] = []

    def passing() -> Iterator[Claim]:
        for claim in see(disputable(graph, finder.near.parts)):
            noted.extend(remarks.of(claim))
            matcher.take(claim)
            if claim.figure and claim.relation in totals:
                figures.append(claim)
            parts = claim.standing.opposing and near.parts.names(claim.subject, claim.object)
            if parts and not claim.figure:
                opposed.append(claim)
            yield claim

    for pair in finder.found(passing()):
        # Numbers that a period or a later day explains may stand beside those that nothing explains.
        if pair.type != "different-scope" and (all or pair.type in OPEN or pair.left[0][0].figure):
            yield _paired(pair)
    yield from noted
    yield from (f for f in remarks.after() if all or f.hard != EXPLAINED)
    counter = Counter(graph, see, near.parts)
    for by_rule in (
        Rivals(matcher, near),
        Excluder(matcher, near),
        Superlatives(matcher, counter, near.parts),
    ):
        yield from (f for f in by_rule.findings() if all or f.hard != EXPLAINED)
    opposed = [c for c in opposed if any(a.stance in OPPOSITION for a in living(c.attestations))]
    relations = sorted({c.relation for c in opposed})
    if relations:
        yield from parted(opposed, see(ledger.claims(relations)), near)
    yield from counter.findings(figures)


def _paired(pair: Pair) -> Finding:
    """A pair of sides as a finding; what one voice opposes at once is one quarrel."""
    hard = CONFLICT if pair.type in OPEN else EXPLAINED
    if pair.twice:
        hard = TENSION
    claim = pair.right[0][0]
    key = ("denial", claim.id) if pair.type == "denial" else pair.key
    if pair.quality:
        # A share changes, and nobody says when: it need be no conflict.
        hard = TENSION if hard == CONFLICT else hard
        key = ("quality", *sorted({claim.id, pair.left[0][0].id}), pair.quality)
    elif claim.figure and pair.type not in ("denial", "misprint"):
        key = ("number", *sorted({claim.id, pair.left[0][0].id}))
    if pair.unsure:
        key = key if pair.type == "denial" else (*pair.key, "unsure")
        hard = TENSION if hard == CONFLICT else hard
    sides = (Side(pair.left), Side(pair.right))
    return Finding(
        pair.type, key, hard, pair.why, sides, focus=pair.left[0][0].subject, unsure=pair.unsure
    )


def _unexplained(group: list[Finding]) -> list[Finding]:
    """What nothing explains in a group, with the numbers that further voices give beside it."""
    left = [f for f in group if f.hard != EXPLAINED]
    heard = {a.voice for f in left for one in f.sides for _, a in one.said}
    return left and [
        f
        for f in group
        if f.hard != EXPLAINED
        or not f.sides
        or (f.key[0] == "number" and any(a.voice not in heard for s in f.sides for _, a in s.said))
    ]


def _by_value(group: Iterable[Finding], quality: str) -> list[Side]:
    """The rows of more than two numbers, of a figure or a quality, a side for each, the smallest first."""
    values: dict[tuple[str, str], list[Voiced]] = {}
    for finding in group:
        for answer in finding.sides:
            for claim, a in answer.said:
                value = dict(a.qualities).get(quality, "") if quality else a.value
                beyond = a.qualifier if a.qualifier in BEYOND and not quality else ""
                values.setdefault((value, beyond), []).append((claim, a))
    if len(values) < 3:
        return []
    sizes = {v: float(next(filter(None, reach(v[0])), 0)) for v in values}
    return [side(values[v]) for v in sorted(values, key=lambda v: (sizes[v], v))]


def _by_day(group: Iterable[Finding]) -> list[Side]:
    """The rows of several days of one event, a side for each, the first first."""
    days: dict[str, list[Voiced]] = {}
    for finding in group:
        for answer in finding.sides:
            for claim, a in answer.said:
                days.setdefault(a.period, []).append((claim, a))
    return [side(days[day]) for day in sorted(days)]


def _concerns(group: Iterable[Finding], entity: str) -> bool:
    for finding in group:
        if entity == finding.focus or any(entity in pair[:2] for pair in finding.unsure):
            return True
        for answer in finding.sides:
            for claim, a in answer.said:
                if entity in (claim.subject, claim.object, a.voice, a.document):
                    return True
    return False


def _entry(words: EntryWords, group: list[Finding]) -> Entry:
    """The entry of findings that are one quarrel."""
    group.sort(
        key=lambda f: (HARDNESS.index(f.hard), bool(f.unsure), KINDS.index(f.kind), f.key, f.why)
    )
    lead = group[0]
    many = max(len(f.sides) for f in group)
    quality = lead.key[-1] if lead.key[0] == "quality" else ""
    sides = _by_value(group, quality) if quality or lead.key[0] == "number" else []
    if lead.key[0] == EVENT and lead.kind == "genuine":
        sides = _by_day(group)
    for i in range(0 if sides else many):
        said = [v for f in group if i < len(f.sides) for v in f.sides[i].said]
        label = next((f.sides[i].label for f in group if i < len(f.sides)), "")
        sides.append(side(said, label))
    asked = words.questions.asked(lead, sides)
    names = [str(i) for i in range(1, len(sides) + 1)]
    if len(sides) == 2 and all(f.kind == "denial" for f in group):
        names = ["for", "against"]
    made = tuple(words.side(*one, lead, asked) for one in zip(sides, names, strict=True))
    unsure = sorted({(min(p[:2]), max(p[:2])) for p in lead.unsure})
    return Entry(
        id=words.mark(group),
        question=words.questions.question(lead, sides),
        hard=lead.hard,
        kind=lead.kind,
        rules=tuple(sorted({f.rule for f in group if f.rule})),
        reason=words.reason(group),
        sides=made,
        settles=words.settles(lead, sides),
        standing=words.standings(sides),
        across="; ".join(" | ".join(pair) for pair in unsure),
    )

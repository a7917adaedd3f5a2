"""kg duplicates: records that may be one."""

from __future__ import annotations

from kg.model.errors import BadCase, KgError, UsageError, parameter
from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import LENS, LISTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analysis.duplicates import Pair, Proposals
    from kg.case.ids import Judgement
    from kg.case.judging import Decided
    from kg.case.tablewriter import Change
    from kg.verbs.parameters import LensRequest
    from kg.verbs.place import Place

VERB = Verb(
    "duplicates",
    "tables",
    "Propose records that may be one, with reasons for and against.",
    more="""\
Nothing is joined by it: the number ranks a pair and is no probability. --decide shows the pairs one after
the other and writes what you answer into judgements.csv, at once: y they are the same, n they are
different, u unsure; s skips a pair, b takes the last answer back, q quits. A row taken out of that
table is a decision taken back. Names that differ by a slip are found with rapidfuzz
(pip install 'actors-kg[import]').""",
    params=(
        Param("entity", "Only what may be one with this record.", of="entity"),
        Param("kind", "Only this class, narrower ones too.", of="class"),
        Param(
            "least",
            "Only pairs that rank so high, of 99.",
            kind=int,
            default=30,
            low=0,
            high=99,
            metavar="N",
        ),
        Param("limit", "So many at most; 0 for all.", kind=int, default=50, low=0, metavar="N"),
        Param("decide", "Ask about each pair, on a terminal.", kind=bool, shell=True),
        Param("by", "Who decides; else the only editor of case.toml.", metavar="NAME", shell=True),
        *LENS,
        *LISTED,
    ),
    examples=(
        "duplicates",
        "duplicates --kind person --least 50 -o pairs.csv",
        "duplicates --entity 'Jeremy Daum' --least 10",
        "duplicates --decide --by 'A. Editor'",
    ),
    formats=LISTS,
    after="verify",
)
CAVEAT = (
    "the number ranks a pair, it is no probability; nothing is one unless judgements.csv says so"
)
KEYS = "y same, n different, u unsure, s skip, b back, q quit"
KINDS = {"y": "same", "n": "different", "u": "unsure"}


def answer(
    place: Place,
    lens: LensRequest,
    *,
    entity: str,
    kind: str,
    least: int,
    limit: int,
    decide: bool,
    by: str,
) -> Answer:
    """Pairs, the likeliest first; none is no failure."""
    from kg.analysis import duplicates
    from kg.text.likeness import measured

    graph = place.graph
    decided = _decided(place)
    found = duplicates.duplicates(
        graph,
        lens.through(graph),
        kind=kind,
        entity=graph.find(entity) if entity else "",
        least=least,
        judged=decided,
    )
    if decide:
        return _session(place, found, decided, by)
    rows = found.pairs[: limit or None]
    none = "no two records look like one"
    told = listed(rows, duplicates.Pair, none, prose=duplicates.text, columns=COLUMNS, code=0)
    if len(found.pairs) > len(rows):
        more = f"{len(found.pairs) - len(rows):,} more pairs; raise {parameter('limit')}"
        told.notes.append(f"{more}, or {parameter('least')}")
    told.notes += [
        *_notes(found),
        *([] if measured() else [_UNMEASURED]),
        *([CAVEAT] if rows else []),
    ]
    return told


COLUMNS = ("score", "left_name", "right_name", "kind", "reasons", "against", "left", "right")
_UNMEASURED = (
    "slips of spelling were not looked for: rapidfuzz is not installed; "
    "pip install 'actors-kg[import]'"
)


def _notes(found: Proposals) -> list[str]:
    from kg.text.terminal import count

    notes = []
    if found.judged:
        pairs = "1 pair that is" if found.judged == 1 else f"{found.judged:,} pairs that are"
        notes.append(f"{pairs} judged already left out")
    if found.common:
        notes.append(
            f"{count(found.common, 'name')} that many records have: each of these is compared with the "
            "first of them only"
        )
    return notes


def _decided(place: Place) -> Decided:
    """What the case's table says now, and the graph did not know when it was built."""
    from kg.case import judging

    def meant(text: str) -> str:
        try:
            return place.graph.ledger.find(text)
        except KgError:
            # A record that is new since the graph was built, or a slip that kg check tells.
            return text

    try:
        held = judging.standing(place.case)
    except BadCase:
        # A graph without its tables.
        held = []
    return judging.Decided(held, meant)


def _session(place: Place, found: Proposals, decided: Decided, by: str) -> Answer:
    """Ask about each pair; what is answered is written before the next one is shown."""
    from kg.analysis.duplicates import Pair
    from kg.case import judging, tablewriter
    from kg.text.terminal import count

    if place.where == "example":
        raise UsageError("the example's tables are not to be written; kg init begins a case")
    editors = place.case.editors
    who = by or (editors[0] if len(editors) == 1 else "")
    done: list[tuple[int, Change]] = []
    pairs, at = found.pairs, 0
    while at < len(pairs):
        pair = pairs[at]
        if frozenset((pair.left, pair.right)) in decided:
            # Told by what was answered before: of three that are one, the third pair is no question.
            at += 1
            continue
        word = place.ask(_question(pair, at + 1, len(pairs))).lower()[:1]
        if word == "q":
            break
        if word == "b":
            if done:
                at, change = done.pop()
                tablewriter.write([tablewriter.undone(change)])
                place.say("taken back")
                decided.take_back()
            else:
                place.say("there is nothing to take back")
        elif word == "s":
            at += 1
        elif word in KINDS and word:
            if word == "y" and any("class must be mended" in a for a in pair.against):
                place.say("two classes: mend one of them in its table first; skipped")
                at += 1
                continue
            why = place.ask(f"why? (Enter: {_reason(pair, KINDS[word])}) ")
            if why == "q":
                break
            made = _judgement(pair, KINDS[word], why, who)
            change = judging.added(place.case, made)
            tablewriter.write([change])
            done.append((at, change))
            decided.add(made)
            at += 1
        else:
            place.say(KEYS)
    notes = (
        [f"{count(len(done), 'judgement')} written to judgements.csv"]
        if done
        else ["nothing was decided"]
    )
    if done:
        notes.append("kg build takes them into the graph")
    return Answer(found.pairs, notes=notes, names=Pair._fields)


def _question(pair: Pair, number: int, of: int) -> str:
    from kg.analysis.duplicates import text
    from kg.text.terminal import width

    return f"\n{number:,} of {of:,}\n{text([pair], width())}{KEYS}? "


def _reason(pair: Pair, kind: str) -> str:
    """What is entered where nobody says more: the reasons for, or those against."""
    told: Sequence[str] = pair.against if kind == "different" else pair.reasons
    return "; ".join(told) or "looked at"


def _judgement(pair: Pair, kind: str, why: str, who: str) -> Judgement:
    from datetime import date

    from kg.case.ids import Judgement

    reason = why or _reason(pair, kind)
    return Judgement(kind, pair.left, pair.right, reason, who, date.today().isoformat())

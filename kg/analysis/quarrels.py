"""Which findings are one quarrel: by what they are about, by one answer, by the rows they share."""

from __future__ import annotations

from itertools import product

from kg.analysis.finding import EVENT, EXPLAINED, HARDNESS, Finding
from kg.model.standing import SIDE_OF

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Groups = dict[tuple[str, ...], list[Finding]]


def grouped(found: Iterable[Finding], event: Callable[[str], bool]) -> list[list[Finding]]:
    """Findings by quarrel: those of one key, and denials that one voice gives in one answer.

    `event` tells whether an entity is an event: what one row says of all that is told of it is one.
    """
    by_key: Groups = {}
    for finding in found:
        by_key.setdefault(finding.key, []).append(finding)
    groups = _by_event(by_key, event)
    answers: dict[tuple[str, str], list[tuple[list[tuple[int, int]], list[Finding]]]] = {}
    whole: list[list[Finding]] = []
    for key in sorted(groups):
        group = groups[key]
        against = [a for f in group for _, a in f.sides[-1].said] if key[0] == "denial" else []
        places = {(a.voice, a.document) for a in against}
        spans = [span for a in against for span in _spans(a.passage)]
        if len(places) != 1 or not spans or len(key) != 2:
            whole.append(group)
            continue
        place = places.pop()
        near = [
            held
            for held in answers.setdefault(place, [])
            if any(a <= d and c <= b for a, b in held[0] for c, d in spans)
        ]
        # An answer that touches two that were apart makes them one.
        joined = [f for _, findings in near for f in findings] + group
        answers[place] = [h for h in answers[place] if h not in near]
        answers[place].append(([s for h in near for s in h[0]] + spans, joined))
    return _once(whole + [held for helds in answers.values() for _, held in helds])


def _by_event(groups: Groups, event: Callable[[str], bool]) -> Groups:
    """The same, with what the same rows find over several roles and amounts of one event as one."""
    parts: dict[str, list[tuple[str, ...]]] = {}
    for key in sorted(groups):
        focus = groups[key][0].focus
        if all(_of_event(f, focus) for f in groups[key]) and event(focus):
            parts.setdefault(focus, []).append(key)
    made = dict(groups)
    for focus, keys in parts.items():
        joined: list[tuple[set[tuple[str, ...]], list[tuple[str, ...]]]] = []
        for key in keys:
            rows = set[tuple[str, ...]]().union(*map(_speaking, groups[key]))
            near = [held for held in joined if held[0] & rows]
            joined = [held for held in joined if held not in near]
            joined.append(
                (rows.union(*(h[0] for h in near)), [k for h in near for k in h[1]] + [key])
            )
        several = [sorted(members) for _, members in joined if len(members) > 1]
        for members in several:
            key = (EVENT, focus) if len(several) == 1 else (EVENT, focus, *members[0])
            made[key] = [f._replace(key=key, alone=k) for k in members for f in made.pop(k)]
    return made


def _of_event(finding: Finding, focus: str) -> bool:
    """Whether a finding may be about an event as a whole: what is said of it, and no number beside another."""
    said = [v for one in finding.sides for v in one.said]
    whole = not finding.unsure and not finding.rule and finding.key[0] != "quality"
    return (
        whole
        and finding.kind in ("denial", "genuine", "later-revision", "different-period")
        and all(c.subject == focus for c, _ in said)
        and (finding.kind == "denial" or _takes_back(finding) or not any(c.figure for c, _ in said))
    )


def _takes_back(finding: Finding) -> bool:
    return all(SIDE_OF[a.stance] in ("against", "withdrawn") for _, a in finding.sides[-1].said)


def _speaking(finding: Finding) -> set[tuple[str, ...]]:
    """The rows that raise it: of a denial those against, of what is explained both; days are all one."""
    if finding.kind == "genuine":
        return {(finding.kind,)}
    sides = finding.sides[-1:] if finding.kind == "denial" else finding.sides
    rows = [{(a.voice, a.document, a.locator) for _, a in one.said} for one in sides]
    return {(finding.kind, *(text for row in x for text in row)) for x in product(*rows)}


def _once(groups: list[list[Finding]]) -> list[list[Finding]]:
    """What a rule, or a part, finds in rows that another entry sets against each other is that entry."""
    sides = [_rows(group) for group in groups]
    at: dict[str, set[int]] = {}
    for i, held in enumerate(sides):
        for a in set[str]().union(*held):
            at.setdefault(a, set()).add(i)
    into: dict[int, int] = {}
    for i, group in enumerate(groups):
        lead = min(group, key=lambda f: HARDNESS.index(f.hard))
        if lead.unsure or not all(f.kind in ("rulesOut", "part") for f in group):
            continue
        near = set.intersection(*(at[a] for a in set[str]().union(*sides[i])))
        for j in sorted(near - {i}):
            harder = min(HARDNESS.index(f.hard) for f in groups[j]) <= HARDNESS.index(lead.hard)
            sure = not any(f.unsure for f in groups[j])
            if harder and sure and j not in into and _within(sides[i], sides[j]):
                into[i] = j
                break
    for i, j in into.items():
        # Its rows are there already: what is new of it is the rule that found it.
        key = groups[j][0].key
        groups[j] += [
            f._replace(key=key, sides=(), along=(), hard=EXPLAINED, alone=f.alone or f.key)
            for f in groups[i]
        ]
    return [group for i, group in enumerate(groups) if i not in into]


def _rows(group: Iterable[Finding]) -> list[set[str]]:
    """The attestations of each side."""
    found: list[set[str]] = []
    for finding in group:
        for i, answer in enumerate(finding.sides):
            found += [set()] if i == len(found) else []
            found[i] |= {a.id for _, a in answer.said}
    return found


def _within(small: list[set[str]], large: list[set[str]]) -> bool:
    """Whether two sides stand, each whole, on two sides of another entry."""
    if len(small) != 2 or len(large) != 2:
        return False
    return any(small[0] <= a and small[1] <= b for a, b in (large, large[::-1]))


def _spans(passage: str) -> list[tuple[int, int]]:
    """The stretches of a passage."""
    found = []
    for part in passage.split(" | "):
        start, _, end = part.partition("-")
        if start.isdigit() and end.isdigit():
            found.append((int(start), int(end)))
    return found

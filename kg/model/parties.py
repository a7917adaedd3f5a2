"""Who speaks for whom, and how many sides some voices are: an owner, his lawyer and his agency are one.

A side is named by the one for whom its voices speak in the end, who speaks for nobody. It
never changes how a claim stands: it is counted beside the voices. The page has the same
rule in JavaScript (`kg/page/templates/standing.js`, held equal by a test).
"""

from __future__ import annotations

from kg.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.model.claims import Claim


class Link(Record):
    """One that speaks for another one; from and to which day, as ISO days, empty where nobody says."""

    speaker: str
    speaks_for: str
    first: str = ""
    last: str = ""

    def may_hold(self, first: str, last: str) -> bool:
        """Whether it may have been so on some day between two, where they are known."""
        begun = not self.first or not last or self.first <= last
        return begun and (not self.last or not first or self.last >= first)


def link(claim: Claim) -> Link | None:
    """What a claim of who speaks for whom makes of it: nothing if somebody opposes it, or nobody
    asserts or alleges it."""
    if claim.standing.status != "Uncontested":
        return None
    said = [a for a in claim.attestations if a.living]
    first = [a.holds_from for a in said]
    last = [a.holds_to for a in said]
    return Link(
        claim.subject,
        claim.object,
        min(first) if all(first) else "",
        max(last) if all(last) else "",
    )


class Parties:
    """Finds for whom a voice speaks, over links of any length."""

    def __init__(self, links: Iterable[Link]) -> None:
        self._links: dict[str, list[Link]] = {}
        for one in links:
            if one.speaker != one.speaks_for:
                self._links.setdefault(one.speaker, []).append(one)

    def __bool__(self) -> bool:
        return bool(self._links)

    def of(self, voice: str, first: str = "", last: str = "") -> tuple[str, ...]:
        """Those for whom a voice speaks in the end, by id; none if it speaks for itself.

        `first` and `last` bound the day on which it spoke. Of voices that speak for each other in
        a circle the first by id stands for all. Cost: linear in the links that are followed.

        >>> parties = Parties([Link("firm", "owner"), Link("lawyer", "firm", "2020-01-01")])
        >>> parties.of("lawyer"), parties.of("lawyer", "2019-05-01", "2019-05-01")
        (('owner',), ())
        """
        if voice not in self._links:
            return ()
        ahead: dict[str, list[str]] = {}
        waiting = [voice]
        while waiting:
            if (name := waiting.pop()) not in ahead:
                ahead[name] = self._next(name, first, last)
                waiting += ahead[name]
        found = {name for name, after in ahead.items() if not after}
        behind = _turned(ahead)
        circling = ahead.keys() - _reached(behind, found)
        while circling:
            found |= {min(_circle(ahead, behind, min(circling)))}
            circling -= _reached(behind, found)
        return () if found == {voice} else tuple(sorted(found))

    def _next(self, name: str, first: str, last: str) -> list[str]:
        held = (one for one in self._links.get(name, ()) if one.may_hold(first, last))
        return [one.speaks_for for one in held]


def _turned(ahead: Mapping[str, list[str]]) -> dict[str, list[str]]:
    behind: dict[str, list[str]] = {name: [] for name in ahead}
    for name, after in ahead.items():
        for other in after:
            behind[other].append(name)
    return behind


def _reached(ahead: Mapping[str, list[str]], start: Iterable[str]) -> set[str]:
    """All that some names lead to, themselves included."""
    found = {*start}
    waiting = [*found]
    while waiting:
        for name in ahead[waiting.pop()]:
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def _circle(
    ahead: Mapping[str, list[str]], behind: Mapping[str, list[str]], start: str
) -> set[str]:
    """The names of a circle that nothing leads out of, ahead of a name from which all ways circle."""
    while True:
        reached = _reached(ahead, (start,))
        beyond = reached - _reached(behind, (start,))
        if not beyond:
            return reached
        start = min(beyond)


def parties(spoken: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    """The side of each of some voices that come with those for whom they speak.

    A voice that speaks for several others is on the side of one that another voice is on alone;
    else those that share somebody are one side. Linear in the pairs.
    """
    may: dict[str, set[str]] = {}
    for voice, others in spoken:
        # What a file of data holds is said by nobody.
        if voice:
            may.setdefault(voice, set()).update(others or (voice,))
    alone = {name for names in may.values() if len(names) == 1 for name in names}
    found: dict[str, str] = {}
    shared: dict[str, list[str]] = {}
    for voice, names in may.items():
        if near := names & alone:
            found[voice] = min(near)
        else:
            for name in names:
                shared.setdefault(name, []).append(voice)
    for voice in sorted(may.keys() - found.keys()):
        if voice in found:
            continue
        group, waiting = {voice}, [voice]
        while waiting:
            for name in may[waiting.pop()]:
                for other in shared.pop(name, ()):
                    if other not in group:
                        group.add(other)
                        waiting.append(other)
        side = min(name for other in group for name in may[other])
        found.update(dict.fromkeys(group, side))
    return found


def sides(spoken: Iterable[tuple[str, tuple[str, ...]]]) -> int:
    """How many sides some voices are.

    >>> sides([("owner", ()), ("lawyer", ("owner",)), ("guest", ())])
    2
    """
    return len({*parties(spoken).values()})

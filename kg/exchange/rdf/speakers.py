"""Who stands for what RDF says, where and when: statements about statements, and whose a document is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kg.exchange.rdf import words
from kg.exchange.rdf.facts import Text
from kg.exchange.rdf.names import line
from kg.exchange.rdf.words import PARTS, REIFIES
from kg.model import dates
from kg.model.namespaces import KG, XSD
from kg.model.standing import STANCES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from kg.exchange.rdf.facts import Said
    from kg.exchange.rdf.names import Names

_STANCE = KG + "stance"
_DATES = {XSD + n for n in ("date", "dateTime", "dateTimeStamp", "gYear", "gYearMonth")}
_DAY = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:T.*|Z|[+-]\d\d:\d\d)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who says a tie, where: a thing as voice or none, the document, the place in it, the time.

    `cited` is what the document takes it from, if that is not the voice. `qualities` are (IRI of a
    property, text) of what else literals say of it, `gloss` what else is said. `stance` is ``asserts`` where
    it is stated, ``alleges`` where it is only spoken of, another where kg's own words say so.
    """

    document: str
    locator: str
    voice: str = ""
    stance: str = "asserts"
    start: str = ""
    end: str = ""
    said: str = ""
    gloss: str = ""
    cited: str = ""
    qualities: tuple[tuple[str, str], ...] = ()


class Speakers:
    """Reads who speaks, of facts and their names."""

    def __init__(self, names: Names) -> None:
        self._names, self._facts = names, names.facts

    def plain(self, subject: str, document: str) -> Spoken:
        """Who says what a document simply states: whoever stands for the document, if that is told."""
        voice = self.voice(document)
        said = next(self._days(document, words.SAID), "") if voice else ""
        stance = self._stance(document) or "asserts"
        return Spoken(document, self._names.short(subject), voice, stance, said=said)

    def _stance(self, of: str) -> str:
        """The stance that a graph or a statement is said to take, in kg's own word for it."""
        said = (o for o in self._facts.of(of, _STANCE) if isinstance(o, str))
        return next((word for o in said if (word := o.removeprefix(KG)) in STANCES), "")

    @cached_property
    def _others(self) -> dict[str, list[tuple[str, str, str]]]:
        """Of each statement who does what with it: subject, IRI of the property, document."""
        found: dict[str, list[tuple[str, str, str]]] = {}
        for subject, said in self._facts.about.items():
            for p, o, document in said:
                if isinstance(o, str) and o in self._facts.stated:
                    found.setdefault(o, []).append((subject, p, document))
        return found

    def voice(self, of: str) -> str:
        """Who stands for a document or a statement; a text that names somebody in quotation marks."""
        for o in self._facts.of(of, *words.VOICES):
            if isinstance(o, str) and o not in self._names.inline:
                return o
            if isinstance(o, Text) and line(o.value):
                return f'"{line(o.value)}"'
        return ""

    @cached_property
    def cited(self) -> set[str]:
        """What statements are taken from."""
        return {one for name in self._facts.stated for one in self._documents(name)}

    def sources(self, name: str) -> tuple[str, ...]:
        """The voice and the documents of a statement."""
        return self.voice(name), *self._documents(name)

    def _documents(self, name: str) -> list[str]:
        found = []
        for o in self._facts.of(name, *words.DOCUMENTS):
            if isinstance(o, str):
                found.append(o)
            elif isinstance(o, Text) and line(o.value):
                found.append(f'"{line(o.value)}"')
        return [o for o in dict.fromkeys(found) if o not in self._names.inline]

    def vouched(
        self, name: str, tie: tuple[str, str, str], stated: Collection[str]
    ) -> Iterator[Spoken]:
        """What one statement about a tie says of who says it, where and when; some documents state the tie.

        Documents that each spell the statement out speak each for themselves.
        """
        spelt = (*PARTS, REIFIES)
        places = dict.fromkeys(d for p, _, d in self._facts.about.get(name, ()) if p in spelt)
        beside = [*self._facts.beside(name)]
        if len(places) < 2:
            where = next((d for _, _, d in beside if d), "") or next(iter(places), "")
            yield from self._vouched(name, tie, stated, where, beside)
            return
        for place in places:
            own = [said for said in beside if said[2] == place or said[2] not in places]
            yield from self._vouched(name, tie, stated, place, own)

    def _vouched(
        self,
        name: str,
        tie: tuple[str, str, str],
        stated: Collection[str],
        where: str,
        beside: Sequence[Said],
    ) -> Iterator[Spoken]:
        told: list[str] = []
        qualities: list[tuple[str, str]] = []
        documents, voice = self._documents(name), self.voice(name)
        taken = {*documents, voice}
        start = next(self._days(name, words.STARTS), "")
        end = next(self._days(name, words.ENDS), "")
        said = next(self._days(name, words.SAID), "")
        dated = {**dict.fromkeys(words.STARTS, start), **dict.fromkeys(words.ENDS, end)}
        dated |= dict.fromkeys(words.SAID, said)
        for p, o, _ in beside:
            known = f'"{line(o.value)}"' if isinstance(o, Text) else o
            if (p in words.VOICES or p in words.DOCUMENTS) and known in taken:
                continue
            if dated.get(p):
                continue
            if isinstance(o, Text):
                qualities.append((p, self._names.plain(o)))
            else:
                told.append(f"{self._names.label(p)}: {self._names.plain(o)}")
        stance = self._stance(name) or self._stance(where)
        others = [(s, p) for s, p, d in self._others.get(name, ()) if d == where]
        if not stance:
            vouched = where in stated or (stated and (voice or documents))
            stance = "asserts" if vouched else "alleges"
        told += (f"{self._names.plain(s)} {self._names.label(p)} this" for s, p in others)
        gloss = "; ".join(dict.fromkeys(told))
        # Whose a graph is says nothing of who stands for a statement that somebody in it does something with.
        if not (voice or documents) and (not others or self._stance(where)):
            voice = self.voice(where)
        place = self._names.short(tie[0]) if name.startswith("_:") else self._names.short(name)
        for cited in documents or [""]:
            speaker, via = (voice, cited) if voice and voice != cited else (cited or voice, "")
            more = tuple(dict.fromkeys(qualities))
            yield Spoken(where, place, speaker, stance, start, end, said, gloss, via, more)

    def _days(self, name: str, predicates: Sequence[str]) -> Iterator[str]:
        """The dates that literals give, as a cell has them."""
        for o in self._facts.of(name, *predicates):
            if isinstance(o, Text) and (day := date(o)):
                yield day


def date(text: Text) -> str:
    """A literal as a date, as precise as it is; empty if it is none.

    >>> date(Text("2020-05-01T10:00:00Z", "", XSD + "dateTime")), date(Text("about 2020"))
    ('2020-05-01', '')
    """
    found = _DAY.fullmatch(text.value.strip())
    if not found or (text.datatype not in _DATES and text.datatype != XSD + "string"):
        return ""
    try:
        return dates.parse(found[1]).text
    except ValueError:
        return ""

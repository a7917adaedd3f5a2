"""What stands in a report: sentences that name their claims, the claims with both sides, the sources.

Every claim has one number in the whole report, given where it is first named; every sentence
says which claims it rests on, and a report in which one of those is missing is not made.
"""

from __future__ import annotations

from kg.analysis.entry_text import shortest
from kg.analysis.evidence import Teller
from kg.analysis.opening import DISPUTED
from kg.analysis.retelling import claim_of
from kg.exchange.handed.content import CAVEAT, evidence
from kg.exchange.handed.documents import documents
from kg.exchange.report import step as step_lens
from kg.exchange.report.document import Cited, Numbered, Passage, Point, Report, Section, checked
from kg.model.errors import NotFound
from kg.store.lens import in_words
from kg.store.seen_graph import through
from kg.text.phrases import capital, count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.analysis.conflicts import Entry
    from kg.analysis.evidence import Spoken, Told
    from kg.case.story import Sentence, Step, Story
    from kg.exchange.handed.content import Content
    from kg.exchange.handed.documents import Document
    from kg.model.claims import Claim
    from kg.model.standing import Standing


class Composer:
    """Numbers claims and sources as they are named."""

    def __init__(self, content: Content) -> None:
        self.content, self.graph = content, content.graph
        self._teller = Teller(content.graph)
        self._numbers: dict[str, int] = {}
        self._sources: dict[str, int] = {}
        self._told: set[str] = set()
        self._documents: dict[str, Document] = {d.id: d for d in documents(content)}

    def whole(self) -> Report:
        """The report of a whole case: what is disputed, then every claim by its subject."""
        from kg.analysis.conflicts import conflicts

        entries = conflicts(self.content.whole, self.content.lens)
        told = list(self.content.told())
        return self._report(
            self.content.about.get("title", ""),
            "Every claim, with what is said for and against it",
            [
                Section("In short", (Point(_in_short(told)),)),
                *self._quarrels(entries),
                *self._by_subject(told),
            ],
        )

    def of_entity(self, name: str) -> Report:
        """The report of one entity. Raises NotFound."""
        from kg.analysis.dossier import dossier
        from kg.analysis.opening import paragraph

        found = dossier(self.graph, name)
        told = [*found.claims, *found.figures]
        disputed = [c for c in told if c.standing.status in DISPUTED]
        rest = [c for c in told if c.standing.status not in DISPUTED]
        opening = paragraph(found)
        sections = [
            Section("In short", (Point(opening, self._named(disputed)),) if opening else ()),
            *self._section("What is disputed", disputed),
            *self._section("What else is said", rest),
            *self._section("What it says of others", found.speaks),
            *self._section("What is said of its parts, and by them", found.gathered),
        ]
        return self._report(found.entity.name, found.kind, sections)

    def of_dispute(self, entry: Entry) -> Report:
        """The report of one entry of `conflicts`."""
        claims = dict.fromkeys(c for side in entry.sides for c in side.claims)
        told = [self._teller.tell(self.graph.ledger.claim(c)) for c in claims]
        return self._report(
            entry.question,
            f"{entry.hard}, {entry.kind}",
            [
                Section("What is said", tuple(self._sides(entry))),
                *self._section("The claims in full", told),
            ],
        )

    def of_story(self, story: Story) -> Report:
        """The report of a story whose claims are all there: a section a step, with its claims in full."""
        sections = [self._step(step, number) for number, step in enumerate(story.steps, 1)]
        steps = count(len(story.steps), "step")
        about = f"{steps}, {count(len(self._told), 'claim')}"
        return self._report(story.title, about, sections)

    def _step(self, step: Step, number: int) -> Section:
        """A step: its sentences, and its claims as the step shows them."""
        whole = self.content.whole
        own = step_lens.own(whole, step)
        seen = through(whole, step_lens.within(self.content.lens, own))
        told = in_words(whole, own)
        teller = Teller(seen) if told else self._teller
        points = [Point(f"{capital(told)}.")] if told else []
        shown: dict[str, Told] = {}
        for sentence in step.says:
            found = [claim_of(self.graph.ledger, ends) for ends in sentence.claims]
            claims = {c.id: c for c in found if c}
            numbers, gone = [], []
            for claim in claims.values():
                here = seen.ledger.visible(claim.id)
                if here is None:
                    gone.append(claim)
                # What the step shows otherwise than the whole report is a claim apart.
                apart = here is not None and here != claim
                key = f"{claim.id} in step {number}" if apart else claim.id
                numbers.append(self._number(key))
                kept = teller.tell(here) if here and apart else self._teller.tell(claim)
                shown[key] = kept._replace(
                    standing=self._seen(kept.standing, told if apart else "")
                )
            points.append(Point(sentence.text, tuple(numbers)))
            for claim in gone:
                told_of = f"Nothing that this step shows says claim {self._number(claim.id)}."
                points.append(Point(told_of, (self._number(claim.id),)))
            points += self._turned(sentence, claims.values(), numbers)
        full = [k for k in shown if k not in self._told]
        full.sort(
            key=lambda k: (shown[k].standing.status not in DISPUTED, -shown[k].standing.voices)
        )
        self._told.update(full)
        heading = f"{number}. {step.title}"
        return Section(heading, tuple(points), tuple(self._full(shown[k], k) for k in full))

    def _seen(self, standing: Standing, told: str) -> Standing:
        """How a claim stands, and through which step's choice."""
        return (
            standing._replace(words=f"{standing.words} — {told.rstrip('.')}") if told else standing
        )

    def _turned(
        self, sentence: Sentence, claims: Iterable[Claim], numbers: Iterable[int]
    ) -> Iterator[Point]:
        """That claims stand otherwise now than when a sentence was written."""
        for claim, number in zip(claims, numbers, strict=True):
            now = claim.standing.status.lower()
            if sentence.status and now != sentence.status:
                told = f"This was written when claim {number} was {sentence.status}"
                yield Point(f"{told}; it is {now} now.", (number,))

    def _report(self, title: str, subtitle: str, sections: Sequence[Section]) -> Report:
        about = self.content.about
        case = self.graph.manifest["case"]
        seen = about.get("seen", "")
        made = [
            f"Case: {about.get('title', '')}",
            f"Graph: {about['version']}",
            *([f"Seen through: {seen}"] if seen else []),
            *([f"Licence: {about['licence']}"] if about.get("licence") else []),
        ]
        kept = tuple(s for s in sections if s.points or s.claims or s.level > 1)
        report = Report(
            title=title,
            subtitle=subtitle,
            language=case["language"],
            about=tuple(made),
            caveat=CAVEAT,
            sections=kept,
            sources=tuple(self._cited(d, n) for d, n in self._sources.items()),
        )
        checked(report)
        return report

    def _number(self, claim: str) -> int:
        return self._numbers.setdefault(claim, len(self._numbers) + 1)

    def _named(self, claims: Iterable[Told]) -> tuple[int, ...]:
        return tuple(self._number(c.id) for c in claims)

    def _quarrels(self, entries: Sequence[Entry]) -> Iterator[Section]:
        if entries:
            told = f"{count(len(entries), 'question')} that the documents answer differently."
            yield Section("Where the documents disagree", (Point(told),))
        for entry in entries:
            yield Section(entry.question, tuple(self._sides(entry)), level=2)

    def _sides(self, entry: Entry) -> Iterator[Point]:
        for side in entry.sides:
            claims = dict.fromkeys(self._number(c) for c in side.claims if self._shown(c))
            yield Point(shortest(side), tuple(claims))
        yield Point(f"{capital(entry.hard)}, {entry.kind}: {entry.reason}")
        if entry.settles:
            yield Point(f"What would settle it: {entry.settles}")

    def _shown(self, claim: str) -> bool:
        """Whether the lens shows a claim that an entry names."""
        try:
            return self.graph.ledger.visible(claim) is not None
        except NotFound:
            return False

    def _by_subject(self, told: Iterable[Told]) -> Iterator[Section]:
        """A section a subject, those with most that is disputed first, then by name."""
        by: dict[str, list[Told]] = {}
        for claim in told:
            by.setdefault(claim.subject, []).append(claim)

        def weight(item: tuple[str, list[Told]]) -> tuple[int, int, str]:
            claims = item[1]
            disputed = sum(c.standing.status in DISPUTED for c in claims)
            return -disputed, -len(claims), claims[0].subject_name

        for subject, claims in sorted(by.items(), key=weight):
            yield from self._section(self.content.name(subject), claims)

    def _section(self, heading: str, claims: Iterable[Told]) -> Iterator[Section]:
        """The claims that have not been told in full yet, disputed ones first."""
        fresh = [c for c in claims if c.id not in self._told]
        fresh.sort(key=lambda c: (c.standing.status not in DISPUTED, -c.standing.voices))
        self._told.update(c.id for c in fresh)
        if fresh:
            yield Section(heading, (), tuple(map(self._full, fresh)))

    def _full(self, claim: Told, key: str = "") -> Numbered:
        return Numbered(
            number=self._number(key or claim.id),
            id=claim.id,
            sentence=claim.sentence,
            standing=claim.standing.words,
            passages=tuple(map(self._passage, claim.spoken)),
        )

    def _passage(self, said: Spoken) -> Passage:
        number = self._sources.setdefault(said.document, len(self._sources) + 1)
        return Passage(
            side=said.side,
            said=evidence(said),
            source=number,
            passage=said.passage,
            gloss=said.gloss,
            quote=said.quoted,
        )

    def _cited(self, document: str, number: int) -> Cited:
        d = self._documents[document]
        entity, terms = self.graph.ledger.entity(document), self.graph.terms
        archived, grade = terms.value(entity, "ArchivedAt"), terms.value(entity, "Grade")
        details = [
            ", ".join(d.authors),
            ", ".join(p for p in d.publishers if p not in d.authors),
            d.published,
            d.language,
            f"trusted: {grade}" if grade else "",
            f"kept at {archived}" if archived else "",
        ]
        return Cited(number, d.id, d.title, "; ".join(filter(None, details)), d.address)


def _in_short(told: Sequence[Told]) -> str:
    """How much is said by how many, and how much of it is disputed."""
    voices = {s.voice for c in told for s in c.spoken}
    found = {s.document for c in told for s in c.spoken}
    statuses: dict[str, int] = {}
    for claim in told:
        word = claim.standing.status.lower()
        statuses[word] = statuses.get(word, 0) + 1
    counts = ", ".join(f"{number:,} {word}" for word, number in sorted(statuses.items()))
    alleged = sum(c.standing.basis == "Alleged" for c in told)
    if not told:
        return "No claims."
    return (
        f"{count(len(told), 'claim')} by {count(len(voices), 'voice')} in "
        f"{count(len(found), 'document')}: {counts}; {alleged:,} only alleged."
    )


def found(entries: Sequence[Entry], wanted: str) -> Entry:
    """The entry of an id, or of its beginning. Raises NotFound."""
    chosen = [e for e in entries if e.id.startswith(wanted)]
    if len(chosen) != 1:
        raise NotFound(wanted, [(e.id, e.question) for e in chosen[:8]])
    return chosen[0]

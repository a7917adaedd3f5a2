# Written by `make docs` from the descriptions of the verbs.
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from kg.analysis.claim_evidence import Evidence
from kg.analysis.dossier import Dossier
from kg.analysis.path_text import Paths
from kg.notebook.frames import Table
from kg.verbs.answer import Export, Page
from kg.verbs.description import Verb

class Methods:
    def _ask(self, verb: Verb, given: Mapping[str, Any]) -> Any: ...
    def verify(
        self,
        *,
        texts: str | None = ...,
        fill: bool | None = ...,
        dry_run: bool | None = ...,
    ) -> Table:
        """Find each passage and quote again in the documents' texts.

        texts: The folder of the documents' texts; the case's texts/.
        fill: Write digests where none are, and nothing else.
        dry_run: Write nothing; print what would change.

        Example: graph.verify(texts="texts")
        """
    def duplicates(
        self,
        *,
        entity: str | None = ...,
        kind: str | None = ...,
        least: int | None = ...,
        limit: int | None = ...,
        document: str | Sequence[str] | None = ...,
        voice: str | Sequence[str] | None = ...,
        status: str | Sequence[str] | None = ...,
        basis: str | Sequence[str] | None = ...,
        as_of: str | None = ...,
        known_by: str | None = ...,
        said: str | None = ...,
        undated: bool | None = ...,
    ) -> Table:
        """Propose records that may be one, with reasons for and against.

        entity: Only what may be one with this record.
        kind: Only this class, narrower ones too.
        least: Only pairs that rank so high, of 99.
        limit: So many at most; 0 for all.
        document: Only what this document says.
        voice: Only what this voice says.
        status: Only claims of this status. One of: uncontested, open, contested, corrected, retracted, denied, withdrawn.
        basis: Only claims on this basis. One of: asserted, alleged, announced, questioned, unsupported.
        as_of: Only what was so on this day.
        known_by: Only what was said or in print by then.
        said: Only what was said or in print then.
        undated: Also what nothing dates.

        Example: graph.duplicates(kind="person", least=50)
        """
    def diff(
        self,
        old: str | None = ...,
        new: str | None = ...,
        *,
        timeout: float | None = ...,
        limit: int | None = ...,
    ) -> Table:
        """Show what changed between two builds.

        old: An out folder; by default the build before.
        new: An out folder; by default the current graph.
        timeout: Seconds after which to stop.
        limit: Changes after which to cut, saying so.

        Example: graph.diff("old/out", "new/out")
        """
    def doctor(
        self,
    ) -> Table:
        """Look for what is damaged, out of date or left over.

        Example: graph.doctor()
        """
    def validate(
        self,
        *,
        timeout: float | None = ...,
        memory: float | None = ...,
    ) -> Table:
        """Check the built graph against its ontology, by SHACL.

        timeout: Seconds after which to stop.
        memory: GiB that it may use.

        Example: graph.validate()
        """
    def find(
        self,
        text: str | None = ...,
        *,
        list: str | None = ...,
        column: str | None = ...,
        kind: str | None = ...,
        limit: int | None = ...,
    ) -> Table:
        """Find entities by any part of any of their names.

        text: Any part of a name, alias, code or id.
        list: Look for each name in this file: text, CSV or a sheet.
        column: The column of the file that has the names.
        kind: Only this class, narrower ones too.
        limit: So many at most; 0 for all.

        Example: graph.find("Daum")
        """
    def search(
        self,
        *words: str,
        limit: int | None = ...,
        document: str | Sequence[str] | None = ...,
        voice: str | Sequence[str] | None = ...,
        status: str | Sequence[str] | None = ...,
        basis: str | Sequence[str] | None = ...,
        as_of: str | None = ...,
        known_by: str | None = ...,
        said: str | None = ...,
        undated: bool | None = ...,
    ) -> Table:
        """Search the words of passages, with their claims and evidence.

        words: What to look for.
        limit: So many at most; 0 for all.
        document: Only what this document says.
        voice: Only what this voice says.
        status: Only claims of this status. One of: uncontested, open, contested, corrected, retracted, denied, withdrawn.
        basis: Only claims on this basis. One of: asserted, alleged, announced, questioned, unsupported.
        as_of: Only what was so on this day.
        known_by: Only what was said or in print by then.
        said: Only what was said or in print then.
        undated: Also what nothing dates.

        Example: graph.search("bank", "loans")
        """
    def show(
        self,
        name: str | None,
        *,
        relation: str | None = ...,
        limit: int | None = ...,
        brief: bool | None = ...,
        document: str | Sequence[str] | None = ...,
        voice: str | Sequence[str] | None = ...,
        status: str | Sequence[str] | None = ...,
        basis: str | Sequence[str] | None = ...,
        as_of: str | None = ...,
        known_by: str | None = ...,
        said: str | None = ...,
        undated: bool | None = ...,
    ) -> Dossier | Evidence | Table:
        """Show all that is said of an entity, and by it.

        name: An id, IRI, name or alias, in any script; a claim's hash; an entry of kg conflicts.
        relation: Only what this relation or measure joins to it.
        limit: Claims at most in each part of the text; 0 for all.
        brief: The point alone.
        document: Only what this document says.
        voice: Only what this voice says.
        status: Only claims of this status. One of: uncontested, open, contested, corrected, retracted, denied, withdrawn.
        basis: Only claims on this basis. One of: asserted, alleged, announced, questioned, unsupported.
        as_of: Only what was so on this day.
        known_by: Only what was said or in print by then.
        said: Only what was said or in print then.
        undated: Also what nothing dates.

        Example: graph.show("Jeremy Daum")
        """
    def claims(
        self,
        *,
        entity: str | None = ...,
        subject: str | None = ...,
        object: str | None = ...,
        relation: str | None = ...,
        stance: str | None = ...,
        quality: str | None = ...,
        since: str | None = ...,
        until: str | None = ...,
        only: str | None = ...,
        locator: str | None = ...,
        rows: bool | None = ...,
        document: str | Sequence[str] | None = ...,
        voice: str | Sequence[str] | None = ...,
        status: str | Sequence[str] | None = ...,
        basis: str | Sequence[str] | None = ...,
        as_of: str | None = ...,
        known_by: str | None = ...,
        said: str | None = ...,
        undated: bool | None = ...,
    ) -> Table:
        """List the ledger, claim by claim or row by row.

        entity: Only what concerns this entity.
        subject: Only with this subject.
        object: Only with this object.
        relation: Only of this relation.
        stance: Only with such a stance. One of: asserts, alleges, announces, questions, denies, disputes, retracts.
        quality: Only where a row says so: a quality, or share>25 with one of = != > >= < <=.
        since: Only what was so then or later.
        until: Only what was so then or before.
        only: Only what this document alone speaks of.
        locator: Only what stands there: p. 12, note vi.
        rows: Each attestation instead of each claim.
        document: Only what this document says.
        voice: Only what this voice says.
        status: Only claims of this status. One of: uncontested, open, contested, corrected, retracted, denied, withdrawn.
        basis: Only claims on this basis. One of: asserted, alleged, announced, questioned, unsupported.
        as_of: Only what was so on this day.
        known_by: Only what was said or in print by then.
        said: Only what was said or in print then.
        undated: Also what nothing dates.

        Example: graph.claims(entity="Lu Jianwang")
        """
    def figures(
        self,
        *,
        entity: str | None = ...,
        measure: str | None = ...,
        only: str | None = ...,
        locator: str | None = ...,
        document: str | Sequence[str] | None = ...,
        voice: str | Sequence[str] | None = ...,
        status: str | Sequence[str] | None = ...,
        basis: str | Sequence[str] | None = ...,
        as_of: str | None = ...,
        known_by: str | None = ...,
        said: str | None = ...,
        undated: bool | None = ...,
    ) -> Table:
        """List every number said, with who says it.

        entity: Only what concerns this entity.
        measure: Only this measure.
        only: Only what this document alone speaks of.
        locator: Only what stands there: p. 12, note vi.
        document: Only what this document says.
        voice: Only what this voice says.
        status: Only claims of this status. One of: uncontested, open, contested, corrected, retracted, denied, withdrawn.
        basis: Only claims on this basis. One of: asserted, alleged, announced, questioned, unsupported.
        as_of: Only what was so on this day.
        known_by: Only what was said or in print by then.
        said: Only what was said or in print then.
        undated: Also what nothing dates.

        Example: graph.figures(measure="personsPersuaded")
        """
    def timeline(
        self,
        name: str | None,
        *,
        document: str | Sequence[str] | None = ...,
        voice: str | Sequence[str] | None = ...,
        status: str | Sequence[str] | None = ...,
        basis: str | Sequence[str] | None = ...,
        as_of: str | None = ...,
        known_by: str | None = ...,
        said: str | None = ...,
        undated: bool | None = ...,
    ) -> Table:
        """Show what is said of an entity, and by it, by date.

        name: An id, IRI, name or alias, in any script.
        document: Only what this document says.
        voice: Only what this voice says.
        status: Only claims of this status. One of: uncontested, open, contested, corrected, retracted, denied, withdrawn.
        basis: Only claims on this basis. One of: asserted, alleged, announced, questioned, unsupported.
        as_of: Only what was so on this day.
        known_by: Only what was said or in print by then.
        said: Only what was said or in print then.
        undated: Also what nothing dates.

        Example: graph.timeline("Lu Jianwang")
        """
    def neighbors(
        self,
        name: str | None,
        *,
        relation: str | None = ...,
        gone: bool | None = ...,
        spoken: bool | None = ...,
        unsure: bool | None = ...,
        document: str | Sequence[str] | None = ...,
        voice: str | Sequence[str] | None = ...,
        status: str | Sequence[str] | None = ...,
        basis: str | Sequence[str] | None = ...,
        as_of: str | None = ...,
        known_by: str | None = ...,
        said: str | None = ...,
        undated: bool | None = ...,
    ) -> Table:
        """Show who is next to an entity, and on whose word.

        name: An id, IRI, name or alias, in any script.
        relation: Only by this relation.
        gone: Also what is no more: dissolved, revoked.
        spoken: Also from a voice to what it speaks about.
        unsure: Also across records judged to be perhaps the same.
        document: Only what this document says.
        voice: Only what this voice says.
        status: Only claims of this status. One of: uncontested, open, contested, corrected, retracted, denied, withdrawn.
        basis: Only claims on this basis. One of: asserted, alleged, announced, questioned, unsupported.
        as_of: Only what was so on this day.
        known_by: Only what was said or in print by then.
        said: Only what was said or in print then.
        undated: Also what nothing dates.

        Example: graph.neighbors("bureau-fuzhou")
        """
    def paths(
        self,
        start: str | None = ...,
        end: str | None = ...,
        *,
        among: str | Sequence[str] | None = ...,
        k: int | None = ...,
        max_hops: int | None = ...,
        relation: str | Sequence[str] | None = ...,
        via: str | Sequence[str] | None = ...,
        in_order: bool | None = ...,
        avoid: str | Sequence[str] | None = ...,
        through: str | Sequence[str] | None = ...,
        directed: bool | None = ...,
        hubs: bool | None = ...,
        ties: bool | None = ...,
        gone: bool | None = ...,
        spoken: bool | None = ...,
        unsure: bool | None = ...,
        min_voices: int | None = ...,
        timeout: float | None = ...,
        document: str | Sequence[str] | None = ...,
        voice: str | Sequence[str] | None = ...,
        status: str | Sequence[str] | None = ...,
        basis: str | Sequence[str] | None = ...,
        as_of: str | None = ...,
        known_by: str | None = ...,
        said: str | None = ...,
        undated: bool | None = ...,
    ) -> Paths:
        """Find the best paths between two actors, with evidence.

        start: An id, IRI, name or alias.
        end: An id, IRI, name or alias.
        among: What joins those in this file of names, or of this name and others.
        k: How many paths.
        max_hops: Hops at most.
        relation: Paths only by this relation.
        via: Paths that pass this entity; several in any order.
        in_order: Pass them in the order in which they are given.
        avoid: Paths past this entity.
        through: Paths through members of this class too, or “all”.
        directed: Paths from subject to object only.
        hubs: Paths through a hub cost nothing more.
        ties: Leave out relations of opposition, such as an arrest.
        gone: Also what is no more: dissolved, revoked.
        spoken: Also from a voice to what it speaks about.
        unsure: Also across records judged to be perhaps the same.
        min_voices: Only claims of so many voices.
        timeout: Seconds after which to stop.
        document: Only what this document says.
        voice: Only what this voice says.
        status: Only claims of this status. One of: uncontested, open, contested, corrected, retracted, denied, withdrawn.
        basis: Only claims on this basis. One of: asserted, alleged, announced, questioned, unsupported.
        as_of: Only what was so on this day.
        known_by: Only what was said or in print by then.
        said: Only what was said or in print then.
        undated: Also what nothing dates.

        Example: graph.paths("Lu Jianwang", "Ministry of Public Security")
        """
    def query(
        self,
        text: str | None = ...,
        *,
        file: str | None = ...,
        name: str | None = ...,
        set: str | Sequence[str] | Mapping[str, str] | None = ...,
        data: str | Sequence[str] | None = ...,
        graph: str | Sequence[str] | None = ...,
        timeout: float | None = ...,
        memory: float | None = ...,
        limit: int | None = ...,
        partial: bool | None = ...,
    ) -> Table | bool | str:
        """Ask the graph, or RDF files, in SPARQL 1.1.

        text: SPARQL; “-” reads it from stdin.
        file: Read SPARQL from here.
        name: Ask a named question instead; kg ask lists them.
        set: A value of the named question, as name=value.
        data: Ask this RDF file instead of the case.
        graph: Read FILE into the graph named IRI.
        timeout: Seconds after which to stop.
        memory: GiB that it may use.
        limit: Rows after which to cut, saying so.
        partial: When stopped, give the rows so far; exit 4.

        Example: graph.query("SELECT ?s { ?b kg:operates ?s }")
        """
    def count(
        self,
        of: str | None = ...,
        *,
        by: str | Sequence[str] | None = ...,
        entity: str | None = ...,
        subject: str | None = ...,
        object: str | None = ...,
        relation: str | None = ...,
        role: str | None = ...,
        stance: str | None = ...,
        only: str | None = ...,
        locator: str | None = ...,
        document: str | Sequence[str] | None = ...,
        voice: str | Sequence[str] | None = ...,
        status: str | Sequence[str] | None = ...,
        basis: str | Sequence[str] | None = ...,
        as_of: str | None = ...,
        known_by: str | None = ...,
        said: str | None = ...,
        undated: bool | None = ...,
    ) -> Table:
        """Count claims, passages, figures or entities; add amounts up.

        of: What to count: claims if nothing is said. One of: claims, passages, figures, entities, sums.
        by: By what; status if nothing is said. Twice for a table of two.
        entity: Only what concerns this entity.
        subject: Only with this subject.
        object: Only with this object.
        relation: Only of this relation.
        role: Of sums: by who plays this role in the events.
        stance: Only with such a stance. One of: asserts, alleges, announces, questions, denies, disputes, retracts.
        only: Only what this document alone speaks of.
        locator: Only what stands there: p. 12, note vi.
        document: Only what this document says.
        voice: Only what this voice says.
        status: Only claims of this status. One of: uncontested, open, contested, corrected, retracted, denied, withdrawn.
        basis: Only claims on this basis. One of: asserted, alleged, announced, questioned, unsupported.
        as_of: Only what was so on this day.
        known_by: Only what was said or in print by then.
        said: Only what was said or in print then.
        undated: Also what nothing dates.

        Example: graph.count(by="country")
        """
    def central(
        self,
        *,
        by: str | None = ...,
        relation: str | Sequence[str] | None = ...,
        through: str | Sequence[str] | None = ...,
        ties: bool | None = ...,
        limit: int | None = ...,
        document: str | Sequence[str] | None = ...,
        voice: str | Sequence[str] | None = ...,
        status: str | Sequence[str] | None = ...,
        basis: str | Sequence[str] | None = ...,
        as_of: str | None = ...,
        known_by: str | None = ...,
        said: str | None = ...,
        undated: bool | None = ...,
    ) -> Table:
        """Rank who is central, or who belongs together, with evidence.

        by: What to rank by. One of: degree, betweenness, communities.
        relation: Count only this relation.
        through: Count members of this class too, or “all”.
        ties: Leave out relations of opposition, such as an arrest.
        limit: So many at most; 0 for all.
        document: Only what this document says.
        voice: Only what this voice says.
        status: Only claims of this status. One of: uncontested, open, contested, corrected, retracted, denied, withdrawn.
        basis: Only claims on this basis. One of: asserted, alleged, announced, questioned, unsupported.
        as_of: Only what was so on this day.
        known_by: Only what was said or in print by then.
        said: Only what was said or in print then.
        undated: Also what nothing dates.

        Example: graph.central(by="communities")
        """
    def stats(
        self,
        *,
        document: str | Sequence[str] | None = ...,
        voice: str | Sequence[str] | None = ...,
        status: str | Sequence[str] | None = ...,
        basis: str | Sequence[str] | None = ...,
        as_of: str | None = ...,
        known_by: str | None = ...,
        said: str | None = ...,
        undated: bool | None = ...,
    ) -> Table:
        """Count everything.

        document: Only what this document says.
        voice: Only what this voice says.
        status: Only claims of this status. One of: uncontested, open, contested, corrected, retracted, denied, withdrawn.
        basis: Only claims on this basis. One of: asserted, alleged, announced, questioned, unsupported.
        as_of: Only what was so on this day.
        known_by: Only what was said or in print by then.
        said: Only what was said or in print then.
        undated: Also what nothing dates.

        Example: graph.stats(document="doc-clt")
        """
    def terms(
        self,
        text: str | None = ...,
        *,
        kind: Literal["class", "relation", "measure", "attribute", "quality"] | None = ...,
    ) -> Table:
        """List the classes, relations, measures, attributes and qualities.

        text: Only terms that mention this.
        kind: Only terms of this kind. One of: class, relation, measure, attribute, quality.

        Example: graph.terms("closure")
        """
    def conflicts(
        self,
        *,
        entity: str | None = ...,
        all: bool | None = ...,
        rule: str | None = ...,
        settled: bool | None = ...,
        explain: str | None = ...,
        document: str | Sequence[str] | None = ...,
        voice: str | Sequence[str] | None = ...,
        status: str | Sequence[str] | None = ...,
        basis: str | Sequence[str] | None = ...,
        as_of: str | None = ...,
        known_by: str | None = ...,
        said: str | None = ...,
        undated: bool | None = ...,
    ) -> Table:
        """Show where the documents disagree, and in what way.

        entity: Only what concerns this entity.
        all: Also differences that period, date or unit explain.
        rule: Only what this rule of the ontology finds.
        settled: Also entries that judgements settled or silenced.
        explain: All of one entry: its rows, its rule, its claims.
        document: Only what this document says.
        voice: Only what this voice says.
        status: Only claims of this status. One of: uncontested, open, contested, corrected, retracted, denied, withdrawn.
        basis: Only claims on this basis. One of: asserted, alleged, announced, questioned, unsupported.
        as_of: Only what was so on this day.
        known_by: Only what was said or in print by then.
        said: Only what was said or in print then.
        undated: Also what nothing dates.

        Example: graph.conflicts(entity="FBI", all=True)
        """
    def compare(
        self,
        left: str | None,
        right: str | None,
        *,
        voice: str | Sequence[str] | None = ...,
        status: str | Sequence[str] | None = ...,
        basis: str | Sequence[str] | None = ...,
        as_of: str | None = ...,
        known_by: str | None = ...,
        said: str | None = ...,
        undated: bool | None = ...,
    ) -> Table:
        """Put two documents side by side: agree, contradict, only one.

        left: A document.
        right: Another document.
        voice: Only what this voice says.
        status: Only claims of this status. One of: uncontested, open, contested, corrected, retracted, denied, withdrawn.
        basis: Only claims on this basis. One of: asserted, alleged, announced, questioned, unsupported.
        as_of: Only what was so on this day.
        known_by: Only what was said or in print by then.
        said: Only what was said or in print then.
        undated: Also what nothing dates.

        Example: graph.compare("doc-stations-page", "doc-recruit")
        """
    def sources(
        self,
        *,
        echo: str | None = ...,
        origins: bool | None = ...,
        limit: int | None = ...,
        document: str | Sequence[str] | None = ...,
        voice: str | Sequence[str] | None = ...,
        status: str | Sequence[str] | None = ...,
        basis: str | Sequence[str] | None = ...,
        as_of: str | None = ...,
        known_by: str | None = ...,
        said: str | None = ...,
        undated: bool | None = ...,
    ) -> Table:
        """Show who cites whom and what rests on each source.

        echo: Who repeats this voice or document, as a tree.
        origins: How many independent origins each claim has.
        limit: Rows of the text at most; 0 for all.
        document: Only what this document says.
        voice: Only what this voice says.
        status: Only claims of this status. One of: uncontested, open, contested, corrected, retracted, denied, withdrawn.
        basis: Only claims on this basis. One of: asserted, alleged, announced, questioned, unsupported.
        as_of: Only what was so on this day.
        known_by: Only what was said or in print by then.
        said: Only what was said or in print then.
        undated: Also what nothing dates.

        Example: graph.sources(echo="Safeguard Defenders")
        """
    def gaps(
        self,
        *,
        kind: str | None = ...,
        entity: str | None = ...,
        document: str | Sequence[str] | None = ...,
        voice: str | Sequence[str] | None = ...,
        status: str | Sequence[str] | None = ...,
        basis: str | Sequence[str] | None = ...,
        as_of: str | None = ...,
        known_by: str | None = ...,
        said: str | None = ...,
        undated: bool | None = ...,
    ) -> Table:
        """Show what the ledger lacks, and what would close each gap.

        kind: Only this kind of gap.
        entity: Only what concerns this entity.
        document: Only what this document says.
        voice: Only what this voice says.
        status: Only claims of this status. One of: uncontested, open, contested, corrected, retracted, denied, withdrawn.
        basis: Only claims on this basis. One of: asserted, alleged, announced, questioned, unsupported.
        as_of: Only what was so on this day.
        known_by: Only what was said or in print by then.
        said: Only what was said or in print then.
        undated: Also what nothing dates.

        Example: graph.gaps(kind="disputed-unanswered")
        """
    def matrix(
        self,
        *,
        entity: str | None = ...,
        by: Literal["voice", "document"] | None = ...,
        document: str | Sequence[str] | None = ...,
        voice: str | Sequence[str] | None = ...,
        status: str | Sequence[str] | None = ...,
        basis: str | Sequence[str] | None = ...,
        as_of: str | None = ...,
        known_by: str | None = ...,
        said: str | None = ...,
        undated: bool | None = ...,
    ) -> Table:
        """Show disputed claims as rows, voices or documents as columns.

        entity: The claims about this entity, or of this document or voice.
        by: What the columns are. One of: voice, document.
        document: Only what this document says.
        voice: Only what this voice says.
        status: Only claims of this status. One of: uncontested, open, contested, corrected, retracted, denied, withdrawn.
        basis: Only claims on this basis. One of: asserted, alleged, announced, questioned, unsupported.
        as_of: Only what was so on this day.
        known_by: Only what was said or in print by then.
        said: Only what was said or in print then.
        undated: Also what nothing dates.

        Example: graph.matrix(entity="Mao Ning", by="document")
        """
    def view(
        self,
        *,
        focus: str | Sequence[str] | None = ...,
        depth: int | None = ...,
        query: str | None = ...,
        name: str | None = ...,
        set: str | Sequence[str] | Mapping[str, str] | None = ...,
        path: Sequence[str] | None = ...,
        k: int | None = ...,
        max_hops: int | None = ...,
        relation: str | Sequence[str] | None = ...,
        via: str | Sequence[str] | None = ...,
        in_order: bool | None = ...,
        avoid: str | Sequence[str] | None = ...,
        through: str | Sequence[str] | None = ...,
        directed: bool | None = ...,
        hubs: bool | None = ...,
        ties: bool | None = ...,
        gone: bool | None = ...,
        spoken: bool | None = ...,
        unsure: bool | None = ...,
        timeout: float | None = ...,
        story: bool | None = ...,
        embed: bool | None = ...,
        layout: str | None = ...,
        document: str | Sequence[str] | None = ...,
        voice: str | Sequence[str] | None = ...,
        status: str | Sequence[str] | None = ...,
        basis: str | Sequence[str] | None = ...,
        as_of: str | None = ...,
        known_by: str | None = ...,
        said: str | None = ...,
        undated: bool | None = ...,
    ) -> Page:
        """Write the network, or a part, as one offline page.

        focus: Show what is near this entity; can be repeated.
        depth: Hops around it; 1 if not given.
        query: Show what this query selects.
        name: Show what a named question selects; kg ask lists them.
        set: A value of the named question, as name=value.
        path: Show the best paths between two actors.
        k: How many paths.
        max_hops: Hops at most.
        relation: Paths only by this relation.
        via: Paths that pass this entity; several in any order.
        in_order: Pass them in the order in which they are given.
        avoid: Paths past this entity.
        through: Paths through members of this class too, or “all”.
        directed: Paths from subject to object only.
        hubs: Paths through a hub cost nothing more.
        ties: Leave out relations of opposition, such as an arrest.
        gone: Also what is no more: dissolved, revoked.
        spoken: Also from a voice to what it speaks about.
        unsure: Also across records judged to be perhaps the same.
        timeout: Seconds after which to stop.
        story: Lead through the steps of data/story.toml.
        embed: For a frame in an article: the picture alone.
        layout: Which layout it starts with. One of: paths, lanes, cells, links, dispute, weight.
        document: Only what this document says.
        voice: Only what this voice says.
        status: Only claims of this status. One of: uncontested, open, contested, corrected, retracted, denied, withdrawn.
        basis: Only claims on this basis. One of: asserted, alleged, announced, questioned, unsupported.
        as_of: Only what was so on this day.
        known_by: Only what was said or in print by then.
        said: Only what was said or in print then.
        undated: Also what nothing dates.

        Example: graph.view(focus="Jeremy Daum", depth=2)
        """
    def export(
        self,
        form: str | None,
        *,
        document: str | Sequence[str] | None = ...,
        voice: str | Sequence[str] | None = ...,
        status: str | Sequence[str] | None = ...,
        basis: str | Sequence[str] | None = ...,
        as_of: str | None = ...,
        known_by: str | None = ...,
        said: str | None = ...,
        undated: bool | None = ...,
    ) -> Export:
        """Write the whole graph in the form of another program.

        form: The form.
        document: Only what this document says.
        voice: Only what this voice says.
        status: Only claims of this status. One of: uncontested, open, contested, corrected, retracted, denied, withdrawn.
        basis: Only claims on this basis. One of: asserted, alleged, announced, questioned, unsupported.
        as_of: Only what was so on this day.
        known_by: Only what was said or in print by then.
        said: Only what was said or in print then.
        undated: Also what nothing dates.

        Example: graph.export("gexf")
        """
    def report(
        self,
        *,
        entity: str | None = ...,
        dispute: str | None = ...,
        story: bool | None = ...,
        document: str | Sequence[str] | None = ...,
        voice: str | Sequence[str] | None = ...,
        status: str | Sequence[str] | None = ...,
        basis: str | Sequence[str] | None = ...,
        as_of: str | None = ...,
        known_by: str | None = ...,
        said: str | None = ...,
        undated: bool | None = ...,
        format: Literal["markdown", "html", "docx", "pdf"] | None = ...,
    ) -> Export:
        """Write numbered claims with both sides and a list of sources.

        entity: Only what concerns this entity.
        dispute: Only this entry of kg conflicts.
        story: The steps of data/story.toml, with the claims they rest on.
        document: Only what this document says.
        voice: Only what this voice says.
        status: Only claims of this status. One of: uncontested, open, contested, corrected, retracted, denied, withdrawn.
        basis: Only claims on this basis. One of: asserted, alleged, announced, questioned, unsupported.
        as_of: Only what was so on this day.
        known_by: Only what was said or in print by then.
        said: Only what was said or in print then.
        undated: Also what nothing dates.
        format: How to write the answer. One of: markdown, html, docx, pdf.

        Example: graph.report(entity="Jeremy Daum")
        """

"""Small ledgers with everything that the rule of standing looks at, and lenses to see them through."""

from __future__ import annotations

from hypothesis import strategies as st

from kg.model.claims import Attestation, Claim
from kg.model.standing import STANCES, alive, settle
from kg.store.lens import Lens, Seen

VOICES = ("v0", "v1", "v2", "")
PARTIES = ("", "", "v0", "v3", "v3 | v4", "v0 | v4")
DOCUMENTS = ("d0", "d1", "d2")
WINDOWS = (
    *(("", ""), ("2020-01-01", "2020-12-31"), ("2021-01-01", "2021-01-01")),
    *(("2020-06-01", "2021-06-30"), ("", "2020-12-31"), ("2021-01-02", "2022-12-31")),
)
DAYS = ("", "2019-12-31", "2020-06-30", "2021-01-01", "2022-06-30")
PERIODS = (
    # period, earliest, latest, holds from, holds to
    *(("", "", "", "", ""), ("?", "", "", "", ""), (" – ..", "", "", "", "")),
    ("2020", "2020-01-01", "2020-12-31", "2020-01-01", ""),
    ("2020 – 2021", "2020-01-01", "2021-12-31", "2020-01-01", "2021-12-31"),
    ("2021 – ..", "2021-01-01", "", "2021-01-01", ""),
    (" – 2020", "", "2020-12-31", "", "2020-12-31"),
    ("/2021", "", "", "2021-12-31", ""),
)


class World:
    """A ledger, and as much of a graph as a lens asks for."""

    def __init__(self, claims, outs):
        self.ledger, self.undated = self, set()
        self.outs = outs
        self.rows = {a.id: a for said in claims.values() for a in said}
        replaced = {
            b.instead_of
            for b in self.rows.values()
            if b.instead_of and b.voice == self.rows[b.instead_of].voice
        }
        for said in claims.values():
            self.rows |= {a.id: a for a in alive(said, replaced)}
        self.held = {
            name: Claim(
                *(name, f"{name}-s", "r", f"{name}-o", False),
                *settle(said, {a.id: self.replacements(a.id) for a in said}),
            )
            for name, said in claims.items()
        }

    def __repr__(self):
        return "\n".join(map(repr, self.rows.values())) + f"\nout: {self.outs}"

    def claims(self, relations=(), **among):
        return iter(self.held.values())

    def claim(self, name):
        return self.held[name]

    whole = claim

    def replacements(self, name):
        return [a for a in self.rows.values() if a.instead_of == name]

    def shown(self, _):
        return True

    def first_day(self, name):
        return self.outs.get(name, "")

    def through(self, lens):
        """Every claim through a lens: its standing, what lives; and what lacks a date for it."""
        self.undated.clear()
        seen = {}
        for claim in Seen(self, lens).claims():
            held = sorted(a.id for a in claim.attestations if a.living)
            seen[claim.id] = [*claim.standing[:9], held]
        return seen, sorted(self.undated)


# Beginnings that a world may have: (claim, stance, voice, row that it stands in place of).
STORIES = (
    (),
    (("a", "asserts", "v0", None), ("b", "asserts", "v1", 0), ("b", "retracts", "v1", None)),
    (("a", "alleges", "v0", None), ("b", "asserts", "v1", 0), ("a", "asserts", "v1", 1)),
    (("a", "asserts", "v0", None), ("b", "asserts", "v0", 0), ("b", "retracts", "v0", None)),
    (("a", "asserts", "v0", None), ("a", "asserts", "v0", None), ("a", "retracts", "v0", None)),
    (("a", "denies", "v0", None), ("a", "retracts", "v0", None)),
)


@st.composite
def worlds(draw):
    """Two claims of up to seven rows; a row may stand in place of an earlier one."""
    claims, ids = {"a": [], "b": []}, []
    figure = draw(st.booleans())
    story = draw(st.sampled_from(STORIES))
    for i in range(max(len(story), draw(st.integers(2, 7)))):
        if i < len(story):
            name, stance, voice, target = story[i]
            instead_of = "" if target is None else ids[target]
        else:
            name, stance = draw(st.sampled_from(("a", "a", "b"))), draw(st.sampled_from(STANCES))
            voice = draw(st.sampled_from(VOICES))
            instead_of = draw(st.sampled_from(("", "", *ids)))
        said, known = draw(st.sampled_from(WINDOWS)), draw(st.sampled_from(WINDOWS))
        period = draw(st.sampled_from(PERIODS))
        claims[name].append(
            Attestation(
                *(f"{i:024x}", name, stance, voice, draw(st.sampled_from(DOCUMENTS)), "p. 1"),
                **dict(zip(("period", "earliest", "latest"), period, strict=False)),
                said_earliest=said[0],
                said_latest=said[1],
                holds_from=period[3],
                holds_to=period[4],
                # What is known has two days or none.
                known_earliest=known[0] or known[1],
                known_latest=known[1],
                value=draw(st.sampled_from(("50", "50", "60", "060.0"))) if figure else "",
                instead_of=instead_of,
                party=draw(st.sampled_from(PARTIES)),
            )
        )
        ids.append(f"{i:024x}")
    outs = {end: draw(st.sampled_from(DAYS)) for end in ("a-s", "b-o") if draw(st.booleans())}
    return World({name: said for name, said in claims.items() if said}, outs)


@st.composite
def lenses(draw):
    """Some sources switched off, one question of time or none."""
    asks = draw(st.sampled_from(("", "", "as_of", "known_by", "said", "both")))
    first, last = sorted(draw(st.sampled_from(DAYS)) for _ in range(2))
    off = draw(st.sampled_from(("", *DOCUMENTS, *VOICES)))
    return Lens(
        tuple(d for d in DOCUMENTS if d != off) if off in DOCUMENTS else (),
        tuple(v for v in VOICES if v != off) if off in VOICES else (),
        as_of=draw(st.sampled_from(DAYS)) if asks in ("as_of", "both") else "",
        known_by=draw(st.sampled_from(DAYS)) if asks in ("known_by", "both") else "",
        said_from=first if asks == "said" else "",
        said_to=last if asks == "said" else "",
        undated=draw(st.booleans()),
    )

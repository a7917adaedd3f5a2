"""The page's rule of standing and clock is that of the library: the same answers on the same rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sampleview import tiny
from worlds import lenses, worlds

from kg.page import payload, record, settling

SCRIPT = Path(payload.__file__).parent / "templates" / "standing.js"
ASK = """(asked) => asked.map(([rule, claims, phrases, lens]) => {
    const RULE = makeRule(rule);
    const source = (row) => (!lens.documents.length || lens.documents.includes(row.d)) && (!lens.voices.length || lens.voices.includes(row.v));
    const undated = [];
    const seen = {};
    for (const [id, raw, out] of claims) {
        const rows = raw.map((row) => readRow(row, phrases));
        const [found, left] = RULE.through(rows, { ...lens, source }, out);
        undated.push(...left.map((row) => row.id.slice(2)));
        if (found) seen[id] = [found.st, found.ba, found.v, found.d, found.o, found.e, found.l, found.vs, found.os, found.held.map((row) => row.id.slice(2)).sort()];
    }
    return [seen, undated.sort()];
})"""


@pytest.fixture(scope="module")
def page(new_tab):
    tab = new_tab()
    tab.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
    yield tab
    tab.close()


def asked(world, lens):
    """What the page is asked: the rows as its record holds them, and the lens in its own words."""
    tables = payload.Tables(tiny())
    claims = [
        [
            claim.id,
            [
                payload.weight_record(a, settling.weight(world, a), tables)
                for a in claim.attestations
            ],
            max(world.first_day(claim.subject), world.first_day(claim.object)),
        ]
        for claim in world.claims()
    ]
    seen = {
        "documents": [int(tables.document(d)[1:]) for d in lens.documents],
        "voices": [int(tables.voice(v, "")[1:] or -1) for v in lens.voices],
        "asof": lens.as_of,
        "known": lens.known_by,
        "from": lens.said_from,
        "to": lens.said_to,
        "undated": lens.undated,
    }
    return [record.RULE, claims, list(tables.phrases), seen]


def agree(page, number):
    """Hold the page to the library on so many worlds: in one call, then one by one to shrink what differs."""
    met = []

    @settings(max_examples=number, phases=[Phase.generate], **QUIET)
    @given(worlds(), lenses())
    def gather(world, lens):
        met.append((asked(world, lens), [*world.through(lens)]))

    gather()
    answers = page.evaluate(ASK, [question for question, _ in met])
    wrong = [(a, b) for a, (_, b) in zip(answers, met, strict=True) if a != b]
    if not wrong:
        return

    @settings(max_examples=number, **QUIET)
    @given(worlds(), lenses())
    def shrink(world, lens):
        assert page.evaluate(ASK, [asked(world, lens)]) == [[*world.through(lens)]]

    shrink()
    assert wrong == []


QUIET = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}


def test_the_page_settles_as_the_library_does(page):
    agree(page, 250)

"""What is pure in a page's scripts, asked one function at a time: addresses, cells, names, geometry.

The scripts run in one page whose functions can be called by name; that page has no policy
and no frame round its script, and is never what a reader gets.
"""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import json
import math
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from draws import draws
from hostile import TEXTS
from hypothesis import given
from hypothesis import strategies as st
from sampleview import case

from kg.case import folder as cases
from kg.page import render
from kg.page.subgraph import select
from kg.page.view import View
from kg.store.build import build
from kg.text.formats import Guard

Ask = Callable[..., Any]

# A pen that writes each character ten wide.
PEN = "({ font: '', measureText: (text) => ({ width: text.length * 10 }) })"


@pytest.fixture(scope="module")
def ask(new_tab: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """The value of an expression, with `it` in it for what is given."""
    path = tmp_path_factory.mktemp("scripts") / "page.html"
    with bare(new_tab, case(cities=8), path) as asked:
        yield asked


@contextmanager
def bare(new_tab: Any, view: View, path: Path) -> Iterator[Ask]:
    """A page whose scripts can be asked."""
    text = render.render(view, layout="lanes")
    frame = '(()=>{"use strict";\n', "\n})();"
    assert text.count(frame[0]) == text.count(frame[1]) == 1
    opened = text.replace(frame[0], '"use strict";\n').replace(frame[1], "")
    path.write_text(opened, encoding="utf-8", newline="\n")
    tab = new_tab(bypass_csp=True)
    tab.goto(path.as_uri())
    yield lambda expression, it=None: tab.evaluate(f"it => ({expression})", it)
    tab.close()


# ---------------------------------------------------------------- addresses

DAYS = st.dates(min_value=datetime.date(1000, 1, 1)).map(str)
SET = st.fixed_dictionaries(
    {},
    optional={
        "tab": st.sampled_from(["map", "timeline", "table"]),
        "layout": st.sampled_from(["cells", "links"]),
        "sel": st.sampled_from(["n:station-can11", "c:claim/x y&z", "s:ordered closed", "n:福州"]),
        "focus": st.just("station-can11"),
        "depth": st.integers(2, 4).map(str),
        "as-of": DAYS,
        "known-by": DAYS,
        "said": st.tuples(DAYS, DAYS).map(lambda days: "..".join(sorted(days))),
        "dark": st.sampled_from("01"),
        "st": st.sets(st.sampled_from(["Contested", "Denied", "Open"]), min_size=1),
        "ba": st.sets(st.sampled_from(["Asserted", "Alleged"]), min_size=1),
        "doc": st.sets(st.sampled_from(["doc-0", "doc-1"]), min_size=1),
    },
)
READ = "it.map(text => { fromHash(text); const said = toHash(); fromHash(said); return [said, toHash()]; })"


def parted(address: str) -> dict[str, set[str]]:
    from urllib.parse import parse_qs

    return {key: set(values[0].split("\t")) for key, values in parse_qs(address).items()}


@draws(3)
@given(st.lists(SET, min_size=40, max_size=40))
def test_what_is_set_is_in_the_address_and_comes_back(ask: Ask, states: list[dict]) -> None:
    from urllib.parse import urlencode

    wanted = [{k: v if isinstance(v, set) else {v} for k, v in state.items()} for state in states]
    asked = [urlencode({k: "\t".join(sorted(v)) for k, v in state.items()}) for state in wanted]
    for state, (said, again) in zip(wanted, ask(READ, asked), strict=True):
        assert said == again
        assert parted(said) == state


@pytest.mark.parametrize(
    "address",
    [
        "tab=nonsense", "layout=nonsense", "as-of=20", "known-by=yesterday", "as-of=2020-1-1",
        "as-of=2020-13", "as-of=2021-02-29", "known-by=2020-00", "said=never", "said=2020-04-31..",
        "depth=0", "depth=-3", "depth=many", "path=9", "doc=nobody", "voice=nobody", "x=y",
        "#", "", "&&==%", "st=", "sel=",
    ],
)  # fmt: skip
def test_what_an_address_cannot_mean_is_left_out(ask: Ask, address: str) -> None:
    assert ask(READ, [address]) == [["", ""]]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2020", ["2020-01-01", "2020-12-31"]), ("2020-02", ["2020-02-01", "2020-02-29"]),
        ("2021-02", ["2021-02-01", "2021-02-28"]), ("1900-02", ["1900-02-01", "1900-02-28"]),
        ("2020-12", ["2020-12-01", "2020-12-31"]), ("2020-02-29", ["2020-02-29", "2020-02-29"]),
        ("2021-02-29", None), ("2020-13", None), ("2020-00", None), ("2020-01-00", None), ("20", None),
    ],
)  # fmt: skip
def test_a_date_means_its_first_day_to_its_last(
    ask: Ask, text: str, days: list[str] | None
) -> None:
    assert ask("daysOf(it)", text) == days


def test_a_neighbourhood_has_at_most_four_steps(ask: Ask) -> None:
    assert ask(READ, ["focus=a&depth=99"])[0][0] == "focus=a&depth=4"


# ---------------------------------------------------------------- cells and files

CELL = st.text('=-+@;\t\n"a, ', max_size=8) | st.text(max_size=12)


def is_number(text: str) -> bool:
    """What the guard of Python lets pass as a number; a page has numbers that are no texts."""
    return text[:1] == "-" and text.isascii() and text[1:].replace(".", "", 1).isdigit()


@draws(5)
@given(st.lists(CELL, min_size=60, max_size=60))
def test_a_cell_of_a_page_is_guarded_as_one_of_a_query(ask: Ask, texts: list[str]) -> None:
    texts = [t for t in [*texts, *TEXTS] if not is_number(t) and "\r" not in t]
    cells = ask("it.map(cellText)", texts)
    for text, cell in zip(texts, cells, strict=True):
        ((read,),) = csv.reader(io.StringIO(cell or '""', newline=""))
        assert read == Guard()(text)


@pytest.mark.parametrize(("value", "cell"), [(12, "12"), (-5, "-5"), (None, ""), (0.5, "0.5")])
def test_a_number_is_no_formula(ask: Ask, value: Any, cell: str) -> None:
    assert ask("cellText(it)", value) == cell


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A case: of “ten” rows", "a-case-of-ten-rows.csv"), ("../../etc/passwd", "etc-passwd.csv"),
        ("CON", "view-con.csv"), ("com1", "view-com1.csv"), ("福州", "view.csv"), ("", "view.csv"),
        ("Ångström", "a-ngstro-m.csv"), ("x" * 300, "x" * 60 + ".csv"), ("a\0b\nc", "a-b-c.csv"),
    ],
)  # fmt: skip
def test_a_file_is_named_plainly(ask: Ask, title: str, name: str) -> None:
    assert ask("(REC.title = it, fileName('csv'))", title) == name


def test_the_svg_pen_writes_what_it_was_told(ask: Ask) -> None:
    drawn = ask(
        """(() => {
            const c = new SvgPen();
            c.beginPath(); c.moveTo(1.005, 2); c.lineTo(3, 4.5); c.quadraticCurveTo(5, 6, 7, 8);
            c.closePath(); c.setLineDash([2, 3]); c.globalAlpha = 0.5; c.stroke();
            c.fillText("<b>&", 1, 2);
            return c.nodes(20, 10).outerHTML;
        })()"""
    )
    assert 'd="M1 2L3 4.5Q5 6 7 8Z"' in drawn and 'stroke-dasharray="2 3"' in drawn
    assert 'opacity="0.5"' in drawn and "&lt;b&gt;&amp;" in drawn
    assert 'viewBox="0 0 20 10"' in drawn


# ---------------------------------------------------------------- names

WORDS = (
    st.text("ab cd é福", min_size=1, max_size=40).map(lambda t: " ".join(t.split())).filter(bool)
)


@draws(5)
@given(st.lists(st.tuples(WORDS, st.integers(30, 300)), min_size=60, max_size=60))
def test_a_name_that_is_shortened_fits_its_room(ask: Ask, names: list[tuple[str, int]]) -> None:
    made = ask(f"it.map(([text, room]) => shorten({PEN}, text, room, 'f1'))", names)
    for (text, room), short in zip(names, made, strict=True):
        assert len(short) * 10 <= room
        assert short == text if len(text) * 10 <= room else short.endswith("…")
        assert text.startswith(short.removesuffix("…"))


def test_a_number_at_the_end_of_a_name_stays(ask: Ask) -> None:
    cut = f"cut({PEN}, it[0], it[1], 'f2')"
    assert ask(cut, ["Overseas Station 17", 100]) == "Overse… 17"
    assert ask(cut, ["Overseas Station", 100]) == "Overseas…"
    assert ask(cut, ["Station 17", 100]) == "Station 17"


@draws(5)
@given(st.lists(st.tuples(WORDS, st.integers(60, 200)), min_size=60, max_size=60))
def test_a_name_in_two_lines_loses_nothing_but_its_end(
    ask: Ask, names: list[tuple[str, int]]
) -> None:
    made = ask(f"it.map(([text, room]) => lines({PEN}, text, 50, room, 'f3'))", names)
    for (text, room), rows in zip(names, made, strict=True):
        assert 1 <= len(rows) <= 2
        assert all(len(row) * 10 <= max(room, 50) for row in rows)
        assert text.startswith(" ".join(rows).removesuffix("…"))


@draws(5)
@given(st.lists(st.tuples(WORDS, st.integers(60, 300)), min_size=60, max_size=60))
def test_a_name_that_is_wrapped_is_whole_or_not_there(
    ask: Ask, names: list[tuple[str, int]]
) -> None:
    made = ask(f"it.map(([text, room]) => wrapped({PEN}, text, room, 'f4'))", names)
    assert any(made)
    for (text, room), rows in zip(names, made, strict=True):
        if rows is not None:
            assert "".join(rows).replace(" ", "") == text.replace(" ", "")
            assert all(len(row) * 10 <= room for row in rows)


def meet(a: list[float], b: list[float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


NUMBER = st.integers(-300, 300)
BOXES = st.lists(
    st.tuples(NUMBER, NUMBER, st.integers(1, 200), st.integers(1, 60)), min_size=2, max_size=30
)


@draws(20)
@given(BOXES)
def test_a_place_is_free_if_no_box_meets_it(ask: Ask, sizes: list[tuple[int, ...]]) -> None:
    boxes = [[x, y, x + w, y + h, i] for i, (x, y, w, h) in enumerate(sizes)]
    free = ask(
        "(() => { const t = Taken(); return it.map(b => [t.free(b, -9), t.free(b, it[0][4]), t.add(b)]); })()",
        boxes,
    )
    for i, (box, (alone, own, _)) in enumerate(zip(boxes, free, strict=True)):
        assert alone == (not any(meet(box, b) for b in boxes[:i]))
        assert own == (not any(meet(box, b) for b in boxes[1:i]))


# ---------------------------------------------------------------- geometry

SYMBOLS = ["square", "hexagon", "triangle", "nabla", "diamond", "sheet", "card", "flag", "pin", "circle", "rings", "dot"]  # fmt: skip


def test_every_symbol_has_an_outline_of_its_own(ask: Ask) -> None:
    drawn = ask(
        "it.map(name => { const c = new SvgPen(); outline(c, name, 0, 0, 10); return c.d; })",
        SYMBOLS,
    )
    assert len(set(drawn)) == len(SYMBOLS)
    for path in drawn:
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]
        assert numbers
        # A circle is drawn as two arcs, each as wide as it is.
        assert max(map(abs, numbers)) <= (20 if "a" in path else 12)


def test_a_line_runs_between_its_ends_and_is_marked_on_itself(ask: Ask) -> None:
    made = ask(
        """V.lines.map((claim, i) => {
            const q = course(claim, routes(layoutNow(), 1, true)[i], { k: 1, x: 0, y: 0, w: 1200, h: 850 }, layoutNow());
            const half = along(q, 0.5);
            return [q, half, spot(claim.from), spot(claim.tip)];
        })"""
    )
    assert len(made) > 20
    for path, half, start, end in made:
        assert [path["x1"], path["y1"]] == pytest.approx(start)
        assert [path["x2"], path["y2"]] == pytest.approx(end)
        assert [path["mx"], path["my"]] == pytest.approx(half)


def test_lines_between_the_same_two_fan_out(ask: Ask) -> None:
    pairs: dict[tuple[str, ...], list[float]] = {}
    for one, other, place in ask("V.lines.map(c => [c.from.id, c.to.id, c.par])"):
        pairs.setdefault(tuple(sorted((one, other))), []).append(place)
    assert any(len(places) > 1 for places in pairs.values())
    for places in pairs.values():
        assert sum(places) == 0 and len(set(places)) == len(places)


SPOTS = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 300), st.integers(1, 30)),
    min_size=1, max_size=25, unique_by=lambda s: s[:2],
)  # fmt: skip


@draws(20)
@given(SPOTS)
def test_no_two_places_of_a_map_cover_each_other_and_none_is_lost(
    ask: Ask, spots: list[tuple[int, int, int]]
) -> None:
    made = ask(
        """clusters(it.map(([X, Y, n], i) => {
            const p = { key: String(i), X, Y, nodes: Array(n).fill(i) };
            p.members = [p];
            return p;
        }), null).map(p => ({ X: p.X, Y: p.Y, r: p.r, all: p.all.length, keys: p.members.map(m => m.key) }))""",
        spots,
    )
    assert sum(p["all"] for p in made) == sum(n for _, _, n in spots)
    assert sorted(key for p in made for key in p["keys"]) == sorted(map(str, range(len(spots))))
    for a, b in itertools.combinations(made, 2):
        assert math.hypot(a["X"] - b["X"], a["Y"] - b["Y"]) >= a["r"] + b["r"]


def test_a_map_is_framed_round_its_places_in_the_shape_of_its_window(ask: Ask) -> None:
    box = {"width": 800, "height": 400}
    for places in ([], [{"x": 1000, "y": 300}], [{"x": 900, "y": 200}, {"x": 1900, "y": 900}]):
        x, y, w, h = ask("mapFrame(it[0], it[1])", [places, box])
        assert w / h == pytest.approx(2)
        assert all(x < p["x"] < x + w and y < p["y"] < y + h for p in places)


# ---------------------------------------------------------------- elements, tables, dates


@pytest.mark.parametrize("text", [*TEXTS[:20], "福州"])
def test_an_element_holds_text_and_never_markup(ask: Ask, text: str) -> None:
    made = ask("(() => { const e = el('p', { title: it }, it, null, false, ['x']); return [e.childElementCount, e.textContent, e.title, e.outerHTML]; })()", text)  # fmt: skip
    assert made[:3] == [0, f"{text}x", text]
    assert "<script" not in made[3]


def test_a_name_in_han_script_says_so(ask: Ask) -> None:
    assert ask("named('福州市', {}).lang") == "zh"
    assert ask("named('福州市', { lang: 'zh-Hans' }).lang") == "zh-Hans"
    assert ask("named('Fuzhou', { lang: 'zh-Hans' }).lang") == ""


@pytest.mark.parametrize("column", range(10))
def test_a_table_is_sorted_both_ways_by_any_column(ask: Ask, column: int) -> None:
    up, down = ask(
        """[1, -1].map(way => { S.sort = String(way * (it + 1)); return sorted().map(claim => [COLUMNS[it][1](claim), claim.i]); })""",
        column,
    )
    assert len(up) > 20
    assert sorted(i for _, i in up) == sorted(i for _, i in down)
    values = [value for value, _ in up]
    if isinstance(values[0], int):
        assert values == sorted(values)
    assert [v for v, _ in down] == values[::-1]
    # Equal ones keep the order of the case, whichever way.
    for rows in (up, down):
        for (value, i), (other, j) in itertools.pairwise(rows):
            assert value != other or i < j


def test_a_claim_is_dated_by_when_it_was_so_else_by_when_it_was_known(ask: Ask) -> None:
    view = case(cities=8)
    days = dict(ask("CLAIMS.map(claim => [claim.id, dayOf(claim)])"))
    assert len(view.claims) == len(days) > 20
    for claim in view.claims:
        known = min((a.known for a in claim.attestations if a.known), default="")
        assert days[f"claim/{claim.id}"] == (claim.standing.earliest or known)
    assert any(days.values()) and not all(days.values())


LINKS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), min_size=1, max_size=20).map(
    lambda pairs: [pair for pair in pairs if pair[0] != pair[1]]
)


@draws(30)
@given(LINKS)
def test_what_is_laid_out_anew_stands_in_rows_of_its_own(
    ask: Ask, pairs: list[tuple[int, int]]
) -> None:
    """Every actor has a place, none that of another; the outermost have a row each."""
    made = ask(
        """(() => {
            const nodes = Array.from({ length: 12 }, (_, i) => ({ i, label: String(i), term: { rank: 1 } }));
            const lines = it.map(([a, b]) => ({ from: nodes[a], tip: nodes[b], rel: { id: "operates" } }));
            const linked = nodes.filter((node) => lines.some((line) => line.from === node || line.tip === node));
            if (!linked.length) return [];
            const trees = forest(linked, lines, null);
            const laid = setForest(trees, 900, 700, 20);
            return [linked.length, [...laid.at].map(([node, spot]) => spot), laid.box, trees.length,
                [...laid.at].filter(([node]) => ![...laid.kin.values()].includes(node)).map(([, spot]) => spot)];
        })()""",
        pairs,
    )
    if not made:
        return
    count, spots, (left, top, right, bottom), _, outer = made
    assert len({tuple(spot) for spot in spots}) == len(spots) == count
    assert all(left <= x <= right and top <= y <= bottom for x, y in spots)
    for (x, y), (u, v) in itertools.combinations(outer, 2):
        assert abs(y - v) >= 19 or abs(x - u) >= 100


@pytest.mark.parametrize(
    ("given_", "said"),
    [([1, "step"], "1 step"), ([0, "claim"], "0 claims"), ([2000, "claim"], "2,000 claims"),
     ([2, "other entity", "other entities"], "2 other entities")],
)  # fmt: skip
def test_things_are_counted_in_words(ask: Ask, given_: list[Any], said: str) -> None:
    assert ask("many(...it)", given_) == said


def test_the_csv_of_a_page_has_a_row_for_each_claim_shown(ask: Ask) -> None:
    rows = list(csv.reader(io.StringIO(ask("csvText()").removeprefix("\ufeff"), newline="")))
    assert len(rows) == ask("V.claims.length") + 1 > 20
    assert {len(row) for row in rows} == {len(rows[0])}
    assert json.loads(ask("linkedText()"))["@graph"]


def test_the_page_gives_the_numbers_of_figures_with_their_stance(
    new_tab: Any, make_case: Any, tmp_path: Path
) -> None:
    rows = (
        "subject,measure,value,unit,scope,stance,voice,document,locator,quote\n"
        "body-fuzhou,stationCount,54,stations,place-world,,,doc-report,p. 5,there are 54\n"
        "body-fuzhou,stationCount,102,stations,place-world,denies,body-state,doc-page,para 1,\n"
    )
    graph = build(cases.find(make_case(figures=rows)))[0]
    with bare(new_tab, select(graph), tmp_path / "page.html") as ask:
        ask("(Object.values(S.off).forEach((off) => off.clear()), update())")
        text = ask("csvText()").removeprefix("\ufeff")
        words = ask("valueWords(CLAIMS.find((claim) => claim.figure))")
        linked = json.loads(ask("linkedText()"))
    (row,) = [r for r in csv.DictReader(io.StringIO(text)) if r["relation"] == "stationCount"]
    assert (row["values"], row["values opposed"]) == ("54 stations", "102 stations")
    assert "The embassy denied 102 stations" in row["sources"]
    assert words == "54 stations; opposed: 102 stations"
    said = [a for n in linked["@graph"] for c in n.get("c", []) for a in c["a"] if "num" in a]
    assert sorted((a["num"], a["t"], a["u"]) for a in said) == [
        ("102", "denies", "stations"),
        ("54", "asserts", "stations"),
    ]
    assert [a["q"] for a in said if "q" in a] == ["there are 54"]
    assert linked["@context"]["num"]["@id"] == "value"

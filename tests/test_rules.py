"""Rules of an ontology: what each finds, on cases of a few rows each, and what it leaves alone."""

import json
from itertools import permutations

import pytest
from asking import run
from test_conflicts import TERMS, M, N, built

from kg.analysis.conflicts import conflicts
from kg.analysis.entry_text import text
from kg.analysis.entry_words import EntryWords
from kg.analysis.finding import Finding
from kg.analysis.judged import Judged
from kg.case.terms import read
from kg.model.errors import BadCase, UsageError
from kg.model.rules import from_text, pattern, to_text
from kg.store.graph import open_graph
from kg.store.lens import Lens
from kg.verbs.conflicts import VERB

MORE = """
kg:met a kg:Event ; rdfs:label "met"@en ; rdfs:domain kg:Body ; rdfs:range kg:Body .
kg:paid a kg:Event ; rdfs:label "paid"@en ; rdfs:domain kg:Body ; rdfs:range kg:Body .
kg:praised a kg:State ; rdfs:label "praised"@en ; rdfs:domain kg:Body ; rdfs:range kg:Body .
kg:attacks a kg:State ; kg:role kg:ObjectsTo ; kg:adverse true ; kg:acceptsAttestation true ;
    rdfs:label "attacks"@en ; rdfs:domain kg:Entity ; rdfs:range kg:Entity .
"""
OWNER = MORE + 'kg:owns kg:exclusive "subject" ; kg:reason "A thing has one owner at a time"@en .\n'
OWNS = {"relation": "owns"}
Z = {"document": "doc-z"}


def entries(folder, *rows, terms=MORE, figures=(), judgements=(), **options):
    graph = built(folder, claims=rows, figures=figures, judgements=judgements, terms=terms)
    return conflicts(graph, Lens(), **options)


def told(found):
    return [(e.hard, e.kind, e.rules) for e in found]


# ---------------------------------------------------------------- the first, the most, the only
CALLED = N | {"relation": "hasState", "object": "place-closed"}
OF = 'kg:r a kg:Rule ; rdfs:label "the one?"@en ; kg:one "?x hasState place-closed" ; '
MOST = MORE + OF + 'kg:superlative "most" ; kg:counts "?x owns ?counted . ?counted a Body" .'
ONLY = MORE + OF + 'kg:superlative "only" ; kg:strict true ; kg:counts "?x met ?counted" .'
FIRST = MORE + OF + 'kg:superlative "first" ; kg:other "?x raided *" , "?x met *" .'
LAST = FIRST.replace('"first"', '"last"')
MET, RAIDED = {"relation": "met"}, {"relation": "raided"}


@pytest.mark.parametrize(
    ("terms", "rows", "beside"),
    [
        (MOST, [N | OWNS, M | OWNS | {"subject": "c"}, M | OWNS | {"subject": "c", "object": "d"}], "C: 2"),
        (MOST, [N | OWNS, M | OWNS | {"subject": "c"}], ""),
        (MOST, [M | OWNS | {"subject": "c"}], "C: 1"),
        (ONLY, [M | MET | {"subject": "c"}], "C: 1"),
        (ONLY, [M | MET], ""),
        (FIRST, [N | RAIDED | {"from": "2016"}, M | MET | {"subject": "c", "from": "2015"}], "in 2015"),
        (FIRST, [N | RAIDED | {"from": "2016"}, M | MET | {"subject": "c", "from": "2016-05"}], ""),
        (FIRST, [M | MET | {"subject": "c", "from": "2015"}], ""),
        (LAST, [N | RAIDED | {"from": "2016"}, M | MET | {"subject": "c", "from": "2017"}], "in 2017"),
        (LAST, [N | RAIDED | {"from": "2016"}, M | MET | {"subject": "c", "from": "2015"}], ""),
    ],
)  # fmt: skip
def test_what_is_called_the_first_or_the_most_beside_rows_of_another(tmp_path, terms, rows, beside):
    found = [e for e in entries(tmp_path, CALLED, *rows, terms=terms) if e.kind == "superlative"]
    assert len(found) == bool(beside)
    for e in found:
        assert (e.question, e.rules) == ("Body A: the one?", ("r",))
        assert beside in str(e.sides[1])
        assert e.hard == ("conflict" if terms == ONLY else "tension")


def test_two_that_one_voice_calls_the_most_are_no_rivals_and_no_part_is(tmp_path):
    rows = [
        CALLED | {"subject": "c"},
        M | OWNS | {"subject": "c"},
        M | OWNS | {"subject": "d"},
        Z | {"subject": "d", "relation": "partOf", "object": "a"},
    ]
    assert entries(tmp_path, CALLED, *rows, terms=MOST) == []


def test_which_of_two_with_different_owners_a_record_is(tmp_path):
    rows = N | OWNS, N | OWNS | {"subject": "c", "object": "d"}
    both = [("m", "b"), ("m", "d")]
    (found,) = entries(tmp_path, *rows, terms=OWNER, judgements=both)
    assert found.question == "Which of them is Body M: Body B or Body D?"
    assert (found.hard, found.across) == ("tension", "b | m; d | m")
    assert found.settles == "a record that tells which of them Body M is"
    same = N | OWNS, N | OWNS | {"object": "d"}
    assert entries(tmp_path / "same", *same, terms=OWNER, judgements=both) == []


# ---------------------------------------------------------------- by whom a document is
def test_what_is_taken_from_a_document_of_two_is_given_to_one(tmp_path):
    one = N | {"relation": "praised", "via": "by-two"}
    (found,) = entries(tmp_path, one)
    assert told([found]) == [("tension", "authors", ())]
    assert found.question == "By whom is “By two”: some of its authors, or all?"
    assert found.sides[0].label == "the authors of “By two”: Body A, Body N"
    both = one, one | {"voice": "a", "object": "c"}
    assert entries(tmp_path / "both", *both) == []
    assert entries(tmp_path / "else", one | {"voice": "c"}) == []


# ---------------------------------------------------------------- one at a time
def test_two_rival_owners_are_one_entry(tmp_path):
    (found,) = entries(tmp_path, N | OWNS, M | OWNS | {"subject": "c"}, terms=OWNER)
    assert told([found]) == [("tension", "exclusive", ("owns-exclusive",))]
    assert found.question == "Who or what owns Body B: Body A or Body C?"
    assert found.reason.startswith("A thing has one owner at a time; no dates tell")


@pytest.mark.parametrize(
    ("one", "other", "hard"),
    [
        ({"from": "2010", "to": "2015"}, {"from": "2016", "to": "2020"}, "explained"),
        ({"from": "2010", "to": "2017"}, {"from": "2016", "to": "2020"}, "tension"),
        ({"from": "2010"}, {"from": "2016", "to": "2020"}, "tension"),
        ({"from": "2010", "to": ".."}, {"from": "2016"}, "tension"),
        ({"from": "2010", "to": "..", "said": "2015"}, {"from": "2016"}, "explained"),
        ({"from": "2010", "to": "..", "said": "2015"}, {"from": "2016", "to": ".."}, "explained"),
        ({"from": "2010", "said": "2015"}, {"from": "2016", "said": "2016"}, "explained"),
        ({"from": "2010", "document": "doc-early"}, {"from": "2023"}, "explained"),
        ({"from": "2010", "to": "..", "said": "2017"}, {"from": "2016"}, "tension"),
        ({"said": "2015"}, {"from": "2016"}, "tension"),
        ({"from": "2010", "to": "..", "said": "2015"}, {"said": "2017"}, "tension"),
        ({"from": "2016", "to": "..", "said": "2015"}, {"from": "2016", "said": "2017"}, "tension"),
    ],
)
def test_periods_are_compared_first(tmp_path, one, other, hard):
    rows = N | OWNS | one, M | OWNS | other | {"subject": "c"}
    assert [e.hard for e in entries(tmp_path, *rows, terms=OWNER, all=True)] == [hard]


@pytest.mark.parametrize(
    "rows",
    [
        (N | OWNS, N | OWNS | {"subject": "c"}),  # one voice names both
        (N | OWNS, M | OWNS | {"subject": "c", "stance": "questions"}),
        (N | OWNS, M | OWNS | {"subject": "c", "object": "d"}),
        (
            N | OWNS,
            M | OWNS | {"subject": "c"},
            Z | {"subject": "c", "relation": "partOf", "object": "a"},
        ),
    ],
)
def test_who_is_named_together_or_belongs_to_the_other_is_no_rival(tmp_path, rows):
    assert entries(tmp_path, *rows, terms=OWNER) == []


def test_holders_that_are_told_together_are_read_as_one_answer(tmp_path):
    both = N | OWNS, N | OWNS | {"subject": "c"}
    (found,) = entries(tmp_path, *both, M | OWNS | {"subject": "d"}, terms=OWNER)
    assert found.question == "Who or what owns Body B: Body A and Body C together, or Body D?"


def test_of_owners_one_after_the_other_those_of_the_time_are_rivals(tmp_path):
    one, other = (
        N | OWNS | {"from": "2000", "to": "2005"},
        N | OWNS | {"from": "2011", "subject": "c"},
    )
    third = M | OWNS | {"from": "2004", "to": "2005", "subject": "d"}
    (found,) = entries(tmp_path / "some", one, other, third, terms=OWNER)
    assert found.question == "Who or what owns Body B: Body A or Body D?"
    undated = third | {"from": "", "to": ""}
    (found,) = entries(tmp_path / "all", one, other, undated, terms=OWNER)
    assert all(name in found.question for name in ("Body A", "Body C", "Body D"))


def test_who_comes_between_two_terms_of_another_is_no_rival(tmp_path):
    """Each span is compared, and not from the first day of all that a side tells to its last."""
    first = N | OWNS | {"from": "2000", "to": "2003"}
    again = N | OWNS | {"from": "2010", "to": "2013"}
    between = M | OWNS | {"from": "2005", "to": "2006", "subject": "d"}
    assert entries(tmp_path, first, again, between, terms=OWNER) == []


def test_a_strict_rule_finds_conflicts(tmp_path):
    rows = N | OWNS, M | OWNS | {"subject": "c"}
    (found,) = entries(tmp_path, *rows, terms=OWNER + "kg:owns kg:strict true .")
    assert found.hard == "conflict"


def test_rivals_across_records_that_may_be_one(tmp_path):
    rows = N | OWNS, M | OWNS | {"subject": "c", "object": "d"}
    (found,) = entries(tmp_path, *rows, terms=OWNER, judgements=[("b", "d")])
    assert (found.across, "Spelt alike" in found.reason) == ("b | d", True)


def test_rivals_that_may_be_one_stand_apart_and_it_is_said(tmp_path):
    rows = N | OWNS, M | OWNS | {"subject": "c"}, Z | OWNS | {"subject": "d", "voice": "d"}
    twins = [("c", "d")]
    (found,) = entries(tmp_path, *rows, terms=OWNER, judgements=twins)
    assert found.question == "Who or what owns Body B: Body A, Body C or Body D?"
    assert "Body C and Body D are two only if they are not one, which is unsure" in found.reason
    assert entries(tmp_path / "two", *rows[1:], terms=OWNER, judgements=twins) == []


def test_a_rule_changes_no_status(tmp_path):
    (found,) = entries(tmp_path, N | OWNS, M | OWNS | {"subject": "c"}, terms=OWNER)
    assert all("uncontested" in line for line in found.standing)


def test_a_rule_of_one_at_a_time_can_be_kept_to_some_claims(tmp_path):
    rule = 'kg:r a kg:Rule ; kg:onRelation kg:owns , kg:praised ; kg:exclusive "subject" ;'
    rule += ' kg:one "Body owns b" , "c praised *" .'
    rows = [
        N | OWNS,
        M | OWNS | {"subject": "c"},
        N | OWNS | {"object": "d"},
        M | OWNS | {"subject": "c", "object": "d"},
        Z | {"relation": "praised", "subject": "d"},
    ]
    (found,) = entries(tmp_path, *rows, terms=MORE + rule)
    assert found.question == "Who or what owns Body B: Body A or Body C?"


def test_what_a_rule_finds_in_the_rows_of_a_denial_is_that_entry(tmp_path):
    rule = 'kg:r a kg:Rule ; kg:one "not ?x owns b" ; kg:other "?x owns b" .'
    rows = N | OWNS, M | OWNS | {"stance": "denies"}
    (found,) = entries(tmp_path, *rows, terms=MORE + rule)
    assert (found.hard, found.kind, found.rules) == ("conflict", "denial", ("r",))
    (found,) = conflicts(open_graph(tmp_path / "out"), Lens(), rule="r")
    assert "Put forward by one voice, denied by one voice" in found.reason
    more = *rows, Z | {"relation": "praised"}
    wider = rule.replace('"?x owns b"', '"?x owns b" , "?x praised b"')
    apart = entries(tmp_path / "more", *more, terms=MORE + wider)
    assert [e.kind for e in apart] == ["denial", "rulesOut"]


# ---------------------------------------------------------------- what happens again
def test_hundreds_of_payments_are_no_conflict_beside_two_rival_owners(tmp_path):
    paid = [
        {
            "relation": "paid",
            "from": f"20{i % 20 + 10}-{i % 12 + 1:02}-{i % 28 + 1:02}",
            "voice": "nm"[i % 2],
            "locator": str(i),
        }
        for i in range(300)
    ]
    sums = [
        {"value": str(i), "unit": "EUR", "voice": "nm"[i % 2], "locator": str(i)}
        for i in range(300)
    ]
    again = "kg:paid kg:repeats true . kg:size kg:repeats true ."
    owners = N | OWNS, M | OWNS | {"subject": "c"}
    (found,) = entries(tmp_path, *paid, *owners, terms=OWNER + again, figures=sums, all=True)
    assert found.rules == ("owns-exclusive",)


def test_many_dates_tell_that_it_happens_again(tmp_path):
    rows = [{"from": f"20{i}", "voice": "nmcd"[i - 10], "locator": str(i)} for i in range(10, 14)]
    assert entries(tmp_path, *rows) == []


def test_what_is_told_to_happen_again_of_others_does_so_of_two(tmp_path):
    two = N | MET | {"from": "2001"}, M | MET | {"from": "2002"}
    assert told(entries(tmp_path, *two)) == [("tension", "genuine", ())]
    others = [two[0] | {"object": "c", "from": str(year)} for year in range(2001, 2006)]
    assert entries(tmp_path / "others", *two, *others) == []
    # Nobody but one relation is meant by it.
    (found,) = entries(tmp_path / "raid", two[0] | RAIDED, two[1] | RAIDED, *others)
    assert found.kind == "genuine"


def test_a_date_that_is_told_to_be_one_is_strict(tmp_path):
    rows = N | {"from": "2022-10"}, M | {"from": "2023-01"}
    assert [e.hard for e in entries(tmp_path / "any", *rows)] == ["tension"]
    once = MORE + 'kg:raided kg:exclusive "date" .'
    assert [e.hard for e in entries(tmp_path / "once", *rows, terms=once)] == ["conflict"]


# ---------------------------------------------------------------- what rules out what
RULED = (
    MORE
    + """
kg:praised kg:rulesOut kg:owns ; kg:reason "Nobody praises what is his"@en .
kg:shutOrNot a kg:Rule ; rdfs:label "shut or not?"@en ; kg:strict true ; kg:reason "It cannot be both"@en ;
    kg:one "?x hasState place-closed" ; kg:other "?x praised *" , "not Body raided ?x" .
"""
)


def test_a_relation_rules_out_another(tmp_path):
    rows = N | {"relation": "praised"}, M | OWNS
    (found,) = entries(tmp_path, *rows, terms=RULED)
    assert told([found]) == [("tension", "rulesOut", ("praised-rulesOut-owns",))]
    assert found.reason == "Nobody praises what is his."


def test_a_rule_meets_stances_classes_and_parts(tmp_path):
    rows = (
        N | {"subject": "b", "relation": "hasState", "object": "place-closed"},
        M | {"stance": "denies", "object": "c"},
        Z | {"subject": "c", "relation": "partOf", "object": "b"},
    )
    (found,) = entries(tmp_path, *rows, terms=RULED)
    assert told([found]) == [("conflict", "rulesOut", ("shutOrNot",))]
    assert found.question == "Body B: shut or not?"
    assert "along “is part of”" in found.reason


def test_only_what_a_rule_finds(tmp_path):
    rows = N | {"relation": "praised"}, M | OWNS, N, M | {"stance": "denies"}
    graph = built(tmp_path, claims=rows, terms=RULED)
    assert [e.kind for e in conflicts(graph, Lens())] == ["denial", "rulesOut"]
    assert [e.kind for e in conflicts(graph, Lens(), rule="praised-rulesOut-owns")] == ["rulesOut"]
    with pytest.raises(UsageError, match="did you mean “shutOrNot”"):
        conflicts(graph, Lens(), rule="shutOrNo")


# ---------------------------------------------------------------- parts, totals, remarks
@pytest.mark.parametrize("whole", ["a", "c"])
def test_a_denial_of_the_whole_meets_a_claim_of_the_part_and_the_other_way(tmp_path, whole):
    part = "c" if whole == "a" else "a"
    rows = (
        N | {"subject": "c"},
        M | {"stance": "denies"},
        Z | {"subject": part, "relation": "partOf", "object": whole},
    )
    (found,) = entries(tmp_path, *rows)
    assert told([found]) == [("tension", "part", ())]
    assert "along “is part of”" in found.reason


COUNTS = 'kg:size kg:counts "?subject owns ?counted . ?counted a Body" ; kg:reason "Bodies are counted"@en .'


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ({"value": "3"}, ["count"]),
        ({"value": "2"}, []),
        ({"value": "2", "qualifier": "at-least"}, []),
    ],
)
def test_a_total_beside_the_rows(tmp_path, said, kinds):
    rows = [N | OWNS, N | OWNS | {"object": "c"}]
    found = entries(tmp_path, *rows, terms=MORE + COUNTS, figures=[N | said | {"scope": ""}])
    assert [e.kind for e in found] == kinds
    assert all(e.question.endswith("3 stated, 2 listed?") for e in found)


def test_a_number_that_is_denied_is_asked_for_without_a_verb(tmp_path):
    said = N | {"scope": "", "value": "3"}, M | {"scope": "", "value": "3", "stance": "denies"}
    (found,) = entries(tmp_path, figures=said)
    assert (found.kind, found.question) == ("denial", "The size of Body A: 3?")


def test_what_is_said_of_a_statement_or_a_document(tmp_path):
    rows = (
        N | {"key": "k"},
        M | {"subject": "m", "relation": "attacks", "object": "@k"},
        M | {"subject": "m", "relation": "attacks", "object": "work-v1"},
    )
    found = entries(tmp_path, *rows)
    assert told(found) == [("conflict", "remark", ()), ("tension", "remark", ())]
    assert found[1].question == "“Work”: right or wrong?"


def test_what_is_said_of_a_statement_that_was_taken_back_is_explained(tmp_path):
    rows = (
        N | {"key": "k"},
        M | {"subject": "m", "relation": "attacks", "object": "@k"},
        N | {"stance": "retracts"},
    )
    assert entries(tmp_path / "some", *rows) == []
    found = entries(tmp_path / "all", *rows, all=True)
    assert ("explained", "remark") in {(e.hard, e.kind) for e in found}


def test_who_rejects_a_denial_of_what_was_taken_back_is_in_no_conflict(tmp_path):
    rows = (
        N,
        M | {"stance": "denies", "key": "k"},
        {"voice": "b", "subject": "b", "relation": "attacks", "object": "@k"},
    )
    (found,) = entries(tmp_path / "before", *rows)
    assert found.hard == "conflict"
    found = entries(tmp_path / "after", *rows, N | {"stance": "retracts"})
    assert told(found) == [("tension", "remark", ())]
    assert found[0].reason == "All who put forward what the one denies took it back."


def test_a_document_that_is_set_against_another_leaves_open_which_is_right(tmp_path):
    row = M | {"subject": "doc-z", "relation": "attacks", "object": "work-v1"}
    (found,) = entries(tmp_path, row)
    assert told([found]) == [("tension", "remark", ())]
    assert found.question == "Is it so that Document Z attacks Work one?"


def test_the_query_for_differing_figures_compares_one_unit(tmp_path, capsys):
    rows = [
        N | {"value": "2.9", "unit": "million EUR"},
        M | {"value": "5000000", "unit": "EUR"},
        N | {"subject": "b", "value": "9", "unit": "people"},
        M | {"subject": "b", "value": "60", "unit": "people"},
    ]
    built(tmp_path, figures=rows)
    capsys.readouterr()
    assert run("ask", tmp_path, "differing-figures", format="json") == 0
    answer = json.loads(capsys.readouterr().out)["results"]["bindings"]
    found = [[row[c]["value"] for c in ("lowest", "highest")] for row in answer]
    assert sorted(found) == [["", ""], ["9", "60"]]
    assert sorted(sorted(row["units"]["value"].split(" / ")) for row in answer) == [
        ["EUR", "million EUR"],
        ["people"],
    ]


def test_a_document_cannot_tell_of_what_came_after_it(tmp_path):
    (found,) = entries(tmp_path, N | {"from": "2023-04", "via": "doc-early"})
    assert (found.hard, found.kind) == ("conflict", "print")


@pytest.mark.parametrize(
    ("passages", "entries_"), [(("10-90", "40-60"), 1), (("10-20", "40-60"), 2)]
)
def test_one_answer_to_several_questions_is_one_entry(tmp_path, passages, entries_):
    rows = [N, N | {"object": "c"}]
    for end, passage in zip("bc", passages, strict=True):
        rows.append(M | {"object": end, "stance": "denies", "passage": passage})
    assert len(entries(tmp_path, *rows)) == entries_


# ---------------------------------------------------------------- ids, judgements, the verb
def test_whatever_the_order_of_rows_entries_and_ids_are_the_same(tmp_path):
    rows = [
        N | OWNS | {"locator": "1"},
        M | OWNS | {"subject": "c", "locator": "2"},
        N | {"locator": "3"},
        M | {"stance": "denies", "locator": "4"},
    ]
    found = [
        entries(tmp_path / str(i), *order, terms=OWNER)
        for i, order in enumerate([*permutations(rows)][::7])
    ]
    assert len(found[0]) == 2
    assert all(f == found[0] for f in found)


def settled(folder, *marks):
    """The graph of a case with these entries settled."""
    path = folder / "data" / "judgements.csv"
    rows = "".join(f"{mark},,settled,Seen,me,2026-01-02\n" for mark in marks)
    path.write_text("left,right,kind,reason,by,date\n" + rows, encoding="utf-8")
    assert run("build", folder) == 0
    return open_graph(folder / "out")


def test_a_judgement_of_what_is_no_entry_any_more_is_told(tmp_path, capsys):
    graph = built(tmp_path, claims=[N, M | {"stance": "denies"}])
    (found,) = conflicts(graph, Lens())
    settled(tmp_path, found.id, "c-0000001")
    assert run("conflicts", tmp_path) == 0
    told = capsys.readouterr()
    assert "c-0000001, settled by me on 2026-01-02: Seen: no entry is called so" in told.err
    assert found.id not in told.err and "c-0000001" not in told.out
    assert run("conflicts", tmp_path, entity="a") == 0
    assert "c-0000001" not in capsys.readouterr().err


def test_an_entry_whose_parts_were_settled_before_they_became_one_is_settled(tmp_path):
    built(tmp_path, claims=[N])
    day = Finding("genuine", ("event", "e"), "conflict", "", (), alone=("genuine", "x"))
    both = [day, day._replace(alone=("genuine", "y"))]
    words = EntryWords(open_graph(tmp_path / "out"))
    marks = [words.mark([f._replace(key=f.alone)]) for f in both]
    for some, told, whole in (
        (marks, "c-", True),
        (marks[:1], "of a part of it, which was an entry of its own: c-", False),
        ([], "", False),
    ):
        judged = Judged(settled(tmp_path, *some))
        note = judged.of(words.mark(both), words.marks(both))
        assert note[0].startswith(told) and note[1] == whole and not judged.unmet


def test_a_judgement_settles_an_entry_and_can_be_taken_back(tmp_path, capsys):
    graph = built(tmp_path, claims=[N, M | {"stance": "denies"}])
    (found,) = conflicts(graph, Lens())
    path = tmp_path / "data" / "judgements.csv"
    before = path.read_text("utf-8")
    row = f"{found.id},,settled,The register was seen,me,2026-01-02\n"
    path.write_text(before + row, encoding="utf-8")
    assert run("build", tmp_path) == 0
    capsys.readouterr()
    assert run("conflicts", tmp_path) == 0
    assert found.id not in capsys.readouterr().out
    assert run("conflicts", tmp_path, settled=True) == 0
    assert "settled by me on 2026-01-02: The register was seen" in capsys.readouterr().out
    path.write_text(before, encoding="utf-8")
    assert run("build", tmp_path) == 0
    capsys.readouterr()
    assert run("conflicts", tmp_path) == 0
    assert found.id in capsys.readouterr().out


def test_one_entry_in_full(tmp_path, capsys):
    graph = built(tmp_path, claims=[N | OWNS, M | OWNS | {"subject": "c"}], terms=OWNER)
    (found,) = conflicts(graph, Lens())
    capsys.readouterr()
    assert run("conflicts", tmp_path, explain=found.id) == 0
    shown = capsys.readouterr().out
    for part in ("rule owns-exclusive", "“Document X”, p. 1", "uncontested", f"settled,{found.id}"):
        assert part in shown
    assert run("conflicts", tmp_path, explain="c-none") == 1
    assert {p.name for p in VERB.params} >= {"rule", "settled", "explain"}


def test_what_an_entry_asks_for_is_it_and_stands_before_what_is_said_of_parts(tmp_path):
    rows = [
        Z | {"subject": "c", "relation": "partOf", "object": "a"},
        Z | RAIDED | {"subject": "c"},
        N | RAIDED | {"from": "2019"},
        M | RAIDED | {"stance": "denies"},
    ]
    (found,) = entries(tmp_path, *rows)
    assert [side.short.partition(" — ")[0] for side in found.sides] == [
        "Body N asserted it, in 2019",
        "Body M denied it",
    ]
    assert len(found.sides[0].said) == 2


def test_who_only_asks_has_not_disagreed(tmp_path):
    rows = N | {"stance": "questions"}, M | {"stance": "denies"}
    assert entries(tmp_path, *rows, all=True) == []


def test_what_somebody_says_of_themselves_is_said_once(tmp_path):
    rows = N | RAIDED | {"voice": "a"}, M | RAIDED | {"stance": "denies"}
    (found,) = entries(tmp_path, *rows)
    assert found.sides[0].said[0].startswith("Body A raided Body B (own words) — ")
    assert found.sides[0].short.startswith("Body A asserted it — ")


def test_a_name_with_a_comma_is_kept_whole(tmp_path):
    rows = (
        N | {"relation": "shut", "object": "comma"},
        M
        | {
            "relation": "shut",
            "object": "comma",
            "stance": "denies",
        },
    )
    (found,) = entries(tmp_path, *rows)
    assert (found.question, found.sides[0].short) == (
        "Is it so that Body A shut Hall, the old one?",
        "Body N asserted it — “Document X”, p. 1",
    )


@pytest.mark.parametrize(
    ("label", "question"),
    [
        ('"is part of"@en', "Body A: part of Body B?"),
        ('"are allies of"@en', "Body A: allies of Body B?"),
        ('"is"@en', "Is it so that Body A is Body B?"),
        ('"was part of"@en', "Is it so that Body A was part of Body B?"),
        ('"does business with"@en', "Is it so that Body A does business with Body B?"),
        ('"may own"@en-GB', "May Body A own Body B?"),
        ('"is van"@nl', "Is it so that Body A is van Body B?"),
        ('"owns"@en', "Is it so that Body A owns Body B?"),
        ('"owner"@en', "Is it so that owner: Body A → Body B?"),
    ],
)
def test_a_question_needs_no_verb_in_the_number_of_its_subject(tmp_path, label, question):
    terms = f"kg:r a kg:State ; rdfs:label {label} ; rdfs:domain kg:Body ; rdfs:range kg:Body ."
    rows = N | {"relation": "r"}, M | {"relation": "r", "stance": "denies"}
    (found,) = entries(tmp_path, *rows, terms=terms)
    assert found.question == question
    assert found.sides[1].short == "Body M denied it — “Document Y”, p. 2"


def test_no_sentence_stands_twice(tmp_path):
    rows = [N | OWNS, M | OWNS | {"subject": "c"}, Z | OWNS | {"subject": "d", "voice": "d"}]
    found = entries(tmp_path, *rows, terms=OWNER)
    lines = text(found, 100).splitlines()
    assert len(lines) == len({*lines})
    assert "one other answer" in lines[2]


# ---------------------------------------------------------------- reading rules
@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ('kg:owns kg:exclusive "objekt" .', "did you mean “object”"),
        ('kg:r a kg:Rule ; kg:one "?x ownz b" ; kg:other "?x owns c" .', "did you mean “owns”"),
        ('kg:r a kg:Rule ; kg:one "?x owns" ; kg:other "?x owns c" .', "three words"),
        ("kg:r a kg:Rule .", "says of nothing what it rules out"),
        ("kg:owns kg:rulesOut kg:none .", "a relation or measure of this case"),
        ('kg:owns kg:repeats "often" .', "true or false"),
        ('kg:owns kg:superlative "most" .', "no rule with a name"),
        ('kg:r a kg:Rule ; kg:superlative "best" ; kg:one "?x owns *" .', "one of first, last"),
        ('kg:r a kg:Rule ; kg:superlative "most" , "only" .', "most and only"),
        ('kg:r a kg:Rule ; kg:superlative "only" ; kg:one "?x owns *" .', "with a pattern of"),
        ('kg:r a kg:Rule ; kg:superlative "last" ; kg:one "a owns *" .', "kg:one is without"),
    ],
)
def test_a_rule_that_cannot_be_read_is_told(tmp_path, rule, told):
    path = tmp_path / "terms.ttl"
    path.write_text(TERMS + rule, encoding="utf-8")
    with pytest.raises(BadCase, match=told):
        read([path])


def test_rules_are_kept_with_the_graph(tmp_path):
    graph = built(tmp_path, claims=[N], terms=RULED)
    rules = graph.terms.rules
    assert {r.name for r in rules} == {"praised-rulesOut-owns", "shutOrNot"}
    assert from_text(to_text(rules)) == rules
    assert pattern("?x praised */b").object == ("*", "b")

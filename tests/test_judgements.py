"""What an editor decides in judgements.csv: merged records keep what each of them says."""

from __future__ import annotations

import pytest

from kg.analysis.dossier import dossier
from kg.case.folder import find
from kg.case.ids import merged
from kg.store import shacl
from kg.store.build import build
from kg.store.check import check
from kg.store.lens import Lens, Seen

HEAD = "kind,left,right,reason,by,date\n"


def graph_of(folder):
    return build(find(folder))[0]


@pytest.fixture
def one_text(make_case):
    """Two records of one document, printed on two days; each has a passage."""
    return graph_of(
        make_case(
            documents="id,name,published\ndoc-page,A page,2020-01-10\ndoc-report,The report,2021-01-10\n",
            judgements=f"{HEAD}same,doc-page,doc-report,one text,,\n",
        )
    )


def test_both_values_of_merged_records_are_kept(one_text):
    assert one_text.terms.values(one_text.ledger.entity("doc-page"), "PublishedOn") == (
        "2020-01-10",
        "2021-01-10",
    )
    days = [value for label, value in dossier(one_text, "doc-page").facts if "publication" in label]
    assert days == ["2020-01-10", "2021-01-10"]


def test_a_passage_is_not_known_before_its_own_print(one_text):
    def seen(day):
        return {c.relation for c in Seen(one_text, Lens(known_by=day)).claims()}

    assert "operates" in seen("2020-06-01")
    assert "visited" not in seen("2020-06-01")
    assert "visited" in seen("2021-06-01")


def test_a_second_name_in_one_language_is_an_alias(make_case):
    graph = graph_of(
        make_case(
            people="id,name,name_zh\nperson-lu,Lu,卢\nperson-lo,Lo,罗\n",
            judgements=f"{HEAD}same,person-lu,person-lo,one man,,\n",
        )
    )
    entity = graph.ledger.entity("person-lu")
    assert (entity.names, entity.aliases) == ((("zh", "卢"),), ("Lo", "罗"))
    assert shacl.validate(graph) == []


def test_clashing_values_are_told_and_the_graph_is_built(make_case, complain):
    folder = make_case(
        documents="id,name,published\ndoc-page,A page,2020\ndoc-report,The report,2021\n",
        judgements=f"{HEAD}same,doc-page,doc-report,one text,,\n",
    )
    (told,) = complain(folder)
    assert told.startswith("warning: judgements.csv, row 2: doc-page has the date of publication")
    assert "“2020”, doc-report “2021”; both are kept" in told
    assert graph_of(folder).manifest["warnings"]


def test_records_of_two_classes_are_not_one(make_case, complain):
    folder = make_case(judgements=f"{HEAD}same,body-fuzhou,person-lu,typed wrong,,\n")
    (told,) = complain(folder)
    assert (
        "“body-fuzhou” is a Body, “person-lu” a Person; expected two records of one class" in told
    )


def test_a_record_of_a_narrower_class_may_be_the_same(make_case, complain):
    assert complain(make_case(judgements=f"{HEAD}same,body-ngo,body-state,one body,,\n")) == []


def test_two_classes_meet_through_a_third_record(make_case, complain):
    rows = "same,body-fuzhou,body-state,x,,\nsame,body-state,person-lu,x,,\n"
    told = complain(make_case(judgements=HEAD + rows))
    assert len(told) == 1 and "row 3, column right" in told[0]


@pytest.mark.parametrize("kind", ["misprint", "settled", "silenced"])
@pytest.mark.parametrize("left", ["@d1", "station-irl01", "denial:27ac45-3f"])
def test_what_is_no_record_can_be_judged_too(make_case, kind, left):
    found = check(find(make_case(judgements=f"{HEAD}{kind},{left},,as the text says,me,2022\n")))
    assert found.problems == ()


def test_chains_are_merged_in_linear_time():
    pairs = [(f"a{i:06}", f"a{i + 1:06}") for i in range(100_000)]
    assert set(merged(pairs).values()) == {"a000000"}
    assert set(merged(reversed(pairs)).values()) == {"a000000"}
    star = [("hub", f"a{i}") for i in range(100_000)]
    assert set(merged(star).values()) == {"hub"}


def test_the_one_that_gives_way_to_none_stands_else_the_first():
    assert merged([("b", "a"), ("b", "c")]) == {"a": "b", "c": "b"}
    assert merged([("b", "a"), ("a", "b")]) == {"b": "a"}
    assert merged([("x", "y"), ("z", "y")]) == {"y": "x", "z": "x"}

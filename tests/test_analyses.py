"""Each verb that asks the ledger, as a user runs it on the shipped case."""

import csv
import io
import json

import pytest


@pytest.fixture(scope="session")
def kg(stand, warm):
    def run(*words, code=0):
        ran = warm.run(stand, ("--case", "example", *words), {"COLUMNS": "100"})
        assert ran.returncode == code, ran.stderr
        return ran.stdout

    return run


# A call of each verb, and what has to stand in its answer.
CALLS = [
    (("find", "Daum", "--kind", "Person"), "person-jeremy-daum"),
    (("neighbors", "Hu Renai"), "Station in Aubervilliers, Paris"),
    (("timeline", "Lu Jianwang"), "2023-04"),
    (("claims", "--entity", "Lu Jianwang", "--relation", "chargedWith"), "obstruction of justice"),
    (("claims", "--rows", "--voice", "Mao Ning"), "denies"),
    (("figures", "--measure", "personsPersuaded"), "2001-04"),
    (("conflicts", "--entity", "FBI"), "genuine:"),
    (("compare", "doc-stations-page", "doc-recruit"), "contradict"),
    (("sources",), "Patrol and Persuade"),
    (("sources", "--origins"), "origins"),
    (("sources", "--echo", "Safeguard Defenders"), "↳"),
    (("gaps", "--kind", "disputed-unanswered"), "to close it"),
    (("stats",), "claims"),
    (("terms", "closure"), "orderedClosureOf"),
    (("ask",), "timeline: "),
    (("ask", "charges", "Lu Jianwang"), "was charged with"),
    (("ask", "charges", "person=Lu Jianwang", "--format", "csv"), "person-lu-jianwang"),
]


@pytest.mark.parametrize(
    ("words", "found"), CALLS, ids=lambda w: " ".join(w) if isinstance(w, tuple) else ""
)
def test_a_verb_answers(kg, words, found):
    assert found in kg(*words)


@pytest.mark.parametrize(
    "verb", [("claims",), ("figures",), ("conflicts",), ("gaps",), ("stats",), ("sources",)]
)
def test_lists_for_programs(kg, verb):
    rows = json.loads(kg(*verb, "--format", "json"))
    assert rows
    head, *body = csv.reader(io.StringIO(kg(*verb, "--format", "csv"), newline=""))
    assert (len(body), head) == (len(rows), list(rows[0]))
    assert kg(*verb, "--format", "markdown").count("\n") == len(rows) + 2


def test_whatever_shows_a_claim_shows_its_standing(kg):
    for verb in (("claims",), ("claims", "--rows"), ("neighbors", "network-stations"), ("gaps",)):
        for row in json.loads(kg(*verb, "--format", "json")):
            if row.get("gap") not in ("undated-document", "unread-document"):
                assert row["status"] and row["basis"] and "voices" in row and "documents" in row


def test_a_lens_settles_anew(kg):
    words = ("claims", "--subject", "network-stations", "--object", "topic-overseas-police-station")
    (whole,) = json.loads(kg(*words, "--format", "json"))
    (seen,) = json.loads(kg(*words, "--document", "doc-clt", "--format", "json"))
    assert whole["status"] == "Contested"
    assert seen["documents"] <= 1
    assert seen["voices"] < whole["voices"]


def test_nothing_changed_and_nothing_found(kg):
    kg("find", "zzzzzz", code=1)
    kg("ask", "charges", "Nobody At All", code=1)
    kg("ask", "chargez", code=1)
    kg("gaps", "--kind", "nonsense", code=2)
    kg("claims", "--since", "1/2/2022", code=2)
    kg("diff", code=3)
    kg("build", "--force")
    assert kg("diff") == ""


def test_verify_without_the_texts_says_so(kg, tmp_path):
    kg("verify", "--texts", str(tmp_path), code=1)
    kg("verify", "--texts", str(tmp_path / "none"), code=2)

"""What editors keep of a document: shown with it and with its evidence, and no status changes."""

from pathlib import Path

import pytest

from kg.analysis import citations, dossier, dossier_text
from kg.case import folder as cases
from kg.store.build import build
from kg.store.check import check, proofread
from kg.store.lens import Lens
from kg.text.grades import explained

KEPT = {
    "updated": "2023-01",
    "accessed": "2024-03-01",
    "archived": "https://web.archive.org/web/2024/https://example.org/",
    "asked": "2024-03-04",
    "answer": "No answer by 2024-03-18",
    "grade": "B2",
    "author_role": "counsel for the embassy",
    "page_labels": "i-xii, 1-204",
}
DOCUMENTS = f"id,name,authors,published,{','.join(KEPT)}\ndoc-page,A page,,2022-12,{{}}\ndoc-report,The report,body-ngo,2022-09-12,,,,,,,,\n"


@pytest.fixture(scope="module")
def graphs(make_case):
    """The graph with what is kept, and without."""
    cells = ",".join(f'"{v}"' for v in KEPT.values())
    folders = [make_case(documents=DOCUMENTS.format(c)) for c in (cells, "," * (len(KEPT) - 1))]
    return [build(cases.find(folder))[0] for folder in folders]


def test_all_of_it_is_shown_with_the_document(graphs):
    text = dossier_text.text(dossier.dossier(graphs[0], "doc-page"), 200)
    lines = [line for line in text.splitlines() if ": " in line]
    assert [line for line in lines if "grade" in line] == [
        "grade: B2 (usually reliable; probably true)"
    ]
    for label, column in {
        "last changed": "updated",
        "accessed": "accessed",
        "archived at": "archived",
        "asked for comment": "asked",
        "answer": "answer",
        "author's role": "author_role",
        "pages": "page_labels",
    }.items():
        assert f"{label}: {KEPT[column]}" in lines


def test_evidence_and_sources_tell_the_grade_and_the_copy(graphs):
    told = dossier.dossier(graphs[0], "body-fuzhou").to_json()
    spoken = [s for claim in told["claims"] for s in claim["spoken"] if s["document"] == "doc-page"]
    assert {(s["grade"], s["archived"]) for s in spoken} == {("B2", KEPT["archived"])}
    found = {s.id: s for s in citations.sources(graphs[0], Lens())}
    assert (found["doc-page"].grade, found["doc-report"].grade) == ("B2", "")


def test_no_status_changes(graphs):
    def standings(graph):
        told = dossier.dossier(graph, "body-fuzhou")
        return [(c.id, c.standing) for c in (*told.claims, *told.figures)]

    assert standings(graphs[0]) == standings(graphs[1])


def test_sources_list_the_grade_where_there_is_one(kg, graphs):
    lists = [kg(Path(g.out).parent, "sources").stdout for g in graphs]
    assert ["grade" in listed for listed in lists] == [True, False]


def test_what_is_no_date_or_address_is_refused(make_case):
    cells = '2023-13,yesterday,example.org,"March 2024",x,y,z,w'
    found = check(cases.find(make_case(documents=DOCUMENTS.format(cells)))).problems
    assert [(p.row, p.column) for p in found if p.file == "documents.csv"] == [
        (2, "updated"),
        (2, "accessed"),
        (2, "archived"),
        (2, "asked"),
    ]


@pytest.mark.parametrize(
    ("grade", "told"),
    [
        ("A1", "A1 (completely reliable; confirmed by others)"),
        ("f6", "f6 (reliability cannot be judged; truth cannot be judged)"),
        ("G2", "G2"),
        ("B", "B"),
        ("B7", "B7"),
        ("a court record", "a court record"),
        ("", ""),
    ],
)
def test_grades_in_words(grade, told):
    assert explained(grade) == told


def test_a_gloss_is_never_printed_as_a_quotation(make_case, kg):
    head = "subject,relation,object,document,locator,gloss,quote\n"
    row = "body-fuzhou,operates,station-irl01,doc-page,row 1,Says that it runs it,they run it\n"
    folder = make_case(claims=head + row)
    assert [line[3:] for line in proofread(cases.find(folder)) if line[0] == "claims.csv"] == [
        ("Says that it runs it", "they run it")
    ]
    out = kg(folder, "check", "--read").stdout
    assert "    Says that it runs it\n    “they run it”\n" in out

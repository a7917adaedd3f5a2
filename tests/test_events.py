"""Events of several parties with amounts: a row of events.csv, in the words of two cases that share no term."""

import json

import pytest
from asking import run

from kg.analysis.compare import compare
from kg.analysis.conflicts import conflicts
from kg.case.folder import find
from kg.store.build import build
from kg.store.check import check
from kg.store.lens import Lens
from kg.text.untrusted import one_line

PREFIXES = """@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix my: <https://example.org/terms#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
BANK = {
    "ontology/terms.ttl": PREFIXES
    + """my:Actor a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "actor"@en ; kg:table "actors" .
my:Happening a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "happening"@en ; kg:table "events" .
my:Payment a rdfs:Class ; rdfs:subClassOf my:Happening ; rdfs:label "payment"@en ;
    kg:sentence "{payer} paid {amount} to {payee}[, {from}]"@en .
my:payer a kg:Event ; rdfs:label "payer"@en ; kg:inverseLabel "payer of"@en ; kg:column "payer" ;
    rdfs:domain my:Payment ; rdfs:range my:Actor .
my:payee a kg:Event ; rdfs:label "payee"@en ; kg:inverseLabel "payee of"@en ; kg:column "payee" ;
    rdfs:domain my:Payment ; rdfs:range my:Actor .
my:amount a kg:Measure ; rdfs:label "amount"@en ; kg:column "amount" ; rdfs:domain my:Payment ; rdfs:range xsd:decimal .
""",
    "data/actors.csv": "id,name\nann,Ann\nbob,Bob\ncid,Cid\n",
    "data/documents.csv": "id,name,published\ndoc,The Filing,2020-01-01\npaper,The Paper,2021-01-01\n",
    "data/events.csv": """id,class,payer,amount,amount_unit,payee,from,stance,voice,document,locator,key
pay-1,Payment,ann,2000,EUR,bob,2019-05-01,,,doc,p. 1,one
,Payment,Ann,500,EUR,Bob,2019-05-02,,,doc,p. 2,
,Payment,ann,70,USD,bob,2019-05-02,,,doc,p. 3,
pay-1,,,2500,EUR,,,,,paper,p. 1,
pay-1,,,,,,,denies,bob,paper,p. 2,
,Payment,bob,900,EUR,cid,2019-06-01,,,doc,p. 4,
""",
}
COURT = {
    "ontology/terms.ttl": PREFIXES.replace("my:", "r:")
    + """r:Mensch a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "Mensch"@de ; kg:table "leute" .
r:Verkauf a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "Verkauf"@de ; kg:table "events" ;
    kg:sentence "{von} verkaufte an {an}[ für {preis}][, {from}]"@de .
r:verkaeufer a kg:Event ; rdfs:label "Verkäufer"@de ; kg:column "von" ; rdfs:domain r:Verkauf ; rdfs:range r:Mensch .
r:kaeufer a kg:Event ; rdfs:label "Käufer"@de ; kg:column "an" ; rdfs:domain r:Verkauf ; rdfs:range r:Mensch .
r:preis a kg:Measure ; rdfs:label "Preis"@de ; kg:column "preis" ; rdfs:domain r:Verkauf ; rdfs:range xsd:decimal .
""",
    "data/leute.csv": "id,name\nuwe,Uwe\neva,Eva\nkim,Kim\n",
    "data/documents.csv": "id,name,published\nakte,Die Akte,2020-01-01\n",
    "data/events.csv": """id,von,an,preis,preis_unit,from,document,locator
,uwe,eva,9,EUR,2019-05,akte,S. 1
,eva,kim,,,,akte,S. 2
""",
}


def write(folder, files, **other):
    toml = 'title = "T"\nbase = "https://example.org/id/"\n'
    for name, content in ({"data/case.toml": toml} | files | other).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return find(folder)


@pytest.fixture(scope="module")
def bank(tmp_path_factory):
    return build(write(tmp_path_factory.mktemp("bank"), BANK))[0]


@pytest.fixture(scope="module")
def court(tmp_path_factory):
    return build(write(tmp_path_factory.mktemp("court"), COURT))[0]


def events(graph):
    top = graph.terms.events.id
    return sorted(e.name for e in graph.ledger.entities() if graph.terms.is_a(e.kind, top))


def told(graph, capsys, verb, *words, **options):
    capsys.readouterr()
    code = run(verb, graph.out.removesuffix("out"), *words, **options)
    assert code == 0
    return " ".join(capsys.readouterr().out.split())


def test_a_row_is_read_back_as_a_sentence(bank, court):
    assert events(bank) == [
        "Ann paid 2,000 EUR to Bob, 2019-05-01",
        "Ann paid 500 EUR to Bob, 2019-05-02",
        "Ann paid 70 USD to Bob, 2019-05-02",
        "Bob paid 900 EUR to Cid, 2019-06-01",
    ]
    assert events(court) == ["Eva verkaufte an Kim", "Uwe verkaufte an Eva für 9 EUR, 2019-05"]


def test_several_documents_speak_of_one_event_by_its_id(bank):
    claims = {c.relation: c for c in bank.ledger.claims_about("pay-1")}
    assert set(claims) == {"payer", "payee", "amount"}
    said = {(a.document, a.stance, a.value) for a in claims["amount"].attestations}
    assert said == {
        ("doc", "asserts", "2000"),
        ("paper", "asserts", "2500"),
        ("paper", "denies", "2000"),
        ("paper", "denies", "2500"),
    }
    assert claims["payer"].standing.status == "Contested"
    assert claims["payer"].standing.earliest == "2019-05-01"


def test_payments_of_the_same_two_are_no_conflict(bank, capsys):
    case = bank.out.removesuffix("out")
    assert run("conflicts", case, format="json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found
    assert all("Ann paid 2,000 EUR" in str(entry) for entry in found)


EVENT = (
    "id,class,payer,payee,amount,amount_unit,from,stance,voice,document,locator\n"
    "p,Payment,ann,bob,900,EUR,2019-05-01,,,doc,1\n"
)


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ("p,,,,850,EUR,,,,paper,1\n", ["genuine"]),
        ("p,,,,950,EUR,2019-06-01,,,paper,1\n", ["genuine"]),
        ("p,,,,950,EUR,2019-06-01,,,paper,1\np,,,,800,EUR,,,,paper,2\n", ["genuine"]),
        ("p,,,,950,USD,,,,paper,1\n", ["different-definition"]),
        ("p,,,,,,,denies,cid,paper,1\n", ["denial"]),
        ("p,,,,850,EUR,,,,paper,1\np,,,,,,,denies,cid,paper,2\n", ["denial", "genuine"]),
        ("p,,,,,,,denies,cid,paper,1\np,,,,900,EUR,,denies,bob,paper,2\n", ["denial"]),
        ("p,,ann,,,,,denies,ann,paper,1\np,,,bob,,,,denies,bob,paper,2\n", ["denial", "denial"]),
        ("p,,,,,,,alleges,cid,doc,2\np,,,,,,,retracts,cid,paper,1\n", ["later-revision"]),
        ("p,,ann,bob,,,2019-06-01,,,paper,1\n", ["genuine"]),
        (
            "".join(
                f"p,,ann,bob,,,2019-0{n}-01,,{who},paper,{n}\n"
                for n, who in enumerate(("", "ann", "bob", "cid"), 6)
            ),
            ["genuine"],
        ),
        ("q,Payment,ann,bob,850,EUR,2019-05-02,,,paper,1\n", []),
    ],
)
def test_what_rows_of_one_event_say_differently_is_one_entry(tmp_path, rows, wanted):
    graph = build(write(tmp_path, BANK, **{"data/events.csv": EVENT + rows}))[0]
    found = conflicts(graph, Lens(), all=True)
    assert sorted(e.kind for e in found) == wanted
    for entry in found:
        assert entry.hard == ("conflict" if entry.kind in ("genuine", "denial") else "explained")


def test_each_day_of_an_event_is_a_side(tmp_path):
    rows = "p,,ann,bob,,,2019-06-01,,,paper,1\np,,ann,bob,,,2018-07,,cid,paper,2\n"
    (found,) = conflicts(
        build(write(tmp_path, BANK, **{"data/events.csv": EVENT + rows}))[0], Lens()
    )
    named = found.question.partition(": ")
    assert named[2] == "in 2018-07, on 2019-05-01 or on 2019-06-01?"
    assert [len(side.said) for side in found.sides] == [2, 2, 2]


def test_a_denied_event_is_asked_for_as_a_whole(tmp_path):
    rows = EVENT + "p,,,,850,EUR,,,,paper,1\np,,,,,,,denies,cid,paper,2\n"
    graph = build(write(tmp_path, BANK, **{"data/events.csv": rows}))[0]
    denial, numbers = conflicts(graph, Lens())
    assert denial.question == "Is it so that Ann paid 900 EUR to Bob, 2019-05-01?"
    shorts = [side.short for side in denial.sides]
    assert shorts == [
        "the document asserted it, on 2019-05-01 — “The Filing”, 1",
        "Cid denied it — “The Paper”, 2",
    ]
    assert len(denial.standing) == 3
    assert numbers.reason == "It is one event, and no unit explains it."


def test_a_participant_sees_the_event_as_one_thing(bank, capsys):
    shown = told(bank, capsys, "show", "Cid")
    assert "“Bob paid 900 EUR to Cid, 2019-06-01”: payee Cid" in shown
    assert "“Bob paid 900 EUR to Cid, 2019-06-01”: payee Cid" in told(
        bank, capsys, "timeline", "Cid"
    )


def test_a_path_goes_through_it_and_reads_as_its_sentence(bank, court, capsys):
    path = told(bank, capsys, "path", "Ann", "Cid", k=1)
    assert "Bob — “Bob paid 900 EUR to Cid, 2019-06-01” — Cid" in path
    (found,) = json.loads(told(bank, capsys, "path", "Ann", "Cid", k=1, format="json"))
    assert [hop["step"] for hop in found["hops"]] == [0, 0, 1, 1]
    assert found["told"][1] == "Bob — “Bob paid 900 EUR to Cid, 2019-06-01” — Cid"
    path = told(court, capsys, "path", "Uwe", "Kim", k=1)
    assert "Uwe — “Uwe verkaufte an Eva für 9 EUR, 2019-05” — Eva" in path
    assert "Eva — “Eva verkaufte an Kim” — Kim" in path


def test_names_in_its_sentence_are_not_its_names(bank):
    assert bank.find("Ann") == "ann"
    assert [h.entity for h in bank.ledger.names.hits("Ann", limit=9)] == ["ann"]


def problems(folder, table, **other):
    case = write(folder, BANK, **{"data/events.csv": table}, **other)
    return [one_line(str(p)) for p in check(case).problems]


HEAD = "id,class,payer,payee,amount,amount_unit,from,document,locator\n"


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (",Payment,ann,nobody,,,,doc,1\n", "column payee: “nobody” is in no table"),
        (",Payment,ann,doc,,,,doc,1\n", "column payee: “doc” is a Document; expected an Actor"),
        (",Payment,ann,bob,EUR 5,,,doc,1\n", "write 5, and EUR in the column amount_unit"),
        (",Payment,,,,,,doc,1\n", "a row that names nobody and gives no number"),
        ("pay,Payment,,,,,,doc,1\n", "“pay”, and no row says who took part in it"),
        (
            ",Gift,ann,bob,,,,doc,1\n",
            "column class: “Gift”; expected Happening or a narrower class",
        ),
        (",,ann,bob,,,,doc,1\n", "column payer: a payer of a Happening; expected a Payment"),
        ("ann,Payment,ann,bob,,,,doc,1\n", "“ann” is in actors.csv, row 2 already"),
        (",Payment,ann,bob,,,,,1\n", "column document: nothing"),
        (",Payment,ann,bob,,,1/2/2019,doc,1\n", "write 2019-01-02 or 2019-02-01"),
        (",Payment,ann,bob,,,,doc,1\n" * 2, "two events that are alike have an id each"),
    ],
)
def test_what_is_wrong_is_told(tmp_path, rows, wanted):
    found = problems(tmp_path, HEAD + rows)
    assert any(wanted in line for line in found), found


PAID = (
    "id,class,payer,payee,amount,amount_unit,stance,voice,document,locator\n"
    "p,Payment,ann,bob,5000,EUR,,,doc,1\n"
)


@pytest.mark.parametrize(
    ("rows", "rows_told"),
    [
        ("p,,ann,bob,,,denies,cid,paper,2\n", "3"),
        ("p,,Ann,,,,disputes,cid,paper,2\np,,,bob,,,denies,bob,paper,3\n", ""),
        ("p,,ann,bob,5000,EUR,denies,cid,paper,2\n", ""),
        ("p,,ann,bob,,,denies,cid,paper,2\np,,,,5000,EUR,denies,cid,paper,3\n", ""),
        ("p,,ann,bob,,,denies,cid,paper,2\np,,,,,,denies,cid,paper,3\n", ""),
        ("p,,ann,bob,,,denies,cid,paper,2\np,,,,4000,EUR,,cid,paper,3\n", ""),
        (",Payment,ann,bob,,,denies,cid,paper,2\n", ""),
        ("q,Payment,ann,bob,,,,,doc,2\nq,,ann,bob,,,denies,cid,paper,2\n", ""),
        ("p,,,bob,,,denies,cid,paper,2\n", ""),
        ("p,,bob,ann,,,denies,cid,paper,2\n", ""),
        ("q,Payment,ann,,7,EUR,,,doc,2\nq,,ann,,,,denies,ann,paper,2\n", "4"),
        ("p,,ann,bob,,,alleges,cid,paper,2\n", ""),
        ("p,,ann,bob,,,retracts,,doc,2\n", "3"),
        ("p,,ann,bob,,,retracts,cid,doc,2\n", ""),
        ("p,,ann,bob,,,retracts,,doc,2\np,,,,5000,EUR,retracts,,doc,3\n", ""),
    ],
)
def test_a_denial_that_leaves_the_amount_left_out_is_told(tmp_path, rows, rows_told):
    found = [line for line in problems(tmp_path, PAID + rows) if "amount-left-out" in line]
    assert [line.partition(", row ")[2][:1] for line in found] == [*rows_told]


NUMBERS = "subject,measure,value,unit,stance,voice,document,locator\n"


@pytest.mark.parametrize(
    ("figures", "rows_told"),
    [
        ("p,amount,5000,EUR,denies,cid,paper,3\n", ""),
        ("p,amount,5000,EUR,disputes,bob,paper,3\n", ""),
        ("p,amount,4000,EUR,,cid,paper,3\n", ""),
        ("p,amount,5000,EUR,,bob,paper,3\n", "3"),
        ("q,amount,5000,EUR,denies,cid,paper,3\n", "3"),
    ],
)
def test_what_figures_say_of_an_amount_counts_as_what_events_say(tmp_path, figures, rows_told):
    rows = PAID + "p,,ann,bob,,,denies,cid,paper,2\nq,Payment,bob,ann,1,EUR,,,doc,4\n"
    told = problems(tmp_path, rows, **{"data/figures.csv": NUMBERS + figures})
    found = [line for line in told if "amount-left-out" in line]
    assert [line.partition(", row ")[2][:1] for line in found] == [*rows_told]


def test_an_amount_that_only_figures_tell_is_left_out_too(tmp_path):
    rows = PAID.replace("5000,EUR", ",") + "p,,ann,bob,,,denies,cid,paper,2\n"
    tables = {"data/figures.csv": NUMBERS + "p,amount,70,EUR,,bob,doc,3\n"}
    (found,) = problems(tmp_path, rows, **tables)
    assert "nobody disputes the amount of 70 EUR" in found


def test_the_amount_that_a_denial_leaves_left_out_is_named(tmp_path):
    rows = PAID + "p,,,,4500,EUR,,bob,doc,2\np,,ann,bob,,,denies,cid,paper,2\n"
    (found,) = problems(tmp_path, rows)
    assert found == (
        "events.csv, row 4, column amount: nothing, and the row denies the payer and the payee of p: "
        "nobody disputes the amount of 5,000 EUR or 4,500 EUR; expected the amount in the row too, if it is denied as well; "
        "a row with the id and no role takes its stance on all that others say of the event [amount-left-out]"
    )


def test_amounts_add_up_by_currency(bank, capsys):
    said = told(bank, capsys, "count", "sums")
    assert "payment: amount 3,400 to 3,900 EUR (of 3, 1 contested)" in said
    assert "payment: amount 70 USD (of 1)" in said
    said = told(bank, capsys, "count", "sums", role="payer")
    assert "payment · Ann: amount 2,500 to 3,000 EUR (of 2, 1 contested)" in said
    assert "payment · Bob: amount 900 EUR (of 1)" in said
    rows = json.loads(told(bank, capsys, "count", "sums", by=["document"], format="json"))
    assert {(r["group"], r["unit"], r["low"]) for r in rows} >= {("The Filing", "USD", "70")}


def test_a_sum_tells_the_events_of_which_a_role_is_contested(tmp_path, capsys):
    rows = "p,,ann,bob,,,denies,cid,paper,2\nq,Payment,bob,cid,70,EUR,,,doc,2\n"
    rows += "r,Payment,cid,bob,8,EUR,,,doc,3\nr,,,,,,denies,bob,paper,3\n"
    graph = build(write(tmp_path, BANK, **{"data/events.csv": PAID + rows}))[0]
    said = told(graph, capsys, "count", "sums")
    assert "amount 5,078 EUR (of 3, 1 contested, 1 with only a role contested)" in said
    said = told(graph, capsys, "count", "sums", status=["uncontested"])
    assert "amount 5,070 EUR (of 2, 1 with only a role contested)" in said
    said = told(graph, capsys, "count", "sums", document=["doc"])
    assert "amount 5,078 EUR (of 3)" in said
    (row,) = json.loads(
        told(graph, capsys, "count", "sums", role="payer", by=["status"], format="json")
    )[:1]
    assert (row["second"], row["contested"], row["role_contested"]) == ("Ann", 0, 1)


def test_a_sum_tells_what_is_only_alleged_or_only_announced(tmp_path, capsys):
    rows = "q,Payment,bob,cid,70,EUR,alleges,,doc,2\nr,Payment,cid,bob,8,EUR,announces,,doc,3\n"
    rows += "s,Payment,cid,ann,1,EUR,questions,,doc,4\n"
    graph = build(write(tmp_path, BANK, **{"data/events.csv": PAID + rows}))[0]
    said = told(graph, capsys, "count", "sums")
    assert "amount 5,079 EUR (of 4, 1 only alleged, 2 only announced or asked)" in said


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ("p,,ann,bob,4000,EUR,announces,,paper,2\n", "differ"),
        ("p,,ann,bob,4000,EUR,,,paper,2\n", "contradict"),
        ("p,,ann,bob,5000,EUR,announces,,paper,2\n", "differ"),
        ("p,,ann,bob,5000,EUR,alleges,,paper,2\n", "agree"),
    ],
)
def test_two_documents_give_one_event_amounts(tmp_path, rows, wanted):
    graph = build(write(tmp_path, BANK, **{"data/events.csv": PAID + rows}))[0]
    types = {r.sentence.partition(" of ")[0]: r.type for r in compare(graph, "doc", "paper")}
    assert types["The amount"] == wanted


def test_the_ontology_is_told_what_is_wrong_with_it(tmp_path):
    wrong = BANK["ontology/terms.ttl"].replace("{payee}", "{payeee}")
    found = None
    try:
        problems(tmp_path, HEAD, **{"ontology/terms.ttl": wrong})
    except Exception as error:
        found = str(error)
    assert "kg:sentence has {payeee}, and no role fills that column" in found


def test_fmt_puts_ids_in_and_gives_new_names_a_record(tmp_path, capsys):
    rows = ",Payment,Ann,Dora,5,EUR,,doc,1\n,Payment,ann,bob,7,EUR,,The Filing,2\n"
    case = write(tmp_path, BANK, **{"data/events.csv": HEAD + rows})
    assert run("fmt", case.root) == 0
    table = (tmp_path / "data" / "events.csv").read_text("utf-8")
    assert table == HEAD + ",Payment,ann,dora,5,EUR,,doc,1\n,Payment,ann,bob,7,EUR,,doc,2\n"
    assert "dora,Dora" in (tmp_path / "data" / "actors.csv").read_text("utf-8")
    assert run("fmt", case.root, tidy=True) == 0
    header = (tmp_path / "data" / "events.csv").read_text("utf-8").partition("\n")[0].split(",")
    assert header.index("payer") < header.index("amount") < header.index("document")


def test_read_back_and_compared_with_the_graph_before(tmp_path, capsys):
    case = write(tmp_path, BANK)
    build(case)
    assert run("check", case.root, read=True) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "that “Ann paid 70 USD to Bob, 2019-05-02”: payer Ann" in said
    write(tmp_path, BANK, **{"data/events.csv": BANK["data/events.csv"].replace("900", "950")})
    build(case)
    capsys.readouterr()
    assert run("diff", case.root) == 0
    assert "950 EUR" in capsys.readouterr().out


def test_a_row_put_in_the_place_of_another_corrects_the_same_part(tmp_path):
    rows = (
        "id,class,payer,payee,amount,amount_unit,instead_of,voice,document,locator,key\n"
        "p,Payment,ann,bob,5,EUR,,cid,doc,1,first\n"
        "p,,,,6,EUR,@first,cid,doc,2,\n"
    )
    graph = build(write(tmp_path, BANK, **{"data/events.csv": rows}))[0]
    claims = {c.relation: c for c in graph.ledger.claims_about("p")}
    assert [a.living for a in sorted(claims["amount"].attestations, key=lambda a: a.value)] == [
        *(False, True)
    ]
    assert claims["payer"].standing.status == "Uncontested"


def test_qualities_stand_on_the_roles_that_they_go_on(tmp_path):
    terms = BANK["ontology/terms.ttl"] + (
        'my:account a kg:Quality ; rdfs:label "account"@en ; rdfs:range xsd:string ;'
        ' kg:column "account" ; kg:qualityOf my:payer .\n'
    )
    rows = "class,payer,payee,account,document,locator\nPayment,ann,bob,No. 7,doc,1\n"
    files = {"ontology/terms.ttl": terms, "data/events.csv": rows}
    graph = build(write(tmp_path, BANK, **files))[0]
    found = {c.relation: c.attestations[0].qualities for c in graph.ledger.claims()}
    assert found == {"payer": (("account", "No. 7"),), "payee": ()}
    rows = "class,payee,account,document,locator\nPayment,bob,No. 7,doc,1\n"
    wrong = [str(p) for p in check(write(tmp_path, BANK, **{"data/events.csv": rows})).problems]
    assert any("account" in line for line in wrong)


def test_rdf_of_ours_is_read_back_whole(bank, tmp_path):
    there, back = tmp_path / "there.nt", tmp_path / "back.nt"
    run("export", bank.out.removesuffix("out"), "n-triples", out=str(there))
    assert run("import", ".", str(there), str(tmp_path / "case")) == 0
    build(find(tmp_path / "case"))
    run("export", tmp_path / "case", "n-triples", out=str(back))
    said = [
        {line for line in path.read_text("utf-8").splitlines() if line[:1] != "#"}
        for path in (there, back)
    ]
    assert said[0] == said[1]

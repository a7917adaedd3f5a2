"""A small case with all that tables can hold, and rows drawn for it."""

from __future__ import annotations

from hypothesis import strategies as st

TERMS = """\
@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix my: <https://example.org/terms#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
my:Person a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "person"@en ; kg:table "people" ;
    kg:symbol "circle" .
my:Editor a rdfs:Class ; rdfs:subClassOf my:Person ; rdfs:label "editor"@en , "Redakteur"@de .
my:Org a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "organisation"@en ;
    kg:table "organisations" .
my:Source a rdfs:Class ; rdfs:subClassOf kg:Document ; rdfs:label "source"@en ; kg:table "sources" .
my:owns a kg:State ; rdfs:label "owns"@en ; kg:inverseLabel "owned by"@en ; kg:exclusive "subject" .
my:met a kg:Event ; rdfs:label "met"@en ; kg:acceptsAttestation true .
my:salary a kg:Measure ; rdfs:label "salary"@en .
my:share a kg:Quality ; rdfs:label "share"@en ; rdfs:range xsd:decimal ; kg:column "share" .
my:role a kg:Quality ; rdfs:label "role"@en ; rdfs:range xsd:string ; kg:column "role" .
my:born a kg:Attribute ; rdfs:label "born"@en ; rdfs:domain my:Person ; rdfs:range xsd:date ;
    kg:column "born" .
my:Deal a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "deal"@en ; kg:table "events" .
my:Payment a rdfs:Class ; rdfs:subClassOf my:Deal ; rdfs:label "payment"@en ;
    kg:sentence "{payer} paid {amount} to {payee}"@en .
my:payer a kg:Event ; rdfs:label "was paid by"@en ; rdfs:domain my:Deal ; kg:column "payer" .
my:payee a kg:Event ; rdfs:label "went to"@en ; rdfs:domain my:Deal ; kg:column "payee" .
my:amount a kg:Measure ; rdfs:label "amount"@en ; rdfs:domain my:Deal ; kg:column "amount" .
my:purpose a kg:Attribute ; rdfs:label "purpose"@en ; rdfs:domain my:Deal ; rdfs:range xsd:string ;
    kg:column "purpose" .
my:lawyerOf a kg:State ; rdfs:label "is the lawyer of"@en ; kg:speaksFor true .
my:boss a kg:Attribute ; rdfs:label "boss"@en ; rdfs:domain my:Person ; rdfs:range my:Person ;
    kg:column "boss" .
"""
TABLES = {
    "people": (
        "id,name,class,aliases,name_zh,born,boss,same_as,description\n"
        'p1,"Ann ""A"" Lee",,Annie | A. Lee,安,1970-05,p2,https://a.example/1 | https://b.example/2,Boss\n'
        "p2,Bob,Editor,,,,,,\np3,Bob Old,,,,,,,\np4,Carl,,,,,,,\n"
    ),
    "sources": "id,name,published,publisher,url\nd1,One,2020-05,p4,https://a.example/one\nd2,Two,,,\n",
    "organisations": "id,name,foreign_ids,document,locator,voice\no1,Firm,lei:X 1 | ogrn:2,d1,p. 9,p4\n",
    "names": (
        "entity,name,language,stance,document,locator\no1,Die Firma,de,,d1,p. 1\n"
        "o1,公司,zh-Hans,,d2,p. 2\no1,Firm & Co,,denies,d2,p. 3\no1,The Firm,,,d2,p. 3\n"
    ),
    "events": (
        "id,class,name,payer,payee,amount,amount_unit,purpose,role,stance,voice,from,document,locator\n"
        "e1,Payment,,p1,p2 | o1,100,EUR,Boats,,,,2020,d1,p. 1\ne1,Payment,,,,90,EUR,,,,p4,,d2,p. 1\n"
        "e1,Payment,,,,,,,,denies,p2,,d2,p. 4\n,Payment,The sale,p4,p1,,,,aide,,,2021,d1,p. 2\n"
        ",,,p4,,5,USD,,,alleges,,,d1,p. 3\n"
    ),
    "judgements": "kind,left,right,reason\nsame,p2,p3,the same\nunsure,p1,p4,may be\n",
}
HEAD = (
    "subject,relation,object,from,to,stance,voice,via,said,instead_of,document,locator,gloss,passage,"
    "passage_digest,quote,key,share,role\n"
)


ROWS = (
    "p1,owns,p2,2019,2019,,,,,,d1,p. 1,,,,,k1,0.5,chair | aide\n"
    "p1,owns,p2,2019,..,alleges,p4,,2020-06,,d1,p. 2,“Gloss”,10-20 | 30-44,,,,25..,\n"
    "p1,owns,p2,,,denies,p2,d2 | p4 < p1,,@k1,d1,p. 3,,,,Not I.,,,\n"
    "p4,met,@k1,2020-01-01/2020-02-02,,,,,,,d2,1,,,,,,,\n"
    "p3,met,p4,?,,announces,,d2,,,d1,p. 4,,,,,,,\n"
    "p4,lawyerOf,p1,,,,,,,,d1,p. 4,,,,,,,\n"
)
FIGURES = "p1,salary,1000..2000,EUR,about,,2019,,d1,p. 5\np2,salary,007.50,,,p4,,,d2,p. 6\n"


CELLS = {
    "subject": st.sampled_from(["p1", "p2", "p3"]),
    "relation": st.sampled_from(["owns", "met"]),
    "object": st.sampled_from(["p4", "d2", "p2"]),
    "from": st.sampled_from(["", "2020", "2020~", "?", "2020-01/2020-03"]),
    "to": st.just(""),
    "stance": st.sampled_from(["", "alleges", "denies", "announces", "retracts"]),
    "voice": st.sampled_from(["", "p1", "p4"]),
    "via": st.sampled_from(["", "d2", "d2 < p2", "p3 | d2"]),
    "said": st.sampled_from(["", "2021", "?"]),
    "instead_of": st.just(""),
    "document": st.just("d1"),
    "locator": st.sampled_from(["p. 1", 'a "b" \\ c', "§ 3\t"]),
    "gloss": st.sampled_from(["", "Ünï", "a, b"]),
    "passage": st.sampled_from(["", "1-9", "1-9 | 20-30"]),
    "passage_digest": st.just(""),
    "quote": st.just(""),
    "key": st.just(""),
    "share": st.sampled_from(["", "0.50", "..9", "1..2"]),
    "role": st.sampled_from(["", "b | a", "a | b"]),
}


def rows():
    """Some rows of claims."""
    return st.lists(st.fixed_dictionaries(CELLS), min_size=1, max_size=6).map(_ended)


def _ended(drawn):
    for row in drawn:
        if row["relation"] == "owns" and row["from"] and row["stance"]:
            row["to"] = "2022"
    return drawn


def table(head, drawn):
    """Rows as the text that stands under a header."""
    cells = ([row.get(c, "") for c in head.strip().split(",")] for row in drawn)
    return "".join(",".join('"' + c.replace('"', '""') + '"' for c in row) + "\n" for row in cells)


def laid(root, claims, figures="", **tables):
    """The folder of the case with these rows; other tables in place of its own by their names."""
    (root / "data").mkdir(parents=True)
    (root / "ontology").mkdir()
    (root / "ontology" / "terms.ttl").write_text(TERMS, "utf-8")
    (root / "data" / "case.toml").write_text('base = "https://example.org/id/"\n')
    figures = "subject,measure,value,unit,qualifier,scope,from,to,document,locator\n" + figures
    held = {**TABLES, "claims": HEAD + claims, "figures": figures, **tables}
    for name, text in held.items():
        (root / "data" / f"{name}.csv").write_text(text, "utf-8")

"""Rows of which all parts were good before: they say, and have told of them, what they do read in full."""

from __future__ import annotations

import csv

import pytest
from draws import TIMES, chance

from kg.case.claim_rows import Said
from kg.case.folder import find
from kg.case.kept import Told
from kg.case.plain_rows import Plain
from kg.case.row import Problems
from kg.store.check import check as tell

MORE = """\
kg:knows a kg:State , kg:Symmetric ; rdfs:label "knows"@en ;
    rdfs:domain kg:Person ; rdfs:range kg:Person .
kg:share a kg:Quality ; rdfs:label "share"@en ; kg:column "share" ; kg:qualityOf kg:owns ;
    rdfs:range xsd:decimal .
kg:friend a kg:Quality ; rdfs:label "friend"@en ; kg:column "friend" ; rdfs:range kg:Person .
"""
TABLES = {
    "people": "id,name\np1,Ann\np2,Bo\np3,Cy\np4,Bo\n",
    "bodies": "id,name,class\nb1,One,\nb2,Two,Ngo\nb3,Three,\n",
    "documents": "id,name,authors,published\nd1,Paper,b2,2015\nd2,Note,,\nd3,Late,p1,2031\n",
    "judgements": "kind,left,right,reason\nsame,b1,b3,one body\nmisprint,@k1,,a slip\n",
    "stations": "id,name\ns1,Station\n",
    "places": "id,name\nl1,Place\n",
}


# Of each column cells that are good and come often, and others; parted by commas.
SAID = {
    "from": (",2014,2014-05", "2016,?,..,1.2.2014,0999"),
    "to": (",,", "2014,2013,..,2300"),
    "stance": (",asserts,denies", "retracts,refutes"),
    "voice": (",p1,b3", "b2,Cy,Bo,nobody"),
    "via": (",,p2", "p2 < p1,p2 | p3,Cy,p1,nobody"),
    "said": (",,2014-05", "2016,2032,soon"),
    "instead_of": ("", "@k1,@k2,k1"),
    "document": ("d1,d1,d2", "d3,Paper,p1,"),
    "locator": ("para 1,para 2", ""),
    "passage": (",1-9,2-9", "9-1,1-2 | 4-5"),
    "passage_digest": (",sha256:0123456789abcdef", "x"),
    "gloss": ("one", "two"),
    "key": (",,", "k1,k2,k3,no key"),
    "share": (",,5", "x,3..4"),
    "friend": (",,p3", "Cy,Bo,b1"),
}
CLAIMS = {
    "subject": ("p1,p2,p3,b1", "b3,b2,Ann,Bo,s1,@k1,nobody,"),
    "relation": ("knows,owns,visited", "disputes,stationCount,called,"),
    "object": ("p1,p2,p3,b2", "b3,b1,Ann,Bo,s1,@k1,@k2,nobody,"),
} | SAID
FIGURES = {
    "subject": ("b1,b2", "b3,p1,One,nobody"),
    "measure": ("stationCount", "owns"),
    "value": ("5,0.5", "3..4,4..3,x"),
    "unit": (",EUR", "people"),
    "qualifier": (",about", "roughly"),
    "scope": (",l1", "b1,nobody"),
} | SAID


def drawn(columns, dice):
    """A row; one cell in forty is of the others."""
    cells = [often if dice.random() < 0.975 else seldom for often, seldom in columns.values()]
    return [dice.choice(some.split(",")) for some in cells]


def found(case):
    """All that reading a case says and tells, in order, and what it leaves for the next time."""
    said: list[Said] = []
    told = tell(case, said.append)
    problems = Problems(told=Told())
    rows = case.rows(problems)
    read = [*rows.entities], [*rows.attestations]
    kept = {stem: (lines.ids, lines.flags) for stem, lines in rows.kept.lines.items()}
    watch = rows.kept.watch
    first = {joined: row.place for joined, row in watch.first.items()}
    return said, told, read, [*problems.told.all()], kept, watch.pairs(), first


@pytest.fixture(scope="module")
def case(make_case):
    made = make_case(**TABLES)
    with (made / "ontology" / "terms.ttl").open("a", encoding="utf-8") as file:
        file.write(MORE)
    settings = made / "data" / "case.toml"
    settings.write_text(settings.read_text("utf-8").partition("[check]")[0], encoding="utf-8")
    for stem, columns in (("claims", CLAIMS), ("figures", FIGURES)):
        write(find(made), stem, columns, [])
    return find(made)


def write(case, stem, columns, rows):
    with (case.root / "data" / f"{stem}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[*columns], *rows])


def test_a_plain_row_is_as_if_read_in_full(case, monkeypatch):
    dice = chance()
    for _ in range(3 * TIMES):
        write(case, "claims", CLAIMS, [drawn(CLAIMS, dice) for _ in range(200)])
        write(case, "figures", FIGURES, [drawn(FIGURES, dice) for _ in range(80)])
        quick = found(case)
        with monkeypatch.context() as patch:
            patch.setattr(Plain, "read", lambda self, row: None)
            assert found(case) == quick


PLAIN = ("b1,owns,b2,2014,p1,d1,para", "b1,stationCount,5,2014,p1,d1,para")


def test_rows_like_one_before_are_plain(case, monkeypatch):
    for stem, said, column in (
        ("claims", PLAIN[0], "relation,object"),
        ("figures", PLAIN[1], "measure,value"),
    ):
        head = f"subject,{column},from,voice,document,locator".split(",")
        write(case, stem, head, [[*said.split(",")[:-1], f"para {i}"] for i in range(5)])
    taken = []
    read = Plain.read

    def watched(self, row):
        taken.append(read(self, row))
        return taken[-1]

    monkeypatch.setattr(Plain, "read", watched)
    said: list[Said] = []
    tell(case, said.append)
    assert [bool(one) for one in taken] == [False, *[True] * 4] * 2
    assert [one for one in taken if one] == [
        one for one in said if one.attestation.locator != "para 0"
    ]

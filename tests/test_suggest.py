"""A mapping proposed for a table that nobody has described."""

from __future__ import annotations

import io
import tomllib

import pytest
from asking import run

from kg.exchange import importing, mapping, suggest
from kg.exchange.source import Source
from kg.model.errors import BadData

TIES = (
    "Entity A Type,Entity A,Entity B Type,Entity B,Connection,Source(s),Since,Amount\n"
    'Person,Ann Example,Organization,"Harbour, Ltd.",President,https://example.org/a,2001,"1,200"\n'
    "Person,Ann Example,Person,Bo Sample,Married,https://example.org/b; https://example.com/c,2009,5\n"
)
FIRMS = (
    "nr;Firma;Rechtsform;gegründet;Umsatz;Web\n"
    "11;Hafen GmbH;GmbH;13.2.2006;1.200,50;https://example.org/1\n"
    "12;Werft GmbH;GmbH;1.3.2010;7,25;https://example.org/2\n"
    "13;Kran AG;AG;2.4.2011;9,00;https://example.org/3\n"
)


@pytest.fixture
def proposed(tmp_path):
    def made(text, name="table.csv", form="csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        plan = tmp_path / "plan.toml"
        plan.write_text(suggest.propose(Source(path), form), "utf-8")
        return path, plan, tomllib.loads(plan.read_text("utf-8"))

    return made


def test_two_ends_and_what_ties_them_are_found(proposed, tmp_path):
    path, plan, said = proposed(TIES)
    (claim,) = said["claim"]
    assert (claim["relation"], claim["from"]) == ("Connection", "Since")
    assert claim["qualities"] == {"amount": "Amount"}
    assert [(e["class"], e["name"]) for e in said["entity"]] == [
        ("Entity A Type", "Entity A"),
        ("Entity B Type", "Entity B"),
    ]
    assert said["document"][0]["url"] == {"from": "Source(s)", "split": ";"}
    assert said["read"] == {"thousands": ","}
    lines = importing.run(path, tmp_path / "made", mapping=plan)
    assert "left out" not in {line.step for line in lines}


def test_a_row_that_is_one_thing_keeps_all_its_columns(proposed, tmp_path):
    path, plan, said = proposed(FIRMS)
    assert said["read"] == {"separator": ";", "dates": "d.m.y", "decimal": ",", "thousands": "."}
    (entity,) = said["entity"]
    assert (entity["id"], entity["name"]) == ("nr", "Firma")
    lines = importing.run(path, tmp_path / "made", mapping=plan)
    assert "left out" not in {line.step for line in lines}
    text = (tmp_path / "made" / "data").glob("*.csv")
    assert any(
        "2006-02-13" in p.read_text("utf-8") and "1200.5" in p.read_text("utf-8") for p in text
    )


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        ("name\nZoé\nAnn\n".encode("cp1252"), "table.csv", "csv"),
        (
            '{"id": "a", "name": "Ann", "x": {"y": ["1", "2"]}}\n{"id": "b", "name": "Bo"}\n',
            "t.jsonl",
            "json-lines",
        ),
        ("a\tb\n1\t2\n", "table.tsv", "csv"),
        ("Имя,Город\nАнна,Москва\nБорис,Тверь\n", "table.csv", "csv"),
        ("Name,Amount (€),Amount ($),Amount2,%,#\nAnn,1,2,3,4,5\nBo,6,7,8,9,0\n", "t.csv", "csv"),
        ("From,To,Née,NEE,%,#\nAnn,Bo,x,y,1,2\nBo,Cy,z,w,3,4\n", "t.csv", "csv"),
        ('{"name": "Ann", "Name ": "B", "": "c", "%": 1}\n', "t.jsonl", "json-lines"),
    ],
)
def test_a_proposal_can_be_read_and_used_whatever_the_table(proposed, tmp_path, text, name, form):
    path, plan, _ = proposed(text, name, form)
    assert mapping.read(plan).rules
    lines = importing.run(path, tmp_path / "made", mapping=plan)
    assert sum(line.number for line in lines if line.step == "written") > 1
    assert "left out" not in {line.step for line in lines}


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "cp1252", "utf-16"])
def test_the_encoding_proposed_is_one_in_which_it_reads(proposed, tmp_path, encoding):
    text = "Name;City\nRené;Paris\n" if encoding == "cp1252" else "Имя;Город\nАнна;Москва\n"
    path, plan, said = proposed(text.encode(encoding), "table.csv", "csv")
    assert said["read"]["encoding"] == encoding
    importing.run(path, tmp_path / "made", mapping=plan)
    made = "".join(p.read_text("utf-8") for p in (tmp_path / "made" / "data").glob("*.csv"))
    assert ("René" if encoding == "cp1252" else "Анна") in made


def test_a_column_of_stances_is_the_stance(proposed, tmp_path):
    path, plan, said = proposed("From,To,Status\nAnn,Bo,Denies\nBo,Cy,alleges\n")
    assert said["claim"][0]["stance"] == {"from": "Status", "lower": True}
    importing.run(path, tmp_path / "made", mapping=plan)
    rows = (tmp_path / "made/data/claims.csv").read_text("utf-8").splitlines()
    assert [row.split(",")[5] for row in rows] == ["stance", "denies", "alleges"]


def test_an_empty_table_has_no_proposal(proposed):
    with pytest.raises(BadData, match="no filled cell"):
        proposed("a,b\n,\n")


def test_without_a_terminal_the_proposal_is_written_and_nothing_made(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ties.csv").write_text(TIES, "utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert run("import", ".", "ties.csv", "made", suggest=True) == 1
    told = capsys.readouterr()
    assert "kg import ties.csv made --mapping ties.mapping.toml" in told.err and not told.out
    assert mapping.read(tmp_path / "ties.mapping.toml") and not (tmp_path / "made").exists()
    assert run("import", ".", "ties.csv", "made", mapping="ties.mapping.toml", strict=True) == 0

"""The page on imports, format by format: its files become cases, its commands do what it says."""

from __future__ import annotations

import csv
import json
import re
import shlex
from pathlib import Path

import pytest

from kg.case.folder import find
from kg.cli import output, parser
from kg.exchange import importing, imports, mapping
from kg.model.errors import BadData, KgError
from kg.store.check import check

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "import.md").read_text("utf-8")
# Every file that the page prints, and every command, in order.
FILES = dict(re.findall(r"^`([^`\n]+)`\n\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
COMMANDS = re.findall(r"^\$ kg (import .*)\n\$ kg (.*)\n\$ kg (.*)$", PAGE, re.MULTILINE)
SOURCES = {
    "ftm": "harbour.ftm.json",
    "stix": "harbour-stix.json",
    "bods": "harbour-bods.json",
    "misp": "harbour-galaxy.json",
    "wikidata": "harbour-wikidata.json",
}


@pytest.fixture
def at_hand(tmp_path, monkeypatch):
    """A folder with the files of the page, to stand in."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(folder, table):
    with (folder / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def line(words):
    """A command line answered in this process; its exit code."""
    arguments = shlex.split(words)
    found = parser.plain(arguments) or parser.full(arguments)
    return output.run(*found)


@pytest.mark.parametrize("commands", COMMANDS, ids=lambda c: shlex.split(c[0])[2])
def test_the_commands_of_the_page_do_what_it_says(commands, at_hand, capsys):
    made, path, view = commands
    assert line(made) == 0
    told = capsys.readouterr()
    assert "left out" not in told.out and "written" in told.out
    folder = shlex.split(made)[2]
    assert line(f"--case {folder} check --strict") == 0, capsys.readouterr().err
    assert line(path) == 0
    shown = capsys.readouterr().out
    assert "uncontested" in shown or "contested" in shown
    assert line(view) == 0
    assert list((at_hand / folder / "out").glob("*.html"))


def made(name, at_hand):
    importing.run(at_hand / SOURCES[name], at_hand / name)
    return at_hand / name


def told(folder, *columns, table="claims"):
    return {tuple(row[c] for c in columns) for row in rows(folder, table)}


def test_followthemoney_keeps_what_links_say_besides(at_hand):
    case = made("ftm", at_hand)
    assert told(
        case, "subject", "relation", "object", "from", "to", "percentage", "role", "document"
    ) == {
        ("nk-a1", "owns", "nk-b2", "2019-03", "", "33.3", "", "doc-example-org-register-4711"),
        ("nk-c3", "directs", "nk-b2", "2020", "2021-06-30", "", "chair", "doc-harbour-ftm"),
        ("san-1", "concerns", "nk-a1", "", "", "", "", "doc-harbour-ftm"),
        ("nk-c3", "relatedTo", "nk-gone", "", "", "", "", "doc-harbour-ftm"),
    }
    (ann,) = (row for row in rows(case, "people") if row["id"] == "nk-a1")
    assert (ann["aliases"], ann["birth_date"], ann["birth_date_other"]) == (
        "Анна Пример",
        "1957-01-03",
        "1957",
    )
    assert ann["foreign_ids"] == "ftm:NK-a1"


def test_stix_takes_back_disputes_and_cites(at_hand):
    case = made("stix", at_hand)
    found = told(case, "object", "stance", "said", "confidence", "via", "document")
    anchor, old = (f"malware-6f1f1a2e-0c5b-4d0f-8f0e-00000000000{n}" for n in (4, 5))
    cited = "doc-the-example-gazette-2020-who-entered-the-harbour"
    opinion = "opinion-6f1f1a2e-0c5b-4d0f-8f0e-00000000000a"
    assert found >= {
        (anchor, "", "2020-02-01", "80", cited, "doc-harbour-stix"),
        (old, "", "2020-02-01", "", "", "doc-harbour-stix"),
        (old, "retracts", "2021-03-01", "", "", "doc-harbour-stix"),
        (anchor, "denies", "2020-05-01", "", "", opinion),
    }
    (group,) = rows(case, "intrusion-sets")
    assert group["description"] == "A group that enters harbours."
    assert (group["external_id"], group["aliases"]) == ("G4711", "APT 4711")
    assert {r["name"]: r["revoked"] for r in rows(case, "malware")} == {
        "Anchor": "",
        "Old Anchor": "true",
    }


def test_who_wrote_a_stix_opinion_is_its_voice(tmp_path):
    ids = {"a": "identity--1", "b": "malware--2", "r": "relationship--3", "o": "opinion--4"}
    about = {"created": "2020-01-01T00:00:00Z", "spec_version": "2.1"}
    objects = [
        {"type": "identity", "id": ids["a"], "name": "Ann"},
        {"type": "malware", "id": ids["b"], "name": "Anchor"},
        {"type": "relationship", "id": ids["r"], "relationship_type": "uses"}
        | {"source_ref": ids["a"], "target_ref": ids["b"]},
        {"type": "opinion", "id": ids["o"], "opinion": "strongly-disagree"}
        | {"authors": ["Bo Sample"], "object_refs": [ids["r"]]},
    ]
    text = json.dumps({"type": "bundle", "objects": [o | about for o in objects]})
    (tmp_path / "o.json").write_text(text, "utf-8")
    importing.run(tmp_path / "o.json", tmp_path / "made", format="stix")
    (opinion,) = (r for r in rows(tmp_path / "made", "documents") if r["id"] == "opinion-4")
    assert opinion["authors"] == "bo-sample"


def test_bods_says_who_asserts_which_share_and_who_is_not_named(at_hand):
    case = made("bods", at_hand)
    assert told(case, "subject", "relation", "object", "from", "said", "share", "voice") == {
        ("r-2", "shareholding", "r-1", "2019-03-01", "2020-01-10", "60", "r-1"),
        (
            "unspecified-r-4-interestedparty",
            "unknownInterest",
            "r-1",
            "",
            "2020-01-10",
            "",
            "example-register",
        ),
    }


def test_updates_of_bods_before_0_4_are_one_record(at_hand):
    old = """[
      {"statementID": "e-1", "statementType": "entityStatement", "name": "Harbour Ltd"},
      {"statementID": "e-2", "statementType": "entityStatement", "name": "Harbour plc", "replacesStatements": ["e-1"]},
      {"statementID": "o-1", "statementType": "ownershipOrControlStatement", "statementDate": "2020-01-01",
       "subject": {"describedByEntityStatement": "e-2"},
       "interestedParty": {"unspecified": {"reason": "unknown"}}, "interests": [{"type": "shareholding"}]}
    ]"""
    (at_hand / "old.json").write_text(old, "utf-8")
    importing.run(at_hand / "old.json", at_hand / "old")
    (entity,) = rows(at_hand / "old", "legal-entities")
    assert (entity["id"], entity["name"], entity["aliases"]) == (
        "e-1",
        "Harbour Ltd",
        "Harbour plc",
    )
    assert told(at_hand / "old", "object") == {("e-1",)}


def test_a_galaxy_alleges_what_it_suspects(at_hand):
    case = made("misp", at_hand)
    bear, anchor, labs = (f"6f1f1a2e-0c5b-4d0f-8f0e-0000000000f{n}" for n in (1, 2, 3))
    page = "doc-example-org-who-entered"
    columns = ("subject", "relation", "object", "stance", "likelihood")
    assert told(case, *columns) == {
        (bear, "uses", anchor, "", "likely"),
        (bear, "describedIn", page, "", ""),
        (bear, "sponsoredBy", "exampleland", "alleges", ""),
    }
    assert told(case, "entity", "name", "voice", table="names") == {(bear, "APT 4711", labs)}


def test_wikidata_reads_ranks_references_and_qualifiers(at_hand):
    case = made("wikidata", at_hand)
    register, news = "doc-example-org-register-4711", "doc-example-org-who-owns"
    columns = ("subject", "relation", "object", "from", "stance", "voice", "via", "p1107")
    assert told(case, *columns) == {
        ("q900001", "P127", "q900002", "2019-03", "", "", register, "0.6"),
        ("q900001", "P127", "q900003", "", "", news, "", ""),
        ("q900001", "P127", "q900003", "", "disputes", "", "", ""),
        ("q900002", "P31", "q5", "", "", "", "", ""),
    }
    assert told(case, "subject", "value", table="figures") == {("q900001", "40")}
    (item,) = (row for row in rows(case, "items") if row["id"] == "q900001")
    assert (item["name_de"], item["p571"]) == ("Beispielhafen GmbH", "1950/1959")


def test_the_next_edition_changes_only_what_changed(at_hand, capsys):
    text = FILES["harbour.ftm.json"].replace('"33.3"', '"44.4"').splitlines(True)
    (at_hand / "harbour-2.ftm.json").write_text("".join(reversed(text)), "utf-8")
    for name in ("harbour", "harbour-2"):
        assert line(f"import {name}.ftm.json {name}") == line(f"--case {name} build") == 0
    capsys.readouterr()
    assert line("--case harbour-2 diff harbour/out harbour-2/out --format csv") == 0
    changed = [row for row in capsys.readouterr().out.splitlines() if "Harbour Ltd" in row]
    assert changed and all("owns" in row for row in changed)


# ---------------------------------------------------------------- what cannot be read

DAMAGES = {
    "cut off": lambda text: text[: len(text) * 2 // 3],
    "not UTF-8": lambda text: text.encode().replace(b"Ex", b"\xff\xfe", 3),
    "a name twice": lambda text: text.replace('"id": ', '"id": "x", "id": ').replace(
        '"value": "H', '"value": "x", "value": "H'
    ),
    "not a number": lambda text: (
        re.sub(r'(?<=: )"20\d\d[^"]*"|(?<=: )3(?=})', "NaN", text)
        .replace('["2020"]', "[NaN]")
        .replace('"1"', "NaN")
    ),
    "nested": lambda text: text.rstrip()[:-1] + ', "deep": ' + "[" * 5000 + "]" * 5000 + "}",
    "mixed": lambda text: text + "\nand some words\n",
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", SOURCES)
def test_what_is_damaged_is_refused_whole_in_one_line(name, damage, at_hand):
    text = FILES[SOURCES[name]]
    bad = DAMAGES[damage](text)
    assert bad != text
    path = at_hand / f"bad-{SOURCES[name]}"
    path.write_bytes(bad if isinstance(bad, bytes) else bad.encode())
    before = sorted(at_hand.iterdir())
    with pytest.raises(BadData) as caught:
        importing.run(path, at_hand / "made", format=name)
    assert path.name in str(caught.value) and "\n" not in str(caught.value)
    assert sorted(at_hand.iterdir()) == before


@pytest.mark.parametrize("name", [*SOURCES, "csv", "workbook", "json", "json-lines", "node-link"])
@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02", b"[1, 2]", b"{}", b"\x1f\x8b\x08\x00", b"a,b\n1,2\n"]
)
def test_a_file_of_another_kind_never_becomes_a_case(name, content, at_hand):
    path = at_hand / "source.bin"
    path.write_bytes(content)
    with pytest.raises(KgError) as caught:
        importing.run(path, at_hand / "made", format=name)
    assert caught.value.exit_code in (2, 3) and "\n" not in str(caught.value)
    assert not (at_hand / "made").exists()


@pytest.mark.parametrize("shipped", sorted(p.stem for p in mapping.SHIPPED.glob("*.toml")))
def test_a_shipped_mapping_is_whole_and_has_its_reader(shipped):
    plan = mapping.read(mapping.SHIPPED / f"{shipped}.toml")
    assert plan.format == shipped and shipped in imports.names()


def test_what_a_grouping_of_stix_holds_stands_in_it(at_hand, tmp_path):
    bundle = json.loads((at_hand / SOURCES["stix"]).read_text("utf-8"))
    tie = next(o["id"] for o in bundle["objects"] if o["type"] == "relationship")
    group = "grouping--6f1f1a2e-0c5b-4d0f-8f0e-00000000000c"
    about = {"type": "grouping", "id": group, "name": "Held together", "context": "unspecified"}
    bundle["objects"].append(about | {"spec_version": "2.1", "object_refs": [tie]})
    (tmp_path / "grouped.json").write_text(json.dumps(bundle), "utf-8")
    importing.run(tmp_path / "grouped.json", tmp_path / "case")
    assert [str(p) for p in check(find(tmp_path / "case")).problems if not p.warning] == []
    assert group.replace("--", "-") in {
        document for (document,) in told(tmp_path / "case", "document")
    }

"""kg import: what a format gives becomes a case that check and build take as any other."""

from __future__ import annotations

import types

import pytest
from asking import run

from kg.exchange import importing, imports
from kg.model.errors import OutOfBounds, UsageError


def toy(read):
    """A format of lines, whose reader is the function."""
    return types.SimpleNamespace(
        TITLE="toy", fits=lambda source: source.ending == ".toy", read=read
    )


@pytest.fixture
def toys(monkeypatch, tmp_path):
    """Imports a file of some lines in a format that a function reads; gives tally and folder."""

    def imported(read, text="x\n", name="things-3.toy", folder="made"):
        monkeypatch.setattr(imports, "names", lambda: ["toy"])
        monkeypatch.setattr(imports, "format", lambda _: toy(read))
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return importing.run(path, tmp_path / folder), tmp_path / folder

    return imported


def harbour(source, draft):
    person = draft.term("class", "Person", table="people")
    company = draft.term("class", "Company", parent="Organisation", table="companies")
    owns = draft.term("state", "owns", inverse="is owned by")
    number = draft.term("attribute", "registrationNumber", label="registration number")
    for line, text in source.lines():
        draft.read("line")
        name, owned = text.split(">")
        draft.thing(f"p/{name}", person, name, called=name, locator=f"line {line}")
        draft.thing(f"c/{owned}", company, owned, called=owned, attributes={number: "007"})
        paper = draft.document("", url=f"https://www.example.org/news/{owned}-sold.html")
        draft.claim(f"p/{name}", owns, f"c/{owned}", document=paper, locator="para 1", to="..")


@pytest.fixture
def asked(capsys):
    """Answers a verb on a case: exit code, stdout, stderr."""

    def answered(name, where, *words, **options):
        capsys.readouterr()
        code = run(name, where, *words, **options)
        return (code, *capsys.readouterr())

    return answered


def test_a_case_comes_out_that_check_and_build_take(toys, asked):
    told, made = toys(harbour, "Ann Ōe>Harbour Ltd\nБорис>Harbour Ltd\n")
    assert {(x.step, x.kind): x.number for x in told} == {
        ("read", "line"): 2,
        ("written", "people.csv"): 2,
        ("written", "companies.csv"): 1,
        ("written", "documents.csv"): 2,
        ("written", "claims.csv"): 2,
        ("merged", "thing"): 2,
    }
    assert asked("check", made, strict=True) == (
        0,
        "",
        "5 entities, 2 claims, 2 attestations; nothing to mend\n",
    )
    assert asked("build", made)[0] == 0
    path = asked("path", made, "Ann Ōe", "Борис")[1]
    assert "owns" in path and "example.org: Harbour Ltd sold" in path


def test_a_folder_that_holds_something_is_left_alone(toys, tmp_path):
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "notes").write_text("mine")
    with pytest.raises(UsageError, match="made is not empty: it holds notes; name a folder"):
        toys(harbour, "Ann>Harbour Ltd")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["made", "things-3.toy"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_what_stops_an_import_leaves_nothing(toys, tmp_path, error):
    def stopped(source, draft):
        harbour(source, draft)
        raise error

    with pytest.raises((KeyboardInterrupt, OutOfBounds)):
        toys(stopped, "Ann>Harbour Ltd")
    assert [p.name for p in tmp_path.iterdir()] == ["things-3.toy"]


def test_ids_do_not_depend_on_order_and_never_meet(toys):
    def read(source, draft):
        draft.read("line")
        kind = draft.term("class", "Thing")
        for _, text in source.lines():
            draft.thing(text, kind, text)

    names = ["Ab c", "AB C", "ab-c", "Gdańsk", "Łódź", "Лодзь", "…", "「」", "ab-c-9"]
    found = []
    for i, order in enumerate((names, names[::-1])):
        _, made = toys(read, "\n".join(order), folder=f"made{i}")
        found.append((made / "data" / "things.csv").read_text("utf-8"))
    ids = [line.partition(",")[0] for line in found[0].splitlines()[1:]]
    assert found[0] == found[1]
    assert len(set(ids)) == len(names)
    assert {"ab-c-9", "gdansk"} < set(ids)


def test_what_is_named_and_not_described_is_kept_and_counted(toys, asked):
    def read(source, draft):
        draft.read("line")
        kind, knows = draft.term("class", "Person"), draft.term("state", "knows")
        draft.thing("a", kind, "Ann")
        draft.claim("a", knows, "no one")

    told, made = toys(read)
    assert next(x for x in told if x.step == "kept apart").number == 1
    assert asked("check", made, strict=True)[0] == 0


def test_what_is_a_case_already_is_not_to_be_imported(built_case, tmp_path):
    with pytest.raises(
        UsageError, match=r"is a case of kg's own already.* build it with: kg --case"
    ):
        importing.run(built_case, tmp_path / "again")
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize(
    ("form", "ending", "warned"),
    [
        ("node-link", "json", 1),
        ("graphml", "graphml", 1),
        ("stix", "json", 1),
        ("turtle", "ttl", 0),
    ],
)
def test_what_kg_wrote_in_the_form_of_others_is_no_case_again(
    built_case, tmp_path, capsys, form, ending, warned
):
    """A denied claim would come back as one that the file asserts, and nobody disputes."""
    path = tmp_path / f"a.{ending}"
    assert run("export", built_case, form, out=str(path)) == 0
    assert run("import", tmp_path, str(path), str(tmp_path / "made")) == 0
    told = capsys.readouterr().err
    assert ("bring a case back whole" in told) == bool(warned)

"""A graph that is older than its tables says so, once, on every reading.

Fault: a table, the ontology or case.toml was changed, added or taken away since the build.
Seen: on stderr which ones, and `kg build`, or `--build`, which builds first; exit code as it is.
Kept: the answer is the old graph's, whole. What was only touched, copied or put back says nothing.
"""

import os
import shutil

import pytest
from asking import run

from kg.case.folder import find
from kg.model.errors import spoken
from kg.store import freshness
from kg.store.build import build
from kg.store.graph import open_graph
from kg.verbs import every


@pytest.fixture
def case(built_case, tmp_path):
    return shutil.copytree(built_case, tmp_path / "case", symlinks=True)


def told(folder):
    return freshness.told(open_graph(folder / "out"), folder)


def edit(path):
    path.write_bytes(path.read_bytes() + b"\n")


def swapped(path):
    """Another file of the same size and times."""
    info = path.stat()
    fresh = path.with_name("fresh")
    fresh.write_bytes(path.read_bytes().replace(b"Lu Jianwang", b"Lu Jianwong"))
    os.utime(fresh, ns=(info.st_atime_ns, info.st_mtime_ns))
    fresh.replace(path)


def back(path):
    """Changed, then put back."""
    before = path.read_bytes()
    edit(path)
    path.write_bytes(before)


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("data/people.csv", edit, "people.csv"),
        ("data/people.csv", swapped, "people.csv"),
        ("data/case.toml", edit, "case.toml"),
        ("ontology/terms.ttl", edit, "terms.ttl"),
        ("data/figures.csv", lambda p: p.unlink(), "figures.csv is gone"),
        ("data/judgements.csv", lambda p: p.write_text("x"), "judgements.csv is new"),
        ("ontology/more.ttl", lambda p: p.write_text(""), "more.ttl is new"),
        ("data/people.csv", lambda p: (p.unlink(), p.mkdir()), "people.csv"),
    ],
)
def test_what_changed_is_named(case, name, change, said):
    assert told(case) == ""
    change(case / name)
    said = f"the tables changed since the build ({said}); this is the old graph: kg build, or build"
    assert spoken(told(case)) == said


@pytest.mark.parametrize("change", [lambda p: p.touch(), back, lambda p: os.utime(p, (1, 1))])
def test_what_only_looks_changed_says_nothing(case, change):
    for name in ("data/people.csv", "ontology/terms.ttl", "data/case.toml"):
        change(case / name)
    assert told(case) == ""


@pytest.mark.parametrize("name", ["data/.~lock.people.csv#", "data/notes.txt", "ontology/a.md"])
def test_what_no_build_reads_says_nothing(case, name):
    (case / name).write_text("x")
    assert told(case) == ""


def test_a_graph_without_its_tables_says_nothing(case):
    shutil.rmtree(case / "data")
    assert told(case) == ""


def test_several_are_named_in_order_and_not_all(case):
    for path in (case / "data").glob("*.csv"):
        edit(path)
    edit(case / "ontology" / "terms.ttl")
    assert "(bodies.csv, claims.csv, documents.csv, figures.csv, people.csv and 3 more)" in told(
        case
    )


def test_a_build_makes_it_new(case):
    edit(case / "data" / "people.csv")
    assert told(case)
    build(find(case))
    assert told(case) == ""


def test_a_look_reads_no_table(case, monkeypatch):
    graph, _ = build(find(case), force=True)
    monkeypatch.setattr(freshness, "_digest", lambda path: pytest.fail(path))
    assert freshness.changed(graph, case) == []


OLD = (
    "the tables changed since the build (people.csv); this is the old graph: kg build, or --build\n"
)
READING = [
    ("show", "person-lu"),
    ("find", "Lu"),
    ("query", "ASK {}"),
    ("path", "person-lu", "place-irl"),
    ("view",),
    ("ask", "voice", "body-ngo"),
    *(
        (verb,)
        for verb in (
            "claims",
            "figures",
            "conflicts",
            "matrix",
            "sources",
            "gaps",
            "stats",
            "terms",
            "central",
            "duplicates",
            "report",
        )
    ),
    *((verb, "person-lu") for verb in ("neighbors", "timeline")),
    ("compare", "doc-page", "doc-report"),
    ("search", "Lu"),
    ("count", "claims"),
    ("export", "node-link"),
    ("validate",),
]


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_every_reading_command_says_it_once_and_answers_from_the_old_graph(case, capsys, words):
    verb, *more = words
    more = [more[0], more[1:]] if verb == "ask" else more
    code, fresh = run(verb, case, *more), capsys.readouterr()
    path = case / "data" / "people.csv"
    path.write_text(path.read_text("utf-8").replace("Lu Jianwang", "Lu Anders"), encoding="utf-8")
    assert run(verb, case, *more) == code
    told = capsys.readouterr()
    assert (told.out, told.err) == (fresh.out, OLD + fresh.err)
    assert run(verb, case, *more, build=True) == code
    assert "tables changed" not in capsys.readouterr().err
    assert run("show", case, "person-lu") == 0
    told = capsys.readouterr()
    assert "Lu Anders" in told.out and told.err == ""


def test_every_verb_that_reads_a_graph_is_tried():
    reading = {v.name for v in every() if any(p.name == "build" for p in v.params)} - {"diff"}
    assert reading == {words[0] for words in READING}


def test_tables_that_cannot_be_built_leave_the_old_graph(case, kg):
    (case / "data" / "people.csv").write_text("id,name\nperson-lu,\n")
    ran = kg(case, "show", "person-lu", "--build")
    assert (ran.returncode, ran.stdout) == (3, "")
    assert "Lu Jianwang" in kg(case, "show", "person-lu").stdout


def test_the_library_warns(case):
    import kg as library

    library.open(case)
    edit(case / "data" / "people.csv")
    with pytest.warns(UserWarning, match=r"the tables changed since the build \(people\.csv\)"):
        library.open(case)


def test_the_shipped_case_says_it_too(case, tmp_path, monkeypatch):
    from kg.case import example
    from kg.verbs.place import Place

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(example, "root", lambda: str(case))
    told = []
    assert Place("example", say=told.append).graph.find("person-lu")
    edit(case / "data" / "people.csv")
    assert Place("example", say=told.append).graph.find("person-lu")
    assert [spoken(t).partition(" (")[0] for t in told] == [
        "building the example's graph, once",
        "the tables changed since the build",
    ]


def test_a_page_carries_the_version_of_the_graph(case):
    assert run("view", case, out=str(case / "page.html")) == 0
    assert open_graph(case / "out").version in (case / "page.html").read_text("utf-8")

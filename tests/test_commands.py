"""The command line as a contract: outputs, exit codes, errors, names, files."""

import json

import processes
import pytest
from processes import ENDLESS, KG

from kg.cli import parser


@pytest.fixture(scope="session")
def folder(stand):
    return stand


def kg(folder, *words, **more):
    settings = processes.environment(**({"COLUMNS": "100"} | more.pop("env", {})))
    return processes.run(folder, *KG, "--case", "example", *words, env=settings, **more)


def test_the_example_is_built_when_first_asked_for(tmp_path):
    ran = kg(tmp_path, "query", "ASK { ?s ?p ?o }")
    assert (ran.returncode, ran.stdout) == (0, "true\n")
    assert "building the example" in ran.stderr
    assert (tmp_path / "out" / "example" / "current").is_file()


def test_an_unbuilt_case_says_what_to_do(tmp_path, make_case):
    ran = processes.run(make_case(), *KG, "query", "ASK {}")
    assert ran.returncode == 3
    assert "run kg build" in ran.stderr
    ran = processes.run(tmp_path, *KG, "query", "ASK {}")
    assert ran.returncode == 3
    assert "begin one with kg init DIR" in ran.stderr


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml"])
def test_formats_of_rows(folder, form):
    ran = kg(folder, "query", "SELECT ?c { id:station-irl01 kg:code ?c }", "--format", form)
    assert ran.returncode == 0
    assert "IRL01" in ran.stdout


def test_query_from_file_and_stdin(folder, tmp_path):
    text = "ASK { ?s kg:code 'IRL01' }"
    (tmp_path / "q.rq").write_text(text)
    assert kg(folder, "query", "-f", str(tmp_path / "q.rq")).stdout == "true\n"
    assert kg(folder, "query", "-", input=text).stdout == "true\n"
    assert kg(folder, "query", input=text).stdout == "true\n"


def test_exit_codes(folder):
    assert kg(folder, "query", "ASK { ?s kg:code 'XXX' }", "--exit-code").returncode == 1
    assert kg(folder, "show", "nobody at all").returncode == 1
    assert kg(folder, "path", "Lu Jianwang", "FBI", "--relation", "cites").returncode == 1
    assert kg(folder, "query", "SELECT nothing").returncode == 2
    assert kg(folder, "shoow", "x").returncode == 2
    assert kg(folder, "query", "ASK {}", "--format", "pdf").returncode == 2
    assert kg(folder, "query", ENDLESS, "--timeout", "0.2").returncode == 4


def test_a_name_that_is_several_lists_them(folder):
    ran = kg(folder, "show", "110 Overseas")
    assert ran.returncode == 1
    assert "network-stations" in ran.stderr
    assert "report-110-overseas" in ran.stderr


def test_a_near_name_is_offered_and_not_taken(folder):
    ran = kg(folder, "show", "Jeremy Daun")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "person-jeremy-daum  Jeremy Daum" in ran.stderr


def test_no_path_is_explained(folder):
    ran = kg(folder, "path", "Lu Jianwang", "Ministry of Public Security", "--max-hops", "1")
    assert ran.returncode == 1
    assert "one of 2 hops exists" in ran.stderr


def test_path_as_json(folder):
    ran = kg(
        folder, "path", "Lu Jianwang", "Ministry of Public Security", "-k", "1", "--format", "json"
    )
    (path,) = json.loads(ran.stdout)
    assert path["nodes"][0]["id"] == "person-lu-jianwang"
    for hop in path["hops"]:
        for claim in hop["claims"]:
            assert claim["status"]
            assert claim["basis"]
            assert claim["voices"] >= 1
            assert claim["documents"] >= 1
            assert all(s["voice"] and s["document"] and s["locator"] for s in claim["spoken"])


def test_show_in_three_forms(folder):
    told = json.loads(kg(folder, "show", "Jeremy Daum", "--format", "json").stdout)
    assert told["entity"]["id"] == "person-jeremy-daum"
    assert kg(folder, "show", "Jeremy Daum", "--format", "markdown").stdout.startswith(
        "# Jeremy Daum"
    )
    page = kg(folder, "show", "Jeremy Daum", "--format", "html").stdout
    assert "<h1>Jeremy Daum</h1>" in page
    assert "default-src 'none'" in page
    text = kg(folder, "show", "Jeremy Daum").stdout
    assert "Timeline" in text
    assert "Passages about it, by document" in text
    assert "disputes" in text
    assert max(map(len, text.splitlines())) <= 100


def test_a_named_question(folder):
    words = ("query", "--name", "charges", "--set", "person=Lu Jianwang", "--format", "csv")
    ran = kg(folder, *words)
    assert ran.returncode == 0
    assert "obstruction" in ran.stdout
    assert kg(folder, "query", "ASK {}", "--name", "charges").returncode == 2


def test_a_file_that_is_not_ours_is_kept(folder, tmp_path):
    held = tmp_path / "held.csv"
    held.write_text("mine")
    words = ("query", "SELECT ?c { ?s kg:code ?c }", "-o", str(held))
    ran = kg(folder, *words)
    assert (ran.returncode, held.read_text()) == (2, "mine")
    assert "--force" in ran.stderr
    assert kg(folder, *words, "--force").returncode == 0
    assert held.read_text().startswith("c\n")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("query X", ("query", ".", {"text": "X"})),
        (
            "--case c path a b -k 2 --via x --via y --directed",
            (
                *("path", "c"),
                {"start": "a", "end": "b", "k": 2, "via": ["x", "y"], "directed": True},
            ),
        ),
        ("view --path a b", ("view", ".", {"path": ("a", "b")})),
        ("ask a b c", ("ask", ".", {"name": "a", "values": ["b", "c"]})),
        ("view --path a", None),
        ("path a", ("path", ".", {"start": "a"})),
        ("path a b c", None),
        ("path a b -k many", None),
        ("path a b -k 0", None),
        ("path a b --nope", None),
        ("query --help", None),
        ("verify", ("verify", ".", {})),
        ("locate a", None),
        ("nothing", None),
        ("answer", None),
        ("__init__", None),
        ("../verbs/query", None),
        ("", None),
    ],
)
def test_the_short_way_takes_only_plain_words(words, found):
    got = parser.plain(words.split())
    assert (got and (got[0].name, *got[1:])) == found


def test_help_is_asked_for_in_several_ways(kg, built_case):
    (whole, *others) = [
        kg(built_case, *words) for words in (["--help"], ["-h"], ["--case", ".", "--help"])
    ]
    assert whole.stdout.startswith("Usage: kg [--case DIR] VERB")
    assert [o.stdout for o in others] == [whole.stdout] * 2
    assert kg(built_case, "help", "path").stdout == kg(built_case, "path", "--help").stdout
    narrow = kg(built_case, "--help", COLUMNS="60").stdout
    assert "Find the best paths" in narrow
    assert max(map(len, narrow.splitlines())) <= 60


@pytest.mark.parametrize("columns", ["²", "9" * 5000, "-1", "0", "wide"])
def test_a_width_that_is_none_is_no_fault(kg, built_case, columns):
    ran = kg(built_case, "find", "Lu", COLUMNS=columns)
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["", ""], "a value is empty"),
        (["claims", "--entity", ""], "a value after --entity is empty"),
        (["claims", "--as-of="], "--as-of is empty"),
        (["show", ""], "a value is empty"),
    ],
)
def test_an_empty_value_does_not_mean_everything(kg, built_case, words, told):
    ran = kg(built_case, *words)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == f"kg: {told}; give one, or leave the option out\n"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("claims --relation owns", 1),
        ("figures --measure stationCount --voice body-state", 1),
        ("timeline doc-report --known-by 1999", 1),
        ("terms nothing-like-it", 1),
        ("find zzzz", 1),
        ("gaps --kind single-voice --entity person-lu --document doc-page", 0),
    ],
)
def test_nothing_found_is_a_no_and_no_gap_is_none(kg, built_case, words, code):
    ran = kg(built_case, *words.split())
    assert (ran.returncode, ran.stdout) == (code, ""), ran.stderr


@pytest.mark.parametrize("number", ["nan", "inf", "1e200", "99999999999"])
@pytest.mark.parametrize(
    "words", ["query ASK{} --timeout", "query ASK{} --memory", "path person-lu place-irl --timeout"]
)
def test_a_bound_that_bounds_nothing_is_refused(kg, built_case, words, number):
    *words, option = words.split()
    ran = kg(built_case, *words, option, number)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"kg: {option} {float(number):g}: expected a number above 0")


def test_a_value_without_a_named_question_is_refused(kg, built_case):
    ran = kg(built_case, "query", "SELECT ?person {}", "--set", "person=Lu")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "name it with --name" in ran.stderr


def test_a_graph_without_a_name_is_refused(kg, tmp_path):
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> 1 .", encoding="utf-8")
    # A variable that is empty names no store, for which the graph would be.
    for settings in ({}, {"KG_STORE": ""}, {"KG_STORE": " "}):
        ran = kg(tmp_path, "query", "ASK {}", "--graph", "=a.ttl", **settings)
        assert (ran.returncode, ran.stdout) == (2, "")
        assert "expected IRI=FILE" in ran.stderr

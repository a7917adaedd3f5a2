"""Every verb is described once: the parsers, help, completion and formats made from that agree."""

import ast
import json
import re
import shlex
import sys
from pathlib import Path

import processes
import pytest
import typer
from asking import run
from hypothesis import given
from hypothesis import strategies as some

from kg import verbs
from kg.cli import completion, output, overview, parser, stores
from kg.model.errors import UsageError, parameter, spoken
from kg.notebook import answers as tables
from kg.text import formats
from kg.verbs.answer import Answer
from kg.verbs.description import GROUPS, Param, Verb
from kg.verbs.parameters import LENS, LensRequest, statuses
from kg.verbs.place import Place

PACKAGE = Path(verbs.__file__).parent.parent
VERBS = verbs.every()
NAMES = [verb.name for verb in VERBS]
# Words that no option takes for one of its own, and that are no number.
WORDS = some.from_regex(r"[a-zé福“][a-z =.é福”-]{0,8}", fullmatch=True)


@pytest.fixture(scope="module")
def typed():
    """What typer makes of a command line, as the fast parser puts it."""
    found = []
    command = typer.main.get_command(parser.app(found.append))

    def parse(words):
        found.clear()
        command.main(args=list(words), prog_name="kg", standalone_mode=False)
        ((verb, case, values),) = found
        return verb.name, case, values

    return parse


def value(p: Param):
    """Words for one value of a parameter, at its bounds or within them."""
    if p.kind is str:
        return some.lists(WORDS, min_size=p.words, max_size=p.words)
    low = p.low if p.low is not None else 0
    high = p.high if p.high is not None else 1000
    number = some.integers(int(low) or 1, int(high))
    return number.map(lambda n: [str(n)])


@some.composite
def lines(draw):
    verb = draw(some.sampled_from(VERBS))
    line, placed = [], []
    for p in verb.params:
        if p.argument:
            # What stands by its place cannot be left out before another.
            if placed is not None and (p.needed or draw(some.booleans())):
                placed += draw(some.lists(WORDS, min_size=1, max_size=1 + 2 * p.many))
            else:
                placed = placed if p.needed else None
        elif p.needed or draw(some.integers(0, 4)) == 0:
            for _ in range(draw(some.integers(1, 2)) if p.many else 1):
                flag = draw(some.sampled_from(p.flags))
                line.append([flag, *([] if p.kind is bool else draw(value(p)))])
        if placed is None:
            placed = []
            break
    words = [[w] for w in placed]
    mixed = draw(some.permutations(line))
    where = draw(some.integers(0, len(mixed)))
    case = draw(some.sampled_from([[], ["--case", "example"]]))
    needed = [
        [p.flags[0], "x"]
        for p in verb.params
        if p.needed and not p.argument and not any(w[0] in p.flags for w in line)
    ]
    chosen = [*mixed[:where], *words, *mixed[where:], *needed]
    return [*case, verb.name, *(word for part in chosen for word in part)]


@given(line=lines())
def test_both_parsers_say_the_same(typed, line):
    fast = parser.plain(line)
    assert fast is not None
    verb, case, values = fast
    assert (verb.name, case, values) == typed(line)


@pytest.mark.parametrize(
    "line",
    [
        "path a b -k 0",
        "path a b -k x",
        "path a b --depth 2",
        "path a b c",
        "locate a",
        "view --path a",
        "shwo x",
        "query --timeout 0",
        "version now",
    ],
)
def test_what_one_parser_refuses_so_does_the_other(typed, line):
    assert parser.plain(line.split()) is None
    with pytest.raises(Exception) as caught:  # typer hides its class
        typed(line.split())
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("line", ["path a b -k2", "find x --limit=3", "show x -oy.md"])
def test_typer_takes_what_is_written_together(typed, line):
    assert parser.plain(line.split()) is None
    assert typed(line.split())


@pytest.mark.parametrize("verb", VERBS, ids=NAMES)
def test_a_verb_is_whole(verb, typed):
    assert verb.group in GROUPS
    assert len(verb.help.split()) <= 12
    assert verb.help[0].isupper() and verb.help.endswith(".")
    assert verb.examples
    names = [p.name for p in verb.params]
    assert len(set(names)) == len(names)
    flags = [flag for p in verb.params for flag in p.flags]
    assert len(set(flags)) == len(flags)
    for p in verb.params:
        assert p.help.endswith((".", "”"))
        assert p.name.isidentifier()
    if verb.formats != ("text",):
        assert set(verb.formats) <= set(formats.FORMATS)
    for line in verb.examples:
        # Where the graph is stands before or behind any verb.
        rest, _ = stores.taken(shlex.split(line))
        name, _, values = typed(rest)
        assert name == verb.name
        assert set(values) <= set(names)


def test_the_verbs_of_the_shipped_help_are_those_of_the_folder():
    assert overview.written() == overview.overview()
    for verb in VERBS:
        assert f"\n  {verb.name} " in overview.written()
    assert {v.name for v in VERBS} == {
        f.stem.removesuffix("_")
        for f in (PACKAGE / "verbs").glob("*.py")
        if "\nVERB = " in f.read_text("utf-8")
    }


def test_a_verb_stands_after_the_one_that_it_says():
    made = [Verb(n, "kg", "Help.", after=a) for n, a in (("a", "c"), ("b", ""), ("c", "nowhere"))]
    found = []
    verbs.put_after(made, "", found)
    assert [v.name for v in found] == ["b", "c", "a"]


@pytest.mark.parametrize("name", ["answer", "description", "__init__", "nosuch", "os", "../x", ""])
def test_what_is_no_verb(name):
    assert verbs.named(name) is None


def test_the_lens_is_said_once():
    from kg.store import lens

    fields = {p.name for p in LENS}
    assert fields == set(LensRequest.__slots__)
    code = lens.asked.__code__
    assert fields == set(code.co_varnames[1 : code.co_argcount])


@pytest.mark.parametrize("path", sorted((PACKAGE / "verbs").glob("*.py")), ids=lambda p: p.stem)
def test_a_verb_touches_no_stream(path):
    tree = ast.parse(path.read_text("utf-8"))
    names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    assert not names & {"print", "input"}
    imported = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    assert "sys" not in imported


FLAGS = {flag for verb in VERBS for p in verb.params for flag in p.flags}
ROOMS = [p for p in sorted(PACKAGE.rglob("*.py")) if not {"cli", "vendor"} & set(p.parts)]


def test_no_room_below_the_command_line_speaks_of_its_options():
    said = {str(path.relative_to(PACKAGE)): options(path) for path in ROOMS}
    assert len(said) > 300
    assert {path: found for path, found in said.items() if found} == {}


def options(path):
    """The options of which the texts of a module speak, but for help, docs and other programs'."""
    text = path.read_text("utf-8")
    if not FLAGS & {*OPTION.findall(text)}:
        return set()
    nodes = [*ast.walk(ast.parse(text))]
    apart = set()
    for node in nodes:
        help_of = isinstance(node, ast.keyword) and node.arg in ("more", "examples")
        other = isinstance(node, ast.JoinedStr) and ast.unparse(node)[2:].startswith(
            "oxigraph load"
        )
        if help_of or other:
            apart.update(ast.walk(node))
    docs = {ast.get_docstring(n, clean=False) for n in nodes if isinstance(n, DOCUMENTED)}
    texts = {
        n.value
        for n in nodes
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and n not in apart
    }
    told = [t for t in texts - docs if not t.startswith("kg build")]
    return FLAGS & {option for t in told for option in OPTION.findall(t)}


OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)


def test_a_message_takes_the_form_of_its_face():
    error = UsageError(f"{parameter('known_by')} x: not with {parameter('k')}")
    assert str(error) == "known_by x: not with k"
    assert error.said(lambda name: f"<{name}>") == "<known_by> x: not with <k>"
    assert spoken("a \ufdd0b") == "a b"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("help ve", ["verify", "version"]),
        ("he", ["help"]),
        ("c", ["check", "claims", "count", "central", "conflicts", "compare"]),
        ("--ca", ["--case"]),
        ("--case e", ["example"]),
        ("--case example ve", ["verify", "version"]),
        ("claims --st", ["--stance", "--status"]),
        ("claims --status co", ["contested", "corrected"]),
        ("claims --status contested --sta", ["--stance", "--status"]),
        ("claims --since 2022 --si", []),
        ("figures --format j", ["json"]),
        ("show x -o ", []),
        ("view --layout pa", ["paths"]),
        ("ask charg", ["charges"]),
        ("ask charges charg", []),
        ("ask --timeout 3 charg", ["charges"]),
        ("nosuch ", []),
    ],
)
def test_completion(line, found):
    words = line.split(" ")
    assert [word for word, _ in completion.complete(words)] == found


@pytest.mark.parametrize("shell", completion.SCRIPTS)
def test_completion_has_a_script(shell, capsys):
    assert completion.run("--completion", [shell]) == 0
    assert "kg --complete" in capsys.readouterr().out
    with pytest.raises(UsageError, match="expected bash, zsh, fish"):
        completion.run("--completion", ["tcsh"])
    with pytest.raises(UsageError, match="expected bash, zsh, fish"):
        completion.run("--complete", ["show", ""])


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("show Lu", ["Lu Jianwang"]),
        ("show lu", ["Lu Jianwang"]),
        ("show harry", ["Harry Lu"]),
        ("show person-", ["person-lu"]),
        ("path person-lu pl", ["place-irl", "place-world"]),
        # Names that have all words come where none begins so.
        ("show jianw", ["Lu Jianwang"]),
        ("neighbors Lu --relation vis", ["visited"]),
        ("neighbors Lu --relation lies", ["lies in"]),
        ("figures --measure st", ["stationCount"]),
        ("find x --kind st", ["Station"]),
        ("compare the", ["The report"]),
        ("claims --document A", ["A page"]),
        ("view --path Lu Irel", ["Ireland"]),
        ("path --view ", []),
        ("show zzz", []),
        ("ask charges --format j", ["json"]),
    ],
)
def test_what_the_graph_has_is_completed(built_case, line, found):
    words = ["--case", str(built_case), *line.split(" ")]
    assert [w for w, _ in completion.complete(words) if not w.startswith("-")] == found


def test_a_name_that_several_have_is_completed_by_their_ids(make_case):
    folder = make_case(people="id,name\nperson-lu,Lu Jianwang\nperson-lo,Lu Jianwang\n")
    assert verbs.answer_of(verbs.named("build"), Place(str(folder)), {}).code == 0
    found = completion.complete(["--case", str(folder), "show", "lu"])
    assert found == [("person-lo", "Person"), ("person-lu", "Person")]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("kg show Lu\\ J", ["Lu\\ Jianwang"]),
        ('kg show "Lu J', ["Lu Jianwang"]),
        ("kg show 'lu", ["Lu Jianwang"]),
        ("kg show jianw", ["Lu\\ Jianwang"]),
        # What several have in common must not take the place of what is typed.
        ("kg show police", ["Fuzhou\\ police"]),
        ("kg show the", ["The\\ embassy", "The\\ NGO", "The\\ report", "The\\ world"]),
        ("kg ask charges person=L", []),
        ("kg  claims   --sta", ["--stance", "--status"]),
        ("kg show ", None),
        ("kg 'show' Lu", ["Lu\\ Jianwang"]),
    ],
)
def test_bash_is_given_what_it_takes_in(built_case, monkeypatch, line, found):
    monkeypatch.chdir(built_case)
    given = completion.in_bash(line)
    assert given == found if found is not None else len(given) > 10


@given(
    some.text(some.characters(codec="utf-8", exclude_characters="\n\r\0"), max_size=9),
    some.sampled_from(["", '"', "'"]),
)
def test_what_bash_is_given_it_reads_as_the_name(name, quote):
    written = quote + completion._quoted(name, quote) + quote
    words, open_, _ = completion._split("kg " + written)
    assert open_ == ""
    if name.strip() or quote:
        assert words[1] == name


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("x.csv", "sentence,status"),
        ("x.TSV", "sentence\tstatus"),
        ("x.json", "[\n {"),
        ("x.md", "| sentence |"),
        ("x.txt", "• Fuzhou police operates"),
        ("x", "• Fuzhou police operates"),
        (".csv", "• Fuzhou police operates"),
    ],
)
def test_a_file_has_the_format_of_its_ending(built_case, tmp_path, name, begins):
    target = tmp_path / name
    assert run("claims", built_case, relation="operates", out=str(target)) == 0
    assert target.read_text("utf-8").startswith(begins)


@pytest.mark.parametrize(
    ("verb", "options", "told"),
    [
        ("claims", {"out": "x.pdf"}, "out x.pdf: expected a file that ends in .txt, .csv"),
        ("claims", {"out": "x.html"}, "out x.html: expected a file that ends in .txt, .csv"),
        ("claims", {"out": "x.csv", "format": "json"}, "this ending is not json; expected .json"),
        ("claims", {"out": ""}, "out: nothing"),
        ("claims", {"format": "pdf"}, "format pdf: expected text, table, csv"),
        ("show", {"out": "x.csv"}, "ends in .txt, .md, .json, .html"),
        ("view", {"out": "x.csv"}, "ends in .html"),
        ("query", {"text": "ASK {}", "out": "x.ttl"}, "format ttl is for CONSTRUCT"),
        ("query", {"text": "CONSTRUCT WHERE {?s ?p ?o}", "out": "x.csv"}, "format csv is for rows"),
    ],
)
def test_an_ending_that_does_not_fit_is_refused(
    built_case, tmp_path, monkeypatch, verb, options, told
):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=told):
        run(verb, built_case, **options)
    assert list(tmp_path.iterdir()) == []


def test_a_format_that_is_named_goes_into_a_file_of_any_name(built_case, tmp_path):
    target = tmp_path / "claims.2022"
    assert run("claims", built_case, format="json", out=str(target)) == 0
    assert json.loads(target.read_text("utf-8"))


@pytest.mark.parametrize("form", formats.LISTS)
def test_every_list_is_written_in_every_format(built_case, capsys, form):
    for verb in VERBS:
        if verb.formats == formats.LISTS and not any(p.needed for p in verb.params):
            if verb.name in ("diff", "duplicates", "validate", "verify"):
                continue
            run(
                verb.name,
                built_case,
                format=form,
                **({"text": "lu"} if verb.name == "find" else {}),
            )
            assert capsys.readouterr().out, verb.name


@pytest.mark.parametrize(
    ("verb", "some", "none"),
    [
        ("find", {"text": "lu"}, {"text": "qqqq"}),
        ("claims", {}, {"relation": "owns"}),
        ("claims", {"document": ["doc-page"]}, {"document": ["doc-page"], "relation": "owns"}),
        ("claims", {"rows": True}, {"rows": True, "relation": "owns"}),
        ("figures", {}, {"entity": "person-lu"}),
        (
            "timeline",
            {"name": "body-fuzhou", "voice": ["body-state"]},
            {"name": "person-lu", "voice": ["body-state"]},
        ),
        ("neighbors", {"name": "body-fuzhou"}, {"name": "doc-report"}),
        ("search", {"words": ["listed"]}, {"words": ["qqqq"]}),
        ("conflicts", {}, {"entity": "place-world"}),
        ("terms", {}, {"text": "qqqq"}),
        ("count", {}, {"relation": "owns"}),
        ("central", {}, {"relation": ["owns"]}),
        ("central", {"by": "communities"}, {"by": "communities", "relation": ["owns"]}),
    ],
)
def test_a_list_without_rows_has_the_columns_of_one_with_rows(built_case, capsys, verb, some, none):
    for form in ("csv", "tsv", "markdown"):
        told = []
        for options in (some, none):
            output.run(verbs.named(verb), str(built_case), {"format": form} | options)
            told.append(capsys.readouterr().out.splitlines())
        assert len(told[0]) > len(told[1]) - 1 > -1
        assert told[0][0] == told[1][0] != ""
    answers = [verbs.answer_of(verbs.named(verb), Place(str(built_case)), o) for o in (some, none)]
    assert answers[0].value
    assert not answers[1].value
    one, other = (tables.shown(answer, verb).columns.tolist() for answer in answers)
    assert one == other != []


@pytest.mark.parametrize("verb", ["claims", "neighbors", "timeline", "conflicts"])
def test_a_list_told_in_sentences_is_a_table_of_all_its_columns(built_case, capsys, verb):
    name = ["body-fuzhou"] if verb in ("neighbors", "timeline") else []
    run(verb, built_case, *name, format="csv")
    head = capsys.readouterr().out.partition("\n")[0].strip().split(",")
    run(verb, built_case, *name, format="table")
    told = [line.partition(" ")[0] for line in capsys.readouterr().out.splitlines()]
    assert [*dict.fromkeys(told)][:3] == head[:3]


def test_questions_are_listed_for_programs(tmp_path, capsys):
    assert run("ask", tmp_path, format="json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert {"name", "question", "values"} == set(rows[0])
    assert [r["values"] for r in rows if r["name"] == "charges"] == [["person=any"]]


def test_an_answer_is_a_value(built_case, capsys):
    found = verbs.answer_of(verbs.named("claims"), Place(str(built_case)), {"relation": "owns"})
    assert isinstance(found, Answer)
    assert (list(found.value), found.notes, found.code) == ([], ["no claim fits"], 1)
    assert capsys.readouterr() == ("", "")


def test_a_shell_completes(built_case, tmp_path):
    command = tmp_path / "kg"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n')
    command.chmod(0o755)

    def typed(line):
        return f"COMP_LINE={shlex.quote(line)}; COMP_POINT=${{#COMP_LINE}}; _kg; printf '%s\\n' \"${{COMPREPLY[@]}}\" --\n"

    script = f'PATH="{tmp_path}:$PATH"; eval "$(kg --completion bash)"\n' + "".join(
        map(typed, ("kg claims --st", 'kg claims --status ""', "kg show Lu\\ J", "kg show *"))
    )
    ran = processes.run(built_case, "bash", "-c", script)
    known = "\n".join(statuses())
    assert ran.stdout == f"--stance\n--status\n--\n{known}\n--\nLu\\ Jianwang\n--\n--\n"

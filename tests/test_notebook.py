"""`import kg` in a notebook."""

import importlib.util
import sys
import tempfile
from inspect import signature
from pathlib import Path
from xml.etree import ElementTree

import pytest
from owncase import laid

import kg
from kg import verbs
from kg.model.errors import NoGraph, NotFound, UsageError
from kg.notebook.making import doc as verbs_doc


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("notebook"))
        yield kg.open("example")


def test_everything_public_is_there():
    assert {name: getattr(kg, name) is not None for name in kg.__all__} == dict.fromkeys(
        kg.__all__, True
    )


def test_a_frame_with_numbers_and_text(graph):
    frame = graph.query(
        "SELECT ?b (COUNT(?s) AS ?n) { ?b a kg:Bureau ; kg:operates ?s . ?s kg:code ?c } GROUP BY ?b ORDER BY DESC(?n)"
    )
    assert list(frame.columns) == ["b", "n"]
    assert frame["n"].dtype == "int64"
    assert frame["n"].sum() == 69
    assert frame.attrs["truncated"] is False


def test_text_stays_as_it_stands(graph):
    frame = graph.query("SELECT ('007' AS ?a) ('NA' AS ?b) (1.50 AS ?c) (?none AS ?d) {}")
    assert frame.iloc[0, :3].tolist() == ["007", "NA", 1.5]
    assert frame["d"].isna().all()


def test_ask_and_graphs(graph):
    assert graph.query("ASK { ?s kg:code 'IRL01' }") is True
    assert "IRL01" in graph.query("DESCRIBE id:station-irl01")


def test_paths_and_dossiers(graph):
    found = graph.paths("Lu Jianwang", "Ministry of Public Security", k=1)
    (path,) = found
    assert len(path.hops) == 2
    assert repr(found).startswith("1. Lu Jianwang – ")
    assert "alleged by one voice" in found._repr_html_()
    assert found.notes == ["there are more paths than this one; raise k"]
    shown = graph.show("Jeremy Daum")
    assert shown.entity.name == "Jeremy Daum"
    assert repr(shown).startswith("<Jeremy Daum (person, person-jeremy-daum)")
    assert shown._repr_markdown_().startswith("# Jeremy Daum")
    with pytest.raises(NotFound):
        graph.show("nobody")


def test_every_analysis_is_a_frame(graph):
    frames = {
        "claims": graph.claims(entity="Hu Renai"),
        "seen": graph.claims(known_by="2022-12", entity="Hu Renai"),
        "attestations": graph.claims(voice="Mao Ning", rows=True),
        "figures": graph.figures(measure="personsPersuaded"),
        "find": graph.find("Daum", kind="Person"),
        "neighbors": graph.neighbors("Hu Renai"),
        "timeline": graph.timeline("Lu Jianwang"),
        "conflicts": graph.conflicts(entity="FBI"),
        "compare": graph.compare("doc-stations-page", "doc-recruit"),
        "sources": graph.sources(),
        "gaps": graph.gaps(),
        "stats": graph.stats(),
        "terms": graph.terms(),
        "questions": graph.ask(),
        "ask": graph.ask("charges", person="Lu Jianwang"),
        "asked in order": graph.ask("charges", "Lu Jianwang", timeout=20),
        "doctor": graph.doctor(),
    }
    assert [name for name, frame in frames.items() if frame.empty] == []
    assert set(frames["claims"]) >= {"sentence", "status", "basis", "voices", "documents"}
    assert len(frames["figures"]) == 3


def test_a_page_shows_itself(graph, tmp_path):
    page = graph.view(focus=["Jeremy Daum"])
    assert page._repr_html_().startswith("<iframe")
    page.write(tmp_path / "x.html")
    assert (tmp_path / "x.html").read_text("utf-8") == page.html
    page.write(tmp_path / "x.html")
    (tmp_path / "claims.csv").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="there already"):
        page.write(tmp_path / "claims.csv")
    assert (tmp_path / "claims.csv").read_text("utf-8") == "mine"
    page.write(tmp_path / "claims.csv", force=True)


def test_what_only_says_that_it_is_a_number_stays_text(graph):
    odd = graph.query(
        'SELECT (STRDT("x", xsd:integer) AS ?a) (STRDT("y", xsd:double) AS ?b)'
        f' (STRDT("{"9" * 5000}", xsd:integer) AS ?c) {{}}'
    )
    assert list(odd.iloc[0]) == ["x", "y", "9" * 5000]


def test_a_graph_that_is_cut_says_so(graph):
    with pytest.warns(UserWarning, match="only the first 2 are shown; raise limit"):
        graph.query("CONSTRUCT WHERE { ?s ?p ?o }", limit=2)


def test_a_graph_is_found_again_from_another_folder(built_case, tmp_path, monkeypatch):
    monkeypatch.chdir(built_case)
    opened = kg.open()
    monkeypatch.chdir(tmp_path)
    assert opened.query("ASK { id:body-fuzhou kg:operates ?o }") is True
    assert not opened.claims().empty


def test_check_and_an_unbuilt_case(tmp_path):
    assert kg.check("example").fine
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "case.toml").write_text('base = "https://x.org/"')
    with pytest.raises(NoGraph):
        kg.open(tmp_path)


def test_another_thread_may_ask(graph):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(graph.id, "海外110").result() == graph.id("海外110")


def test_one_name_is_as_good_as_a_list_of_them(graph):
    one = graph.claims(document="doc-clt", relation="disputes")
    assert one.equals(graph.claims(document=["doc-clt"], relation="disputes"))


def test_a_lens_is_on_everything(graph):
    whole = graph.paths("Lu Jianwang", "Ministry of Public Security")
    assert whole
    assert not graph.paths("Lu Jianwang", "Ministry of Public Security", document="doc-clt")
    assert graph.show("FBI", document="doc-clt") != graph.show("FBI")
    assert len(graph.stats(voice="Mao Ning")) < len(graph.stats())


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda g: g.paths(k=1), "give two actors, start and end, or several with among"),
        (lambda g: g.paths("FBI", "FBI", "x"), "'x' is one too many"),
        (lambda g: g.claims(voices="Mao Ning"), "claims has no voices; did you mean “voice”"),
        (lambda g: g.claims(as_of="soon"), "^as_of soon: expected a date"),
        (lambda g: g.claims(status="contestet"), "^status Contestet: expected one of"),
        (lambda g: g.claims(entity=""), "entity is empty"),
        (lambda g: g.paths("FBI", "doc-clt", k=0), "k 0: expected a number from 1 to 100"),
        (lambda g: g.paths("FBI", "doc-clt", k=1.5), "k 1.5: expected a whole number"),
        (lambda g: g.query("ASK {}", timeout=float("nan")), "^timeout nan: expected a number"),
        (lambda g: g.query("ASK {}", timeout="long"), "timeout 'long': expected a number"),
        (lambda g: g.query(), "there is no stdin"),
        (lambda g: g.view(layout="rings"), "^layout rings: expected paths, lanes"),
        (lambda g: g.view(path="FBI"), "path 'FBI': expected 2 of them"),
        (lambda g: g.show("FBI", name="FBI"), "name is given twice"),
        (lambda g: g.show(None), "show needs name"),
        (lambda g: g.show(7), "name 7: expected text"),
        (lambda g: g.show(["FBI"]), "expected text"),
        (lambda g: g.id(7), "7 is no name"),
    ],
)
def test_an_error_speaks_of_keywords(graph, ask, told):
    with pytest.raises(UsageError, match=told) as caught:
        ask(graph)
    assert "--" not in str(caught.value)


def test_why_there_is_nothing(graph):
    assert graph.claims(relation="operates", voice="Mao Ning", stance="asserts").attrs["notes"]
    found = graph.paths("Lu Jianwang", "Ministry of Public Security", max_hops=1)
    assert (repr(found), found.notes) == (
        "no path of at most 1 hop; one of 2 hops exists (max_hops)",
        ["no path of at most 1 hop; one of 2 hops exists (max_hops)"],
    )


def test_what_is_offered_when_a_name_is_begun(graph):
    assert {"open", "build", "check"} <= set(dir(kg))
    assert {"paths", "show", "query", "claims", "diff", "verify", "doctor", "find"} <= set(
        dir(graph)
    )
    assert "claims>" in repr(graph)


def test_keywords_are_those_of_the_descriptions():
    for verb in verbs.every():
        if verb.method and verb.name != "ask":
            method = getattr(kg.Notebook, verb.method)
            keywords = {p.name for p in verb.params if not p.shell}
            assert set(signature(method).parameters) == {"self", *keywords}
            assert method.__doc__.startswith(verb.help)


def test_each_method_has_an_example_that_runs(graph):
    for verb in verbs.every():
        if not verb.method:
            continue
        call = verbs_doc(verb).splitlines()[-1].removeprefix("Example: ")
        # Those that take long are asked elsewhere; two name folders that are not there.
        if verb.name in ("duplicates", "validate", "view", "conflicts"):
            assert call.startswith(f"graph.{verb.method}(")
        elif verb.name in ("verify", "diff"):
            with pytest.raises((UsageError, NoGraph), match=r"no folder|no graph"):
                eval(call, {"graph": graph})
        else:
            assert eval(call, {"graph": graph}) is not None


def test_what_is_given_shows_itself_in_short(graph):
    card = graph.show("Jeremy Daum")._repr_html_()
    assert card.startswith("<div") and "Jeremy Daum</b>" in card and "<details" in card
    claims = graph.claims(status="contested")
    shown = claims._repr_html_()
    assert shown.count("<tr>") == 11
    assert f"… and {len(claims) - 10} more rows" in shown and "opposed by" in shown
    claim = graph.show(claims["id"][0])._repr_html_()
    assert "+ " in claim and "− " in claim
    assert "<svg" in graph.paths("Lu Jianwang", "Ministry of Public Security", k=2)._repr_html_()
    quarrels = graph.conflicts(entity="FBI")
    assert quarrels["question"][0].split("’")[0].split("'")[0] in quarrels._repr_html_()
    assert ">denies</td>" in graph.matrix()._repr_html_()
    assert "seen through: document: " in graph.claims(document="doc-clt")._repr_html_()
    assert " attestations; graph " in graph._repr_html_()
    # What is chosen of a table still shows itself; without its main columns as any table does.
    assert "how it stands" in claims[["sentence", "standing"]]._repr_html_()
    assert "how it stands" not in claims[["sentence", "voices"]]._repr_html_()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A case whose every text is markup."""
    root = tmp_path_factory.mktemp("hostile")
    bad = "<img src=x onerror=alert(1)>'\"&\u202e"
    cell = '"' + bad.replace('"', '""') + '"'
    laid(
        root,
        f"p1,owns,p4,,,,,,,,d1,{cell},{cell},,,,,,\np1,owns,p4,,,denies,p2,,,,d2,{cell},,,,,,,\n",
        people=f"id,name,aliases\np1,{cell},{cell}\np2,{cell},\np4,D,\n",
        events="id,payer,document,locator\n",
        judgements=f"kind,left,right,reason\nunsure,p1,p4,{cell}\n",
        organisations="id,name\no1,O\n",
        names="entity,name,language,document,locator\n",
    )
    return kg.build(root)


def test_markup_stays_text_wherever_it_is_shown(hostile):
    given = [
        hostile,
        hostile.show("p1"),
        hostile.show(hostile.claims()["id"][0]),
        hostile.paths("p1", "p4"),
        *(hostile.claims(), hostile.conflicts(), hostile.matrix(), hostile.timeline("p1")),
        *(hostile.find("p1"), hostile.query("SELECT ?o { ?s rdfs:label ?o }")),
    ]
    for one in given:
        made = one._repr_html_()
        assert "<img" not in made, one
        assert "\u202e" not in made, one
    assert "&lt;img" in given[1]._repr_html_()


def test_a_picture_of_paths_tells_direction_and_dispute(graph):
    found = graph.paths("Lu Jianwang", "Ministry of Public Security", k=3)
    picture = ElementTree.fromstring(found._repr_html_().partition("<details")[0])
    texts = [t.text for t in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[0] == "Lu Jianwang"
    hops = sum(len(path.hops) for path in found)
    assert len(list(picture.iter("{http://www.w3.org/2000/svg}line"))) == hops
    assert any("alleged, uncontested, 1 voice" in text for text in texts)
    none = graph.paths("FBI", "doc-clt", max_hops=1)._repr_html_()
    assert "no path of at most 1 hop; one of 4 hops exists (max_hops)" in none


def test_what_joins_several_shows_itself(graph):
    found = graph.paths(among=["FBI", "Lu Jianwang"])
    assert len(found) == len(found.found.paths) > 0
    assert "Ties among them: " in repr(found)
    assert "Lu Jianwang" in found._repr_html_()


def test_a_lens_is_told_once(graph):
    lens = {"status": "uncontested"}
    given = [
        graph.claims(**lens),
        graph.claims(stance="retracts", **lens),
        graph.paths("FBI", "doc-clt", max_hops=1, **lens),
        graph.paths("Lu Jianwang", "Ministry of Public Security", **lens),
        graph.paths(among=["FBI", "doc-clt"], max_hops=1, **lens),
    ]
    assert [len(one) > 0 for one in given] == [True, False, False, True, False]
    assert [one._repr_html_().count("seen through: status: ") for one in given] == [1] * 5
    assert "Seen through" not in given[4]._repr_html_()


def test_an_error_tells_what_is_near_in_its_text(graph):
    with pytest.raises(NotFound, match=r"“Lu Jianwan”; did you mean “Lu Jianwang” \(person-lu-"):
        graph.show("Lu Jianwan")


def test_a_slip_in_a_name_is_answered_with_the_right_one(graph):
    with pytest.raises(AttributeError, match="an open graph has no clams; did you mean “claims”"):
        _ = graph.clams
    assert not hasattr(graph, "_ipython_display_")
    offered = dir(graph)
    assert {"claims", "paths", "network", "rdf", "id", "graph", "export"} <= set(offered)
    assert not [name for name in offered if name.startswith("_")]


def test_without_arrow_its_install_is_named(graph, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"pip install 'actors-kg\[parquet\]'"):
        graph.stats().arrow()


ROOT = Path(__file__).resolve().parent.parent


def test_the_gallery_shows_what_its_cells_give_now(graph):
    spec = importlib.util.spec_from_file_location("gallery", ROOT / "scripts" / "gallery.py")
    gallery = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(gallery)
    held = gallery.cells()
    for cell, made in zip(held, gallery.run(held), strict=True):
        assert gallery.shown(cell.get("outputs", [])) == gallery.shown(made), cell["source"]
    text = gallery.PAGE.read_text("utf-8")
    for folder in (ROOT, Path.home(), Path(tempfile.gettempdir())):
        assert f"{folder}/" not in text

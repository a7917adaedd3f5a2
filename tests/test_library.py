"""`import kg` in a notebook."""

import pytest

import kg
from kg.model.errors import NoGraph, NotFound, UsageError


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
    (path,) = graph.paths("Lu Jianwang", "Ministry of Public Security", kg.Options(k=1))
    assert len(path.hops) == 2
    assert graph.show("Jeremy Daum").entity.name == "Jeremy Daum"
    with pytest.raises(NotFound):
        graph.show("nobody")


def test_every_analysis_is_a_frame(graph):
    known = graph.lens(known_by="2022-12")
    frames = {
        "claims": graph.claims(entity="Hu Renai"),
        "seen": graph.claims(known, entity="Hu Renai"),
        "attestations": graph.attestations(voice="Mao Ning"),
        "figures": graph.figures(measure="personsPersuaded"),
        "neighbors": graph.neighbors("Hu Renai"),
        "timeline": graph.timeline("Lu Jianwang"),
        "conflicts": graph.conflicts(entity="FBI"),
        "compare": graph.compare("doc-stations-page", "doc-recruit"),
        "sources": graph.sources(),
        "gaps": graph.gaps(),
        "stats": graph.stats(),
        "terms": graph.terms(),
        "ask": graph.ask("charges", person="Lu Jianwang"),
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
    with pytest.warns(UserWarning, match="only the first 2 triples"):
        graph.query("CONSTRUCT WHERE { ?s ?p ?o }", rows=2)


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
        assert pool.submit(graph.find, "海外110").result() == graph.find("海外110")


def test_one_name_is_as_good_as_a_list_of_them(graph):
    assert graph.lens(document="doc-clt") == graph.lens(document=["doc-clt"])


@pytest.mark.parametrize("name", [None, 7, ["FBI"]])
def test_what_is_no_name_is_refused(graph, name):
    with pytest.raises(UsageError, match="is no name"):
        graph.show(name)

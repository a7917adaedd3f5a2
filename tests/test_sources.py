"""Who cites whom, what rests on what, on cases of a few rows each."""

import pytest
from test_conflicts import M, N, built

from kg.analysis.citations import echo, origins, sources, text
from kg.model.errors import NotFound
from kg.store.lens import Lens


def by_id(graph, lens=None):
    return {s.id: s for s in sources(graph, lens or Lens())}


def the_origins(graph):
    return [(o.origins, o.ids) for o in origins(graph, Lens())]


def test_what_rests_on_a_voice_alone(tmp_path):
    graph = built(tmp_path, claims=[N, M, N | {"object": "c"}, M | {"object": "c", "voice": "n"}])
    found = by_id(graph)
    assert (found["n"].spoken, found["n"].claims, found["n"].alone) == (3, 2, 1)
    assert (found["m"].claims, found["m"].alone) == (1, 0)
    assert (found["doc-x"].read, found["doc-x"].claims, found["doc-x"].alone) == (2, 2, 0)


def test_opposition_and_what_is_overtaken_carry_nothing(tmp_path):
    late = {"stance": "denies", "said": "2023"}
    graph = built(
        tmp_path, claims=[N | {"said": "2022"}, N | late | {"document": "doc-y"}, M | late]
    )
    assert {s.id: s.claims for s in by_id(graph).values()} == dict.fromkeys(
        ("doc-x", "doc-y", "n", "m"), 0
    )


def test_a_chain_is_cited_by_its_document(tmp_path):
    graph = built(tmp_path, claims=[N | {"via": "doc-y < doc-early"}, {"via": "doc-z"}])
    found = by_id(graph)
    assert found["doc-x"].cites == ("doc-y", "doc-z")
    assert found["doc-y"].cites == ("doc-early",)
    assert found["doc-early"].cites == ("n",)
    assert found["n"].cited_by == ("doc-early",)
    assert (found["doc-early"].cited, found["doc-early"].kind) == (1, "document")


def test_one_of_two_sources_side_by_side_can_be_spared(tmp_path):
    side = by_id(built(tmp_path / "a", claims=[N | {"via": "doc-y | doc-early"}]))
    assert side["doc-x"].cites == ("doc-early", "doc-y")
    assert side["n"].cited_by == ("doc-early", "doc-y")
    assert [side[d].alone for d in ("doc-x", "doc-y", "doc-early", "n")] == [1, 0, 0, 1]
    chain = by_id(built(tmp_path / "b", claims=[N | {"via": "doc-y < doc-early"}]))
    assert [chain[d].alone for d in ("doc-x", "doc-y", "doc-early", "n")] == [1, 1, 1, 1]


def test_most_claims_first_and_a_lens_hides(tmp_path):
    graph = built(tmp_path, claims=[N, M | {"object": "c"}, M | {"object": "d"}])
    assert [s.id for s in sources(graph, Lens())] == ["doc-y", "m", "doc-x", "n"]
    assert set(by_id(graph, Lens(documents=("doc-x",)))) == {"doc-x", "n"}


def test_documents_that_repeat_one_voice_are_one_origin(tmp_path):
    repeated = [N | {"document": d} for d in ("doc-x", "doc-y", "doc-z", "doc-early", "doc-late")]
    (found,) = origins(built(tmp_path, claims=repeated), Lens())
    assert (found.origins, found.standing.documents, found.names) == (1, 5, ("Body N",))
    assert "in five documents" in found.standing.words


@pytest.mark.parametrize(
    ("row", "origin"),
    [
        ({}, "doc-x"),
        ({"via": "doc-y"}, "doc-y"),
        ({"via": "doc-y < doc-z"}, "doc-z"),
        ({"via": "doc-y < doc-early"}, "n"),
        ({"via": "doc-y < m"}, "doc-y"),
        ({"voice": "m", "via": "doc-early"}, "m"),
    ],
)
def test_where_an_attestation_comes_from(tmp_path, row, origin):
    assert the_origins(built(tmp_path, claims=[row])) == [(1, (origin,))]


def test_sources_side_by_side_are_origins_each(tmp_path):
    graph = built(tmp_path, claims=[{"via": "doc-y | doc-z < doc-early"}])
    assert the_origins(graph) == [(2, ("doc-y", "n"))]


def test_a_report_and_its_author_are_one_origin(tmp_path):
    graph = built(tmp_path, claims=[N, {"document": "doc-y", "via": "doc-early"}])
    assert the_origins(graph) == [(1, ("n",))]


def test_voices_that_may_be_one_are_perhaps_fewer(tmp_path):
    graph = built(tmp_path, claims=[N, M, N | {"voice": "d"}], judgements=[("n", "m")])
    (found,) = origins(graph, Lens())
    assert (found.origins, found.perhaps) == (3, 2)


def test_a_denied_claim_has_no_origin_and_one_claim_can_be_asked_for(tmp_path):
    graph = built(tmp_path, claims=[N | {"stance": "denies"}, M | {"object": "c"}])
    (found,) = origins(graph, Lens())
    assert found.sentence == "Body A raided Body C"
    assert origins(graph, Lens(), found.claim) == [found]
    with pytest.raises(NotFound):
        origins(graph, Lens(), "none")


def test_the_least_founded_and_most_repeated_comes_first(tmp_path):
    rows = [
        N,
        M,
        N | {"object": "c"},
        N | {"object": "c", "document": "doc-y"},
        N | {"object": "d"},
    ]
    found = origins(built(tmp_path, claims=rows), Lens())
    assert [(o.origins, o.standing.documents) for o in found] == [(1, 2), (1, 1), (2, 2)]


def test_an_echo_tree(tmp_path):
    rows = [
        N | {"via": "doc-y < doc-early"},
        N | {"via": "doc-early", "document": "doc-z"},
        N | {"via": "doc-early", "document": "doc-z", "object": "c"},
        N | {"document": "doc-y"},
    ]
    graph = built(tmp_path, claims=rows)
    found = [(e.depth, e.id, e.via, e.read, e.attestations, e.claims) for e in echo(graph, "n")]
    assert found == [
        (0, "n", (), False, 4, 2),
        (1, "doc-early", (), False, 3, 2),
        (2, "doc-z", ("doc-early",), True, 2, 2),
        (2, "doc-y", ("doc-early",), False, 1, 1),
        (3, "doc-x", ("doc-early", "doc-y"), True, 1, 1),
        (1, "doc-y", (), True, 1, 1),
    ]
    assert (
        text(echo(graph, "n"), 80).splitlines()[2]
        == "    ↳ Document Z (read): 2 claims, 2 attestations"
    )


def test_versions_belong_to_their_work(tmp_path):
    graph = built(tmp_path, claims=[N | {"via": "work-v1"}, N | {"via": "work", "object": "c"}])
    assert [(e.depth, e.id) for e in echo(graph, "work")] == [
        *((0, "work"), (1, "doc-x"), (1, "work-v1"), (2, "doc-x")),
    ]


def test_nobody_carries_it(tmp_path):
    graph = built(tmp_path, claims=[{}])
    assert [e.id for e in echo(graph, "doc-x")] == ["doc-x"]
    assert "not carried further" in text(echo(graph, "doc-x"), 80)
    with pytest.raises(NotFound):
        echo(graph, "nobody")


# ---------------------------------------------------------------- the shipped case
def test_the_station_table_goes_back_to_the_organisation(shipped):
    ids = {o.ids for o in origins(shipped, Lens()) if "operates Station IRL01" in o.sentence}
    assert ids == {("org-safeguard-defenders",)}


def test_the_shipped_echoes_add_up(shipped):
    tree = echo(shipped, "org-safeguard-defenders")
    spoken = by_id(shipped)["org-safeguard-defenders"].spoken
    assert tree[0].attestations >= spoken
    # An attestation with sources side by side passes through each of them.
    parts = [e.attestations for e in tree if e.depth == 1]
    assert max(parts) < tree[0].attestations <= sum(parts)


def test_every_source_of_the_shipped_case_is_counted_once(shipped):
    found = sources(shipped, Lens())
    assert len({s.id for s in found}) == len(found)
    assert sum(s.read for s in found) == sum(s.spoken for s in found)
    assert all(s.alone <= s.claims for s in found)

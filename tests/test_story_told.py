"""What a build said of a story is told again of the same story and the same graph, and of no other."""

import os
import shutil

import pytest

from kg.case.folder import find
from kg.store import story_told
from kg.store.build import build
from kg.store.graph import open_graph
from kg.verbs.build import answer
from kg.verbs.place import Place

STORY = """\
title = "What is said of the station"
[[step]]
title = "Who"
[[step.says]]
text = "The police operates it."
claims = ["body-fuzhou operates station-irl01"]
status = "uncontested"
"""


@pytest.fixture
def folder(built_case, tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(built_case, folder)
    (folder / "data" / "story.toml").write_text(STORY, encoding="utf-8")
    told(folder)
    return folder


def told(folder, **how):
    """The notes of a build."""
    how = {"force": False, "purge": False, "watch": False, "bulk": "", **how}
    return answer(Place(str(folder)), **how).notes


def kept(folder):
    """What was kept of the story and the graph as they are; None if it is of others."""
    graph = open_graph(folder / "out")
    return story_told.held(graph, story_told.state(graph, str(folder / "data" / "story.toml")))


def test_the_second_build_tells_the_same_from_what_was_kept(folder):
    (line,) = kept(folder)
    assert "“body-fuzhou operates station-irl01” is contested now" in line
    assert told(folder) == [f"warning: {line}"]
    graph = open_graph(folder / "out")
    now = story_told.state(graph, str(folder / "data" / "story.toml"))
    story_told.keep(graph, now, ["told from the file"])
    assert told(folder) == ["warning: told from the file"]


def test_another_story_or_another_graph_is_gone_through_anew(folder):
    story = folder / "data" / "story.toml"
    story.write_text(STORY.replace("uncontested", "contested--"), encoding="utf-8")
    assert kept(folder) is None
    (note,) = told(folder)
    assert "“contested--”" in note
    story.write_text(STORY, encoding="utf-8")
    assert kept(folder) is None
    told(folder)
    claims = folder / "data" / "claims.csv"
    rows = claims.read_text("utf-8").splitlines(keepends=True)
    claims.write_text("".join(r for r in rows if ",denies," not in r), encoding="utf-8")
    build(find(folder))
    assert kept(folder) is None
    assert told(folder) == []
    assert kept(folder) == []


@pytest.mark.parametrize("spoil", ["cut", "other", "binary", "link", "folder"])
def test_what_is_not_whole_is_not_believed(folder, spoil):
    before = told(folder)
    path = folder / "out" / story_told.NAME
    data = path.read_bytes()
    path.unlink()
    if spoil == "cut":
        path.write_bytes(data[:-20])
    elif spoil == "other":
        path.write_bytes(data.replace(b"contested", b"supported"))
    elif spoil == "binary":
        path.write_bytes(b"\xff" * 100)
    elif spoil == "link":
        (folder / "elsewhere").write_bytes(data)
        path.symlink_to(folder / "elsewhere")
    else:
        path.mkdir()
    assert kept(folder) is None
    assert told(folder) == before


def test_nothing_is_kept_through_a_link_and_a_purge_takes_it_away(folder):
    path = folder / "out" / story_told.NAME
    before = path.read_bytes()
    assert not [name for name in os.listdir(folder / "out") if name.startswith("story.txt.")]
    build(find(folder), purge=True)
    assert not path.exists()
    told(folder)
    assert path.read_bytes() == before
    path.unlink()
    shutil.move(folder / "out", folder / "real")
    (folder / "out").symlink_to(folder / "real")
    assert len(told(folder)) == 1
    assert not path.exists()

"""What is written lies in `out/` under names of our own, whatever the data is called.

Fault: a title, an id or a name is `../../x`, `CON`, 300 characters long, or holds `/` or NUL.
Seen: files under plain names; exit code 0.
Kept: every file outside `out/`.
"""

import re
from pathlib import Path

import pytest
from asking import run

from kg.case.folder import find
from kg.store.build import build

TITLES = ["../../x/.", "CON", "com1", "x" * 300, "-:*?~"]


@pytest.mark.parametrize("title", ["../../x", "/etc/x", "x" * 300, "CON"])
def test_a_build_writes_under_its_own_names(make_case, title):
    folder = make_case(people=f"id,name,aliases\nperson-lu,{title},{title}\n")
    toml = f'title = "{title}"\nversion = "{title}"\nbase = "https://example.org/{title}/"\n'
    (folder / "data" / "case.toml").write_text(toml, encoding="utf-8")
    before = {*folder.parent.rglob("*")}
    build(find(folder))
    assert run("view", folder) == 0
    made = {*folder.parent.rglob("*")} - before
    for path in made:
        assert path.resolve().is_relative_to((folder / "out").resolve()), path
        assert re.fullmatch(r"[A-Za-z0-9_.-]{1,60}", path.name), path


def test_a_download_of_a_page_is_named_plainly(built_case, tmp_path, opened):
    made = tmp_path / "page.html"
    run("view", built_case, out=str(made))
    text = made.read_text(encoding="utf-8")
    assert text.count('"A case of ten rows"') == 1
    paths = [tmp_path / f"{i}.html" for i, _ in enumerate(TITLES)]
    for path, title in zip(paths, TITLES, strict=True):
        path.write_text(text.replace("A case of ten rows", title), encoding="utf-8")
    press = "[...document.querySelectorAll('#tools button')].find(b => b.textContent.startsWith('JSON-LD')).click()"
    with opened(paths[0].as_uri()) as (tab, _):
        for path in paths:
            tab.goto(path.as_uri())
            with tab.expect_download() as download:
                tab.evaluate(press)
            name = download.value.suggested_filename
            assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}\.jsonld", name), name
            assert Path(name).stem not in ("con", "nul", "com1", "prn", "aux")

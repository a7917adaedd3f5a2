"""A script that got into a page past the template is refused by the browser.

Fault: script is smuggled into a rendered page.
Seen: nothing of it; the browser reports a breach of the page's policy.
Kept: the page and whoever opens it.
"""

import pytest
from asking import run


@pytest.fixture(scope="module")
def pages(built_case, tmp_path_factory):
    folder = tmp_path_factory.mktemp("smuggled")
    smuggled = (
        "<script>window.PWN=1</script><img src='https://example.org/x.png' onerror='window.PWN=2'>"
        "<svg onload='window.PWN=3'></svg><script src='https://example.org/x.js'></script>"
    )
    found = []
    for name in ("view.html", "dossier.html"):
        path = folder / name
        if name == "view.html":
            run("view", built_case, out=str(path))
        else:
            run("show", built_case, "person-lu", format="html", out=str(path))
        text = path.read_text(encoding="utf-8")
        assert "</body>" in text
        path.write_text(text.replace("</body>", f"{smuggled}</body>"), encoding="utf-8")
        found.append(path)
    return found


def test_what_was_smuggled_in_does_not_run_and_is_reported(pages, opened):
    for path in pages:
        with opened(path.as_uri()) as (tab, seen):
            seen.refused(4)
            assert tab.evaluate("window.PWN") is None


def test_what_is_put_in_later_does_not_run_and_is_reported(built_case, tmp_path, opened):
    out = tmp_path / "view.html"
    run("view", built_case, out=str(out))
    with opened(out.as_uri()) as (tab, seen):
        tab.evaluate(
            """() => {
                const script = document.createElement("script");
                script.textContent = "window.PWN = 1";
                document.body.append(script);
                const image = new Image();
                image.src = "https://example.org/x.png";
                document.body.append(image);
            }"""
        )
        seen.refused(2)
        assert tab.evaluate("window.PWN") is None

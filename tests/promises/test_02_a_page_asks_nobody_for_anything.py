"""A page opened offline is whole, and no page ever asks another host for anything.

Fault: whoever opens a page would be known to the host of its fonts, pictures or scripts.
Seen: everything, without a network; exit code 0.
Kept: who looks at whom.
"""

import re

from asking import run
from browsing import expect, now
from sampleview import case

from kg.page import render


def test_no_address_in_the_text_is_loaded():
    text = render.render(case(cities=20))
    assert not re.findall(r"<(?:link|iframe|img|object|embed|base)\b", text)
    assert not re.findall(r"""\s(?:src|srcset|action|formaction|poster|data|ping)=["']?\w""", text)
    # What begins with # is in the page itself.
    assert not re.search(r"url\((?!#\w+\))", text) and "@import" not in text


def test_no_request_leaves_a_page_without_a_network(built_case, tmp_path, opened):
    out = tmp_path / "view.html"
    assert run("view", built_case, out=str(out)) == 0
    with opened(out.as_uri()) as (tab, seen):
        for name in ("table", "timeline", "network"):
            tab.locator(f"#tab-{name}").click()
            expect(tab.locator(f"#pane-{name}")).to_be_visible()
        assert now(tab, "kg.counts()")["claims"] > 0
        assert seen.outside() == []
        assert seen.messages == []
        assert [url for url in seen.requests if url.startswith("file:")] == [out.as_uri()]


def test_every_page_forbids_loading(built_case, capsys):
    run("show", built_case, "person-lu", format="html")
    for text in (render.render(case(cities=5)), capsys.readouterr().out):
        (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
        assert policy.startswith("default-src 'none'")
        assert "http" not in policy and "unsafe" not in policy and "*" not in policy

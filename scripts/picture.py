"""Take the README's picture: the shipped case's page in a real browser."""

import sys
import tempfile
from pathlib import Path

from install_browser import find
from playwright.sync_api import sync_playwright

from kg.case.folder import find as find_case
from kg.page.render import render
from kg.page.subgraph import select
from kg.store.build import build

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="kg-picture-"))
    graph, _ = build(find_case(ROOT, folder / "out"))
    (folder / "view.html").write_text(render(select(graph)), encoding="utf-8")
    with sync_playwright() as p:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = p.chromium.launch(executable_path=find(), args=flags)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"file://{folder}/view.html{sys.argv[1] if len(sys.argv) > 1 else ''}")
        page.wait_for_function("window.kg")
        page.screenshot(path=ROOT / "docs" / "picture.png")
        browser.close()


if __name__ == "__main__":
    main()

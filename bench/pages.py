"""What a page costs in a real browser: to make, to open, to move in.

Times are divided by a loop of plain sums that the same browser runs beside them
(about 0.1 s on a laptop), so that machines can be compared, and the first
drawing also by that of a bare page which only reads the same data.
"""

import gzip
import re
import statistics
import sys
import time
from pathlib import Path

from goals import met
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path += [str(ROOT / "tests"), str(ROOT / "scripts")]

from install_browser import find  # noqa: E402  # from the folders named above
from sampleview import large  # noqa: E402

from kg.page import layouts, render, subgraph  # noqa: E402
from kg.store.graph import open_graph  # noqa: E402

ROUNDS = 5
LAPTOP = 0.1
# Nodes, and the seconds that a laptop may take to the first drawing.
GOALS = {300: 0.5, 2_000: 1.0, 10_000: 1.5}
FRAME = 50
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
HEAD = "## Pages"
LOOP = "() => { const t = performance.now(); let n = 0; for (let i = 0; i < 1e8; i++) n = (n + i) | 0; return [performance.now() - t, n]; }"
DRAWN = "() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
ZOOM = """async () => {
  const canvas = document.querySelector("canvas"), box = canvas.getBoundingClientRect();
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const gaps = [];
  let last = await frame();
  for (let i = 0; i < 60; i++) {
    const at = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
    canvas.dispatchEvent(new WheelEvent("wheel", { deltaY: i % 20 < 10 ? -60 : 60, bubbles: true, cancelable: true, ...at }));
    const now = await frame();
    gaps.push(now - last);
    last = now;
  }
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length * 0.95)];
}"""
BARE = """<!doctype html><meta charset="utf-8"><title>bare</title><canvas></canvas>{data}
<script>for (const s of document.querySelectorAll('script[type*="json"]')) JSON.parse(s.textContent);</script>"""


def lines(folder, shipped):
    """The section on pages, as lines of Markdown; `shipped` is the out folder of the built case."""
    yield HEAD
    yield ""
    yield f"Medians of {ROUNDS} openings in headless Chromium without a GPU, offline. First drawing: from opening the file"
    yield "until it is drawn and takes clicks, divided by that of a bare page that reads the same data, and by a loop of sums"
    yield f"run beside it (about {LAPTOP:g} s on a laptop); the goal is in loops. Frames: the 95th of 100 while zooming."
    yield ""
    yield "| view | file, kB (gz) | requests | layouts, processor s | page, processor s | first drawing, ms | / bare page | / loop | goal | met | frame, ms | ≤ 50 | labels |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    with sync_playwright() as run:
        browser = run.chromium.launch(executable_path=find(), args=FLAGS)
        for nodes in GOALS:
            yield _row(browser, folder, f"{nodes:,} nodes", large(nodes), GOALS[nodes])
        view = subgraph.select(open_graph(shipped))
        yield _row(browser, folder, f"the shipped case, {len(view.nodes)}", view, GOALS[2_000])
        browser.close()


def _row(browser, folder, label, view, goal):
    began = time.process_time()
    layouts.place(view)
    placed = time.process_time() - began
    html = render.render(view)
    made = time.process_time() - began - placed
    full, bare = folder / "page.html", folder / "bare.html"
    full.write_text(html, encoding="utf-8", newline="\n")
    data = re.findall(r'<script[^>]*type="application/(?:ld\+)?json".*?</script>', html, re.DOTALL)
    bare.write_text(BARE.format(data="".join(data)), encoding="utf-8", newline="\n")
    found = [_open(browser, full, True) for _ in range(ROUNDS)]
    plain = [_open(browser, bare, False) for _ in range(ROUNDS)]
    drawn, loop, frame = (statistics.median(f[i] for f in found) for i in range(3))
    requests, (named, wanted) = max(f[3] for f in found), found[0][4]
    ratio, loops, limit = (
        drawn / statistics.median(p[0] for p in plain),
        drawn / loop,
        goal / LAPTOP,
    )
    size = f"{len(html.encode()) / 1e3:,.0f} ({len(gzip.compress(html.encode())) / 1e3:,.0f})"
    row = (
        f"| {label} | {size} | {requests} | {placed:.2f} | {made:.2f} | {drawn:,.0f} | {ratio:.1f} "
        f"| {loops:.2f} | ≤ {limit:g} | {met(loops <= limit)} | {frame:.0f} | {met(frame <= FRAME)} "
        f"| {named:,} of {wanted:,} |"
    )
    print(row, flush=True)
    return row


def _open(browser, path, ours):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    tab = context.new_page()
    # Before the page is opened: its drawing threads would slow the loop down.
    loop = tab.evaluate(LOOP)[0] if ours else 0
    seen = []
    tab.on("request", lambda r: seen.append(r.url))
    # Chromium names a request and only then refuses it.
    tab.on("requestfailed", lambda r: r.failure == "csp" and seen.remove(r.url))
    tab.goto(path.as_uri())
    if ours:
        tab.wait_for_function("window.kg")
    drawn = tab.evaluate(DRAWN)
    outside = sum(not url.startswith("file:") for url in seen)
    scene = tab.evaluate("() => [kg.scene().named, kg.scene().wanted]") if ours else None
    frame = tab.evaluate(ZOOM) if ours else 0
    context.close()
    return drawn, loop, frame, outside, scene

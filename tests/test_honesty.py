"""Tests tell the truth on any machine: none looks at a clock, sleeps, is skipped or cannot fail."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
# A soak may print how long it took, and stop what it starts at a moment drawn by chance.
FILES = sorted(p for p in TESTS.rglob("*.py") if "soak" not in p.parts and p != Path(__file__))

# What changes a page, what waits until it has changed, and what only looks at it.
ACTS = {
    *("click", "dblclick", "press", "fill", "type", "check", "uncheck", "select_option"),
    *("dispatch_event", "move", "down", "up", "hover", "emulate_media"),
}
WAITS = {
    *("expect", "becomes", "now", "settled", "centre", "goto", "refused"),
    *("wait_for", "wait_for_function", "wait_for_selector", "wait_for_event", "expect_download"),
}
LOOKS = {
    *(
        "all",
        "count",
        "inner_text",
        "all_inner_texts",
        "text_content",
        "all_text_contents",
        "is_visible",
    ),
    *("is_checked", "is_hidden", "evaluate", "evaluate_all", "bounding_box", "get_attribute"),
    *("input_value", "content", "title"),
}
CLOCKS = {"perf_counter", "monotonic", "process_time", "time_ns", "sleep", "wait_for_timeout"}


def test_what_stands_beside_the_tests_is_on_their_map():
    told = (TESTS / "README.md").read_text("utf-8")
    beside = {p.name for p in TESTS.iterdir() if p.suffix and not p.name.startswith("test_")}
    assert [name for name in beside if f"`{name}`" not in told] == ["README.md"]


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "attr", None) or getattr(call.func, "id", "")


def calls(node: ast.AST) -> Iterator[ast.Call]:
    """The calls of a function in the order in which they are made; a loop goes round twice."""
    if isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):
        return
    parts: list[ast.AST] = [*ast.iter_child_nodes(node)]
    if isinstance(node, ast.For):
        parts = [node.iter, *node.body, *node.body]
    for part in parts:
        yield from calls(part)
    if isinstance(node, ast.Call):
        yield node


def bare_looks(tree: ast.AST) -> Iterator[int]:
    """Lines that look at a page after they changed it, and have not waited."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        changed = False
        for statement in function.body:
            for call in calls(statement):
                name = name_of(call)
                if name in WAITS:
                    changed = False
                elif name in LOOKS and changed and isinstance(call.func, ast.Attribute):
                    yield call.lineno
                elif name in ACTS and isinstance(call.func, ast.Attribute):
                    changed = True


def untruths(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """What a test must not do, each with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            name = getattr(node, "attr", None) or getattr(node, "id", "")
            if name in CLOCKS:
                yield node.lineno, "looks at a clock, or sleeps"
            if name in ("skip", "skipif", "xfail", "importorskip"):
                yield node.lineno, "is left out"
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "time.time":
            yield node.lineno, "looks at a clock, or sleeps"
        if isinstance(node, ast.Assert):
            either = node.test.values if isinstance(node.test, ast.BoolOp) else [node.test]
            if any(isinstance(held, ast.Constant | ast.Tuple) for held in either):
                yield node.lineno, "cannot fail"
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else ""
            broad = caught in ("", "Exception", "BaseException") and not node.name
            if broad or "AssertionError" in caught:
                yield node.lineno, "catches its own failure"


def test_no_test_hides_looks_at_a_clock_or_cannot_fail() -> None:
    assert len(FILES) > 50
    found = []
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        what = [*untruths(tree), *((line, "looks before it waits") for line in bare_looks(tree))]
        found += [f"{path.relative_to(TESTS)}, line {line}: {told}" for line, told in what]
    assert sorted(set(found)) == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("tab.click('a')\n assert tab.count() == 1", [3]),
        ("tab.click('a')\n expect(tab).to_be_visible()\n assert tab.count() == 1", []),
        ("for a in tabs:\n  assert tab.inner_text()\n  tab.press('a')", [3]),
        ("assert tab.evaluate('a')\n tab.click('a')", []),
        ("fill(rows)\n assert found.all()", []),
        ("tab.mouse.click(*centre(tab, 'a'))\n assert tab.evaluate('a') == 1", [3]),
    ],
)
def test_a_look_that_does_not_wait_is_found(text: str, lines: list[int]) -> None:
    assert sorted(set(bare_looks(ast.parse(f"def test():\n {text}\n")))) == lines


@pytest.mark.parametrize(
    "text",
    [
        "time.sleep(1)", "assert time.monotonic() - began < 1", "tab.wait_for_timeout(300)",
        "@pytest.mark.skipif(True)\ndef test(): pass", "pytest.skip()", "assert True",
        "assert (a, b)", "assert a or True", "try: a\nexcept Exception: pass", "try: a\nexcept: pass",
    ],
)  # fmt: skip
def test_an_untruth_is_found(text: str) -> None:
    assert [*untruths(ast.parse(text))]

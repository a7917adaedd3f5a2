"""A page in the browser, asked so that it may take its time.

After a click, a key or a typed word a page is asked by `expect`, which waits, by
`becomes`, or through `now`, once it has painted; `test_honesty.py` refuses a bare look.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect
from processes import WAIT

__all__ = ["afresh", "becomes", "expect", "now", "settled"]
expect.set_options(timeout=WAIT / 4)


# What a reader may have left in a page beside what stands in its address.
AFRESH = """hash => {
    document.activeElement.blur();
    for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
    for (const box of document.querySelectorAll("aside, aside *, main *")) if (box.scrollTop) box.scrollTop = 0;
    document.getElementById("sheet").replaceChildren();
    history.replaceState(null, "", location.href.split("#")[0] + hash);
    kg.address(hash);
}"""


def afresh(tab: Any, address: str = "") -> Any:
    """A page that is open already, by an address as if it had just been opened.

    To open and draw a large one again costs ten times as much.
    """
    tab.evaluate(AFRESH, address)
    tab.mouse.move(0, 0)
    settled(tab)
    return tab


def settled(tab: Any) -> None:
    """Wait until what has changed is painted."""
    tab.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def now(tab: Any, what: str, arg: Any = None) -> Any:
    """What an expression of a page's JavaScript is, once what has changed is painted."""
    settled(tab)
    return tab.evaluate(what, arg)


def becomes(tab: Any, what: str, wanted: Any) -> None:
    """Wait until an expression of a page's JavaScript is what is wanted."""
    is_it = f"wanted => JSON.stringify({what}) === JSON.stringify(wanted)"
    try:
        tab.wait_for_function(is_it, arg=wanted, timeout=WAIT / 4)
    except PlaywrightTimeout as late:
        raise AssertionError(f"{what} is {tab.evaluate(what)!r} and not {wanted!r}") from late

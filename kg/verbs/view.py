"""kg view: the network, or a part of it, as one page."""

from __future__ import annotations

import gc
import os

from kg.model.errors import UsageError, parameter
from kg.verbs.answer import Answer, Page
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import DATA, FILE, LENS, QUESTION, SET, TIMEOUT, WALK
from kg.verbs.parameters import options as walk_options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Unpack

    from kg.case.story import Story
    from kg.page.request import Choice
    from kg.store.graph import Graph
    from kg.verbs.parameters import LensRequest, Walked
    from kg.verbs.place import Place


MOST_BYTES = 5_000_000
"""Above this size a page holds the claims that weigh most, and says how many it leaves out."""
LEAST_BYTES = 250
"""No claim of a page takes less, so that more than fit need not be looked at."""
FIRST = 5_000
"""Where there are many more claims, so many are on the page by which it is guessed how many fit."""
AIM, NEARLY = 0.985, 0.95
"""The part of the greatest size that a page is to have, and that which is near enough to it."""
TRIES = 4
"""After so many pages one that fits is taken, if it could hold more or not."""


def layouts() -> Sequence[str]:
    """The layouts that a page can have."""
    from kg.page.layouts import LAYOUTS

    return list(LAYOUTS)


VERB = Verb(
    "view",
    "pages",
    "Write the network, or a part, as one offline page.",
    more="""\
The parts that --focus, --query, --name and --path choose add up. A query shows the entities in
any of its columns with all claims between them; if it names claims or attestations, or makes a
graph (CONSTRUCT, DESCRIBE), those claims alone. It is asked of the whole graph; the page shows
its answer as the sources chosen do. Paths come with the claims of their hops, the best one
lifted.""",
    params=(
        Param("focus", "Show what is near this entity; can be repeated.", many=True, of="entity"),
        Param("depth", "Hops around it; 1 if not given.", kind=int, low=1, high=6, metavar="N"),
        Param("query", "Show what this query selects.", metavar="FILE|SPARQL"),
        QUESTION.but(help="Show what a named question selects; kg ask lists them."),
        SET,
        Param(
            "path", "Show the best paths between two actors.", words=2, metavar="A B", of="entity"
        ),
        *WALK,
        TIMEOUT,
        Param("story", "Lead through the steps of data/story.toml.", kind=bool),
        Param("embed", "For a frame in an article: the picture alone.", kind=bool),
        Param("layout", "Which layout it starts with.", choices=layouts),
        *LENS,
        *FILE,
        *DATA,
    ),
    examples=(
        "view",
        "view --focus 'Jeremy Daum' --depth 2 -o daum.html",
        "view --path 'Lu Jianwang' FBI --document doc-clt",
        "view --story -o story.html",
    ),
    formats=("html",),
)


def answer(
    place: Place,
    lens: LensRequest,
    *,
    focus: Sequence[str],
    depth: int,
    query: str,
    name: str,
    set: Sequence[str],
    path: Sequence[str],
    timeout: float,
    story: bool,
    embed: bool,
    layout: str,
    **walk: Unpack[Walked],
) -> Answer:
    """A page. Raises NothingThere, saying why, if a part selects nothing."""
    if layout and layout not in (known := layouts()):
        expected = f"{', '.join(known[:-1])} or {known[-1]}"
        raise UsageError(f"{parameter('layout')} {layout}: expected {expected}")
    if layout == "paths" and not path:
        raise UsageError(
            f"{parameter('layout')} paths is for pages of paths; give {parameter('path')} and its "
            "two ends"
        )
    if depth and not focus:
        raise UsageError(f"{parameter('depth')} is how far around {parameter('focus')}; give one")
    if set and not name:
        raise UsageError(
            f"{parameter('set')} gives a value of a named question; name it with {parameter('name')}"
        )
    only = [p.name for p in WALK if p.name not in ("k", "max_hops", "gone")]
    if not path and any(value for name, value in walk.items() if name in only):
        *most, last = map(parameter, only)
        raise UsageError(f"{', '.join(most)} and {last} need {parameter('path')}")
    if walk["gone"] and not (path or focus):
        either = f"{parameter('path')} or {parameter('focus')}"
        raise UsageError(f"{parameter('gone')} is for what is walked; give {either}")
    from kg.page import request
    from kg.sparql.query import Limits

    graph = place.handed_on
    seen = lens.on(graph)
    chosen = request.choose(
        graph,
        seen,
        focus=[graph.find(f) for f in focus],
        depth=depth or 1,
        query=_query(place, query) if query else "",
        name=name,
        values=_values(graph, name, set),
        path=[graph.find(end) for end in path],
        options=walk_options(graph, walk, seconds=timeout),
        limits=Limits(timeout),
    )
    shown = lens.through(graph)
    page = drawn(shown, chosen, layout, place.story(shown) if story else None, embed)
    return Answer(page, page=page)


def drawn(
    graph: Graph,
    chosen: Choice | None,
    layout: str = "",
    story: Story | None = None,
    embed: bool = False,
) -> Page:
    """The page of a choice, with the line that says what is in it."""
    from dataclasses import replace

    from kg.page import render, subgraph
    from kg.page.story import steps
    from kg.text.terminal import count

    selection = subgraph.Selection(graph, chosen, MOST_BYTES // LEAST_BYTES)

    def made(most: int) -> tuple[str, str]:
        view = selection.view(most)
        if story:
            view = replace(view, story=steps(graph.ledger, story), story_title=story.title)
        sizes = f"{count(len(view.nodes), 'entity')}, {count(len(view.claims), 'claim')}"
        return render.render(view, layout=layout, embed=embed), sizes

    html, sizes = _fitting(made, selection.number)
    return Page(html, sizes, os.path.join(graph.out, "view.html"))


def _fitting(made: Callable[[int], tuple[str, str]], number: int) -> tuple[str, str]:
    """The page of as many of so many claims as fit, or nearly as many, and what it says is in it."""
    tried: dict[int, int] = {}
    most = number if number <= 1.5 * FIRST else FIRST
    while most not in tried:
        page = made(most)
        tried[most] = size = len(page[0].encode())
        fits = size <= MOST_BYTES or most <= 1
        if fits and (most == number or size > NEARLY * MOST_BYTES or len(tried) >= TRIES):
            return page
        following = _guessed(tried, number)
        if fits and following == most:
            return page
        # What was held for a page is let go of before another one is made, what holds itself too.
        del page
        gc.collect()
        most = following
    return made(most)


def _guessed(tried: Mapping[int, int], number: int) -> int:
    """How many claims may fit, by the sizes of the pages of some numbers of claims."""
    fits = max((n for n, size in tried.items() if size <= MOST_BYTES), default=0)
    over = min((n for n, size in tried.items() if size > MOST_BYTES), default=number + 1)
    ends = sorted(tried.items(), key=lambda pair: abs(pair[1] - MOST_BYTES))[:2]
    (one, size), (other, besides) = ends if len(ends) > 1 else (*ends, (0, 0))
    each = (size - besides) / (one - other)
    guess = one + int((AIM * MOST_BYTES - size) / each) if each > 0 else over // 2
    if len(tried) >= TRIES:
        guess = min(guess, over // 2)
    return min(max(guess, fits + (over > fits + 1), 1), over - 1, MOST_BYTES // LEAST_BYTES)


def _values(graph: Graph, name: str, given: Sequence[str]) -> Mapping[str, str]:
    if not name:
        return {}
    from kg.sparql import named
    from kg.verbs.ask import values_of

    return values_of(given, [p.name for p in named.named(name, graph).params])


def _query(place: Place, given: str) -> str:
    """A query given as text, as the name of its file, or as “-”."""
    if given == "-":
        return place.read()
    if os.path.isfile(given):
        from kg.verbs.query import read_query

        return read_query(given)
    if "{" not in given and "describe" not in given.lower():
        raise UsageError(f"{parameter('query')} {given}: neither a file nor SPARQL")
    return given

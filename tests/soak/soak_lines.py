"""Lines of the page that keep off third symbols: hundreds of graphs, every view from nearer."""

import pytest
from test_lines import VIEWS, clear, free, router

__all__ = ["router"]


def test_no_route_meets_a_third_disc_in_hundreds_of_graphs(router):
    free(router, range(400))


@pytest.mark.parametrize("name", VIEWS)
def test_no_line_meets_a_third_symbol_from_nearer(new_tab, stand, tmp_path, kg, name):
    clear(new_tab, stand, tmp_path / "view.html", kg, name, 6)

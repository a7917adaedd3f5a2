"""The page's rule of standing and clock against the library's, on 20,000 worlds."""

from test_page_rule import agree, page

__all__ = ["page"]


def test_twenty_thousand_worlds(page):
    for _ in range(20):
        agree(page, 1000)

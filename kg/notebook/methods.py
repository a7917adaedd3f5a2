"""The methods of an open graph, one a verb: its options are keywords.

What type checkers and editors see of them is in methods.pyi, which `make docs` writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.notebook.making import method
from kg.verbs import every
from kg.verbs.description import Verb


class Methods:
    """A method a verb. Who has them answers in `_ask`."""

    def _ask(self, verb: Verb, given: Mapping[str, Any]) -> Any:
        raise NotImplementedError


for _verb in every():
    if _verb.method:
        setattr(Methods, _verb.method, method(_verb))

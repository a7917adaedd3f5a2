"""Data of other programs: what comes in as a case, what goes out of a graph.

A format is a module of `imports/`, a form one of `exports/`: each is found by its name. What
stands beside the two folders is what imports share: a `Draft` takes the things and claims
of a source, in any order, and becomes the folder of a case.
"""

from __future__ import annotations


def modules(package: str) -> list[str]:
    """The modules beside a package's own file, as a command line calls them.

    >>> modules("nowhere/at/all/__init__.py")
    []
    """
    import os

    folder = os.path.dirname(os.path.abspath(package))
    files = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    held = (file.removesuffix(".py") for file in files if file.endswith(".py"))
    return [module.replace("_", "-") for module in held if not module.startswith("_")]

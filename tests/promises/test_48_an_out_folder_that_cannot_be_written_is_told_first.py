"""An out folder that cannot be written is told before any work.

Fault: `out/` is read-only, belongs to somebody else, or is a file.
Seen: “cannot write out/”, with the reason; exit code 4, before a table is read.
Kept: everything.
"""

import sys

import faults
import processes
import pytest

from kg.case.folder import find
from kg.store.build import build

# Modes do not stop root: it becomes somebody else once everything is loaded, wherever it lies.
PLAIN = """
import importlib, os, pkgutil, sys
import encodings.ascii, encodings.utf_8_sig, filelock, pyoxigraph, tomllib
import kg.cli.main, kg.store.check, kg.verbs
for room in (kg.model, kg.text, kg.case, kg.store, kg.verbs, kg.cli):
    for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
        importlib.import_module(module.name)
from kg.case.folder import find
kg.store.check.check(find("."))
sys.argv = ["kg", "build"]
if os.geteuid() == 0:
    os.seteuid(65534)
kg.cli.main.main()
"""


@pytest.mark.parametrize("built", [True, False])
def test_a_folder_that_is_not_ours(make_case, built):
    folder = make_case()
    if built:
        build(find(folder))
        faults.touch(folder)
    (folder / "out").mkdir(exist_ok=True)
    for path in (folder / "data", folder / "ontology", folder):
        path.chmod(0o755)
    (folder / "out").chmod(0o555)
    ran = processes.run(folder, sys.executable, "-c", PLAIN)
    (folder / "out").chmod(0o755)
    assert ran.returncode == 4, ran.stderr
    (line,) = ran.stderr.splitlines()
    assert line.startswith("kg: cannot write out: ")
    assert line.endswith("; nothing changed")
    assert "Permission denied" in line
    assert len(list((folder / "out").glob("generations/*"))) == int(built)


def test_a_file_in_its_place(make_case, kg):
    folder = make_case()
    # A file where the folder should be stops root too, whom modes do not.
    (folder / "out").write_text("mine")
    ran = kg(folder, "build")
    assert (folder / "out").read_text() == "mine"
    assert ran.returncode == 4
    assert "cannot write" in ran.stderr

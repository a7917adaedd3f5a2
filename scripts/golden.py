"""Write again the built graph that tests read as one of an earlier day: tests/golden/format-N.tar.xz."""

import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import conftest  # noqa: E402
from kg.case.folder import find  # noqa: E402
from kg.store.build import build  # noqa: E402
from kg.store.graph import FORMAT  # noqa: E402

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        folder = conftest.write_case(Path(name))
        build(find(folder))
        golden = ROOT / "tests" / "golden"
        for old in golden.glob("format-*.tar.xz"):
            old.unlink()
        with tarfile.open(golden / f"format-{FORMAT}.tar.xz", "w:xz") as packed:
            packed.add(folder / "out", "out", filter=lambda i: i if i.name != "out/.lock" else None)

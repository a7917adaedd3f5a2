"""Run the tests with each other Python on this machine that kg supports, or with --tell name them.

Looked for on the PATH, and among those of pyenv. Each gets an environment of its own,
`.venv-3.13`, made as `make` makes the first.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST, NEWEST = 11, 20


def found() -> dict[str, str]:
    """The program of each version, the one that runs this left out."""
    held = {}
    own = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for minor in range(OLDEST, NEWEST):
        name = f"python3.{minor}"
        paths = sorted(own.glob(f"3.{minor}.*/bin/{name}"), key=numbers)
        program = shutil.which(name)
        # A shim of pyenv stands for a version that may not be chosen.
        if program and "shims" not in program:
            paths.append(Path(program))
        if paths and minor != sys.version_info.minor:
            held[f"3.{minor}"] = str(paths[-1])
    return held


def numbers(path: Path) -> list[int]:
    return [int(n) for n in re.findall(r"\d+", path.parts[-3])]


def main() -> int:
    others = found()
    if "--tell" in sys.argv:
        if others:
            print(
                f"Also here: Python {', '.join(others)}; make test-pythons runs the tests with it."
            )
        return 0
    if not others:
        print("No other Python that kg supports is on this machine.")
    failed = []
    for version, program in others.items():
        print(f"Python {version}: {program}", flush=True)
        words = ["make", "test", f"PYTHON={program}", f"VENV=.venv-{version}"]
        if subprocess.run(words, cwd=ROOT, check=False).returncode:
            failed.append(version)
    if failed:
        print(f"The tests fail with Python {', '.join(failed)}.")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())

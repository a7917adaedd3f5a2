"""The programs that read what kg writes, in an environment of their own; say plainly what cannot be had.

Python libraries and npm packages go to ``.venv-interop``, at the versions of
``tests/interop/requirements.txt`` and ``tests/interop/package.json``; Debian's programs are
installed by its own means.
"""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / ".venv-interop"
WANTED = ROOT / "tests" / "interop"
# A program by its command, and Debian's package of it.
PROGRAMS = {
    "rapper": "raptor2-utils",
    "dot": "graphviz",
    "soffice": "libreoffice-calc-nogui libreoffice-writer-nogui",
    "node": "nodejs",
    "npm": "npm",
    "zsh": "zsh",
    "fish": "fish",
    "virtuoso-t": "virtuoso-opensource",
    "isql-vt": "virtuoso-opensource",
}


def _quietly(*command: str, folder: Path = ROOT) -> bool:
    quiet = {
        "stdout": subprocess.DEVNULL,
        "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    }
    return subprocess.run(command, check=False, cwd=folder, **quiet).returncode == 0


def _programs() -> list[str]:
    """Install what is missing; returns what still is."""
    missing = [name for name in PROGRAMS if not shutil.which(name)]
    if missing and shutil.which("apt-get"):
        sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
        packages = [p for name in missing for p in PROGRAMS[name].split()]
        print(f"installing {', '.join(packages)} for the tests with other programs", flush=True)
        _quietly(*sudo, "apt-get", "update", "-qq")
        _quietly(*sudo, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages)
    return [f"{name} ({PROGRAMS[name]})" for name in missing if not shutil.which(name)]


def _libraries() -> list[str]:
    """Install the libraries of other projects; returns what could not be had."""
    wanted = [WANTED / "requirements.txt", WANTED / "package.json"]
    stamp, texts = HERE / "made", "".join(p.read_text("utf-8") for p in wanted)
    if stamp.is_file() and stamp.read_text("utf-8") == texts:
        return []
    print("installing what reads what kg writes, into .venv-interop", flush=True)
    venv.create(HERE, with_pip=True, clear=True)
    pip = [str(HERE / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    missing = [] if _quietly(*pip, "-r", str(wanted[0])) else [str(wanted[0].relative_to(ROOT))]
    shutil.copy(wanted[1], HERE / "package.json")
    if not _quietly("npm", "install", "--silent", "--no-audit", "--no-fund", folder=HERE):
        missing.append(str(wanted[1].relative_to(ROOT)))
    if not missing:
        stamp.write_text(texts, "utf-8")
    return missing


if __name__ == "__main__":
    if missing := _programs() or _libraries():
        sys.exit(f"The tests with other programs cannot run; not to be had: {', '.join(missing)}.")

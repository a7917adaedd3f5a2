"""Make sure that a Chromium is there for the page tests; say plainly if none can be had."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
CJK = "fonts-wqy-zenhei"


def find() -> str:
    """The path of an installed browser, or an empty text."""
    found = next((p for n in NAMES if (p := shutil.which(n))), "")
    return found or (str(MAC) if MAC.exists() else "")


def install() -> None:
    """Install Debian's browser, and a font with Chinese characters."""
    if not shutil.which("apt-get"):
        return
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    quiet = {
        "stdout": subprocess.DEVNULL,
        "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    }
    print("installing Chromium for the page tests", flush=True)
    subprocess.run([*sudo, "apt-get", "update", "-qq"], check=False, **quiet)
    subprocess.run(
        [*sudo, "apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", CJK],
        check=False,
        **quiet,
    )


if __name__ == "__main__":
    if not find():
        install()
    if not find():
        sys.exit(
            "No Chromium was found and none could be installed: the page tests cannot run.\n"
            "Install it (Debian: apt-get install chromium; macOS: Google Chrome) and try again."
        )

"""A report as a PDF: its HTML page, printed by a browser or by LibreOffice, whichever is there."""

from __future__ import annotations

import os

from kg.exchange.report import html
from kg.model.errors import OutOfBounds, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exchange.report.document import Report

_BROWSERS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
_OFFICES = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_SECONDS = 600
# What a printer notes of its own clock and chance, each as long as what stands in its place.
_NOTED = rb"/(CreationDate|ModDate) ?\(D:[^)]*\)|/ID ?\[ ?<[0-9A-Fa-f]+> ?<[0-9A-Fa-f]+> ?\]"


def pieces(report: Report) -> Iterator[bytes]:
    """The content of the file. Raises UsageError where there is no program that prints.

    Cost: a browser's start and some seconds for a thousand claims.
    """
    import re
    import tempfile

    with tempfile.TemporaryDirectory(prefix="kg-report-") as folder:
        page = os.path.join(folder, "report.html")
        with open(page, "w", encoding="utf-8") as file:
            file.writelines(html.pieces(report))
        made = os.path.join(folder, "report.pdf")
        _print(page, made, folder)
        with open(made, "rb") as file:
            content = file.read()
    yield re.sub(_NOTED, lambda m: re.sub(rb"[0-9A-Fa-f](?=[^(]*[)\]])", b"0", m[0]), content)


def _print(page: str, made: str, folder: str) -> None:
    import shutil
    import subprocess

    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    office = next(filter(None, map(shutil.which, _OFFICES)), None)
    if browser:
        # The page has no script and may fetch nothing; as root no browser has a sandbox.
        alone = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        command = [browser, "--headless", *alone, f"--user-data-dir={folder}/profile"]
        command += ["--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={made}"]
        command.append(f"file://{page}")
    elif office:
        command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command += ["--convert-to", "pdf:writer_web_pdf_Export", "--outdir", folder, page]
    else:
        raise UsageError(
            "no program was found that prints a PDF; expected Chromium, Chrome or LibreOffice; "
            "or write .html or .docx"
        )
    try:
        ran = subprocess.run(command, check=False, capture_output=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise OutOfBounds(f"{command[0]} did not print the report in {_SECONDS} s") from error
    if not os.path.isfile(made):
        told = ran.stderr.decode("utf-8", "replace").strip().splitlines()
        raise OutOfBounds(f"{command[0]} printed no PDF: {told[-1] if told else ran.returncode}")

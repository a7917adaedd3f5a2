"""Reports in the programs that they are made for: LibreOffice reads the document, a browser prints the page."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

import kg
from kg.exchange.report import pdf

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="session")
def notebook():
    return kg.build(ROOT)


def test_libreoffice_reads_every_claim_of_the_document(notebook, tmp_path):
    notebook.report(entity="Jeremy Daum", format="docx").write(tmp_path / "r.docx")
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += [
        "--convert-to",
        "txt:Text (encoded):UTF8",
        "--outdir",
        tmp_path,
        tmp_path / "r.docx",
    ]
    subprocess.run(command, check=True, capture_output=True)
    told = (tmp_path / "r.txt").read_text("utf-8")
    text = str(notebook.report(entity="Jeremy Daum"))
    assert set(re.findall(r"`([0-9a-f]{24})`", text)) == set(
        re.findall(r"\[([0-9a-f]{24})\]", told)
    )


@pytest.mark.parametrize("without", ["", "_BROWSERS"])
def test_a_report_is_printed_the_same_twice(notebook, tmp_path, monkeypatch, without):
    if without:
        monkeypatch.setattr(pdf, without, ())
    made = [bytes(notebook.report(entity="Jeremy Daum", format="pdf")) for _ in range(2)]
    assert made[0][:5] == b"%PDF-" and (made[0] == made[1] or without)

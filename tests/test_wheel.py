"""A built wheel in an empty folder: ontology and shipped case inside, nothing of the checkout."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_a_wheel_in_an_empty_folder(tmp_path):
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("actors_kg-*.whl")
    home, stand = tmp_path / "site", tmp_path / "stand"
    stand.mkdir()
    pip = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet"]
    subprocess.run([*pip, "--target", str(home), str(wheel)], check=True, capture_output=True)
    environment = {**os.environ, "PYTHONPATH": str(home)}

    def kg(*words):
        command = [sys.executable, "-m", "kg", "--case", "example", *words]
        ran = subprocess.run(command, cwd=stand, env=environment, text=True, capture_output=True)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    where = [sys.executable, "-c", "import kg; print(kg.__file__)"]
    ran = subprocess.run(where, cwd=stand, env=environment, text=True, capture_output=True)
    assert Path(ran.stdout.strip()).is_relative_to(home)
    counted = kg("query", "SELECT (COUNT(?s) AS ?n) { ?s kg:code ?c }", "--format", "csv")
    assert counted.split() == ["n", "69"]
    assert "Irish" in kg("show", "IRL01") or "Dublin" in kg("show", "IRL01")
    assert kg("view").startswith(os.path.join("out", "example", "view.html"))
    assert kg("help", "tables").startswith("# The tables of a case")
    assert "mine/texts/doc-harbour.txt" in kg("init", "mine")
    assert (stand / "mine" / "README.md").read_text("utf-8").startswith("# Tutorial")
    page = (stand / "out" / "example" / "view.html").read_text("utf-8")
    assert "Content-Security-Policy" in page

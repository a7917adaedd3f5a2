"""Build the shipped case, ask it one question, walk one path, draw one page; say what was made."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUESTION = """SELECT ?bureau (COUNT(?station) AS ?stations) WHERE {
  ?b a kg:Bureau ; rdfs:label ?bureau ; kg:operates ?station . ?station kg:code ?code
  FILTER(LANG(?bureau) = "en")
} GROUP BY ?bureau ORDER BY DESC(?stations)"""


def kg(*words: str) -> None:
    shown = " ".join(f"'{w}'" if " " in w else w for w in words if "\n" not in w)
    print(f"\n$ kg {shown}", flush=True)
    subprocess.run([sys.executable, "-m", "kg", *words], cwd=ROOT, check=True)


print("1. The tables of the shipped case become a graph.")
kg("build")
print("\n2. Which bureau is named with how many stations? In SPARQL:\n")
print(QUESTION)
kg("query", QUESTION)
print("\n3. How is an accused man linked to a ministry, and who says so?")
kg("path", "Lu Jianwang", "Ministry of Public Security", "-k", "1")
print("\n4. The network as one page that works offline.")
kg("view")
print(
    f"""
Made, all of it in {ROOT / "out"}:
  out/view.html      the page: open it in a browser
  out/generations/   the graph: RDF store, ledger, adjacency
Next:  .venv/bin/kg show 'Jeremy Daum'    .venv/bin/kg --help    README.md"""
)

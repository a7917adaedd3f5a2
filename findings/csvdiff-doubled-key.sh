#!/usr/bin/env bash
# Guessed: Of two tables with two rows under one key the second row is seen, or the key is refused.
# Happened: Only the last row of a key counts: csvdiff finds no difference where a contradicting row was added, csv-diff
#   finds a change where only the order is another.
# Versions: csvdiff 0.3.3, csv-diff 1.2.
# Means: The key of a comparison is unique, or rows that contradict each other under one id are lost in it.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check csvdiff==0.3.3 csv-diff==1.2 2>/dev/null
cat > "$d/show.py" <<'EOF'
import json
import subprocess
import sys
from pathlib import Path
folder, tools = Path(sys.argv[1]), Path(sys.executable).parent
(folder / "one.csv").write_text("id,voice,role\n1,Ann,operates\n2,Bob,denies\n")
(folder / "two.csv").write_text("id,voice,role\n1,Ann,operates\n2,Cid,operates\n2,Bob,denies\n")
(folder / "turned.csv").write_text("id,voice,role\n1,Ann,operates\n2,Bob,denies\n2,Cid,operates\n")
def run(*words):
    return subprocess.run([tools / words[0], *words[1:]], cwd=folder, capture_output=True, text=True).stdout
print("csvdiff, a row added", json.loads(run("csvdiff", "id", "one.csv", "two.csv")))
print("csv-diff, a row added", json.loads(run("csv-diff", "one.csv", "two.csv", "--key", "id", "--json")))
print("csv-diff, rows turned", json.loads(run("csv-diff", "two.csv", "turned.csv", "--key", "id", "--json")))
EOF
cat > "$d/expected" <<'EOF'
csvdiff, a row added {'_index': ['id'], 'added': [], 'changed': [], 'removed': []}
csv-diff, a row added {'added': [], 'removed': [], 'changed': [], 'columns_added': [], 'columns_removed': []}
csv-diff, rows turned {'added': [], 'removed': [], 'changed': [{'key': '2', 'changes': {'voice': ['Bob', 'Cid'], 'role': ['denies', 'operates']}}], 'columns_added': [], 'columns_removed': []}
EOF
"$d/venv/bin/python" "$d/show.py" "$d" > "$d/seen"
echo "csvdiff 0.3.3, csv-diff 1.2"
cat "$d/seen"
diff "$d/expected" "$d/seen"

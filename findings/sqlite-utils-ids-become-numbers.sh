#!/usr/bin/env bash
# Guessed: Columns of a CSV file are text unless types are asked for, as in version 3.
# Happened: Types are guessed: 007 is 7, and an id of 20 digits in a column called INTEGER is 1.2345678901234567e+19.
# Versions: sqlite-utils 4.2.1.
# Means: insert --csv of codes and register numbers takes --no-detect-types.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check sqlite-utils==4.2.1 2>/dev/null
cat > "$d/show.py" <<'EOF'
import subprocess
import sys
from pathlib import Path
folder, tool = Path(sys.argv[1]), Path(sys.executable).parent / "sqlite-utils"
(folder / "t.csv").write_text("code,register\n007,12345678901234567890\n010,2\n")
for table, extra in (("guessed", []), ("kept", ["--no-detect-types"])):
    subprocess.run([tool, "insert", "t.db", table, "t.csv", "--csv", *extra], cwd=folder, check=True, capture_output=True)
    print(table, subprocess.run([tool, "rows", "t.db", table], cwd=folder, check=True, capture_output=True, text=True).stdout.replace("\n", ""))
EOF
cat > "$d/expected" <<'EOF'
guessed [{"code": 7, "register": 1.2345678901234567e+19}, {"code": 10, "register": 2}]
kept [{"code": "007", "register": "12345678901234567890"}, {"code": "010", "register": "2"}]
EOF
"$d/venv/bin/python" "$d/show.py" "$d" > "$d/seen"
echo "sqlite-utils 4.2.1"
cat "$d/seen"
diff "$d/expected" "$d/seen"

#!/usr/bin/env bash
# Guessed: A set that ends in a span ends with that span.
# Happened: edtf.js ends {1667,1668..1670} in 1668; the Python package ends it in 1670.
# Versions: edtf 4.11.1, edtf 5.0.2.
# Means: Sets of dates are sorted and filtered by our own bounds, the same in page and program.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
(cd "$d" && npm init -y >/dev/null && npm install --silent --no-audit --no-fund edtf@4.11.1)
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check edtf==5.0.2 2>/dev/null
cat > "$d/show.py" <<'EOF'
import subprocess
import sys
from edtf import parse_edtf
text = "{1667,1668..1670}"
print("python", parse_edtf(text).lower_strict().tm_year, parse_edtf(text).upper_strict().tm_year)
js = "const e = require('edtf').default || require('edtf'); const d = e(process.argv[1]); console.log(new Date(d.min).getUTCFullYear(), new Date(d.max).getUTCFullYear())"
print("edtf.js", subprocess.run(["node", "-e", js, text], capture_output=True, text=True, check=True, cwd=sys.argv[1]).stdout.strip())
EOF
cat > "$d/expected" <<'EOF'
python 1667 1670
edtf.js 1667 1668
EOF
"$d/venv/bin/python" "$d/show.py" "$d" > "$d/seen"
echo "edtf 4.11.1, edtf 5.0.2"
cat "$d/seen"
diff "$d/expected" "$d/seen"

#!/usr/bin/env bash
# Guessed: Not before 1990 starts in 1990, or is not understood; until 2015 ends in 2015.
# Happened: text_to_edtf reads not before 1990 as /1990, the opposite; until 2015 as the year 2015.
# Versions: edtf 5.0.2.
# Means: Phrases are turned into dates by a person; what the library made of one is shown beside the phrase.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check edtf==5.0.2 2>/dev/null
cat > "$d/show.py" <<'EOF'
from edtf import text_to_edtf
for t in ("before 1990", "not before 1990", "until 2015"):
    print(t, "->", text_to_edtf(t))
EOF
cat > "$d/expected" <<'EOF'
before 1990 -> /1990
not before 1990 -> /1990
until 2015 -> 2015
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "edtf 5.0.2"
cat "$d/seen"
diff "$d/expected" "$d/seen"

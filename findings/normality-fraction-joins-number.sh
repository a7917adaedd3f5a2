#!/usr/bin/env bash
# Guessed: A name or a quantity is brought to plain letters without another meaning.
# Happened: 10½ becomes 1012 and 10³ becomes 103.
# Versions: normality 3.1.0.
# Means: A key made of a normalised text is for names only; where it holds a number, the number is compared as printed.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check normality==3.1.0 2>/dev/null
cat > "$d/show.py" <<'EOF'
from normality import normalize, slugify
for text in ("10½ per cent", "10³", "No. 4½"):
    print(text, "->", normalize(text, ascii=True), "|", slugify(text))
EOF
cat > "$d/expected" <<'EOF'
10½ per cent -> 1012 per cent | 101-2-per-cent
10³ -> 103 | 103
No. 4½ -> no 412 | no-41-2
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "normality 3.1.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"

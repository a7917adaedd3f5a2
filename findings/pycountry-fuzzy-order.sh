#!/usr/bin/env bash
# Guessed: The country whose name is exactly the words asked for is the first answer.
# Happened: Niger gives Nigeria first, Korea the north first, Kosovo Serbia; Turkey and Ivory Coast are not found at all.
# Versions: pycountry 26.2.16.
# Means: search_fuzzy never fills a field by itself; compare the name with all answers.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check pycountry==26.2.16 2>/dev/null
cat > "$d/show.py" <<'EOF'
import pycountry
for n in ("Niger", "Korea", "Kosovo", "Turkey", "Ivory Coast"):
    try:
        print(n, [c.alpha_2 for c in pycountry.countries.search_fuzzy(n)][:2])
    except LookupError:
        print(n, "not found")
EOF
cat > "$d/expected" <<'EOF'
Niger ['NG', 'NE']
Korea ['KP', 'KR']
Kosovo ['RS']
Turkey not found
Ivory Coast not found
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "pycountry 26.2.16"
cat "$d/seen"
diff "$d/expected" "$d/seen"

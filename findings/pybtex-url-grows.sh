#!/usr/bin/env bash
# Guessed: A bibliography read and written again is the same.
# Happened: Each writing puts a backslash before _, % and & of an address and before the ones it put there: the address is broken
#   after one round and grows with each.
# Versions: pybtex 0.26.1.
# Means: Addresses of sources do not go through pybtex's BibTeX writer (its YAML writer keeps them).
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check pybtex==0.26.1 2>/dev/null
cat > "$d/show.py" <<'EOF'
from pybtex.database import parse_string
text = "@misc{k, url={http://e.example/a_b%20c}, title={50\\% more}}"
for _ in range(3):
    d = parse_string(text, "bibtex")
    print(d.entries["k"].fields["url"], d.entries["k"].fields["title"])
    text = d.to_string("bibtex")
print(parse_string(parse_string("@misc{k, url={http://e.example/a_b}}", "bibtex").to_string("yaml"), "yaml").entries["k"].fields["url"])
EOF
cat > "$d/expected" <<'EOF'
http://e.example/a_b%20c 50\% more
http://e.example/a\_b\%20c 50\\% more
http://e.example/a\\_b\\%20c 50\\\% more
http://e.example/a_b
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "pybtex 0.26.1"
cat "$d/seen"
diff "$d/expected" "$d/seen"

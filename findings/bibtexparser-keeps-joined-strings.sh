#!/usr/bin/env bash
# Guessed: name # " rest" is joined, as BibTeX and pybtex do, or an error is recorded.
# Happened: The value is the text of the expression, with its # and quotes; a lone name is resolved; no block is marked as failed.
# Versions: bibtexparser 2.1.0, pybtex 0.26.1.
# Means: A journal or publisher may arrive as an expression: look for # in values.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check bibtexparser==2.1.0 pybtex==0.26.1 2>/dev/null
cat > "$d/show.py" <<'EOF'
import bibtexparser
from pybtex.database import parse_string
text = '@string{p = "Panel"}\n@article{a, journal = p # " Review"}\n@article{b, journal = p}'
lib = bibtexparser.parse_string(text)
print("bibtexparser", [e.fields_dict["journal"].value for e in lib.entries], len(lib.failed_blocks))
print("pybtex", [e.fields["journal"] for e in parse_string(text, "bibtex").entries.values()])
EOF
cat > "$d/expected" <<'EOF'
bibtexparser ['p # " Review"', 'Panel'] 0
pybtex ['Panel Review', 'Panel']
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "bibtexparser 2.1.0, pybtex 0.26.1"
cat "$d/seen"
diff "$d/expected" "$d/seen"

#!/usr/bin/env bash
# Guessed: Literals are kept as written, or as their value.
# Happened: A decimal goes through a binary fraction and loses digits, NaN is written as None, and one integer above 64
#   bits makes the whole file unreadable.
# Versions: owlready2 0.51.
# Means: Amounts and long register numbers are strings in what is given to Owlready2.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check owlready2==0.51 2>/dev/null
cat > "$d/show.py" <<'EOF'
import io
from owlready2 import World
XSD = "http://www.w3.org/2001/XMLSchema#"
for number, (text, kind) in enumerate((("12345678901.123456789012", "decimal"), ("1.50", "decimal"), ("NaN", "double"), ("12345678901234567890123", "integer"))):
    line = f'<https://example.org/a> <https://example.org/p> "{text}"^^<{XSD}{kind}> .\n'
    try:
        ontology = World().get_ontology(f"https://example.org/o{number}").load(fileobj=io.BytesIO(line.encode()))
        out = io.BytesIO()
        ontology.save(out, format="ntriples")
        print(text, kind, "->", next(l for l in out.getvalue().decode().splitlines() if "/p>" in l).split('"')[1])
    except Exception as error:
        print(text, kind, "->", type(error).__name__, "from", type(error.__cause__).__name__)
EOF
cat > "$d/expected" <<'EOF'
12345678901.123456789012 decimal -> 12345678901.123457
1.50 decimal -> 1.5
NaN double -> None
12345678901234567890123 integer -> OwlReadyOntologyParsingError from OverflowError
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "owlready2 0.51"
cat "$d/seen"
diff "$d/expected" "$d/seen"

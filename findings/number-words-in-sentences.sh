#!/usr/bin/env bash
# Guessed: Number words of a sentence become their number, other words stay.
# Happened: No one said so becomes no 1 said so, the second denial the 2 denial, half a million half a 1000000, one
#   point five million 1 point 5000000; twenty twenty is 20 20 for one and 2020 for the other.
# Versions: number-parser 0.3.2, text2digits 0.1.0.
# Means: Text is never passed through them before it is searched or quoted: denials (no one) and amounts change.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check number-parser==0.3.2 text2digits==0.1.0 2>/dev/null
cat > "$d/show.py" <<'EOF'
from number_parser import parse
from text2digits.text2digits import Text2Digits
for text in ("no one said so", "the second denial", "half a million", "one point five million", "in twenty twenty", "two dozen"):
    print(text, "->", parse(text), "|", Text2Digits().convert(text))
EOF
cat > "$d/expected" <<'EOF'
no one said so -> no 1 said so | no 1 said so
the second denial -> the 2 denial | the 2 denial
half a million -> half a 1000000 | half a 1000000
one point five million -> 1 point 5000000 | 1 point 5000000
in twenty twenty -> in 20 20 | in 2020
two dozen -> 2 dozen | 2 dozen
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "number-parser 0.3.2, text2digits 0.1.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"

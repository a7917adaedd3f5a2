#!/usr/bin/env bash
# Guessed: A row with one cell too many loses that cell, as GitHub's rules say.
# Happened: mistune makes the whole table a paragraph of bars; markdown-it drops the extra cell in silence.
# Versions: mistune 3.4.0, markdown-it-py 4.3.0.
# Means: A bar in a name is escaped before a table goes into a report.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check mistune==3.4.0 markdown-it-py==4.3.0 2>/dev/null
cat > "$d/show.py" <<'EOF'
import markdown_it
import mistune
t = "| who | what |\n|---|---|\n| a | b |\n| c | d | e |\n"
print("mistune", "<table>" in mistune.html(t))
h = markdown_it.MarkdownIt().enable("table").render(t)
print("markdown-it", "<table>" in h, "<td>e</td>" in h)
EOF
cat > "$d/expected" <<'EOF'
mistune False
markdown-it True False
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "mistune 3.4.0, markdown-it-py 4.3.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"

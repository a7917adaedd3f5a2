#!/usr/bin/env bash
# Guessed: A word that no text holds has no answers.
# Happened: retrieve always gives k texts; those without the word have score 0.0 and look like answers.
# Versions: bm25s 0.3.16.
# Means: Rows with score 0 are cut before anyone sees them.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check bm25s==0.3.16 2>/dev/null
cat > "$d/show.py" <<'EOF'
import bm25s
texts = ["Ada owns Acme", "Bo owns a bank", "Cy lives here"]
r = bm25s.BM25()
r.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)
for q in ("bank", "nobody"):
    x = r.retrieve(bm25s.tokenize(q, show_progress=False), corpus=texts, k=2, show_progress=False)
    print(q, len(x.documents[0]), [round(float(s), 1) > 0 for s in x.scores[0]])
EOF
cat > "$d/expected" <<'EOF'
bank 2 [True, False]
nobody 2 [False, False]
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "bm25s 0.3.16"
cat "$d/seen"
diff "$d/expected" "$d/seen"

#!/usr/bin/env bash
# Guessed: Every word of a stored text is found.
# Happened: A word of 40 bytes or more is not indexed by the default analyser: a hash, a long address part or a long compound word
#   is never found, with no error.
# Versions: tantivy 0.27.0.
# Means: Hashes and identifiers go into a field with the raw tokenizer.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check tantivy==0.27.0 2>/dev/null
cat > "$d/show.py" <<'EOF'
import tantivy
for n in (39, 40, 64):
    b = tantivy.SchemaBuilder()
    b.add_text_field("t", stored=True)
    b.add_text_field("r", stored=True, tokenizer_name="raw")
    ix = tantivy.Index(b.build())
    w = ix.writer()
    w.add_document(tantivy.Document(t="a" * n + " end", r="a" * n))
    w.commit()
    ix.reload()
    hits = lambda f: len(ix.searcher().search(ix.parse_query("a" * n, [f])).hits)
    print(n, "default", hits("t"), "raw", hits("r"))
EOF
cat > "$d/expected" <<'EOF'
39 default 1 raw 1
40 default 0 raw 1
64 default 0 raw 1
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "tantivy 0.27.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"

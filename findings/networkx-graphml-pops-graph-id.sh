#!/usr/bin/env bash
# Guessed: Writing a file changes nothing in memory.
# Happened: write_graphml removes the entry id from the graph's own attributes; a second file written from the same graph has
#   another header.
# Versions: networkx 3.6.1.
# Means: The id of a case is kept outside G.graph, or a copy is written.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check networkx==3.6.1 2>/dev/null
cat > "$d/show.py" <<'EOF'
import io
import networkx as nx
g = nx.Graph(id="case-7", title="t")
g.add_edge("a", "b")
one, two = io.BytesIO(), io.BytesIO()
nx.write_graphml(g, one)
print(g.graph)
nx.write_graphml(g, two)
print(b'id="case-7"' in one.getvalue(), b'id="case-7"' in two.getvalue())
EOF
cat > "$d/expected" <<'EOF'
{'title': 't'}
True False
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "networkx 3.6.1"
cat "$d/seen"
diff "$d/expected" "$d/seen"

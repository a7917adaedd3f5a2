#!/usr/bin/env bash
# Guessed: compose of two multigraphs keeps a claim of each; merging two nodes behaves like compose.
# Happened: compose keeps only the second graph's claim (both have the automatic key 0), relabel_nodes onto one name keeps both.
# Versions: networkx 3.6.1.
# Means: Two sources' graphs are joined with keys that are unique across files.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d/venv/bin/pip" install -q --disable-pip-version-check networkx==3.6.1 2>/dev/null
cat > "$d/show.py" <<'EOF'
import networkx as nx
a, b, c = nx.MultiGraph(), nx.MultiGraph(), nx.MultiGraph()
a.add_edge("x", "y", source="S1")
b.add_edge("x", "y", source="S2")
c.add_edge("x", "y", source="S1")
c.add_edge("z", "y", source="S2")
show = lambda g: sorted(e["source"] for _, _, e in g.edges(data=True))
print("compose", show(nx.compose(a, b)))
print("relabel_nodes", show(nx.relabel_nodes(c, {"z": "x"})))
EOF
cat > "$d/expected" <<'EOF'
compose ['S2']
relabel_nodes ['S1', 'S2']
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "networkx 3.6.1"
cat "$d/seen"
diff "$d/expected" "$d/seen"

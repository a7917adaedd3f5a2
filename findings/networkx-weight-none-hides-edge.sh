#!/usr/bin/env bash
# Guessed: A weight of None (an amount nobody stated) raises or counts as the default 1.
# Happened: The edge does not exist for the search: the path takes the detour, and with no detour there is no path.
# Versions: networkx 3.6.1.
# Means: A missing amount is left out of the attributes, never written as None.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check networkx==3.6.1 2>/dev/null
cat > "$d/show.py" <<'EOF'
import networkx as nx
g = nx.Graph()
g.add_edge("a", "b", weight=None)
g.add_edge("a", "c", weight=9)
g.add_edge("c", "b", weight=9)
print(nx.dijkstra_path(g, "a", "b"))
g.remove_node("c")
try:
    print(nx.dijkstra_path(g, "a", "b"))
except nx.NetworkXNoPath:
    print("no path")
del g["a"]["b"]["weight"]
print(nx.dijkstra_path(g, "a", "b"))
EOF
cat > "$d/expected" <<'EOF'
['a', 'c', 'b']
no path
['a', 'b']
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "networkx 3.6.1"
cat "$d/seen"
diff "$d/expected" "$d/seen"

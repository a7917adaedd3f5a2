#!/usr/bin/env bash
# Guessed: An algorithm that returns a new graph leaves the given one as it was, and its result keeps the edge attributes.
# Happened: minimum_spanning_arborescence and minimum_branching write weight=1 into every edge of the caller's graph;
#   maximum_branching does not. The result has lost the source.
# Versions: networkx 3.6.1.
# Means: Run them on a copy; look the attributes up in the original.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check networkx==3.6.1 2>/dev/null
cat > "$d/show.py" <<'EOF'
import networkx as nx
for f in (nx.minimum_spanning_arborescence, nx.minimum_branching, nx.maximum_branching):
    g = nx.DiGraph()
    g.add_edge("a", "b", source="S1")
    t = f(g)
    print(f.__name__, "given:", g["a"]["b"], "result:", list(t.edges(data=True)))
EOF
cat > "$d/expected" <<'EOF'
minimum_spanning_arborescence given: {'source': 'S1', 'weight': 1} result: [('a', 'b', {'weight': 1})]
minimum_branching given: {'source': 'S1', 'weight': 1} result: []
maximum_branching given: {'source': 'S1'} result: [('a', 'b', {'weight': 1})]
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "networkx 3.6.1"
cat "$d/seen"
diff "$d/expected" "$d/seen"

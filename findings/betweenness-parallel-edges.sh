#!/usr/bin/env bash
# Guessed: A second claim about the same pair does not change who lies between whom, or does so alike everywhere.
# Happened: networkx counts a parallel edge once, igraph and rustworkx count each as a path of its own.
# Versions: networkx 3.6.1, igraph 1.0.0, rustworkx 0.18.1.
# Means: Parallel claims are folded to one edge before a ranking, or the better documented pair looks more central.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check networkx==3.6.1 igraph==1.0.0 rustworkx==0.18.1 2>/dev/null
cat > "$d/show.py" <<'EOF'
import igraph
import networkx as nx
import rustworkx as rx
g = nx.MultiGraph([("a", "b"), ("a", "b"), ("b", "c"), ("a", "d"), ("d", "c")])
names = list(g)
r = rx.networkx_converter(g)
f = lambda xs: {n: round(x, 2) for n, x in zip(names, xs)}
print("networkx", f(nx.betweenness_centrality(g, normalized=False).values()))
print("igraph", f(igraph.Graph.from_networkx(g).betweenness()))
print("rustworkx", f(rx.betweenness_centrality(r, normalized=False)[i] for i in r.node_indices()))
EOF
cat > "$d/expected" <<'EOF'
networkx {'a': 0.5, 'b': 0.5, 'c': 0.5, 'd': 0.5}
igraph {'a': 0.67, 'b': 0.67, 'c': 0.33, 'd': 0.33}
rustworkx {'a': 0.67, 'b': 0.67, 'c': 0.33, 'd': 0.33}
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "networkx 3.6.1, igraph 1.0.0, rustworkx 0.18.1"
cat "$d/seen"
diff "$d/expected" "$d/seen"

#!/usr/bin/env bash
# Guessed: Closeness of the same directed graph is the same number in each library.
# Happened: networkx and rustworkx follow edges backwards (the sink is most central), igraph ignores direction by default (all
#   three equal); asked for 'in' it has nan for the start and does not scale by reach.
# Versions: networkx 3.6.1, igraph 1.0.0, rustworkx 0.18.1.
# Means: A closeness without its library and its mode is no statement about who stands close to whom.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check networkx==3.6.1 igraph==1.0.0 rustworkx==0.18.1 2>/dev/null
cat > "$d/show.py" <<'EOF'
import igraph
import networkx as nx
import rustworkx as rx
g = nx.DiGraph([("a", "b"), ("b", "c"), ("a", "c")])
r = rx.networkx_converter(g)
i = igraph.Graph.from_networkx(g)
print("networkx", list(nx.closeness_centrality(g).values()))
print("rustworkx", [rx.closeness_centrality(r)[n] for n in r.node_indices()])
print("igraph", i.closeness(), "in:", i.closeness(mode="in"))
EOF
cat > "$d/expected" <<'EOF'
networkx [0.0, 0.5, 1.0]
rustworkx [0.0, 0.5, 1.0]
igraph [1.0, 1.0, 1.0] in: [nan, 1.0, 1.0]
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "networkx 3.6.1, igraph 1.0.0, rustworkx 0.18.1"
cat "$d/seen"
diff "$d/expected" "$d/seen"

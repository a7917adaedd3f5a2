#!/usr/bin/env bash
# Guessed: Merging vertices and making a graph undirected keep names and sources, or refuse.
# Happened: By default contract_vertices drops every vertex attribute, the name included; to_undirected drops every edge
#   attribute, even where no two edges meet.
# Versions: igraph 1.0.0.
# Means: combine_vertex and combine_edges are always given.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check igraph==1.0.0 2>/dev/null
cat > "$d/show.py" <<'EOF'
import igraph
def new():
    g = igraph.Graph([(0, 1), (2, 1)], directed=True)
    g.vs["name"] = ["a", "b", "c"]
    g.es["source"] = ["S1", "S2"]
    return g
g = new()
g.contract_vertices([0, 1, 0])
print("contract_vertices", g.vs.attributes(), g.es["source"])
g = new()
g.to_undirected()
print("to_undirected", g.vs["name"], g.es.attributes())
g = new()
g.to_undirected(combine_edges="first")
print("combine_edges", g.es["source"])
EOF
cat > "$d/expected" <<'EOF'
contract_vertices [] ['S1', 'S2']
to_undirected ['a', 'b', 'c'] []
combine_edges ['S1', 'S2']
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "igraph 1.0.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"

#!/usr/bin/env bash
# Guessed: Reading GraphML, an edge's own id is an attribute of the edge, or is dropped.
# Happened: Each edge has an attribute id that holds the id of the node at its place in the list of nodes; its own id is nowhere.
# Versions: igraph 1.0.0.
# Means: An edge that must be found again (a claim) carries its id in a data column as well.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check igraph==1.0.0 2>/dev/null
cat > "$d/net.graphml" <<'EOF'
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="r" for="edge" attr.name="relation" attr.type="string"/>
<graph edgedefault="directed">
<node id="ann"/><node id="bob"/><node id="acme"/>
<edge id="claim-1" source="ann" target="acme"><data key="r">owns</data></edge>
<edge id="claim-2" source="bob" target="acme"><data key="r">founded</data></edge>
</graph>
</graphml>
EOF
cat > "$d/show.py" <<'EOF'
import sys
import igraph
net = igraph.Graph.Read_GraphML(sys.argv[1])
print("nodes", net.vs["id"])
for e in net.es:
    print(net.vs[e.source]["id"], net.vs[e.target]["id"], e["relation"], e["id"])
EOF
cat > "$d/expected" <<'EOF'
nodes ['ann', 'bob', 'acme']
ann acme owns ann
bob acme founded bob
EOF
"$d/venv/bin/python" "$d/show.py" "$d/net.graphml" > "$d/seen" 2>/dev/null
echo "igraph 1.0.0"
cat "$d/seen"
diff "$d/expected" "$d/seen"

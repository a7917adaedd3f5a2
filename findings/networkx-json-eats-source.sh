#!/usr/bin/env bash
# Guessed: An attribute called source of an edge is kept, or refused.
# Happened: node_link_data and cytoscape_data write the id of the edge's end over it: who said so is gone, with no word.
#   cytoscape_data also writes the data of the graph as a list of pairs.
# Versions: networkx 3.6.1.
# Means: No attribute of an edge is called source, target or id in what goes to JSON.
set -eu
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/venv"
"$d"/venv/bin/pip install -q --disable-pip-version-check networkx==3.6.1 2>/dev/null
cat > "$d/show.py" <<'EOF'
import networkx as nx
graph = nx.MultiDiGraph(title="Ferry")
graph.add_edge("ann", "firm", key="c1", relation="owns", source="The Gazette")
print(dict(graph.edges["ann", "firm", "c1"]))
print(nx.node_link_data(graph, edges="edges")["edges"][0])
made = nx.cytoscape_data(graph)
print(made["elements"]["edges"][0]["data"])
print(made["data"])
EOF
cat > "$d/expected" <<'EOF'
{'relation': 'owns', 'source': 'The Gazette'}
{'relation': 'owns', 'source': 'ann', 'target': 'firm', 'key': 'c1'}
{'relation': 'owns', 'source': 'ann', 'target': 'firm', 'key': 'c1'}
[('title', 'Ferry')]
EOF
"$d/venv/bin/python" "$d/show.py" > "$d/seen"
echo "networkx 3.6.1"
cat "$d/seen"
diff "$d/expected" "$d/seen"

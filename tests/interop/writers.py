"""Graph files as other programs write them: one random graph in every form that they have.

    writers.py FOLDER SEED

Prints what the graph holds, as the programs count it.
"""

import json
import random
import sys
from pathlib import Path

import igraph
import networkx as nx


def graph(seed, directed):
    chance = random.Random(seed)
    made = (nx.MultiDiGraph if directed else nx.MultiGraph)()
    for n in range(chance.randint(2, 40)):
        made.add_node(
            f"n{n}", name=f"Person {n} é", type=chance.choice(["Person", "Company"]), rank=n
        )
    nodes = list(made)
    for e in range(chance.randint(1, 90)):
        ends = chance.choice(nodes), chance.choice(nodes)
        words = {"relation": chance.choice(["owns", "pays"]), "share": chance.random()}
        made.add_edge(*ends, key=f"k{e}", since=str(chance.randint(1990, 2020)), **words)
    return made


def main(folder, seed):
    for directed in (False, True):
        made, kind = graph(seed, directed), "directed" if directed else "undirected"
        folder.mkdir(exist_ok=True)
        nx.write_graphml(made, folder / f"{kind}-networkx.graphml")
        nx.write_gexf(made, folder / f"{kind}-networkx.gexf")
        nx.write_gml(made, folder / f"{kind}-networkx.gml")
        nx.write_edgelist(made, folder / f"{kind}-networkx.edgelist")
        told = json.dumps(nx.node_link_data(made, edges="edges"))
        (folder / f"{kind}-networkx.json").write_text(told, "utf-8")
        told = json.dumps(nx.cytoscape_data(made))
        (folder / f"{kind}-networkx.cyjs").write_text(told, "utf-8")
        same = igraph.Graph.from_networkx(made)
        same.write_graphml(str(folder / f"{kind}-igraph.graphml"))
        same.write_gml(str(folder / f"{kind}-igraph.gml"))
        ends = sorted((made.nodes[a]["name"], made.nodes[b]["name"]) for a, b in made.edges())
        found = {"nodes": made.number_of_nodes(), "edges": ends}
        (folder / f"{kind}.json.told").write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

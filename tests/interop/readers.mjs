// Reads a file that kg wrote with a library of JavaScript: `node readers.mjs READER FILE`.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [, , reader, path, home] = process.argv;
const require = createRequire(home + "/");
const text = readFileSync(path, "utf-8");
const CARRIED = ["relation", "status", "basis", "voices", "documents", "opposing"];

function network(graph, named) {
  const nodes = {}, edges = {};
  graph.forEachNode((id, d) => { nodes[id] = d[named] ?? ""; });
  graph.forEachEdge((id, d, a, b) => { edges[id] = [a, b, ...CARRIED.map((c) => String(d[c] ?? ""))]; });
  return { nodes, edges };
}

const readers = {
  graphology_graphml() {
    const Graph = require("graphology");
    const { DOMParser } = require("@xmldom/xmldom");
    globalThis.DOMParser = DOMParser;
    const { parse } = require("graphology-graphml");
    return network(parse(Graph.MultiDirectedGraph, text, { addMissingNodes: false }), "name");
  },
  graphology_gexf() {
    const Graph = require("graphology");
    const { parse } = require("graphology-gexf");
    return network(parse(Graph.MultiDirectedGraph, text), "label");
  },
  cytoscape() {
    const cytoscape = require("cytoscape");
    const cy = cytoscape({ headless: true, elements: JSON.parse(text).elements });
    const nodes = {}, edges = {};
    cy.nodes().forEach((n) => { nodes[n.id()] = n.data("name"); });
    cy.edges().forEach((e) => {
      edges[e.id()] = [e.data("source"), e.data("target"), ...CARRIED.map((c) => String(e.data(c)))];
    });
    return { nodes, edges };
  },
  async d3_force() {
    const { forceSimulation, forceLink } = await import(require.resolve("d3-force"));
    const held = JSON.parse(text);
    forceSimulation(held.nodes).force("link", forceLink(held.edges).id((d) => d.id)).stop();
    const nodes = {}, edges = {};
    for (const n of held.nodes) nodes[n.id] = n.name;
    for (const e of held.edges) {
      edges[e.key] = [e.source.id, e.target.id, e.relation, e.status.toLowerCase(), e.basis.toLowerCase(),
        String(e.voices), String(e.documents), String(e.opposing)];
    }
    return { nodes, edges };
  },
  async jsonld() {
    const jsonld = require("jsonld");
    const loader = () => { throw new Error("nothing is fetched"); };
    return { nquads: await jsonld.toRDF(JSON.parse(text), { format: "application/n-quads", documentLoader: loader }) };
  },
  n3() {
    const { Parser } = require("n3");
    const quads = new Parser().parse(text);
    const graphs = new Set(quads.map((q) => q.graph.value));
    const terms = quads.filter((q) => q.object.termType === "Quad").length;
    return { counts: { quads: quads.length, graphs: graphs.size, terms } };
  },
  check_geojson() {
    const { check } = require("@placemarkio/check-geojson");
    return { counts: { features: check(text).features.length } };
  },
};

console.log(JSON.stringify(await readers[reader]()));

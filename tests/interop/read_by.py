"""Which programs of others read each form that kg writes: the list that the tests go by and the docs tell.

Those of Python and of Debian are called as in readers.py, those of JavaScript after `NODE` as in
readers.mjs.
"""

NODE = "node:"

READ = {
    "turtle": ("rdflib-turtle", "rapper-turtle"),
    "n-triples": ("rdflib-nt", "rapper-ntriples"),
    "n-quads": ("rdflib-nquads", "rapper-nquads"),
    "trig": ("rdflib-trig", "rapper-trig"),
    "rdf-xml": ("rdflib-xml", "rapper-rdfxml"),
    "json-ld": ("pyld", "rdflib-json-ld", "node:jsonld"),
    "rdf-12": ("node:n3", "pyoxigraph"),
    "nanopublications": ("rdflib-trig", "node:n3"),
    "graphml": ("networkx-graphml", "igraph-graphml", "node:graphology_graphml"),
    "gexf": ("networkx-gexf", "node:graphology_gexf"),
    "cytoscape": ("networkx-cytoscape", "node:cytoscape"),
    "node-link": ("networkx-node-link", "node:d3_force"),
    "dot": ("graphviz", "pydot"),
    "pajek": ("networkx-pajek", "igraph-pajek"),
    "neo4j": ("duckdb", "pandas"),
    "csv": ("duckdb", "pandas"),
    "tables": ("duckdb", "pandas"),
    "xlsx": ("openpyxl", "libreoffice"),
    "parquet": ("duckdb", "pandas"),
    "followthemoney": ("followthemoney", "duckdb-json"),
    "stix": ("stix2", "stix2-validator"),
    "geojson": ("geojson", "node:check_geojson"),
    "bibtex": ("bibtexparser", "pybtex"),
    "csl": ("citeproc-py", "node:json"),
}

# What a reader does to the file that its user should know, by reader.
NOTES = {
    "igraph-graphml": "whole numbers come as floating ones, an edge's own id is lost",
    "networkx-gexf": "the edge's id is an attribute `id`; colours are in the column `colour`",
    "networkx-cytoscape": "the edge's key is its claim's id",
    "node:graphology_gexf": "a node's name is its attribute `label`",
    "followthemoney": "reading with `cleaned=False` cleans: quotation marks around a whole name are taken away",
    "rdflib-json-ld": "language tags keep the letter case in which they are written",
    "duckdb": "`read_csv(…, all_varchar=true)`: by itself it guesses dates and numbers",
    "pandas": "`dtype=str, keep_default_na=False`: by itself it takes NA for nothing",
}

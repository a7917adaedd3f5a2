"""The graph over HTTP: a SPARQL endpoint, the verbs as an API, a workbench. Touches sockets and processes."""

"""What of a graph is handed on, for all forms alike: values, columns, triples, tables, sources."""

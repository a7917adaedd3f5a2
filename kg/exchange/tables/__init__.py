"""A graph as the tables of a case again: records, rows of the ledger, ontology, judgements.

What is built from them is the same graph, row by row and triple by triple. The order of rows and
columns is one for each graph, so that the same graph has the same tables.
"""

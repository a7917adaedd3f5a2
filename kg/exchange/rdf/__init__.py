"""RDF of other people's: what its triples say as things, claims and who stands for them."""

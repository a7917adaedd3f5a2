"""Words in, words out, an exit code. Touches streams and signals."""

"""The built graph: written once, read-only after. Touches `out/`."""

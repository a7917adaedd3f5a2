"""The forms of a graph that other programs read: one module a form."""

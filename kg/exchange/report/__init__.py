"""A case, an actor or a quarrel as a document to hand on: numbered claims, both sides, list of sources.

`compose` says what stands in it, once; the other modules write that in one form each.
"""

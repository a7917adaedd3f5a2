"""A case as people edit it, read to the letter. Touches the case's folder."""

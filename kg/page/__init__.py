"""A part of the graph as one offline file. Touches its templates."""

"""How a table tells whether a goal is met."""


def met(fine):
    """The cell that says so."""
    return "yes" if fine else "**no**"

"""A verb answered in this process, as the command line answers it: for tests of what comes out."""

from kg import verbs
from kg.cli import output


def run(name, where, *words, **options):
    """Answer a verb on the case in a folder; its exit code. The words are its arguments."""
    verb = verbs.named(name)
    placed = [p.name for p in verb.params if p.argument]
    return output.run(verb, str(where), dict(zip(placed, words, strict=False)) | options)

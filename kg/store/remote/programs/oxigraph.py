"""Oxigraph's server: strict about graphs, generous with sizes, without passwords.

It tells nobody who it is where another server stands in front of it; loopback is where it is meant
to be asked.
"""

from __future__ import annotations

from kg.store.remote.server import Server


class Program(Server):
    """`oxigraph serve`: queries at /query, updates at /update, graphs at /store."""

    name = "Oxigraph"
    values, triples, rows = 2_000, 50_000, 20_000

    @property
    def update(self) -> str:
        """Beside the address of queries."""
        return self._beside("update")

    @property
    def graphs(self) -> str:
        """Beside it too."""
        return self._beside("store")

    def _beside(self, name: str) -> str:
        return f"{self._client.url.rpartition('/')[0]}/{name}"

    def bulk(self, folder: str, files: dict[str, str]) -> dict[str, str]:
        """One command a graph; the server must not run meanwhile."""
        lines = []
        for graph in dict.fromkeys(files.values()):
            names = " ".join(f"{folder}/{name}" for name, g in files.items() if g == graph)
            lines.append(f"oxigraph load --location STORE --graph '{graph}' --file {names}\n")
        return {"README": "With the server stopped, STORE being its folder:\n" + "".join(lines)}

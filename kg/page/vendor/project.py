"""Makes the outlines of the map: countries of Natural Earth, projected once, as one SVG path and each alone.

Run by hand when the data changes, with the package unpacked beside it:

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    pip install pycountry==26.2.16
    python -m kg.page.vendor.project package kg/page/vendor/world-atlas-2.0.2

Every border is drawn once (an arc of the topology), the shores are closed rings.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.page.payload import project

SKIP = "010"  # Antarctica: nothing is placed there and it doubles the height


Degrees = list[tuple[float, float]]


def arcs(topology: dict[str, Any]) -> list[Degrees]:
    """Decode the delta-encoded arcs of a TopoJSON file into (longitude, latitude)."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    made = []
    for arc in topology["arcs"]:
        x = y = 0
        points: Degrees = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        made.append(points)
    return made


def path(topology: dict[str, Any]) -> str:
    """Return the outline as relative SVG path commands in whole units."""
    return "".join(text for _, text in shapes(topology))


def countries(topology: dict[str, Any]) -> dict[str, str]:
    """The outline of each country by its ISO 3166-1 alpha-3 code; those without one are left out."""
    import pycountry  # type: ignore[import-not-found]  # installed by whoever draws the outlines anew

    found = {}
    for number, text in shapes(topology):
        known = pycountry.countries.get(numeric=number) if number else None
        if known and text:
            found[known.alpha_3] = text
    return dict(sorted(found.items()))


def shapes(topology: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each country's number and its outline."""
    lines = arcs(topology)
    for country in topology["objects"]["countries"]["geometries"]:
        if country.get("id") == SKIP:
            continue
        rings: list[list[tuple[int, int]]] = []
        parts = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        for part in parts:
            for ring in part:
                points: Degrees = []
                for i in ring:
                    piece = lines[i] if i >= 0 else lines[~i][::-1]
                    points += piece[1:] if points else piece
                spots = [project(latitude, longitude) for longitude, latitude in whole(points)]
                if len(set(spots)) > 2:
                    rings.append(spots)
        yield country.get("id", ""), "".join(_ring(spots) for spots in rings)


def whole(points: Degrees) -> Degrees:
    """A ring across the 180th meridian goes on beyond the edge instead of around the world."""
    made: Degrees = []
    turn = 0
    for i, (longitude, latitude) in enumerate(points):
        if i and abs(longitude - points[i - 1][0]) > 180:
            turn += 360 if longitude < points[i - 1][0] else -360
        made.append((longitude + turn, latitude))
    if min(longitude for longitude, _ in made) < -181:
        made = [(longitude + 360, latitude) for longitude, latitude in made]
    return made


def _ring(points: list[tuple[int, int]]) -> str:
    x, y = points[0]
    text = f"M{x} {y}l"
    steps = []
    for px, py in points[1:-1]:
        if (px, py) != (x, y):
            steps.append(f"{px - x}{'' if py - y < 0 else ' '}{py - y}")
            x, y = px, py
    joined = ""
    for step in steps:
        joined += step if not joined or step.startswith("-") else f" {step}"
    return f"{text}{joined}z"


def main(package: Path, target: Path) -> None:
    """Read the unpacked npm package, write outline, licence and record into `target`."""
    source = package / "countries-110m.json"
    topology = json.loads(source.read_text(encoding="utf-8"))
    outline, alone = path(topology), json.dumps(countries(topology), indent=0)
    target.mkdir(parents=True, exist_ok=True)
    (target / "outline.path.txt").write_text(outline, encoding="utf-8", newline="\n")
    (target / "countries.json").write_text(alone + "\n", encoding="utf-8", newline="\n")
    shutil.copy(package / "LICENSE", target / "LICENSE")
    record = {
        "name": "world-atlas",
        "version": json.loads((package / "package.json").read_text(encoding="utf-8"))["version"],
        "package": "npm world-atlas@2.0.2",
        "integrity": "sha512-IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==",
        "licence": "ISC (the package); public domain (Natural Earth 4.1, its data)",
        "made_from": {"countries-110m.json": _digest(source)},
        "made_by": "kg/page/vendor/project.py",
        "files": {
            name: _digest(target / name)
            for name in ("outline.path.txt", "countries.json", "LICENSE")
        },
    }
    text = json.dumps(record, indent=2) + "\n"
    (target / "vendor.json").write_text(text, encoding="utf-8", newline="\n")


def _digest(file: Path) -> str:
    return "sha256-" + hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""Makes the outlines of the map: countries of Natural Earth, projected once, each as an SVG path, coarse and fine.

Run by hand when the data changes, with the package unpacked beside it:

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    pip install pycountry==26.2.16 shapely==2.2.0
    python -m kg.page.vendor.project package kg/page/vendor/world-atlas-2.0.2

The coarse ones are in whole units of the map (1:110m), the fine ones in tenths (1:50m), each border of them without
the points that lie less than 0.15 units beside the line between their neighbours.
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

FILES = "coarse.json", "fine.json"
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


def countries(topology: dict[str, Any], tenths: bool = False) -> dict[str, str]:
    """The outline of each country by its ISO 3166-1 alpha-3 code; all without one under an empty code."""
    import pycountry  # type: ignore[import-not-found]  # installed by whoever draws the outlines anew

    found = {"": ""}
    for number, text in shapes(topology, 10 if tenths else 1):
        known = pycountry.countries.get(numeric=number) if number else None
        code = known.alpha_3 if known else ""
        found[code] = found.get(code, "") + text
    return {code: found[code] for code in sorted(found) if found[code]}


def shapes(topology: dict[str, Any], parts_of_unit: int) -> Iterator[tuple[str, str]]:
    """Each country's number and its outline, in so many parts of a unit."""
    lines = arcs(topology)
    if parts_of_unit > 1:
        lines = [simple(line) for line in lines]
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
                placed = [project(latitude, longitude) for longitude, latitude in whole(points)]
                spots = [(round(x * parts_of_unit), round(y * parts_of_unit)) for x, y in placed]
                if len(set(spots)) > 2:
                    rings.append(spots)
        yield country.get("id", ""), "".join(_ring(spots) for spots in rings)


def simple(line: Degrees) -> Degrees:
    """A border without the points that hardly bend it: 0.15 units of the map are 0.027 degrees."""
    from shapely.geometry import LineString  # type: ignore[import-untyped]  # as pycountry

    return list(LineString(line).simplify(0.027, preserve_topology=False).coords)


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
    sources = package / "countries-110m.json", package / "countries-50m.json"
    target.mkdir(parents=True, exist_ok=True)
    for source, name in zip(sources, FILES, strict=True):
        found = countries(json.loads(source.read_text(encoding="utf-8")), name == FILES[1])
        text = json.dumps(found, indent=0) + "\n"
        (target / name).write_text(text, encoding="utf-8", newline="\n")
    shutil.copy(package / "LICENSE", target / "LICENSE")
    record = {
        "name": "world-atlas",
        "version": json.loads((package / "package.json").read_text(encoding="utf-8"))["version"],
        "package": "npm world-atlas@2.0.2",
        "integrity": "sha512-IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==",
        "licence": "ISC (the package); public domain (Natural Earth 4.1, its data)",
        "made_from": {source.name: _digest(source) for source in sources},
        "made_by": "kg/page/vendor/project.py",
        "files": {name: _digest(target / name) for name in (*FILES, "LICENSE")},
    }
    text = json.dumps(record, indent=2) + "\n"
    (target / "vendor.json").write_text(text, encoding="utf-8", newline="\n")


def _digest(file: Path) -> str:
    return "sha256-" + hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

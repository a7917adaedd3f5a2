"""A case of ten rows, written from literals into a folder of the test's own."""

from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import draws
import inprocess
import processes
import pytest
from processes import WAIT
from warm import Warm

from kg.case import folder as cases
from kg.store.build import build
from kg.store.check import check
from kg.text.untrusted import one_line

CASE = """\
title = "A case of ten rows"
base = "https://example.org/id/"

[check]
quiet = ["beyond-document"]
"""

TERMS = """\
@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
kg:Person a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "person"@en ; kg:table "people" .
kg:Body a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "body"@en ; kg:table "bodies" .
kg:Ngo a rdfs:Class ; rdfs:subClassOf kg:Body ; rdfs:label "NGO"@en .
kg:Station a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "station"@en ; kg:table "stations" .
kg:Place a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "place"@en ; kg:table "places" ;
    kg:walked false .
kg:operates a kg:State ; kg:role kg:Operates ; rdfs:label "operates"@en ; kg:inverseLabel "operated by"@en ;
    rdfs:domain kg:Body ; rdfs:range kg:Station .
kg:visited a kg:Event ; rdfs:label "visited"@en ; rdfs:domain kg:Person ; rdfs:range kg:Entity .
kg:owns a kg:State ; rdfs:label "owns"@en ; rdfs:domain kg:Body ; rdfs:range kg:Body .
kg:locatedIn a kg:State ; kg:role kg:LocatedIn ; rdfs:label "lies in"@en ; kg:column "country" ;
    rdfs:domain kg:Station ; rdfs:range kg:Place .
kg:disputes a kg:State ; kg:role kg:ObjectsTo ; rdfs:label "disputes"@en ; kg:acceptsAttestation true ;
    rdfs:domain kg:Entity ; rdfs:range kg:Entity .
kg:stationCount a kg:Measure ; rdfs:label "number of stations"@en ; rdfs:domain kg:Body .
kg:code a kg:Attribute ; kg:role kg:Code ; rdfs:label "code"@en ; kg:column "code" ;
    rdfs:domain kg:Station ; rdfs:range xsd:string .
kg:latitude a kg:Attribute ; kg:role kg:Latitude ; rdfs:label "latitude"@en ; kg:column "latitude" ;
    rdfs:domain kg:Place ; rdfs:range xsd:decimal .
kg:population a kg:Attribute ; rdfs:label "population"@en ; kg:column "population" ;
    rdfs:domain kg:Place ; rdfs:range xsd:decimal .
"""

TABLES = {
    "people": "id,name,aliases\nperson-lu,Lu Jianwang,Harry Lu\n",
    "bodies": "id,name,class\nbody-fuzhou,Fuzhou police,\nbody-ngo,The NGO,Ngo\nbody-state,The embassy,\n",
    "stations": (
        "id,name,code,country,document,locator\n"
        "station-irl01,Dublin station,IRL01,place-irl,doc-page,row 1\n"
    ),
    "places": "id,name,latitude\nplace-irl,Ireland,53.35\nplace-world,The world,\n",
    "documents": (
        "id,name,authors,published\n"
        "doc-page,A page,,2022-12\n"
        "doc-report,The report,body-ngo,2022-09-12\n"
    ),
    "claims": (
        "subject,relation,object,from,to,stance,voice,document,locator,gloss,key\n"
        "body-fuzhou,operates,station-irl01,2022,,alleges,body-ngo,doc-page,row 1,Listed,d1\n"
        "body-fuzhou,operates,station-irl01,,,denies,body-state,doc-page,para 2,Calls it wrong,\n"
        "person-lu,visited,place-irl,2022-10-29,,,,doc-report,p. 3,,\n"
    ),
    "figures": (
        "subject,measure,value,scope,document,locator\n"
        "body-fuzhou,stationCount,54,place-world,doc-report,p. 5\n"
        "body-fuzhou,stationCount,102,place-world,doc-page,para 1\n"
    ),
}

# A shell that runs the suite in the background has it deaf to Ctrl-C, and all that it starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

draws.begin()

# A browser that finds no host whatever a page asks for.
BROWSER = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"),
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--process-per-site",
]

MakeCase = Callable[..., Path]
Run = Callable[..., subprocess.CompletedProcess[str]]


def write_case(folder: Path, **tables: str | bytes) -> Path:
    """Write the case; a table given by name takes the place of its own, or stands beside them."""
    for part in ("data", "ontology"):
        (folder / part).mkdir(parents=True)
    (folder / "data" / "case.toml").write_text(CASE, encoding="utf-8")
    (folder / "ontology" / "terms.ttl").write_text(TERMS, encoding="utf-8")
    for name, content in (TABLES | tables).items():
        data = content.encode() if isinstance(content, str) else content
        (folder / "data" / f"{name}.csv").write_bytes(data)
    return folder


def complaints(folder: Path) -> list[str]:
    """What a check of a case prints, a line a problem."""
    found = check(cases.find(folder)).problems
    return [f"{'warning: ' if p.warning else ''}{one_line(str(p))}" for p in found]


def lay_over(folder: Path, files: Path) -> None:
    """Put files over those of a case, terms into ontology/ and the rest into data/."""
    for path in sorted(files.iterdir()):
        if path.name == "expected.txt":
            continue
        target = folder / ("ontology" if path.suffix in (".ttl", ".rdf") else "data") / path.name
        target.unlink(missing_ok=True)
        if path.is_dir():
            shutil.copytree(path, target)
        else:
            shutil.copyfile(path, target)


@pytest.fixture(scope="session", autouse=True)
def in_process() -> Iterator[None]:
    """Builds of small cases fork their loader and wait for no disk; no store is opened here."""
    with pytest.MonkeyPatch.context() as patch:
        inprocess.begin(patch.setattr)
        yield
    assert inprocess.engine_threads() == []


@pytest.fixture
def own_loader(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build begins a loader of its own, as it does for users."""
    inprocess.end(monkeypatch.setattr)


@pytest.fixture(scope="session")
def make_case(tmp_path_factory: pytest.TempPathFactory) -> MakeCase:
    """Write the case, with other tables if given by name, into a fresh folder."""
    return lambda **tables: write_case(tmp_path_factory.mktemp("case"), **tables)


@pytest.fixture(scope="session")
def built_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case with its graph, built once; for tests that only read it or copy it."""
    folder = write_case(tmp_path_factory.mktemp("built"))
    build(cases.find(folder))
    return folder


@pytest.fixture
def spoilt_case(built_case: Path, tmp_path: Path) -> Callable[[Path], Path]:
    """A copy of the built case with other files laid over its tables."""

    def spoil(files: Path) -> Path:
        folder = tmp_path / "case"
        shutil.copytree(built_case, folder)
        lay_over(folder, files)
        return folder

    return spoil


@pytest.fixture(scope="session")
def complain() -> Callable[[Path], list[str]]:
    """What a check of a case prints, a line a problem."""
    return complaints


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, started once for all tests of a process."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), "")
    program = found or "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    with sync_playwright() as run:
        made = run.chromium.launch(executable_path=program, args=BROWSER, timeout=WAIT)
        yield made
        made.close()


@pytest.fixture(scope="session")
def new_tab(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Any]]:
    """Opens a tab of a size, for whoever closes it; what a test puts into it may be let run.

    All are of one context and, as a blank one stays open, of one process: a process of its own
    costs more than most pages.
    """
    blank = tmp_path_factory.mktemp("blank") / "blank.html"
    blank.write_text("<!doctype html>", encoding="utf-8")
    contexts: dict[bool, Any] = {}

    def start(width: int = 1440, height: int = 900, bypass_csp: bool = False) -> Any:
        if bypass_csp not in contexts:
            contexts[bypass_csp] = browser.new_context(bypass_csp=bypass_csp)
            contexts[bypass_csp].set_default_timeout(WAIT)
            contexts[bypass_csp].new_page().goto(blank.as_uri())
        tab = contexts[bypass_csp].new_page()
        tab.set_viewport_size({"width": width, "height": height})
        return tab

    yield start
    for context in contexts.values():
        context.close()


# What Python reads when it starts.
AT_START = ("PYTHON", "LC_", "LANG", "TZ")


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """Forks a process for each command line."""
    with Warm() as server:
        yield server


@pytest.fixture(scope="session")
def kg(warm: Warm) -> Run:
    """Run a command line from a folder, in a process of its own."""

    def run(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        settings = {"COLUMNS": "80", "NO_COLOR": "1"} | settings
        if any(name.startswith(AT_START) for name in settings):
            known = processes.environment(**settings)
            return processes.run(folder, *processes.KG, *words, env=known)
        return warm.run(folder, words, settings)

    return run

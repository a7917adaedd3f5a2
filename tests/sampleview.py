"""Views for the tests of layouts and pages: the shape of a case, a hostile and a large one."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache

from kg.model.standing import Standing
from kg.page.view import (
    View,
    ViewAttestation,
    ViewClaim,
    ViewDocument,
    ViewNode,
    ViewTerm,
    ViewWeight,
)

HOSTILE = (
    "<script>window.PWN=1</script>",
    "</script><script>window.PWN=2</script>",
    "<img src=x onerror=window.PWN=3>",
    "<!--<script>",
    'href="javascript:window.PWN=4"',
    "{{ 7 * 7 }} {% raw %}",
    "right\u202eleft\u2066x",
    "line\u2028sep\u2029arated",
    "A very long name that goes on and on " * 12,
    "福州市公安局海外警务服务站",
    "__proto__",
    "constructor",
    "&amp; &lt;b&gt; \" ' `",
)

KINDS = (
    ViewTerm("bureau", "bureau", symbol="square", colour="#0072B2", colour_dark="#4DA6E0",
             rank=1, part="lane", definition="The police of a city or county."),
    ViewTerm("station", "station", symbol="circle", colour="#2B8CC4", colour_dark="#7CC7F2", rank=2),
    ViewTerm("government", "government", symbol="diamond", colour="#C04A00",
             colour_dark="#FF8A4C", rank=3),
    ViewTerm("organisation", "organisation", symbol="hexagon", colour="#00855F",
             colour_dark="#3CCB9F", rank=4),
    ViewTerm("person", "person", symbol="triangle", colour="#B36B00", colour_dark="#F0B040", rank=5),
    ViewTerm("operation", "operation", symbol="flag", colour="#A8527D", colour_dark="#E79AC3",
             rank=6),
    ViewTerm("report", "report", symbol="sheet", colour="#A03A78", colour_dark="#E48CC0", rank=7),
    ViewTerm("critique", "critique", symbol="nabla", colour="#7A5F00", colour_dark="#D9B93B",
             rank=7),
    ViewTerm("document", "document", symbol="card", rank=8),
    ViewTerm("group", "group", symbol="rings", rank=9),
    ViewTerm("place", "place", symbol="pin", rank=10),
    ViewTerm("topic", "topic", symbol="dot", rank=11),
)  # fmt: skip
RELATIONS = (
    ViewTerm("operates", "operates", "operated by", colour="#0072B2", colour_dark="#4DA6E0",
             part="lane-member"),
    ViewTerm("country", "is in country", "country of", part="cell"),
    ViewTerm("city", "is in city", "city of"),
    ViewTerm("investigates", "investigates", "investigated by", colour="#C04A00",
             colour_dark="#FF8A4C"),
    ViewTerm("closed", "closed", "closed by", colour="#3D3D3D", colour_dark="#D8D8D8",
             part="closing"),
    ViewTerm("orderedClosureOf", "ordered the closure of", "ordered closed by", colour="#3D3D3D",
             colour_dark="#D8D8D8"),
    ViewTerm("hasState", "is", "is the state of", part="closing-state"),
    ViewTerm("linkedTo", "linked to", "linked to", colour="#00855F", colour_dark="#3CCB9F"),
    ViewTerm("headOf", "heads", "headed by", colour="#B36B00", colour_dark="#F0B040"),
    ViewTerm("partOf", "is part of", "has part"),
    ViewTerm("describedAs", "described as", "describes"),
    ViewTerm("cites", "cites", "cited by", colour="#8A8A8A", colour_dark="#8F8F8F", part="faint"),
    ViewTerm("disputes", "disputes", "disputed by", colour="#7A5F00", colour_dark="#D9B93B"),
    ViewTerm("stationCount", "number of stations"),
)  # fmt: skip
STATUSES = tuple(
    ViewTerm(word, word.lower())
    for word in (
        "Uncontested",
        "Contested",
        "Denied",
        "Retracted",
        "Corrected",
        "Withdrawn",
        "Open",
    )
)
BASES = tuple(
    ViewTerm(word, word.lower())
    for word in ("Asserted", "Alleged", "Announced", "Questioned", "Unsupported")
)
PLACES = """Argentina,ARG,Buenos Aires,-34.6,-58.4|Austria,AUT,Vienna,48.2,16.4
Bangladesh,BGD,Dhaka,23.8,90.4|Brazil,BRA,São Paulo,-23.6,-46.6|Brazil,BRA,Rio de Janeiro,-22.9,-43.2
Brunei,BRN,Bandar Seri Begawan,4.9,114.9|Cambodia,KHM,Phnom Penh,11.6,104.9
Cambodia,KHM,Sihanoukville,10.6,103.5|Canada,CAN,Toronto,43.7,-79.4|Canada,CAN,Markham,43.9,-79.3
Canada,CAN,Montreal,45.5,-73.6|Canada,CAN,Vancouver,49.3,-123.1|Chile,CHL,Viña del Mar,-33,-71.6
Czechia,CZE,Prague,50.1,14.4|Ecuador,ECU,Quito,-0.2,-78.5|Ecuador,ECU,Guayaquil,-2.2,-79.9
Ethiopia,ETH,Addis Ababa,9,38.7|France,FRA,Paris,48.9,2.4|Germany,DEU,Frankfurt,50.1,8.7
Greece,GRC,Athens,38,23.7|Hungary,HUN,Budapest,47.5,19|Ireland,IRL,Dublin,53.3,-6.3
Italy,ITA,Rome,41.9,12.5|Italy,ITA,Milan,45.5,9.2|Italy,ITA,Florence,43.8,11.3
Italy,ITA,Prato,43.9,11.1|Italy,ITA,Venice,45.4,12.3|Italy,ITA,Syracuse,37.1,15.3
Italy,ITA,Bolzano,46.5,11.4|Japan,JPN,Tokyo,35.7,139.7|Japan,JPN,Osaka,34.7,135.5
Korea,KOR,Seoul,37.6,127|Lesotho,LSO,Maseru,-29.3,27.5|Mongolia,MNG,Ulaanbaatar,47.9,106.9
Netherlands,NLD,Amsterdam,52.4,4.9|Netherlands,NLD,Rotterdam,51.9,4.5|Nigeria,NGA,Benin City,6.3,5.6
Panama,PAN,Panama City,9,-79.5|Portugal,PRT,Lisbon,38.7,-9.1|Portugal,PRT,Porto,41.2,-8.6
Portugal,PRT,Madeira,32.7,-17|Romania,ROU,Bucharest,44.4,26.1|Russia,RUS,Moscow,55.8,37.6
Serbia,SRB,Belgrade,44.8,20.5|Slovakia,SVK,Bratislava,48.1,17.1|South Africa,ZAF,Johannesburg,-26.2,28
South Africa,ZAF,Cape Town,-33.9,18.4|Spain,ESP,Madrid,40.4,-3.7|Spain,ESP,Barcelona,41.4,2.2
Spain,ESP,Valencia,39.5,-0.4|Spain,ESP,Santiago de Compostela,42.9,-8.5|Sweden,SWE,Stockholm,59.3,18.1
Tanzania,TZA,Dar es Salaam,-6.8,39.3|Turkmenistan,TKM,Ashgabat,38,58.4|Ukraine,UKR,Odesa,46.5,30.7
United Arab Emirates,ARE,Dubai,25.2,55.3|United Kingdom,GBR,London,51.5,-0.1
United Kingdom,GBR,Glasgow,55.9,-4.3|United States,USA,New York,40.7,-74
United States,USA,Los Angeles,34.1,-118.2|Uzbekistan,UZB,Sirdaryo,40.8,68.7
Uzbekistan,UZB,Tashkent,41.3,69.2|Viet Nam,VNM,Hanoi,21,105.8|Zambia,ZMB,Lusaka,-15.4,28.3
Switzerland,CHE,Zurich,47.4,8.5|Denmark,DNK,Copenhagen,55.7,12.6|Kenya,KEN,Nairobi,-1.3,36.8"""
CITIES = [
    (c, code, city, float(lat), float(lon))
    for c, code, city, lat, lon in (p.split(",") for p in PLACES.replace("\n", "|").split("|"))
]
LANES = (
    ("fuzhou", "Fuzhou City", "福州市公安局", 27),
    ("qingtian", "Qingtian County", "青田县公安局", 19),
    ("nantong", "Nantong City", "南通市公安局", 13),
    ("wenzhou", "Wenzhou City", "温州市公安局", 9),
    ("fuqing", "Fuqing City", "福清市公安局", 4),
    ("laiyang", "Laiyang City", "莱阳市公安局", 1),
    ("jiangyin", "Jiangyin City", "江阴市公安局", 1),
)
FAMILY = [
    "Chen",
    "Lin",
    "Zheng",
    "Huang",
    "Wu",
    "Mao",
    "Zhao",
    "Wang",
    "Liu",
    "Yang",
    "Xu",
    "Sun",
    "Ma",
    "Zhu",
    "Hu",
    "Guo",
    "He",
    "Gao",
    "Luo",
    "Ye",
]
GIVEN = [
    "Wei",
    "Jun",
    "Ning",
    "Lijian",
    "Wenbin",
    "Min",
    "Hua",
    "Feng",
    "Ping",
    "Lan",
    "Yong",
    "Tao",
    "Jie",
    "Qiang",
    "Yan",
]
ORGS = "Overseas Chinese Association,Hometown Association,Chamber of Commerce,News,Institute,Center"


class Maker:
    """Collects nodes and claims; every draw comes from one seeded source."""

    def __init__(self, seed: int = 7) -> None:
        self.random = random.Random(seed)
        self.nodes: list[ViewNode] = []
        self.claims: dict[tuple[str, str, str], ViewClaim] = {}
        self.documents: list[ViewDocument] = []
        self.voices: list[tuple[str, str]] = []

    def attestation(self, key: str, stance: str, text: str) -> ViewAttestation:
        voice, name = self.random.choice(self.voices)
        document = self.random.choice(self.documents)
        side = {"asserts": "for", "alleges": "for", "denies": "against", "disputes": "against"}
        day = f"2022-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"
        dated = self.random.random() < 0.8
        return ViewAttestation(
            id=key,
            sentence=f"{document.short}, citing {name}, {stance} that {text}.",
            stance=stance,
            side=side.get(stance, "open"),
            voice=voice,
            voice_name=name,
            via=(self.documents[0].id,) if self.random.random() < 0.2 else (),
            document=document.id,
            locator=f"Section {self.random.randint(1, 9)}, para {self.random.randint(1, 20)}",
            gloss=f"Says in passing that {text}.",
            period="2022" if dated else "",
            said=day if dated else "early 2022" if stance == "denies" else "",
            known=day if dated else "",
            weight=ViewWeight(f"{day}/{day} {day}/{day} / / -" if dated else "/ / / / -"),
            remarks=("A fact check calls this misleading.",) if stance == "denies" else (),
        )

    def claim(
        self, subject: ViewNode, relation: str, target: ViewNode | None, *, text: str = ""
    ) -> None:
        words = next(term.label for term in RELATIONS if term.id == relation)
        key = subject.id, relation, target.id if target else text
        if key in self.claims:
            return
        said = f"{subject.name} {words} {target.name if target else text}"
        draw = self.random.random()
        stances = ["asserts"] * self.random.choice((1, 1, 1, 2, 3))
        status, basis = "Uncontested", "Asserted"
        if draw < 0.22:
            stances, basis = ["alleges"] * len(stances), "Alleged"
        elif draw < 0.34:
            stances, status = [*stances, "denies"], "Contested"
        elif draw < 0.38:
            stances, status, basis = ["disputes"], "Denied", "Unsupported"
        elif draw < 0.40:
            stances, status, basis = ["announces"], "Open", "Announced"
        n = len(self.claims)
        rows = tuple(
            self.attestation(f"attestation-{n}-{i}", stance, said)
            for i, stance in enumerate(stances)
        )
        support = [row for row in rows if row.side in ("for", "open")]
        against = [row for row in rows if row.side == "against"]
        voices = len({row.voice for row in support})
        sources = len({row.document for row in support})
        year = self.random.randint(2016, 2022)
        dated = self.random.random() < 0.7
        if dated:
            span = f"{year}-01-01/{year}-12-31"
            rows = tuple(_held(row, f" {span} {span} -") for row in rows)
        dated = dated and bool(support)
        self.claims[key] = ViewClaim(
            id=f"claim-{n}",
            subject=subject.id,
            relation=relation,
            object=target.id if target else "",
            object_text=target.name if target else text,
            sentence=f"{said}.",
            standing=Standing(
                status,
                basis,
                voices,
                sources,
                len({row.voice for row in against}),
                f"{year}-01-01" if dated else "",
                f"{year}-12-31" if dated else "",
                voices,
                len({row.voice for row in against}),
                f"{status.lower()}, {basis.lower()}: {voices} voices in {sources} documents"
                + (f", {len(against)} against" if against else ""),
            ),
            attestations=rows,
            figure=relation == "stationCount",
        )


def _held(row: ViewAttestation, days: str) -> ViewAttestation:
    """An attestation with the days of what it speaks of."""
    return replace(
        row, weight=row.weight._replace(days=row.weight.days.removesuffix(" / / -") + days)
    )


@cache
def case(*, cities: int = 75, hostile: bool = False, seed: int = 7) -> View:
    """A view of the shape and size of the shipped case; with hostile names if asked to."""
    make = Maker(seed)
    pick = make.random

    def add(ident: str, name: str, kind: str, **more: object) -> ViewNode:
        if hostile:
            name = HOSTILE[len(make.nodes) % len(HOSTILE)] + ("" if pick.random() < 0.5 else name)
        node = ViewNode(ident, name, kind, **more)  # type: ignore[arg-type]
        make.nodes.append(node)
        return node

    sites = CITIES[: max(1, cities)]
    countries = sorted({(row[0], row[1]) for row in sites})
    heads = [
        add(f"bureau-{slug}", f"{name} Public Security Bureau", "bureau", short=name,
            name_local=local, language="zh-Hans", aliases=(f"{name} PSB",),
            description="Named in the table of stations.")
        for slug, name, local, _ in LANES
    ]  # fmt: skip
    places = {
        code: add(f"place-{code.lower()}", name, "place", facts=(("ISO code", code),))
        for name, code in countries
    }
    towns = {
        city: add(f"place-{city.lower().replace(' ', '-')}", city, "place", cell=country,
                  where=(lat, lon, city))
        for country, _, city, lat, lon in sites
    }  # fmt: skip
    lanes = [head for head, row in zip(heads, LANES, strict=True) for _ in range(row[3])]
    stations = []
    for i in range(cities):
        country, code, city, lat, lon = sites[i % len(sites)]
        round_two = "" if i < len(sites) else f" {i // len(sites) + 1}"
        state = pick.choice(("", "", "", "closed", "closed", "ordered closed"))
        station = add(
            f"station-{code.lower()}{i:02}", f"Station {code}{i:02}, {city}", "station",
            short=f"{city}{round_two}", narrow="overseas service station",
            aliases=(f"{code}{i:02}",), facts=(("code", f"{code}{i:02}"), ("city", city)),
            lane=lanes[(i * 31) % len(lanes)].id, cell=country, state=state,
            where=(lat, lon, city),
        )  # fmt: skip
        stations.append(station)
    governments = [
        add(f"government-{code.lower()}", f"Government of {name}", "government",
            short=f"Gov. of {name}", cell=name)
        for name, code in (*countries, ("China", "CHN"), ("European Union", "EUE"))[:40]
    ]  # fmt: skip
    kinds = ORGS.split(",")
    organisations = [
        add(f"org-{i}", f"{CITIES[i % len(CITIES)][2]} {kinds[i % len(kinds)]}", "organisation",
            narrow=pick.choice(("association", "news outlet", "company")))
        for i in range(60)
    ]  # fmt: skip
    people = [
        add(f"person-{i}", f"{FAMILY[i % 20]} {GIVEN[i % 15]}", "person", name_local="毛宁",
            language="zh-Hans") if i else add("person-0", "Mao Ning", "person", name_local="毛宁",
            language="zh-Hans", description="Spokesperson of a foreign ministry.")
        for i in range(60)
    ]  # fmt: skip
    operations = [add(f"operation-{n.lower()}", f"Operation {n}", "operation")
                  for n in ("Foxhunt", "Skynet", "Hurricane")]  # fmt: skip
    reports = [add(f"report-{i}", f"Overseas report {i + 1}", "report") for i in range(7)]
    critiques = [add(f"critique-{i}", f"A clearer look {i + 1}", "critique") for i in range(3)]
    topics = [add(f"topic-{i}", f"topic {i}", "topic") for i in range(14)]
    groups = [add(f"group-{i}", f"the {i + 3} stations", "group") for i in range(6)]
    papers = [add(f"doc-{i}", f"Article {i + 1} on the stations", "document") for i in range(60)]
    make.voices = [(n.id, n.name) for n in (*organisations[:12], *people[:10], *governments[:6])]
    make.documents = [
        ViewDocument(n.id, n.name, n.name[:28], f"2022-{1 + i % 12:02}-0{1 + i % 9}",
                     "javascript:alert(1)" if i % 9 == 8 else f"https://example.org/{i}",
                     (f"{critiques[0].name} disputes this document.",) if i == 2 else ())
        for i, n in enumerate((*reports, *critiques, *papers))
    ]  # fmt: skip
    for station in stations:
        head = next(n for n in heads if n.id == station.lane)
        make.claim(head, "operates", station)
        if pick.random() < 0.15:
            make.claim(pick.choice(heads), "operates", station)
        code = station.id.split("-")[1][:3].upper()
        make.claim(station, "country", places[code])
        make.claim(station, "city", towns[station.facts[1][1]])
        own = [g for g in governments if g.cell == station.cell]
        if own and station.state == "closed":
            make.claim(own[0], "closed", station)
        if own and station.state == "ordered closed":
            make.claim(own[0], "orderedClosureOf", station)
        if own and pick.random() < 0.3:
            make.claim(own[0], "investigates", station)
        if pick.random() < 0.4:
            make.claim(station, "describedAs", pick.choice(topics))
        if pick.random() < 0.3:
            make.claim(pick.choice(organisations), "linkedTo", station)
    for person in people:
        make.claim(person, "headOf", pick.choice((*organisations, *stations[:9])))
    for organisation in organisations[:36]:
        make.claim(organisation, "linkedTo", pick.choice((*heads, *governments, *organisations)))
    for critique in critiques:
        for report in reports[:4]:
            make.claim(critique, "disputes", report)
    for report in (*reports, *critiques, *papers[:30]):
        make.claim(report, "cites", pick.choice(reports))
        make.claim(report, "cites", pick.choice((*organisations, *reports)))
    for operation in operations:
        make.claim(operation, "linkedTo", governments[-2])
    for group in groups:
        make.claim(stations[0], "partOf", group)
    for number in ("at least 54 (the world)", "102 (the world)", "about 110 (the world)"):
        make.claim(reports[0], "stationCount", None, text=number)
    degree: dict[str, int] = {}
    for claim in make.claims.values():
        for end in (claim.subject, claim.object):
            degree[end] = degree.get(end, 0) + 1
    nodes = tuple(
        replace(n, degree=degree.get(n.id, 0))
        for n in make.nodes
    )  # fmt: skip
    return View(
        title=HOSTILE[1] if hostile else "Overseas stations: who says what (synthetic)",
        description="A synthetic case of the usual size." if not hostile else HOSTILE[2],
        licence="CC BY 4.0",
        language="en",
        version="0123abcd",
        filters="the whole case",
        kinds=KINDS,
        relations=RELATIONS,
        statuses=STATUSES,
        bases=BASES,
        nodes=nodes,
        claims=tuple(make.claims.values()),
        documents=tuple(make.documents),
    )


@cache
def small(actors: int = 150) -> View:
    """The case cut down to about `actors` drawn actors."""
    return case(cities=round(actors * 0.4)) if actors < 200 else case()


@cache
def tiny() -> View:
    """One lane head with its claims, and a few claims of every relation and standing."""
    whole = small()
    kept = [c for c in whole.claims if "bureau-qingtian" in (c.subject, c.object)]
    kept += [c for c in whole.claims if c.standing.status != "Uncontested" and c not in kept][:5]
    for relation in sorted({c.relation for c in whole.claims}):
        kept += [c for c in whole.claims if c.relation == relation and c not in kept][:1]
    ends = {end for c in kept for end in (c.subject, c.object)}
    nodes = tuple(n for n in whole.nodes if n.id in ends)
    return replace(whole, nodes=nodes, claims=tuple(kept))


@cache
def large(count: int, *, seed: int = 3) -> View:
    """`count` nodes in lanes and cells with 1.6 claims a node, for sizes and speed."""
    pick = random.Random(seed)
    nodes: list[ViewNode] = []
    tops = max(4, count // 250)
    for i in range(count):
        if i < tops:
            nodes.append(ViewNode(f"h{i}", f"Head {i}", "bureau"))
            continue
        kind = pick.choice(("station", "station", "organisation", "person", "government"))
        site = pick.choice(CITIES)
        lane = f"h{pick.randrange(tops)}" if kind == "station" else ""
        nodes.append(
            ViewNode(f"n{i}", f"{kind.title()} {i}", kind, lane=lane, cell=site[0],
                     where=(site[3], site[4], site[2]))
        )  # fmt: skip
    document = ViewDocument("doc-0", "The only document", "Only document")
    claims: list[ViewClaim] = []

    def link(subject: str, relation: str, target: str) -> None:
        n = len(claims)
        row = ViewAttestation(f"a{n}", "A document asserts it.", "asserts", "for", "h0", "Head 0",
                              (), "doc-0", f"row {n}", "")  # fmt: skip
        claims.append(
            ViewClaim(f"c{n}", subject, relation, target, target, f"{subject} {relation} {target}.",
                      Standing("Uncontested", "Asserted", 1, 1, sides=1,
                               words="uncontested, asserted: 1 voice in 1 document"), (row,))
        )  # fmt: skip

    for node in nodes[tops:]:
        if node.lane:
            link(node.lane, "operates", node.id)
        else:
            link(node.id, "linkedTo", nodes[pick.randrange(count)].id)
    while len(claims) < count * 1.6:
        link(nodes[pick.randrange(count)].id, "linkedTo", nodes[pick.randrange(count)].id)
    return View(
        f"{count:,} actors", "", "CC0", "en", "1", "", KINDS, RELATIONS, STATUSES, BASES,
        tuple(nodes), tuple(claims), (document,),
    )  # fmt: skip

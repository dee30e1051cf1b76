"""The gazetteer: countries, their first subdivisions and cities of the world, by name; a cut of GeoNames (CC BY 4.0).

Two packed tables lie beside this module (``places.tsv.z``, ``names.tsv.z``), built by ``gazetteer/build.py`` from the
sources that ``CREDITS.md`` names. They are unpacked on the first look-up. A look-up gives every place that bears a
name; which of them a report means is for the stage ``places`` to say.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources
from math import asin, cos, radians, sin, sqrt

from onrecord.errors import BadRule
from onrecord.names import fold

COUNTRY, SUBDIVISION, CITY = "country", "subdivision", "city"
EARTH = 6371.0  # kilometres
# How far from its middle a subdivision of the second level reaches at most: of cities only the first level is known.
SECOND = 80.0
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer. ``id`` is GeoNames', ``country`` ISO 3166-1 alpha-2, ``division`` GeoNames' code.

    ``level``: country, subdivision or city. A country's and a subdivision's coordinates are those of a place near its
    middle, in degrees. ``seat`` is the id of a country's capital, 0 where there is none.
    """

    id: int
    name: str
    level: str
    country: str
    division: str
    latitude: float
    longitude: float
    population: int
    seat: int = 0

    def distance(self, other: Place) -> float:
        """Kilometres to another place, along the great circle."""
        north, south = radians(self.latitude), radians(other.latitude)
        across = sin(radians(other.longitude - self.longitude) / 2) ** 2
        return 2 * EARTH * asin(sqrt(min(1.0, sin((south - north) / 2) ** 2 + cos(north) * cos(south) * across)))

    def holds(self, other: Place) -> bool:
        """Whether the other lies in this country or subdivision."""
        if self.country != other.country or self.id == other.id:
            return False
        if self.level == COUNTRY:
            return True
        if self.level != SUBDIVISION or other.level != CITY:
            return False
        first, _, second = self.division.partition(".")
        return first == other.division and (not second or self.distance(other) < SECOND)


@dataclass(frozen=True, slots=True)
class Bearer:
    """A place that bears a name. ``own``: its name in the gazetteer, not one of its others."""

    place: Place
    own: bool


def key(name: str) -> str:
    """A place's name as the gazetteer keeps it: folded, without "the", "St." in full.

    >>> key("St. Petersburg"), key("the Hague"), key("São Tomé"), key("Republic of the Congo")
    ('saint petersburg', 'hague', 'sao tome', 'republic of congo')
    """
    return " ".join(_SHORT.get(word, word) for word in fold(name).split() if word != "the")


class Gazetteer:
    """The two tables, unpacked: rows of places by number, and the names in order for looking up by halving."""

    def __init__(self, places: bytes, names: bytes) -> None:
        self._places = places.rstrip(b"\n").split(b"\n")
        self._names = names

    @cached_property
    def digest(self) -> str:
        """What tells this edition of the gazetteer from others."""
        return hashlib.sha256(b"\n".join(self._places) + self._names).hexdigest()[:16]

    def named(self, name: str) -> tuple[Bearer, ...]:
        """All places that bear this name, in the order of their ids; of an unknown name, none."""
        return self._bearers(key(name))

    @lru_cache(maxsize=8192)  # noqa: B019 - there is one gazetteer, and it lives as long as the process
    def _bearers(self, name: str) -> tuple[Bearer, ...]:
        row = self._row(name.encode("utf-8", "surrogatepass"))
        return tuple(Bearer(self.place(int(at.rstrip(b"!"))), at.endswith(b"!")) for at in row.split())

    def _row(self, name: bytes) -> bytes:
        """What stands after a name; nothing if it does not stand there."""
        low, high = 0, len(self._names)
        while name and low < high:
            begin = self._names.rfind(b"\n", 0, (low + high) // 2) + 1
            end = self._names.find(b"\n", begin)
            found, _, row = self._names[begin:end].partition(b"\t")
            if found == name:
                return row
            low, high = (end + 1, high) if found < name else (low, begin)
        return b""

    def __len__(self) -> int:
        """How many places it holds."""
        return len(self._places)

    def place(self, at: int) -> Place:
        """The place of a row, counted from 0 in the order of ids."""
        cells = self._places[at].decode().split("\t")
        number, name, level, country, division, latitude, longitude, people, seat = cells
        where = float(latitude), float(longitude)
        return Place(int(number), name, level, country, division, *where, int(people), int(seat or 0))

    @cached_property
    def countries(self) -> dict[str, Place]:
        """The countries by ISO code."""
        rows = [at for at, row in enumerate(self._places) if b"\tcountry\t" in row]
        return {place.country: place for place in map(self.place, rows)}

    @cached_property
    def seats(self) -> frozenset[int]:
        """The ids of all capitals of countries."""
        return frozenset(place.seat for place in self.countries.values() if place.seat)


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer in the package, unpacked once per process. Raises BadRule if its files are damaged."""
    folder = resources.files("onrecord").joinpath("gazetteer")
    try:
        places, names = (zlib.decompress(folder.joinpath(f"{name}.tsv.z").read_bytes()) for name in ("places", "names"))
    except (OSError, zlib.error) as error:
        raise BadRule(f"{folder}: the gazetteer cannot be read ({error}); install onrecord again") from error
    return Gazetteer(places, names)

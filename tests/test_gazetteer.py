"""The gazetteer: what bears a name, whole and sound, quick to load."""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord.gazetteer as module
from onrecord.errors import BadRule
from onrecord.gazetteer import CITY, COUNTRY, SUBDIVISION, Place, key, load_gazetteer
from onrecord.lexicon import load_lexicons

FOLDER = Path(str(resources.files("onrecord") / "gazetteer"))
LARGEST = 4_000_000


def ids(name: str, level: str) -> set[str]:
    return {bearer.place.country for bearer in load_gazetteer().named(name) if bearer.place.level == level}


@pytest.mark.parametrize(
    ("name", "level", "countries"),
    [
        ("Georgia", COUNTRY, {"GE"}),
        ("Georgia", SUBDIVISION, {"US"}),
        ("Lagos", CITY, {"NG", "PT"}),
        ("Punjab", SUBDIVISION, {"IN", "PK"}),
        ("Limburg", SUBDIVISION, {"BE", "NL"}),
        ("Congo", COUNTRY, {"CD", "CG"}),
        ("the Hague", CITY, {"NL"}),
        ("Bombay", CITY, {"IN"}),
        ("CALCUTTA", CITY, {"IN"}),
        ("Republic of Congo", COUNTRY, {"CG"}),
    ],
)
def test_every_place_that_bears_a_name_is_found(name: str, level: str, countries: set[str]) -> None:
    assert ids(name, level) >= countries


def test_a_place_may_be_called_by_another_name_and_that_is_told() -> None:
    owns = {bearer.own for bearer in load_gazetteer().named("Kiev") if bearer.place.level == CITY}
    assert owns == {False}
    assert {bearer.own for bearer in load_gazetteer().named("Kyiv") if bearer.place.level == CITY} == {True}


@pytest.mark.parametrize("name", ["", " ", "the", "Tarvosk", "...", "\x00", "\ud800", "a\tb", "a\nb", "zzzzzz", "0"])
def test_what_is_no_place_has_no_bearer(name: str) -> None:
    assert load_gazetteer().named(name) == ()


@given(st.text())
def test_any_name_can_be_looked_up(name: str) -> None:
    assert all(isinstance(bearer.place, Place) for bearer in load_gazetteer().named(name))


def test_every_row_can_be_found_by_its_own_name() -> None:
    gazetteer = load_gazetteer()
    rows = [gazetteer.place(at) for at in range(0, len(gazetteer), 997)]
    assert len(rows) > 50
    assert all(row.id in {bearer.place.id for bearer in gazetteer.named(row.name)} for row in rows if key(row.name))


def test_rows_are_in_order_and_sensible() -> None:
    gazetteer = load_gazetteer()
    places = [gazetteer.place(at) for at in range(len(gazetteer))]
    assert all(a.id < b.id for a, b in itertools.pairwise(places))
    assert {place.level for place in places} == {COUNTRY, SUBDIVISION, CITY}
    assert all(-90 <= p.latitude <= 90 and -180 <= p.longitude <= 180 and len(p.country) == 2 for p in places)


def test_it_knows_the_countries_of_the_lexicon_and_their_capitals() -> None:
    gazetteer, lexicons = load_gazetteer(), load_lexicons()
    assert {row["iso"] for row in lexicons["countries"]} <= gazetteer.countries.keys()
    seats = {
        place.country: place for place in map(gazetteer.place, range(len(gazetteer))) if place.id in gazetteer.seats
    }
    far = []
    for row in lexicons["cities"]:
        there = Place(0, "", CITY, row["iso"], "", float(row["latitude"]), float(row["longitude"]), 0)
        if row.flag("capital") and (row["iso"] not in seats or seats[row["iso"]].distance(there) > 60):
            far.append(row.key)
    # Countries with several seats of government, or whose capital has moved: the gazetteer names another.
    assert len(far) <= 6, far


def test_what_lies_in_what() -> None:
    gazetteer = load_gazetteer()
    [texas] = [b.place for b in gazetteer.named("Texas") if b.place.level == SUBDIVISION]
    [belgian] = [
        b.place for b in gazetteer.named("Limburg") if b.place.country == "BE" and b.place.level == SUBDIVISION
    ]
    paris = {b.place.country + b.place.division: b.place for b in gazetteer.named("Paris") if b.place.level == CITY}
    [hasselt] = [b.place for b in gazetteer.named("Hasselt") if b.place.country == "BE"]
    assert texas.holds(paris["USTX"])
    assert not texas.holds(paris["FR11"])
    assert gazetteer.countries["US"].holds(paris["USTX"])
    assert not gazetteer.countries["US"].holds(gazetteer.countries["US"])
    assert belgian.holds(hasselt)


def test_distances_go_around_the_earth() -> None:
    west, east = (Place(0, "", CITY, "", "", 0.0, longitude, 0) for longitude in (-179.5, 179.5))
    assert west.distance(east) == pytest.approx(111.2, abs=0.2)
    assert west.distance(west) == 0


def test_it_is_small_and_loads_quickly() -> None:
    assert sum(file.stat().st_size for file in FOLDER.glob("*.z")) < LARGEST
    load_gazetteer.cache_clear()
    start = time.process_time()
    load_gazetteer().named("Nairobi")
    assert time.process_time() - start < 0.6  # 0.08 s on a quiet machine


def test_importing_it_loads_nothing() -> None:
    code = "import onrecord.gazetteer as g; print(g.load_gazetteer.cache_info().currsize)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "0\n"


def test_who_made_it_is_credited_beside_it() -> None:
    credits_ = (FOLDER / "CREDITS.md").read_text(encoding="utf-8")
    assert "GeoNames" in credits_
    assert "CC BY 4.0" in credits_


def test_a_damaged_file_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gazetteer").mkdir()
    for name in ("places", "names"):
        (tmp_path / "gazetteer" / f"{name}.tsv.z").write_bytes(b"no table")
    monkeypatch.setattr(module.resources, "files", lambda _: tmp_path)
    load_gazetteer.cache_clear()
    with pytest.raises(BadRule, match=r"gazetteer.*cannot be read"):
        load_gazetteer()
    load_gazetteer.cache_clear()

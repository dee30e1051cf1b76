"""GeoJSON: valid by RFC 7946, longitude first; status, days and sources stand with every point."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import geojson
import pytest

from onrecord.errors import BadInput
from onrecord.export.geojson import write_geojson
from onrecord.record import Account, Status


def read_back(account: Account, out: Path) -> Any:
    (path,) = write_geojson(account, out)
    found = geojson.loads(path.read_text("utf-8"))
    assert isinstance(found, geojson.FeatureCollection)
    assert found.is_valid, found.errors()
    return found


def test_happenings_with_a_known_place_are_points(affair: Account, tmp_path: Path) -> None:
    found = read_back(affair, tmp_path / "a.geojson")
    (feature,) = found.features
    assert isinstance(feature, geojson.Feature)
    assert feature.geometry == geojson.Point([-2.25, 1.5])
    assert feature.id == "h-1"
    assert found["onrecord:without_place"] == 2
    told = feature.properties
    assert (told["line"], told["status"]) == ("Police in Port Anse seized the ferry Lark", "happened")
    assert (told["earliest"], told["latest"], told["edtf"]) == ("2023-05-03", "2023-05-09", "[2023-05-03..2023-05-09]")
    assert (told["place"], told["place_precision"], told["country"]) == ("Port Anse", "city", "OM")
    assert (told["disputed"], told["disputed_on"]) == (True, ["when"])
    assert [report["id"] for report in told["reports"]] == ["r-1", "r-2"]
    assert told["according_to"] == ["Ilda Venn, in The Ledger", "second.txt"]


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.HAPPENED])
def test_what_did_not_happen_says_so_on_the_map(affair: Account, status: Status, tmp_path: Path) -> None:
    changed = replace(affair, happenings=(replace(affair.happenings[0], status=status),))
    (feature,) = read_back(changed, tmp_path / "a.geojson").features
    assert feature.properties["status"] != "happened"
    assert feature.properties["line"].startswith(feature.properties["status"] + ": ")


def test_an_account_without_places(affair: Account, tmp_path: Path) -> None:
    nowhere = tuple(replace(entity, place=None) for entity in affair.entities)
    found = read_back(replace(affair, entities=nowhere), tmp_path / "a.geojson")
    assert (found.features, found["onrecord:without_place"]) == ([], 3)
    with pytest.raises(BadInput, match="is a folder; GeoJSON is one file"):
        write_geojson(affair, tmp_path)

"""FollowTheMoney: valid by its own model; what did not happen is no Event, and who has no name no Person."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from followthemoney import model
from followthemoney.proxy import EntityProxy

from onrecord.errors import BadInput
from onrecord.export.ftm import COLUMNS, TYPES, write_ftm
from onrecord.record import Account, Status

Row = dict[str, str]


def read_back(account: Account, out: Path) -> tuple[dict[str, EntityProxy], list[Row], list[dict[str, Any]]]:
    """The entities by id, checked by the library; the statements; the anchors."""
    entities, statements, anchors = write_ftm(account, out)
    proxies: dict[str, EntityProxy] = {}
    for line in entities.read_text("utf-8").splitlines():
        data = json.loads(line)
        schema = model.get(data["schema"])
        assert schema is not None
        assert not schema.abstract
        assert data["properties"].keys() <= schema.properties.keys()
        schema.validate(data)
        assert data["id"] not in proxies
        proxies[data["id"]] = model.get_proxy(data, cleaned=False)
    with statements.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, dialect=csv.unix_dialect))
    return proxies, rows, [json.loads(line) for line in anchors.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("which", ["account", "affair"])
def test_every_reference_leads_to_an_entity_of_the_right_schema(
    which: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    proxies, _, _ = read_back(request.getfixturevalue(which), tmp_path)
    for proxy in proxies.values():
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert prop.range is not None
                assert proxies[value].schema.is_a(prop.range), (prop, value)
            else:
                assert prop.type.validate(value), (prop, value)
        for name in proxy.schema.required:
            assert proxy.has(name), (proxy.schema, name)


def test_each_schema_has_what_it_is_for(affair: Account, tmp_path: Path) -> None:
    proxies, _, _ = read_back(affair, tmp_path)
    schemata = [proxy.schema.name for proxy in proxies.values()]
    assert {name: schemata.count(name) for name in sorted(set(schemata))} == {
        "Address": 1, "Article": 2, "Documentation": 1, "Event": 1, "Mention": 3, "Note": 4, "Occupancy": 1,
        "Person": 1, "Position": 1, "PublicBody": 1,
    }  # fmt: skip
    venn = proxies["e-3"]
    assert (venn.get("name"), venn.get("alias"), venn.get("proof")) == (["Ilda Venn"], ["Venn"], ["r-1", "r-2"])
    post = proxies["ro-1"]
    assert (post.get("startDate"), post.get("endDate"), post.get("status")) == (["2020-01-01"], [], ["former"])
    assert proxies[post.get("post")[0]].get("organization") == ["e-1"]
    assert (proxies["e-2"].get("latitude"), proxies["e-2"].get("longitude")) == (["1.5"], ["-2.25"])


def test_what_happened_is_an_event_with_its_articles_and_disputes(affair: Account, tmp_path: Path) -> None:
    proxies, _, _ = read_back(affair, tmp_path)
    event = proxies["h-1"]
    assert event.schema.name == "Event"
    assert event.get("proof") == ["r-1", "r-2"]
    assert event.get("date") == ["2023-05"]
    assert (event.get("startDate"), event.get("endDate")) == ([], [])
    assert (event.get("involved"), event.get("location"), event.get("addressEntity")) == (
        ["e-1"],
        ["Port Anse"],
        ["e-2"],
    )
    assert event.get("summary") == [
        "Status: happened. Disputed (when). When: a day between 3 and 9 May 2023. "
        "According to Ilda Venn, in The Ledger; second.txt."
    ]


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.HAPPENED])
def test_what_did_not_happen_is_no_event(affair: Account, status: Status, tmp_path: Path) -> None:
    happenings = tuple(replace(happening, status=status) for happening in affair.happenings)
    proxies, _, _ = read_back(replace(affair, happenings=happenings), tmp_path)
    assert not [proxy for proxy in proxies.values() if proxy.schema.is_a("Event")]
    (said,) = proxies["h-1"].get("description")
    assert said.startswith(status.value.replace("_", " ")) or status is Status.COUNTERFACTUAL
    assert "According to" in said


def test_what_is_disputed_in_itself_says_so_in_its_name(affair: Account, tmp_path: Path) -> None:
    disputed = replace(affair.happenings[0], disputed_on=("status",))
    proxies, _, _ = read_back(replace(affair, happenings=(disputed,)), tmp_path)
    assert proxies["h-1"].get("name") == ["disputed: Police in Port Anse seized the ferry Lark"]
    assert "Disputed (status)." in proxies["h-1"].get("summary")[0]


def test_who_has_no_name_is_no_entity(affair: Account, tmp_path: Path) -> None:
    proxies, _, _ = read_back(affair, tmp_path)
    assert "e-4" not in proxies
    names = [name for proxy in proxies.values() for name in proxy.names]
    assert not [name for name in names if "clerks" in name]
    assert proxies["s-2"].get("description") == ["“two clerks” (unnamed) denies: “that the crew fled” On terms: Two."]
    assert proxies["s-2"].get("entity") == []
    assert proxies["s-1"].get("entity") == ["e-3"]


def test_statements_are_the_entities_value_by_value_with_their_words(affair: Account, tmp_path: Path) -> None:
    proxies, rows, anchors = read_back(affair, tmp_path)
    assert tuple(rows[0]) == COLUMNS
    values = {(row["entity_id"], row["prop"], row["value"]) for row in rows}
    assert values == {(p.id, prop.name, value) for p in proxies.values() for prop, value in p.itervalues()}
    assert len({row["id"] for row in rows}) == len(rows)
    words = {
        row["id"]: " … ".join(target["selector"][1]["exact"] for target in row["target"] if "selector" in target)
        for row in anchors
    }
    anchored = [row for row in rows if row["origin"]]
    assert len(anchored) >= 12
    for row in anchored:
        if not row["origin"].startswith("urn:onrecord:ro-"):
            assert words[row["origin"]] == row["original_value"]
        assert row["original_value"]


def test_the_types_of_properties_are_those_of_the_model(affair: Account, tmp_path: Path) -> None:
    proxies, rows, _ = read_back(affair, tmp_path)
    for row in rows:
        prop = proxies[row["entity_id"]].schema.get(row["prop"])
        assert prop is not None
        assert prop.type.name == TYPES.get(row["prop"], "string") == row["prop_type"]


def test_names_with_odd_characters_and_an_empty_account(account: Account, tmp_path: Path) -> None:
    odd = replace(account.entities[1], name="Ilda\x00\n \x1b[31mVenn\u202e", aliases=("",))
    proxies, _, _ = read_back(replace(account, entities=(account.entities[0], odd, account.entities[2])), tmp_path)
    assert proxies["e-2"].get("name") == ["Ilda Venn"]
    empty = Account(account.made, (), (), ())
    assert read_back(empty, tmp_path / "empty") == ({}, [], [])


def test_a_date_is_as_exact_as_it_is_known(affair: Account, tmp_path: Path) -> None:
    (happening, *_) = affair.happenings
    assert happening.when is not None
    for when, expected in (
        (replace(happening.when, throughout=True), ([], ["2023-05-03"], ["2023-05-09"])),
        (replace(happening.when, approximate=True), ([], [], [])),
        (replace(happening.when, start=None), ([], [], [])),
        (None, ([], [], [])),
    ):
        proxies, _, _ = read_back(replace(affair, happenings=(replace(happening, when=when),)), tmp_path)
        event = proxies["h-1"]
        assert (event.get("date"), event.get("startDate"), event.get("endDate")) == expected


def test_an_inferred_date_of_a_report_is_no_date_of_publication(affair: Account, tmp_path: Path) -> None:
    (one, two) = affair.readings
    assert one.published is not None
    proxies, _, _ = read_back(affair, tmp_path)
    assert proxies["r-1"].get("publishedAt") == ["2023-03-09"]
    guessed = replace(one, published=replace(one.published, inferred=True))
    proxies, _, _ = read_back(replace(affair, readings=(guessed, two)), tmp_path)
    assert proxies["r-1"].get("publishedAt") == []
    assert proxies["r-1"].get("notes") == ["Published 9 Mar 2023 14:30, inferred."]


def test_a_file_in_the_way_is_named(account: Account, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with pytest.raises(BadInput, match="taken: is a file; FollowTheMoney needs a folder"):
        write_ftm(account, tmp_path / "taken")

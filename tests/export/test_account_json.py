"""account/1 as it is written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from onrecord.export.account_json import account_json, write_json
from onrecord.record import Account, Entity, Kind


def test_days_are_written_with_both_ends_included(account: Account) -> None:
    (time,) = account_json(account)["times"]
    interval = time["interval"]
    assert (interval["earliest"], interval["latest"]) == ("2023-03-06", "2023-03-06")
    assert interval["alternatives"] == [
        {"earliest": "2023-03-13", "latest": "2023-03-13", "why": "the clause is in the past"}
    ]
    assert "clock" not in interval
    assert account_json(account)["reports"][0]["published"]["clock"] == "14:30"


def test_a_mention_left_open_stands_under_each_entity_it_could_be(account: Account) -> None:
    entities = {entity["id"]: entity for entity in account_json(account)["entities"]}
    text = account.readings[0].document.text
    assert [text[slice(*place["anchor"])] for place in entities["e-1"]["open"]] == ["her"]
    assert entities["e-1"]["open"] == entities["e-2"]["open"]
    assert all(text[slice(*m["anchor"])] != "her" for entity in entities.values() for m in entity["mentions"])


def test_roles_stand_with_their_holder(account: Account) -> None:
    entities = {entity["id"]: entity for entity in account_json(account)["entities"]}
    (role,) = entities["e-2"]["roles"]
    assert (role["title"], role["of"], role["former"]) == ("Captain", "e-3", False)
    assert entities["e-1"]["roles"] == []


def test_actors_and_recipients_are_lists_and_others_keep_their_part(account: Account) -> None:
    event = account_json(account)["events"][0]
    assert (event["actors"], event["recipients"]) == (["e-2"], [])
    assert event["others"] == [{"part": "witness", "entity": "e-1"}]


def test_the_entities_of_a_case_replace_those_of_its_reports(account: Account) -> None:
    joined = Entity("e-0", Kind.PERSON, True, "Ilda Venn", ("m-2",), members=("e-0", "e-2"))
    others = tuple(entity for entity in account.entities if entity.id != "e-2")
    shown = account_json(replace(account, entities=(joined, *others), happenings=()))
    assert shown["events"][0]["actors"] == ["e-0"]
    assert shown["statements"][0]["addressee"] == "e-0"
    assert shown["statements"][0]["source"]["with"] == ["e-0"]
    assert [m["anchor"] for e in shown["entities"] if e["id"] == "e-0" for m in e["mentions"]] != []
    assert shown["entities"][0].pop("members") == ["e-0", "e-2"]
    assert "e-2" not in json.dumps(shown)


def test_written_and_read_back_it_is_the_same(account: Account, tmp_path: Path) -> None:
    (path,) = write_json(account, tmp_path / "account.json")
    assert json.loads(path.read_text(encoding="utf-8")) == account_json(account)


def anchors(value: Any, report: str | None = None) -> list[tuple[str | None, list[int]]]:
    """Every pair of whole numbers in an account that stands where an anchor does."""
    if isinstance(value, dict):
        report = value.get("report", report)
        return [a for key, part in value.items() if key != "authors" for a in anchors(part, report)]
    if isinstance(value, list) and len(value) == 2 and all(type(part) is int for part in value):
        return [(report, value)]
    return [a for part in value for a in anchors(part, report)] if isinstance(value, list) else []


def test_every_anchor_lies_in_its_text(account: Account) -> None:
    found = anchors({key: part for key, part in account_json(account).items() if key != "made"})
    assert len(found) > 30
    assert all(0 <= start < end <= len(account.readings[0].document.text) for _, (start, end) in found)


def test_links_of_a_report_come_first_and_say_which(account: Account) -> None:
    links = account_json(account)["links"]
    assert [(link["id"], link["report"], link["kind"]) for link in links] == [
        ("k-1", "r-1", "before"),
        ("l-1", None, "same_entity"),
    ]

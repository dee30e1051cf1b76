"""The JSON Schema of account/1: it is a schema, it says what the program says, and accounts keep to it."""

from __future__ import annotations

import copy
import json
from importlib import resources
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from onrecord import record
from onrecord.export.account_json import account_json
from onrecord.record import Account

SCHEMA: dict[str, Any] = json.loads(resources.files("onrecord").joinpath("schema/account-1.schema.json").read_bytes())


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def closed_lists(value: Any) -> list[set[str]]:
    if isinstance(value, dict):
        own = [set(value["enum"]) - {None}] if "enum" in value else []
        return own + [found for part in value.values() for found in closed_lists(part)]
    return [found for part in value for found in closed_lists(part)] if isinstance(value, list) else []


@pytest.mark.parametrize(
    "noun",
    [
        record.Kind, record.Form, record.SourceKind, record.Manner, record.StatementKind, record.Stance,
        record.ChannelKind, record.Status, record.EventType, record.Precision, record.Basis, record.TimeKind,
        record.LinkKind,
    ],
)  # fmt: skip
def test_its_closed_lists_are_the_program_s(noun: type[record.Kind]) -> None:
    assert {word.value for word in noun} in closed_lists(SCHEMA["$defs"])


def test_a_made_account_keeps_to_it(account: Account) -> None:
    Draft202012Validator(SCHEMA).validate(account_json(account))


def test_a_wrong_account_does_not(account: Account) -> None:
    shown = account_json(account)
    for spoil in (
        lambda a: a.pop("events"),
        lambda a: a["events"][0].update(status="perhaps"),
        lambda a: a["events"][0].update(certainty=4),
        lambda a: a["statements"][0]["source"].pop("terms"),
        lambda a: a["times"][0].update(anchor=[3]),
        lambda a: a["entities"][0].update(surprise=1),
    ):
        spoiled = copy.deepcopy(shown)
        spoil(spoiled)
        with pytest.raises(ValidationError):
            Draft202012Validator(SCHEMA).validate(spoiled)

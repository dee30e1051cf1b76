"""Positions: what can be set against what. Invented affairs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.join.says.positions import Position, agree, differ, is_firm, positions
from onrecord.record import Basis, Entity, Kind, Location, Quantity, Span, Status, TimeInterval
from tests.join.made import Report, day, shared, told

TEXT = "On Friday Orla Dune shut 90 sluices in Velm."


def made(value: Quantity | TimeInterval | Entity | Status, field: str = "quantity") -> Position:
    report = Report("r1", TEXT)
    report.event("shut", "shut")
    (one,) = told([report.reading()])[0]
    return Position(field, "", value, one, one.voices[0], Span(0, 1))


def number(least: int | None, most: int | None, approximate: bool = False) -> Position:
    return made(Quantity("q", Span(0, 1), least, most, "sluice", approximate))


def place(id_: str, latitude: float, country: str = "XA", precision: str = "city") -> Position:
    at = Location(latitude, 0.0, country, id_, precision)
    return made(Entity(id_, Kind.PLACE, True, id_, (), place=at), "where")


def test_a_telling_has_a_position_on_each_thing_that_it_tells() -> None:
    report = Report("r1", TEXT)
    orla, velm = report.who("Orla Dune"), report.who("Velm", Kind.PLACE)
    report.number("90", "sluice", "ev-r1-shut")
    report.event("shut", "shut", actors=[orla], where=velm, when=day(5))
    reading = report.reading()
    at = replace(reading.entities[1], place=Location(1.0, 1.0, "XA", "1", "city"))
    reading = replace(reading, entities=(reading.entities[0], at))
    (one,) = told([reading])[0]
    found = {position.field: position.words.cut(TEXT) for position in positions(one, shared([reading]))}
    assert set(found) == {"status", "quantity", "when", "where", "actors"}
    assert (found["quantity"], found["where"], found["actors"]) == ("90", "Velm", "Orla Dune")


def test_only_what_happened_has_details_to_contradict() -> None:
    report = Report("r1", TEXT)
    report.number("90", "sluice", "ev-r1-shut")
    report.event("shut", "shut", Status.PLANNED, when=day(5))
    (one,) = told([report.reading()])[0]
    assert [position.field for position in positions(one, {})] == ["status"]


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        (number(90, 90), number(64, 64), True),
        (number(60, 70), number(64, 64), False),
        (number(90, None), number(None, 64), True),
        (number(90, 90, True), number(85, 85), False),
        (number(1200, 1200), number(1184, 1184), False),
        (number(1200, 1200), number(1284, 1284), True),
        (made(day(5), "when"), made(day(6), "when"), True),
        (made(day(5), "when"), made(day(1, days=30), "when"), False),
        (made(Status.HAPPENED, "status"), made(Status.DENIED, "status"), True),
        (made(Status.DENIED, "status"), made(Status.DID_NOT_HAPPEN, "status"), False),
        (made(Status.HAPPENED, "status"), made(Status.PLANNED, "status"), False),
        (place("Velm", 1.0), place("Ostrell", 9.0), True),
        (place("Velm", 1.0), place("Ostrell", 1.1), False),
        (place("Velm", 1.0), place("Tovia", 9.0, precision="country"), False),
        (number(90, 90), made(day(5), "when"), False),
    ],
)
def test_two_positions_differ_only_if_they_cannot_both_be_right(one: Position, other: Position, differs: bool) -> None:
    assert differ(one, other) is differs
    assert differ(other, one) is differs
    assert not (differs and agree(one, other))


def test_days_that_were_inferred_or_are_many_stand_for_nothing() -> None:
    assert is_firm(day(5))
    assert not is_firm(day(1, days=60))
    assert not is_firm(replace(day(5), approximate=True))
    assert not is_firm(replace(day(5), end=None))
    assert not is_firm(replace(day(5), basis=next(basis for basis in Basis if basis.value not in {
        "explicit", "publication", "expression", "quotation"})))  # fmt: skip

"""Conflicts: agreement, contradiction and change between the tellings of one event. Invented affairs."""

from __future__ import annotations

import itertools
from typing import Any

from onrecord.join.says.conflicts import compare_tellings
from onrecord.record import Link, LinkKind, Reading, Status
from tests.join.made import Report, day, shared, told

TEXT = "Orla Dune said the ferry Curlew left Velm with 90 goats on Friday."


def report(id_: str, outlet: str = "", status: Status = Status.HAPPENED, **more: Any) -> Reading:
    made = Report(id_, TEXT, outlet, published=int(id_[-1]))
    by = made.who("Orla Dune") if more.pop("sourced", False) else None
    if more.pop("counted", True):
        made.number("90", "goat", f"ev-{id_}-left", **more.pop("number", {}))
    made.event("left", "leave", status, by=by, same_as="ev-r1-left" if id_ != "r1" else None, **more)
    return made.reading()


def links(*readings: Reading) -> list[Link]:
    tellings, _ = told(readings)
    return sorted(compare_tellings(tellings, shared(readings), {}), key=lambda link: (link.field or "", link.id))


def found(*readings: Reading) -> list[tuple[LinkKind, str | None]]:
    return [(link.kind, link.field) for link in links(*readings)]


def test_two_outlets_agree_and_two_voices_contradict_each_other() -> None:
    assert (LinkKind.AGREES, "status") in found(report("r1"), report("r2"))
    assert (LinkKind.CONTRADICTS, "status") in found(report("r1"), report("r2", status=Status.DENIED, sourced=True))
    assert (LinkKind.CONTRADICTS, "when") in found(report("r1", when=day(5)), report("r2", when=day(6)))


def test_no_note_takes_a_side() -> None:
    (link,) = links(report("r1"), report("r2", status=Status.DID_NOT_HAPPEN))
    assert link.reasons[0].note == "one says that it happened, but another that it did not happen"
    assert link.left_spans
    assert link.right_spans


def test_an_outlet_that_later_tells_it_otherwise_has_changed_its_word() -> None:
    changed = found(report("r1", "The Heron", when=day(5)), report("r2", "The Heron", when=day(6)))
    assert changed == [(LinkKind.UPDATES, "when")]


def test_what_was_planned_and_happened_is_no_contradiction() -> None:
    (link,) = links(report("r1", status=Status.PLANNED), report("r2"))
    assert (link.kind, link.reasons[0].note) == (
        LinkKind.UPDATES,
        "first told that it is planned, then that it happened",
    )
    assert (link.left, link.right) == ("ev-r2-left", "ev-r1-left")


def test_what_one_voice_says_twice_in_one_report_is_nothing() -> None:
    reading = report("r1")
    assert not links(reading)


def test_who_says_one_thing_and_then_another_contradicts_himself() -> None:
    changed = report("r1", sourced=True), report("r2", status=Status.DENIED, sourced=True)
    assert (LinkKind.CONTRADICTS, "status") in found(*changed)


def test_the_order_of_the_reports_changes_nothing() -> None:
    made = [report("r1", when=day(5)), report("r2", when=day(6)), report("r3", status=Status.DENIED)]
    assert len({tuple(links(*order)) for order in itertools.permutations(made)}) == 1

"""Plans and what came of them. Invented affairs."""

from __future__ import annotations

from typing import Any

from onrecord.join.says.plans import compare_plans
from onrecord.record import Link, LinkKind, Reading, Status
from tests.join.made import Report, day, shared, told

AHEAD = "The Ostrell lock commission will inspect the sluice gates for the second time."
DONE = "The lock commission inspected the sluice gates for the second time."


def links(*readings: Reading) -> list[Link]:
    tellings, _ = told(readings)
    return sorted(compare_plans([[one] for one in tellings], shared(readings)), key=lambda link: link.id)


def plan(id_: str = "r1", text: str = AHEAD, **more: Any) -> Reading:
    made = Report(id_, text, published=int(id_[1:]))
    made.event("inspect", "inspect", Status.PLANNED, **{"when": day(5), **more})
    return made.reading()


def deed(id_: str = "r6", text: str = DONE, **more: Any) -> Reading:
    made = Report(id_, text, published=int(id_[1:]))
    made.event("inspected", "inspect", **{"when": day(5), **more})
    return made.reading()


def test_a_plan_and_its_deed_of_one_day_are_a_change_and_no_contradiction() -> None:
    (link,) = links(plan(), deed())
    assert (link.kind, link.field) == (LinkKind.UPDATES, "status")
    assert (link.left, link.right) == ("ev-r6-inspected", "ev-r1-inspect")
    assert links(deed(), plan()) == [link]


def test_another_day_another_time_or_another_thing_is_another_deed() -> None:
    assert not links(plan(), deed(when=day(6)))
    assert not links(plan(), deed(when=None))
    assert not links(plan(), deed(text=DONE.replace("second", "third")))
    assert not links(plan(text="They will inspect it."), deed())


def test_what_was_told_before_the_plan_did_not_come_of_it() -> None:
    assert not links(plan("r8", when=day(5)), deed("r6"))


def test_of_a_verb_that_says_little_the_act_beside_it_counts() -> None:
    made = Report("r1", "The second hearing on the sluice gates is to be held on Friday.", published=1)
    made.event("hearing", "hearing", Status.PLANNED, when=None)
    made.event("held", "hold", Status.PLANNED, when=day(5))
    other = Report("r6", "The lock commission had its second hearing behind closed doors.", published=6)
    other.event("hearing", "hearing", when=day(5))
    (link,) = links(made.reading(), other.reading())
    assert link.right == "ev-r1-held"

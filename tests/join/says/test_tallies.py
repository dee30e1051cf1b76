"""Tallies: numbers of one thing in dispute, whatever the verb. Invented affairs."""

from __future__ import annotations

import itertools

from onrecord.join.says.tallies import compare_tallies, tally_reasons
from onrecord.record import Link, LinkKind, Reading, Status
from tests.join.made import Report, day, told

FIND = "Customs officers seized 900 drums of solvent in the Ostrell salt works, the revenue office said."
COUNT = "The mayor of Ostrell said her guards had counted 640 drums of solvent in the salt works."


def links(*readings: Reading) -> list[Link]:
    tellings, speakers = told(readings)
    return sorted(compare_tallies(tellings, speakers), key=lambda link: link.id)


def report(id_: str, text: str, number: str, trigger: str, predicate: str, **more: object) -> Report:
    made = Report(id_, text, published=int(id_[-1]))
    for name in ("Ostrell", "Velm", "Orla Dune"):
        if name in text:
            made.who(name)
    made.number(number, str(more.pop("unit", "drum")), f"ev-{id_}-{trigger}")
    made.event(trigger, predicate, **more)
    return made


def find(id_: str = "r1") -> Reading:
    return report(id_, FIND, "900", "seized", "seize").reading()


def test_two_verbs_and_two_numbers_of_one_find_contradict_each_other() -> None:
    (link,) = links(find(), report("r2", COUNT, "640", "counted", "count").reading())
    assert (link.kind, link.field) == (LinkKind.CONTRADICTS, "quantity")
    assert "“900”" in link.reasons[0].note
    assert "“640”" in link.reasons[0].note


def test_the_order_of_the_reports_changes_nothing() -> None:
    made = [find(), report("r2", COUNT, "640", "counted", "count").reading(),
            report("r3", FIND.replace("900", "700"), "700", "seized", "seize").reading()]  # fmt: skip
    found = {tuple(links(*order)) for order in itertools.permutations(made)}
    assert len(found) == 1
    assert len(found.pop()) == 3


def test_other_contents_make_another_find() -> None:
    other = COUNT.replace("of solvent", "of honey")
    assert not links(find(), report("r2", other, "640", "counted", "count").reading())


def test_a_round_number_is_the_exact_one_rounded() -> None:
    exact = COUNT.replace("640", "904")
    assert not links(find(), report("r2", exact, "904", "counted", "count").reading())


def test_what_is_planned_or_measured_is_no_tally() -> None:
    planned = report("r2", COUNT, "640", "counted", "count", status=Status.PLANNED).reading()
    assert not links(find(), planned)
    hours = [
        report("r1", FIND, "900", "seized", "seize", unit="hour").reading(),
        report("r2", COUNT, "640", "counted", "count", unit="hour").reading(),
    ]
    assert not links(*hours)


def test_reports_far_apart_in_time_need_more_than_words() -> None:
    late = report("r2", COUNT, "640", "counted", "count")
    late.published = day(20, 9)
    assert not links(find(), late.reading())


def test_a_figure_without_a_noun_is_that_of_the_things_before_and_of_its_owner() -> None:
    text = FIND + " The figure of 640 given by the mayor was wrong, and the guards left."
    made = report("r1", text, "900", "seized", "seize")
    made.who("the mayor", named=False)
    made.event("left", "leave")
    (link,) = links(made.reading())
    assert link.kind is LinkKind.CONTRADICTS
    assert {made.text[span.start : span.end] for span in (*link.left_spans, *link.right_spans)} == {"900", "640"}
    assert [reason.rule for reason in tally_reasons(made.reading())] == ["tally-verbs#seize", "tally-nouns#figure"]


def test_a_toll_that_rises_is_told_later_and_contradicts_nobody() -> None:
    first = "The fire in the Ostrell salt works injured 6 people on the solvent pier."
    later = "The number of people hurt in the Ostrell salt works on the solvent pier rose to 14."
    one = report("r1", first, "6", "injured", "injure", unit="people").reading()
    other = report("r2", later, "14", "rose", "rise", unit="people").reading()
    (link,) = links(one, other)
    assert link.kind is LinkKind.UPDATES
    assert "number raised" in link.reasons[0].note

"""Denials set against what they deny, and what they do not deny. Invented affairs."""

from __future__ import annotations

from onrecord.join.says.denials import company_reasons, compare_denials
from onrecord.record import Kind, Link, LinkKind, Reading, Status
from tests.join.made import Report, day, shared, told

SPENT = "Orla Dune spent an evening at the Heron Inn with Piet Sallow."
NEVER = "Orla Dune had never met Piet Sallow."


def links(*readings: Reading) -> list[Link]:
    tellings, _ = told(readings)
    return sorted(compare_denials([[one] for one in tellings], shared(readings)), key=lambda link: link.id)


def affirmed(id_: str = "r1", text: str = SPENT, word: str = "spent", verb: str = "spend", **more: object) -> Reading:
    made = Report(id_, text, published=int(id_[-1]))
    people = [made.who(name) for name in ("Orla Dune", "Piet Sallow") if name in text]
    if "Heron Inn" in text:
        made.who("Heron Inn", Kind.PLACE)
    made.event(word, verb, actors=people, **more)
    return made.reading()


def denied(id_: str = "r2", text: str = NEVER, word: str = "met", verb: str = "meet", **more: object) -> Reading:
    made = Report(id_, text, published=int(id_[-1]))
    people = [made.who(name) for name in ("Orla Dune", "Piet Sallow") if name in text]
    made.event(word, verb, Status.DENIED, actors=people, by=next(iter(people), None), **more)
    return made.reading()


def test_who_denies_that_two_ever_met_denies_their_evening() -> None:
    (link,) = links(affirmed(), denied())
    assert (link.kind, link.field) == (LinkKind.CONTRADICTS, "status")
    assert link.reasons[0].note == "one says that it happened, but another that it did not happen"
    assert [reason.rule for reason in company_reasons(affirmed())] == ["company-words#spend"]


def test_the_order_of_the_reports_changes_nothing() -> None:
    assert links(affirmed(), denied()) == links(denied(), affirmed())


def test_others_who_met_are_not_denied() -> None:
    assert not links(affirmed(text="Orla Dune met the mayor.", word="met", verb="meet"), denied())


def test_a_meal_denied_is_not_every_meeting() -> None:
    dined = denied(text="Orla Dune denied that she had dined with Piet Sallow.", word="dined", verb="dine")
    assert not links(affirmed(text="Orla Dune met Piet Sallow.", word="met", verb="meet"), dined)
    assert links(affirmed(text="Orla Dune had lunch with Piet Sallow.", word="lunch", verb="lunch"), dined)


def test_a_denial_that_names_nobody_is_of_the_company_that_its_report_tells_of() -> None:
    made = Report("r2", SPENT + " There was no dinner.", published=2)
    people = [made.who("Orla Dune"), made.who("Piet Sallow")]
    made.event("spent", "spend", actors=people)
    made.event("dinner", "dinner", Status.DENIED, by=made.who("her clerk", named=False))
    other = affirmed(text="Orla Dune and Piet Sallow dined at the Heron Inn.", word="dined", verb="dine")
    found = links(other, made.reading())
    assert [link.kind for link in found] == [LinkKind.CONTRADICTS] * 2
    assert {id_ for link in found for id_ in (link.left, link.right)} >= {"ev-r2-dinner", "ev-r1-dined"}


def test_what_was_done_often_or_after_the_denial_is_not_what_was_denied() -> None:
    assert not links(affirmed(text="Orla Dune met Piet Sallow on four occasions.", word="met", verb="meet"), denied())
    assert not links(affirmed("r3", when=day(3)), denied())


def test_other_acts_need_one_word_and_a_name_and_a_rare_word() -> None:
    gave = affirmed(text="Orla Dune promised the harpsichord to a bakery.", word="promised", verb="promise")
    no = "Orla Dune denied that she had promised the harpsichord."
    assert links(gave, denied(text=no, word="promised", verb="promise"))
    assert not links(gave, denied(text=no.replace("harpsichord", "lease"), word="promised", verb="promise"))

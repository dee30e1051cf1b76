"""Sameness: two tellings of one event, look-alikes, reasons, and the bounds of joining. Invented affairs."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.join.what.sameness import AT, NAMES, Slot, Stand, compare
from onrecord.join.what.signs import rarity, stem
from onrecord.join.what.telling import Days, Number, Point, Setting, Telling, content_words, gist
from onrecord.record import EventType, Status

TEXT = (
    "Lorm police arrested Ana Belo on the Almer pier on 3 May after the harbour strike. The union of dockers protested."
)
OTHER = "The parliament of Tovia debated a tax on sugar. The finance minister, Eva Torm, spoke for an hour."
LORM = Point(("lorm",), "XA", 10.0, 20.0, "city")
PLACES = {"lorm": LORM, "tovia": Point(("tovia",), "XB", -30.0, 90.0, "city")}


def day(month: int, number: int, explicit: bool = True) -> Days:
    first = date(2023, month, number).toordinal()
    return Days(first, first + 1, "day", explicit)


def telling(report: str, words: str, verb: str, clause: str = "", **more: object) -> Telling:
    event = f"{report}-{words}"
    told = content_words(clause)
    base = Telling(
        event, report, event, words, verb, EventType.OTHER, "", Status.HAPPENED, clause=told, sentence=told, at=40
    )
    return replace(base, **more)  # type: ignore[arg-type]


def setting(report: str, text: str = TEXT, people: tuple[str, ...] = ("ana belo",)) -> Setting:
    return Setting(report, "", None, (*people, "lorm", "almer pier"), len(text), gist(text), people)


CLAUSE = "Lorm police took Ana Belo from the Almer pier after the harbour strike"
ARREST = telling(
    "r1", "arrested", "arrest", CLAUSE, actors=("lorm police",), recipients=("ana belo",), where=LORM, when=day(5, 3)
)


def again(**more: object) -> Telling:
    return replace(ARREST, **({"event": "e2", "report": "r2"} | more))  # type: ignore[arg-type]


def sameness(one: Telling, other: Telling, text: str = TEXT) -> float:
    return compare(one, other, setting("r1"), setting("r2", text)).score


@pytest.mark.parametrize(
    "words", [("arrested", "arrest"), ("detained", "detain"), ("arrest", "arrest"), ("apprehended", "apprehend")]
)
def test_one_event_in_other_words_is_one(words: tuple[str, str]) -> None:
    found = compare(ARREST, again(words=words[0], verb=words[1]), setting("r1"), setting("r2"))
    assert found.may_join()
    assert found.score > 0.5
    assert {Slot.ACTOR, Slot.RECIPIENT, Slot.PLACE, Slot.TIME, Slot.COMPANY} <= set(found.agreeing)


def test_a_verb_that_leaves_it_to_its_object_is_read_with_it() -> None:
    taken = again(words="taken", verb="take", after=("into", "custody", "by"))
    assert compare(ARREST, taken, setting("r1"), setting("r2")).may_join()


def test_acts_that_have_nothing_to_do_with_each_other_are_not_looked_at() -> None:
    found = compare(ARREST, again(words="sang", verb="sing"), setting("r1"), setting("r2"))
    assert found.score == 0.0
    assert not found.may_join(0.0)
    assert set(found.slots.values()) == {Stand.UNKNOWN}
    assert "tell different things" in found.reasons[0].note


def test_each_thing_that_differs_makes_it_less_likely() -> None:
    known = sameness(ARREST, again())
    assert sameness(ARREST, again(recipients=("eva torm",))) < known
    assert sameness(ARREST, again(actors=("tovia guards",))) < known
    assert sameness(ARREST, again(), OTHER) < known


def test_unlike_reports_about_unlike_people_do_not_join() -> None:
    other = again(actors=("tovia guards",), recipients=("eva torm",), where=PLACES["tovia"], clause=("sugar", "tax"))
    assert not compare(ARREST, other, setting("r1"), setting("r2", OTHER, ("eva torm",))).may_join()


def test_the_day_after_is_disputed_but_one_event() -> None:
    found = compare(ARREST, again(when=day(5, 4)), setting("r1"), setting("r2"))
    assert found.may_join()
    assert found.stand(Slot.TIME) is Stand.DIFFER
    assert any("3 May 2023" in reason.note and "against it" in reason.note for reason in found.reasons)


def test_explicit_days_far_apart_forbid_and_inferred_ones_do_not() -> None:
    assert compare(ARREST, again(when=day(8, 3)), setting("r1"), setting("r2")).forbidden
    assert not compare(ARREST, again(when=day(8, 3)), setting("r1"), setting("r2")).may_join(0.0)
    assert not compare(ARREST, again(when=day(8, 3, explicit=False)), setting("r1"), setting("r2")).forbidden
    assert not compare(ARREST, again(when=None), setting("r1"), setting("r2")).forbidden


def test_other_numbers_are_against_it_and_do_not_forbid() -> None:
    dead, more = (Number("q", count, count, "person", "~miner") for count in (13, 15))
    one = telling("r1", "died", "die", CLAUSE, numbers=(dead,), where=LORM)
    found = compare(one, replace(one, report="r2", numbers=(more,)), setting("r1"), setting("r2"))
    assert found.stand(Slot.NUMBER) is Stand.DIFFER
    assert found.score < sameness(one, replace(one, report="r2"))
    assert found.may_join()


def test_the_second_meeting_is_less_likely_the_third() -> None:
    second, third = (telling(f"r{n}", "meeting", "meeting", CLAUSE, before=("the", word)) for n, word in
                     ((1, "second"), (2, "third")))  # fmt: skip
    same = replace(second, report="r2")
    assert sameness(second, third) < sameness(second, same)


def test_nobody_unnamed_is_compared_with_a_name() -> None:
    found = compare(ARREST, again(recipients=("~docker",)), setting("r1"), setting("r2"))
    assert found.stand(Slot.RECIPIENT) is Stand.UNKNOWN


def test_fewer_than_two_slots_do_not_join_however_likely() -> None:
    bare = telling("r1", "arrested", "arrest")
    found = compare(bare, replace(bare, report="r2"), setting("r1"), setting("r2"))
    assert found.agreeing == (Slot.COMPANY,)
    assert not found.may_join(0.0)
    assert found.may_join(0.0, slots=1)


def test_status_plays_no_part() -> None:
    assert sameness(ARREST, again(status=Status.DENIED)) == sameness(ARREST, again())


def test_the_reasons_say_why_in_words() -> None:
    notes = [reason.note for reason in compare(ARREST, again(words="detained", verb="detain"),
                                               setting("r1"), setting("r2")).reasons]  # fmt: skip
    assert any('"arrested"' in note and '"detained"' in note for note in notes)
    assert "the same actor: lorm police" in notes
    assert "both are at lorm" in notes
    assert "both happened on 3 May 2023" in notes
    against = compare(ARREST, again(where=PLACES["tovia"]), setting("r1"), setting("r2")).reasons[-1]
    assert against.note == "against it: one is at lorm, the other at tovia"
    assert against.rule.startswith("same-event.against")


NAMED = st.lists(st.sampled_from(["ana belo", "belo", "~docker", "eva torm"]), max_size=2, unique=True).map(tuple)
TELLINGS = st.builds(
    again,
    words=st.sampled_from(["arrested", "arrest", "seized", "said", ""]),
    verb=st.sampled_from(["arrest", "seize", "take", "say"]),
    actors=NAMED,
    recipients=NAMED,
    where=st.sampled_from([None, *PLACES.values()]),
    when=st.sampled_from([None, day(5, 3), day(5, 4), Days(None, 738_000)]),
    clause=st.lists(st.sampled_from(["harbour", "strike", "pier", "second", "third"]), unique=True).map(tuple),
    after=st.sampled_from([(), ("into", "custody"), ("in",)]),
)
SETTINGS = st.sampled_from([setting("s1"), setting("s2", OTHER, ()), Setting("s3", "", None, (), 0)])


@given(TELLINGS, TELLINGS, SETTINGS, SETTINGS)
def test_it_goes_both_ways_and_is_a_probability(one: Telling, other: Telling, here: Setting, there: Setting) -> None:
    found, turned = compare(one, other, here, there), compare(other, one, there, here)
    assert found.score == turned.score
    assert found.slots == turned.slots
    assert 0 <= found.score <= 1
    assert len(found.signs) in {0, len(NAMES)}
    assert found.reasons
    assert all(0 <= reason.weight <= 1 for reason in found.reasons)


def test_stems_and_rarity() -> None:
    assert stem("arrested") == stem("arrests")
    assert rarity("qqq") > rarity(stem("year"))
    assert set(AT) == set(NAMES)


def test_it_is_quick() -> None:
    days = [again(event=f"e{n}", at=n, when=day(5, 1 + n % 20)) for n in range(400)]
    others = [replace(one, words="sang", verb="sing") for one in days]
    here, there = setting("r1"), setting("r2")
    took = []
    for many in (days, others):
        begin = time.perf_counter()
        for one in many:
            compare(ARREST, one, here, there)
        took.append((time.perf_counter() - begin) / len(many))
    assert took[0] < 0.002
    assert took[1] < 0.001

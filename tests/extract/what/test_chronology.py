"""Chronology: acts without a time of their own, bounded by the acts and times that the report sets them against."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.record import Basis, Event, Reading, Status

ReadText = Callable[..., Reading]
REPORT = "2014-06-20"


def told(reading: Reading, trigger: str) -> Event:
    found = [e for e in reading.events if e.trigger.cut(reading.document.text) == trigger]
    assert found, f"no event {trigger!r} in {reading.document.text!r}"
    return found[-1]


def stretch(event: Event) -> tuple[str | None, str | None] | None:
    if event.when is None:
        return None
    return tuple(day.isoformat() if day else None for day in (event.when.start, event.when.end))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "trigger", "start", "end"),
    [  # the report is of 20 June 2014; the day after the last day is not part of a stretch
        ("The council met after the mayor resigned on 3 May 2014.", "met", "2014-05-03", "2014-06-21"),
        ("The council met before the mayor resigned on 3 May 2014.", "met", None, "2014-05-04"),
        ("After the mayor resigned on 3 May 2014, the council met.", "met", "2014-05-03", "2014-06-21"),
        (
            "Rebels attacked the port. The mayor resigned on 3 May 2014, after rebels attacked the port.",
            "attacked",
            None,
            "2014-05-04",
        ),
        (
            "Police arrested the mayor when rebels attacked the port on 3 May 2014.",
            "arrested",
            "2014-05-03",
            "2014-05-04",
        ),
        (
            "A strike began on 3 May 2014. Police arrested the mayor during the strike.",
            "arrested",
            "2014-05-03",
            "2014-05-04",
        ),
        (
            "Rebels attacked the port on 3 May 2014. The army then besieged the town.",
            "besieged",
            "2014-05-03",
            "2014-06-21",
        ),
        ("The raid of 3 May 2014 triggered a strike.", "strike", "2014-05-03", "2014-06-21"),
        ("A strike followed the raid of 3 May 2014.", "strike", "2014-05-03", "2014-06-21"),
        ("The talks, which took place in May 2014, failed.", "talks", "2014-05-01", "2014-06-01"),
        ("The talks held in May 2014 failed.", "talks", "2014-05-01", "2014-06-01"),
        ("They praised the talks with the envoy, which were held in May 2014.", "talks", "2014-05-01", "2014-06-01"),
        (
            "The siege, which began in January and continued into May, killed two guards.",
            "siege",
            "2014-01-01",
            "2014-06-01",
        ),
        (
            "The first raid took place in May 2013. The second raid ended a strike.",
            "raid",
            "2013-05-01",
            "2014-06-21",
        ),
        (
            "He fled in May 2013, when rebels attacked the port and seized the town.",
            "attacked",
            "2013-05-01",
            "2013-06-01",
        ),
        (
            "He fled in May 2013, when rebels attacked the port and seized the town.",
            "seized",
            "2013-05-01",
            "2013-06-01",
        ),
        ("The raid of 3 May 2014 killed two guards.", "killed", "2014-05-03", "2014-06-21"),
        ("After 3 May 2014 police arrested two men.", "arrested", "2014-05-04", "2014-06-21"),
    ],
)
def test_an_act_is_bounded_by_what_it_is_set_against(
    text: str, trigger: str, start: str | None, end: str | None, read_text: ReadText
) -> None:
    event = told(read_text(text, published=REPORT), trigger)
    assert stretch(event) == (start, end)
    assert event.when is not None
    assert event.reasons


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The mayor resigned on 3 May 2014. The council met.", "met"),  # mere place in the text
        ("The raid of 3 May 2014 did not lead to a strike.", "strike"),
        ("The raid of 3 May 2014 could lead to a strike.", "strike"),
        ("While rebels attacked the port in May 2012, the army besieged the town.", "besieged"),  # a contrast
        ("The mayor said on 3 May 2014 that rebels had attacked the port.", "attacked"),
    ],
)
def test_nothing_is_dated_by_what_does_not_say_so(text: str, trigger: str, read_text: ReadText) -> None:
    assert stretch(told(read_text(text, published=REPORT), trigger)) in {None, (None, None)}


@pytest.mark.parametrize(
    ("text", "trigger", "words", "start", "end"),
    [
        ("The army left three days after rebels attacked the port on 3 May 2014.", "left", "three days",
         "2014-05-06", "2014-05-07"),
        ("A week after the raid of 3 May 2014, the army besieged the town.", "besieged", "A week",
         "2014-05-05", "2014-05-12"),
        ("Police arrested him two months before rebels attacked the port on 3 May 2014.", "arrested", "two months",
         "2014-03-01", "2014-04-01"),
        ("Police arrested the mayor five years after the coup of 2005.", "arrested", "five years",
         "2010-01-01", "2011-01-01"),
        ("Police arrested the mayor five years after the coup.", "arrested", "five years", None, None),
    ],
)  # fmt: skip
def test_a_length_counts_from_the_act_that_it_stands_before(
    text: str, trigger: str, words: str, start: str | None, end: str | None, read_text: ReadText
) -> None:
    reading = read_text(text, published=REPORT)
    event = told(reading, trigger)
    time = next(t for t in reading.times if t.span.cut(text) == words)
    assert stretch(event) == (start, end)
    assert event.when is not None
    assert time.relative_to == event.when.anchor_id
    assert time.relative_to in {e.id for e in reading.events}
    assert (time.interval is None) == (start is None)


@pytest.mark.parametrize(
    ("text", "trigger", "start", "end"),
    [
        ("Police arrested the mayor ahead of the election of 3 May 2014.", "arrested", None, "2014-05-04"),
        ("Police arrested him on the eve of the election of 3 May 2014.", "arrested", "2014-05-02", "2014-05-03"),
        ("Police shot him at the rally. The rally took place on 3 May 2014.", "shot", "2014-05-03", "2014-05-04"),
        ("Two men were killed in the raid. The raid took place on 3 May 2014.", "killed", "2014-05-03", "2014-05-04"),
        ("The raid of 3 May 2014 was followed by clashes.", "clashes", "2014-05-03", "2014-06-21"),
        ("The siege, which began in May 2014, killed two guards.", "siege", "2014-05-01", "2014-06-21"),
        ("The airstrike, carried out on 3 May 2014, killed two guards.", "airstrike", "2014-05-03", "2014-05-04"),
        ("A march, set for 13 June 2014, was banned.", "march", "2014-06-13", "2014-06-14"),
        ("Rebels seized two guards when the fort burned on 3 May 2014.", "seized", "2014-05-03", "2014-05-04"),
        ("Lena Orvik resigned on 21 May 2014, three days after police arrested him.", "arrested", "2014-05-18",
         "2014-05-19"),
        ("The judge postponed the trial until 6 April 2015.", "trial", "2015-04-06", None),
    ],
)  # fmt: skip
def test_further_words_that_set_acts_against_each_other(
    text: str, trigger: str, start: str | None, end: str | None, read_text: ReadText
) -> None:
    assert stretch(told(read_text(text, published=REPORT), trigger)) == (start, end)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The judge postponed the trial until 6 April 2015.", "postponed"),
        ("Police charged two men in the raid. The raid took place on 3 May 2014.", "charged"),
        ("Tomas Heldt has been charged over the raid last year.", "charged"),
    ],
)
def test_what_looks_like_its_time_and_is_not(text: str, trigger: str, read_text: ReadText) -> None:
    found = [e for e in read_text(text, published=REPORT).events if e.trigger.cut(text) == trigger]
    assert all(stretch(event) in {None, (None, None)} for event in found)


def test_an_order_to_an_undated_act_is_kept_as_a_relation(read_text: ReadText) -> None:
    reading = read_text("The council met after the mayor resigned.", published=REPORT)
    met, resigned = told(reading, "met"), told(reading, "resigned")
    assert met.when is not None
    assert (met.when.start, met.when.end, met.when.basis) == (None, None, Basis.EVENT)
    assert met.when.anchor_id == resigned.id
    assert [reason.note for reason in met.when.reasons] == ["after “resigned”"]


def test_a_plan_is_not_taken_to_be_over(read_text: ReadText) -> None:
    event = told(read_text("The army plans to leave after the vote of 3 May 2015.", published=REPORT), "leave")
    assert event.status is Status.PLANNED
    assert event.when is None or event.when.end is None or event.when.end > date(2014, 6, 21)


def test_bounds_pass_on_from_act_to_act(read_text: ReadText) -> None:
    text = (
        "Rebels attacked the port on 3 May 2014. The army besieged the town after rebels attacked the port. "
        "Police arrested the mayor after the army besieged the town."
    )
    assert stretch(told(read_text(text, published=REPORT), "arrested")) == ("2014-05-03", "2014-06-21")


def test_contradicting_orders_leave_the_first_bound(read_text: ReadText) -> None:
    text = "The council met after the mayor resigned on 3 May 2014 and before rebels attacked the port on 2 March 2014."
    event = told(read_text(text, published=REPORT), "met")
    assert event.when is not None
    assert event.when.start is None or event.when.end is None or event.when.start < event.when.end


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sentences=st.lists(
        st.sampled_from(
            [
                "The mayor resigned on 3 May 2013.",
                "Rebels attacked the port in March.",
                "The army then besieged the town.",
                "Police arrested two men after the attack.",
                "The raid led to clashes.",
                "The siege, which began in 2013, failed.",
                "Before the vote, the envoy left.",
                "The second raid ended the strike.",
                "He fled when soldiers seized the town.",
            ]
        ),
        max_size=6,
    )
)
def test_every_bound_names_an_event_or_time_of_the_report_and_ends_with_it(
    sentences: list[str], read_text: ReadText
) -> None:
    reading = read_text(" ".join(sentences), published=REPORT)
    known = {e.id for e in reading.events} | {t.id for t in reading.times}
    for event in reading.events:
        if event.when is None:
            continue
        assert event.when.anchor_id in known | {None}
        if event.status is Status.HAPPENED and event.when.start is not None and event.when.start < date(2014, 6, 21):
            assert event.when.end is not None
            assert event.when.end <= date(2014, 6, 21) or event.when.basis is not Basis.EVENT


def test_an_act_to_come_does_not_take_the_time_of_another_of_its_kind(read_text: ReadText) -> None:
    text = "The envoy raised the possibility of a revolt. The monks recalled the revolt in Tarvik in 1958."
    reading = read_text(text, published=REPORT)
    feared = next(e for e in reading.events if e.trigger.cut(text) == "revolt")
    assert stretch(feared) in {None, (None, None)}

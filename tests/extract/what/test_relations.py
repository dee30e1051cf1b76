"""Relations: what came before what, and what caused what, as the words of a report say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.check import check_reading
from onrecord.extract.what.relations import Told, may_link, without_circles
from onrecord.record import (
    Basis,
    Event,
    EventType,
    LinkKind,
    Precision,
    Reading,
    Reason,
    Span,
    Status,
    TimeInterval,
)

ReadText = Callable[..., Reading]


def links(reading: Reading) -> list[tuple[str, str, str]]:
    """(left's words, kind, right's words) of all links."""
    words = {event.id: event.trigger.cut(reading.document.text) for event in reading.events}
    return [(words[link.left], link.kind.value, words[link.right]) for link in reading.links]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The raid led to clashes.", [("raid", "causes", "clashes")]),
        ("After the raid, clashes broke out.", [("raid", "before", "clashes")]),
        ("The council met before the mayor resigned.", [("met", "before", "resigned")]),
        ("The mayor resigned over the raid.", [("raid", "causes", "resigned")]),
        ("The mayor resigned because rebels attacked the port.", [("attacked", "causes", "resigned")]),
        ("Rebels attacked the port in retaliation for the arrest of the mayor.", [("arrest", "causes", "attacked")]),
        ("Soldiers shot two men, sparking riots in Orlo.", [("shot", "causes", "riots")]),
        ("The council met over riots sparked by the raid.", [("raid", "causes", "riots")]),
        ("After days of protests, the mayor resigned.", [("protests", "before", "resigned")]),
        ("The blast killed two guards.", [("blast", "causes", "killed")]),
        ("Two guards were killed by a blast.", [("blast", "causes", "killed")]),
        ("Riots followed last week's raid.", [("raid", "before", "Riots")]),
        ("After the raid, the talks were adjourned.", [("raid", "before", "adjourned")]),
        ("The ministers discussed the raid after the vote.", [("vote", "before", "discussed")]),
        ("Rebels attacked the port. The army then besieged the town.", [("attacked", "before", "besieged")]),
    ],
)
def test_words_that_link_two_events(text: str, expected: list[tuple[str, str, str]], read_text: ReadText) -> None:
    assert links(read_text(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The strike ended after the raid.",
        "The raid did not lead to clashes.",
        "The raid could lead to clashes.",
        "The mayor did not resign after the raid.",
        "The mayor denied that he resigned after the raid.",
        "If the mayor had resigned after the raid, the council would have met.",
        "The mayor resigned, not because of the raid.",
        "The ministers held talks over the raid.",
        "The mayor has finally resigned. The council has finally met.",
        "“They left the town,” the mayor said. The envoy then met the rebels.",
        "The port was attacked. The court tried the port, once raided, for smuggling.",
        "Police arrested two men when rebels attacked the port.",
    ],
)
def test_words_that_link_none(text: str, read_text: ReadText) -> None:
    assert links(read_text(text)) == []


def test_what_is_planned_may_precede_what_is_planned(read_text: ReadText) -> None:
    text = "The minister plans to visit Orlo after he meets the rebels."
    for left, kind, right in links(read_text(text)):
        assert (left, kind, right) == ("meets", "before", "visit")


def test_a_link_says_why(read_text: ReadText) -> None:
    reading = read_text("The raid led to clashes.")
    (link,) = reading.links
    (reason,) = link.reasons
    assert (reason.rule, reason.note) == ("causing-verbs#lead to", "“raid” causes “clashes”")
    assert reason.span is not None
    assert reason.span.cut(reading.document.text) == "led to"
    assert (link.by, link.field) == ("rule", None)


# ------------------------------------------------------------------------------------------------ laws


def event(n: int, start: int | None = None, end: int | None = None, status: Status = Status.HAPPENED) -> Event:
    days = [date(2020, 1, day) if day is not None else None for day in (start, end)]
    when = TimeInterval(days[0], days[1], Precision.DAY, Basis.EXPLICIT, inferred=False) if any(days) else None
    return Event(f"ev-{n}", Span(n, n + 1), "act", EventType.OTHER, when=when, status=status, certainty=1)


@pytest.mark.parametrize(
    ("left", "right", "may"),
    [
        (event(1), event(2), True),
        (event(1, 3, 4), event(2, 5, 6), True),
        (event(1, 5, 6), event(2, 5, 6), True),
        (event(1, 5, 6), event(2, 3, 5), False),
        (event(1), event(2, 3, 5), True),
        (event(1, status=Status.PLANNED), event(2, status=Status.PLANNED), True),
        (event(1, status=Status.PLANNED), event(2), False),
        (event(1, status=Status.DENIED), event(2, status=Status.DENIED), False),
        (event(1), event(1), False),
    ],
)
def test_what_may_come_before_what(left: Event, right: Event, may: bool) -> None:
    assert may_link(left, right) is may


ARROWS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6), st.sampled_from([0.6, 0.8, 0.9]),
              st.sampled_from([LinkKind.BEFORE, LinkKind.CAUSES])),
    max_size=20,
)  # fmt: skip


@given(arrows=ARROWS)
def test_kept_links_go_in_no_circle_and_the_surest_stays(arrows: list[tuple[int, int, float, LinkKind]]) -> None:
    told = [Told(left, right, kind, score, Reason("a#b", "")) for left, right, score, kind in arrows]
    events = tuple(event(n) for n in range(7))
    kept = without_circles(told, events)
    assert without_circles(list(reversed(told)), events) == kept
    after: dict[int, set[int]] = {n: {one.right for one in kept if one.left == n} for n in range(7)}
    while free := [n for n, later in after.items() if not later]:
        for n in free:
            del after[n]
        after = {n: later - set(free) for n, later in after.items()}
    assert not after
    straight = [one for one in told if one.left != one.right]
    if straight:
        assert max(one.score for one in kept) == max(one.score for one in straight)


CLAUSES = st.sampled_from(
    ["soldiers shot two men", "police arrested the mayor", "rebels raided the port", "the mayor resigned"]
)
WORDS = st.sampled_from(["after", "before", "because", "since", "until", "once", "and then", "while"])


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(told=st.lists(st.tuples(CLAUSES, WORDS, CLAUSES), min_size=1, max_size=5))
def test_links_of_any_report_hold(told: list[tuple[str, str, str]], read_by_rules: ReadText) -> None:
    text = " ".join(f"{left[0].upper()}{left[1:]} {word} {right}." for left, word, right in told)
    reading = read_by_rules(text)
    assert check_reading(reading) == []
    by_id = {one.id: one for one in reading.events}
    assert all(may_link(by_id[link.left], by_id[link.right]) for link in reading.links)

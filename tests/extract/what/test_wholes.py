"""Wholes: an event is part of another where words of the report say so, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.check import check_reading
from onrecord.record import Reading

ReadText = Callable[..., Reading]


def parts(reading: Reading) -> list[tuple[str, str]]:
    """(the part's words, the whole's words) of all parts."""
    words = {event.id: event.trigger.cut(reading.document.text) for event in reading.events}
    return [(words[event.id], words[event.part_of]) for event in reading.events if event.part_of is not None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("During the raid, soldiers shot two men.", [("shot", "raid")]),
        ("During the raid, soldiers shot two men and arrested a third.", [("shot", "raid"), ("arrested", "raid")]),
        ("Two guards were killed in the attack.", [("killed", "attack")]),
        ("Three people died in clashes near the port.", [("died", "clashes")]),
        ("Among those arrested in the crackdown was the mayor.", [("arrested", "crackdown")]),
        ("The first day of the protests saw looting.", [("looting", "protests")]),
        ("At the summit, the ministers signed an accord.", [("signed", "summit")]),
        ("The army staged a raid in which soldiers shot two men.", [("shot", "raid")]),
        ("Two guards were killed in a series of raids.", [("killed", "raids")]),
        ("The rebels made a request during the meeting.", [("request", "meeting")]),
        ("The ministers held the second meeting of the talks.", [("meeting", "talks")]),
        ("Clashes broke out during the march.", [("Clashes", "march")]),
        ("Police arrested two men on the first day of the protests.", [("arrested", "protests")]),
    ],
)
def test_words_that_tell_a_part(text: str, expected: list[tuple[str, str]], read_text: ReadText) -> None:
    assert parts(read_text(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Two men were charged in the attack.",  # over it, not in it
        "Detectives investigated the raid.",
        "The ministers discussed the raid during the summer.",
        "The council spoke about the arrest of the mayor.",
        "Two guards were killed in retaliation for the raid.",
        "The raid was followed by an attack on the port.",
        "The army planned a raid. No guard was killed in the raid.",
        "Police, not during the raid but on Monday, arrested the mayor.",
        "Police arrested two men at dawn.",
    ],
)
def test_words_that_tell_none(text: str, read_text: ReadText) -> None:
    assert parts(read_text(text)) == []


def test_a_part_says_why_and_names_the_telling_beside_it(read_text: ReadText) -> None:
    reading = read_text("Soldiers raided the port. Two guards were killed in the raid.")
    (part,) = (event for event in reading.events if event.part_of is not None)
    whole = next(event for event in reading.events if event.id == part.part_of)
    reason = next(reason for reason in part.reasons if reason.rule == "part-words#in")
    assert (whole.trigger.cut(reading.document.text), reason.note) == ("raid", "part of “raid”")
    assert reason.span is not None
    assert reason.span.cut(reading.document.text) == "in"


def test_what_is_over_before_the_whole_begins_is_no_part(read_text: ReadText) -> None:
    text = "On 1 May 2013, police arrested the mayor during the strike of 3 May 2014."
    assert parts(read_text(text)) == []


CLAUSES = st.sampled_from(
    ["soldiers shot two men", "police arrested the mayor", "rebels raided the port", "two guards were killed"]
)
NOUNS = st.sampled_from(["raid", "attack", "crackdown", "clashes", "riots", "siege", "killing", "march"])
LINKS = st.sampled_from(["during", "in", "as part of", "in the course of", "at", "including", "amid"])


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(told=st.lists(st.tuples(CLAUSES, LINKS, NOUNS), min_size=1, max_size=5))
def test_parts_go_in_no_circle_and_are_told_as_their_wholes(
    told: list[tuple[str, str, str]], read_by_rules: ReadText
) -> None:
    text = " ".join(f"{clause[0].upper()}{clause[1:]} {link} the {noun}." for clause, link, noun in told)
    reading = read_by_rules(text)
    assert check_reading(reading) == []
    by_id = {event.id: event for event in reading.events}
    assert all(by_id[e.part_of].status is e.status for e in reading.events if e.part_of is not None)

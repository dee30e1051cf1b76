"""How many, as the report counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord.extract.parse import Tools
from onrecord.pipeline import read_document
from onrecord.record import Document, Quantity, Reading

ReadText = Callable[..., Reading]
# Of each sentence: the words, least, most, what is counted, whether the bounds are blurred.
Row = tuple[str, int | None, int | None, str, bool]

PLAIN: list[tuple[str, list[Row]]] = [
    ("Police held 300 monks.", [("300", 300, 300, "monk", False)]),
    ("Police held three monks.", [("three", 3, 3, "monk", False)]),
    ("Police held 1,200 monks.", [("1,200", 1200, 1200, "monk", False)]),
    ("Twenty-two guards fled.", [("Twenty-two", 22, 22, "guard", False)]),
    ("One hundred and twenty monks fled.", [("One hundred and twenty", 120, 120, "monk", False)]),
    ("Two thousand monks fled.", [("Two thousand", 2000, 2000, "monk", False)]),
    ("Half a million people fled.", [("Half a million", 500_000, 500_000, "people", False)]),
    ("The 12-member council met.", [("12", 12, 12, "member", False)]),
    ("The 5,000-strong garrison surrendered.", [("5,000", 5000, 5000, "", False)]),
    ("The group, some 400 strong, crossed the river.", [("some 400", 400, 400, "", True)]),
    ("The clerk took 2.5 tonnes of salt.", [("2.5", 2, 3, "tonne", True)]),
]
BOUNDS: list[tuple[str, list[Row]]] = [
    ("About 300 soldiers fled.", [("About 300", 300, 300, "soldier", True)]),
    ("Some 300 soldiers fled.", [("Some 300", 300, 300, "soldier", True)]),
    ("An estimated 300 soldiers fled.", [("An estimated 300", 300, 300, "soldier", True)]),
    ("At least 12 soldiers fled.", [("At least 12", 12, None, "soldier", False)]),
    ("At least some 300 soldiers fled.", [("At least some 300", 300, None, "soldier", True)]),
    ("No fewer than 40 monks fled.", [("No fewer than 40", 40, None, "monk", False)]),
    ("Rebels killed over 300 monks.", [("over 300", 300, None, "monk", False)]),
    ("Up to 12 soldiers fled.", [("Up to 12", None, 12, "soldier", False)]),
    ("As many as 60 soldiers were killed.", [("As many as 60", None, 60, "soldier", False)]),
    ("Fewer than 12 soldiers fled.", [("Fewer than 12", None, 12, "soldier", False)]),
    ("Clashes left up to a dozen wounded.", [("up to a dozen", None, 12, "wounded", False)]),
    ("A dozen or more guards fled.", [("A dozen or more", 12, None, "guard", False)]),
    ("The 300-odd monks were held.", [("300-odd", 300, 300, "monk", True)]),
    ("Planes flew over two houses.", [("two", 2, 2, "house", False)]),
]
RANGES: list[tuple[str, list[Row]]] = [
    ("Between 40 and 60 soldiers fled.", [("Between 40 and 60", 40, 60, "soldier", True)]),
    ("Police fired 40-60 rounds.", [("40-60", 40, 60, "round", True)]),
    ("Some 12 to 15 guards fled.", [("Some 12 to 15", 12, 15, "guard", True)]),
    ("Two or three guards fled.", [("Two or three", 2, 3, "guard", True)]),
    ("Rebels took two to three million crowns.", [("two to three million", 2 * 10**6, 3 * 10**6, "crown", True)]),
]
VAGUE: list[tuple[str, list[Row]]] = [
    ("Dozens of monks fled.", [("Dozens", 24, None, "monk", True)]),
    ("Scores of monks fled.", [("Scores", 40, None, "monk", True)]),
    ("Hundreds of monks fled.", [("Hundreds", 200, 999, "monk", True)]),
    ("Tens of thousands of monks fled.", [("Tens of thousands", 20_000, 99_999, "monk", True)]),
    ("Several dozen monks fled.", [("Several dozen", 36, None, "monk", True)]),
    ("A handful of guards were hurt.", [("A handful of", 3, 9, "guard", True)]),
    ("A couple of monks were hurt.", [("A couple of", 2, 2, "monk", False)]),
    ("Half a dozen monks were hurt.", [("Half a dozen", 6, 6, "monk", False)]),
]
MONEY: list[tuple[str, list[Row]]] = [
    ("It cost $300 in the end.", [("$300", 300, 300, "dollar", False)]),
    (
        "The firm paid $3m for the barge and €1.5bn for the port.",
        [("$3m", 3_000_000, 3_000_000, "dollar", False), ("€1.5bn", 1_500_000_000, 1_500_000_000, "euro", False)],
    ),
    ("The ministry spent €1.5 billion.", [("€1.5 billion", 1_500_000_000, 1_500_000_000, "euro", False)]),
    ("The ministry spent 310 million crowns.", [("310 million", 310_000_000, 310_000_000, "crown", False)]),
    ("The board paid more than 1.2 million crowns.", [("more than 1.2 million", 1_200_000, None, "crown", False)]),
    ("The firm raised between $3m and $5m.", [("between $3m and $5m", 3_000_000, 5_000_000, "dollar", True)]),
    ("The clerk was fined 300 EUR.", [("300 EUR", 300, 300, "euro", False)]),
]
WITHOUT_A_NOUN: list[tuple[str, list[Row]]] = [
    ("Police fired, and at least three were shot.", [("at least three", 3, None, "", False)]),
    ("On Friday 38 were detained.", [("38", 38, 38, "", False)]),
    ("Between 12 and 40 were killed.", [("Between 12 and 40", 12, 40, "", True)]),
    ("The attack, which killed 14, was condemned.", [("14", 14, 14, "", False)]),
    ("The gunmen killed two in three villages.", [("two", 2, 2, "", False), ("three", 3, 3, "village", False)]),
    ("The blast left 14 dead and 30 wounded.", [("14", 14, 14, "dead", False), ("30", 30, 30, "wounded", False)]),
    ("14 killed, 30 injured in market blast", [("14", 14, 14, "killed", False), ("30", 30, 30, "injured", False)]),
    ("Police held 12 wounded soldiers.", [("12", 12, 12, "soldier", False)]),
    ("The number of dead rose from 12 to 14.", [("12", 12, 12, "dead", False), ("14", 14, 14, "dead", False)]),
    ("Arrests rose from 12 to 14.", [("12", 12, 12, "arrest", False), ("14", 14, 14, "arrest", False)]),
    ("The death toll from the blast climbed to 14.", [("14", 14, 14, "dead", False)]),
    ("Casualties were put at 12 dead.", [("12", 12, 12, "dead", False)]),
    ("The crowd grew to about 5,000.", [("about 5,000", 5000, 5000, "", True)]),
    ("The dead numbered more than 40.", [("more than 40", 40, None, "dead", False)]),
    ("The ministry put the number of dead at 14.", [("14", 14, 14, "dead", False)]),
]
LOOKING_BACK: list[tuple[str, list[Row]]] = [
    (
        "Soldiers arrested 12 monks; three of them were shot and the other nine fled.",
        [("12", 12, 12, "monk", False), ("three", 3, 3, "monk", False), ("nine", 9, 9, "monk", False)],
    ),
    (
        "Soldiers killed at least 14 people and wounded more than 30 others.",
        [("at least 14", 14, None, "people", False), ("more than 30", 30, None, "people", False)],
    ),
    (
        "The attack killed three of the five deputies.",
        [("three", 3, 3, "deputy", False), ("five", 5, 5, "deputy", False)],
    ),
    (
        "Gunmen abducted 30 to 40 girls, of whom 12 escaped.",
        [("30 to 40", 30, 40, "girl", True), ("12", 12, 12, "girl", False)],
    ),
    ("Shelling killed 14 and wounded 30 others.", [("14", 14, 14, "", False), ("30", 30, 30, "other", False)]),
]
SHARES: list[tuple[str, list[Row]]] = [
    (
        "Nearly half of the 120 prisoners fled.",
        [("Nearly half", 54, 60, "prisoner", True), ("120", 120, 120, "prisoner", False)],
    ),
    (
        "About 30 percent of the 200 houses burned.",
        [("About 30 percent", 54, 66, "house", True), ("200", 200, 200, "house", False)],
    ),
    (
        "At least two-thirds of the 90 deputies left.",
        [("At least two-thirds", 60, 90, "deputy", True), ("90", 90, 90, "deputy", False)],
    ),
    (
        "Less than half of the 120 monks fled.",
        [("Less than half", None, 60, "monk", True), ("120", 120, 120, "monk", False)],
    ),
    (
        "Police arrested 90 monks on Monday, and roughly a third of them were freed.",
        [("90", 90, 90, "monk", False), ("roughly a third", 27, 33, "monk", True)],
    ),
    (
        "The gunmen held 120 prisoners. A quarter of the prisoners were released on Friday.",
        [("120", 120, 120, "prisoner", False), ("A quarter", 30, 30, "prisoner", True)],
    ),
    (
        "The toll was 430, more than double the 200 first reported.",
        [("430", 430, 430, "", False), ("more than double", 400, None, "", True), ("200", 200, 200, "", False)],
    ),
    ("Two-thirds of the deputies left the hall.", [("Two-thirds", None, None, "deputy", True)]),
    ("Roughly a third of them were released.", [("Roughly a third", None, None, "", True)]),
    # A part of generic prisoners is no part of those counted before.
    ("Police held 40 prisoners. A quarter of prisoners fall ill.",
     [("40", 40, 40, "prisoner", False), ("A quarter", None, None, "prisoner", True)]),
]  # fmt: skip
NO_QUANTITIES = [
    "",
    "Support fell to 30 percent.",
    "He left in 1987.",
    "The 1998 elections were lost.",
    "On 12 March 2021, at 6 p.m., the guard opened Gate 7.",
    "At 10:30 a.m. the 3rd Battalion shelled the 14th district.",
    "The third attack failed.",
    "The captain, 52, and his son, 9, drowned.",
    "Orvik, aged 45, lives at 9 Dolmer Road.",
    "The 12-year-old boy lives at 12 Harbour Street.",
    "He turned 40 on Monday.",
    "Room 12 was closed.",
    "Flight 370 and Article 5 were named.",
    "One in five voters stayed at home.",
    "Two out of three voters stayed at home.",
    "The council voted 54 to 12 to expel him.",
    "Velm won 3-1.",
    "Lawmakers backed the bill by 54-12.",
    "Call 112. The number is 555-0199.",
    "No one was hurt. One said he was beaten.",
    "He scores goals.",
    "Test scores fell.",
    "Some of the guards fled.",
    "Most of the monks fled.",
    "The first half of the talks went well.",
    "He owns half of the port.",
    "Attacks were three times as frequent.",
    "The siege entered its third week, after 12 days of fighting.",
    "It is the 40th day of the siege and the second raid in 24 hours.",
]
ALL = [*PLAIN, *BOUNDS, *RANGES, *VAGUE, *MONEY, *WITHOUT_A_NOUN, *LOOKING_BACK, *SHARES]


def row(quantity: Quantity, text: str) -> Row:
    return quantity.span.cut(text), quantity.min, quantity.max, quantity.unit, quantity.approximate


@pytest.mark.parametrize(("sentence", "rows"), ALL, ids=[sentence for sentence, _ in ALL])
def test_a_number_and_what_it_counts(read_text: ReadText, sentence: str, rows: list[Row]) -> None:
    assert [row(quantity, sentence) for quantity in read_text(sentence).quantities] == rows


@pytest.mark.parametrize("sentence", NO_QUANTITIES)
def test_dates_ages_labels_addresses_and_rates_are_not_counted(read_text: ReadText, sentence: str) -> None:
    assert read_text(sentence).quantities == ()


@pytest.mark.parametrize(
    ("sentence", "words", "counts"),
    [
        ("Police held 300 monks.", "300", "300 monks"),
        ("Dozens of monks fled.", "Dozens", "dozens of monks"),
        ("Police fired, and at least three were shot.", "at least three", "shot"),
        ("On Friday 38 were detained.", "38", "detained"),
        ("Shelling killed 14 and wounded 30.", "30", "wounded"),
        ("The blast left 14 dead.", "14", "blast"),
        ("The death toll from the blast climbed to 14.", "14", "blast"),
        ("The number of dead rose from 12 to 14.", "12", None),
        ("The number of dead rose from 12 to 14.", "14", "rose"),
        ("The ministry spent 310 million crowns.", "310 million", "spent"),
        ("The firm paid $3m for the barge.", "$3m", "paid"),
        ("Police arrested 90 monks, and three of them were freed.", "three", "freed"),
        ("Police made 12 arrests.", "12", "arrests"),
    ],
)
def test_a_number_belongs_to_whom_it_counts_else_to_the_act(
    read_text: ReadText, sentence: str, words: str, counts: str | None
) -> None:
    reading = read_text(sentence)
    names = {entity.id: entity.name for entity in reading.entities}
    names |= {event.id: event.trigger.cut(sentence) for event in reading.events}
    (found,) = [quantity for quantity in reading.quantities if quantity.span.cut(sentence) == words]
    assert (names[found.of] if found.of is not None else None) == counts
    told = {reason.rule for reason in found.reasons}
    assert bool(told & {"quantities.of-entity", "quantities.of-event"}) == (counts is not None)


def test_a_share_says_of_what_it_was_reckoned(read_text: ReadText) -> None:
    text = "Nearly half of the 120 prisoners fled."
    share, whole = read_text(text).quantities
    (reason,) = [reason for reason in share.reasons if reason.rule == "quantities.reckoned"]
    assert reason.span == whole.span
    assert reason.note == "Nearly half of 120 prisoner"


def test_a_share_of_an_unknown_whole_says_so(read_text: ReadText) -> None:
    (share,) = read_text("Two-thirds of the deputies left the hall.").quantities
    (reason,) = [reason for reason in share.reasons if reason.rule == "quantities.whole-unknown"]
    assert reason.note == "Two-thirds of a number that is not told"


def test_the_earlier_of_two_values_says_so(read_text: ReadText) -> None:
    earlier, later = read_text("The number of dead rose from 12 to 14.").quantities
    assert "quantities.earlier" in {reason.rule for reason in earlier.reasons}
    assert "quantities.earlier" not in {reason.rule for reason in later.reasons}


WORDS = [
    "between", "and", "to", "or", "at least", "up to", "about", "more than", "half", "a", "third", "thirds", "of",
    "the", "them", "dozen", "dozens", "hundred", "hundreds", "thousand", "million", "bn", "m", "$", "€", "EUR",
    "percent", "%", "twice", "double", "in", "out of", "others", "other", "dead", "wounded", "monks", "monk",
    "were", "killed", "fled", "rose", "from", "the number of", "toll", "one", "two", "twenty", "ninety", "-", "–",
    ",", ".", "\n", "room", "Gate", "Velm", "years", "scores", "odd", "or so",
]  # fmt: skip
numbers = st.one_of(
    st.integers(0, 10**13).map(str),
    st.integers(0, 10**9).map("{:,}".format),
    st.decimals(0, 10**6, places=2).map(str),
    st.tuples(st.integers(0, 999), st.sampled_from(["-", "–", "m", "bn", "k", "th", "%"]), st.integers(0, 999)).map(
        lambda parts: "".join(map(str, parts))
    ),
)
texts = st.lists(st.one_of(st.sampled_from(WORDS), numbers), max_size=30).map(" ".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts)
@example("of")
@example("half of")
@example("999999999999 million billion trillion monks fled.")
@example("between 60 and 40 monks, 3 - 1 - 2 and a half million")
@example("two thirds of the half of the double 200")
def test_any_numbers_and_words_make_rows_that_hold(rules_only: Tools, text: str) -> None:
    reading = read_document(Document("r-any", text), rules_only)
    assert not reading.problems, reading.problems
    known = {entity.id for entity in reading.entities} | {event.id for event in reading.events}
    spans = [quantity.span for quantity in reading.quantities]
    assert len(set(spans)) == len(spans)
    for quantity in reading.quantities:
        assert quantity.span.cut(text).strip() == quantity.span.cut(text) != ""
        assert quantity.reasons
        assert all(reason.span is not None and reason.span.end <= len(text) for reason in quantity.reasons)
        assert quantity.of is None or quantity.of in known
        assert quantity.min is None or quantity.min >= 0
        assert quantity.min is None or quantity.max is None or quantity.min <= quantity.max


def test_a_whole_is_what_was_counted_before_the_share_and_not_after(read_text: ReadText) -> None:
    text = "The gunmen held 120 prisoners. A quarter of the prisoners were freed. On Friday they took 16 prisoners."
    share = read_text(text).quantities[1]
    assert row(share, text) == ("A quarter", 30, 30, "prisoner", True)

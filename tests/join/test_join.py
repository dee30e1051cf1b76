"""Joining readings: full names join, nothing else does; retellings are gathered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from onrecord.join import join_readings
from onrecord.record import (
    Basis,
    Document,
    Entity,
    Event,
    EventType,
    Kind,
    Participant,
    Precision,
    Reading,
    Sentence,
    Span,
    Status,
    TimeInterval,
    Voice,
)


def reading(n: int, *entities: Entity, events: tuple[Event, ...] = ()) -> Reading:
    text = "The board met. It met again."
    return Reading(Document(f"r-{n}", text), (Sentence(f"sn-{n}", Span(0, 14), 0),), entities=entities, events=events)


def entity(id_: str, name: str, kind: Kind = Kind.PERSON, named: bool = True) -> Entity:
    return Entity(id_, kind, named, name, (f"m-{id_}",), members=(id_,))


def names(*readings: Reading) -> list[tuple[str, int]]:
    return [(entity.name, len(entity.members)) for entity in join_readings(readings).entities]


def test_the_same_full_name_is_one_person_with_the_first_id() -> None:
    joined = join_readings([reading(1, entity("e-1", "Ilda Venn")), reading(2, entity("e-2", "Ilda  VENN"))])
    assert [(e.id, e.members) for e in joined.entities] == [("e-1", ("e-1", "e-2"))]
    assert [(link.left, link.right) for link in joined.links] == [("e-1", "e-2")]
    assert joined.links[0].reasons


def test_what_is_no_full_name_joins_nobody() -> None:
    assert names(reading(1, entity("e-1", "Venn")), reading(2, entity("e-2", "Venn"))) == [("Venn", 1), ("Venn", 1)]


def test_nobody_unnamed_is_ever_joined() -> None:
    unnamed = [entity(f"e-{n}", "a senior harbour official", named=False) for n in (1, 2)]
    assert names(reading(1, unnamed[0]), reading(2, unnamed[1])) == [("a senior harbour official", 1)] * 2


def test_a_person_and_a_place_of_one_name_stay_apart() -> None:
    town = entity("e-2", "Ilda Venn", Kind.PLACE)
    assert names(reading(1, entity("e-1", "Ilda Venn")), reading(2, town)) == [("Ilda Venn", 1), ("Ilda Venn", 1)]


def test_a_body_of_one_word_is_one_body() -> None:
    bodies = [entity(f"e-{n}", "Sandmoor", Kind.ORGANISATION) for n in (1, 2)]
    assert names(reading(1, bodies[0]), reading(2, bodies[1])) == [("Sandmoor", 2)]


def test_adding_a_report_changes_no_id_before_it() -> None:
    first = [reading(1, entity("e-1", "Ilda Venn")), reading(2, entity("e-2", "Ostermark", Kind.PLACE))]
    before = [e.id for e in join_readings(first).entities]
    after = [e.id for e in join_readings([*first, reading(3, entity("e-3", "Ilda Venn"))]).entities]
    assert after == before


def day(n: int) -> TimeInterval:
    return TimeInterval(date(2023, 3, n), date(2023, 3, n + 1), Precision.DAY, Basis.EXPLICIT, inferred=False)


def met(id_: str, start: int, **fields: object) -> Event:
    defaults = {"status": Status.HAPPENED, "certainty": 3, "voices": (Voice(Status.HAPPENED, 3),)}
    return Event(id_, Span(start, start + 3), "meet", EventType.CONSULT, **{**defaults, **fields})  # type: ignore[arg-type]


def test_retellings_are_one_happening_with_the_tightest_time_and_all_who_took_part() -> None:
    year = TimeInterval(date(2023, 1, 1), date(2024, 1, 1), Precision.YEAR, Basis.EXPLICIT, inferred=False)
    events = (
        met("ev-1", 10, when=year, participants=(Participant("actor", "e-1"),)),
        met("ev-2", 18, when=day(4), same_as="ev-1", participants=(Participant("actor", "e-2"),)),
    )
    people = (entity("e-1", "Ilda Venn"), entity("e-2", "Oskar Lind"))
    (happening,) = join_readings([reading(1, *people, events=events)]).happenings
    assert happening.told_in == ("ev-1", "ev-2")
    assert happening.actors == ("e-1", "e-2")
    assert happening.when == day(4)
    assert happening.line == "The board met"


def test_one_who_says_it_happened_and_one_who_denies_it_dispute_it() -> None:
    voices = (Voice(Status.HAPPENED, 2, "e-1"), Voice(Status.DENIED, -2, "e-2"))
    (happening,) = join_readings([reading(1, events=(met("ev-1", 10, voices=voices),))]).happenings
    assert happening.disputed
    assert happening.voices == 2


def test_happenings_are_in_order_of_time_and_the_undated_come_last() -> None:
    events = (met("ev-1", 10), met("ev-2", 18, when=day(9)), met("ev-3", 4, when=day(4)))
    happenings = join_readings([reading(1, events=events)]).happenings
    assert [happening.told_in[0] for happening in happenings] == ["ev-3", "ev-2", "ev-1"]


def test_a_very_long_clause_is_cut_at_words_and_says_so() -> None:
    text = "word " * 200 + "met " + "tail " * 200
    event = met("ev-1", 1000)
    long = Reading(Document("r-1", text), (Sentence("sn-1", Span(0, len(text) - 1), 0),), events=(event,))
    (happening,) = join_readings([long]).happenings
    assert happening.line.startswith("… word")
    assert happening.line.endswith("tail …")
    assert " met " in happening.line
    assert len(happening.line) < 260


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("they met the board.”", "they met the board"),
        ("“they met the board", "they met the board"),
        ("“They met,” he said", "“They met,” he said"),
        ('they met the board."', "they met the board"),
    ],
)
def test_half_a_pair_of_quotation_marks_is_left_out(text: str, line: str) -> None:
    event = replace(met("ev-1", text.index("met")), clause=Span(0, len(text)))
    (happening,) = join_readings([Reading(Document("r-1", text), events=(event,))]).happenings
    assert happening.line == line

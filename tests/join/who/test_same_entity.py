"""One entity in several reports: who is joined, who is kept apart, and what people decided about it."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.join import join_entities
from onrecord.record import (
    Decision,
    Document,
    Entity,
    Form,
    Id,
    Kind,
    Location,
    Mention,
    Reading,
    Role,
    Span,
    make_id,
)

PERSON, BODY, PLACE, OTHER = Kind.PERSON, Kind.ORGANISATION, Kind.PLACE, Kind.OTHER


@dataclass(frozen=True)
class Told:
    """What a made report says of somebody."""

    name: str
    kind: Kind = PERSON
    title: str = ""
    of: str = ""
    country: str | None = None
    at: Location | None = None
    also: tuple[str, ...] = ()
    he: str = ""
    named: bool = True
    called: str = ""


def report(number: int, *told: Told) -> Reading:
    """A reading by hand. Ids come of the number and of the place in the text, as those of real ones do."""
    text, mentions, roles, entities = "", [], [], []
    ids: dict[str, Id] = {}
    for one in told:
        entity = make_id("e", number, len(text))
        own = []
        forms = [(one.name, Form.NAME if one.named else Form.DESCRIPTION)]
        forms += [(one.he, Form.PRONOUN)] * bool(one.he) + [(one.called, Form.DESCRIPTION)] * bool(one.called)
        for words, form in forms:
            span = Span(len(text), len(text) + len(words))
            text += f"{words}. "
            own.append(Mention(make_id("m", number, span.start), span, span, one.kind, form, entity))
        ids[one.name] = own[0].id
        mentions += own
        entities.append(
            Entity(
                entity, one.kind, one.named, one.name, tuple(m.id for m in own), one.also, country=one.country,
                place=one.at, members=(entity,),
            )
        )  # fmt: skip
    for one, entity in zip(told, entities, strict=True):
        if one.title:
            roles.append(Role(make_id("ro", entity.id), entity.mentions[0], one.title, Span(0, 1), of=ids.get(one.of)))
    return Reading(
        Document(f"r-{number}", text), mentions=tuple(mentions), roles=tuple(roles), entities=tuple(entities)
    )


def joined(*reports: Reading, decisions: Sequence[Decision] = ()) -> set[frozenset[str]]:
    """Which entities are one, as "number of the report: name"."""
    names = {e.id: f"{r.document.id[2:]}: {e.name}" for r in reports for e in r.entities}
    entities, _ = join_entities(reports, decisions)
    return {frozenset(names[member] for member in entity.members) for entity in entities if len(entity.members) > 1}


def id_of(reading: Reading, name: str) -> Id:
    return next(entity.id for entity in reading.entities if entity.name == name)


BRELL, FRONT = Told("Brell Shipping", BODY), Told("National Front of Harbours", BODY)
USA = Told("United States", PLACE, at=Location(38.0, -97.0, "US", "made", "country"), also=("U.S.",))
VELM = Told("Port Velm", PLACE, at=Location(50.0, 10.0, "DE", "made", "city"))
ORVIK = Told("Dan Orvik", title="chairman")
EAST = Location(44.0, 44.0, "GE", "made", "country")
WEST = Location(33.0, -84.0, "US", "made", "subdivision")

ONE = [
    ("full name", report(1, Told("Lena Venn")), report(2, Told("LENA VENN"))),
    ("title and letter", report(1, Told("Dr. Lena Venn")), report(2, Told("Lena Venn"))),
    ("surname, role", report(1, ORVIK, BRELL), report(2, Told("Orvik", title="chairman"))),
    ("surname, company", report(1, ORVIK, BRELL), report(2, Told("Orvik"), BRELL)),
    ("surname, place", report(1, ORVIK, VELM), report(2, Told("Orvik"), VELM)),
    ("surname, country", report(1, replace(ORVIK, country="DE")), report(2, Told("Orvik", country="DE"))),
    ("initial", report(1, ORVIK, BRELL), report(2, Told("D. Orvik"), BRELL)),
    ("short form", report(1, Told("Robert Lind"), BRELL), report(2, Told("Bob Lind"), BRELL)),
    ("son", report(1, Told("Dan Orvik Jr."), BRELL), report(2, ORVIK, BRELL)),
    ("middle name", report(1, Told("Ana Maria Belo")), report(2, Told("Ana Belo"))),
    ("legal form", report(1, Told("Orvik Foods Ltd.", BODY)), report(2, Told("Orvik Foods", BODY))),
    ("the", report(1, Told("The Velm Herald", BODY)), report(2, Told("Velm Herald", BODY))),
    ("trade", report(1, Told("Brell", BODY), ORVIK), report(2, BRELL, ORVIK)),
    ("acronym", report(1, FRONT, VELM), report(2, Told("NFH", BODY), VELM)),
    ("acronym tied", report(1, replace(FRONT, also=("N.F.H.",))), report(2, Told("NFH", BODY))),
    ("kind mistaken", report(1, Told("Brell Shipping", PERSON)), report(2, BRELL)),
    ("kind unknown", report(1, Told("Brell", OTHER), ORVIK, FRONT), report(2, Told("Brell", BODY), ORVIK, FRONT)),
    ("same point", report(1, Told("Ostermark", PLACE, at=EAST)), report(2, Told("Mark of the East", PLACE, at=EAST))),
    ("public body", report(1, Told("Senate", BODY), ORVIK), report(2, Told("the Senate", BODY), ORVIK)),
    ("country in the name", report(1, Told("U.S. Senate", BODY), USA),
     report(2, Told("United States Senate", BODY), USA)),
    ("country left out", report(1, Told("Senate", BODY), USA, ORVIK), report(2, Told("U.S. Senate", BODY), USA, ORVIK)),
    ("town left out", report(1, Told("Herald", BODY), ORVIK),
     report(2, Told("Velm Herald", BODY), Told("Velm", PLACE), ORVIK)),
    ("career", report(1, ORVIK, BRELL, FRONT), report(2, Told("Dan Orvik", title="senator"), BRELL, FRONT)),
    ("title in letters", report(1, Told("Ana Belo", title="CEO")),
     report(2, Told("Ana Belo", title="chief executive officer"))),
]  # fmt: skip

TWO = [
    ("surname alone", report(1, ORVIK, BRELL), report(2, Told("Orvik"), FRONT)),
    ("lone surnames", report(1, Told("Orvik"), VELM), report(2, Told("Orvik"), VELM)),
    ("role", report(1, Told("Dan Orvik", title="mayor")), report(2, Told("Dan Orvik", title="surgeon"))),
    ("what they are called", report(1, Told("Dan Orvik", title="mayor")),
     report(2, Told("Dan Orvik", called="surgeon"))),
    ("body", report(1, Told("Dan Orvik", title="chief", of="Brell Shipping"), BRELL),
     report(2, Told("Dan Orvik", title="chief", of="National Front of Harbours"), FRONT)),
    ("country", report(1, Told("Dan Orvik", country="DE")), report(2, Told("Dan Orvik", country="KE"))),
    ("he and she", report(1, Told("Kim Venn", he="he")), report(2, Told("Kim Venn", he="she"))),
    ("surname, he and she", report(1, replace(ORVIK, he="he"), BRELL), report(2, Told("Orvik", he="she"), BRELL)),
    ("father and son", report(1, Told("Dan Orvik Jr."), BRELL), report(2, Told("Dan Orvik, Sr."), BRELL)),
    ("given name", report(1, Told("Dan Orvik"), BRELL), report(2, Told("Eva Orvik"), BRELL)),
    ("middle name", report(1, Told("Ana Maria Belo"), BRELL), report(2, Told("Ana Lena Belo"), BRELL)),
    ("Georgia", report(1, Told("Georgia", PLACE, at=EAST)), report(2, Told("Georgia", PLACE, at=WEST))),
    ("person and place", report(1, Told("Port Velm"), BRELL), report(2, Told("Port Velm", PLACE), BRELL)),
    ("ministries", report(1, Told("Ministry of Defence", BODY, country="DE")),
     report(2, Told("Ministry of Defence", BODY, country="KE"))),
    ("two Heralds", report(1, Told("Herald", BODY), ORVIK),
     report(2, Told("Velm Herald", BODY), Told("Tarn Herald", BODY), Told("Velm", PLACE), Told("Tarn", PLACE), ORVIK)),
    ("senates", report(1, Told("Senate", BODY)), report(2, Told("Senate", BODY))),
    ("museum", report(1, Told("Brell", BODY), ORVIK), report(2, Told("Brell Museum", BODY), ORVIK)),
    ("unnamed", report(1, Told("a senior official", named=False), BRELL),
     report(2, Told("a senior official", named=False), BRELL)),
    ("unnamed like a name", report(1, Told("Dan Orvik", named=False), BRELL), report(2, ORVIK, BRELL)),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right"), [case[1:] for case in ONE], ids=[case[0] for case in ONE])
def test_one_bearer_is_one(left: Reading, right: Reading) -> None:
    pair = frozenset({f"1: {left.entities[0].name}", f"2: {right.entities[0].name}"})
    assert pair in joined(left, right)
    assert pair in joined(right, left)


@pytest.mark.parametrize(("left", "right"), [case[1:] for case in TWO], ids=[case[0] for case in TWO])
def test_two_bearers_stay_two(left: Reading, right: Reading) -> None:
    pair = {f"1: {left.entities[0].name}", f"2: {right.entities[0].name}"}
    for found in (joined(left, right), joined(right, left)):
        assert not any(pair <= group for group in found), found


def test_a_surname_that_fits_two_is_left_alone() -> None:
    two = report(1, Told("Dan Orvik"), Told("Eva Orvik"), BRELL)
    assert joined(two, report(2, Told("Orvik"), BRELL)) == {frozenset({"1: Brell Shipping", "2: Brell Shipping"})}


def test_a_surname_goes_to_the_one_whose_role_agrees() -> None:
    two = report(1, Told("Dan Orvik", title="judge"), Told("Eva Orvik", title="mayor"))
    assert joined(two, report(2, Told("Orvik", title="mayor"))) == {frozenset({"1: Eva Orvik", "2: Orvik"})}


def test_a_person_is_shown_by_the_full_name_learned_from_another_report() -> None:
    reports = [
        report(1, Told("Orvik", title="chairman"), BRELL),
        report(2, ORVIK, BRELL),
        report(3, Told("D. Orvik"), BRELL),
    ]
    orvik = join_entities(reports)[0][0]
    assert (orvik.id, orvik.name) == (reports[0].entities[0].id, "Dan Orvik")
    assert orvik.aliases == ("Orvik", "D. Orvik")
    assert len(orvik.members) == 3


def test_a_place_that_may_be_either_of_two_is_left_alone() -> None:
    reports = [report(n, Told("Georgia", PLACE, at=at)) for n, at in ((1, EAST), (2, WEST), (3, None))]
    assert joined(*reports) == set()


def test_links_say_why_and_chain_all_members() -> None:
    reports = [report(n, ORVIK, BRELL, VELM) for n in range(4)]
    entities, links = join_entities(reports)
    assert len(links) == 9
    assert {member for entity in entities for member in entity.members} == {
        entity.id for reading in reports for entity in reading.entities
    }
    for link in links:
        assert 0 <= link.score <= 1
        assert link.by == "rule"
        assert all(reason.note for reason in link.reasons)
    notes = " ".join(reason.note for link in links for reason in link.reasons)
    assert "both are called Dan Orvik" in notes
    assert "both are chairman" in notes
    assert "beside both stand" in notes


def test_a_wrong_alias_in_one_report_ties_nothing_together() -> None:
    reports = [report(1, replace(BRELL, also=("Tarn Steel",))), report(2, BRELL), report(3, Told("Tarn Steel", BODY))]
    assert joined(*reports) == {frozenset({"1: Brell Shipping", "2: Brell Shipping"})}


# ------------------------------------------------------------------------------------------------ decisions


def decision(n: int, verb: str, left: Id, value: str) -> Decision:
    right = value if verb in {"same", "different"} else None
    return Decision(f"d-{n}", "entity", verb, left, right, "" if right else value, "ann", f"2023-03-0{n}T10:00:00Z")


def test_same_joins_whatever_the_rules_say() -> None:
    left, right = report(1, Told("Dan Orvik", title="mayor")), report(2, Told("Daniel O.", title="surgeon"))
    made = decision(1, "same", left.entities[0].id, right.entities[0].id)
    (entity,), (link,) = join_entities([left, right], [made])
    assert entity.members == (left.entities[0].id, right.entities[0].id)
    assert (link.by, link.score) == ("person", 1.0)
    assert "d-1" in link.reasons[0].note


def test_different_keeps_apart_and_takes_no_others_along() -> None:
    reports = [report(n, ORVIK, BRELL) for n in range(1, 6)]
    made = decision(1, "different", id_of(reports[0], "Dan Orvik"), id_of(reports[3], "Dan Orvik"))
    found = [group for group in joined(*reports, decisions=[made]) if any("Orvik" in name for name in group)]
    assert sorted(len(group) for group in found) == [4]
    assert not any({"1: Dan Orvik", "4: Dan Orvik"} <= group for group in found)


def test_different_holds_through_a_third() -> None:
    left, right = report(1, Told("D. Orvik"), BRELL), report(2, Told("Dan K. Orvik"), BRELL)
    third = report(3, ORVIK, BRELL)
    made = decision(1, "different", left.entities[0].id, right.entities[0].id)
    assert not any(
        {"1: D. Orvik", "2: Dan K. Orvik"} <= group for group in joined(left, right, third, decisions=[made])
    )


def test_a_new_name_and_kind_are_shown_and_the_old_name_stays_known() -> None:
    reports = [report(1, BRELL), report(2, BRELL)]
    id_ = id_of(reports[1], "Brell Shipping")
    made = [decision(1, "rename", id_, "Brell Lines"), decision(2, "kind", id_, "group")]
    (entity,), _ = join_entities(reports, made)
    assert (entity.name, entity.kind, entity.aliases) == ("Brell Lines", Kind.GROUP, ("Brell Shipping",))
    assert [reason.rule for reason in entity.reasons] == ["decision.rename", "decision.kind"]


def test_what_is_undone_or_points_at_nothing_counts_for_nothing() -> None:
    reports = [report(1, ORVIK, BRELL), report(2, ORVIK, BRELL)]
    ids = [id_of(reading, "Dan Orvik") for reading in reports]
    undone = replace(decision(1, "different", *ids), undone_at="2023-03-09T10:00:00Z")
    gone = [decision(2, "same", ids[0], "e-gone"), decision(3, "rename", "e-gone", "Nobody")]
    assert join_entities(reports, [undone, *gone]) == join_entities(reports)


# ------------------------------------------------------------------------------------------------ what always holds

NAMES = [
    "Dan Orvik", "Orvik", "D. Orvik", "Eva Orvik", "Brell", "Brell Shipping", "Brell Shipping Ltd.", "NFH", "Senate",
    "National Front of Harbours", "Velm", "Venn", "Kim Venn", "a senior official", "two captains",
]  # fmt: skip
tellings = st.builds(
    Told,
    st.sampled_from([*NAMES[:13], "Dan Orvik Jr.", "Dan Orvik II"]),
    st.sampled_from([PERSON, BODY, PLACE, OTHER]),
    st.sampled_from(["", "", "mayor", "surgeon", "chief"]),
    country=st.sampled_from([None, None, "DE", "KE"]),
    at=st.sampled_from([None, None, EAST, WEST]),
    he=st.sampled_from(["", "he", "she"]),
) | st.builds(Told, st.sampled_from(NAMES[13:]), named=st.just(False))
worlds = st.lists(st.lists(tellings, min_size=1, max_size=5), min_size=1, max_size=7).map(
    lambda reports: [report(n, *told) for n, told in enumerate(reports)]
)


def partition(reports: Sequence[Reading], decisions: Sequence[Decision] = ()) -> set[frozenset[Id]]:
    return {frozenset(entity.members) for entity in join_entities(reports, decisions)[0]}


@settings(max_examples=150, deadline=None)
@given(worlds, st.randoms(use_true_random=False))
def test_the_order_of_reports_does_not_change_who_is_one(world: list[Reading], chance: random.Random) -> None:
    shuffled = list(world)
    chance.shuffle(shuffled)
    assert partition(shuffled) == partition(world)


@settings(max_examples=150, deadline=None)
@given(worlds)
def test_every_entity_stands_in_one_joined_one_that_has_its_first_id(world: list[Reading]) -> None:
    entities, links = join_entities(world)
    order = [entity.id for reading in world for entity in reading.entities]
    assert sorted(member for entity in entities for member in entity.members) == sorted(order)
    assert all(entity.id == entity.members[0] for entity in entities)
    assert all(order.index(a) < order.index(b) for entity in entities for a, b in pairwise(entity.members))
    assert len(links) == len(order) - len(entities)
    single = {entity.id: entity for reading in world for entity in reading.entities}
    for entity in entities:
        members = [single[member] for member in entity.members]
        assert len({member.named for member in members}) == 1
        assert entity.named or len(members) == 1
        assert not {PERSON, PLACE} <= {member.kind for member in members}
    assert join_entities(world) == (entities, links)


@st.composite
def decided_worlds(draw: st.DrawFn) -> tuple[list[Reading], list[Decision]]:
    world = draw(worlds)
    ids = st.sampled_from([entity.id for reading in world for entity in reading.entities])
    made = []
    for n in range(draw(st.integers(0, 6))):
        verb = draw(st.sampled_from(["same", "different", "rename", "kind"]))
        value = draw({"rename": st.just("Ilda Tarn"), "kind": st.just("group")}.get(verb, ids))
        made.append(decision(n, verb, draw(ids), value))
    return world, [one for one in made if one.left != one.right]


@settings(max_examples=150, deadline=None)
@given(decided_worlds(), st.data())
def test_undoing_decisions_gives_back_what_was(both: tuple[list[Reading], list[Decision]], data: st.DataObject) -> None:
    world, made = both
    kept = data.draw(st.lists(st.booleans(), min_size=len(made), max_size=len(made)))
    undone = [one if keep else replace(one, undone_at="later") for one, keep in zip(made, kept, strict=True)]
    standing = [one for one, keep in zip(made, kept, strict=True) if keep]
    assert join_entities(world, undone) == join_entities(world, standing)


@settings(max_examples=150, deadline=None)
@given(decided_worlds())
def test_only_a_decision_joins_or_names_the_unnamed(both: tuple[list[Reading], list[Decision]]) -> None:
    world, made = both
    single = {entity.id: entity for reading in world for entity in reading.entities}
    same = {id_ for one in made if one.verb == "same" for id_ in (one.left, one.right)}
    called = {one.left for one in made if one.verb == "rename"}
    for entity in join_entities(world, made)[0]:
        members = [single[member] for member in entity.members]
        for member in members:
            assert member.named or len(members) == 1 or member.id in same
        if entity.named and not any(member.named for member in members):
            assert called & set(entity.members)


@settings(max_examples=100, deadline=None)
@given(decided_worlds())
def test_different_is_never_one(both: tuple[list[Reading], list[Decision]]) -> None:
    world, made = both
    groups = partition(world, made)
    for one in made:
        if one.verb == "different":
            assert not any({one.left, one.right} <= group for group in groups)


def seconds(count: int) -> float:
    """CPU time for so many reports on people of one name who hold different offices, and of one surname."""
    reports = [
        report(n, *(Told("Jan Smith", title=f"office{n * 9 + k}") for k in range(9)), Told("Smith", country="DE"))
        for n in range(count)
    ]
    begin = time.process_time()
    join_entities(reports)
    return time.process_time() - begin


def test_time_grows_with_the_number_of_entities_even_if_all_have_one_name() -> None:
    seconds(20)
    assert seconds(400) < 12 * seconds(100) + 0.5


def test_what_one_report_told_apart_no_other_report_joins() -> None:
    both = report(1, Told("Dan Orvik"), Told("Orvik"), BRELL)
    found = joined(both, report(2, ORVIK, BRELL), report(3, Told("Eva Orvik"), BRELL))
    assert found == {
        frozenset({"1: Dan Orvik", "2: Dan Orvik"}),
        frozenset({"1: Brell Shipping", "2: Brell Shipping", "3: Brell Shipping"}),
    }

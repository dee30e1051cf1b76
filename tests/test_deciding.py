"""Deciding on entities in a case: what is decided holds whatever is read later, and can be taken back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.case import Case
from onrecord.errors import BadDecision, NotFound, OnRecordError
from onrecord.export.account_json import account_json
from onrecord.export.digest import digest
from onrecord.export.resolved import resolve
from onrecord.export.tables import rows_of
from onrecord.export.why import explain
from onrecord.record import (
    Account,
    Decision,
    Document,
    Entity,
    Form,
    Id,
    Kind,
    Made,
    Mention,
    Reading,
    Received,
    Sentence,
    Span,
    make_id,
)
from onrecord.store import queries

ONE = "Dan Orvik met Brell Shipping in Velm. A senior official watched."
TWO = "Brell Shipping paid Dan Orvik in Velm. A senior official denied it."
THREE = "Jan Tarn left Velm. A clerk saw Brell Shipping."
KINDS = {"Brell Shipping": Kind.ORGANISATION, "Velm": Kind.PLACE}
NAME = re.compile(r"A senior official|A clerk|[A-Z]\w+(?: [A-Z]\w+)*")


def received(text: str) -> Received:
    return Received(Document(make_id("r", text), text, title=text[:12]), text.encode())


def by_capitals(document: Document, before: int = 0) -> tuple[Reading, Made]:
    """A reading without a parser: capitals are names. ``before``: ids as another version would make them."""
    mentions, entities = [], []
    for found in NAME.finditer(document.text):
        span, words = Span(*found.span()), found.group()
        named = not words.startswith("A ")
        kind = KINDS.get(words, Kind.PERSON)
        entity = make_id("e", document.id, span.start - before)
        form = Form.NAME if named else Form.DESCRIPTION
        mentions.append(Mention(make_id("m", document.id, span.start), span, span, kind, form, entity))
        entities.append(Entity(entity, kind, named, words, (mentions[-1].id,), members=(entity,)))
    sentence = Sentence(make_id("sn", document.id), Span(0, len(document.text)), 0)
    return Reading(document, (sentence,), mentions=tuple(mentions), entities=tuple(entities)), Made("0", (), ())


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case(tmp_path / "a.onrecord", work=by_capitals) as opened:
        list(opened.add([received(text) for text in (ONE, TWO)], engine="serial"))
        yield opened


def entity(case: Case, name: str, report: int = 0) -> Id:
    reading = case.account().readings[report]
    return next(entity.id for entity in reading.entities if entity.name == name)


def found(case: Case, id_: Id) -> Entity:
    return next(entity for entity in case.account().entities if id_ in entity.members)


def without_decisions(account: Account) -> Account:
    return replace(account, decisions=())


def test_same_and_undo_leave_all_as_it_was_but_for_the_record(case: Case) -> None:
    before = case.account()
    official, orvik = entity(case, "A senior official"), entity(case, "Dan Orvik", 1)
    made = case.decide(official, "same", orvik, note="he said so", by="ann")
    assert (made.left, made.right, made.value, made.note, made.by) == (official, orvik, "", "he said so", "ann")
    joined = found(case, official)
    assert joined.name == "Dan Orvik"
    assert joined.named
    assert len(joined.members) == 3
    link = next(link for link in case.account().links if link.by == "person")
    assert (link.score, {link.left, link.right}) == (1.0, {official, orvik})
    assert case.check() == []
    undone = case.undo(made.id[:6])
    assert undone.undone_at
    assert without_decisions(case.account()) == without_decisions(before)
    assert case.decisions() == (undone,)
    assert case.check() == []


def test_different_keeps_apart(case: Case) -> None:
    left, right = entity(case, "Dan Orvik"), entity(case, "Dan Orvik", 1)
    assert found(case, left) == found(case, right)
    case.decide(left, "different", right)
    assert found(case, left).members == (left,)
    assert found(case, right).members == (right,)
    assert case.check() == []


def test_what_is_decided_is_shown_everywhere(case: Case) -> None:
    brell, official = entity(case, "Brell Shipping", 1), entity(case, "A senior official")
    case.decide(brell, "rename", "  Brell \n Lines ")
    case.decide(brell, "kind", "group")
    case.decide(official, "rename", "Ilda Venn")
    account = case.account()
    shown = {row["name"]: row["kind"] for row in rows_of("entities", resolve(account))}
    assert shown["Brell Lines"] == "group"
    assert "Brell Lines" in {line.name for line in digest(account).entities}
    printed = account_json(account)
    names = {one["name"]: one for one in printed["entities"]}
    assert names["Brell Lines"]["aliases"] == ["Brell Shipping"]
    assert names["Ilda Venn"]["named"]
    assert [one["verb"] for one in printed["decisions"]] == ["rename", "kind", "rename"]
    json.dumps(printed)
    assert case.check() == []


def test_why_tells_links_and_decisions_also_by_the_id_of_one_report(case: Case) -> None:
    first, second = entity(case, "Dan Orvik"), entity(case, "Dan Orvik", 1)
    made = case.decide(second, "rename", "Daniel Orvik", by="ann")
    told = explain(case.account(), second)
    assert told["id"] == first
    rules = [reason["rule"] for reason in told["reasons"]]
    assert "same-entity.name" in rules
    assert "decision.rename" in rules
    assert (f"decision {made.id}", "rename Daniel Orvik") in told["words"]
    assert explain(case.account(), made.id)["kind"] == "decision"


# ------------------------------------------------------------------------------------------------ what is refused


def refused(case: Case, error: type[OnRecordError], message: str, *given: str) -> None:
    before = case.account()
    with pytest.raises(error, match=message):
        case.decide(*given)
    assert case.account() == before


def test_bad_decisions_change_nothing(case: Case) -> None:
    orvik, velm, brell = (entity(case, name) for name in ("Dan Orvik", "Velm", "Brell Shipping"))
    mention = case.account().readings[0].mentions[0].id
    report = case.account().readings[0].document.id
    refused(case, BadDecision, "is a place and Dan Orvik a person", velm, "same", orvik)
    refused(case, NotFound, "nothing in", "e-unknown", "same", orvik)
    refused(case, NotFound, "nothing in", orvik, "same", "e-unknown")
    refused(case, NotFound, "nothing in", "", "rename", "Ilda")
    refused(case, NotFound, "write more of the id", "e-", "same", orvik)
    refused(case, BadDecision, "is a mention, not an entity", mention, "same", orvik)
    refused(case, BadDecision, "is a report, not an entity", orvik, "same", report)
    refused(case, BadDecision, "say which other entity", orvik, "same")
    refused(case, BadDecision, "the same as itself", orvik, "same", orvik)
    refused(case, BadDecision, "the same as itself", orvik, "different", orvik)
    refused(case, BadDecision, "no verb 'merge'", orvik, "merge", brell)
    refused(case, BadDecision, "no kind 'planet'", orvik, "kind", "planet")
    for name in ("", " \n", "...", "a\x07b", "x" * 201):
        refused(case, BadDecision, "is no name", orvik, "rename", name)


def test_what_contradicts_a_standing_decision_is_refused_and_names_it(case: Case) -> None:
    list(case.add([received(THREE)], engine="serial"))
    orvik, other, tarn = entity(case, "Dan Orvik"), entity(case, "Dan Orvik", 1), entity(case, "Jan Tarn", 2)
    first = case.decide(orvik, "same", tarn)
    refused(case, BadDecision, f"{first.id} decided .* the same; .*undo .*{first.id}", orvik, "different", tarn)
    refused(case, BadDecision, f"{first.id} decided that already", tarn, "same", orvik)
    second = case.decide(orvik, "different", other)
    refused(case, BadDecision, f"{second.id} decided that .* are different", tarn, "same", other)
    name = case.decide(orvik, "rename", "Daniel Orvik")
    refused(case, BadDecision, f"{name.id} decided that already", tarn, "rename", "Daniel Tarn")
    kind = case.decide(orvik, "kind", "group")
    refused(case, BadDecision, f"{kind.id} decided that already", orvik, "kind", "person")
    brell = entity(case, "Brell Shipping")
    case.decide(brell, "rename", "Brell Lines")
    refused(case, BadDecision, "says Daniel Orvik and .* says Brell Lines", orvik, "same", brell)
    case.undo(name.id)
    case.decide(tarn, "rename", "Daniel Tarn")
    assert case.check() == []


def test_undoing_twice_an_unknown_or_a_needed_decision_is_refused(case: Case) -> None:
    orvik, velm = entity(case, "Dan Orvik"), entity(case, "Velm")
    kind = case.decide(velm, "kind", "person")
    same = case.decide(velm, "same", orvik)
    for id_, error, message in (
        ("d-unknown", NotFound, "no decision"),
        ("", NotFound, "no decision"),
        (kind.id, BadDecision, f"cannot be undone before {same.id}"),
    ):
        with pytest.raises(error, match=message):
            case.undo(id_)
    assert [made.undone_at for made in case.decisions()] == [None, None]
    case.undo(same.id)
    with pytest.raises(BadDecision, match="was undone at"):
        case.undo(same.id)
    case.undo(kind.id)
    case.set(case.account().readings[0].document.id, outlet="Velm Post")
    with pytest.raises(BadDecision, match="onrecord set --outlet ''` takes it back"):
        case.undo(case.decisions()[-1].id)


# ------------------------------------------------------------------------------------------------ what outlasts it


def test_decisions_outlast_new_reports_and_a_second_pass(case: Case) -> None:
    orvik = entity(case, "Dan Orvik")
    case.decide(orvik, "rename", "Daniel Orvik")
    case.decide(entity(case, "A senior official"), "same", orvik)
    before = case.account()
    assert case.reread(engine="serial") == 2
    assert case.account() == before
    list(case.add([received(THREE)], engine="serial"))
    assert found(case, orvik).name == "Daniel Orvik"
    assert [one.id for one in case.account().entities][: len(before.entities)] == [one.id for one in before.entities]
    assert case.check() == []


def test_decisions_follow_the_words_when_ids_change(case: Case) -> None:
    orvik, official = entity(case, "Dan Orvik"), entity(case, "A senior official")
    case.decide(orvik, "rename", "Daniel Orvik")
    case.decide(official, "same", entity(case, "Brell Shipping"))

    def later(document: Document) -> tuple[Reading, Made]:
        return by_capitals(document, before=7)

    with Case(case.path, work=later) as again:
        again.reread(engine="serial")
        assert entity(again, "Dan Orvik") != orvik
        assert found(again, entity(again, "Dan Orvik")).name == "Daniel Orvik"
        assert len(found(again, entity(again, "A senior official")).members) == 3
        assert again.decisions()[0].left == entity(again, "Dan Orvik")
        assert again.check() == []
        assert again.decide(orvik, "kind", "group").left == entity(again, "Dan Orvik")
    assert case.reread(engine="serial") == 2
    assert case.decisions()[0].left == orvik
    assert found(case, orvik).kind is Kind.GROUP
    assert case.check() == []


def test_a_decision_whose_entity_is_gone_is_listed_not_lost(case: Case) -> None:
    made = case.decide(entity(case, "Dan Orvik"), "rename", "Daniel Orvik")

    def blind(document: Document) -> tuple[Reading, Made]:
        reading, by = by_capitals(document)
        return replace(reading, mentions=(), entities=()), by

    with Case(case.path, work=blind) as again:
        again.reread(engine="serial")
        assert again.decisions() == (made,)
        assert [str(fault) for fault in again.check()] == [
            f"the case: {made.id}: somebody decided on {made.left}, which is neither in the case nor was removed"
        ]
    case.reread(engine="serial")
    assert found(case, made.left).name == "Daniel Orvik"
    assert case.check() == []


def test_nobody_unnamed_is_followed_to_somebody_named(case: Case) -> None:
    made = case.decide(entity(case, "A senior official"), "kind", "group")

    def named(document: Document) -> tuple[Reading, Made]:
        reading, by = by_capitals(document, before=7)
        return replace(reading, entities=tuple(replace(one, named=True) for one in reading.entities)), by

    with Case(case.path, work=named) as again:
        again.reread(engine="serial")
        assert [made.id] == [fault.id for fault in again.check()]


def test_decisions_on_a_joined_entity_outlast_the_removal_of_one_report(case: Case) -> None:
    orvik, official = entity(case, "Dan Orvik"), entity(case, "A senior official")
    case.decide(orvik, "rename", "Daniel Orvik")
    case.decide(official, "rename", "Ilda Venn")
    case.remove(case.account().readings[0].document.id)
    (reading,) = case.account().readings
    assert "Daniel Orvik" in {one.name for one in case.account().entities}
    assert [made.value for made in case.decisions()] == ["Daniel Orvik", ""]
    assert case.decisions()[0].left in {one.id for one in reading.entities}
    assert case.check() == []
    case.undo(case.decisions()[0].id)
    assert found(case, entity(case, "Dan Orvik")).name == "Dan Orvik"


def test_a_removed_report_takes_along_what_was_decided_of_it_alone(case: Case) -> None:
    official, orvik = entity(case, "A senior official"), entity(case, "Dan Orvik", 1)
    case.decide(official, "same", orvik, note="Qwixal told me")
    case.remove(case.account().readings[0].document.id)
    assert found(case, orvik).members == (orvik,)
    assert [made.note for made in case.decisions()] == [""]
    assert case.check() == []


def test_a_decision_that_the_account_does_not_honour_is_a_fault(case: Case) -> None:
    left, right = entity(case, "Dan Orvik"), entity(case, "Dan Orvik", 1)
    case.decide(left, "same", right)
    with case._file.transaction():
        queries.add_decision(
            case._file, Decision("d-x", "entity", "different", left, right, "", "", "2023-03-04T10:00:00Z")
        )
    assert any("keeps them apart" in str(fault) for fault in case.check())


# ------------------------------------------------------------------------------------------------ any decisions

deeds = st.lists(
    st.tuples(
        st.sampled_from(["same", "different", "rename", "kind", "undo"]),
        st.integers(0, 9),
        st.integers(0, 9),
        st.sampled_from(["Ilda Venn", "group", "place", "person"]),
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(deeds)
def test_whatever_is_decided_and_undone_the_case_stays_sound(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int, int, str]]
) -> None:
    path = tmp_path_factory.mktemp("case") / "a.onrecord"
    with Case(path, work=by_capitals) as case:
        list(case.add([received(text) for text in (ONE, TWO, THREE)], engine="serial"))
        before = case.account()
        ids = [one.id for reading in before.readings for one in reading.entities]
        for verb, left, right, value in acts:
            with suppress(BadDecision, NotFound):
                if verb == "undo":
                    case.undo(case.decisions()[left].id if left < len(case.decisions()) else "d-none")
                else:
                    case.decide(ids[left], verb, ids[right] if verb in {"same", "different"} else value)
            assert case.check() == []
        case.reread(engine="serial")
        after = case.account()
        for made in reversed([made for made in case.decisions() if made.undone_at is None]):
            case.undo(made.id)
        assert without_decisions(case.account()) == without_decisions(before)
    assert {one.id for one in after.entities} <= set(ids)

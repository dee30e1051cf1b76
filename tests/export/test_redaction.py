"""Redaction: neither rows nor words of an entity are left in any export, and every other anchor still fits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import NotFound
from onrecord.export import EXPORTERS
from onrecord.export.account_json import account_json
from onrecord.export.redaction import BLOCK, entity_named, redacted
from onrecord.export.wordings import wordings_of
from onrecord.record import (
    Account,
    Decision,
    Document,
    Entity,
    Event,
    EventType,
    Form,
    Happening,
    Kind,
    Link,
    LinkKind,
    Made,
    Manner,
    Mention,
    Participant,
    Problem,
    Quantity,
    Reading,
    Reason,
    Role,
    Source,
    SourceKind,
    Span,
    Stance,
    Statement,
    StatementKind,
    Status,
    Voice,
)


def files_of(account: Account, folder: Path) -> Iterator[tuple[str, str]]:
    """Everything that every exporter writes, by the name of the format."""
    folder.mkdir(exist_ok=True)
    for name, write in EXPORTERS.items():
        for path in write(account, folder / name):
            yield name, path.read_text("utf-8") + path.name


def says(text: str, name: str) -> bool:
    return re.search(rf"(?<![^\W\d_]){re.escape(name)}(?![^\W\d_])", text, re.IGNORECASE) is not None


def test_rows_that_point_at_the_entity_are_gone_and_the_others_stay(account: Account) -> None:
    kept = redacted(account, ["e-2"])
    (reading,) = kept.readings
    assert [mention.id for mention in reading.mentions] == ["m-1", "m-3", "m-4"]
    assert reading.roles == reading.statements == ()
    assert [event.id for event in reading.events] == ["ev-2"]
    assert [happening.id for happening in kept.happenings] == ["h-2"]
    assert reading.links == ()
    assert [quantity.id for quantity in reading.quantities] == ["n-1"]
    assert {entity.id for entity in kept.entities} == {"e-1", "e-3"}
    assert reading.mentions[1].candidates == ("e-1",)


def test_words_become_blocks_of_the_same_length_and_anchors_still_fit(account: Account) -> None:
    before, after = account.readings[0].document, redacted(account, ["e-2"]).readings[0].document
    assert len(after.text) == len(before.text)
    assert after.text == before.text.replace("Captain Ilda Venn", BLOCK * 17)
    assert after.text[45:].startswith(before.text[45:60])


def test_a_pronoun_that_is_resolved_is_blacked_out_too(account: Account) -> None:
    (reading,) = account.readings
    hers = replace(reading.mentions[2], means="e-2", candidates=())
    mentions = (*reading.mentions[:2], hers, reading.mentions[3])
    kept = redacted(replace(account, readings=(replace(reading, mentions=mentions),)), ["e-2"])
    assert "who feared for ███ job" in kept.readings[0].document.text
    assert [mention.id for mention in kept.readings[0].mentions] == ["m-1", "m-4"]


def test_what_leads_to_the_unredacted_text_is_left_out(account: Account) -> None:
    document = redacted(account, ["e-2"]).readings[0].document
    assert (document.url, document.original, document.origin) == ("", "", "")
    assert redacted(account, []) is account


def test_what_stands_in_the_words_for_somebody_goes_with_them(account: Account) -> None:
    kept = redacted(account, ["e-1"])
    (reading,) = kept.readings
    assert "Ostermark" not in reading.document.text
    assert {entity.id for entity in kept.entities} == {"e-2"}
    assert [mention.id for mention in reading.mentions] == ["m-2"]
    assert reading.roles == ()


def test_neither_name_nor_part_is_in_any_export(account: Account, tmp_path: Path) -> None:
    before = dict(files_of(account, tmp_path / "before"))
    for name, text in files_of(redacted(account, ["e-2"]), tmp_path / "after"):
        assert not says(text, "Ilda"), name
        assert not says(text, "Venn"), name
        assert "e-2" not in text, name
    assert sum(says(text, "Venn") for text in before.values()) >= 8


# ------------------------------------------------------------------------------------------------ any account

NAMES = ["Brela", "Coro Dask", "Dašk Élan", "O'Fenn Gorr", "Hax-Irm Joss", "Kell"]


def made(names: list[str], lines: list[tuple[int, int, str]]) -> Account:
    """One report: on each line somebody says something of somebody else, by the numbers of their names."""
    text, mentions, statements, events = "", [], [], []
    for n, (who, whom, joint) in enumerate(lines):
        start = len(text)
        text += f"{names[who]} said{joint}that {names[whom]} fled; {names[whom].upper()} was seen.\n"
        at = text.index(names[whom], start + len(names[who]) + 5)
        said, told = Span(start, start + len(names[who])), Span(at, at + len(names[whom]))
        mentions += [Mention(f"m-{n}a", said, said, Kind.PERSON, Form.NAME, f"e-{who}"),
                     Mention(f"m-{n}b", told, told, Kind.PERSON, Form.NAME, f"e-{whom}")]  # fmt: skip
        clause = Span(at, text.index(";", at))
        reason = Reason("made", f"“{names[whom]}” is the subject", told)
        statements.append(Statement(f"s-{n}", Source(SourceKind.NAMED, f"e-{who}", (), (said,)), (), (clause,),
                                    Manner.INDIRECT, StatementKind.SPEECH, Stance.ASSERTS, reasons=(reason,)))  # fmt: skip
        fled = Span(clause.end - 4, clause.end)
        events.append(Event(f"ev-{n}", fled, "flee", EventType.RETREAT, clause, statement=f"s-{n}", certainty=3,
                            status=Status.HAPPENED, participants=(Participant("actor", f"e-{whom}"),),
                            voices=(Voice(Status.HAPPENED, 3, f"e-{who}", f"s-{n}"),), reasons=(reason,)))  # fmt: skip
    entities = tuple(
        Entity(
            f"e-{n}", Kind.PERSON, True, name, tuple(m.id for m in mentions if m.means == f"e-{n}"), members=(f"e-{n}",)
        )
        for n, name in enumerate(names)
    )
    document = Document("r-1", text, title=f"{names[0]} and others", authors=tuple(names), outlet=f"The {names[-1]} Post",
                        url=f"https://post.example/{names[0].lower().replace(' ', '-')}", origin=f"{names[0].lower()}.txt",
                        original="cd" * 32)  # fmt: skip
    reading = Reading(document, mentions=tuple(mentions), statements=tuple(statements), events=tuple(events),
                      entities=entities)  # fmt: skip
    happenings = tuple(
        Happening(f"h-{n}", (event.id,), event.type, event.with_part("actor"), (), None, None, event.status, False, 1, False,
                  event.clause.cut(text) if event.clause else "")
        for n, event in enumerate(events)
    )  # fmt: skip
    decisions = tuple(
        Decision(f"d-{n}", "entity", "rename", f"e-{n}", None, name, "me", "2023-01-01") for n, name in enumerate(names)
    )
    problems = (Problem("", "read", f"{names[0].lower()}.txt: is odd"),)
    return Account(Made("0", (), ()), (reading,), entities, happenings, decisions=decisions, problems=problems)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.permutations(NAMES),
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from([" ", "\n", " aloud "])), min_size=1, max_size=4
    ),
    st.sets(st.integers(0, 5), min_size=1, max_size=2),
)
def test_of_whoever_is_redacted_nothing_is_left(
    tmp_path: Path, names: list[str], lines: list[tuple[int, int, str]], out: set[int]
) -> None:
    account = made(names, lines)
    kept = redacted(account, [f"e-{n}" for n in out])
    text, before = kept.readings[0].document.text, account.readings[0].document.text
    assert len(text) == len(before)
    parts = {part for n in out for part in [names[n], *re.split(r"[\s-]", names[n])]}
    for name, written in files_of(kept, tmp_path):
        assert not [part for part in parts if says(written, part)], name
        assert not [n for n in out if re.search(rf"\be-{n}\b", written)], name
    for reading in kept.readings:
        for mention in reading.mentions:
            assert mention.span.cut(text) == mention.span.cut(before)
    assert len(kept.readings[0].statements) == sum(who not in out for who, _, _ in lines)


# ------------------------------------------------------------------------------------------------ words


def person(name: str, *aliases: str, id_: str = "e-1", named: bool = True) -> Entity:
    return Entity(id_, Kind.PERSON, named, name, (), aliases, members=(id_,))


@pytest.mark.parametrize(
    ("text", "black"),
    [
        ("Ilda Venn left", "█████████ left"),
        ("ILDA\nVENN left", "████\n████ left"),
        ("I am ilda.venn@post.example", "I am █████████@post.example"),
        ("see /ilda-venn-held", "see /█████████-held"),
        ("Venn's boat", "████'s boat"),
        ("Vennish", "Vennish"),
        ("Vénn and Ven\u00adn and Ve\u0301nn", "████ and █████ and █████"),
        ("a venn diagram", "a venn diagram"),
        ("Ven-\nn was here", "████\n█ was here"),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, black: str) -> None:
    assert wordings_of([person("Ilda Venn")], []).blacked(text, BLOCK) == black


def test_a_part_that_is_somebody_else_s_too_stays() -> None:
    wordings = wordings_of(
        [person("Ilda Venn")], [person("Tomas Venn", id_="e-2"), person("the Ilda Venn Fund", id_="e-3")]
    )
    assert wordings.blacked("Ilda and Tomas Venn; Ilda Venn", "█") == "████ and Tomas Venn; █████████"


def test_a_description_is_found_as_a_whole_only() -> None:
    wordings = wordings_of([person("a clerk in Ostermark", named=False)], [])
    assert wordings.blacked("A clerk in Ostermark met a clerk of Ostermark", "█").endswith(" met a clerk of Ostermark")


def test_small_words_and_initials_are_no_parts() -> None:
    wordings = wordings_of([person("Mr. J. van den Orr")], [])
    assert wordings.blacked("Mr. Dask van Kell met J. and Orr", "█") == "Mr. Dask van Kell met J. and ███"


# ------------------------------------------------------------------------------------------------ what hangs on it


def test_what_is_known_through_a_statement_that_goes_is_not_told_as_fact(account: Account) -> None:
    (reading,) = account.readings
    inner = replace(reading.statements[0], id="s-2", within="s-1", source=Source(SourceKind.NONE), addressee=None)
    event = replace(reading.events[1], id="ev-3", statement="s-2", voices=())
    third = replace(account.happenings[1], id="h-3", told_in=("ev-3",))
    changed = replace(reading, statements=(*reading.statements, inner), events=(*reading.events, event))
    kept = redacted(replace(account, readings=(changed,), happenings=(*account.happenings, third)), ["e-1"])
    assert kept.readings[0].statements == ()
    assert [event.id for event in kept.readings[0].events] == ["ev-2"]
    assert [happening.id for happening in kept.happenings] == ["h-2"]


def test_a_line_is_told_anew_where_a_description_stood_in_it(account: Account) -> None:
    text = "The clerk who hid Orr was held."
    hid = Mention("m-9", Span(0, 17), Span(4, 9), Kind.PERSON, Form.DESCRIPTION, "e-9")
    orr = Mention("m-8", Span(18, 21), Span(18, 21), Kind.PERSON, Form.NAME, "e-8")
    people = (Entity("e-9", Kind.PERSON, False, "a clerk", ("m-9",), members=("e-9",)), person("Orr", id_="e-8"))
    event = Event("ev-1", Span(26, 30), "hold", EventType.COERCE, Span(0, 30), status=Status.HAPPENED, certainty=3)
    reading = Reading(Document("r-1", text), mentions=(hid, orr), entities=people, events=(event,))
    of = Happening("h-1", ("ev-1",), event.type, (), (), None, None, event.status, False, 1, False, text[:30])
    kept = redacted(Account(account.made, (reading,), people, (of,)), ["e-9"])
    assert kept.happenings[0].line == f"{BLOCK * 17} Orr was held"


def test_links_decisions_and_references_go_along(account: Account) -> None:
    (reading,) = account.readings
    again = replace(reading.events[1], id="ev-4", same_as="ev-1", part_of="ev-1")
    counted = Quantity("n-2", reading.quantities[0].span, 1, 1, of="e-2")
    changed = replace(reading, events=(*reading.events, again), quantities=(*reading.quantities, counted))
    links = (Link("l-2", "e-2", "e-1", LinkKind.SAME_ENTITY, 1), Link("l-3", "r-1", "r-1", LinkKind.COPIES, 1))
    decisions = tuple(
        Decision(f"d-{left}", "entity", "different", left, right, "", "me", "2023-01-01")
        for left, right in (("e-2", "e-3"), ("e-3", "e-2"), ("e-3", "e-1"))
    )
    kept = redacted(replace(account, readings=(changed,), links=links, decisions=decisions), ["e-2"])
    assert [link.id for link in kept.links] == ["l-3"]
    assert [decision.right for decision in kept.decisions] == ["e-1"]
    told = kept.readings[0].events[-1]
    assert (told.id, told.same_as, told.part_of) == ("ev-4", None, None)
    assert [quantity.id for quantity in kept.readings[0].quantities] == ["n-1"]


def test_an_entity_of_which_one_report_s_part_is_hidden_stays(account: Account) -> None:
    (reading,) = account.readings
    other = Reading(
        Document("r-2", "Ostermark is far."), entities=(replace(reading.entities[2], id="e-7", mentions=("m-7",), members=("e-7",)),),
        mentions=(Mention("m-7", Span(0, 9), Span(0, 9), Kind.PLACE, Form.NAME, "e-7"),),
    )  # fmt: skip
    joined = replace(reading.entities[2], members=("e-3", "e-7"))
    both = replace(account, readings=(reading, other), entities=(*reading.entities[:2], joined))
    assert {entity.id for entity in redacted(both, ["e-1"]).entities} == {"e-2", "e-3"}


def test_a_role_of_somebody_redacted_goes(account: Account) -> None:
    assert [role.id for role in redacted(account, []).readings[0].roles] == ["ro-1"]
    role = Role("ro-2", "m-4", "port", Span(9, 12), of="m-2")
    (reading,) = account.readings
    kept = redacted(replace(account, readings=(replace(reading, roles=(role,)),)), ["e-2"])
    assert kept.readings[0].roles == ()


# ------------------------------------------------------------------------------------------------ who is meant


@pytest.mark.parametrize("words", ["e-2", "Ilda Venn", "ilda  venn", "Captain Venn"])
def test_an_entity_is_named_by_id_name_or_alias(account: Account, words: str) -> None:
    assert entity_named(account, words).id == "e-2"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            "e-",
            "'e-' may be e-1 .a clerk in Ostermark, person., e-2 .Ilda Venn, person., e-3 .Ostermark, place.; name one",
        ),
        ("Venn", "no entity is called 'Venn'; there is e-2 .Ilda Venn, person."),
        ("Nobody", "no entity is called 'Nobody'$"),
        ("", "no entity is called ''$"),
    ],
)
def test_who_is_unknown_or_may_be_several_is_refused_with_candidates(
    account: Account, words: str, message: str
) -> None:
    with pytest.raises(NotFound, match=message):
        entity_named(account, words)


def test_namesakes_are_listed(account: Account) -> None:
    twins = tuple(person("Kell", id_=f"k-{n}") for n in range(12))
    with pytest.raises(NotFound, match=r"k-0 .Kell, person.*and 4 more; name one by its id"):
        entity_named(replace(account, entities=twins), "Kell")


def test_the_json_of_a_redacted_account_is_an_account(account: Account) -> None:
    shown = account_json(redacted(account, ["e-2"]))
    assert shown["onrecord"] == "account/1"
    assert [row["id"] for row in shown["entities"]] == ["e-1", "e-3"]
    assert shown["reports"][0]["sha256"] is None

"""Statements: who says it, on what terms, where, to whom, and inside which other statement."""

from __future__ import annotations

import pytest

from onrecord.record import ChannelKind, Manner, Range, Reading, SourceKind, Span, Statement
from tests.conftest import ReadText


def by_cue(reading: Reading, cue: str) -> Statement:
    (found,) = [s for s in reading.statements if s.cue[0].cut(reading.document.text) == cue]
    return found


def words(reading: Reading, spans: tuple[Span, ...]) -> list[str]:
    return [span.cut(reading.document.text) for span in spans]


@pytest.mark.parametrize(
    ("text", "kind", "spans"),
    [
        ("The road is closed, two officials said.", SourceKind.UNNAMED, ["two officials"]),
        ("The road is closed, said Mara Tolin, the mayor.", SourceKind.NAMED, ["Mara Tolin, the mayor"]),
        ("The report said the dam was unsafe.", SourceKind.DOCUMENT, ["The report"]),
        ("The Brell Gazette reported that the king was ill.", SourceKind.OUTLET, ["The Brell Gazette"]),
        ("It was reported that the king was ill.", SourceKind.NONE, []),
    ],
)
def test_kinds_of_sources(text: str, kind: SourceKind, spans: list[str], read_text: ReadText) -> None:
    reading = read_text(text)
    (statement,) = reading.statements
    assert (statement.source.kind, words(reading, statement.source.spans)) == (kind, spans)


def test_an_unnamed_source_has_an_entity_that_is_not_named(read_text: ReadText) -> None:
    reading = read_text("The road is closed, a senior diplomat said.")
    entities = {entity.id: entity for entity in reading.entities}
    source = reading.statements[0].source
    assert source.entity is not None
    assert not entities[source.entity].named


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Two officials said the road was closed.", Range(2, 2)),
        ("At least three officials said the road was closed.", Range(3, None)),
        ("An official said the road was closed.", Range(1, 1)),
    ],
)
def test_counts(text: str, count: Range, read_text: ReadText) -> None:
    assert read_text(text).statements[0].source.count == count


def test_terms_reason_and_knowledge(read_text: ReadText) -> None:
    reading = read_text(
        "The sale is off, said a banker familiar with the contract, "
        "speaking on condition of anonymity for fear of losing his job."
    )
    source = reading.statements[0].source
    assert words(reading, source.terms) == ["on condition of anonymity"]
    assert words(reading, source.reason) == ["for fear of losing his job"]
    assert words(reading, source.knowledge) == ["familiar with the contract"]


def test_a_reason_in_the_description(read_text: ReadText) -> None:
    reading = read_text("“It failed,” said a senior clerk who was not authorized to speak about the sale.")
    assert words(reading, reading.statements[0].source.reason) == ["was not authorized to speak about the sale"]


def test_terms_of_one_source_are_not_those_of_another(read_text: ReadText) -> None:
    reading = read_text(
        "A banker, speaking on condition of anonymity, said the sale was off. Mara Tolin said the price was low."
    )
    banker, tolin = reading.statements
    assert banker.source.terms
    assert not tolin.source.terms


@pytest.mark.parametrize(
    ("text", "kind", "anchor"),
    [
        ("The coach said in an interview that the team was tired.", ChannelKind.INTERVIEW, "an interview"),
        ("The singer tweeted that the tour was off.", ChannelKind.POST, "tweeted"),
        ("In a statement, the bank said the vault was empty.", ChannelKind.STATEMENT, "a statement"),
        ("The coach told The Brell Gazette that the team was tired.", ChannelKind.OUTLET, "The Brell Gazette"),
    ],
)
def test_channels(text: str, kind: ChannelKind, anchor: str, read_text: ReadText) -> None:
    reading = read_text(text)
    channel = reading.statements[0].channel
    assert channel is not None
    assert channel.span is not None
    assert (channel.kind, channel.span.cut(text)) == (kind, anchor)


def test_no_channel_unless_words_say_so(read_text: ReadText) -> None:
    assert read_text("The coach said that the team was tired.").statements[0].channel is None


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("“The road is closed,” she said.", Manner.DIRECT),
        ("She said the road was “closed for good.”", Manner.MIXED),
        ("She said the road was closed.", Manner.INDIRECT),
        ("She said that “the road is closed.”", Manner.DIRECT),
    ],
)
def test_manner(text: str, manner: Manner, read_text: ReadText) -> None:
    assert read_text(text).statements[0].manner is manner


def test_the_addressee_is_an_entity(read_text: ReadText) -> None:
    reading = read_text("Mara Tolin told the harbour council that the pier was unsafe.")
    statement = reading.statements[0]
    entity = next(entity for entity in reading.entities if entity.id == statement.addressee)
    assert "council" in entity.name


def test_a_statement_inside_a_statement(read_text: ReadText) -> None:
    reading = read_text("Officials said the envoy reported that the rebels had fled.")
    said, reported = by_cue(reading, "said"), by_cue(reading, "reported")
    assert (said.within, reported.within) == (None, said.id)


def test_the_smallest_statement_is_the_one_around(read_text: ReadText) -> None:
    reading = read_text("Officials said the envoy reported that the rebels believed the town was empty.")
    assert by_cue(reading, "believed").within == by_cue(reading, "reported").id


def test_joint_sources(read_text: ReadText) -> None:
    reading = read_text("The mayor and the bishop said the school was safe.")
    source = reading.statements[0].source
    assert words(reading, source.spans) == ["The mayor and the bishop"]
    assert source.entity is not None
    assert len(source.joint) == 1


def test_i_in_a_quotation_is_the_speaker(read_text: ReadText) -> None:
    reading = read_text("“I believe that the town is empty,” said Mara Tolin.")
    assert by_cue(reading, "believe").source.entity == by_cue(reading, "said").source.entity is not None


def test_who_asked_not_to_be_named_has_said_nothing_of_the_affair(read_text: ReadText) -> None:
    reading = read_text("“It was empty,” said a guard. He asked not to be named because he feared for his job.")
    (statement,) = reading.statements
    assert statement.content[0].cut(reading.document.text) == "“It was empty,”"
    assert [span.cut(reading.document.text) for span in statement.source.terms] == ["asked not to be named"]


def test_a_dateline_is_no_part_of_what_is_said(read_text: ReadText) -> None:
    reading = read_text("PORT ORLO, May 3 (Agency) — The ferry sank near the mole, two pilots said.")
    (statement,) = reading.statements
    assert statement.content[0].cut(reading.document.text) == "The ferry sank near the mole"


def grounds(reading: Reading) -> list[tuple[str, list[str], list[str]]]:
    text = reading.document.text
    return [
        (s.source.spans[0].cut(text), [x.cut(text) for x in s.source.terms], [x.cut(text) for x in s.source.reason])
        for s in reading.statements
    ]


def test_terms_that_only_point_back_belong_to_the_unnamed_who_spoke_last(read_text: ReadText) -> None:
    text = "The mill was sold in May, two foremen said. Both insisted on anonymity because the deal was secret."
    assert grounds(read_text(text)) == [("two foremen", ["insisted on anonymity"], ["because the deal was secret"])]


def test_terms_that_point_back_never_reach_somebody_named(read_text: ReadText) -> None:
    text = "The mill was sold in May, Mara Tolin said. Both insisted on anonymity because the deal was secret."
    assert grounds(read_text(text)) == [("Mara Tolin", [], [])]


def test_a_reason_ends_before_the_speaker_s_verb(read_text: ReadText) -> None:
    text = "A foreman who was not allowed to discuss the deal publicly contradicted the owner, saying it was sold."
    for _, _, reasons in grounds(read_text(text)):
        assert all("contradicted" not in reason for reason in reasons)

"""Terms, reasons and knowledge: found in many wordings, given to who is meant, and to nobody else."""

from __future__ import annotations

import pytest

from onrecord.record import Source, SourceKind
from tests.conftest import ReadText


def told(text: str, read: ReadText, nth: int = 0) -> tuple[list[str], list[str], list[str]]:
    """(terms, reason, knowledge) of one statement, as words."""
    source: Source = read(text).statements[nth].source
    terms, reason, knowledge = ([s.cut(text) for s in part] for part in (source.terms, source.reason, source.knowledge))
    return terms, reason, knowledge


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The locks were cut, said a lighterman who asked us to keep his name out of it.", "asked us to keep his name out of it"),
        ("A lighterman, who would not give his surname, said the locks were cut.", "would not give his surname"),
        ("The locks were cut, said a lighterman whose identity this magazine is concealing.", "whose identity this magazine is concealing"),
        ("A lighterman said, on the understanding that he would not be named, that the locks were cut.", "on the understanding that he would not be named"),
        ("The locks were cut, said a lighterman who identified himself only as Brom.", "identified himself only as"),
        ("Speaking off the record, a lighterman said the locks were cut.", "off the record"),
        ("A lighterman who was promised anonymity said the locks were cut.", "was promised anonymity"),
        ("The locks were cut, said a lighterman who preferred to stay nameless.", "preferred to stay nameless"),
    ],
)  # fmt: skip
def test_terms_in_many_wordings(text: str, terms: str, read_by_rules: ReadText) -> None:
    (found,), _, _ = told(text, read_by_rules)
    shared = set(found.split()) & set(terms.split())
    assert len(shared) >= len(set(terms.split())) / 2, found


@pytest.mark.parametrize(
    "text",
    [
        "The council said it would not name the bridge after him.",
        "The bidder withdrew his name, the auctioneer said.",
        "An anonymous letter said the locks were cut.",
        "The clerk said nobody had been named as heir.",
        "The minister declined to identify the buyer, a paper said.",
    ],
)
def test_a_name_alone_is_no_term(text: str, read_text: ReadText) -> None:
    assert not any(statement.source.terms for statement in read_text(text).statements)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("A smith asked not to be named, citing his oath, but said the bell was cracked.", "citing his oath"),
        ("Citing her oath, a nurse asked not to be named, but said beds were short.", "Citing her oath"),
        ("The bell is cracked, said a smith who was forbidden to talk about it.", "forbidden to talk about it"),
        ("“The bell is cracked,” said a smith whose guild bars its members from speaking.", "whose guild bars its members from speaking"),
        ("A smith said the bell was cracked. He asked not to be named. He could be dismissed.", "He could be dismissed"),
    ],
)  # fmt: skip
def test_reasons_in_many_wordings(text: str, reason: str, read_by_rules: ReadText) -> None:
    _, (found,), _ = told(text, read_by_rules)
    assert reason in found


@pytest.mark.parametrize(
    ("text", "knowledge"),
    [
        ("The price was low, said a broker with first-hand knowledge of the sale.", "with first-hand knowledge of the sale"),
        ("The price was low, said a broker who sat beside the buyer.", "who sat beside the buyer"),
        ("A broker privy to the bids said the price was low.", "privy to the bids"),
        ("The price was low, according to a participant in the auction.", "participant in the auction"),
    ],
)  # fmt: skip
def test_knowledge_in_many_wordings(text: str, knowledge: str, read_by_rules: ReadText) -> None:
    assert told(text, read_by_rules)[2] == [knowledge]


@pytest.mark.parametrize(
    "text",
    [
        "The price was low, said a broker who lives in Brell.",
        "The broker asked who had sat beside the buyer.",
        "Mara Tolin, who sat beside the buyer, said the price was low.",
    ],
)
def test_what_is_no_knowledge_of_an_unnamed_speaker(text: str, read_by_rules: ReadText) -> None:
    sources = [statement.source for statement in read_by_rules(text).statements]
    assert not any(source.knowledge for source in sources if source.kind is not SourceKind.NAMED)


def test_terms_in_a_sentence_of_their_own_are_of_who_spoke_before(read_by_rules: ReadText) -> None:
    text = "Two divers said the hull was split. Neither would give his name."
    assert told(text, read_by_rules)[0] == ["Neither would give his name"]


def test_nothing_is_given_to_who_has_a_name(read_by_rules: ReadText) -> None:
    text = "Mara Tolin said the hull was split. A man beside her would not give his name."
    assert told(text, read_by_rules) == ([], [], [])


def test_a_request_for_anonymity_is_no_statement(read_by_rules: ReadText) -> None:
    reading = read_by_rules(
        "The hull was split, said a diver who begged not to be named, fearing that he would lose his post."
    )
    assert [s.cue[0].cut(reading.document.text) for s in reading.statements] == ["said"]


def test_both_is_not_one(read_by_rules: ReadText) -> None:
    text = "A diver said two smiths had been arrested. Neither was named."
    assert told(text, read_by_rules) == ([], [], [])


def test_what_is_told_of_another_of_the_same_calling_is_not_the_speakers(read_by_rules: ReadText) -> None:
    text = "Ada Renn, a veteran officer who led the harbour guard, left. A senior officer said the vote was bought."
    assert told(text, read_by_rules)[2] == []

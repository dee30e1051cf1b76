"""Cues: source, cue words and content of every kind of attribution, with the right borders."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.extract.parse import Tools
from onrecord.pipeline import read_document
from onrecord.record import Cue, Document, Stance, StatementKind
from tests.conftest import ReadText

Row = tuple[str, str, list[str]]


def rows(text: str, cues: tuple[Cue, ...]) -> list[Row]:
    """(source, cue, content) of each cue, as words."""

    def words(cue: Cue) -> Row:
        source, spans = (" + ".join(span.cut(text) for span in part) for part in (cue.source, cue.spans))
        return source, spans, [span.cut(text) for span in cue.content]

    return [words(cue) for cue in cues]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will go,” said Mara Tolin.", ("Mara Tolin", "said", ["“We will go,”"])),
        ("“We will go,” she said. “It is time.”", ("she", "said", ["“We will go,”", "“It is time.”"])),
        ("“We will go,” she said, “and soon.”", ("she", "said", ["“We will go,”", "“and soon.”"])),
        ("''We will go,'' she said.", ("she", "said", ["''We will go,''"])),
        ("She said: “We will go.”", ("She", "said", ["“We will go.”"])),
        ("The plan leaked, he said.", ("he", "said", ["The plan leaked"])),
        ("But the plan leaked, he said.", ("he", "said", ["the plan leaked"])),
        ("The rebels, officials said, had fled the town.", ("officials", "said", ["The rebels", "had fled the town"])),
        (
            "The mayor said that the road was closed and that the bridge was safe.",
            ("The mayor", "said", ["that the road was closed and that the bridge was safe"]),
        ),
        (
            "The mayor said the road was “a disgrace” for the town.",
            ("The mayor", "said", ["the road was “a disgrace” for the town"]),
        ),
        ("According to two clerks, the fund is empty.", ("two clerks", "According to", ["the fund is empty"])),
        ("The fund is empty, according to two clerks.", ("two clerks", "according to", ["The fund is empty"])),
        (
            "MARA TOLIN: We will see what the court decides.",
            ("MARA TOLIN", ":", ["We will see what the court decides"]),
        ),
        ("“It is over.” — Mara Tolin", ("Mara Tolin", "—", ["“It is over.”"])),
        ("The mayor called the plan “a disgrace.”", ("The mayor", "called", ["the plan “a disgrace.”"])),
        ("The union accused the owners of fraud.", ("The union", "accused", ["the owners of fraud"])),
        ("It was reported that the king was ill.", ("", "reported", ["that the king was ill"])),
        (
            "The minister's claim that the port was empty was false.",
            ("The minister", "claim", ["that the port was empty"]),
        ),
        ("The owners feared that the mill would close.", ("The owners", "feared", ["that the mill would close"])),
        ("The rebels asked the union to send food.", ("The rebels", "asked", ["to send food"])),
        (
            "The road is closed, said two clerks briefed on the work.",
            ("two clerks briefed on the work", "said", ["The road is closed"]),
        ),
        (
            "“The road is closed,” said a senior clerk who was not authorized to speak.",
            ("a senior clerk who was not authorized to speak", "said", ["“The road is closed,”"]),
        ),
    ],
)
def test_the_parts_of_an_attribution(text: str, expected: Row, read_by_rules: ReadText) -> None:
    found = rows(text, read_by_rules(text).cues)
    assert [(source.removesuffix(","), cue, content) for source, cue, content in found if cue == expected[1]] == [
        expected
    ]


def test_a_participle_has_the_subject_of_the_verb_above(read_by_rules: ReadText) -> None:
    text = "The minister left the hall, saying that the talks had failed."
    assert rows(text, read_by_rules(text).cues) == [("The minister", "saying", ["that the talks had failed"])]


@pytest.mark.parametrize(
    ("text", "negated", "hypothetical"),
    [
        ("The mayor never said that the road was closed.", True, False),
        ("The mayor did not say that the road was closed.", True, False),
        ("The mayor would say that the road was closed.", False, True),
        ("If the mayor says that the road is closed, we stay.", False, True),
        ("The mayor said that the road was not closed.", False, False),
        ("The mayor went on to say that the road was closed.", False, False),
    ],
)
def test_words_that_were_not_uttered(text: str, negated: bool, hypothetical: bool, read_by_rules: ReadText) -> None:
    (cue,) = [cue for cue in read_by_rules(text).cues if cue.lemma == "say"]
    assert (cue.negated, cue.hypothetical) == (negated, hypothetical)


def test_kind_and_stance_come_from_the_lexicon(read_by_rules: ReadText) -> None:
    denied, believed = read_by_rules("The judge denied that he lied. The clerk believed that he did.").cues
    assert (denied.kind, denied.stance) == (StatementKind.SPEECH, Stance.DENIES)
    assert (believed.kind, believed.stance) == (StatementKind.THOUGHT, Stance.ASSERTS)
    assert denied.reasons[0].rule == "reporting-verbs#deny"


def test_a_refusal_to_speak_declines(read_by_rules: ReadText) -> None:
    (cue,) = read_by_rules("The banker declined to say whether the vault was empty.").cues[-1:]
    assert cue.stance is Stance.DECLINES


def test_a_quotation_of_the_next_paragraph_is_not_taken_along(read_by_rules: ReadText) -> None:
    text = "“We will go,” she said.\n\n“You will stay,” he said."
    assert [content for _, _, content in rows(text, read_by_rules(text).cues)] == [
        ["“We will go,”"],
        ["“You will stay,”"],
    ]


def test_a_carried_quotation_belongs_to_who_opened_it(read_by_rules: ReadText) -> None:
    text = "She said: “We will go.\n\n“It is time.”"
    assert rows(text, read_by_rules(text).cues) == [("She", "said", ["“We will go.", "“It is time.”"])]


def test_a_telephone_call_says_nothing(read_by_rules: ReadText) -> None:
    assert read_by_rules("The mayor called the police.").cues == ()


SAID = "said that told left claim of fears who asked to go and was by he according mayor Tolin"
MARKS = ("“", "”", '"', ",", ".", ":", "—", "(", ")", "'", "😀", "\n", "\u00ad")
WORDS = st.sampled_from((*SAID.split(), *MARKS))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_content_never_overlaps_its_own_cue_or_source(tools: Tools, text: str) -> None:
    reading = read_document(Document("r-1", text), tools)
    assert not [problem for problem in reading.problems if problem.stage in {"quotations", "cues", "statements"}]
    for cue in reading.cues:
        spans = (*cue.spans, *cue.source, *cue.content)
        assert cue.content
        assert all(span.end <= len(text) for span in spans)
        assert not any(piece.overlaps(part) for piece in cue.content for part in (*cue.spans, *cue.source))

"""Where something was said and to whom, and what was not said at all."""

from __future__ import annotations

import pytest

from onrecord.record import ChannelKind, Stance, Statement
from tests.conftest import ReadText


def statement(text: str, read: ReadText, cue: str) -> Statement:
    reading = read(text)
    return next(s for s in reading.statements if cue in " ".join(span.cut(text) for span in s.cue).split())


@pytest.mark.parametrize(
    ("text", "cue", "kind", "words"),
    [
        ("In a letter to the owners, the crew said the pump had failed.", "said", ChannelKind.DOCUMENT, "a letter"),
        ("The crew said in a note to this newspaper that the pump had failed.", "said", ChannelKind.INTERVIEW, "a note"),
        ("Reached by telephone, the mate said the pump had failed.", "said", ChannelKind.INTERVIEW, "telephone"),
        ("The auditors' report said the pump had failed.", "said", ChannelKind.REPORT, "The auditors' report"),
        ("The mate told the jury that the pump had failed.", "told", ChannelKind.COURT, "the jury"),
        ("The mate told his sister that the pump had failed.", "told", ChannelKind.PRIVATE, "his sister"),
        ("The mate told Radio Brell that the pump had failed.", "told", ChannelKind.OUTLET, "Radio Brell"),
        ("The mate tweeted that the pump had failed.", "tweeted", ChannelKind.POST, "tweeted"),
        ("From the pulpit, the bishop said the pump had failed.", "said", ChannelKind.SPEECH, "the pulpit"),
    ],
)  # fmt: skip
def test_channels(text: str, cue: str, kind: ChannelKind, words: str, read_by_rules: ReadText) -> None:
    channel = statement(text, read_by_rules, cue).channel
    assert channel is not None
    assert channel.span is not None
    assert (channel.kind, channel.span.cut(text)) == (kind, words)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The mate said the letter was lost.", "said"),
        ("The mate said the interview had been dull.", "said"),
        ("The treasurer said the figures in the statement were wrong.", "said"),
    ],
)
def test_what_is_spoken_of_is_no_channel(text: str, cue: str, read_by_rules: ReadText) -> None:
    assert statement(text, read_by_rules, cue).channel is None


@pytest.mark.parametrize(
    ("text", "cue", "words"),
    [
        ("The mate told the harbour board that the pump had failed.", "told", "the harbour board"),
        ("The mate explained to the divers that the pump had failed.", "explained", "the divers"),
        ("The union begged the owners to wait.", "begged", "the owners"),
        ("In a letter to the owners, the crew said the pump had failed.", "said", None),
        ("The mate said to nobody in particular that it was late.", "said", "nobody"),
        ("The mate said the pump had failed.", "said", None),
    ],
)
def test_addressees(text: str, cue: str, words: str | None, read_by_rules: ReadText) -> None:
    addressed = statement(text, read_by_rules, cue).addressed
    if words is None:
        assert addressed is None or addressed.cut(text) == "the owners"
    else:
        assert addressed is not None
        assert addressed.cut(text) == words


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The mate never said that the pump had failed.", "said"),
        ("At no point did the mate say that the pump had failed.", "say"),
        ("The mate left without saying that the pump had failed.", "saying"),
        ("The mate has yet to say whether the pump had failed.", "say"),
        ("The mate would not say whether the pump had failed.", "say"),
        ("The mate told nobody that the pump had failed.", "told"),
    ],
)
def test_what_was_not_said(text: str, cue: str, read_by_rules: ReadText) -> None:
    found = statement(text, read_by_rules, cue)
    assert found.negated
    assert not found.hypothetical or "yet" in text or "without" in text


def test_a_refusal_to_say_is_one_statement(read_by_rules: ReadText) -> None:
    text = "The mate declined to say whether the pump had failed."
    (found,) = read_by_rules(text).statements
    assert (found.stance, found.negated) == (Stance.DECLINES, True)
    assert found.content[0].cut(text) == "whether the pump had failed"


@pytest.mark.parametrize("text", ["The mate would say that the pump had failed.", "If the mate says so, he is lying."])
def test_what_is_only_thought_of(text: str, read_by_rules: ReadText) -> None:
    assert all(found.hypothetical for found in read_by_rules(text).statements if not found.within)


@pytest.mark.parametrize(
    "text", ["The mate went on to say that it had failed.", "The mate rang to say that it had failed."]
)
def test_what_was_said_after_all(text: str, read_by_rules: ReadText) -> None:
    assert not statement(text, read_by_rules, "say").hypothetical

"""Where something was said, when words of the attribution say so.

``channels`` is the lexicon. A channel is told by the cue itself ("tweeted"), by a noun under a preposition of the cue
("in a letter"), by the speaker that is a document ("the report said"), or by who is spoken to ("told the jury", "told
her sister"; ``addressees``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from onrecord.extract.parse import Tools
from onrecord.extract.says.page import Page
from onrecord.lexicon import Row
from onrecord.record import Channel, ChannelKind, Cue, Reason

if TYPE_CHECKING:
    from spacy.tokens import Token

Rows = Mapping[str, Row]
Found = tuple[Channel | None, tuple[Reason, ...]]

# Prepositions between a cue and its channel: "in an interview".
PLACED = frozenset(
    {"in", "at", "on", "during", "via", "through", "by", "over", "before", "from", "under", "into", "after", "with"}
)
# Words for a part of a channel, under which the true one may hang: "at the start of a speech".
PARTS = frozenset({"start", "end", "beginning", "part", "series", "transcript", "copy", "course", "middle", "page"})
# Participles that carry a channel to the cue they stand beside: "writing in her diary, she said".
CARRIES = frozenset(
    {"write", "speak", "talk", "address", "reach", "question", "post", "appear", "testify", "quote", "ask"}
)
POSSESSIVE = frozenset({"his", "her", "their", "its", "my", "our", "your"})
# Who receives a letter that is an answer to a reporter.
PRESS = frozenset({"newspaper", "paper", "reporter", "reporters", "us", "me", "magazine", "question", "questions"})
# How many steps up a channel may hang below the cue.
DEEP = 6


def channel_of(page: Page, cue: Cue, heard: Sequence[Token], tools: Tools) -> Found:
    """The channel of a cue and why; None unless words say so. ``heard``: who is spoken to."""
    rows = tools.lexicons["channels"].by_key
    words = [token for span in cue.spans for token in page.parse.tokens(span)]
    own = rows.get(f"{cue.lemma} verb")
    if own is not None and words and words[-1].tag_.startswith("VB"):
        return _channel(page, own, words[-1], named=False)
    for noun in _placed_by(page, cue, words, rows):
        row = _row(noun, rows)
        if row is not None and row["class"] == "noun" and not (row.key == "record" and noun.head.lower_ == "on"):
            return _channel(page, _to_the_press(noun, row, rows, heard), noun)
    for span in cue.source:
        tokens = page.parse.tokens(span)
        row = _row(tokens.root, rows) if len(tokens) else None
        if row is not None and row.flag("speaks"):
            return _channel(page, row, tokens.root)
    return _by_hearer(page, heard, rows, tools)


def _row(token: Token, rows: Rows) -> Row | None:
    return rows.get(token.lemma_.lower()) or rows.get(token.lower_)


def _channel(page: Page, row: Row, token: Token, named: bool = True) -> Found:
    span = _named(page, token) if named else page.parse.span(token)
    return Channel(ChannelKind(row["kind"]), span), (
        Reason(row.rule, f"channel: {row['kind']}", page.parse.span(token)),
    )


def _named(page: Page, noun: Token):  # type: ignore[no-untyped-def]
    """The channel's own words: its noun with what stands before it."""
    first = noun.left_edge
    return page.parse.between(first if page.inside[first.i] == page.inside[noun.i] else noun, noun)


def _to_the_press(noun: Token, row: Row, rows: Rows, heard: Sequence[Token]) -> Row:
    """A letter or message to the paper that asked is an interview."""
    receivers = {word.lower_ for prep in noun.rights if prep.lower_ == "to" for word in prep.subtree}
    receivers |= {token.lower_ for token in heard}
    answers = {child.lemma_.lower() for child in (*noun.lefts, noun)} & {"reply", "answer", "response"}
    if row["kind"] in {"document", "other"} and (receivers & PRESS or answers):
        return rows["interview"]
    return row


def _placed_by(page: Page, cue: Cue, words: Sequence[Token], rows: Rows) -> Iterator[Token]:
    """The channel nouns that belong to a cue, nearest first: outside its content, under a preposition."""
    if not words:
        return
    first, end = page.sentence(words[0])
    said = [page.parse.tokens(span) for span in cue.content]
    inside = {token.i for tokens in said for token in tokens}
    speaker = {token.i for span in cue.source for token in page.parse.tokens(span)}
    own = {word.i for word in words} | speaker
    near = sorted(range(first, end), key=lambda i: abs(i - words[0].i))
    for i in near:
        token = page.doc[i]
        if i in speaker and not _beside_the_speaker(token, speaker):
            continue
        if i in inside or page.inside[i] != page.inside[words[0].i] or _row(token, rows) is None:
            continue
        if (
            (token.dep_ in {"pobj", "pcomp"} and token.head.lower_ in PLACED and _hangs_on(token, own))
            or (token.dep_ in {"dobj", "npadvmod"} and token.head.lemma_ in CARRIES and _hangs_on(token, own))
            or (token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_.lower() in PARTS)
        ):
            yield token


def _beside_the_speaker(token: Token, speaker: set[int]) -> bool:
    """Whether a channel hangs on the speaker's noun itself ("the mayor in a letter said"), not on what is told of
    them.
    """
    above = token.head.head
    return token.dep_ == "pobj" and above.i in speaker and above.head.i not in speaker


def _hangs_on(token: Token, own: set[int]) -> bool:
    """Whether a word hangs on the cue or its speaker, however deep; not through a clause about something else."""
    for _ in range(DEEP):
        if token.dep_ in {"relcl", "ccomp", "csubj"} and token.i not in own:
            return False
        if token.head.i in own:
            return True
        if token.head.i == token.i:
            return False
        token = token.head
    return False


def _by_hearer(page: Page, heard: Sequence[Token], rows: Rows, tools: Tools) -> Found:
    """The channel that follows from who is spoken to: an outlet, a court, somebody close."""
    outlets = tools.lexicons["source-nouns"].by_key
    for token in heard:
        row = _row(token, rows)
        if row is not None and row["class"] in {"hearer", "noun"}:
            return _channel(page, row, token)
        outlet = next((found for word in _name_of(token) if (found := outlets.get(word)) is not None), None)
        if (
            outlet is not None
            and outlet["kind"] == "outlet"
            and (token.pos_ == "PROPN" or token.lower_ == token.lemma_)
        ):
            span = _named(page, token)
            return Channel(ChannelKind.OUTLET, span), (Reason(outlet.rule, "channel: outlet", span),)
        if any(child.lower_ in POSSESSIVE and child.dep_ == "poss" for child in token.lefts):
            span = _named(page, token)
            return Channel(ChannelKind.PRIVATE, span), (Reason("channels.close", "channel: private", span),)
    return None, ()


def _name_of(token: Token) -> Iterator[str]:
    """The words of a name, its last first."""
    yield token.lower_
    yield from (child.lower_ for child in reversed(list(token.lefts)) if child.dep_ in {"compound", "nmod"})

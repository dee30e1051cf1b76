"""Where something was said, and to whom, when words of the attribution say so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.extract.parse import Tools
from onrecord.extract.says.page import Page
from onrecord.extract.syntax import passive
from onrecord.extract.whereabouts import Whereabouts
from onrecord.record import Channel, ChannelKind, Cue, Id, Reason

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.lexicon import Row

# Prepositions between a cue and its channel ("in an interview"), and between a cue and who is addressed ("to them").
PLACED = frozenset({"in", "at", "on", "during", "via", "through", "by", "over", "before", "from"})
# Titles of a channel under which the true one may hang: "at the start of a speech", "during an interview with".
PARTS = frozenset({"start", "end", "beginning", "part", "series", "transcript", "copy", "course", "middle"})


def channel_of(page: Page, cue: Cue, tools: Tools) -> tuple[Channel | None, tuple[Reason, ...]]:
    """The channel of a cue and why; None unless words say so."""
    rows = tools.lexicons["channels"].by_key
    words = [token for span in cue.spans for token in page.parse.tokens(span)]
    for word in words:
        own = rows.get(f"{word.lemma_.lower()} verb") or rows.get(word.lemma_.lower())
        if own is not None and own["class"] == "verb" and word.tag_.startswith("VB"):
            return _channel(page, own, word, word)
    for noun in _placed_by(page, words, cue):
        row = rows.get(noun.lemma_.lower()) or rows.get(noun.lower_)
        if row is not None and row["class"] == "noun":
            return _channel(page, row, noun, None)
    return _other_outlet(page, words, tools)


def _channel(page: Page, row: Row, noun: Token, verb: Token | None) -> tuple[Channel, tuple[Reason, ...]]:
    span = page.parse.span(verb) if verb is not None else _named(page, noun)
    return Channel(ChannelKind(row["kind"]), span), (Reason(row.rule, f"channel: {row['kind']}", span),)


def _named(page: Page, noun: Token):  # type: ignore[no-untyped-def]
    """The channel's own words: its noun with what stands before it."""
    first = noun.left_edge
    return page.parse.between(first if page.inside[first.i] == page.inside[noun.i] else noun, noun)


def _placed_by(page: Page, words: list[Token], cue: Cue) -> Iterator[Token]:
    """The nouns under the prepositions of a cue, outside its content."""
    for word in words:
        if word.pos_ in {"VERB", "AUX"}:
            governors = [
                word,
                *(
                    child
                    for child in word.children
                    if child.dep_ == "advcl" and child.tag_ == "VBG" and child.lemma_ == "speak"
                ),
            ]
            for prep in (child for governor in governors for child in governor.children if child.dep_ == "prep"):
                if prep.lower_ in PLACED and page.inside[prep.i] == page.inside[word.i]:
                    yield from _under(prep)
    source = [page.parse.tokens(span) for span in cue.source]
    for tokens in source:
        if len(tokens) and tokens.root.dep_ != "pobj":
            for prep in tokens.root.rights:
                if prep.dep_ == "prep" and prep.lower_ in {"in", "at", "on", "during"}:
                    yield from _under(prep)


def _under(prep: Token) -> Iterator[Token]:
    for noun in prep.rights:
        if noun.dep_ == "pobj":
            yield noun
            if noun.lemma_.lower() in PARTS:
                for child in noun.rights:
                    yield from (word for word in child.rights if word.dep_ == "pobj")


def _other_outlet(page: Page, words: list[Token], tools: Tools) -> tuple[Channel | None, tuple[Reason, ...]]:
    """Said to another outlet: "told The Brell Gazette"."""
    nouns = tools.lexicons["source-nouns"].by_key
    for verb in words:
        for told in _told(verb):
            row = nouns.get(told.lower_)
            if row is not None and row["kind"] == "outlet" and (told.pos_ == "PROPN" or told.lower_ == told.lemma_):
                span = _named(page, told)
                return Channel(ChannelKind.OUTLET, span), (Reason(row.rule, "channel: outlet", span),)
    return None, ()


def _told(verb: Token) -> Iterator[Token]:
    if verb.lemma_ in {"tell", "inform", "write"}:
        yield from (child for child in verb.rights if child.dep_ in {"dobj", "dative"})


def addressee_of(page: Page, cue: Cue, where: Whereabouts, tools: Tools) -> Id | None:
    """The entity that the words were said to: "told the council that", "said to the council"; None if none is said."""
    rows = tools.lexicons["reporting-verbs"].by_key
    row = rows.get(cue.lemma)
    for span in cue.spans[:1] if row is not None else ():
        for verb in page.parse.tokens(span)[:1]:
            for token in _addressed(verb, row is not None and row.flag("tells")):
                inside = any(piece.contains(page.parse.span(token)) for piece in cue.content)
                entity = where.entity(where.at_head(page.parse.span(token)))
                if entity is not None and not inside:
                    return entity.id
    return None


def _addressed(verb: Token, tells: bool) -> Iterator[Token]:
    if tells and passive(verb):
        yield from (child for child in verb.lefts if child.dep_ == "nsubjpass")
        return
    if tells:
        yield from (child for child in verb.rights if child.dep_ in {"dative", "dobj"})
        for child in verb.rights:
            if child.dep_ == "ccomp" and any(word.lower_ == "to" and word.dep_ == "aux" for word in child.lefts):
                yield from (word for word in child.lefts if word.dep_ == "nsubj")
    for child in verb.rights:
        if child.dep_ in {"prep", "dative"} and child.lower_ == "to":
            yield from (word for word in child.rights if word.dep_ == "pobj")

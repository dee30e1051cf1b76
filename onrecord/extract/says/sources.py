"""Sources: from the words of a speaker to who that is, as far as the report tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.extract.parse import Tools
from onrecord.extract.says.page import Page
from onrecord.extract.says.speakers import NOMINAL
from onrecord.extract.whereabouts import Whereabouts
from onrecord.record import Cue, Entity, Form, Kind, Mention, Range, Reason, Source, SourceKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

AT_LEAST = frozenset({"least", "over"})
LOOSELY = frozenset({"about", "around", "nearly", "almost", "some", "roughly", "than", "most"})
PRONOUNS = frozenset({"PRP", "PRP$", "WP", "DT", "WDT"})


def source_of(page: Page, cue: Cue, where: Whereabouts, tools: Tools) -> tuple[Source, tuple[Reason, ...]]:
    """The source of a cue: kind, entity, joint entities, its whole phrase, count.

    A source is unnamed when the report describes it and never names it. A pronoun whose referent was left open
    identifies nobody: its words are kept, and its kind is NONE, for NAMED and UNNAMED would both be guesses.
    """
    heads = [head for span in cue.source for head in _heads(page, span)]
    if not heads:
        return Source(SourceKind.NONE), ()
    mentions = [_mention(page, head, where) for head in heads]
    entities = [where.entity(mention) for mention in mentions]
    kind, reasons = _kind(page, heads[0], mentions[0], entities[0], tools)
    first = entities[0]
    joint = dict.fromkeys(entity.id for entity in entities[1:] if entity is not None and entity is not first)
    source = Source(
        kind,
        entity=first.id if first is not None else None,
        joint=tuple(joint),
        spans=cue.source,
        count=count_of(heads[0], first, tools),
    )
    return source, reasons


def _heads(page: Page, span: Span) -> list[Token]:
    """The heads of a speaker's phrase: the noun that heads it, and what is joined to that by "and"."""
    tokens = page.parse.tokens(span)
    if not len(tokens):
        return []
    head = tokens.root
    if head.pos_ not in NOMINAL:
        subject = next((child for child in head.lefts if child.dep_ in {"nsubj", "nsubjpass"}), None)
        head = subject or next((token for token in tokens if token.pos_ in NOMINAL), head)
    return [head, *(other for other in head.conjuncts if tokens.start <= other.i < tokens.end and other.i > head.i)]


def _mention(page: Page, head: Token, where: Whereabouts) -> Mention | None:
    """The mention that a noun heads; where that was left open, the one in apposition to it ("the mayor, Ada Renn")."""
    own = where.at_head(page.parse.span(head))
    if where.entity(own) is None:
        for child in head.children:
            if child.dep_ == "appos":
                beside = where.at_head(page.parse.span(child))
                if where.entity(beside) is not None:
                    return beside
    return own


def _kind(
    page: Page, head: Token, mention: Mention | None, entity: Entity | None, tools: Tools
) -> tuple[SourceKind, tuple[Reason, ...]]:
    nouns = tools.lexicons["source-nouns"].by_key
    pronoun = head.tag_ in PRONOUNS or (mention is not None and mention.form is Form.PRONOUN)
    word = entity.name.split()[-1].lower() if pronoun and entity is not None and entity.name else head.lemma_.lower()
    row = nouns.get(word)
    person = entity is not None and entity.kind is Kind.PERSON
    if row is not None and not person and (not pronoun or entity is not None):
        return SourceKind(row["kind"]), (Reason(row.rule, row["kind"], page.parse.span(head)),)
    if entity is not None and entity.kind is Kind.WORK:
        return SourceKind.DOCUMENT, ()
    if entity is not None:
        return (SourceKind.NAMED if entity.named else SourceKind.UNNAMED), ()
    if pronoun:
        return SourceKind.NONE, ()
    named = head.pos_ == "PROPN" or any(child.dep_ == "appos" and child.pos_ == "PROPN" for child in head.children)
    return (SourceKind.NAMED if named else SourceKind.UNNAMED), ()


def count_of(head: Token, entity: Entity | None, tools: Tools) -> Range | None:
    """How many speakers: "two officials", "at least three"; one for "an official"; else what is known of the entity."""
    number = next((child for child in head.lefts if child.dep_ == "nummod"), None)
    if number is not None:
        value = _number(number, tools)
        near = {child.lower_ for child in number.children} | {
            word.lower_ for child in number.children for word in child.children
        }
        if value is not None and near & AT_LEAST:
            return Range(value, None)
        if value is not None and not near & LOOSELY:
            return Range(value, value)
    elif head.tag_ == "NN" and any(child.lower_ in {"a", "an", "one"} for child in head.lefts):
        return Range(1, 1)
    return entity.count if entity is not None else None


def _number(token: Token, tools: Tools) -> int | None:
    if token.text.isascii() and token.text.isdigit() and len(token.text) < 10:
        return int(token.text)
    words = tools.lexicons.files.get("number-words")
    row = words.by_key.get(token.lower_) if words is not None else None
    return int(row["value"]) if row is not None and row["value"].isdigit() else None

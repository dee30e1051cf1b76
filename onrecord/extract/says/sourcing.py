"""The report's own word on whom it rests: "This account is based on interviews with nine sailors"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.whereabouts import Whereabouts
from onrecord.record import Mention, Reading, Sourcing, Span, make_id

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

# What goes before the sources. A ``Sourcing`` carries no reasons, so that no lexicon row could prove itself by one.
PHRASES = (
    "according to interviews with", "based on a review of", "based on conversations with", "based on documents",
    "based on interviews with", "based on the accounts of", "drawn from interviews with", "drawn from the accounts of",
    "interviewed", "interviews with", "relies on the accounts of", "spoke to", "spoke with",
)  # fmt: skip
# Of these, what is a note only where the sentence speaks of the report itself, or counts its interviews.
WEAK = frozenset({"interviewed", "interviews with", "spoke to", "spoke with"})
BY_FIRST_WORD = {
    first: tuple(sorted((phrase for phrase in PHRASES if phrase.split()[0] == first), key=len, reverse=True))
    for first in {phrase.split()[0] for phrase in PHRASES}
}
# Words for the report itself, in the subject or under "for" and "in".
REPORT = frozenset(
    {"account", "article", "report", "story", "investigation", "reporting", "narrative", "portrait", "reconstruction"}
)
FAR = 60


def find(reading: Reading, parse: Parse, tools: Tools) -> tuple[Sourcing, ...]:
    """The stage ``sourcing``: each such sentence, with the entities it names as sources. Nothing inside quotations."""
    where = Whereabouts.of(reading)
    quoted = tuple(quotation.span for quotation in reading.quotations if not quotation.scare)
    notes = (_note(reading, parse, where, sent, quoted) for sent in parse.doc.sents)
    return tuple(note for note in notes if note is not None)


def _rests_on(sent: Tokens) -> tuple[Token, int] | None:
    """The first word of a sourcing phrase in a sentence, and where the phrase ends."""
    for token in sent:
        for phrase in BY_FIRST_WORD.get(token.lower_, ()):
            end = token.i + len(phrase.split())
            if end < sent.end and [word.lower_ for word in sent.doc[token.i : end]] == phrase.split():
                return (token, end) if phrase not in WEAK or _speaks_of_itself(sent, end) else None
    return None


def _speaks_of_itself(sent: Tokens, end: int) -> bool:
    """Whether the sentence names the report, or counts whom it rests on ("in interviews with nine sailors")."""
    words = {token.lower_ for token in sent}
    near = sent.doc[end : min(end + 6, sent.end)]
    counted = any(token.pos_ == "NUM" or token.lower_ in {"dozens", "scores"} for token in near)
    return bool(words & REPORT) or (counted and "interviews" in words)


def _note(reading: Reading, parse: Parse, where: Whereabouts, sent: Tokens, quoted: Sequence[Span]) -> Sourcing | None:
    """The sentence up to the end of the phrase that names the sources."""
    rests = _rests_on(sent)
    if rests is None or any(span.contains(parse.span(rests[0])) for span in quoted):
        return None
    doc, end = parse.doc, rests[1]
    last = min(sent.end, end + FAR)
    while last > end and (doc[last - 1].is_punct or doc[last - 1].is_space):
        last -= 1
    if last <= end:
        return None
    named = parse.between(doc[end], doc[last - 1])
    span = parse.between(sent, doc[last - 1])
    near = [mention for mention in where.headed_in(named) if mention.means is not None]
    outer = (mention.means for mention in near if _stands_alone(mention, near))
    sources = dict.fromkeys(entity for entity in outer if entity is not None)
    return Sourcing(make_id("so", reading.document.id, span.start, span.end), span, tuple(sources))


def _stands_alone(mention: Mention, near: Sequence[Mention]) -> bool:
    """Whether a mention lies in no other one: of "officials of the bank" only the officials are sources."""
    return not any(other.span != mention.span and other.span.contains(mention.span) for other in near)

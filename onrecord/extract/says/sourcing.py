"""The report's own word on whom it rests: "This account is based on interviews with nine sailors"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.whereabouts import Whereabouts
from onrecord.lexicon import Row
from onrecord.record import Mention, Reading, Reason, Sourcing, Span, make_id

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

# Words for the report itself, in the subject or under "for" and "in".
REPORT = frozenset(
    {"account", "article", "report", "story", "investigation", "reporting", "narrative", "portrait", "reconstruction"}
    | {"following", "chronology"}
)
FAR = 60


def find(reading: Reading, parse: Parse, tools: Tools) -> tuple[Sourcing, ...]:
    """The stage ``sourcing``: each such sentence, with the entities it names as sources. Nothing inside quotations."""
    where = Whereabouts.of(reading)
    quoted = tuple(quotation.span for quotation in reading.quotations if not quotation.scare)
    phrases = tools.lexicons["sourcing-notes"].by_first_word
    outlets = tools.lexicons["source-nouns"].by_key
    rests = ((sent, _rests_on(sent, phrases, outlets)) for sent in parse.doc.sents)
    notes = (_note(reading, parse, where, sent, found) for sent, found in rests if found is not None)
    return tuple(note for note in notes if note is not None and not _is_quoted(note, quoted))


def _is_quoted(note: Sourcing, quoted: Sequence[Span]) -> bool:
    phrase = note.reasons[0].span
    return phrase is not None and any(span.contains(phrase) for span in quoted)


def _rests_on(
    sent: Tokens, phrases: Mapping[str, tuple[Row, ...]], outlets: Mapping[str, Row]
) -> tuple[Tokens, Row] | None:
    """The sourcing phrase of a sentence and its row."""
    for token in sent:
        for row in phrases.get(token.lower_, ()):
            words = row.key.split()
            end = token.i + len(words)
            if end < sent.end and [word.lower_ for word in sent.doc[token.i : end]] == words:
                weak = row.flag("weak") and not _speaks_of_itself(sent, end) and not _by_the_press(token, end, outlets)
                return (sent.doc[token.i : end], row) if not weak else None
    return None


def _by_the_press(token: Token, end: int, outlets: Mapping[str, Row]) -> bool:
    """Whether it is the paper that spoke with somebody, or has seen the papers: "we", "our reporters", an outlet."""
    verb = token if token.pos_ in {"VERB", "AUX"} else token.head
    subjects = [child for child in verb.children if child.dep_ in {"nsubj", "agent"}]
    near = [word for child in subjects for word in child.subtree] or list(token.doc[end : min(end + 4, len(token.doc))])
    if verb.dep_ == "conj":
        near += [word for child in verb.head.lefts if child.dep_ == "nsubj" for word in child.subtree]
    names = {row.key for word in near[:8] if (row := outlets.get(word.lower_)) is not None and row["kind"] == "outlet"}
    return bool(names) or any(word.lower_ in {"we", "our"} for word in near[:3])


def _speaks_of_itself(sent: Tokens, end: int) -> bool:
    """Whether the sentence names the report, or counts whom it rests on ("in interviews with nine sailors")."""
    words = {token.lower_ for token in sent}
    near = sent.doc[end : min(end + 6, sent.end)]
    counted = any(token.pos_ == "NUM" or token.lower_ in {"dozens", "scores"} for token in near)
    return bool(words & REPORT) or (counted and "interviews" in words)


def _note(
    reading: Reading, parse: Parse, where: Whereabouts, sent: Tokens, rests: tuple[Tokens, Row]
) -> Sourcing | None:
    """The sentence up to the end of the phrase that names the sources."""
    phrase, row = rests
    doc, end = parse.doc, phrase.end
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
    why = Reason(row.rule, row.key, parse.span(phrase))
    return Sourcing(make_id("so", reading.document.id, span.start, span.end), span, tuple(sources), (why,))


def _stands_alone(mention: Mention, near: Sequence[Mention]) -> bool:
    """Whether a mention lies in no other one: of "officials of the bank" only the officials are sources."""
    return not any(other.span != mention.span and other.span.contains(mention.span) for other in near)

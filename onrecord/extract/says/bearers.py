"""Whose terms, reason and knowledge a wording states: the speaker it describes, or the one it points back at.

Given once, they hold for the same unnamed entity elsewhere in the report; nothing is ever carried from an unnamed
entity to a named one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from onrecord.extract.says.grounds import Ground, Wording
from onrecord.extract.says.page import Page
from onrecord.extract.whereabouts import Whereabouts
from onrecord.record import Cue, Id, Kind, Reason, Source, SourceKind, Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

# Subjects that point at speakers told of elsewhere; of these, the ones for several.
POINTING = frozenset(
    {"all", "both", "each", "they", "none", "neither", "two", "three", "four", "five", "he", "she", "one", "i"}
)
SEVERAL = frozenset({"all", "both", "they", "none", "neither", "two", "three", "four", "five"})
# Nouns that take up any speaker told of before.
ANYBODY = frozenset({"person", "people", "source", "official", "man", "woman", "individual", "informant", "insider"})
# Speakers who are some of those told of before: what these were promised holds for each.
SOME = frozenset({"one", "another", "other", "others", "some", "two", "three", "several", "all", "both", "each"})
# How many sentences before, and after, a speaker is looked for whom the wording does not name.
BACK, ON = 2, 1


@dataclass(slots=True)
class Grounds:
    """The wordings that belong to one speaker, as spans, with the reasons for them."""

    terms: list[Span] = field(default_factory=list)
    reason: list[Span] = field(default_factory=list)
    knowledge: list[Span] = field(default_factory=list)
    why: list[Reason] = field(default_factory=list)

    def add(self, page: Page, wording: Wording, span: Span) -> None:
        """Take a wording in."""
        if span not in (known := getattr(self, wording.ground.value)):
            known.append(span)
            self.why += [Reason(rule, wording.ground.value, page.cut(piece)) for rule, piece in wording.marks]

    def given_to(self, source: Source) -> Source:
        """The source with these wordings."""
        return replace(source, terms=tuple(self.terms), reason=tuple(self.reason), knowledge=tuple(self.knowledge))


@dataclass(frozen=True, slots=True)
class Speakers:
    """The statements of a report with what is needed to find whose words are described."""

    page: Page
    told: Sequence[Statement]
    cues: Sequence[Cue]
    where: Whereabouts
    starts: tuple[int, ...]

    def may_bear(self, n: int) -> bool:
        """Whether a statement's speaker may have terms: who is named without any, and a document, may not."""
        source = self.told[n].source
        if source.kind in {SourceKind.DOCUMENT, SourceKind.OUTLET} or not self.cues[n].source:
            return False
        entity = self.where.entities.get(source.entity or "")
        a_body = entity is not None and entity.kind in {Kind.ORGANISATION, Kind.PLACE, Kind.WORK}
        return source.kind is not SourceKind.NAMED and not a_body

    def between(self, first: int, end: int) -> list[int]:
        """The statements whose cue stands among these tokens."""
        bounds = self.page.cut((first, end))
        if bounds is None:
            return []
        return list(range(bisect_left(self.starts, bounds.start), bisect_left(self.starts, bounds.end)))

    def bearers(self, wording: Wording, span: Span) -> list[int]:
        """The statements whose speaker a wording describes; nobody, if that cannot be told."""
        within = self._described_in(span)
        if within is not None:
            named = self.told[within].source.kind is SourceKind.NAMED
            return [] if named and wording.ground is Ground.KNOWLEDGE else [within]
        subject = self._subject(wording)
        known = self._same_speaker(subject) if subject is not None else []
        if wording.ground is Ground.KNOWLEDGE:  # what is told of others in the content is not how the speaker knows
            known = [n for n in known if not any(piece.overlaps(span) for piece in self.cues[n].content)]
        if known or wording.ground is Ground.KNOWLEDGE:
            return known
        beside = self._beside(wording, span)
        if beside:
            return beside
        return self._near(wording, subject) if subject is None or _points(subject) else []

    def _described_in(self, span: Span) -> int | None:
        """The statement whose words for its speaker hold the wording."""
        low = max(0, bisect_left(self.starts, span.start) - 3)
        for n in range(low, min(len(self.cues), bisect_right(self.starts, span.end) + 3)):
            if any(source.start <= span.start <= source.end + 1 for source in self.cues[n].source):
                return n
        return None

    def _subject(self, wording: Wording) -> Token | None:
        """The noun or pronoun that the wording is told of."""
        token = self.page.doc[wording.piece[0]]
        for i in range(*wording.piece):  # the highest word of the wording
            if not wording.piece[0] <= self.page.doc[i].head.i < wording.piece[1]:
                token = self.page.doc[i]
                break
        for _ in range(5):
            if token.pos_ in {"NOUN", "PROPN", "PRON"} and not wording.piece[0] <= token.i < wording.piece[1]:
                return _one_of(token)
            subject = next((c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
            if subject is not None and subject.tag_ not in {"WP", "WDT", "WP$"} and subject.i < wording.piece[0] + 2:
                return subject
            if token.head.i == token.i:
                return None
            token = token.head
        return None

    def _same_speaker(self, subject: Token) -> list[int]:
        """The nearest statement that the subject utters, or whose speaker is the same entity."""
        span = self.page.parse.span(subject)
        mention = self.where.at_head(span)
        entity = mention.means if mention is not None else None
        fit = [
            n
            for n, one in enumerate(self.told)
            if any(source.contains(span) for source in self.cues[n].source)
            or (entity is not None and one.source.entity == entity)
        ]
        fit = [n for n in fit if self.may_bear(n)] or self._called_the_same(subject)
        nearest = min(fit, key=lambda n: abs(self.starts[n] - span.start), default=None)
        return [] if nearest is None else [nearest]

    def _called_the_same(self, subject: Token) -> list[int]:
        """The statements near by whose speaker is called by the same noun: "a clerk" and "the clerk".

        A clerk who is named beside it ("Ada Renn, a clerk who ...") is somebody else.
        """
        beside = (subject.head, *subject.children) if subject.dep_ == "appos" else tuple(subject.children)
        named = any(token.pos_ == "PROPN" for token in beside if token.dep_ == "appos" or token.i == subject.head.i)
        if subject.pos_ != "NOUN" or named:
            return []
        first, last = self.page.begins[subject.i], self.page.ends[subject.i]
        for _ in range(BACK):
            first = self.page.begins[first - 1] if first else first
        last = self.page.ends[last] if last < len(self.page.doc) else last
        return [n for n in self.between(first, last) if self.may_bear(n) and subject.lemma_ in self._nouns(n)]

    def _nouns(self, n: int) -> set[str]:
        return {t.lemma_ for span in self.cues[n].source for t in self.page.parse.tokens(span) if t.pos_ == "NOUN"}

    def _beside(self, wording: Wording, span: Span) -> list[int]:
        """The nearest statement of the same sentence that does not hold the wording in its content."""
        fit = [
            n
            for n in self.between(*self.page.sentence(self.page.doc[wording.piece[0]]))
            if self.may_bear(n) and not any(piece.overlaps(span) for piece in self.cues[n].content)
        ]
        outer = [n for n in fit if not any(_holds(self.cues[m], self.cues[n]) for m in fit if m != n)]
        nearest = min(outer or fit, key=lambda n: abs(self.starts[n] - span.start), default=None)
        return [] if nearest is None else [nearest]

    def _near(self, wording: Wording, subject: Token | None) -> list[int]:
        """The statements of who spoke last, or else next, for words that only point: "Both asked not to be named".

        Nobody, if whoever spoke there is named, or if it is several where one is meant.
        """
        for spoke in self._neighbours(wording):
            if not all(self.may_bear(n) for n in spoke):
                return []
            if subject is not None and subject.lower_ in SEVERAL:
                return spoke if self._are_several(spoke) else []
            return spoke if len({self._who(n) for n in spoke}) == 1 else []
        return []

    def _are_several(self, spoke: Sequence[int]) -> bool:
        """Whether more than one person is behind these statements."""
        heads = [self.page.parse.tokens(span).root for n in spoke for span in self.cues[n].source]
        plural = any(head.tag_ in {"NNS", "NNPS", "CD"} or head.lower_ in SEVERAL or head.conjuncts for head in heads)
        return plural or len({self._who(n) for n in spoke}) > 1

    def _who(self, n: int) -> object:
        source = self.told[n].source
        return source.entity or source.spans

    def _neighbours(self, wording: Wording) -> Iterator[list[int]]:
        """The statements of the sentences before, nearest first, then of those after, where there are any."""
        first, last = self.page.begins[wording.piece[0]], self.page.ends[wording.piece[1] - 1]
        for _ in range(BACK):
            if first > 0:
                first, end = self.page.begins[first - 1], first
                if spoke := self._uttered(first, end):
                    yield spoke
        for _ in range(ON):
            if last < len(self.page.doc):
                begin, last = last, self.page.ends[last]
                if spoke := self._uttered(begin, last):
                    yield spoke

    def _uttered(self, first: int, end: int) -> list[int]:
        """The statements of a sentence that have a speaker and lie in no other's content."""
        spoke = [n for n in self.between(first, end) if self.cues[n].source]
        return [n for n in spoke if not any(_holds(self.cues[m], self.cues[n]) for m in spoke if m != n)]


def with_grounds(
    told: list[Statement], cues: Sequence[Cue], page: Page, where: Whereabouts, wordings: Sequence[Wording]
) -> list[Statement]:
    """Give each wording to the statement whose speaker it describes, and to the same unnamed entity's others."""
    by_statement: dict[int, Grounds] = {}
    by_entity: dict[Id, Grounds] = {}
    speakers = Speakers(page, told, cues, where, tuple(cue.spans[0].start for cue in cues))
    for wording in wordings:
        span, whose = page.cut(wording.piece), wording.of or wording
        described = page.cut(whose.piece)
        if span is None or described is None:
            continue
        for n in speakers.bearers(whose, described):
            entity = told[n].source.entity
            own = _before_cue(span, cues[n])
            if entity is not None and _stays_unnamed(entity, where):
                by_entity.setdefault(entity, Grounds()).add(page, wording, own)
            else:
                by_statement.setdefault(n, Grounds()).add(page, wording, own)
    given = [by_statement.get(n) or by_entity.get(one.source.entity or "") for n, one in enumerate(told)]
    return [_grounded(one, grounds) for one, grounds in zip(told, _shared(given, speakers), strict=True)]


def _shared(given: list[Grounds | None], speakers: Speakers) -> list[Grounds | None]:
    """What was given to several holds for each of them: "Three officers asked not to be named. One said ..."."""
    page, shared = speakers.page, list(given)
    last: tuple[int, Grounds] | None = None
    for n, grounds in enumerate(given):
        source = speakers.cues[n].source
        tokens = page.parse.tokens(source[0]) if source else page.doc[0:0]
        if grounds is not None:
            several = len(tokens) and (tokens.root.tag_ in {"NNS", "CD", "PRP"} or tokens.root.lower_ in SEVERAL)
            last = (speakers.starts[n], grounds) if several else None
        elif last is not None and len(tokens) and tokens.root.lower_ in SOME and _only_points(tokens):
            near = page.parse.tokens(Span(last[0], speakers.starts[n] + 1))
            if sum(bool(token.is_sent_start) for token in near) <= BACK + ON and speakers.may_bear(n):
                shared[n] = last[1]
    return shared


def _only_points(tokens: Tokens) -> bool:
    """Whether a speaker's words name nobody new: "one", "the other", "one of them"."""
    return not any(token.pos_ in {"NOUN", "PROPN"} and token.lower_ not in SOME for token in tokens)


def _grounded(statement: Statement, grounds: Grounds | None) -> Statement:
    if grounds is None:
        return statement
    return replace(statement, source=grounds.given_to(statement.source), reasons=(*statement.reasons, *grounds.why))


def _before_cue(span: Span, cue: Cue) -> Span:
    """The wording as far as it describes the speaker: "a clerk who was not allowed to talk | said that ..."."""
    later = [word.start for word in cue.spans if span.start < word.start < span.end]
    return Span(span.start, min(later) - 1) if later and min(later) - 1 > span.start else span


def _stays_unnamed(entity: Id, where: Whereabouts) -> bool:
    found = where.entities.get(entity)
    return found is not None and not found.named


def _holds(outer: Cue, inner: Cue) -> bool:
    return any(piece.contains(inner.spans[0]) for piece in outer.content)


def _points(subject: Token) -> bool:
    """Whether a subject names nobody by itself."""
    anybody = subject.lemma_.lower() in ANYBODY and any(c.lower_ in {"the", "these", "those"} for c in subject.lefts)
    return subject.lower_ in POINTING or subject.pos_ in {"PRON", "NUM"} or anybody or _is_a_name(subject)


def _is_a_name(subject: Token) -> bool:
    """Whether it is a name, an identity that is told of, and not who bears it."""
    return subject.lemma_ in {"name", "identity", "surname", "voice", "face"}


def _one_of(noun: Token) -> Token:
    """What is singled out of a group, in "one of the generals ..."; else the noun itself."""
    above = noun.head
    singled_out = (
        noun.dep_ == "pobj" and above.lower_ == "of" and (above.head.tag_ == "CD" or above.head.lower_ == "one")
    )
    return above.head if singled_out else noun

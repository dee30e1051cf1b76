"""The nouns: every domain type of onrecord, and nothing else.

All are frozen dataclasses without I/O. Lists are tuples, unknown is ``None`` or ``()``, never a guess. Closed lists
are ``StrEnum`` classes whose values are the words of ``account/1`` (``docs/account.md``).

Offsets: a ``Span`` counts characters (Python ``str`` indices) of ``Document.text``, end exclusive. That text never
changes after reading; every finding points into it.

Days: a ``TimeInterval`` is half-open in here (``start`` included, ``end`` excluded); the export shows both included.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Id = str
# The reason of a cue that only the learned head knows.
UNREAD = "cues.head"


def make_id(prefix: str, *parts: object) -> Id:
    """An id that is a hash of what the thing *is*: the same input gives the same id on every run and machine.

    >>> make_id("s", "r1", 10, 20) == make_id("s", "r1", 10, 20)
    True
    >>> make_id("s", "r1", 10, 20)[:2]
    's-'
    """
    key = "\x1f".join(str(part) for part in parts).encode("utf-8", "surrogatepass")
    return f"{prefix}-{hashlib.sha256(key).hexdigest()[:12]}"


# ------------------------------------------------------------------------------------------------ closed lists


class BlockKind(StrEnum):
    """What a stretch of a report is."""

    HEADLINE = "headline"
    BYLINE = "byline"
    DATELINE = "dateline"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"


class Kind(StrEnum):
    """What an entity is. GROUP: people without a legal form ("rebels"); WORK: a document, a law, a broadcast."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    GROUP = "group"
    WORK = "work"
    OTHER = "other"


class Form(StrEnum):
    """How a mention names its entity."""

    NAME = "name"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"


class SourceKind(StrEnum):
    """Who is behind a statement, as far as the report tells.

    NONE: no words name a source, or only a pronoun whose person was left open ("named" would be a guess, and
    "unnamed" too).
    """

    NAMED = "named"
    UNNAMED = "unnamed"
    DOCUMENT = "document"
    OUTLET = "outlet"
    NONE = "none"


class Manner(StrEnum):
    """How a statement's words are given: all quoted, none quoted, or both."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class StatementKind(StrEnum):
    """The act behind a statement."""

    SPEECH = "speech"
    THOUGHT = "thought"
    WRITING = "writing"


class Stance(StrEnum):
    """What the speaker does by saying it."""

    ASSERTS = "asserts"
    DENIES = "denies"
    ASKS = "asks"
    PROMISES = "promises"
    WARNS = "warns"
    ACCUSES = "accuses"
    DECLINES = "declines"
    URGES = "urges"
    DOUBTS = "doubts"
    CONFIRMS = "confirms"


class ChannelKind(StrEnum):
    """Where a statement was made. OUTLET: to another outlet; PRIVATE: not to a reporter."""

    INTERVIEW = "interview"
    STATEMENT = "statement"
    SPEECH = "speech"
    POST = "post"
    DOCUMENT = "document"
    COURT = "court"
    BROADCAST = "broadcast"
    REPORT = "report"
    OUTLET = "outlet"
    PRIVATE = "private"
    OTHER = "other"


class Status(StrEnum):
    """Whether an event took place, as the voice that tells it presents it."""

    HAPPENED = "happened"
    DENIED = "denied"
    DID_NOT_HAPPEN = "did_not_happen"
    ATTEMPTED = "attempted"
    PREVENTED = "prevented"
    PLANNED = "planned"
    THREATENED = "threatened"
    REQUESTED = "requested"
    REFUSED = "refused"
    POSSIBLE = "possible"
    HYPOTHETICAL = "hypothetical"
    COUNTERFACTUAL = "counterfactual"
    UNCERTAIN = "uncertain"


class EventType(StrEnum):
    """The 16 types of PLOVER 2.0, plus SAY (a statement seen as an act) and OTHER (an act without a PLOVER type).

    Source: PLOVER, Political Language Ontology for Verifiable Event Records (openeventdata, CC BY-SA 4.0).
    """

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"
    SAY = "SAY"
    OTHER = "OTHER"


class Precision(StrEnum):
    """The size of the calendar stretch that an expression names."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    VAGUE = "vague"


class Basis(StrEnum):
    """What an interval was reckoned from."""

    EXPLICIT = "explicit"
    PUBLICATION = "publication"
    EXPRESSION = "expression"
    EVENT = "event"
    NARRATIVE = "narrative"
    QUOTATION = "quotation"
    NONE = "none"


class TimeKind(StrEnum):
    """The four types of TIMEX3 (ISO 24617-1)."""

    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    SET = "set"


class LinkKind(StrEnum):
    """How two rows of a case hang together."""

    SAME_ENTITY = "same_entity"
    SAME_EVENT = "same_event"
    COPIES = "copies"
    UPDATES = "updates"
    CORRECTS = "corrects"
    AGREES = "agrees"
    CONTRADICTS = "contradicts"
    BEFORE = "before"
    CAUSES = "causes"


# ------------------------------------------------------------------------------------------------ where, why, when


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``[start, end)`` of a report's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def cut(self, text: str) -> str:
        """The words under the span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether the other lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a finding stands: the rule (``lexicon#row`` or ``stage.rule``) or model, and the words that set it off.

    ``weight`` runs from 0 to 1: 1.0 for a rule that decides, less for one that only speaks in favour.
    """

    rule: str
    note: str
    span: Span | None = None
    weight: float = 1.0
    model: bool = False


@dataclass(frozen=True, slots=True)
class Alternative:
    """A reading of a time expression that was considered and rejected, and why."""

    start: date | None
    end: date | None
    why: str


@dataclass(frozen=True, slots=True)
class TimeInterval:
    """Calendar time: ``start`` included, ``end`` excluded, ``None`` = open on that side.

    ``throughout`` parts "all week" from "some time last week". ``inferred`` is true when the days do not stand in the
    words themselves; ``basis`` and ``anchor_id`` then say from what they were reckoned. ``clock`` is "14:30" or "".
    """

    start: date | None
    end: date | None
    precision: Precision
    basis: Basis
    inferred: bool
    throughout: bool = False
    approximate: bool = False
    clock: str = ""
    anchor_id: Id | None = None
    alternatives: tuple[Alternative, ...] = ()
    reasons: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueError(f"an interval ends after it starts: [{self.start}, {self.end})")


@dataclass(frozen=True, slots=True)
class Range:
    """A number known between two bounds, both included; ``None`` = no bound."""

    min: int | None
    max: int | None


# ------------------------------------------------------------------------------------------------ what is read


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a report: a paragraph, the headline ... ``where`` is the page or element in the original."""

    kind: BlockKind
    span: Span
    where: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A report as it was read.

    ``text`` is what all spans count in and never changes. ``published`` is set only if the file or the user said
    so; a date that is inferred belongs to the ``Reading``. ``original`` is the sha256 of the bytes that it was read
    from, ``origin`` the name under which they came (a file name, never a whole path).
    """

    id: Id
    text: str
    blocks: tuple[Block, ...] = ()
    title: str = ""
    outlet: str = ""
    authors: tuple[str, ...] = ()
    url: str = ""
    published: TimeInterval | None = None
    language: str = ""
    original: str = ""
    media_type: str = "text/plain"
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """A document together with the bytes that it was read from."""

    document: Document
    data: bytes


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read or understood: never lost quietly. ``document`` is empty if no document came of it."""

    document: Id
    stage: str
    message: str


# ------------------------------------------------------------------------------------------------ what is found


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; ``block`` is its index in ``Document.blocks``."""

    id: Id
    span: Span
    block: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks, marks included. ``scare``: a title, a nickname or a word held at arm's length.

    ``carried``: it goes on from the quotation before it (paragraphs that open with a mark and do not close it).
    """

    id: Id
    span: Span
    scare: bool = False
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for an entity. ``head`` are the words a reader could not leave out.

    ``means`` is the entity of this report that it stands for; ``None`` = left open, and then ``candidates`` are the
    entities between which nothing could be decided.
    """

    id: Id
    span: Span
    head: Span
    kind: Kind
    form: Form
    means: Id | None = None
    candidates: tuple[Id, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody's office: ``holder`` and ``of`` are mentions. ``former`` is ``None`` where nothing says either way."""

    id: Id
    holder: Id
    title: str
    span: Span
    of: Id | None = None
    former: bool | None = None
    during: TimeInterval | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that mark an attribution, with its parts, before it is known who the source is.

    ``source`` are the words of the speaker (empty: none is named, as in a passive), ``content`` what is ascribed.
    ``score``: how likely it is right (docs/measured.md has the table of how often such scores are).
    """

    id: Id
    spans: tuple[Span, ...]
    lemma: str
    kind: StatementKind
    stance: Stance
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    negated: bool = False
    hypothetical: bool = False
    score: float = 1.0
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Location:
    """Where a place is. ``precision``: country, subdivision, city or point."""

    latitude: float
    longitude: float
    country: str
    gazetteer: str
    precision: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, body, place, group or work; of one report, or joined over the reports of a case.

    ``named`` is false for someone the report does not name, who is an entity all the same. ``members`` are the
    entities of single reports that a joined entity stands for (itself alone in a single report). ``country`` is ISO
    3166-1 alpha-2, ``sector`` a PLOVER sector code.
    """

    id: Id
    kind: Kind
    named: bool
    name: str
    mentions: tuple[Id, ...]
    aliases: tuple[str, ...] = ()
    count: Range | None = None
    country: str | None = None
    sector: str | None = None
    place: Location | None = None
    members: tuple[Id, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so, and on what terms.

    ``terms``: the words of anonymity ("on condition of ..."); ``reason``: why; ``knowledge``: how they know.
    ``joint``: entities that say it together with ``entity``.
    """

    kind: SourceKind
    entity: Id | None = None
    joint: tuple[Id, ...] = ()
    spans: tuple[Span, ...] = ()
    count: Range | None = None
    terms: tuple[Span, ...] = ()
    reason: tuple[Span, ...] = ()
    knowledge: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """Where it was said, and the words that say so (``None``: inferred)."""

    kind: ChannelKind
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Attributed speech, writing or thought. ``within`` is the statement inside whose content it lies.

    ``addressee`` is who it was said to, where that is an entity; ``addressed`` are the words for them. ``score``: how
    likely source and content are right, from 0 to 1.
    """

    id: Id
    source: Source
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    manner: Manner
    kind: StatementKind
    stance: Stance
    negated: bool = False
    hypothetical: bool = False
    channel: Channel | None = None
    addressee: Id | None = None
    addressed: Span | None = None
    when: TimeInterval | None = None
    within: Id | None = None
    score: float = 1.0
    reasons: tuple[Reason, ...] = ()

    @property
    def is_unread(self) -> bool:
        """Whether no lexicon knows its cue, only the learned head: it may be any word, "fantasised" too."""
        return any(reason.rule == UNREAD for reason in self.reasons[:1])


@dataclass(frozen=True, slots=True)
class Sourcing:
    """The report's own note on whom it rests ("based on interviews with ..."); ``sources`` are entities."""

    id: Id
    span: Span
    sources: tuple[Id, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that place something in time. ``timex`` is the TIMEX3 value, ``edtf`` the EDTF string (ISO 8601-2).

    ``relative_to`` is "publication", or the id of the time expression or event it is reckoned from.
    """

    id: Id
    span: Span
    kind: TimeKind
    timex: str = ""
    edtf: str = ""
    interval: TimeInterval | None = None
    relative_to: str | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Participant:
    """An entity's part in an event: actor, recipient, or another by name; and the words that put it there."""

    part: str
    entity: Id
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice on one event: ``source`` and ``statement`` are ``None`` for the report's own voice.

    ``certainty``: -3 (surely did not happen) over 0 (open) to 3 (surely happened).
    """

    status: Status
    certainty: int
    source: Id | None = None
    statement: Id | None = None
    cues: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One report's telling of something that happened, or did not.

    ``statement`` is set when it is known only through that statement. ``same_as`` is an earlier telling in the same
    report, ``part_of`` a larger event. ``background``: an old event told to explain the new. ``clause`` are the words
    that tell it, from its subject to the end of its complements: what a timeline prints.
    """

    id: Id
    trigger: Span
    predicate: str
    type: EventType
    clause: Span | None = None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    participants: tuple[Participant, ...] = ()
    where: Id | None = None
    when: TimeInterval | None = None
    background: bool = False
    status: Status = Status.UNCERTAIN
    certainty: int = 0
    status_cues: tuple[Span, ...] = ()
    statement: Id | None = None
    voices: tuple[Voice, ...] = ()
    same_as: Id | None = None
    part_of: Id | None = None
    reasons: tuple[Reason, ...] = ()

    def with_part(self, part: str) -> tuple[Id, ...]:
        """The entities that take this part, in the order of the text."""
        return tuple(p.entity for p in self.participants if p.part == part)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of something; ``of`` is the entity or event that it counts."""

    id: Id
    span: Span
    min: int | None
    max: int | None
    unit: str = ""
    approximate: bool = False
    of: Id | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was found in one document. Each stage of the pipeline replaces one field.

    ``published`` is the document's own date where it has one, else the inferred one.
    """

    document: Document
    sentences: tuple[Sentence, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    mentions: tuple[Mention, ...] = ()
    roles: tuple[Role, ...] = ()
    cues: tuple[Cue, ...] = ()
    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
    sourcing: tuple[Sourcing, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    published: TimeInterval | None = None
    events: tuple[Event, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()


# ------------------------------------------------------------------------------------------------ what is joined


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as all its tellings give it. ``line`` is one sentence, made of the tellings' own words."""

    id: Id
    told_in: tuple[Id, ...]
    type: EventType
    actors: tuple[Id, ...]
    recipients: tuple[Id, ...]
    where: Id | None
    when: TimeInterval | None
    status: Status
    disputed: bool
    voices: int
    unnamed_only: bool
    line: str


@dataclass(frozen=True, slots=True)
class Link:
    """Two rows of a case that hang together. ``by``: rule, model or person; ``field``: on what they (dis)agree.

    ``left_spans`` are the words that say so in the report of ``left``. ``right_spans`` are those in the report of
    ``right``; between two reports the two at one place of the tuples are the same passage.
    """

    id: Id
    left: Id
    right: Id
    kind: LinkKind
    score: float
    by: str = "rule"
    field: str | None = None
    reasons: tuple[Reason, ...] = ()
    left_spans: tuple[Span, ...] = ()
    right_spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided. Never erased: undoing sets ``undone_at``. Times are ISO 8601, UTC."""

    id: Id
    about: str
    verb: str
    left: Id
    right: Id | None
    value: str
    by: str
    at: str
    note: str = ""
    undone_at: str | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """A model that took part: its package or file, version and digest."""

    name: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Made:
    """What made the findings: the program, its models, and the lexicons with their digests."""

    version: str
    models: tuple[Model, ...]
    lexicons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Account:
    """The whole: what exporters, the checker and the printed page receive."""

    made: Made
    readings: tuple[Reading, ...]
    entities: tuple[Entity, ...]
    happenings: tuple[Happening, ...]
    links: tuple[Link, ...] = ()
    decisions: tuple[Decision, ...] = ()
    problems: tuple[Problem, ...] = ()

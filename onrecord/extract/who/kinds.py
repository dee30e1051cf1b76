"""What a name is the name of: the witnesses for its kind, and the verdict over all places where it stands.

A name has one kind throughout a report. Words outweigh the pipeline's label: a title or a given name before a surname,
the last word of the name, a noun before it or in apposition, the lexicons of places and bodies. What the label says,
the preposition before the name and its article count by the share of places where they stand, so that a long report
does not turn a label's habit into certainty. Only beside "in" and the like may a place keep a person's name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse
from onrecord.extract.who.siting import place_votes
from onrecord.extract.who.vocabulary import Vocabulary, because
from onrecord.names import LEGAL_FORMS, PARTICLES, fold
from onrecord.record import Kind, Reason

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Weights of one witness: what the lexicons know bare, and where the name's length or a preposition speaks for it.
KNOWN, COUNTRY, CERTAIN = 3.0, 5.0, 6.0
TITLED, GIVEN, BESIDE, TELLING, LEGAL, WHO = 9.0, 4.0, 4.0, 3.5, 4.0, 2.0
GIVEN_ALONE = 1.5
# Weights of habits, times the share of places where they stand.
LABEL, PLACED, ACRONYM, NUMBERED, REPEATED = 1.0, 2.2, 0.6, 1.2, 0.1
# What the learned head finds, where it sees the name; the label then counts for so much of itself.
SEEN, LABEL_BESIDE = 5.0, 0.4
PLACING = frozenset({"in", "near", "outside", "across", "throughout"})
# What is done "in" a body: "invest in", "a stake in".
HAS_PART_IN = frozenset({"invest", "believe", "interest", "trust", "confidence", "stake", "share", "role"})
# Of what these hold or live in, "of" tells the place.
OF_A_PLACE = frozenset({"mayor", "governor", "prefect", "resident", "inhabitant"})
PROPER = frozenset({"NNP", "NNPS"})


@dataclass(frozen=True, slots=True)
class Core:
    """A name without title and article: its tokens, the pipeline's kind, what else speaks for a kind, the reasons.

    ``shares``: how likely the learned head finds each kind; empty where it sees no name.
    """

    start: int
    end: int
    label: Kind | None
    votes: tuple[tuple[Kind, float], ...]
    reasons: tuple[Reason, ...]
    shares: tuple[tuple[Kind, float], ...] = ()

    @property
    def placed(self) -> bool:
        """Whether a lexicon and the words around it make it a place here."""
        return (Kind.PLACE, CERTAIN) in self.votes


def is_bare_place(core: Core) -> bool:
    """Whether all that is known of a name is that a place has it; nothing beside it says that the place is meant."""
    return core.votes in (((Kind.PLACE, KNOWN),), ((Kind.PLACE, COUNTRY),))


def words_of(doc: Doc, core: Core) -> str:
    """The folded words of a name, by which its places in a report are put together."""
    return fold(str(doc[core.start : core.end].text))


# ------------------------------------------------------------------------------------------ what stands before a name


def title_before(doc: Doc, words: Vocabulary, i: int) -> int | None:
    """The title right before a token; the pipeline parts some abbreviations from their stop ("Capt", ".")."""
    at = i - 1
    if at > 0 and doc[at].text == "." and len(doc[at - 1]) <= 4 and words.noun(doc[at - 1]) is None:
        at -= 1
    return at if at >= 0 and is_title(doc[at], words) else None


def is_title(token: Token, words: Vocabulary) -> bool:
    """Whether a word is a title here, and no verb that looks like one."""
    return words.title(token) is not None and token.tag_ not in {"VB", "VBD", "VBZ", "VBP", "VBN"}


def begins_with_given_name(doc: Doc, words: Vocabulary, core: Core) -> bool:
    """Whether a name of several words opens with a given name and no article stands before ("the Ada Orvik Plan")."""
    if core.end - core.start < 2 or doc[core.start].text not in words.given:
        return False
    if core.start and doc[core.start - 1].lower_ == "the":
        return False
    after = doc[core.start + 1]
    return after.text[:1].isupper() or after.lower_ in PARTICLES


# ------------------------------------------------------------------------------------------------- the witnesses


def with_witnesses(parse: Parse, words: Vocabulary, core: Core) -> Core:
    """A name with what its title, its own words, the noun beside it and its apposition say of it."""
    doc = parse.doc
    votes, reasons = list(core.votes), list(core.reasons)
    for kind, weight, reason in (
        *_titles(parse, words, core),
        *_own_words(parse, words, core),
        *_beside(parse, words, core),
        *place_votes(parse, core.start, core.end),
    ):
        votes.append((kind, weight))
        reasons.append(reason)
    if len(votes) == len(core.votes) and core.end - core.start == 1:
        row = words.given.get(doc[core.start].text)
        if row is not None:
            votes.append((Kind.PERSON, GIVEN_ALONE))
            reasons.append(because(row, parse.span(doc[core.start]), weight=0.5))
    return replace(core, votes=tuple(votes), reasons=tuple(reasons))


def _titles(parse: Parse, words: Vocabulary, core: Core) -> Iterator[tuple[Kind, float, Reason]]:
    doc = parse.doc
    before = title_before(doc, words, core.start)
    title = words.title(doc[before]) if before is not None else None
    if title is not None and before is not None and not core.placed:
        stop = doc[before : core.start] if doc[core.start - 1].text == "." else doc[before]
        yield Kind.PERSON, TITLED, because(title, parse.span(stop))


def _own_words(parse: Parse, words: Vocabulary, core: Core) -> Iterator[tuple[Kind, float, Reason]]:
    """A legal form or a telling noun at the end of the name or before "of" and "for" in it; else a given name."""
    doc = parse.doc
    if core.end - core.start < 2 or core.placed:
        return
    first = doc[core.start]
    border = next((i for i in range(core.start + 1, core.end) if doc[i].lower_ in {"of", "for"}), core.end)
    token = doc[border - 1]
    ending, noun = words.endings.get(token.lower_) if token.text[:1].isupper() else None, words.noun(token)
    if border == core.end and fold(token.text) in LEGAL_FORMS and token.text[:1].isupper():
        yield Kind.ORGANISATION, LEGAL, Reason("mentions.legal-form", token.text, parse.span(token))
    elif ending is not None:
        yield Kind(ending["kind"]), TELLING, because(ending, parse.span(token))
    elif noun is not None and noun.kind in {Kind.ORGANISATION, Kind.PLACE}:
        yield noun.kind, TELLING, because(noun.row, parse.span(token))
    elif begins_with_given_name(doc, words, core):
        yield Kind.PERSON, GIVEN, because(words.given[first.text], parse.span(first))


def _beside(parse: Parse, words: Vocabulary, core: Core) -> Iterator[tuple[Kind, float, Reason]]:
    """A noun in small letters right before the name ("actor", "newspaper"), in apposition to it, or said of it."""
    doc = parse.doc
    root = doc[core.start : core.end].root
    near = [child for child in root.rights if child.dep_ == "appos" and child.i >= core.end]
    near += [root.head] if root.dep_ == "appos" and not core.start <= root.head.i < core.end else []
    if root.dep_ == "nsubj" and root.head.lemma_ == "be":
        near += [child for child in root.head.rights if child.dep_ == "attr"]
    for token in near:
        noun = words.noun(token)
        if noun is not None and noun.kind is Kind.PERSON and token.tag_ == "NN":
            yield Kind.PERSON, BESIDE, Reason("mentions.apposition", token.text, parse.span(token))
            return
    yield from _told_place(parse, words, core)
    who = _who(root) if core.label is not Kind.GROUP else None
    if who is not None:
        yield Kind.PERSON, WHO, Reason("mentions.who", who.text, parse.span(who), 0.7)
    before = doc[core.start - 1] if core.start else None
    if before is not None and before.tag_ == "NN" and before.is_lower and before.head.i in range(core.start, core.end):
        noun = words.noun(before)
        if noun is not None and noun.kind in {Kind.PERSON, Kind.ORGANISATION}:
            weight = BESIDE if noun.kind is Kind.PERSON else TELLING
            yield noun.kind, weight, Reason("mentions.noun-before", before.text, parse.span(before))


def _told_place(parse: Parse, words: Vocabulary, core: Core) -> Iterator[tuple[Kind, float, Reason]]:
    """What "of" and a country after it tell: "the town of Tarsk", "the mayor of Tarsk", "in Tarsk, Kenya"."""
    doc, start, end = parse.doc, core.start, core.end
    if start > 1 and doc[start - 1].lower_ == "of" and core.label is not Kind.PERSON:
        noun = words.noun(doc[start - 2])
        if noun is not None and (noun.kind is Kind.PLACE or noun.key in OF_A_PLACE):
            yield Kind.PLACE, KNOWN, Reason("mentions.of-place", noun.key, parse.span(doc[start - 2]))
    if start > 0 and end + 1 < len(doc) and doc[end].text == "," and doc[start - 1].tag_ == "IN" and not core.votes:
        beyond = doc[end + 1]
        row = words.countries.get(fold(beyond.text)) if beyond.text[:1].isupper() else None
        stops = end + 2 >= len(doc) or doc[end + 2].is_punct
        if row is not None and stops and core.label is not Kind.PERSON:
            yield Kind.PLACE, KNOWN, because(row, parse.span(beyond), weight=0.7)


def _who(root: Token) -> Token | None:
    """The "who" of a relative clause after a name."""
    for child in root.rights:
        if child.dep_ == "relcl":
            return next((word for word in child.lefts if word.lower_ in {"who", "whom"}), None)
    return None


# -------------------------------------------------------------------------------------------------- the verdict


@dataclass(slots=True)
class _Case:
    """All that speaks for the kinds of one name in a report."""

    places: int = 0
    seen: int = 0
    shares: dict[Kind, float] = field(default_factory=lambda: defaultdict(float))
    strongest: dict[Kind, float] = field(default_factory=dict)
    labels: Counter[Kind] = field(default_factory=Counter)
    placed: int = 0
    with_article: int = 0
    lexical: int = 0

    def score(self, name: str, shape: str) -> dict[Kind, float]:
        """The weight of each kind."""
        scores: dict[Kind, float] = defaultdict(float, {Kind.OTHER: 0.05})
        beside = LABEL_BESIDE if self.seen else 1.0
        for kind, n in self.labels.items():
            scores[kind] += beside * (LABEL * n / self.places + REPEATED * min(n, 5))
        for kind, share in self.shares.items():
            scores[kind] += SEEN * share / self.seen
        if self.with_article * 2 > self.places:
            scores[Kind.PERSON] = 0.0
        if shape in {"acronym", "number"}:
            scores[Kind.PLACE] *= 0.5
            scores[Kind.ORGANISATION if shape == "acronym" else Kind.OTHER] += (
                ACRONYM if shape == "acronym" else NUMBERED
            )
        elif " " not in name or not self.labels.get(Kind.PERSON):
            scores[Kind.PLACE] += PLACED * self.placed / self.places
        for kind, weight in self.strongest.items():
            scores[kind] += weight
        return scores


def verdict(doc: Doc, cores: Sequence[Core]) -> list[Kind]:
    """The kind of each name, in the same order: one for a name throughout, but where a place is plainly meant."""
    cases: dict[str, _Case] = defaultdict(_Case)
    names = [words_of(doc, core) for core in cores]
    shapes: dict[str, str] = {}
    for core, name in zip(cores, names, strict=True):
        _enter(doc, cases[name], core)
        shapes.setdefault(name, _shape(doc, core))
    scores = {name: case.score(name, shapes[name]) for name, case in cases.items()}
    kinds = {name: max(found, key=lambda kind: (found[kind], kind)) for name, found in scores.items()}
    for name, kind in kinds.items():
        if kind is Kind.OTHER and (Kind.WORK in cases[name].strongest or Kind.WORK in cases[name].labels):
            kinds[name] = Kind.WORK
    _surnames(kinds, cases)
    return [
        Kind.PLACE if core.placed and kinds[name] is Kind.PERSON else kinds[name]
        for core, name in zip(cores, names, strict=True)
    ]


def _enter(doc: Doc, case: _Case, core: Core) -> None:
    case.places += 1
    if core.label is not None:
        case.labels[core.label] += 1
    case.seen += bool(core.shares)
    for kind, share in core.shares:
        case.shares[kind] += share
    for kind, weight in core.votes:
        # What "in" before one word proves, it proves of that place alone.
        here_only = weight == CERTAIN and kind is Kind.PLACE and core.end - core.start == 1
        case.strongest[kind] = max(case.strongest.get(kind, 0.0), KNOWN if here_only else weight)
    case.lexical += core.placed
    before = doc[core.start - 1] if core.start else None
    if before is not None and before.lower_ == "the":
        case.with_article += 1
    elif before is not None and before.lower_ in PLACING and before.head.lemma_ not in HAS_PART_IN:
        case.placed += core.end >= len(doc) or doc[core.end].tag_ != "POS"


def _shape(doc: Doc, core: Core) -> str:
    """Whether a name is one word in capitals, holds a number, or is a plain one."""
    text = str(doc[core.start : core.end].text)
    if any(char.isdigit() for char in text):
        return "number"
    return "acronym" if core.end - core.start == 1 and 2 <= len(text) <= 6 and text.isupper() else ""


def _surnames(kinds: dict[str, Kind], cases: dict[str, _Case]) -> None:
    """A lone surname or given name is a person where the report has the full name, unless words say otherwise."""
    parts: dict[str, bool] = {}
    for name, kind in kinds.items():
        pieces = name.split()
        if kind is Kind.PERSON and len(pieces) > 1:
            sure = cases[name].strongest.get(Kind.PERSON, 0.0) >= GIVEN
            for piece in (pieces[0], pieces[-1]) if sure else pieces[-1:]:
                parts[piece] = parts.get(piece, False) or sure
    for name in [name for name in kinds if name in parts and kinds[name] is not Kind.PERSON]:
        others = max([w for kind, w in cases[name].strongest.items() if kind is not Kind.PERSON], default=0.0)
        if others < KNOWN or (parts[name] and others in {KNOWN, COUNTRY} and not cases[name].lexical):
            kinds[name] = Kind.PERSON
    titled = {
        name for name, case in cases.items() if case.strongest.get(Kind.PERSON, 0.0) >= TITLED and " " not in name
    }
    for name, kind in kinds.items():
        if kind is Kind.OTHER and name.split()[-1:] and name.split()[-1] in titled:
            kinds[name] = Kind.PERSON

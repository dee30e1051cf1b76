"""Names in running text: where they begin and end, and whether they name a person, a body or a place.

The pipeline's own named entities are one witness among several; titles, the lexicon of countries and cities, nouns
inside the name ("Ministry of ...") and appositions outweigh it. A name has one kind throughout a report: kinds are
voted on over all places where it stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse
from onrecord.extract.who.vocabulary import Vocabulary, because
from onrecord.names import fold
from onrecord.record import Form, Kind, Reason

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LABELS = {
    "PERSON": Kind.PERSON, "ORG": Kind.ORGANISATION, "GPE": Kind.PLACE, "LOC": Kind.PLACE, "FAC": Kind.PLACE,
    "EVENT": Kind.OTHER, "PRODUCT": Kind.OTHER, "WORK_OF_ART": Kind.WORK, "LAW": Kind.WORK, "NORP": Kind.GROUP,
}  # fmt: skip
NO_NAMES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL", "LANGUAGE"})
PROPER = frozenset({"NNP", "NNPS"})
NESTED = frozenset({"compound", "nmod", "amod", "poss"})
LEFT_OF_NAME = frozenset({"det", "amod", "compound", "nummod", "poss", "nmod", "predet", "case", "advmod"})
# Bodies that a report calls after whoever leads them.
LED_BODIES = frozenset({"administration", "government", "regime", "cabinet", "campaign"})
LONGEST_LEFT = 10
# Votes on a place of the lexicon: bare, and where its length or a preposition speaks for it.
KNOWN, CERTAIN = 3.0, 6.0
TITLED = 5.0
PLACING = frozenset({"in", "to", "from", "near", "outside", "across", "throughout"})


@dataclass(frozen=True, slots=True)
class Found:
    """A mention in tokens, before it has an id: its span, its head, what it is and why."""

    start: int
    end: int
    head_start: int
    head_end: int
    kind: Kind
    form: Form
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Core:
    """A name without title and article: tokens, the votes on its kind, the reasons."""

    start: int
    end: int
    votes: tuple[tuple[Kind, float], ...]
    reasons: tuple[Reason, ...]


def find_names(parse: Parse, words: Vocabulary) -> tuple[Found, ...]:
    """All names, nested ones included, in the order of the text."""
    doc = parse.doc
    owner: dict[int, _Core] = {}
    for core in (*_tagged(parse, words), *_places(parse, words)):
        _claim(owner, core)
    for core in _capitals(parse, words, owner):
        _claim(owner, core)
    cores = sorted(set(owner.values()), key=lambda core: core.start)
    titled = [(_with_context(parse, words, core), _title_start(doc, words, core)) for core in cores]
    kinds = _vote(doc, [core for core, _ in titled])
    return tuple(_found(parse, core, start, kinds[fold(_text(doc, core))]) for core, start in titled)


def _text(doc: Doc, core: _Core) -> str:
    return str(doc[core.start : core.end].text)


def _claim(owner: dict[int, _Core], core: _Core) -> None:
    """Enter a core; one that covers or equals an earlier one takes its place, a shorter one yields."""
    others = {owner[i] for i in range(core.start, core.end) if i in owner}
    if any(other.start < core.start or other.end > core.end for other in others):
        return
    same = any((other.start, other.end) == (core.start, core.end) and _is_person(other) for other in others)
    if same and core.votes[0][1] < CERTAIN:
        return
    for i in range(core.start, core.end):
        owner[i] = core


def _is_person(core: _Core) -> bool:
    return core.votes[:1] == ((Kind.PERSON, 1.0),)


def _tagged(parse: Parse, words: Vocabulary) -> Iterator[_Core]:
    """The pipeline's named entities, cut to the name."""
    for entity in parse.doc.ents:
        kind = LABELS.get(entity.label_)
        if kind is None:
            continue
        start, end = _trim(parse.doc, words, entity.start, entity.end, kind)
        if start >= end or not any(token.text[:1].isupper() for token in parse.doc[start:end]):
            continue
        if kind is Kind.GROUP and not _is_group_name(parse.doc[start:end].root, words):
            continue
        if end - start == 1 and _is_common(parse.doc[start], words, kind):
            continue
        led = end < len(parse.doc) and parse.doc[end].lower_ in LED_BODIES and kind is Kind.ORGANISATION
        kind = Kind.PERSON if led and end < entity.end else kind
        span = parse.span(parse.doc[start:end])
        reason = Reason("mentions.named-entity", entity.label_, span, 0.6, model=True)
        yield _Core(start, end, ((kind, 1.0),), (reason,))


def _trim(doc: Doc, words: Vocabulary, start: int, end: int, kind: Kind) -> tuple[int, int]:
    """A named entity without article, marks, possessive ending, a person's title, a common noun at its end."""
    while start < end and (doc[start].tag_ in {"DT", "PRP$", "POS"} or not doc[start].text[:1].isalnum()):
        start += 1
    while start < end and (
        doc[end - 1].tag_ == "POS"
        or doc[end - 1].lower_ in {"'s", "’s"}
        or not (doc[end - 1].text[-1:].isalnum() or doc[end - 1].text.endswith("."))
    ):
        end -= 1
    while kind is Kind.PERSON and end - start > 1 and words.title(doc[start]) is not None:
        start += 1
    while end - start > 1 and doc[end - 1].is_lower and words.noun(doc[end - 1]) is not None:
        end -= 1
    return start, end


def _is_group_name(token: Token, words: Vocabulary) -> bool:
    """A people's or party's name that is no adjective: "the Taliban"; "Kenyans" are a description."""
    return token.tag_ in PROPER and token.dep_ not in NESTED and fold(token.text) not in words.peoples


def _is_common(token: Token, words: Vocabulary, kind: Kind) -> bool:
    """Whether a capitalised word is only a common noun at the head of a sentence, a title, or an adjective."""
    if fold(token.text) in words.adjectives and fold(token.text) not in words.countries:
        return True
    noun = words.noun(token)
    if noun is None:
        return words.title(token) is not None
    return noun.kind is not Kind.ORGANISATION or token.is_sent_start or kind is not Kind.ORGANISATION


def _places(parse: Parse, words: Vocabulary) -> Iterator[_Core]:
    """Countries and cities that the lexicons know."""
    doc = parse.doc
    beyond = 0
    for i, token in enumerate(doc):
        if i < beyond or not token.text[:1].isupper():
            continue
        for length in range(min(words.place_lengths.get(fold(token.text), 0), len(doc) - i), 0, -1):
            name = doc[i : i + length].text
            row = words.place(name) if doc[i + length - 1].text[:1].isupper() else None
            if row is not None and (length > 1 or _stands_for_a_place(doc, i)):
                span = parse.span(doc[i : i + length])
                placed = length > 1 or (i > 0 and doc[i - 1].lower_ in PLACING)
                yield _Core(i, i + length, ((Kind.PLACE, CERTAIN if placed else KNOWN),), (because(row, span),))
                beyond = i + length
                break


def _stands_for_a_place(doc: Doc, i: int) -> bool:
    """Whether one capitalised word can be a place here: not "us" in capitals, not a part of a longer name."""
    token = doc[i]
    if token.tag_ == "PRP" or (token.lower_ == "us" and token.text != "US"):
        return False
    after = doc[i + 1] if i + 1 < len(doc) else None
    before = doc[i - 1] if i else None
    joined = after is not None and after.tag_ in PROPER and token.dep_ == "compound" and after.ent_type_ == "PERSON"
    surname = before is not None and before.ent_type_ == "PERSON" and token.ent_type_ == "PERSON"
    return token.tag_ in {*PROPER, "NN", "NNS", "JJ"} and not joined and not surname


def _capitals(parse: Parse, words: Vocabulary, owner: dict[int, _Core]) -> list[_Core]:
    """Runs of proper nouns that no other witness covers."""
    doc = parse.doc
    found = []
    headline: dict[int, bool] = {}
    for start, end in _runs(i for i, token in enumerate(doc) if i not in owner and _may_be_named(token, words)):
        sent = doc[start].sent
        if sent.start not in headline:
            headline[sent.start] = _in_title_case(sent)
        if not headline[sent.start] and (core := _run(parse, words, start, end)) is not None:
            found.append(core)
    return found


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Growing numbers as stretches without a gap: [start, end)."""
    start = end = -1
    for number in numbers:
        if number != end:
            if start >= 0:
                yield start, end
            start = number
        end = number + 1
    if start >= 0:
        yield start, end


def _may_be_named(token: Token, words: Vocabulary) -> bool:
    after_title = token.tag_ == "NN" and token.i > 0 and _title_before(token.doc, words, token.i) is not None
    return (
        (token.tag_ in PROPER or after_title)
        and token.text[:1].isupper()
        and token.ent_type_ not in NO_NAMES
        and fold(token.text) not in words.adjectives
        and fold(token.text) not in words.peoples
    )


def _run(parse: Parse, words: Vocabulary, start: int, end: int) -> _Core | None:
    doc = parse.doc
    while end - start > 1 and words.title(doc[start]) is not None:
        start += 1
    if words.title(doc[start]) is not None or (end - start == 1 and words.noun(doc[start]) is not None):
        return None
    if end - start == 1 and (len(doc[start].text) < 2 or doc[start].ent_type_):
        return None
    span = parse.span(doc[start:end])
    return _Core(start, end, ((Kind.OTHER, 0.1),), (Reason("mentions.capitals", "proper nouns", span, 0.3),))


def _in_title_case(sent: Iterable[Token]) -> bool:
    """A headline: nearly every longer word begins with a capital, so that capitals mean nothing."""
    words = list(sent)
    long = [token for token in words if token.is_alpha and len(token) > 3]
    stopped = any(token.text in {".", "?", "!"} for token in words[-3:])
    return not stopped and len(long) >= 4 and sum(token.text[0].isupper() for token in long) >= 0.8 * len(long)


# ------------------------------------------------------------------------------------- what stands around a name


def _title_start(doc: Doc, words: Vocabulary, core: _Core) -> int:
    """Where the title before a name begins ("Foreign Minister", "Mr."); the name's own start if there is none."""
    start = core.start
    if start > 2 and doc[start - 2].lower_ in {"of", "for"} and doc[start - 1].text[:1].isupper():
        start = start - 3 if _is_title(doc[start - 3], words) else start
    while (title := _title_before(doc, words, start)) is not None:
        start = title
    if start == core.start or not doc[start].text[:1].isupper():
        return start
    while start > 0 and _belongs_to_title(doc[start - 1], core):
        start -= 1
    return start


def _title_before(doc: Doc, words: Vocabulary, i: int) -> int | None:
    """The title right before a token; the pipeline parts some abbreviations from their stop ("Capt", ".")."""
    at = i - 1
    if at > 0 and doc[at].text == "." and len(doc[at - 1]) <= 4 and words.noun(doc[at - 1]) is None:
        at -= 1
    return at if at >= 0 and _is_title(doc[at], words) else None


def _is_title(token: Token, words: Vocabulary) -> bool:
    return words.title(token) is not None and token.tag_ not in {"VB", "VBD", "VBZ", "VBP", "VBN"}


def _belongs_to_title(token: Token, core: _Core) -> bool:
    return token.text[:1].isupper() and token.tag_ in {"NNP", "JJ", "NN"} and token.ent_type_ != "PERSON"


def _with_context(parse: Parse, words: Vocabulary, core: _Core) -> _Core:
    """A name with the votes of its title, of the nouns in it and of its apposition added."""
    doc = parse.doc
    votes, reasons = list(core.votes), list(core.reasons)
    before = _title_before(doc, words, core.start)
    title = words.title(doc[before]) if before is not None else None
    if title is not None and before is not None and core.votes[0][0] is not Kind.PLACE:
        votes.append((Kind.PERSON, TITLED))
        stop = parse.doc[before : core.start] if doc[core.start - 1].text == "." else doc[before]
        reasons.append(because(title, parse.span(stop)))
    for token, kind in _telling_nouns(doc, words, core):
        noun = words.noun(token)
        if noun is not None:
            votes.append((kind, 3.0))
            reasons.append(because(noun.row, parse.span(token)))
    described = _apposition(doc[core.start : core.end].root, words)
    if described is not None:
        votes.append((Kind.PERSON, 4.0))
        reasons.append(Reason("mentions.apposition", described.text, parse.span(described)))
    return replace(core, votes=tuple(votes), reasons=tuple(reasons))


def _telling_nouns(doc: Doc, words: Vocabulary, core: _Core) -> Iterator[tuple[Token, Kind]]:
    """Nouns inside a name of several words that say what it is: its last, and the one before "of" or "for"."""
    if core.end - core.start < 2 or core.votes[0] in {(Kind.PLACE, KNOWN), (Kind.PLACE, CERTAIN)}:
        return
    last_of_part = [i for i in range(core.start + 1, core.end) if doc[i].lower_ in {"of", "for"}][:1] or [core.end]
    token = doc[last_of_part[0] - 1]
    noun = words.noun(token)
    if noun is not None and noun.kind in {Kind.ORGANISATION, Kind.PLACE}:
        yield token, noun.kind


def _apposition(root: Token, words: Vocabulary) -> Token | None:
    """The noun for a person that stands in apposition to a name, if one does."""
    near = [child for child in root.rights if child.dep_ == "appos"]
    near += [root.head] if root.dep_ == "appos" else []
    for token in near:
        noun = words.noun(token)
        if noun is not None and noun.kind is Kind.PERSON and token.tag_ == "NN":
            return token
    return None


def _vote(doc: Doc, cores: list[_Core]) -> dict[str, Kind]:
    """The kind of each name, folded: votes of all its places; a lone surname also has those of the full name."""
    votes: dict[str, dict[Kind, float]] = defaultdict(lambda: defaultdict(float))
    for core in cores:
        for kind, weight in core.votes:
            votes[fold(_text(doc, core))][kind] += weight
    kinds = {name: max(counted, key=lambda kind: (counted[kind], kind)) for name, counted in votes.items()}
    surnames = {name.split()[-1] for name, kind in kinds.items() if kind is Kind.PERSON and " " in name}
    for name, counted in votes.items():
        if name in surnames and max(counted.values()) < 3.0 * max(1, len(counted)):
            kinds[name] = Kind.PERSON
    titled = {name for name, counted in votes.items() if counted.get(Kind.PERSON, 0.0) >= TITLED and " " not in name}
    for name, kind in kinds.items():
        if kind is Kind.OTHER and name.split()[-1:] and name.split()[-1] in titled:
            kinds[name] = Kind.PERSON
    return kinds


def _found(parse: Parse, core: _Core, title_start: int, kind: Kind) -> Found:
    doc = parse.doc
    start = min(title_start, _left_edge(doc, core))
    return Found(start, core.end, core.start, core.end, kind, Form.NAME, core.reasons)


def _left_edge(doc: Doc, core: _Core) -> int:
    """Where the phrase of a name begins: article, adjectives, a description in small letters before it."""
    root = doc[core.start : core.end].root
    if root.dep_ in NESTED - {"poss"} and root.head.i >= core.end:
        return core.start
    start = core.start
    for child in reversed(list(root.lefts)):
        if child.i < core.start and (child.dep_ not in LEFT_OF_NAME or child.right_edge.i != start - 1):
            break
        start = min(start, child.left_edge.i)
    if core.start - start > LONGEST_LEFT or any(t.is_punct and t.text != "-" for t in doc[start : core.start]):
        start = core.start
    if start == core.start and start > 0 and doc[start - 1].lower_ == "the":
        start -= 1
    return start

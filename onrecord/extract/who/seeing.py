"""What the learned head sees, as names and mentions in tokens: the way from its words to the rules' findings.

The head leads: where it sees a name, its borders hold against those of the pipeline's named entities, and what it does
not see at all is kept only on the word of a lexicon. What the rules know besides (titles, kinds of bodies, places) is
added to what it sees.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse
from onrecord.extract.who.describing import counts, extent, is_empty, is_predicate
from onrecord.extract.who.found import Found
from onrecord.extract.who.head import KIND_OF, KINDS, NAMED, Sight, Sights
from onrecord.extract.who.kinds import Core
from onrecord.record import Form, Kind, Reason

if TYPE_CHECKING:
    from spacy.tokens import Token

# How likely a name must be to stand on the head's word alone; a rule's finding falls where the head sees less.
NAME, NESTED, HARDLY, HARDLY_DESCRIBED = 0.5, 0.85, 0.15, 0.01
# The same for descriptions and for pronouns that point ("this").
DESCRIPTION, POINTING = 0.5, 0.5
# How likely the kind of a name inside a name must be.
PLAIN = 0.6
TIME = KINDS.index("time")
# No name ends with one of these.
SMALL = frozenset({"of", "the", "and", "for", "in", "on", "at", "de", "&"})
POINTING_WORDS = frozenset({"this", "that", "these", "those"})


def word_at(parse: Parse, token: int) -> int:
    """The number of the word that a token is (of a blank: of the word after it)."""
    return bisect_left(parse.words, token)


def seen_names(parse: Parse, sights: Sights) -> Iterator[Core]:
    """The names that the head tags, as cores."""
    for name in sights.names:
        start, end = name.start, name.end
        while start < end and not sights.words[end - 1][:1].isalnum():
            end -= 1
        while start < end and sights.words[end - 1].lower() in SMALL:
            end -= 1
        if name.sure >= NAME and any(word[:1].isupper() for word in sights.words[start:end]):
            yield _core(parse, start, end, dict(zip(NAMED, name.kinds, strict=True)), name.firm)


def nested_names(parse: Parse, sights: Sights, cores: list[Core]) -> Iterator[Core]:
    """Names inside longer names: "Kenya" in "Central Bank of Kenya"."""
    outer = {i: core for core in cores for i in range(core.start, core.end)}
    for sight in sights.mentions:
        start, end = parse.words[sight.name_start], parse.words[sight.name_end - 1] + 1
        around = outer.get(start)
        inside = around is not None and around.start <= start and end <= around.end
        smaller = around is not None and end - start < around.end - around.start
        ends = sight.word == sight.name_end - 1
        if sight.form is Form.NAME and sight.sure >= NESTED and inside and smaller and ends and _apart(sight):
            yield _core(parse, sight.name_start, sight.name_end, _shares(sight), sight.sure)


def _apart(sight: Sight) -> bool:
    """Whether a name inside a name is a place, or a person's of several words: not the first half of a body's."""
    shares = _shares(sight)
    several = sight.name_end - sight.name_start > 1
    return shares[Kind.PLACE] >= PLAIN or (several and shares[Kind.PERSON] >= PLAIN)


def _core(parse: Parse, start: int, end: int, shares: dict[Kind, float], sure: float) -> Core:
    first, last = parse.words[start], parse.words[end - 1]
    best = max(shares, key=lambda kind: shares[kind])
    span = parse.span(parse.doc[first : last + 1])
    reason = Reason("mentions.head", f"a name: {best}", span, round(sure, 2), model=True)
    return Core(first, last + 1, None, (), (reason,), tuple(shares.items()))


def _shares(sight: Sight) -> dict[Kind, float]:
    """How likely each kind of name is."""
    shares = {kind: sight.kinds[KINDS.index(word)] for word, kind in KIND_OF.items()}
    return {**shares, Kind.OTHER: max(0.0, sight.sure - sum(shares.values()))}


def hardly_a_name(parse: Parse, sights: Sights, core: Core) -> bool:
    """Whether the head sees next to nothing of a name where a rule sees one."""
    first, last = word_at(parse, core.start), word_at(parse, core.end - 1)
    return sights.named(first, last + 1) < HARDLY


def seen_mentions(
    parse: Parse, taken: set[int], ruled: dict[int, Found], acts: Container[str], everything: bool
) -> Iterator[Found]:
    """Descriptions and pointing pronouns: the rules' where the head agrees, and those that it alone sees.

    ``taken``: tokens of names; ``acts``: nouns that tell what is done, and so nobody; ``everything``: times, predicates
    ("he was a colonel") and what stands for nobody in particular ("any colonel") are mentions too.
    """
    sights = parse.sights
    if sights is None:
        return
    seen = {parse.words[sight.word]: sight for sight in sights.mentions if everything or not _is_time(sight)}
    for head, description in ruled.items():
        if sights.sure(word_at(parse, head)) >= HARDLY_DESCRIBED:
            yield description
    for token, sight in seen.items():
        if token in ruled or token in taken:
            continue
        found = _seen(parse, sight, parse.doc[token], acts)
        if found is not None and (everything or found.form is Form.PRONOUN or _is_somebody(parse.doc[token])):
            yield found


def _is_time(sight: Sight) -> bool:
    return sight.kinds.index(max(sight.kinds)) == TIME


def _is_somebody(token: Token) -> bool:
    """Whether a description is neither a predicate nor empty ("any colonel", "nobody")."""
    return not (is_predicate(token) or is_empty(token) or token.pos_ == "PRON")


def _seen(parse: Parse, sight: Sight, token: Token, acts: Container[str]) -> Found | None:
    form = sight.form
    if token.lower_ in POINTING_WORDS:
        form = Form.PRONOUN
    elif form is Form.PRONOUN or (form is Form.NAME and token.text[:1].isupper()):
        return None
    elif form is Form.NAME:
        form = Form.DESCRIPTION
    if form is Form.DESCRIPTION and counts(token):
        return None
    if sight.sure < (DESCRIPTION if form is Form.DESCRIPTION else POINTING) or token.is_punct:
        return None
    best = max(range(1, len(KINDS)), key=lambda k: sight.kinds[k])
    kind = KIND_OF.get(KINDS[best], Kind.OTHER)
    if kind is Kind.PERSON and token.lemma_.lower() in acts:
        kind = Kind.OTHER
    if kind is Kind.PERSON and sight.several > 0.5:
        kind = Kind.GROUP
    start, end = extent(token)
    reason = Reason("mentions.head", KINDS[best], parse.span(token), round(sight.sure, 2), model=True)
    if form is Form.PRONOUN:
        return Found(token.i, token.i + 1, token.i, token.i + 1, kind, form, (reason,))
    return Found(min(start, token.i), max(end, token.i + 1), token.i, token.i + 1, kind, form, (reason,))

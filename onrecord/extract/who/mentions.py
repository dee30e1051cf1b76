"""The stage ``mentions``: the words of a report that stand for somebody or something.

Names, descriptions of persons, groups, bodies and places, and pronouns; each with its span, its head (the words that
cannot be left out), its kind and its form. What they stand for is the business of ``coreference``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.who.describing import find_descriptions, taken_by_names
from onrecord.extract.who.found import Found
from onrecord.extract.who.naming import find_names
from onrecord.extract.who.seeing import seen_mentions
from onrecord.extract.who.vocabulary import vocabulary
from onrecord.record import EventType, Form, Kind, Mention, Reading, Reason, make_id

if TYPE_CHECKING:
    from spacy.tokens import Token

SINGULAR = (
    "i", "me", "my", "mine", "myself", "you", "your", "yours", "yourself",
    "he", "him", "his", "himself", "she", "her", "hers", "herself",
)  # fmt: skip
PLURAL = (
    "we", "us", "our", "ours", "ourselves", "yourselves", "they", "them", "their", "theirs", "themselves",
)  # fmt: skip
PRONOUNS: dict[str, Kind] = {
    **dict.fromkeys(SINGULAR, Kind.PERSON),
    **dict.fromkeys(PLURAL, Kind.GROUP),
    **dict.fromkeys(("it", "its", "itself"), Kind.OTHER),
}
# "It is unclear whether", "it seems that": nobody is meant.
EMPTY_VERBS = frozenset({"be", "seem", "appear", "remain", "become", "take", "mean", "happen", "turn"})
WEATHER = frozenset({"rain", "snow", "hail", "drizzle", "thunder"})
OPENERS = frozenset({"that", "to", "whether", "if", "when", "how", "what", "who", "why"})


def find(reading: Reading, parse: Parse, tools: Tools) -> tuple[Mention, ...]:
    """The mentions of a report in the order of their heads. None of them is resolved yet."""
    words = vocabulary(tools.lexicons)
    names = find_names(parse, words)
    found = [*names, *_nouns(parse, tools, names), *_pronouns(parse)]
    found.sort(key=lambda one: (one.head_start, -one.end))
    mentions = []
    seen = set[tuple[int, int]]()
    for one in found:
        mention = _mention(reading, parse, one)
        if (key := (mention.head.start, mention.head.end)) not in seen:
            seen.add(key)
            mentions.append(mention)
    return tuple(mentions)


def _nouns(parse: Parse, tools: Tools, names: tuple[Found, ...]) -> Iterator[Found]:
    """Descriptions by the rules, and by the learned head if there is one."""
    words = vocabulary(tools.lexicons)
    ruled = find_descriptions(parse, words, names)
    if parse.sights is None:
        return ruled
    taken = taken_by_names(parse.doc, words, names)
    acts = {row.key for row in tools.lexicons["event-nouns"] if row["type"] != EventType.OTHER}
    by_head = {found.head_end - 1: found for found in ruled}
    return seen_mentions(parse, taken, by_head, acts, tools.everything)


def _mention(reading: Reading, parse: Parse, found: Found) -> Mention:
    span = parse.span(parse.doc[found.start : found.end])
    head = parse.span(parse.doc[found.head_start : found.head_end])
    key = make_id("m", reading.document.id, span.start, span.end, head.start, head.end)
    return Mention(key, span, head, found.kind, found.form, reasons=found.reasons)


def _pronouns(parse: Parse) -> Iterator[Found]:
    for token in parse.doc:
        kind = PRONOUNS.get(token.lower_)
        if kind is None or token.text == "US" or token.tag_ not in {"PRP", "PRP$"} or is_empty(token):
            continue
        reason = Reason("mentions.pronoun", token.lower_, parse.span(token))
        yield Found(token.i, token.i + 1, token.i, token.i + 1, kind, Form.PRONOUN, (reason,))


def is_empty(token: Token) -> bool:
    """Whether "it" stands for nothing: "it is clear that", "it took two hours to", "it rained"."""
    if token.lower_ != "it":
        return False
    verb = token.head
    if token.dep_ == "expl" or verb.lemma_ in WEATHER:
        return True
    if not token.dep_.startswith("nsubj") or verb.lemma_ not in EMPTY_VERBS:
        return False
    after = [
        child for child in verb.rights if child.dep_ in {"acomp", "attr", "ccomp", "xcomp", "advcl", "prep", "dobj"}
    ]
    opens = {word.lower_ for child in after for word in (child.left_edge, *child.lefts)}
    beyond = {word.lower_ for child in after for word in child.rights} | {
        word.lower_ for child in after for right in child.rights for word in (right.left_edge, *right.lefts)
    }
    return bool((opens | beyond) & OPENERS)

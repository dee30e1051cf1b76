"""Names in running text: where they begin and end, and whether they name a person, a body or a place.

The pipeline's own named entities are one witness among several; titles, the lexicon of countries and cities, nouns
inside the name ("Ministry of ...") and appositions outweigh it. What a name is the name of is decided in ``kinds``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse
from onrecord.extract.who.found import Found
from onrecord.extract.who.head import Sights
from onrecord.extract.who.kinds import (
    CERTAIN,
    COUNTRY,
    KNOWN,
    PLACING,
    PROPER,
    Core,
    begins_with_given_name,
    is_bare_place,
    is_title,
    title_before,
    verdict,
    with_witnesses,
    words_of,
)
from onrecord.extract.who.seeing import hardly_a_name, nested_names, seen_names
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
NESTED = frozenset({"compound", "nmod", "amod", "poss"})
LEFT_OF_NAME = frozenset({"det", "amod", "compound", "nummod", "poss", "nmod", "predet", "case", "advmod"})
# Bodies that a report calls after whoever leads them.
LED_BODIES = frozenset({"administration", "government", "regime", "cabinet", "campaign"})
LONGEST_LEFT = 10
# A lexicon's bare place where the pipeline sees a person.
WEAK = 0.5
# How sure the learned head must be of a name's borders where a rule sees a longer one.
BORDERS = 0.55
WHOSE = frozenset({"the", "his", "her", "their", "my", "our"})
# Before a name these tell that it is a word for one of many: "a Federalist", "every Marlander".
ONE_OF_MANY = frozenset({"a", "an", "another", "every", "each", "any", "no", "some", "other", "many", "several", "few"})


def find_names(parse: Parse, words: Vocabulary) -> tuple[Found, ...]:
    """All names, nested ones included, in the order of the text."""
    doc = parse.doc
    cores = _cores(parse, words) if parse.sights is None else _seen_cores(parse, words, parse.sights)
    cores = [with_witnesses(parse, words, core) for core in cores]
    kinds = verdict(doc, cores)
    return tuple(
        _found(parse, core, _title_start(doc, words, core), kind) for core, kind in zip(cores, kinds, strict=True)
    )


def _cores(parse: Parse, words: Vocabulary) -> list[Core]:
    """The names by the rules alone."""
    owner: dict[int, Core] = {}
    for core in (*_tagged(parse, words), *_listed(parse, words)):
        _claim(owner, core)
    for core in _capitals(parse, words, owner):
        _claim(owner, core)
    cores = _joined(parse, words, sorted(set(owner.values()), key=lambda core: core.start))
    return [core for core in cores if not _describes(parse.doc, words, core)]


def _seen_cores(parse: Parse, words: Vocabulary, sights: Sights) -> list[Core]:
    """The names that the learned head sees, with what the rules know of them, and what rules see where it sees some."""
    ruled = _cores(parse, words)
    seen = [_without_title(parse, words, core) for core in seen_names(parse, sights)]
    seen = [core for core in seen if not _is_no_name(parse.doc, words, core)]
    owner = {i: core for core in _bordered(parse, words, seen, ruled) for i in range(core.start, core.end)}
    plain = {words_of(parse.doc, core).split()[-1] for core in ruled if _plainly_a_person(parse.doc, words, core)}
    for core in ruled:
        others = {owner[i] for i in range(core.start, core.end) if i in owner}
        same = next((other for other in others if (other.start, other.end) == (core.start, core.end)), None)
        if same is not None:
            core = replace(core, shares=same.shares, reasons=(*same.reasons, *core.reasons))
        elif others or (not core.votes and words_of(parse.doc, core) not in plain and _unseen(parse, words, core)):
            continue
        elif pieces := [piece for piece in seen if core.start <= piece.start and piece.end <= core.end]:
            core = replace(core, shares=_shared(pieces))
        owner.update(dict.fromkeys(range(core.start, core.end), core))
    outer = sorted(set(owner.values()), key=lambda core: core.start)
    inner = (core for core in nested_names(parse, sights, outer) if not _is_adjective(parse.doc, words, core))
    return sorted((*outer, *inner), key=lambda core: (core.start, -core.end))


def _shared(pieces: list[Core]) -> tuple[tuple[Kind, float], ...]:
    """How likely each kind is for a name of which the head sees pieces."""
    kinds = [kind for kind, _ in pieces[0].shares]
    return tuple((kind, sum(dict(piece.shares)[kind] for piece in pieces) / len(pieces)) for kind in kinds)


def _bordered(parse: Parse, words: Vocabulary, seen: list[Core], ruled: list[Core]) -> list[Core]:
    """What the head sees, without what a rule knows the borders of: listed names, names after titles, unsure pieces."""
    at = {i: core for core in ruled for i in range(core.start, core.end)}
    rules = {core: at.get(core.end - 1) for core in seen}
    better = {rule for core, rule in rules.items() if rule is not None and _better(parse.doc, words, rule, core)}
    kept: list[Core] = []
    for core in seen:
        if rules[core] in better:
            continue
        if kept and kept[-1].end == core.start and _is_person(kept[-1]) and _is_person(core):
            core = replace(core, start=kept.pop().start)  # a given name and a surname that were seen apart
        kept.append(core)
    return kept


def _without_title(parse: Parse, words: Vocabulary, core: Core) -> Core:
    """A person's name without the titles that it begins with."""
    doc, start = parse.doc, core.start
    while (
        _is_person(core) and core.end - start > 1 and (is_title(doc[start], words) or not doc[start].text[:1].isalnum())
    ):
        start += 1
    return replace(core, start=start)


def _better(doc: Doc, words: Vocabulary, rule: Core, core: Core) -> bool:
    """Whether a rule's borders are to be preferred to those of what the head sees."""
    covers = rule.start <= core.start and core.end <= rule.end and (rule.start, rule.end) != (core.start, core.end)
    if covers:
        telling = doc[rule.end - 1].lower_ in words.endings and rule.end > core.end
        return bool(rule.votes) or telling or core.reasons[0].weight < BORDERS
    return core.start < rule.start and core.end == rule.end and _title_start(doc, words, rule) < rule.start


def _is_person(core: Core) -> bool:
    return max(core.shares, key=lambda one: one[1])[0] is Kind.PERSON


def _is_no_name(doc: Doc, words: Vocabulary, core: Core) -> bool:
    """Whether what looks like a name is an adjective of a country, a people, or an office in capitals."""
    last = doc[core.end - 1]
    noun = words.noun(last)
    if core.end - core.start == 1 and (is_title(last, words) or last.pos_ == "PRON"):
        return True
    office = noun is not None and noun.kind is Kind.PERSON and last.tag_ in {"NN", "NNP", "NNS"}
    return _is_adjective(doc, words, core) or (office and not begins_with_given_name(doc, words, core))


def _plainly_a_person(doc: Doc, words: Vocabulary, core: Core) -> bool:
    """Whether a title before a name or a given name in it tells that it is a person's."""
    titled = title_before(doc, words, core.start) is not None
    return (titled or begins_with_given_name(doc, words, core)) and bool(words_of(doc, core))


def _unseen(parse: Parse, words: Vocabulary, core: Core) -> bool:
    """Whether the learned head sees next to no name, and nothing tells that it is a person's."""
    sights = parse.sights
    told = _plainly_a_person(parse.doc, words, core)
    return sights is not None and not told and hardly_a_name(parse, sights, core)


def _is_adjective(doc: Doc, words: Vocabulary, core: Core) -> bool:
    """Whether a name is only the adjective of a country, or a word for its people."""
    key = words_of(doc, core)
    return key not in words.countries and (key in words.adjectives or key in words.peoples)


def _joined(parse: Parse, words: Vocabulary, cores: list[Core]) -> list[Core]:
    """A word of no known place right before a known one: a surname that is also a city, "Ilda Vienna"."""
    joined: list[Core] = []
    for core in cores:
        last = joined[-1] if joined and joined[-1].end == core.start else None
        if last is not None and is_bare_place(core) and _first_name(parse, words, last):
            label = last.label if last.label is Kind.PERSON else None
            core = Core(last.start, core.end, label, (), last.reasons)
            joined.pop()
        joined.append(core)
    return joined


def _first_name(parse: Parse, words: Vocabulary, core: Core) -> bool:
    token = parse.doc[core.start]
    alone = core.end - core.start == 1 and not core.votes and token.dep_ == "compound" and token.head.i == core.end
    return alone and token.is_title and words.noun(token) is None and token.lower_ not in words.endings


def _describes(doc: Doc, words: Vocabulary, core: Core) -> bool:
    """Whether capitals only dress up a description: "a Fighter Pilot", "Special Envoy", "every Marlander"."""
    if core.votes or begins_with_given_name(doc, words, core) or title_before(doc, words, core.start) is not None:
        return False
    last = doc[core.end - 1]
    before = doc[core.start - 1].lower_ if core.start else ""
    left = {child.lower_ for child in last.lefts if child.i < core.start}
    if left & ONE_OF_MANY and core.label not in {Kind.PERSON, Kind.ORGANISATION}:
        return True
    noun = words.noun(last)
    if noun is None or noun.kind is not Kind.PERSON or (core.label is Kind.ORGANISATION and last.tag_ == "NNPS"):
        return False
    return core.label is not Kind.PERSON or bool(left & ONE_OF_MANY) or before in WHOSE


def _claim(owner: dict[int, Core], core: Core) -> None:
    """Enter a core; one that covers or equals an earlier one takes its place, a shorter one yields."""
    others = {owner[i] for i in range(core.start, core.end) if i in owner}
    if any(other.start < core.start or other.end > core.end for other in others):
        return
    same = next((other for other in others if (other.start, other.end) == (core.start, core.end)), None)
    if same is not None:
        core = _both(same, core)
    for i in range(core.start, core.end):
        owner[i] = core


def _both(labelled: Core, known: Core) -> Core:
    """What the pipeline labelled and a lexicon knows: both speak; a person's label weakens a bare place."""
    votes = known.votes
    if labelled.label is Kind.PERSON and is_bare_place(known):
        votes = ((Kind.PLACE, WEAK),)
    return replace(known, label=labelled.label, votes=votes, reasons=(*labelled.reasons, *known.reasons))


def _tagged(parse: Parse, words: Vocabulary) -> Iterator[Core]:
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
        yield Core(start, end, kind, (), (reason,))


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
    """A people's or party's name that is no adjective: "the Taliban"; "Kenyans" and "Federalists" are a description."""
    if token.tag_ not in PROPER or token.dep_ in NESTED or fold(token.text) in words.peoples:
        return False
    return token.tag_ != "NNPS" or any(child.lower_ == "the" for child in token.lefts)


def _is_common(token: Token, words: Vocabulary, kind: Kind) -> bool:
    """Whether a capitalised word is only a common noun at the head of a sentence, a title, or an adjective."""
    if fold(token.text) in words.adjectives and fold(token.text) not in words.countries:
        return True
    noun = words.noun(token)
    if noun is None:
        return words.title(token) is not None
    return noun.kind is not Kind.ORGANISATION or token.is_sent_start or kind is not Kind.ORGANISATION


def _listed(parse: Parse, words: Vocabulary) -> Iterator[Core]:
    """Countries, cities and bodies that the lexicons know."""
    doc = parse.doc
    beyond = 0
    for i, token in enumerate(doc):
        if i < beyond or not token.text[:1].isupper():
            continue
        longest = min(words.longest_names.get(fold(token.text), 0), len(doc) - i)
        for length in range(longest, 0, -1):
            core = _listed_name(parse, words, i, i + length) if doc[i + length - 1].text[:1].isupper() else None
            if core is not None:
                yield core
                beyond = core.end
                break


def _listed_name(parse: Parse, words: Vocabulary, start: int, end: int) -> Core | None:
    doc = parse.doc
    name = doc[start:end].text
    body = words.bodies.get(name.replace(".", ""))
    if body is not None:
        return Core(start, end, None, ((Kind.ORGANISATION, CERTAIN),), (because(body, parse.span(doc[start:end])),))
    row = words.place(name)
    if row is None or (end - start == 1 and not _stands_for_a_place(doc, start)):
        return None
    placed = end - start > 1 or (start > 0 and doc[start - 1].lower_ in PLACING)
    vote = (Kind.PLACE, CERTAIN if placed else COUNTRY if fold(name) in words.countries else KNOWN)
    return Core(start, end, None, (vote,), (because(row, parse.span(doc[start:end])),))


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


def _capitals(parse: Parse, words: Vocabulary, owner: dict[int, Core]) -> list[Core]:
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
    after_title = token.tag_ == "NN" and token.i > 0 and title_before(token.doc, words, token.i) is not None
    return (
        (token.tag_ in PROPER or after_title)
        and token.text[:1].isupper()
        and token.ent_type_ not in NO_NAMES
        and fold(token.text) not in words.adjectives
        and fold(token.text) not in words.peoples
    )


def _run(parse: Parse, words: Vocabulary, start: int, end: int) -> Core | None:
    doc = parse.doc
    while end - start > 1 and words.title(doc[start]) is not None:
        start += 1
    if words.title(doc[start]) is not None or (end - start == 1 and words.noun(doc[start]) is not None):
        return None
    if end - start == 1 and (len(doc[start].text) < 2 or doc[start].ent_type_):
        return None
    span = parse.span(doc[start:end])
    return Core(start, end, None, (), (Reason("mentions.capitals", "proper nouns", span, 0.3),))


def _in_title_case(sent: Iterable[Token]) -> bool:
    """A headline: nearly every longer word begins with a capital, so that capitals mean nothing."""
    words = list(sent)
    long = [token for token in words if token.is_alpha and len(token) > 3]
    stopped = any(token.text in {".", "?", "!"} for token in words[-3:])
    return not stopped and len(long) >= 4 and sum(token.text[0].isupper() for token in long) >= 0.8 * len(long)


# ------------------------------------------------------------------------------------- what stands around a name


def _title_start(doc: Doc, words: Vocabulary, core: Core) -> int:
    """Where the title before a name begins ("Foreign Minister", "Mr."); the name's own start if there is none."""
    start = core.start
    if start > 2 and doc[start - 2].lower_ in {"of", "for"} and doc[start - 1].text[:1].isupper():
        start = start - 3 if is_title(doc[start - 3], words) else start
    while (title := title_before(doc, words, start)) is not None:
        start = title
    if start == core.start or not doc[start].text[:1].isupper():
        return start
    while start > 0 and _belongs_to_title(doc[start - 1], core):
        start -= 1
    return start


def _belongs_to_title(token: Token, core: Core) -> bool:
    return token.text[:1].isupper() and token.tag_ in {"NNP", "JJ", "NN"} and token.ent_type_ != "PERSON"


def _found(parse: Parse, core: Core, title_start: int, kind: Kind) -> Found:
    doc = parse.doc
    start = min(title_start, _left_edge(doc, core))
    return Found(start, core.end, core.start, core.end, kind, Form.NAME, core.reasons)


def _left_edge(doc: Doc, core: Core) -> int:
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

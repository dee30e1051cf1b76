"""Who takes which part in an event: from the syntax of its telling to the entities of the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.extract import syntax
from onrecord.extract.parse import Parse
from onrecord.extract.what.blame import blamed, by_whom
from onrecord.extract.what.constructions import Part, accused_of, aimed_at, heads_under, joined
from onrecord.extract.what.predicates import Predicates, Told, lemma
from onrecord.extract.what.setting import place_words
from onrecord.extract.whereabouts import Whereabouts
from onrecord.lexicon import Row
from onrecord.record import Entity, EventType, Kind, Participant, Reason

if TYPE_CHECKING:
    from spacy.tokens import Token

# Prepositions that bring in the one an act is aimed at, whatever the verb.
AIMED = frozenset({"against", "upon"})
# Verbs of meeting: all sides are actors.
TOGETHER = frozenset({"meet", "negotiate", "confer", "talk", "huddle"})
# Verbs whose subject and addressee are both where it was said.
TELLING = frozenset({"tell", "ask", "urge", "inform", "assure", "promise", "warn"})
# Acts whose noun brings in the recipient with "to" or "for": "aid to the rebels", "support for the mayor".
TOWARDS = frozenset({EventType.AID, EventType.SUPPORT, EventType.THREATEN, EventType.REQUEST, EventType.CONCEDE})
# Verbs whose object, not whose subject, does what the clause under them tells.
OBJECT_ACTS = frozenset({"of", "from", "for", "with", "into"})
# Verbs that name by a preposition who is to do what they ask for: "called on the rebels to leave".
ADDRESSED = {"call": "on", "appeal": "to", "plead": "with", "prevail": "upon", "shout": "to", "signal": "to"}
# Verbs of having something done.
CAUSING = frozenset({"have", "get", "order", "want", "see"})
# Relations of a noun to the one that it only describes: "mediation" in "a mediation effort".
BESIDE = frozenset({"compound", "nmod", "amod"})
QUANTIFIERS = frozenset(
    "dozens hundreds thousands scores many some several most all both one two three none number "  # noqa: SIM905
    "group half majority members column band gang squad unit crowd mob team contingent handful couple pair "
    "dozen trio".split()
)


def parts(told: Told) -> tuple[Part, ...]:
    """The words that take part in an event, actors first; none twice in one part."""
    found = list(_of_noun(told) if told.nominal else _of_verb(told.head, told))
    seen: set[tuple[str, int]] = set()
    kept = []
    for part in found:
        if (part.name, part.token.i) not in seen:
            seen.add((part.name, part.token.i))
            kept.append(part)
    if _reciprocal(told):
        kept = [replace(part, name="actor") for part in kept]
    return tuple(sorted(kept, key=lambda part: part.name != "actor"))


def _reciprocal(told: Told) -> bool:
    """Whether all sides do it alike, as in a meeting; a visit has a guest and a host."""
    return told.row is not None and told.row["type"] == EventType.CONSULT and told.row.key.split()[0] in TOGETHER


# ------------------------------------------------------------------------------------------------ verbs


def _of_verb(verb: Token, told: Told) -> Iterator[Part]:
    prepositions = set(told.row["recipient"].split()) if told.row is not None else set()
    if _is_passive(verb):
        yield from (Part("actor", t, "participants.by-agent") for t in _all(syntax.by_agents(verb)))
        yield from (Part("recipient", t, "participants.passive-subject") for t in _passive_subject(verb))
    else:
        yield from (Part("actor", t, "participants.subject") for t in _all(_doing(verb)))
        used = {word.i for word in told.words}
        done_to = [t for t in _objects(verb) if t.i not in used]
        yield from (Part("recipient", t, "participants.object") for t in _all(done_to))
    for word in (*told.words, *(t for t in syntax.objects(verb))):
        yield from _under(word, prepositions | AIMED)
    for child in verb.children:
        if child.dep_ == "dative":
            yield from (Part("recipient", t, "participants.dative") for t in _all(heads_under(child)))


def _is_passive(verb: Token) -> bool:
    if syntax.passive(verb):
        return True
    if verb.tag_ != "VBN" or any(child.dep_ == "aux" for child in verb.children):
        return False
    if verb.dep_ == "ccomp" and verb.head.lemma_ in CAUSING:  # "had the mayor arrested"
        return True
    if verb.dep_ == "conj" and verb.head.tag_ == "VBN" and not syntax.crowded(verb.head):
        return syntax.passive(verb.head) and not syntax.has_subject(verb)
    return verb.dep_ in {"acl", "advcl", "amod"} or any(child.dep_ == "agent" for child in verb.children)


def _passive_subject(verb: Token) -> Iterator[Token]:
    if verb.dep_ in {"acl", "amod"}:
        yield from _all((verb.head,))
    elif verb.dep_ == "advcl":
        yield from _all(syntax.subjects(verb.head))
    else:
        yield from _all(_antecedents(verb, syntax.subjects(verb)))


def _objects(verb: Token) -> tuple[Token, ...]:
    """The direct object; the noun before a relative clause that lacks one: "the poet whom police arrested"."""
    found = syntax.objects(verb)
    if any(t.tag_ in {"WDT", "WP"} for t in verb.children if t.dep_ == "dobj"):
        return (verb.head,) if verb.dep_ == "relcl" else ()
    if found or verb.dep_ != "relcl":
        return found
    subject = [child for child in verb.children if child.dep_ in syntax.SUBJECTS]
    return (verb.head,) if subject and all(t.tag_ not in {"WDT", "WP"} for t in subject) else ()


def _doing(verb: Token) -> tuple[Token, ...]:
    """Who does it: the subject, or whoever the construction makes its doer."""
    own = tuple(child for child in verb.children if child.dep_ in {"nsubj", "csubj"})
    if own:
        return _antecedents(verb, tuple(h for child in own for h in joined(child)))
    above = verb.head
    if syntax.crowded(above) or syntax.mismatched(verb):
        return ()
    if verb.dep_ == "acl":
        return _doers_under_noun(verb)
    if verb.dep_ == "pcomp":
        return _doers_under_preposition(above)
    if verb.dep_ in {"xcomp", "ccomp"}:
        return _controllers(above)
    if verb.dep_ == "advcl":
        return _acting_subject(above)
    if verb.dep_ == "conj" and above.pos_ in {"VERB", "AUX"}:
        return _passive_as_doer(above) if syntax.passive(above) else _doing_up(above)
    return ()


def _doing_up(verb: Token) -> tuple[Token, ...]:
    """The doer of a verb above, a few steps at most."""
    for _ in range(6):
        own = tuple(child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"})
        if own:
            return _antecedents(verb, tuple(h for child in own for h in joined(child)))
        if verb.dep_ == "acl" and verb.tag_ == "VBG":
            return (verb.head,)
        if verb.dep_ == "xcomp" and syntax.objects(verb.head):
            return syntax.objects(verb.head)
        if verb.dep_ == "pcomp":
            return _doers_under_preposition(verb.head)
        if verb.dep_ not in {"conj", "xcomp", "advcl", "ccomp", "acomp"} or verb.head.i == verb.i:
            return ()
        if syntax.crowded(verb.head) or syntax.mismatched(verb):
            return ()
        verb = verb.head
    return ()


def _passive_as_doer(verb: Token) -> tuple[Token, ...]:
    return _antecedents(verb, syntax.subjects(verb))


def _acting_subject(verb: Token) -> tuple[Token, ...]:
    """Whoever is meant to act on purpose: in "troops were sent to crush ..." and "sent troops to crush" the troops."""
    return _doing_up(verb)


def _controllers(above: Token) -> tuple[Token, ...]:
    """Who does what the clause under a verb tells: its object ("urged them to leave"), else its subject."""
    found = syntax.objects(above)
    if found and above.lemma_ not in {"promise", "use", "take"}:
        return found
    called = [t for child in above.children if child.dep_ == "prep" and child.lower_ == ADDRESSED.get(above.lemma_)
              for t in child.children if t.dep_ == "pobj"]  # fmt: skip
    if called:
        return tuple(h for t in called for h in joined(t))
    return _doing_up(above)


def _doers_under_noun(verb: Token) -> tuple[Token, ...]:
    """Of "the troops fighting ..": the troops; "their attempt to seize ..": they."""
    noun = verb.head
    if verb.tag_ == "VBG":
        return (noun,)
    owner = tuple(child for child in noun.children if child.dep_ == "poss")
    if owner:
        return owner
    above = noun.head
    if noun.dep_ in {"dobj", "pobj"} and above.pos_ in {"VERB", "ADP"}:
        return _doing_up(above if above.pos_ == "VERB" else above.head)
    return ()


def _doers_under_preposition(preposition: Token) -> tuple[Token, ...]:
    """Of "accused the mayor of taking ..": the mayor; "answered by closing ..": whoever answered."""
    above = preposition.head
    if preposition.lower_ in {"including", "like"} or (above.pos_ == "NOUN" and above.dep_ == "pobj"):
        return accused_of(preposition)
    if above.pos_ not in {"VERB", "AUX"}:
        owner = tuple(child for child in above.children if child.dep_ == "poss")
        return owner or (_doing_up(above.head) if above.dep_ == "acomp" else ())
    if preposition.lower_ in OBJECT_ACTS and syntax.objects(above):
        return syntax.objects(above)
    return _doing_up(above)


def _antecedents(verb: Token, subjects: tuple[Token, ...]) -> tuple[Token, ...]:
    """Relative pronouns replaced by the noun that they stand for."""
    return tuple(verb.head if t.tag_ in {"WDT", "WP"} and verb.dep_ == "relcl" else t for t in subjects)


# ------------------------------------------------------------------------------------------------ nouns


def _of_noun(told: Told) -> Iterator[Part]:
    noun, row = told.head, told.row
    if row is None:
        return
    yield from _lent(told)
    yield from (Part("actor", t, "participants.by-agent") for t in by_whom(told))
    for child in (*noun.children, *(noun.head.children if noun.dep_ in BESIDE else ())):
        if child.i == noun.i:
            continue
        if child.dep_ == "poss":
            part = "actor" if row["of"] == "recipient" and _has_of(noun) else row["possessor"]
            yield from (Part(part, t, "participants.possessor") for t in joined(child))
        elif child.dep_ in {"compound", "nmod", "amod"}:
            yield Part("actor" if row["possessor"] == "actor" or child.dep_ == "amod" else "recipient", child,
                       "participants.noun-modifier")  # fmt: skip
        elif child.dep_ in {"prep", "agent"}:
            yield from _under_noun(child, row)
    yield from _framed(told)


def _has_of(noun: Token) -> bool:
    return any(child.dep_ == "prep" and child.lower_ == "of" for child in noun.rights)


def _under_noun(preposition: Token, row: Row) -> Iterator[Part]:
    word = preposition.lower_
    together = row["type"] == EventType.CONSULT
    part = {"of": row["of"], "by": "actor", "between": "actor", "among": "actor", "from": "actor",
            "with": "actor" if together else "recipient", "against": "recipient", "on": "recipient",
            "upon": "recipient", "into": "recipient"}.get(word)  # fmt: skip
    if word in {"to", "for", "towards", "toward"} and row["type"] in TOWARDS:
        part = "recipient"
    if part is not None:
        yield from (Part(part, t, f"participants.noun-{word}") for t in _all(heads_under(preposition)))


def _framed(told: Told) -> Iterator[Part]:
    """All sides of a meeting in which somebody told somebody something: "at the talks, the envoy told the mayor"."""
    noun, row = told.head, told.row
    above = noun.head
    if row is None or row["type"] != EventType.CONSULT or noun.dep_ != "pobj":
        return
    verb = above.head
    if verb.pos_ == "NOUN" and verb.dep_ == "pobj":  # "in a series of meetings"
        verb = verb.head.head
        above = noun.head.head.head
    if verb.pos_ == "VERB" and lemma(verb) in TELLING and above.lower_ in {"in", "at", "during"}:
        told_to = [head for child in verb.rights if child.dep_ in {"dobj", "dative"} for head in joined(child)]
        yield from (Part("actor", t, "participants.told-at-meeting") for t in _all((*_doing(verb), *told_to)))


def _lent(told: Told) -> Iterator[Part]:
    """The people that a light verb lends to its noun."""
    verb, row = told.light, told.light_row
    if verb is None or row is None:
        return
    under = told.head.dep_ == "pobj" and " " in row.key
    if syntax.passive(verb):
        yield from (Part("actor", t, "participants.by-agent") for t in _all(syntax.by_agents(verb)))
        if under:  # "was put under arrest"
            yield from (Part("recipient", t, "participants.light-object") for t in _all(_passive_subject(verb)))
        return
    if under:  # "put the mayor under arrest"
        yield from (Part("recipient", t, "participants.light-object") for t in _all(syntax.objects(verb)))
    if told.head.dep_ not in {"nsubj", "nsubjpass"}:
        yield from (Part(row["subject"], t, "participants.light-subject") for t in _all(_doing(verb)))
    with_all = told.row is not None and told.row["type"] == EventType.CONSULT
    for child in verb.children:
        if child.lower_ == "with" and child.dep_ == "prep":
            part = "actor" if with_all else "recipient"
            yield from (Part(part, t, "participants.preposition") for t in _all(heads_under(child)))
        elif child.lower_ in {"by", "from"} and row["subject"] == "recipient":
            yield from (Part("actor", t, "participants.by-agent") for t in _all(heads_under(child)))
    yield from _under(verb, AIMED)


# ------------------------------------------------------------------------------------------------ both


def _under(word: Token, prepositions: set[str] | frozenset[str]) -> Iterator[Part]:
    """What stands under these prepositions of a word: recipients. A preposition that is part of the trigger counts."""
    if word.dep_ == "prep":
        yield from (Part("recipient", t, "participants.preposition") for t in _all(heads_under(word)))
    for child in word.children:
        if child.dep_ in {"prep", "dative"} and child.lower_ in prepositions:
            yield from (Part("recipient", t, "participants.preposition") for t in _all(heads_under(child)))


def _all(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens, each once."""
    seen = set[int]()
    for token in tokens:
        if token.i not in seen:
            seen.add(token.i)
            yield token


def _upon_a_place(told: Told) -> bool:
    """Whether the act is done where its object is: "bombed the town", "visited the island"."""
    row = told.row
    return row is not None and (row["type"] == EventType.ASSAULT or row["mode"] == "visit")


# ------------------------------------------------------------------------------------------------ entities


@dataclass(frozen=True, slots=True)
class Cast:
    """Turns words into entities."""

    parse: Parse
    whereabouts: Whereabouts
    known: Predicates
    blame: Mapping[str, Row]
    others: Mapping[str, Row]

    def entity(self, token: Token) -> Entity | None:
        """The entity that a word stands for; for "dozens of monks" the monks. None if left open."""
        found = self.whereabouts.entity(self.whereabouts.at_head(self.parse.span(token)))
        if found is None and (token.lower_ in QUANTIFIERS or token.pos_ == "NUM"):
            counted = [low for of in token.children if of.lower_ == "of" for low in of.children if low.dep_ == "pobj"]
            return self.whereabouts.entity(self.whereabouts.at_head(self.parse.span(counted[0]))) if counted else None
        return found

    def fill(self, told: Told) -> tuple[tuple[Participant, ...], tuple[Reason, ...]]:
        """The participants of an event that are entities of the report, with the rules that put them there.

        Nobody acts on himself: who is an actor is not listed as a recipient too.
        """
        found: dict[str, Participant] = {}
        reasons: list[Reason] = []
        for part, row, word in blamed(told, self.blame) if told.row is not None else ():
            self._cast(part, found, reasons)
            if reasons and reasons[-1].rule == row.rule:
                reasons[-1] = Reason(row.rule, list(found.values())[-1].entity, self.parse.span(word))
        for part in parts(told):
            self._cast(part, found, reasons)
        if not told.nominal and all(p.part != "actor" for p in found.values()):
            for part in self._by_the_act(told.head):
                self._cast(part, found, reasons)
        if all(p.part != "recipient" for p in found.values()):
            for group in aimed_at(told, self.known):
                for part in group:
                    self._cast(part, found, reasons)
                if any(p.part == "recipient" for p in found.values()):
                    break
        for row, word in self._besides(told):
            self._beside(row, word, found, reasons)
        return tuple(found.values()), tuple(reasons)

    def _besides(self, told: Told) -> Iterator[tuple[Row, Token]]:
        """What else stands with the act under a preposition, or after "using"."""
        heads = (told.head,) if told.light is None else (told.head, told.light)
        for head in heads:
            for child in head.rights:
                if child.dep_ in {"prep", "dative"} and child.lower_ in self.others:
                    yield from ((self.others[child.lower_], t) for t in heads_under(child))
                elif child.dep_ == "advcl" and child.lower_ == "using":
                    yield from ((self.others["with"], t) for t in syntax.objects(child))

    def _beside(self, row: Row, word: Token, found: dict[str, Participant], reasons: list[Reason]) -> None:
        entity = self.entity(word)
        if entity is None or entity.id in found:
            return
        part = row["thing"] if entity.kind is Kind.OTHER else row["part"]
        span = self.parse.span(word)
        found[entity.id] = Participant(part, entity.id, span)
        reasons.append(Reason(row.rule, part, span))

    def _by_the_act(self, verb: Token) -> Iterator[Part]:
        """Who did an act by another: "the raid by police killed two", "army attacks have killed eight"."""
        if syntax.passive(verb):
            subjects = syntax.by_agents(verb)
        else:
            subjects = tuple(child for child in verb.lefts if child.dep_ == "nsubj")
        for subject in subjects:
            act = self.known.told_by(subject) if self.known.event_noun(subject) is not None else None
            if act is not None:
                yield from (replace(p, rule="participants.by-the-act") for p in parts(act) if p.name == "actor")

    def _cast(self, part: Part, found: dict[str, Participant], reasons: list[Reason]) -> None:
        """Give the part to the entity of its word, if it has one that has no part yet."""
        entity = self.entity(part.token)
        if entity is None or entity.id in found or (entity.kind is Kind.OTHER and not entity.named):
            return
        if part.rule == "participants.noun-modifier" and entity.kind is Kind.PLACE and part.token.dep_ != "amod":
            return
        span = self.parse.span(part.token)
        found[entity.id] = Participant(part.name, entity.id, span)
        reasons.append(Reason(part.rule, part.name, span))

    def place(self, told: Told) -> tuple[Entity, Token] | None:
        """Where it was, if words of its clause say so."""
        for word in place_words(told):
            entity = self.entity(word)
            if entity is not None and entity.kind is Kind.PLACE:
                return entity, word
        for word in syntax.objects(told.head) if _upon_a_place(told) else ():
            entity = self.entity(word)
            if entity is not None and entity.kind is Kind.PLACE:
                return entity, word
        return None

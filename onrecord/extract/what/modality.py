"""Modality: how each clause of a parse stands to what happened, composed over the syntax from the outside inwards.

A clause takes its standing from the clause above it, changed by the word that governs it ("failed to", "denied that",
"plans for"), by what opens it ("if", "without"), and by its own negation, modal and adverbs. This is the calculus of
implicatives and factives of Nairn, Condoravdi and Karttunen (2006), with the statuses of account/1 in the place of plus
and minus. A governing word that no lexicon knows leaves the event open: nothing happens by default.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract import syntax
from onrecord.extract.what.predicates import Predicates
from onrecord.extract.what.signatures import Signatures, Standing, sign
from onrecord.record import Status

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PAST = frozenset({"VBD", "VBN"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "such"})
NONE = frozenset({"no", "nobody", "none", "nothing", "neither"})
# Prepositions under which an event is taken for granted: "after the raid", "since the vote".
GRANTED = frozenset(
    [
        "after",
        "during",
        "since",
        "following",
        "in",
        "amid",
        "amidst",
        "despite",
        "at",
        "over",
        "throughout",
        "because",
        "from",
        "by",
        "on",
    ]
)
# Prepositions that bring in what is planned, hoped or asked for: "prepare for talks".
AIMS = frozenset({"for", "of", "to"})
# Types of acts upon what is there already.
UPON = frozenset({"ASSAULT", "COERCE", "ACCUSE", "AID", "RETREAT", "PROTEST"})
FINITE_GRANTED = frozenset(
    ["because", "after", "since", "as", "although", "though", "while", "when", "where", "whereas", "once", "before"]
)
ADVERBIAL = frozenset({"by", "after", "while", "when", "upon", "on", "since", "besides", "in", "with", "before"})


# Relations of a verb to what it stands beside, and not under.
SAME = frozenset({"parataxis", "appos", "dep", "attr", "acomp", "intj", "meta", "nsubj", "nsubjpass", "agent", "conj"})
COPULAS = frozenset({"be", "seem", "appear", "become", "look", "remain", "prove"})


@dataclass(frozen=True, slots=True)
class Link:
    """What a clause or noun hangs on: the governing word, how, and the preposition or marker between."""

    kind: str
    governor: Token | None = None
    frame: str = ""
    between: Token | None = None


class Modality:
    """The standing of the words of one report, each reckoned once."""

    def __init__(self, signatures: Signatures, known: Predicates, speaking: frozenset[int], doc: Doc) -> None:
        self.signatures = signatures
        self.known = known
        self.speaking = speaking
        self.asked = _asked(doc)
        self.outer: dict[int, Standing] = {}
        self.inner: dict[int, Standing] = {}

    def of(self, token: Token) -> Standing:
        """How the event that this word tells stands."""
        way: list[tuple[Token, Link]] = []
        word: Token | None = token
        on_way = set[int]()
        while word is not None and word.i not in self.inner and word.i not in on_way:
            link = link_of(word)
            way.append((word, link))
            on_way.add(word.i)
            word = link.governor
        for step, link in reversed(way):
            self.outer[step.i] = self._from_above(step, link)
            self.inner[step.i] = self._own(step, link, self.outer[step.i])
        return self.inner[token.i]

    # -------------------------------------------------------------------------------------------- from above

    def _from_above(self, word: Token, link: Link) -> Standing:
        above = link.governor
        if above is None or above.i not in self.inner:
            return Standing()
        context = self.inner[above.i]
        if link.kind == "joined":
            return self.outer[above.i]
        if link.kind == "same":
            return context
        if link.kind == "marked":
            return self._marked(link, context)
        if link.kind == "described":
            return _described(word, above, context)
        if link.kind == "purpose":
            return (
                self._governed(word, link, context)
                if self.signatures.predicate(above, "to")
                else _purpose(word, context)
            )
        if link.kind == "subject":
            return self._subject(word, link, context)
        return self._governed(word, link, context)

    def _governed(self, word: Token, link: Link, context: Standing) -> Standing:
        """Under a word: by its signature, if a lexicon has one, else open."""
        above = link.governor
        assert above is not None
        row = self.signatures.of(above, link.frame, strict=link.kind == "prepositional" and link.frame not in AIMS)
        past = _is_past(word) if row is None or row["status"] == "possible" else None
        if past is not None:
            return Standing(certainty=2, signs=(sign("status.dated-past", past),))
        if row is not None:
            return context.under(row, above)
        if above.tag_ == "MD" and (row := self.signatures.modal(above)) is not None:  # "ought to"
            return context.modal(row, above, None, False)
        for child in above.children if above.lemma_ in COPULAS and not syntax.crowded(above) else ():
            if child.dep_ in {"acomp", "attr", "oprd"} and (row := self.signatures.of(child, link.frame)) is not None:
                return context.under(row, child)
        if link.kind in {"object", "prepositional"} and above.pos_ == "VERB":
            if self.known.light_row(above) is not None:
                return context
            if link.kind == "object" and definite(word) and self._acts_on(above):
                return Standing(certainty=2) if context.real else context.opened("status.open-clause", above)
        if above.i in self.speaking and link.frame == "that":
            return context.reported(above)
        if word.i < above.i and any(child.text == ";" for child in above.lefts):  # two sentences, one semicolon
            return context
        return _unknown(link, context)

    def _acts_on(self, verb: Token) -> bool:
        """Whether the verb tells an act upon something that is there: "crushed the revolt", "denounced the raid"."""
        return any(row["type"] in UPON for row in self.known.verbs.get(verb.lemma_.lower(), ()) if " " not in row.key)

    def _marked(self, link: Link, context: Standing) -> Standing:
        """Under a word that opens a clause or phrase: "if", "without"."""
        between = link.between
        assert between is not None
        row = self.signatures.marker(between)
        if row is not None:
            return context.marked(row, between)
        if between.lower_ in FINITE_GRANTED and between.lower_ != "before":
            return Standing() if context.real or context.negative else context
        return context if context.real else context.opened("status.unknown-clause", between)

    def _subject(self, word: Token, link: Link, context: Standing) -> Standing:
        """An event as the subject: "war is likely", "the talks failed", "the attack could kill many"."""
        verb = link.governor
        assert verb is not None
        for child in verb.children if not syntax.crowded(verb) else ():
            if child.dep_ in {"acomp", "attr", "oprd"}:
                row = self.signatures.of(child, "noun")
                if row is not None:
                    return context.under(row, child)
        if context.negative and definite(word) and verb.lemma_ not in {"take", "begin", "occur", "happen", "start"}:
            return context.opened("status.definite-subject", verb)
        return context

    # -------------------------------------------------------------------------------------------- of its own

    def _own(self, word: Token, link: Link, outer: Standing) -> Standing:
        if word.pos_ in {"VERB", "AUX"}:
            return self._own_of_verb(word, link, outer)
        if word.pos_ in {"NOUN", "PROPN", "PRON"}:
            return self._own_of_noun(word, outer)
        return outer

    def _own_of_noun(self, noun: Token, outer: Standing) -> Standing:
        for child in noun.lefts:
            if child.lower_ in NONE and all(child.i != used.first.i for used in outer.signs):
                return outer.negated(child)
            row = self.signatures.modifier(child)
            if row is not None and child.dep_ in {"amod", "compound", "nmod", "advmod", "acl"}:
                outer = outer.hedged(row, child)
        return outer

    def _own_of_verb(self, verb: Token, link: Link, outer: Standing) -> Standing:
        helper = _lender(verb, link)
        negation = _negation(verb) or (_shared_negation(verb, helper) if helper is not None else None)
        modal = syntax.modal(verb) or (syntax.modal(helper) if helper is not None else None)
        found = outer
        if modal is not None:
            found = self._modal(verb, helper or verb, modal, negation, found)
        elif negation is not None:
            found = found.negated(negation)
        elif found.real:
            found = self._mood(verb, found)
        for child in verb.children:
            if child.dep_ in {"advmod", "npadvmod"}:
                row = self.signatures.modifier(child)
                if row is not None:
                    found = found.hedged(row, child)
        return found

    def _mood(self, verb: Token, standing: Standing) -> Standing:
        """A main clause without modal: an order, an infinitive as in headlines, a question."""
        if _opens_with_an_order(verb):
            return standing.turned(Status.REQUESTED, 0, sign("status.order", verb))
        if verb.dep_ not in {"ROOT", "conj"}:
            return standing
        if verb.tag_ == "VB" and any(aux.tag_ == "TO" for aux in syntax.auxiliaries(verb)):
            return standing.turned(Status.PLANNED, 1, sign("status.infinitive", verb))
        if verb.i in self.asked:
            return standing.opened("status.question", self.asked[verb.i])
        if verb.tag_ == "VB" and not syntax.auxiliaries(verb) and not syntax.subjects(verb):
            return standing.turned(Status.REQUESTED, 0, sign("status.order", verb))
        return standing

    def _modal(self, verb: Token, helper: Token, modal: Token, negation: Token | None, outer: Standing) -> Standing:
        row = self.signatures.modal(modal)
        if row is None or outer.negative:
            return outer
        helpers = (*syntax.auxiliaries(verb), *syntax.auxiliaries(helper))
        perfect = any(aux.lower_ in {"have", "'ve"} and aux.i > modal.i for aux in helpers)
        if row.key == "would" and not perfect and outer.is_reported and not _conditional(verb):
            row = self.signatures.modals.get("will", row)  # "said it would": the "will" of then
        if perfect and row.key in {"could", "might"} and _conditional(verb):
            row = self.signatures.modals.get("would", row)  # "could have .., if it had ..": contrary to fact
        return outer.modal(row, modal, negation, perfect)


def _asked(doc: Doc) -> dict[int, Token]:
    """The tokens of every question, with the token that ends it."""
    asked: dict[int, Token] = {}
    for sent in doc.sents:
        last = sent[-1]
        if last.text.startswith("?") or (last.is_quote and len(sent) > 1 and sent[-2].text == "?"):
            asked.update(dict.fromkeys(range(sent.start, sent.end), last))
    return asked


def _is_past(noun: Token) -> Token | None:
    """The word that sets a noun in the past: "last month's explosion", "the recent raids"; not "no recent raid"."""
    if noun.pos_ != "NOUN" or any(child.lower_ in NONE | {"any", "every"} for child in noun.lefts):
        return None
    for child in noun.lefts:
        for word in (child, *child.lefts) if child.dep_ in {"poss", "amod", "nmod"} else ():
            if word.lower_ in {"last", "yesterday", "recent", "latest"}:
                return word
    return None


def _purpose(word: Token, context: Standing) -> Standing:
    """What something was done for, as in "sent troops to crush ..": it was meant, and not done by that."""
    if not context.real:
        return context.opened("status.purpose", word)
    return context.turned(Status.PLANNED, 1, sign("status.purpose", word))


def _was(verb: Token) -> bool:
    """Whether a verb in the past has an adverb that dates it: "an official who recently resigned"."""
    if verb.tag_ != "VBD" or verb.head.lower_.startswith("any") or any(c.lower_ == "any" for c in verb.head.lefts):
        return False
    return any(child.lower_ in {"recently", "earlier", "previously", "once"} for child in verb.lefts)


def _described(word: Token, noun: Token, context: Standing) -> Standing:
    """In a clause that describes a noun: told for itself, unless the noun is nobody or stands in an open clause."""
    if context.real or (noun.lower_ not in NONE and (definite(noun) or _was(word))):
        return Standing() if word.tag_ != "VB" else context.opened("status.description", word)
    return context.opened("status.description", word)


def _unknown(link: Link, context: Standing) -> Standing:
    """Under a word that no lexicon knows: open, except where the construction itself takes the event for granted."""
    above = link.governor
    assert above is not None
    between = link.between.lower_ if link.between is not None else ""
    if link.kind == "object" and above.lemma_ in {"be", "have"}:
        return context
    if link.kind == "prepositional" and (between in GRANTED or link.frame == "granted"):
        return (
            Standing(certainty=2) if context.real or context.negative else context.opened("status.open-clause", above)
        )
    if link.kind == "gerund" and between in ADVERBIAL and above.pos_ in {"VERB", "AUX"}:
        return context if context.real else context.opened("status.open-clause", above)
    if link.frame == "to":
        return context.opened("status.unknown-governor", above, Status.POSSIBLE)
    return context.opened("status.unknown-governor", above)


def definite(noun: Token) -> bool:
    """Whether a noun is presented as known: by an article, a possessor, a name."""
    return noun.pos_ == "PROPN" or any(child.lower_ in DEFINITE or child.dep_ == "poss" for child in noun.lefts)


def _opens_with_an_order(verb: Token) -> bool:
    """Whether a sentence opens with a bare verb, as headlines do: "Free the pilots, union tells board"."""
    bare = verb.tag_ == "VB" and verb.dep_ in {"advcl", "ccomp", "parataxis", "dep"} and bool(verb.is_sent_start)
    return bare and not any(child.i < verb.i or child.dep_ in syntax.SUBJECTS for child in verb.children)


# ------------------------------------------------------------------------------------------------ the way up


def link_of(word: Token) -> Link:
    """What a verb, noun or adjective hangs on."""
    if word.head.i == word.i:
        return Link("top")
    if word.pos_ in {"VERB", "AUX"}:
        return _link_of_verb(word)
    return _link_of_noun(word)


def _link_of_verb(verb: Token) -> Link:
    above, dep = verb.head, verb.dep_
    if verb.i and _two_words(verb.nbor(-1)) in {"instead of", "rather than"}:
        return Link("marked", _nearest(above), "", verb.nbor(-1))
    if dep == "conj":
        return Link("joined", above)
    if dep in {"ccomp", "csubj", "csubjpass"}:
        return _under_clause(verb, above)
    if dep == "xcomp":
        return Link("clause", above, _frame(verb))
    if dep == "pcomp" or (dep == "pobj" and verb.tag_ == "VBG"):
        return _under_preposition(verb, above)
    if dep == "advcl":
        return _adverbial(verb, above)
    if dep == "acl":
        return Link("clause", above, "to") if _has_to(verb) or _that(verb) else Link("described", above)
    if dep == "relcl":
        if _has_to(verb):
            return Link("clause", above, "to")
        return Link("described", above)
    return Link("same" if dep in SAME else "clause", above, _frame(verb))


def _under_clause(verb: Token, above: Token) -> Link:
    opening = _opening(verb)
    if opening is not None and opening.lower_ in {"if", "whether"}:
        return Link("marked", above, "that", opening)
    return Link("clause", above, "that" if verb.tag_ != "VBG" and not _has_to(verb) else _frame(verb))


def _adverbial(verb: Token, above: Token) -> Link:
    opening = _opening(verb)
    if opening is not None and opening.lower_ not in {"to", "that"}:
        return Link("marked", above, "", opening)
    inverted = _inverted(verb)
    if inverted is not None:
        return Link("marked", above, "", inverted)
    if _has_to(verb):
        return Link("purpose", above, "to")
    return Link("same", above)


def _under_preposition(verb: Token, preposition: Token) -> Link:
    above = preposition.head
    if _two_words(preposition) in {"without", "instead of", "rather than"}:
        return Link("marked", _nearest(above), "", preposition)
    return Link("gerund", above, preposition.lower_, preposition)


def _nearest(word: Token) -> Token:
    """A verb, noun or adjective at or above a word."""
    for _ in range(4):
        if word.pos_ in {"VERB", "AUX", "NOUN", "PROPN", "ADJ", "PRON"} or word.head.i == word.i:
            return word
        word = word.head
    return word


def _two_words(word: Token) -> str:
    before = word.nbor(-1).lower_ if word.i else ""
    return f"{before} {word.lower_}" if before in {"instead", "rather"} else word.lower_


def _link_of_noun(noun: Token) -> Link:
    above, dep = noun.head, noun.dep_
    if dep == "conj":
        return Link("joined", above)
    if dep == "nsubj":
        return Link("subject", above)
    if dep in {"nsubjpass", "dobj", "obj", "dative", "oprd"}:
        return Link("object", above, "noun")
    if dep == "pobj":
        return _noun_under_preposition(noun, above)
    if dep in {"compound", "nmod", "poss"} and above.pos_ in {"NOUN", "PROPN"}:
        return Link("object", above, "noun") if dep != "poss" else Link("same", above)
    return Link("same", above)


def _noun_under_preposition(noun: Token, preposition: Token) -> Link:
    above = _nearest(preposition.head) if preposition.dep_ in {"prep", "agent", "pcomp", "dative"} else preposition.head
    if above.i == noun.i:
        return Link("top")
    if _two_words(preposition) in {"without", "instead of", "rather than"}:
        return Link("marked", above, "", preposition)
    if definite(noun) and (above.pos_ == "NOUN" or preposition.lower_ in {"against", "about"}):
        return Link("prepositional", above, "granted", preposition)
    return Link("prepositional", above, preposition.lower_, preposition)


def _frame(verb: Token) -> str:
    return "to" if _has_to(verb) else "ing" if verb.tag_ == "VBG" else "bare"


def _has_to(verb: Token) -> bool:
    return any(aux.tag_ == "TO" for aux in syntax.auxiliaries(verb))


def _that(verb: Token) -> bool:
    """Whether the clause says what the noun is about: "the claim that ..", "a report that .."."""
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in verb.lefts)


def _opening(verb: Token) -> Token | None:
    """The word that opens a clause: its last marker ("as if"), or "when" and "where"."""
    opening = None
    for child in verb.lefts:
        if child.dep_ == "mark" or (child.dep_ == "advmod" and child.tag_ == "WRB"):
            opening = child
    return opening


def _inverted(verb: Token) -> Token | None:
    """The auxiliary before the subject that makes a condition: "Had they known, .."."""
    subject = next((child for child in verb.lefts if child.dep_ in syntax.SUBJECTS), None)
    if subject is None:
        return None
    for aux in syntax.auxiliaries(verb):
        if aux.i < subject.i and aux.lower_ in {"had", "should", "were"}:
            return aux
    return None


# ------------------------------------------------------------------------------------------------ shared by "and"


def _lender(verb: Token, link: Link) -> Token | None:
    """The first of joined verbs, where the later shares its auxiliaries: "could attack and kill"."""
    first = link.governor
    if link.kind != "joined" or first is None or first.pos_ not in {"VERB", "AUX"}:
        return None
    if any(child.dep_ in syntax.SUBJECTS or child.dep_ in {"aux", "auxpass"} for child in verb.children):
        return None
    if verb.tag_ == "VB" and (first.tag_ == "VB" or first.pos_ == "VERB"):
        return first
    if verb.tag_ == first.tag_ and verb.tag_ in {"VBN", "VBG"} and syntax.auxiliaries(first):
        return first
    if verb.tag_ == "VBD" and first.tag_ == "VBN" and syntax.modal(first) is not None:
        return first
    return None


def _shared_negation(verb: Token, first: Token) -> Token | None:
    if any(child.dep_ == "cc" and child.lower_ == "but" for child in first.children):
        return None
    return _negation(first)


def _negation(verb: Token) -> Token | None:
    """What negates a verb: also an object that is nobody or nothing, and "neither", "nor"."""
    edge = verb.left_edge
    if edge.i and edge.nbor(-1).lower_ == "nor":  # ".., nor did they sign": the "nor" of the verb above
        return edge.nbor(-1)
    for child in verb.children:
        if child.dep_ == "neg" or (
            child.lower_ in {"never", "nor", "neither"} and child.dep_ in {"advmod", "cc", "preconj"}
        ):
            return child
        if child.dep_ in {"aux", "auxpass"}:  # parsers hang a "not" on the auxiliary of a long sentence
            low = next((word for word in child.rights if word.dep_ == "neg"), None)
            if low is not None:
                return low
        if child.dep_ in {"nsubj", "nsubjpass", "dobj"}:
            for word in (child, *child.lefts):
                if word.lower_ in NONE or word.lower_ == "no-one":
                    return word
            if child.lower_ == "one" and child.i and child.nbor(-1).lower_ == "no":
                return child.nbor(-1)
    return None


def _conditional(verb: Token) -> bool:
    """Whether a condition stands with the verb."""
    for child in verb.children:
        if child.dep_ == "advcl":
            opening = _opening(child)
            if (opening is not None and opening.lower_ in {"if", "unless"}) or _inverted(child) is not None:
                return True
    return False

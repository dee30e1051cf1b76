"""Modality: how each clause of a parse stands to what happened, composed over the syntax from the outside inwards.

A clause takes its standing from the clause above it, changed by the word that governs it ("failed to", "denied that",
"plans for"), by what opens it ("if", "without"), and by its own negation, modal and adverbs. This is the calculus of
implicatives and factives of Nairn, Condoravdi and Karttunen (2006), with the statuses of account/1 in the place of plus
and minus. Under a governing word that no lexicon knows an event is open, unless its own form takes it for granted: a
definite noun of an act upon somebody, a clause in the past that describes something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.extract import syntax
from onrecord.extract.what.governing import Link, definite, has_to, inversion, link_of, opening_of
from onrecord.extract.what.kinds_of_act import acts_upon, is_asked_for, is_raised, is_said, is_there, is_violent
from onrecord.extract.what.mood import (
    NONE,
    in_the_past,
    in_the_present,
    is_conditional,
    lender_of,
    negation_of,
    opens_with_an_order,
    questions,
    shared_negation,
    until_then,
    would_have,
    years_later,
)
from onrecord.extract.what.predicates import Predicates, lemma
from onrecord.extract.what.presupposition import (
    ANY,
    asked_about,
    dater_of,
    described,
    purpose,
    too_of,
    unknown,
)
from onrecord.extract.what.signatures import Signatures, Standing, sign
from onrecord.lexicon import Row
from onrecord.record import Status

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Prepositions that bring in what is planned, hoped or asked for: "prepare for talks".
AIMS = frozenset({"for", "of", "to"})
FINITE_GRANTED = frozenset(
    ["because", "after", "since", "as", "although", "though", "while", "when", "where", "whereas", "once", "before"]
)
# Verbs that lay an act on somebody with "of".
ACCUSING = frozenset({"accuse", "suspect", "convict", "acquit"})
COPULAS = frozenset({"be", "seem", "appear", "become", "look", "remain", "prove"})
# Verbs that say of an act that it was not, or not yet; nobody postpones without postponing something.
DONE_TO = frozenset({"postpone", "cancel", "avert", "foil", "scrap", "shelve", "thwart", "delay", "defer", "adjourn"})
# How near an "-ing" stands to the verb that takes it.
CLOSE = 2
# Verbs of stopping in time what was laid or sent: "the bomb was found before it exploded".
HALTING = frozenset({"defuse", "deactivate", "disarm", "discover", "find", "intercept", "dismantle"})
# Verbs by which a clause is only told, or an act only said to have been.
EMERGING = frozenset({"be", "come", "emerge", "spread", "arrive", "surface", "circulate"})
HAPPENING = frozenset({"materialise", "materialize", "happen", "occur", "come"})


class Modality:
    """The standing of the words of one report, each reckoned once."""

    def __init__(self, signatures: Signatures, known: Predicates, speaking: frozenset[int], doc: Doc) -> None:
        self.signatures = signatures
        self.known = known
        self.speaking = speaking
        self.asked = questions(doc)
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
        if _after_a_semicolon(word, above):
            return Standing()
        context = self.inner[above.i]
        if link.kind == "joined":
            return self.outer[above.i]
        if link.kind == "same":
            row = self._taken_close(word, above)
            return context.under(row, above) if row is not None else context
        if link.kind == "asked":
            return asked_about(word, link, context)
        if link.kind == "marked":
            return self._marked(word, link, context)
        if link.kind == "described":
            invented = self._invented(word, above)
            return context.under(invented, above) if invented is not None else described(word, above, context)
        if link.kind == "purpose":
            governed = self.signatures.predicate(above, "to") is not None or too_of(above) is not None
            return self._governed(word, link, context) if governed else purpose(word, context)
        if link.kind == "subject":
            return self._subject(word, link, context)
        if word.dep_ == "nsubjpass" and is_raised(word, above, self.known):  # "the trial is expected to last a month"
            return Standing(certainty=2, granted=True)
        return self._governed(word, link, context)

    def _taken_close(self, verb: Token, above: Token) -> Row | None:
        """The row of a verb that takes the "-ing" right after it, read as an aside: "held off raising"."""
        if verb.tag_ != "VBG" or verb.dep_ != "advcl" or not 0 < verb.i - above.i <= CLOSE:
            return None
        row = self.signatures.predicate(above, "ing")
        return row if row is not None and row["status"] != "pass" else None

    def _invented(self, verb: Token, noun: Token) -> Row | None:
        """The row of a noun in which things only happen as in a story or an exercise: "a film in which ..."."""
        row = self.signatures.nouns.get(lemma(noun))
        if row is None or row["status"] != "hypothetical":
            return None
        inside = any(w.lower_ in {"where", "which"} and (w.lower_ == "where" or w.dep_ == "pobj") for w in verb.subtree)
        return row if inside else None

    def _governed(self, word: Token, link: Link, context: Standing) -> Standing:
        """Under a word: by a construction, by its signature if a lexicon has one, else open."""
        above = link.governor
        assert above is not None
        built = self._by_construction(word, above, link, context)
        if built is not None:
            return built
        row, said_by = self._row_for(word, above, link)
        past = dater_of(word) if row is None or row["status"] == "possible" else None
        if past is not None:
            return Standing(certainty=2, signs=(sign("status.dated-past", past),))
        if row is None:
            return self._without_row(word, above, link, context)
        if row["status"] == "pass" and word.dep_ == "nsubjpass" and self.known.light_row(above) is not None:
            return context  # "denied that a request had been made"
        asked = row["status"] == "refused" and word.pos_ == "NOUN" and is_asked_for(word, self.known)
        if asked and context.real:  # what is refused has been asked for
            return Standing(signs=(sign("status.definite", word),), granted=True)
        if row["status"] == "refused" and link.kind == "object" and is_there(word, self.known):
            return Standing(signs=(sign("status.definite", word),), granted=True)  # "repudiated the murder"
        if row.key == "fail" and context.real and is_violent(word, self.known):
            return context.turned(Status.ATTEMPTED, -2, sign(row.rule, above))  # "the bomb failed to explode"
        return context.under(row, said_by)

    def _by_construction(self, word: Token, above: Token, link: Link, context: Standing) -> Standing | None:
        """What the form of the whole says, whatever the governing word."""
        too = too_of(above) if link.frame == "to" else None
        if too is not None:
            return context.negated(too) if context.real else context.opened("status.too", too)
        if above.lower_ == "had" and above.i and above.nbor(-1).lower_ in {"sooner", "hardly", "scarcely"}:
            return context  # "no sooner had he left than .."
        if above.lower_ == "had" and word.tag_ in {"VBN", "VBD"} and not has_to(word) and opening_of(word) is None:
            return _had(word, above, context)
        if link.frame == "that" and self._is_made_up(above):
            return context.opened("status.made-up", above)
        if above.lower_ in {"nothing", "little"} and link.frame == "to":  # "did nothing to stop the march"
            return context.turned(Status.DID_NOT_HAPPEN, -2, sign("status.negation", above))
        if lemma(above) == "deny" and context.negative and lemma(above.head) == "confirm":
            return context.opened("status.neither-confirmed", above)
        if above.dep_ == "amod" and above.head.head.lemma_ == "hold":  # "held the rebels responsible for .."
            return context.opened("status.held-responsible", above.head.head)
        if above.lemma_ == "be" and until_then(above, word):  # "it was not until the third search that they found it"
            return Standing()
        return self._hung_too_low(link)

    def _is_made_up(self, verb: Token) -> bool:
        """Whether what says so is itself no such thing: "a forged letter announced that .."."""
        for subject in verb.lefts:
            if subject.dep_ == "nsubj" and subject.pos_ == "NOUN":
                return any(s.rule.startswith("status-modifiers#") for s in self.of(subject).signs)
        return False

    def _row_for(self, word: Token, above: Token, link: Link) -> tuple[Row | None, Token]:
        """The signature that a word stands under, and whose it is: an adjective's, a noun's beside it, its own."""
        for child in above.children if above.lemma_ in COPULAS and not syntax.crowded(above) else ():
            if child.dep_ in {"acomp", "attr", "oprd"} and (row := self.signatures.of(child, link.frame)) is not None:
                return row, child
        row = self.signatures.of(above, link.frame, strict=True)
        if row is None and link.kind in {"prepositional", "gerund"}:
            beside = self._noun_beside(word, link)
            if beside is not None:
                return beside
        if row is None and (link.kind != "prepositional" or link.frame in AIMS):
            row = self.signatures.of(above, link.frame)
        return (None if row is None or _otherwise(row, above, word) else row), above

    def _without_row(self, word: Token, above: Token, link: Link, context: Standing) -> Standing:
        """Under a word that no lexicon of signatures has."""
        if above.tag_ == "MD" and (row := self.signatures.modal(above)) is not None:  # "ought to"
            return context.modal(row, above, None, False)
        if above.lemma_ in EMERGING and link.frame == "that":  # "all that is known is that .."
            return self._told_of_subject(above, context)
        if link.kind in {"object", "prepositional"} and above.pos_ == "VERB":
            light = self.known.light_row(above)
            if light is not None and light[0].key == "carry out" and is_said(word, self.known):
                return Standing(granted=True)  # "the threat was not carried out": it was made
            if light is not None:
                return context
            if link.kind == "object" and definite(word) and acts_upon(above, self.known) and context.real:
                return Standing(granted=True)
        if above.i in self.speaking and link.frame == "that":
            return context.reported(above)
        if word.i < above.i and any(child.text == ";" for child in above.lefts):  # two sentences, one semicolon
            return context
        aimed = link.between is not None and link.between.lower_ in {"for", "to"} and not context.real
        if (
            link.kind in {"object", "prepositional"}
            and is_there(word, self.known)
            and not context.conditioned
            and not aimed
        ):
            sure = 3 if context.real else 2
            return Standing(certainty=sure, signs=(sign("status.definite", word),), granted=True)
        return unknown(word, link, context)

    def _hung_too_low(self, link: Link) -> Standing | None:
        """As in "accused the guards of torture", where a parser hangs the "of" on the guards: by the verb's row."""
        noun = link.governor
        if noun is None or link.between is None or noun.dep_ not in {"dobj", "nsubjpass", "dative"}:
            return None
        verb, between = noun.head, link.between.lower_
        context = self.inner.get(verb.i)
        row = self.signatures.predicates.get(f"{lemma(verb)} {between}")
        if row is None and between == "of" and lemma(verb) in ACCUSING:
            row = self.signatures.predicates.get(lemma(verb))
        return context.under(row, verb) if row is not None and context is not None else None

    def _told_of_subject(self, copula: Token, context: Standing) -> Standing:
        """As in "the fear is that ..": by the row of the subject; else as the clause itself stands."""
        for child in copula.lefts:
            row = self.signatures.of(child, "that") if child.dep_ == "nsubj" and child.pos_ == "NOUN" else None
            if row is not None:
                return context.under(row, child)
        return context

    def _noun_beside(self, word: Token, link: Link) -> tuple[Row, Token] | None:
        """The noun that says what a verb's "for" or "of" brings in: "a warrant was issued for the arrest"."""
        above = link.governor
        if above is None or link.between is None or link.between.lower_ not in AIMS or above.pos_ != "VERB":
            return None
        for noun in above.children if not syntax.crowded(above) else ():
            if noun.dep_ in {"nsubjpass", "dobj"} and noun.i < word.i:
                row = self.signatures.nouns.get(lemma(noun))
                if row is not None and row["status"] != "pass":
                    return row, noun
        return None

    def _marked(self, word: Token, link: Link, context: Standing) -> Standing:
        """Under a word that opens a clause or phrase: "if", "without"."""
        between = link.between
        assert between is not None
        row = self.signatures.marker(between)
        if row is not None and between.lower_ == "without" and would_have(link.governor):
            return Standing(certainty=2, signs=(sign(row.rule, between),))  # "without the raid, they would have fled"
        if row is not None:
            return context.marked(row, between)
        if between.lower_ in FINITE_GRANTED:
            if between.lower_ == "before" and context.real:
                return self._forestalled(word, link) or context
            if context.real or context.negative:
                return Standing(granted=True)
            past = in_the_past(word) and not context.conditioned
            why = (sign("status.past-clause", between),)
            return Standing(certainty=2, signs=why, granted=True) if past else context
        if between.lower_ in {"until", "till"} and context.negative and in_the_past(word):
            return Standing(certainty=2, signs=(sign("status.past-clause", between),), granted=True)
        return context if context.real else context.opened("status.unknown-clause", between)

    def _forestalled(self, word: Token, link: Link) -> Standing | None:
        """As in "defused before it exploded": what somebody found in time did not come about."""
        above = link.governor
        if above is None or lemma(above) not in HALTING or not is_violent(word, self.known):
            return None
        return Standing(Status.PREVENTED, -2, (sign("status.forestalled", above),))

    def _subject(self, word: Token, link: Link, context: Standing) -> Standing:
        """An event as the subject: "war is likely", "the talks failed", "the attack could kill many"."""
        verb = link.governor
        assert verb is not None
        for child in verb.children if not syntax.crowded(verb) else ():
            if child.dep_ in {"acomp", "attr", "oprd"}:
                row = self.signatures.of(child, "noun")
                if row is not None:
                    return context.under(row, child)
        if verb.lemma_ in DONE_TO and not syntax.passive(verb) and not syntax.objects(verb):
            row = self.signatures.predicate(verb, "noun")  # "the vote, postponed twice, will ..", read as active
            if row is not None:
                return context.under(row, verb)
        carried = self.known.light_row(verb) is not None or verb.lemma_ in HAPPENING | {"be", "follow", "fail"}
        if not context.real and not context.conditioned and not carried and is_there(word, self.known):
            return Standing(certainty=2, granted=True)  # "the raid may wreck the talks"
        failing = verb.lemma_ == "fail" and any(child.lemma_ in HAPPENING for child in verb.rights)
        if failing:
            return context.turned(Status.DID_NOT_HAPPEN, -3, sign("status.negation", verb))
        if context.negative and definite(word) and verb.lemma_ in {"be", "have"} and not context.conditioned:
            return Standing(certainty=2, signs=(sign("status.definite", word),), granted=True)
        if context.negative and definite(word) and verb.lemma_ not in {"take", "begin", "occur", "happen", "start"}:
            return context.opened("status.definite-subject", verb)
        return context

    # -------------------------------------------------------------------------------------------- of its own

    def _own(self, word: Token, link: Link, outer: Standing) -> Standing:
        if word.pos_ in {"VERB", "AUX"}:
            return self._own_of_verb(word, link, outer)
        if word.pos_ in {"NOUN", "PROPN", "PRON"}:
            return self._own_of_noun(word, outer)
        if word.pos_ == "ADJ":
            denied = next((child for child in word.lefts if child.dep_ == "neg"), None)
            return outer.negated(denied) if denied is not None else outer  # "not guilty of"
        return outer

    def _own_of_noun(self, noun: Token, outer: Standing) -> Standing:
        if outer.real and any(child.lower_ == "any" for child in noun.lefts):  # "unaware of any raid"
            return outer.opened("status.any", noun)
        done = self._done_with(noun)
        if done is not None:
            return outer.under(*done)
        first = noun.head if noun.dep_ == "conj" and any(c.lower_ in {"or", "nor"} for c in noun.head.rights) else noun
        for child in (*noun.lefts, *(first.lefts if first.i != noun.i else ())):
            if child.lower_ in NONE and all(child.i != used.first.i for used in outer.signs):
                return outer.negated(child)
            row = self.signatures.modifier(child)
            if row is not None and child.dep_ in {"amod", "compound", "nmod", "advmod", "acl"}:
                outer = outer.hedged(row, child)
        return outer

    def _done_with(self, noun: Token) -> tuple[Row, Token] | None:
        """What a participle after a noun says became of its act: "strike averted", "a march banned by police"."""
        for verb in noun.rights:
            if verb.dep_ == "acl" and verb.tag_ == "VBN":
                row = self.signatures.predicate(verb, "noun")
                if row is not None and row["status"] in {"prevented", "did_not_happen", "denied"}:
                    return row, verb
        return None

    def _own_of_verb(self, verb: Token, link: Link, outer: Standing) -> Standing:
        helper = lender_of(verb, link)
        negation = negation_of(verb) or (shared_negation(helper) if helper is not None else None)
        if outer.signs and outer.signs[-1].rule == "status.contrary-to-fact":
            negation = None  # it has had its say
        modal = syntax.modal(verb) or (syntax.modal(helper) if helper is not None else None)
        found = outer
        if modal is not None:
            found = self._modal(verb, helper or verb, modal, negation, found)
        elif link.kind == "marked" and self._contrary_to_fact(verb, link):
            status, sure = (Status.COUNTERFACTUAL, -2) if negation is None else (Status.HAPPENED, 2)
            found = found.turned(status, sure, sign("status.contrary-to-fact", negation or verb))
        elif negation is not None:
            found = found.negated(negation)
        elif found.real:
            found = self._mood(verb, found)
        for child in verb.children:
            if child.dep_ in {"advmod", "npadvmod", "prep"}:
                row = self.signatures.modifier(child)
                if row is not None:
                    found = found.hedged(row, child, child.doc[child.right_edge.i] if child.dep_ == "prep" else None)
        return found

    def _contrary_to_fact(self, verb: Token, link: Link) -> bool:
        """Whether a condition in the past perfect hangs on a "would have": "had the fog not grounded them"."""
        above, between = link.governor, link.between
        if above is None or between is None or between.lower_ not in {"if", "had"}:
            return False
        perfect = any(aux.lower_ in {"had", "'d"} for aux in syntax.auxiliaries(verb))
        return perfect and would_have(above)

    def _mood(self, verb: Token, standing: Standing) -> Standing:
        """A main clause without modal: an order, an infinitive as in headlines, a question; what befalls anybody."""
        if opens_with_an_order(verb):
            return standing.turned(Status.REQUESTED, 1, sign("status.order", verb))
        if inversion(verb) is not None and verb.i not in self.asked:  # "had it been signed, it would .."
            return standing.turned(Status.COUNTERFACTUAL, -2, sign("status.contrary-to-fact", verb))
        anybody = self._of_anybody(verb)
        if anybody is not None:
            return standing.turned(Status.HYPOTHETICAL, 1, sign("status.generic", anybody))
        if verb.dep_ not in {"ROOT", "conj"}:
            return standing
        if verb.tag_ == "VB" and any(aux.tag_ == "TO" for aux in syntax.auxiliaries(verb)):
            return standing.turned(Status.PLANNED, 2, sign("status.infinitive", verb))
        if verb.i in self.asked:
            return standing.opened("status.question", self.asked[verb.i])
        joined_to_past = verb.dep_ == "conj" and verb.head.tag_ == "VBD"
        if verb.tag_ == "VB" and not joined_to_past and not syntax.auxiliaries(verb) and not syntax.subjects(verb):
            return standing.turned(Status.REQUESTED, 1, sign("status.order", verb))
        return standing

    def _of_anybody(self, verb: Token) -> Token | None:
        """The word that makes a rule of a clause in the present: "whoever protests is arrested", "and is fined"."""
        if not in_the_present(verb):
            return None
        for clause in verb.children:
            opening = opening_of(clause) if clause.dep_ == "advcl" else None
            if opening is not None and opening.lower_ in {"whenever", "wherever"}:
                return opening
        for subject in verb.lefts:
            if subject.dep_ in {"nsubj", "nsubjpass"} and any(w.lower_ in ANY for w in (subject, *subject.lefts)):
                return subject
            if subject.dep_ in {"csubj", "csubjpass"} and subject.left_edge.lower_ in ANY:
                return subject.left_edge
        above = self.inner.get(verb.head.i) if verb.dep_ == "conj" else None
        return next((s.first for s in above.signs if s.rule == "status.generic"), None) if above is not None else None

    def _modal(self, verb: Token, helper: Token, modal: Token, negation: Token | None, outer: Standing) -> Standing:
        row = self.signatures.modal(modal)
        if row is None or outer.negative:
            return outer
        helpers = (*syntax.auxiliaries(verb), *syntax.auxiliaries(helper))
        perfect = any(aux.lower_ in {"have", "'ve"} and aux.i > modal.i for aux in helpers)
        if row.key == "would" and not perfect and outer.is_reported and not is_conditional(verb):
            row = self.signatures.modals.get("will", row)  # "said it would": the "will" of then
        lacking = row.key in {"can", "could"} and any(child.lower_ == "without" for child in verb.rights)
        if (
            perfect
            and negation is not None
            and (row.key in {"should", "ought", "need"} or lacking or is_conditional(verb))
        ):
            # "should never have been freed", "would not have sunk if ..", "could not have fled without ..": it was
            return outer.turned(Status.HAPPENED, 2, sign(row.rule, modal)) if outer.real else outer
        if perfect and row.key in {"could", "might"} and is_conditional(verb):
            row = self.signatures.modals.get("would", row)  # "could have .., if it had ..": contrary to fact
        after = years_later(verb) if row.key == "would" and negation is None and outer.real else None
        if after is not None:
            return outer.turned(Status.HAPPENED, 2, sign("status.future-of-the-past", after))
        return outer.modal(row, modal, negation, perfect)


def _after_a_semicolon(word: Token, above: Token) -> bool:
    """Whether a semicolon, or a colon before a clause in the past, parts it from the one that a parser hangs it on."""
    if word.pos_ not in {"VERB", "AUX"} or word.dep_ in {"relcl", "acl", "xcomp"}:
        return False
    first, last = sorted((word.i, above.i))
    marks = {";", ":"} if in_the_past(word) and word.i > above.i else {";"}
    return any(first < child.i < last and child.text in marks for token in (word, above) for child in token.children)


def _otherwise(row: Row, word: Token, below: Token) -> bool:
    """Whether a row does not hold for what stands with its word: "are at a loss to explain", "blamed the slump"."""
    if row.key == "be to":
        return any(word.i < child.i < below.i for child in word.rights if child.dep_ == "prep")
    return row.key == "blame noun" and not any(
        w.lower_ == "on" for child in word.rights for w in (child, *child.rights)
    )


def _had(word: Token, above: Token, context: Standing) -> Standing:
    """As in "had him arrested"; or a condition that a parser reads so: "had they attacked, he would have fled"."""
    if not would_have(above.head):
        return context if context.real else context.opened("status.open-clause", above)
    denied = negation_of(word) is not None
    status, sure = (Status.HAPPENED, 2) if denied else (Status.COUNTERFACTUAL, -2)
    return Standing(status, sure, (sign("status.contrary-to-fact", above),))

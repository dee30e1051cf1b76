"""Modality: how each clause of a parse stands to what happened, composed over the syntax from the outside inwards.

A clause takes its standing from the clause above it, changed by the word that governs it ("failed to", "denied that",
"plans for"), by what opens it ("if", "without"), and by its own negation, modal and adverbs. This is the calculus of
implicatives and factives of Nairn, Condoravdi and Karttunen (2006), with the statuses of account/1 in the place of plus
and minus. Under a governing word that no lexicon knows an event is open, unless its own form takes it for granted: a
definite noun of an act upon somebody, a clause in the past that describes something.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from onrecord.extract import syntax
from onrecord.extract.what.predicates import Predicates, lemma
from onrecord.extract.what.signatures import Signatures, Standing, sign
from onrecord.lexicon import Row
from onrecord.record import Status

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PAST = frozenset({"VBD", "VBN"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "such"})
NONE = frozenset({"no", "nobody", "none", "nothing", "neither"})
ANY = frozenset(
    ["any", "anyone", "anybody", "anything", "whoever", "whatever", "every", "everyone", "everybody", "each"]
)
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
# Types of acts upon what is there already; of acts that nobody sets a day for: "the raid" was, "the talks" may come.
UPON = frozenset({"ASSAULT", "COERCE", "ACCUSE", "AID", "RETREAT", "PROTEST"})
UNSET = frozenset({"ASSAULT", "COERCE", "PROTEST", "ACCUSE", "SANCTION"})
# Prepositions of what people act upon: "resigned over the talks", "despite the ban".
REASONS = frozenset({"over", "despite", "amid", "amidst"})
FINITE_GRANTED = frozenset(
    ["because", "after", "since", "as", "although", "though", "while", "when", "where", "whereas", "once", "before"]
)
# Verbs that lay an act on somebody with "of".
ACCUSING = frozenset({"accuse", "suspect", "convict", "acquit"})
# Words that set what follows apart from what is told.
APART = frozenset({"without", "instead of", "rather than", "but for"})
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
        if link.kind == "asked":
            return _asked_about(word, link, context)
        if link.kind == "marked":
            return self._marked(word, link, context)
        if link.kind == "described":
            invented = self._invented(word, above)
            return context.under(invented, above) if invented is not None else _described(word, above, context)
        if link.kind == "purpose":
            governed = self.signatures.predicate(above, "to") is not None or _too(above) is not None
            return self._governed(word, link, context) if governed else _purpose(word, context)
        if link.kind == "subject":
            return self._subject(word, link, context)
        return self._governed(word, link, context)

    def _invented(self, verb: Token, noun: Token) -> Row | None:
        """The row of a noun in which things only happen as in a story or an exercise: "a film in which ..."."""
        row = self.signatures.nouns.get(lemma(noun))
        if row is None or row["status"] != "hypothetical":
            return None
        inside = any(w.lower_ in {"where", "which"} and (w.lower_ == "where" or w.dep_ == "pobj") for w in verb.subtree)
        return row if inside else None

    def _governed(self, word: Token, link: Link, context: Standing) -> Standing:
        """Under a word: by its signature, if a lexicon has one, else open."""
        above = link.governor
        assert above is not None
        too = _too(above) if link.frame == "to" else None
        if too is not None:
            return context.negated(too) if context.real else context.opened("status.too", too)
        hung = self._hung_too_low(link)
        if hung is not None:
            return hung
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
        if above.lemma_ == "be" and link.frame == "that":  # "all that is known is that .."
            return self._told_of_subject(above, context)
        beside = self._noun_beside(word, link) if link.kind in {"prepositional", "gerund"} else None
        if beside is not None:
            return context.under(*beside)
        if link.kind in {"object", "prepositional"} and above.pos_ == "VERB":
            if self.known.light_row(above) is not None:
                return context
            if link.kind == "object" and definite(word) and self._acts_on(above):
                return Standing() if context.real else context.opened("status.open-clause", above)
        if above.i in self.speaking and link.frame == "that":
            return context.reported(above)
        if word.i < above.i and any(child.text == ";" for child in above.lefts):  # two sentences, one semicolon
            return context
        if link.kind in {"object", "prepositional"} and self._is_there(word) and not context.conditioned:
            sure = 3 if context.real else 2
            return Standing(certainty=sure, signs=(sign("status.definite", word),), granted=True)
        return _unknown(word, link, context)

    def _is_there(self, noun: Token) -> bool:
        """Whether a noun speaks of an act as known, and of one that nobody sets a day for: "the bombing"."""
        row = self.known.event_noun(noun) if definite(noun) else None
        if row is None:
            return False
        return row["type"] in UNSET or (noun.dep_ == "pobj" and noun.head.lower_ in REASONS)

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

    def _acts_on(self, verb: Token) -> bool:
        """Whether the verb tells an act upon something that is there: "crushed the revolt", "denounced the raid"."""
        return any(row["type"] in UPON for row in self.known.verbs.get(verb.lemma_.lower(), ()) if " " not in row.key)

    def _marked(self, word: Token, link: Link, context: Standing) -> Standing:
        """Under a word that opens a clause or phrase: "if", "without"."""
        between = link.between
        assert between is not None
        row = self.signatures.marker(between)
        if row is not None:
            return context.marked(row, between)
        if between.lower_ in FINITE_GRANTED and between.lower_ != "before":
            if context.real or context.negative:
                return Standing()
            past = _in_the_past(word) and not context.conditioned
            return Standing(certainty=2, signs=(sign("status.past-clause", between),)) if past else context
        if between.lower_ in {"until", "till"} and context.negative and _in_the_past(word):
            return Standing(certainty=2, signs=(sign("status.past-clause", between),))
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
        first = noun.head if noun.dep_ == "conj" and any(c.lower_ in {"or", "nor"} for c in noun.head.rights) else noun
        for child in (*noun.lefts, *(first.lefts if first.i != noun.i else ())):
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
            if child.dep_ in {"advmod", "npadvmod", "prep"}:
                row = self.signatures.modifier(child)
                if row is not None:
                    found = found.hedged(row, child, child.doc[child.right_edge.i] if child.dep_ == "prep" else None)
        return found

    def _mood(self, verb: Token, standing: Standing) -> Standing:
        """A main clause without modal: an order, an infinitive as in headlines, a question; what befalls anybody."""
        if _opens_with_an_order(verb):
            return standing.turned(Status.REQUESTED, 1, sign("status.order", verb))
        anybody = self._of_anybody(verb)
        if anybody is not None:
            return standing.turned(Status.HYPOTHETICAL, 1, sign("status.generic", anybody))
        if verb.dep_ not in {"ROOT", "conj"}:
            return standing
        if verb.tag_ == "VB" and any(aux.tag_ == "TO" for aux in syntax.auxiliaries(verb)):
            return standing.turned(Status.PLANNED, 2, sign("status.infinitive", verb))
        if verb.i in self.asked:
            return standing.opened("status.question", self.asked[verb.i])
        if verb.tag_ == "VB" and not syntax.auxiliaries(verb) and not syntax.subjects(verb):
            return standing.turned(Status.REQUESTED, 1, sign("status.order", verb))
        return standing

    def _of_anybody(self, verb: Token) -> Token | None:
        """The word that makes a rule of a clause in the present: "whoever protests is arrested", "and is fined"."""
        if not _in_the_present(verb):
            return None
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
        if row.key == "would" and not perfect and outer.is_reported and not _conditional(verb):
            row = self.signatures.modals.get("will", row)  # "said it would": the "will" of then
        lacking = row.key in {"can", "could"} and any(child.lower_ == "without" for child in verb.rights)
        if perfect and negation is not None and (row.key in {"should", "ought"} or lacking or _conditional(verb)):
            # "should never have been freed", "would not have sunk if ..", "could not have fled without ..": it was
            return outer.turned(Status.HAPPENED, 2, sign(row.rule, modal)) if outer.real else outer
        if perfect and row.key in {"could", "might"} and _conditional(verb):
            row = self.signatures.modals.get("would", row)  # "could have .., if it had ..": contrary to fact
        after = _years_later(verb) if row.key == "would" and negation is None and outer.real else None
        if after is not None:
            return outer.turned(Status.HAPPENED, 2, sign("status.future-of-the-past", after))
        return outer.modal(row, modal, negation, perfect)


def _in_the_present(verb: Token) -> bool:
    """Whether a clause is in the simple present, active or passive."""
    finite = [aux for aux in syntax.auxiliaries(verb) if aux.tag_ in {"VBZ", "VBP", "VBD", "MD"}]
    return (finite[0] if finite else verb).tag_ in {"VBZ", "VBP"}


def _years_later(verb: Token) -> Token | None:
    """The word that looks back from later on: "would die in exile three years later"."""
    words = (word for child in verb.children if child.dep_ in {"advmod", "npadvmod", "prep"} for word in child.subtree)
    later = next((word for word in words if word.lower_ == "later"), None)
    if later is None or not any(word.ent_type_ in {"DATE", "TIME"} or word.tag_ == "CD" for word in later.lefts):
        return None
    return later


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


def _too(above: Token) -> Token | None:
    """The "too" that says that what follows was not done: "too weak to march", "came too late to prevent .."."""
    for word in (above, *above.children):
        if word.pos_ in {"ADJ", "ADV"}:
            found = next((child for child in word.lefts if child.lower_ == "too"), None)
            if found is not None:
                return found
    return None


def _purpose(word: Token, context: Standing) -> Standing:
    """What something was done for, as in "sent troops to crush ..": it was meant, and not done by that."""
    first = word.left_edge
    if first.i and "only" in {first.lower_, first.nbor(-1).lower_}:  # "came home only to be arrested": it came so
        return context
    if not context.real:
        return context.opened("status.purpose", word)
    return context.turned(Status.PLANNED, 2, sign("status.purpose", word))


def _was(verb: Token) -> bool:
    """Whether a verb in the past has an adverb that dates it: "an official who recently resigned"."""
    if verb.tag_ != "VBD" or verb.head.lower_.startswith("any") or any(c.lower_ == "any" for c in verb.head.lefts):
        return False
    return any(child.lower_ in {"recently", "earlier", "previously", "once"} for child in verb.lefts)


def _described(word: Token, noun: Token, context: Standing) -> Standing:
    """In a clause that describes a noun: told for itself, unless the noun is nobody or anybody, or all is open."""
    if word.tag_ == "VB":
        return context.opened("status.description", word)
    if context.real:
        return Standing()
    anybody = any(w.lower_ in NONE | ANY for w in (noun, *noun.lefts))
    if not anybody and (_aside(word) or definite(noun) or _was(word)):
        return Standing(granted=True)
    if not anybody and _in_the_past(word) and not context.conditioned and not _denied(context):
        return Standing(certainty=2)
    return context.opened("status.description", word)


def _aside(verb: Token) -> bool:
    """Whether a relative clause is told by the way: ", which sank", ", who fled"."""
    pronoun = next((child for child in verb.subtree if child.tag_ in {"WDT", "WP", "WP$"}), None)
    return pronoun is not None and pronoun.i > 0 and pronoun.lower_ != "that" and _after_a_comma(pronoun)


def _after_a_comma(pronoun: Token) -> bool:
    """Also with a preposition between: ", in which", ", some of whom"."""
    for word in pronoun.doc[max(0, pronoun.i - 4) : pronoun.i]:
        if word.text in {",", "–", "—"} and word.i >= pronoun.left_edge.i - 4:
            between = pronoun.doc[word.i + 1 : pronoun.i]
            return all(w.pos_ in {"ADP", "NUM", "DET", "PRON", "ADJ", "NOUN"} for w in between)
    return False


def _in_the_past(verb: Token) -> bool:
    """Whether a clause is in the past or perfect: what it tells is not what the words above it plan or fear."""
    helpers = syntax.auxiliaries(verb)
    if any(aux.tag_ == "MD" or aux.tag_ == "TO" for aux in helpers):
        return False
    if verb.tag_ == "VBD" or any(aux.tag_ == "VBD" for aux in helpers):
        return True
    perfect = any(aux.lower_ in {"has", "have", "'ve", "had"} for aux in helpers)
    return perfect or (verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod"})


def _denied(standing: Standing) -> bool:
    return standing.negative or any(s.rule == "status.negation" for s in standing.signs)


def _asked_about(word: Token, link: Link, context: Standing) -> Standing:
    """As in "would not say why he fled": who asks how or why something was takes it for granted."""
    assert link.between is not None
    if not _in_the_past(word) or context.conditioned:
        return context.opened("status.asked-about", link.between)
    if any(child.lower_ == "if" for child in word.subtree):  # "how much, if anything, he paid"
        return context.opened("status.asked-about", link.between)
    return Standing(certainty=2, signs=(sign("status.asked-about", link.between),), granted=True)


def _unknown(word: Token, link: Link, context: Standing) -> Standing:
    """Under a word that no lexicon knows: open, except where the construction itself takes the event for granted.

    An act told by a noun is as real as what is done with it, unless that is done "for" or "to" it.
    """
    above = link.governor
    assert above is not None
    between = link.between.lower_ if link.between is not None else ""
    if link.kind == "object" and above.lemma_ in {"be", "have"}:
        return context
    if link.kind == "prepositional" and (between in GRANTED or link.frame == "granted"):
        return Standing() if context.real or context.negative else context.opened("status.open-clause", above)
    if link.kind == "gerund" and between in ADVERBIAL and above.pos_ in {"VERB", "AUX"}:
        return context if context.real else context.opened("status.open-clause", above)
    if link.frame == "to":
        return context.opened("status.unknown-governor", above, Status.POSSIBLE)
    if context.real and link.kind in {"object", "prepositional"} and between not in {"for", "to"}:
        return replace(context, certainty=2, signs=(*context.signs, sign("status.unknown-governor", above)))
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
    if verb.i and _two_words(verb.nbor(-1)) in APART:
        return Link("marked", _nearest(above), "", verb.nbor(-1))
    if dep == "conj":
        return Link("joined", _of_like_form(verb, above))
    if dep in {"ccomp", "csubj", "csubjpass"}:
        return _under_clause(verb, above)
    if dep == "xcomp":
        return Link("clause", above, _frame(verb))
    if dep == "pcomp" or (dep == "pobj" and verb.tag_ == "VBG"):
        return _under_preposition(verb, above)
    if dep == "advcl":
        return _adverbial(verb, above)
    if dep == "acl":
        if _has_to(verb) or _that(verb):
            return Link("clause", above, "to" if _has_to(verb) else "that")
        return Link("described", above)
    if dep == "amod":
        return Link("described", above)
    if dep == "relcl":
        if _has_to(verb) or _that(verb):
            return Link("clause", above, "to" if _has_to(verb) else "that")
        return Link("described", above)
    return Link("same" if dep in SAME else "clause", above, _frame(verb))


def _of_like_form(verb: Token, above: Token) -> Token:
    """The verb that a joined one belongs beside: "hoped to sell the mill but lost it" joins "lost" to "hoped"."""
    if (
        verb.tag_ == "VB"
        and above.tag_ in {"VBD", "VBN", "VBZ", "VBP"}
        and not _helped(verb)
        and not _helped_by_do(above)
    ):
        lower = [c for c in above.rights if c.i < verb.i and c.tag_ == "VB" and c.dep_ in {"xcomp", "advcl", "ccomp"}]
        return lower[-1] if lower else above
    if verb.tag_ != "VBD" or above.tag_ not in {"VB", "VBG"} or syntax.modal(above) is not None:
        return above
    for word in islice(syntax.governors(above), 4):
        if word.tag_ == "VBD" or (word.tag_ == "VBN" and syntax.auxiliaries(word)):
            return word
    return above


def _helped(verb: Token) -> bool:
    return any(child.dep_ in syntax.SUBJECTS or child.dep_ in {"aux", "auxpass"} for child in verb.lefts)


def _helped_by_do(verb: Token) -> bool:
    return syntax.modal(verb) is not None or any(aux.lemma_ == "do" for aux in syntax.auxiliaries(verb))


def _under_clause(verb: Token, above: Token) -> Link:
    opening = _opening(verb)
    if opening is not None and opening.lower_ in {"if", "whether"}:
        return Link("marked", above, "that", opening)
    asking = _asking(verb)
    if asking is not None and above.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}:
        return Link("asked", above, "that", asking)
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


def _asking(verb: Token) -> Token | None:
    """The word that makes an indirect question of a clause: "how", "why", "who"; not of one that has to be done."""
    if _has_to(verb):
        return None
    first = verb.left_edge
    for word in verb.doc[first.i : min(first.i + 3, verb.i)]:
        if word.lower_ in {"how", "why", "where", "when", "who", "whom", "whose", "which"} and word.tag_[0] == "W":
            return word
    return None


def _under_preposition(verb: Token, preposition: Token) -> Link:
    above = preposition.head
    asking = _asking(verb) if verb.tag_ != "VBG" else None
    if asking is not None:
        return Link("asked", _nearest(above), "that", asking)
    if _two_words(preposition) in APART:
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
    return f"{before} {word.lower_}" if before in {"instead", "rather", "but"} else word.lower_


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
    if _two_words(preposition) in APART:
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
    if verb.tag_ == "VBD" and first.tag_ == "VBN" and syntax.auxiliaries(first):
        either = any(child.dep_ == "cc" and child.lower_ in {"or", "nor"} for child in first.children)
        return first if either or syntax.modal(first) is not None else None
    return None


def _shared_negation(verb: Token, first: Token) -> Token | None:
    if any(child.dep_ == "cc" and child.lower_ == "but" for child in first.children):
        return None
    return _negation(first)


def _negation(verb: Token) -> Token | None:
    """What negates a verb: also an object that is nobody or nothing, and "neither", "nor"."""
    edge = verb.left_edge
    if edge.i and edge.nbor(-1).lower_ == "nor" and edge.tag_[0] != "W":  # ".., nor did they sign": of the verb above
        return edge.nbor(-1)
    for child in verb.children:
        if child.dep_ == "neg" or (
            child.lower_ in {"never", "nor", "neither"}
            and child.dep_ in {"advmod", "cc", "preconj"}
            and child.i < verb.i
        ):
            return child
        if child.lower_ in {"hardly", "scarcely"} and child.i < verb.i and syntax.modal(verb) is not None:
            return child
        if child.dep_ in {"aux", "auxpass"}:  # parsers hang a "not" on the auxiliary of a long sentence
            low = next((word for word in child.rights if word.dep_ == "neg"), None)
            if low is not None:
                return low
        if child.dep_ in {"nsubj", "nsubjpass", "dobj"}:
            for word in (child, *child.lefts):
                if word.lower_ in NONE or word.lower_ == "no-one":
                    return word
            for word in (child, *child.lefts):
                if word.lower_ in {"one", "single"} and word.i and word.nbor(-1).lower_ in {"no", "not", "a"}:
                    before = word.nbor(-1)
                    first = before.nbor(-1) if before.lower_ == "a" and before.i else before
                    if first.lower_ in {"no", "not"}:
                        return first
    return None


def _conditional(verb: Token) -> bool:
    """Whether a condition stands with the verb, or with the first of those that it is joined to."""
    first = verb.head if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"} else verb
    for child in (*verb.children, *(first.lefts if first.i != verb.i else ())):
        if child.dep_ == "advcl":
            opening = _opening(child)
            if (opening is not None and opening.lower_ in {"if", "unless"}) or _inverted(child) is not None:
                return True
            if child.lower_ == "had" and any(low.dep_ == "ccomp" and low.i > child.i for low in child.rights):
                return True  # "had the senate passed it": read as a verb with a clause
    return False

"""Predicates: which words of a parse tell an event, by the lexicons of event verbs, event nouns and light verbs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract import syntax
from onrecord.lexicon import Lexicon, Lexicons, Row

if TYPE_CHECKING:
    from spacy.tokens import Token

# Children that can belong to a verb of several words: "blow up", "call on", "take power", "hold hostage".
COMPANIONS = frozenset({"prt", "prep", "advmod", "dobj", "oprd", "acomp", "ccomp", "dative", "agent"})

# Prefixes that a tokenizer parts from their verb: "re-elected".
PREFIXES = frozenset({"re", "co", "pre", "un", "de", "mis", "over", "under"})
# The shortest "-ing" that is taken for a verb's noun.
SHORTEST = 6
# Forms whose lemma the pipeline gets wrong.
LEMMAS = {
    "staged": "stage", "waged": "wage", "raped": "rape", "raping": "rape", "hoped": "hope", "hoping": "hope",
    "retook": "retake", "forgave": "forgive", "installed": "install", "fined": "fine", "strove": "strive",
    "spared": "spare", "sparing": "spare", "staging": "stage", "waging": "wage", "installing": "install",
}  # fmt: skip


def lemma(token: Token) -> str:
    """A token's lemma in small letters, mended where the pipeline is known to err."""
    return LEMMAS.get(token.lower_) or token.lemma_.lower()


@dataclass(frozen=True, slots=True)
class Told:
    """An event as its words tell it: the head token, all words of the trigger, its lexicon row if it has one.

    ``light`` is the verb that lends a noun its tense and people, ``light_row`` the row that says so.
    """

    head: Token
    words: tuple[Token, ...]
    row: Row | None
    light: Token | None = None
    light_row: Row | None = None
    idiom: Row | None = None

    @property
    def nominal(self) -> bool:
        """Whether a noun tells the event."""
        return self.head.pos_ in {"NOUN", "PROPN"}

    @property
    def anchor(self) -> Token:
        """The verb of the telling: the light verb of a noun, else the head itself."""
        return self.light if self.light is not None else self.head

    @property
    def predicate(self) -> str:
        """The lemma of the trigger."""
        if self.row is None:
            return lemma(self.head)
        return self.row.key.rpartition(" ")[0] if self.row.rule.startswith("event-frames#") else self.row.key

    @property
    def act(self) -> str:
        """The verb that tells the same act: "arrest" for both the verb and the noun."""
        if self.row is not None and "verb" in self.row.values and self.nominal:
            return self.row["verb"]
        return self.predicate


@dataclass(frozen=True, slots=True)
class Predicates:
    """The event lexicons, prepared for look-up by the lemma of the head word."""

    verbs: Mapping[str, tuple[Row, ...]]
    nouns: Mapping[str, tuple[Row, ...]]
    light: Mapping[str, tuple[Row, ...]]
    about: frozenset[str]
    frames: Mapping[str, tuple[Row, ...]]
    deferring: Mapping[str, Row]
    stative: Mapping[str, Row]
    things: Mapping[str, Row]
    hedges: frozenset[str]
    fixed: frozenset[str]
    idioms: Mapping[str, tuple[Row, ...]]

    def told_by(self, token: Token) -> Told | None:
        """The event that this word is the head of, or None.

        A word of an idiom tells none with a type: ``Told.idiom`` is the row that says so.
        """
        told = self._told_by(token)
        idiom = self._idiom(token) if told is not None else None
        return told if idiom is None else Told(token, (token,), None, idiom=idiom)

    def _idiom(self, token: Token) -> Row | None:
        """The row of the idiom that a word belongs to."""
        for row in self.idioms.get(lemma(token), ()):
            words = row.key.split()
            at = words.index(row["word"])
            first = token.i - at
            beside = token.doc[max(0, first) : first + len(words)]
            if first >= 0 and [lemma(w) for w in beside] == words:
                return row
            near = [c for c in token.children if c.dep_ in {"dobj", "nsubjpass"}] if token.pos_ == "VERB" else []
            near += [token.head] if token.dep_ == "dobj" else []
            if len(words) == 2 and any(lemma(w) == words[1 - at] for w in near):
                return row
        return None

    def _told_by(self, token: Token) -> Told | None:
        if not token.text[:1].isalpha():
            return None
        if token.lower_ in PREFIXES and token.i + 1 < len(token.doc) and token.nbor(1).text == "-":
            return None
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass"}:
            return self._told_by_verb(token)
        if token.pos_ == "NOUN":
            return self._told_by_noun(token)
        return None

    def event_noun(self, token: Token) -> Row | None:
        """The row of a noun that tells an event; the row of two words ("hunger strike") before that of one."""
        if token.pos_ != "NOUN":
            return None
        for row in self.nouns.get(lemma(token), ()):
            *before, _ = row.key.split()
            if not before or (token.i and token.nbor(-1).lower_ == before[-1]):
                return row
        return self._gerund(token)

    def _gerund(self, noun: Token) -> Row | None:
        """The row of a verb whose "-ing" is used as a noun: "the jailing of the editor"."""
        if noun.tag_ != "NN" or not noun.lower_.endswith("ing") or len(noun) < SHORTEST:
            return None
        if not any(child.lower_ == "of" for child in noun.rights):
            return None
        stem = noun.lower_.removesuffix("ing")
        for base in (stem, f"{stem}e", stem[:-1]):
            for row in self.verbs.get(base, ()):
                if row.key == base and row["type"] not in {"OTHER", "SAY"}:
                    values = {**row.values, "verb": base, "possessor": "recipient", "of": "recipient"}
                    return Row(row.rule, noun.lower_, values, row.example, row.finds, row.line)
        return None

    def light_row(self, verb: Token) -> tuple[Row, tuple[Token, ...]] | None:
        """The row of a light verb, with the verb's words."""
        return _match(self.light, verb)

    def _told_by_verb(self, verb: Token) -> Told | None:
        if verb.dep_ in {"compound", "prep", "mark"} or (verb.dep_ == "amod" and not self._done_before(verb)):
            return None
        frame = _frame(verb) if lemma(verb) in self.frames else ""
        for row in self.frames.get(lemma(verb), ()) if frame else ():
            if row.key.endswith(f" {frame}"):
                return Told(verb, (verb,), row)
        found = _match(self.verbs, verb)
        if self._lends(verb) and (found is None or " " not in found[0].key):
            return None
        if found is not None:
            return Told(verb, found[1], found[0])
        return Told(verb, (verb,), None)

    def _done_before(self, verb: Token) -> bool:
        """Whether a participle before a noun tells what was done to it: "the arrested students"."""
        if verb.tag_ != "VBN" or verb.head.pos_ != "NOUN" or verb.lower_ in self.hedges:
            return False
        return any(
            row["type"] not in {"OTHER", "SAY"} and " " not in row.key for row in self.verbs.get(lemma(verb), ())
        )

    def _lends(self, verb: Token) -> bool:
        """Whether the verb only lends tense and people to an event noun: "held talks", "talks began"."""
        found = self.light_row(verb)
        if found is None:
            return False
        row, words = found
        nouns = list(syntax.objects(verb))
        nouns += [o for word in (*words, verb) for o in _prepositional_objects(word)]
        if verb.dep_ in {"acl", "relcl"} and verb.tag_ == "VBN":  # "the curfew imposed in May"
            nouns.append(verb.head)
        if row.flag("alone") or syntax.passive(verb):
            nouns += [child for child in verb.children if child.dep_ in syntax.SUBJECTS]
        nouns += [low for noun in nouns for low in noun.lefts if low.dep_ == "compound" and self._has_status_head(low)]
        return any(self.event_noun(noun) is not None for noun in nouns)

    def _told_by_noun(self, noun: Token) -> Told | None:
        row = self.event_noun(noun)
        if noun.dep_ in {"compound", "nmod", "amod"} and not self._has_status_head(noun):
            return None
        if row is None:
            return Told(noun, (noun,), None) if lemma(noun) in self.things else None
        if noun.dep_ in {"dobj", "pobj"} and self._belongs_to_verb(noun):
            return None
        words = (noun,) if " " not in row.key else (noun.nbor(-1), noun)
        light = self._light_verb(noun)
        return Told(noun, words, row, *(light or (None, None)))

    def _belongs_to_verb(self, noun: Token) -> bool:
        """Whether the noun is a word of the verb that tells the event: "opened fire"."""
        verb = noun.head if noun.dep_ == "dobj" else noun.head.head
        found = _match(self.verbs, verb) if verb.pos_ == "VERB" else None
        return found is not None and " " in found[0].key and noun.lower_ in found[0].key.split()

    def _has_status_head(self, noun: Token) -> bool:
        """Whether the noun names the event that its head is about: "coup" in "coup attempt"."""
        return noun.head.pos_ == "NOUN" and lemma(noun.head) in self.about

    def _light_verb(self, noun: Token) -> tuple[Token, Row] | None:
        """The light verb of an event noun, and its row."""
        beside = noun.dep_ == "conj" or (noun.dep_ == "compound" and self._has_status_head(noun))
        first = noun.head if beside and noun.head.pos_ == "NOUN" else noun
        verb = first.head
        if first.dep_ == "pobj":
            verb = verb.head if verb.head.dep_ not in {"dobj", "prep"} else verb.head.head
        if verb.pos_ != "VERB" or verb.i == noun.i or syntax.crowded(verb):
            return None
        found = self.light_row(verb)
        if found is None:
            return None
        row = found[0]
        if first.dep_ == "nsubj" and not row.flag("alone"):
            return None
        if first.dep_ == "pobj" and (len(row.key.split()) < 2 or first.head.lower_ not in row.key.split()):
            return None
        return (verb, row) if first.dep_ in {"dobj", "obj", "pobj", "nsubj", "nsubjpass"} else None


def _frame(verb: Token) -> str:
    """What follows a verb: "to" an infinitive, "that" a clause that tells how things are; else nothing."""
    for clause in verb.rights:
        if clause.dep_ in {"xcomp", "ccomp", "advcl"}:
            helpers = {child.tag_ for child in clause.lefts if child.dep_ in {"aux", "auxpass"}}
            if "TO" in helpers:
                return "to"
            if clause.dep_ == "ccomp" and "MD" not in helpers and clause.tag_ not in {"VB", "VBG"}:
                return "that"
    return ""


def _prepositional_objects(word: Token) -> Iterator[Token]:
    """What stands under the prepositions of a word, if the word is or has one."""
    if word.dep_ == "prep":
        yield from (child for child in word.children if child.dep_ == "pobj")


def _match(rows: Mapping[str, tuple[Row, ...]], verb: Token) -> tuple[Row, tuple[Token, ...]] | None:
    """The longest row whose words all stand with the verb, and these words in the order of the text."""
    candidates = rows.get(lemma(verb), ())
    if not candidates:
        return None
    near = _companions(verb) if len(candidates) > 1 or " " in candidates[0].key else {}
    for row in candidates:
        rest = row.key.split()[1:]
        if all(word in near for word in rest):
            found = (verb, *(near[word] for word in rest))
            return row, _one_stretch(found) if rest else (verb,)
    return None


def _companions(verb: Token) -> dict[str, Token]:
    near: dict[str, Token] = {}
    for child in verb.children:
        if child.dep_ in COMPANIONS:
            near.setdefault(child.lower_, child)
            near.setdefault(child.lemma_.lower(), child)
            for below in child.rights:
                if child.dep_ in {"dobj", "prt", "advmod"} and below.dep_ in {"prep", "amod", "acl"}:
                    near.setdefault(below.lower_, below)
    return near


def _one_stretch(words: tuple[Token, ...]) -> tuple[Token, ...]:
    """The words in order if they stand near each other, else the verb alone."""
    ordered = tuple(sorted(words, key=lambda word: word.i))
    near = ordered[-1].i - ordered[0].i <= len(ordered) + 3
    return ordered if near else (words[0],)


_PREPARED: dict[tuple[str, ...], Predicates] = {}


def predicates(lexicons: Lexicons) -> Predicates:
    """The event lexicons, prepared once for each set of files."""
    verbs, nouns, light = lexicons["event-verbs"], lexicons["event-nouns"], lexicons["light-verbs"]
    about = lexicons["status-nouns"]
    frames = lexicons["event-frames"]
    deferring, stative = lexicons["deferring-verbs"], lexicons["stative-verbs"]
    things, hedges, fixed = (lexicons[name] for name in ("happening-nouns", "status-modifiers", "fixed-events"))
    idioms = lexicons["idioms"]
    files = (verbs, nouns, light, about, frames, deferring, stative, things, hedges, fixed, idioms)
    key = tuple(file.digest for file in files)
    if key not in _PREPARED:
        _PREPARED[key] = Predicates(
            _by(verbs, 0),
            _by(nouns, -1),
            _by(light, 0),
            frozenset(about.by_key),
            _by(frames, 0),
            deferring.by_key,
            stative.by_key,
            things.by_key,
            frozenset(hedges.by_key),
            frozenset(fixed.by_key),
            _by_column(idioms, "word"),
        )
    return _PREPARED[key]


def _by_column(lexicon: Lexicon, column: str) -> Mapping[str, tuple[Row, ...]]:
    """Rows by one of their columns, longest key first."""
    found: dict[str, list[Row]] = {}
    for row in sorted(lexicon, key=lambda row: -len(row.key.split())):
        found.setdefault(row[column], []).append(row)
    return {word: tuple(rows) for word, rows in found.items()}


def _by(lexicon: Lexicon, word: int) -> Mapping[str, tuple[Row, ...]]:
    """Rows by one word of their key, longest key first."""
    found: dict[str, list[Row]] = {}
    for row in sorted(lexicon, key=lambda row: -len(row.key.split())):
        found.setdefault(row.key.split()[word], []).append(row)
    return {key: tuple(rows) for key, rows in found.items()}

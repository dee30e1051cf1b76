"""The stage ``coreference``: which mentions of a report stand for one and the same.

One pass in the order of the text. Names join by their words, descriptions by their noun if they say nothing new,
appositions because the report says so, pronouns last. Somebody without a name is an entity like any other, and nothing
but the report's own words (an apposition, a predicate, a title) ever joins them with a name. What cannot be decided is
left open, with the entities between which it lies.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.whereabouts import Whereabouts
from onrecord.extract.who.clusters import Cluster, Index, alive
from onrecord.extract.who.phrases import Phrase, in_apposition, phrases
from onrecord.extract.who.pronouns import Choice, Memory, Within, plural_rivals
from onrecord.extract.who.vocabulary import Vocabulary, vocabulary
from onrecord.record import Cue, Form, Id, Kind, Mention, Reading, Reason, Role, Span, make_id

FIRST_SINGULAR = frozenset({"i", "me", "my", "mine", "myself"})
FIRST_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
# How many sentences back a broader noun or a role word may reach.
NEAR = 8
# How many sentences back a name still says whom the lone surname stands for.
REACH = 3
# How many mentions tell how somebody was introduced.
FIRST = 8


def resolve(reading: Reading, parse: Parse, tools: Tools) -> tuple[Mention, ...]:
    """The mentions of a reading with ``means``, or with ``candidates`` where they were left open."""
    words = vocabulary(tools.lexicons)
    walk = _Walk(reading, parse, words)
    for phrase in walk.phrases:
        walk.take(phrase)
    walk.first_persons()
    return walk.resolved()


class _Walk:
    """One walk through a report: the clusters so far, and what was decided for each mention."""

    def __init__(self, reading: Reading, parse: Parse, words: Vocabulary) -> None:
        self.reading = reading
        self.phrases = phrases(reading, parse, words)
        self.index = Index(words)
        self.memory = Memory(rivals=plural_rivals(parse.doc, self.phrases))
        self.choices: dict[Id, Choice] = {}
        self._starts = [sentence.span.start for sentence in reading.sentences]
        self._paragraphs = _paragraphs(reading, parse)
        self._said = _Said(reading)
        self._partner = _appositions(self.phrases)
        self._roles = _role_nouns(reading.roles)
        self._by_id = {phrase.mention.id: phrase for phrase in self.phrases}

    def sentence(self, phrase: Phrase) -> int:
        """The number of the sentence that a mention stands in."""
        return bisect_right(self._starts, phrase.mention.head.start) - 1

    def take(self, phrase: Phrase) -> None:
        """Decide on one mention."""
        form = phrase.mention.form
        said = self._said.within(phrase.mention.head)
        sentence = self.sentence(phrase)
        self.memory.paragraph = self._paragraphs[sentence] if sentence >= 0 else 0
        if form is Form.PRONOUN:
            if phrase.lemma in FIRST_SINGULAR | FIRST_PLURAL:
                return
            source = phrase.mention.id in self._said.sources
            choice = self.memory.choose(phrase, sentence, source, said)
        elif form is Form.NAME:
            choice = self._name(phrase)
        else:
            choice = self._description(phrase, sentence)
        self._settle(phrase, choice, sentence, said.speaker if said.quoted else None)

    def _settle(self, phrase: Phrase, choice: Choice, sentence: int, quoted_by: Id | None) -> None:
        mention = phrase.mention
        self.choices[mention.id] = choice
        if choice.cluster is None:
            return
        cluster = alive(choice.cluster)
        self.index.add(cluster, phrase, sentence)
        cluster = self._join_apposition(phrase, cluster)
        for noun in self._roles.get(mention.id, ()):
            self.index.enter_noun(cluster, f"={noun}")
        if mention.id in self._said.sources:
            self.memory.spoke(cluster, sentence)
        self.memory.note(phrase, cluster, sentence, quoted_by)

    def _join_apposition(self, phrase: Phrase, cluster: Cluster) -> Cluster:
        other = self._partner.get(phrase.mention.id)
        chosen = self.choices.get(other.mention.id) if other is not None else None
        if chosen is None or chosen.cluster is None:
            return cluster
        first, second = alive(chosen.cluster), cluster
        if first.named and second.named and first is not second:
            return cluster
        if phrase.mention.form is Form.NAME:
            first, second = second, first
        return self.index.merge(first, second)

    def _name(self, phrase: Phrase) -> Choice:
        other = self._also_called(phrase)
        if other is not None:
            return Choice(other, (), "coreference.also-called")
        found = self.index.with_name(phrase)
        if len(found) > 1 and (bearer := self._bearer(phrase, found)) is not None:
            return Choice(bearer, (), "coreference.surname-goes-on")
        if len(found) > 1:
            return Choice(None, tuple(found[-3:]))
        if found:
            return Choice(found[0], (), "coreference.same-name")
        return Choice(self.index.new())

    def _bearer(self, phrase: Phrase, found: Sequence[Cluster]) -> Cluster | None:
        """Of several who bear a lone surname, the one whom the report calls by it or just named, if no other lately."""
        if " " in phrase.lemma or phrase.mention.kind is not Kind.PERSON:
            return None
        sentence = self.sentence(phrase)
        called = [c for c in found if (phrase.lemma,) in c.names]
        if len(called) == 1 and all(sentence - c.named_in > 1 for c in found if c is not called[0]):
            return called[0]
        ranked = sorted(found, key=lambda c: -c.named_in)
        near, next_ = sentence - ranked[0].named_in, ranked[0].named_in - ranked[1].named_in
        return ranked[0] if near <= REACH and next_ > REACH else None

    def _also_called(self, phrase: Phrase) -> Cluster | None:
        """What a short form in capitals right after a name stands for: "the Harbour Front, or HAF," "(HAF)"."""
        doc = phrase.token.doc
        last = self.memory.seen[-1] if self.memory.seen else None
        short = phrase.token.is_upper and phrase.end - phrase.start == 1 and len(phrase.token) > 1
        if last is None or not short or last.phrase.mention.form is not Form.NAME:
            return None
        if phrase.mention.kind is Kind.PERSON or last.phrase.mention.kind is Kind.PERSON:
            return None
        between = [token.text for token in doc[last.phrase.end : phrase.start]]
        return alive(last.cluster) if between in (["("], [",", "or"], ["or"]) else None

    def _description(self, phrase: Phrase, sentence: int) -> Choice:
        if phrase.article == "indefinite" or _is_part(phrase) or _introduces(phrase):
            return self._introduced(phrase)
        if phrase.article == "possessive":
            return self._possessed(phrase)
        if phrase.article == "":
            return self._bare(phrase, sentence)
        found = self.index.with_noun(phrase)
        if phrase.noun is None:  # a people: "the Danes" are not the Danes that a relative clause spoke of
            found = [c for c in found if c.modifiers == phrase.modifiers and c.definite]
        if not phrase.plural:
            found += [c for c in self.index.with_noun(phrase, f"={phrase.lemma}") if c not in found]
        if found:
            return self._latest(found, sentence, "coreference.same-noun")
        if not phrase.plural and phrase.mention.kind is Kind.PERSON:
            broader = self.index.with_noun(phrase, f">{phrase.lemma}")
            near = [c for c in broader if not c.named and sentence - c.sentence <= NEAR]
            if len(near) == 1:
                return Choice(near[0], (), "coreference.broader-noun")
        return Choice(self.index.new())

    def _introduced(self, phrase: Phrase) -> Choice:
        """Somebody new; but "a former harbour colonel" is he of whom "the former harbour colonel" spoke before.

        That takes two modifiers, the very same ones, and nobody else described so.
        """
        one = not phrase.plural and phrase.number is None
        if not one or len(phrase.modifiers) < 2 or _is_part(phrase) or _introduces(phrase):
            return Choice(self.index.new())
        alike = [c for c in self.index.with_noun(phrase) if c.modifiers == phrase.modifiers and not c.named]
        if len(alike) != 1 or any(other.article == "indefinite" for other in alike[0].phrases[:FIRST]):
            return Choice(self.index.new())
        return Choice(alike[0], (), "coreference.same-words")

    def _possessed(self, phrase: Phrase) -> Choice:
        """Of "his brother", "the ministry's spokesman": the same only with the same noun of the same possessor."""
        owner = next((child for child in phrase.token.lefts if child.dep_ == "poss"), None)
        whose = self._owner(owner.i) if owner is not None else None
        key = f"{phrase.lemma}|{id(whose)}"
        found = self.index.with_noun(phrase, key) if whose is not None else []
        if not found and owner is not None and owner.tag_ != "PRP$" and phrase.modifiers:
            found = [c for c in self.index.with_noun(phrase) if phrase.modifiers <= c.modifiers]
        choice = Choice(found[0], (), "coreference.same-possessor") if found else Choice(self.index.new())
        if whose is not None and choice.cluster is not None:
            self.index.enter_noun(choice.cluster, key)
        return choice

    def _owner(self, token: int) -> Cluster | None:
        for seen in reversed(self.memory.seen):
            if seen.phrase.token.i == token:
                return alive(seen.cluster)
            if seen.phrase.token.i < token - 40:
                break
        return None

    def _bare(self, phrase: Phrase, sentence: int) -> Choice:
        """Officials, bare: the same as officials who spoke before, if described alike; "parliament" is parliament."""
        found = self.index.with_noun(phrase)
        if not phrase.plural:
            return Choice(found[0], (), "coreference.same-noun") if found else Choice(self.index.new())
        speaks = phrase.mention.id in self._said.sources
        alike = [c for c in found if not c.named and c.speaks == speaks and c.modifiers == phrase.modifiers]
        if not alike and speaks and not phrase.modifiers:
            alike = [c for c in found if not c.named and c.speaks and sentence - c.sentence <= NEAR]
            alike = alike if len(alike) == 1 else []
        return Choice(alike[0], (), "coreference.same-words") if alike else Choice(self.index.new())

    def _latest(self, found: Sequence[Cluster], sentence: int, rule: str) -> Choice:
        """Of several clusters that fit, the one just spoken of, if no other was spoken of lately."""
        if len(found) == 1:
            return Choice(found[0], (), rule)
        ranked = sorted(found, key=lambda c: -c.sentence)
        if sentence - ranked[0].sentence <= 2 and ranked[0].sentence - ranked[1].sentence >= 2:
            return Choice(ranked[0], (), rule)
        return Choice(None, tuple(ranked[:3]))

    def first_persons(self) -> None:
        """Of "I" and "we" in quoted words: the speaker. "We" of a single speaker is more than he, and stays open."""
        for phrase in self.phrases:
            if phrase.mention.form is not Form.PRONOUN or phrase.lemma not in FIRST_SINGULAR | FIRST_PLURAL:
                continue
            said = self._said.within(phrase.mention.head)
            chosen = self.choices.get(said.speaker) if said.quoted and said.speaker is not None else None
            if chosen is None or chosen.cluster is None:
                self.choices[phrase.mention.id] = Choice(None, chosen.among if chosen is not None else ())
                continue
            cluster = alive(chosen.cluster)
            fits = cluster.person if phrase.lemma in FIRST_SINGULAR else not cluster.person
            choice = Choice(cluster, (), "coreference.speaker") if fits else Choice(None, (cluster,))
            self.choices[phrase.mention.id] = choice
            if choice.cluster is not None:
                self.index.add(cluster, phrase, self.sentence(phrase))

    def resolved(self) -> tuple[Mention, ...]:
        """The mentions with what was decided."""
        ids = {
            cluster: self._entity_id(cluster)
            for cluster in self.index.clusters
            if cluster.merged is None and cluster.phrases
        }
        return tuple(self._resolved(mention, ids) for mention in self.reading.mentions)

    def _entity_id(self, cluster: Cluster) -> Id:
        first = min(cluster.phrases, key=lambda phrase: (phrase.mention.span, phrase.mention.head)).mention
        return make_id("e", self.reading.document.id, first.span.start, first.span.end, first.head.start)

    def _resolved(self, mention: Mention, ids: dict[Cluster, Id]) -> Mention:
        choice = self.choices.get(mention.id)
        if choice is None:
            return mention
        if choice.cluster is None:
            among = tuple(dict.fromkeys(ids[alive(cluster)] for cluster in choice.among))
            return replace(mention, candidates=among)
        means = ids[alive(choice.cluster)]
        why = (Reason(choice.rule, mention.span.cut(self.reading.document.text), mention.span),) if choice.rule else ()
        return replace(mention, means=means, reasons=(*mention.reasons, *why))


class _Said:
    """Who says what where: the mentions that are sources, and whose words a place in the text is in."""

    def __init__(self, reading: Reading) -> None:
        self.sources: set[Id] = set()
        where = Whereabouts.of(reading)
        quotes = [quotation.span for quotation in reading.quotations if not quotation.scare]
        self._quotes = sorted(quotes)
        self._quote_starts = [span.start for span in self._quotes]
        contents: list[tuple[Span, Id]] = []
        for cue in reading.cues:
            source = _source(cue, where)
            if source is None:
                continue
            self.sources.add(source.id)
            contents += [(span, source.id) for span in cue.content]
        self._contents = sorted(contents)
        self._starts = [span.start for span, _ in self._contents]

    def within(self, words: Span) -> Within:
        """Whose words a place lies in, and whether they are quoted; innermost first."""
        at = bisect_right(self._quote_starts, words.start) - 1
        quoted = at >= 0 and self._quotes[at].contains(words)
        low = bisect_right(self._starts, words.start) - 1
        for span, source in reversed(self._contents[max(0, low - 8) : low + 1]):
            if span.contains(words):
                return Within(source, quoted)
        return Within(None, quoted)


def _paragraphs(reading: Reading, parse: Parse) -> list[int]:
    """The number of the paragraph of each sentence, by the line breaks of the mended view."""
    view = parse.view
    numbers: list[int] = []
    end = 0
    for sentence in reading.sentences:
        start, stop = view.find(sentence.span)
        last = numbers[-1] if numbers else 0
        numbers.append(last + (1 if "\n" in view.text[end:start] else 0))
        end = stop
    return numbers


def _source(cue: Cue, where: Whereabouts) -> Mention | None:
    for span in cue.source:
        inside = where.headed_in(span)
        if inside:
            return max(inside, key=lambda m: (m.span.end - m.span.start, m.form is Form.NAME))
    return None


def _is_part(phrase: Phrase) -> bool:
    return any(reason.rule == "mentions.part" for reason in phrase.mention.reasons)


def _introduces(phrase: Phrase) -> bool:
    """Whether a description says in a clause of its own whom it means: it then takes nobody up."""
    return any(child.dep_ == "relcl" and child.i < phrase.end for child in phrase.token.rights)


def _role_nouns(roles: Sequence[Role]) -> dict[Id, list[str]]:
    """The nouns with which a holder of a role can be taken up: "the minister", "the foreign minister"."""
    nouns: dict[Id, list[str]] = {}
    for role in roles:
        if role.former:
            continue
        title = role.title.lower().split(" of ")[0].split()
        if title:
            nouns.setdefault(role.holder, []).extend({title[-1], " ".join(title[-2:])})
    return nouns


def _appositions(found: Sequence[Phrase]) -> dict[Id, Phrase]:
    """For each later mention of an apposition, the earlier one: the report says that they are one."""
    at: dict[int, Phrase] = {}
    for phrase in found:
        if phrase.mention.form is not Form.PRONOUN:
            at[phrase.token.i] = phrase
    partners: dict[Id, Phrase] = {}
    for first, second in _pairs(found, at):
        kinds = {first.mention.kind, second.mention.kind}
        if first.plural == second.plural and (len(kinds) == 1 or Kind.OTHER in kinds) and in_apposition(first, second):
            partners[second.mention.id] = first
    return partners


def _pairs(found: Sequence[Phrase], at: dict[int, Phrase]) -> Iterator[tuple[Phrase, Phrase]]:
    for second in found:
        if second.mention.form is Form.PRONOUN or second.token.dep_ != "appos":
            continue
        first = at.get(second.token.head.i)
        if first is not None and Form.DESCRIPTION in {first.mention.form, second.mention.form}:
            yield first, second

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
from onrecord.extract.who.likeness import Likeness
from onrecord.extract.who.phrases import FEMALE, MALE, Phrase, in_apposition, is_thing, phrases
from onrecord.extract.who.pronouns import Choice, Memory, Within, agrees, fronted, plural_rivals
from onrecord.extract.who.vocabulary import Vocabulary, vocabulary
from onrecord.record import Cue, Form, Id, Kind, Mention, Reading, Reason, Role, Span, make_id

FIRST_SINGULAR = frozenset({"i", "me", "my", "mine", "myself"})
FIRST_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
# Whoever speaks outside of quotation marks is somebody, if no more is known of them.
SPEAKERS = FIRST_SINGULAR | FIRST_PLURAL | frozenset({"you", "your", "yours", "yourself", "yourselves"})
# How many sentences back a broader noun or a role word may reach.
NEAR = 8
# How many sentences back a name still says whom the lone surname stands for.
REACH = 3
# Log odds from which the learned head may join a noun that no rule joins.
ALIKE, PERSON_ALIKE = -1.0, 1.0
# What more it takes for somebody to be taken up with another noun.
UNLIKE = 1.5
# How much the likelihood that a noun takes somebody up lowers or raises that.
GOES_ON = 2.0
# How many mentions tell how somebody was introduced.
FIRST = 8


def resolve(reading: Reading, parse: Parse, tools: Tools) -> tuple[Mention, ...]:
    """The mentions of a reading with ``means``, or with ``candidates`` where they were left open."""
    words = vocabulary(tools.lexicons)
    walk = _Walk(reading, parse, words, tools.everything)
    for phrase in walk.phrases:
        walk.take(phrase)
    walk.first_persons()
    return walk.resolved()


class _Walk:
    """One walk through a report: the clusters so far, and what was decided for each mention."""

    def __init__(self, reading: Reading, parse: Parse, words: Vocabulary, everything: bool = False) -> None:
        self.reading = reading
        self._everything = everything
        self.phrases = phrases(reading, parse, words)
        self.index = Index(words)
        self.memory = Memory(rivals=plural_rivals(parse.doc, [one for one in self.phrases if not is_thing(one)]))
        self.choices: dict[Id, Choice] = {}
        self._likeness = Likeness(parse, parse.sights, self.phrases) if parse.sights is not None else None
        self._ahead: list[Phrase] = []
        self._starts = [sentence.span.start for sentence in reading.sentences]
        self._paragraphs = _paragraphs(reading, parse)
        self._said = _Said(reading)
        self._partner = _appositions(self.phrases, reading.roles)
        self._roles = _role_nouns(reading.roles)
        self._by_id = {phrase.mention.id: phrase for phrase in self.phrases}

    def sentence(self, phrase: Phrase) -> int:
        """The number of the sentence that a mention stands in."""
        return bisect_right(self._starts, phrase.mention.head.start) - 1

    def take(self, phrase: Phrase) -> None:
        """Decide on one mention."""
        form = phrase.mention.form
        if self._likeness is not None and self._likeness.stands_apart(phrase):
            self.choices[phrase.mention.id] = Choice(self.index.new())
            self.index.add(alive(self.index.clusters[-1]), phrase, self.sentence(phrase))
            return
        said = self._said.within(phrase.mention.head)
        sentence = self.sentence(phrase)
        self.memory.paragraph = self._paragraphs[sentence] if sentence >= 0 else 0
        if form is Form.PRONOUN:
            if phrase.lemma in FIRST_SINGULAR | FIRST_PLURAL and (said.quoted or self._likeness is None):
                return
            source = phrase.mention.id in self._said.sources
            choice = self.memory.choose(phrase, sentence, source, said, self._alike(phrase))
            if choice.cluster is None and self._likeness is not None and phrase.lemma in SPEAKERS and not said.quoted:
                choice = Choice(self.index.new())
        elif form is Form.NAME:
            choice = self._name(phrase)
        else:
            choice = self._or_alike(phrase, self._description(phrase, sentence))
        self._settle(phrase, choice, sentence, said.speaker if said.quoted else None)

    def _alike(self, phrase: Phrase) -> dict[Cluster, float] | None:
        """The clusters before a mention, and how likely it means the same, by the learned head; None without one."""
        if self._likeness is None:
            return None
        scores: dict[Cluster, float] = {}
        for mention, score in self._likeness.of(phrase):
            chosen = self.choices.get(mention)
            if chosen is not None and chosen.cluster is not None:
                cluster = alive(chosen.cluster)
                scores[cluster] = max(scores.get(cluster, -99.0), score)
        return scores

    def _or_alike(self, phrase: Phrase, choice: Choice) -> Choice:
        """What the rules chose; where they found nobody, whom the learned head finds beyond doubt."""
        scores = self._alike(phrase)
        if scores is None or (choice.cluster is not None and choice.cluster.phrases):
            return choice
        least = PERSON_ALIKE if phrase.mention.kind in {Kind.PERSON, Kind.GROUP} else ALIKE
        if self._likeness is not None:
            least -= GOES_ON * (self._likeness.goes_on(phrase) - 0.5)
        barred = self.memory.barred(phrase, self.sentence(phrase))
        fits = [
            (score, n, c) for n, (c, score) in enumerate(scores.items())
            if c not in barred and _may_be(phrase, c) and score > least + (UNLIKE if _unlike(phrase, c) else 0.0)
        ]  # fmt: skip
        if not fits:
            return choice
        return Choice(max(fits)[2], (), "coreference.head")

    def _settle(self, phrase: Phrase, choice: Choice, sentence: int, quoted_by: Id | None) -> None:
        mention = phrase.mention
        self.choices[mention.id] = choice
        if choice.cluster is None:
            if phrase.lemma in MALE | FEMALE and not choice.among:
                self._ahead.append(phrase)
            return
        cluster = alive(choice.cluster)
        self.index.add(cluster, phrase, sentence)
        cluster = self._join_apposition(phrase, cluster)
        for noun in self._roles.get(mention.id, ()):
            self.index.enter_noun(cluster, f"={noun}")
        if mention.id in self._said.sources:
            self.memory.spoke(cluster, sentence)
        self.memory.note(phrase, cluster, sentence, quoted_by)
        if phrase.subject and mention.form is not Form.PRONOUN:
            self._look_back(phrase, cluster, sentence)

    def _look_back(self, phrase: Phrase, cluster: Cluster, sentence: int) -> None:
        """Pronouns that came before the subject they stand for: "In his first speech, Orvik ..."."""
        for pronoun in self._ahead:
            before = pronoun.start < phrase.start and self.sentence(pronoun) == sentence
            if before and fronted(pronoun.token, phrase.token) and agrees(pronoun, cluster):
                self.choices[pronoun.mention.id] = Choice(cluster, (), "coreference.cataphora")
                self.index.add(cluster, pronoun, sentence)
        self._ahead = []

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
        last = self.memory.last_name()
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
            if phrase.mention.id in self.choices:
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
        kept = [c for c in self.index.clusters if c.merged is None and c.phrases and not _says_nothing(c)]
        passing = set() if self._everything or self._likeness is None else self._passing(kept)
        ids = {cluster: self._entity_id(cluster) for cluster in kept if cluster.phrases[0].mention.id not in passing}
        return tuple(self._resolved(mention, ids) for mention in self.reading.mentions if mention.id not in passing)

    def _passing(self, kept: Sequence[Cluster]) -> set[Id]:
        """Things that are spoken of once and never again: they are nobody's business in an account."""
        needed = {id_ for role in self.reading.roles for id_ in (role.holder, role.of)}
        once = (cluster.phrases[0] for cluster in kept if len(cluster.phrases) == 1)
        return {phrase.mention.id for phrase in once if is_thing(phrase) and phrase.mention.id not in needed}

    def _entity_id(self, cluster: Cluster) -> Id:
        first = min(cluster.phrases, key=lambda phrase: (phrase.mention.span, phrase.mention.head)).mention
        return make_id("e", self.reading.document.id, first.span.start, first.span.end, first.head.start)

    def _resolved(self, mention: Mention, ids: dict[Cluster, Id]) -> Mention:
        choice = self.choices.get(mention.id)
        if choice is None:
            return mention
        if choice.cluster is None:
            among = (ids.get(alive(cluster)) for cluster in choice.among)
            return replace(mention, candidates=tuple(dict.fromkeys(id_ for id_ in among if id_ is not None)))
        means = ids.get(alive(choice.cluster))
        if means is None:
            return mention
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


def _unlike(phrase: Phrase, cluster: Cluster) -> bool:
    """Whether somebody would be taken up with another noun: "the rebels" for "the officers"."""
    return phrase.mention.kind in {Kind.PERSON, Kind.GROUP} and phrase.lemma not in cluster.lemmas


def _told_apart(phrase: Phrase, cluster: Cluster) -> bool:
    """Whether the words beside the noun speak for two: another country, or the same noun with nothing in common."""
    one, other = ({word for word in words if word.startswith("@")} for words in (phrase.modifiers, cluster.modifiers))
    if one and other and not one & other:
        return True
    return phrase.lemma in cluster.lemmas and not phrase.modifiers & cluster.modifiers


def _says_nothing(cluster: Cluster) -> bool:
    """Whether all that is known is one pronoun."""
    return len(cluster.phrases) == 1 and cluster.phrases[0].mention.form is Form.PRONOUN


def _may_be(phrase: Phrase, cluster: Cluster) -> bool:
    """Whether a noun may join a cluster on likeness: no person, named or not, is found out by it."""
    kinds = {phrase.mention.kind, cluster.kind}
    if kinds & {Kind.PERSON, Kind.GROUP} and cluster.named:
        return False
    if phrase.modifiers and cluster.modifiers and _told_apart(phrase, cluster):
        return False
    if kinds & {Kind.PERSON, Kind.GROUP} and len(kinds) > 1:
        return False
    if phrase.number is not None and cluster.number not in {None, phrase.number}:
        return False
    return not (phrase.gender and cluster.gender and phrase.gender != cluster.gender)


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


def _appositions(found: Sequence[Phrase], roles: Sequence[Role]) -> dict[Id, Phrase]:
    """For each later mention of an apposition, the earlier one: the report says that they are one."""
    at: dict[int, Phrase] = {}
    for phrase in found:
        if phrase.mention.form is not Form.PRONOUN:
            at[phrase.token.i] = phrase
    partners: dict[Id, Phrase] = {}
    for first, second in (*_pairs(found, at), *_offices(found, roles)):
        kinds = {first.mention.kind, second.mention.kind}
        if first.plural == second.plural and (len(kinds) == 1 or Kind.OTHER in kinds):
            partners[second.mention.id] = first
    return partners


def _offices(found: Sequence[Phrase], roles: Sequence[Role]) -> Iterator[tuple[Phrase, Phrase]]:
    """A holder and the description that gives his office beside him: "Orvik, 54, the governor of Tarsk"."""
    holders = {phrase.mention.id: phrase for phrase in found}
    heads = {phrase.mention.head.end: phrase for phrase in found if phrase.mention.form is Form.DESCRIPTION}
    for role in roles:
        holder = holders.get(role.holder)
        if holder is None or all(reason.rule != "roles.apposition" for reason in role.reasons):
            continue
        inside = (heads[end] for end in range(role.span.start + 1, role.span.end + 1) if end in heads)
        office = next((phrase for phrase in inside if phrase.mention.kind is Kind.PERSON), None)
        if office is not None and office.mention.id != holder.mention.id:
            yield (holder, office) if holder.start < office.start else (office, holder)


def _pairs(found: Sequence[Phrase], at: dict[int, Phrase]) -> Iterator[tuple[Phrase, Phrase]]:
    for second in found:
        if second.mention.form is Form.PRONOUN or second.token.dep_ != "appos":
            continue
        first = at.get(second.token.head.i)
        described = first is not None and Form.DESCRIPTION in {first.mention.form, second.mention.form}
        if first is not None and described and in_apposition(first, second):
            yield first, second

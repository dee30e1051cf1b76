"""What an account is in FollowTheMoney: one function for each schema, each value with the words it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.export.citations import one_line, source_in_words
from onrecord.export.days import iso_prefix, known_ends, known_parts, published_in_words, when_in_words
from onrecord.export.resolved import Resolved
from onrecord.export.told import Told, told
from onrecord.record import (
    Entity,
    Form,
    Id,
    Kind,
    Mention,
    Reading,
    Role,
    SourceKind,
    Statement,
    TimeInterval,
    make_id,
)

# A longer name is cut by FollowTheMoney itself.
NAME = 380
# PLOVER sectors whose organisations are public bodies.
PUBLIC = frozenset({"GOV", "MIL", "JUD", "COP", "LEG", "SPY", "UNS"})
LANGUAGES = {"en": "eng"}


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a property; the row whose words say so, and these words exactly as they stand, where there are any."""

    prop: str
    value: str
    row: Id = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """An entity of FollowTheMoney."""

    id: Id
    schema: str
    values: tuple[Value, ...]

    def json(self) -> dict[str, Any]:
        """As a line of entities.ftm.json."""
        properties: dict[str, list[str]] = {}
        for value in self.values:
            properties.setdefault(value.prop, []).append(value.value)
        return {"id": self.id, "schema": self.schema, "properties": properties}


@dataclass(frozen=True, slots=True)
class Telltale:
    """A mention with the report it stands in."""

    mention: Mention
    reading: Reading

    @property
    def words(self) -> str:
        """The words exactly as they stand."""
        return self.mention.span.cut(self.reading.document.text)


def entities(resolved: Resolved) -> Iterator[Written]:
    """Every entity, each once: the reports, who is named, their posts, what happened, what was said."""
    named: dict[Id, list[Telltale]] = {}
    for reading in resolved.readings:
        yield _article(reading)
        for mention in reading.mentions:
            named.setdefault(mention.means or "", []).append(Telltale(mention, reading))
    schemata = {entity.id: schema_of(entity) for entity in resolved.entities.values()}
    for entity in resolved.entities.values():
        if schemata[entity.id]:
            yield _entity(entity, schemata[entity.id], named.get(entity.id, []))
    written = {id_: schema for id_, schema in schemata.items() if schema}
    seen: set[Id] = set()
    for each in _linked(resolved, written):
        if each.id not in seen:
            seen.add(each.id)
            yield each


def _linked(resolved: Resolved, written: Mapping[Id, str]) -> Iterator[Written]:
    """What points at articles and named entities; the same may come twice."""
    for reading in resolved.readings:
        for mention in reading.mentions:
            if mention.form is Form.NAME and _is_legal(written.get(mention.means or "")):
                yield _mention(mention, reading, written)
        for role in reading.roles:
            yield from _role(role, reading, resolved, written)
        for statement in reading.statements:
            yield from _said(statement, reading, resolved, written)
    for happening in told(resolved):
        yield _happening(happening, resolved, written)


def schema_of(entity: Entity) -> str:
    """The schema of an entity; empty for who has no name, and for works and things."""
    if not entity.named or not one_line(entity.name):
        return ""
    if entity.kind is Kind.ORGANISATION:
        return "PublicBody" if entity.sector in PUBLIC else "Organization"
    return {Kind.PERSON: "Person", Kind.GROUP: "LegalEntity", Kind.PLACE: "Address"}.get(entity.kind, "")


def _is_legal(schema: str | None) -> bool:
    return bool(schema) and schema != "Address"


def _made(id_: Id, schema: str, values: Iterable[Value]) -> Written:
    """An entity without empty values and without the same value twice."""
    kept: dict[tuple[str, str], Value] = {}
    for value in values:
        if value.value:
            kept.setdefault((value.prop, value.value), value)
    return Written(id_, schema, tuple(kept.values()))


def _date(prop: str, interval: TimeInterval | None) -> Value:
    """As much of a date as is known; nothing where it is only about then."""
    return Value(prop, "" if interval is None or interval.approximate else iso_prefix(known_parts(interval)))


def _article(reading: Reading) -> Written:
    document, published = reading.document, reading.published
    given = published if published is not None and not published.inferred else None
    inferred = f"Published {published_in_words(published)}." if published is not None and published.inferred else ""
    return _made(document.id, "Article", (
        Value("title", one_line(document.title)), Value("fileName", one_line(document.origin)),
        Value("publisher", one_line(document.outlet)), *(Value("author", one_line(a)) for a in document.authors),
        Value("sourceUrl", document.url if document.url.startswith(("http://", "https://")) else ""),
        _date("publishedAt", given), Value("notes", inferred), Value("contentHash", document.original),
        Value("mimeType", document.media_type), Value("language", LANGUAGES.get(document.language, "")),
        Value("bodyText", document.text),
    ))  # fmt: skip


def _entity(entity: Entity, schema: str, mentions: list[Telltale]) -> Written:
    label = "full" if schema == "Address" else "name"
    names = (entity.name, *entity.aliases)
    values = [_named(label if n == 0 else "alias", name, mentions) for n, name in enumerate(names)]
    proof = dict.fromkeys(telltale.reading.document.id for telltale in mentions)
    values += [Value("country", (entity.country or "").lower()), *(Value("proof", id_) for id_ in proof)]
    if schema == "Address" and entity.place is not None:
        values += [
            Value("country", entity.place.country.lower()),
            Value("latitude", str(entity.place.latitude)),
            Value("longitude", str(entity.place.longitude)),
        ]
    return _made(entity.id, schema, values)


def _named(prop: str, name: str, mentions: list[Telltale]) -> Value:
    """A name with the mention that has it; else with the first that has a name."""
    by_name = [telltale for telltale in mentions if telltale.mention.form is Form.NAME]
    own = [telltale for telltale in by_name if one_line(name) in one_line(telltale.words)]
    first = next(iter(own or by_name), None)
    return Value(prop, one_line(name)[:NAME], first.mention.id if first else "", first.words if first else "")


def _mention(mention: Mention, reading: Reading, written: Mapping[Id, str]) -> Written:
    words = mention.span.cut(reading.document.text)
    entity = mention.means or ""
    return _made(make_id("mention", reading.document.id, entity, one_line(words)), "Mention", (
        Value("document", reading.document.id), Value("name", one_line(words)[:NAME], mention.id, words),
        Value("resolved", entity), Value("detectedSchema", written[entity]),
    ))  # fmt: skip


def _role(role: Role, reading: Reading, resolved: Resolved, written: Mapping[Id, str]) -> Iterator[Written]:
    """A post in a public body or a country as Position and Occupancy, one elsewhere as a link.

    What is a post by its words alone ("captain") stays with the anchors.
    """
    means = {mention.id: mention.means or "" for mention in reading.mentions}
    holder, of = means.get(role.holder, ""), means.get(role.of or "", "")
    if written.get(holder) != "Person" or of not in written:
        return
    words = role.span.cut(reading.document.text)
    title = Value("name" if written[of] in {"PublicBody", "Address"} else "role", one_line(role.title), role.id, words)
    about = (
        Value("status", {True: "former", False: "in office when reported", None: ""}[role.former]),
        Value("description", one_line(words), role.id, words), Value("sourceUrl", _url(reading)), *_during(role.during),
    )  # fmt: skip
    if title.prop == "role":
        yield _made(role.id, "UnknownLink", (Value("subject", holder), Value("object", of), title, *about))
        return
    post = make_id("position", role.title, of)
    body = Value("organization", of if written[of] == "PublicBody" else "")
    country = Value("country", (resolved.entities[of].country or "").lower())
    yield _made(post, "Position", (title, body, country, Value("proof", reading.document.id)))
    yield _made(role.id, "Occupancy", (Value("holder", holder), Value("post", post), *about))


def _url(reading: Reading) -> str:
    url = reading.document.url
    return url if url.startswith(("http://", "https://")) else ""


def _during(interval: TimeInterval | None) -> Iterator[Value]:
    """From when until when, as far as known: an open side is left out, and so is what is only about then."""
    if interval is not None and not interval.approximate:
        first, last = known_ends(interval)
        yield Value("startDate", iso_prefix(first))
        yield Value("endDate", iso_prefix(last))


def _said(statement: Statement, reading: Reading, resolved: Resolved, written: Mapping[Id, str]) -> Iterator[Written]:
    """A statement as a Note, and that its named source is quoted in this report as Documentation."""
    text, source, report = reading.document.text, statement.source, reading.document.id
    spans = statement.content or statement.cue
    exact = " … ".join(span.cut(text) for span in spans)
    who = source_in_words(statement, reading, resolved)
    who = f"“{who}” (unnamed)" if source.kind is SourceKind.UNNAMED else who
    doing = statement.stance.value + (" (said not to have said so)" if statement.negated else "")
    doing += " (only supposed)" if statement.hypothetical else ""
    terms = "; ".join(one_line(span.cut(text)) for span in source.terms)
    people = [id_ for id_ in (source.entity, *source.joint) if id_ is not None and id_ in written]
    yield _made(statement.id, "Note", (
        Value("description", f"{who} {doing}: {_quoted(exact)}" + (f" On terms: {terms}." if terms else ""),
              statement.id, exact),
        *(Value("entity", id_) for id_ in people), Value("proof", report), Value("publisher", reading.document.outlet),
    ))  # fmt: skip
    for person in people if not statement.negated and not statement.hypothetical else ():
        yield _made(make_id("documentation", report, person), "Documentation", (
            Value("document", report), Value("entity", person), Value("role", "source quoted in the report"),
        ))  # fmt: skip


def _quoted(words: str) -> str:
    """Words in quotation marks, if they do not begin with one themselves."""
    shown = one_line(words)
    return shown if shown.startswith(("“", "‘", '"', "'", "«", "„")) else f"“{shown}”"


def _happening(happening: Told, resolved: Resolved, written: Mapping[Id, str]) -> Written:
    """What took place as an Event; everything else as a Note whose first words say that it did not, or may not have."""
    first, of = happening.tellings[0], happening.happening
    words = (first.event.clause or first.event.trigger).cut(first.reading.document.text)
    taking_part = dict.fromkeys((*of.actors, *of.recipients))
    people = [id_ for id_ in taking_part if id_ in written and _is_legal(written[id_])]
    account = in_words(happening)
    proof = [Value("proof", reading.document.id) for reading in happening.reports]
    if not happening.took_place:
        return _made(of.id, "Note", (
            Value("description", f"{happening.line} — {account}", first.event.id, words),
            *(Value("entity", id_) for id_ in people), *proof,
        ))  # fmt: skip
    place = resolved.entities.get(of.where or "") if written.get(of.where or "") == "Address" else None
    return _made(of.id, "Event", (
        Value("name", happening.line[:NAME], first.event.id, words), *_when(of.when),
        Value("summary", account), *(Value("involved", id_) for id_ in people),
        Value("location", one_line(place.name) if place else ""), Value("addressEntity", place.id if place else ""),
        Value("country", (place.country or "").lower() if place else ""), *proof,
    ))  # fmt: skip


def _when(interval: TimeInterval | None) -> tuple[Value, ...]:
    """A stretch only where it lasted throughout; else as much of the date as is known."""
    if interval is not None and interval.throughout and interval.end is not None and interval.start is not None:
        return tuple(_during(interval))
    return (_date("date", interval),)


def in_words(happening: Told) -> str:
    """Status, dispute, time and voices of a happening, in a sentence each."""
    of = happening.happening
    alone = "Told by unnamed sources alone." if of.unnamed_only else ""
    said = (
        f"Status: {happening.status}.", f"{happening.dispute.capitalize()}." if of.disputed else "",
        f"When: {when_in_words(of.when)}." if when_in_words(of.when) else "",
        f"According to {'; '.join(happening.voices)}.", alone,
    )  # fmt: skip
    return " ".join(filter(None, said))

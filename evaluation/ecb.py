"""The gold event mentions of ECB+ as tellings, and the same clustering of them as of a case's own events.

A mention that one of our own events covers is that event's telling; of another, a telling is made of its words, with
whoever, wherever and whenever its sentence names. Status plays no part, and bare sayings count here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from onrecord.accounts import receive
from onrecord.engine import Lost, ReadWith, engine_named
from onrecord.join.what.clusters import cluster
from onrecord.join.what.sameness import ENOUGH, SLOTS, compare
from onrecord.join.what.telling import Setting, Telling, setting_of, tellings_of
from onrecord.record import Event, EventType, Kind, Participant, Reading, Received, Span

Mention = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """A gold mention with its telling; ``own``: whether an event of ours covers it."""

    mention: Mention
    telling: Telling
    setting: Setting
    own: bool


def gold(shared: Path, folder: Path, split: str) -> Iterator[tuple[str, str, str, str, Told]]:
    """Topic, subtopic, report, gold event and telling of each mention of a split; the reports are read here."""
    import spacy

    from onrecord.extract import PIPELINE

    out, given = folder / f"ecb-{split}.jsonl", folder / f"ecb-{split}-input.jsonl"
    converter = [sys.executable, shared / "measure/ecb_to_jsonl.py", shared / "gold/crossdoc/ecbplus", out]
    subprocess.run([*converter, "--split", split, "--input", given], check=True, capture_output=True)
    nlp = spacy.load(PIPELINE, disable=["ner"])
    readings = {reading.document.url.removeprefix("gold:"): reading for reading in _read(given)}
    for line in out.read_text(encoding="utf-8").split("\n"):
        if line:
            document = json.loads(line)
            place = document["topic"], document["subtopic"], document["id"]
            for one in told(readings[document["id"]], document["mentions"], nlp):
                yield *place, one.mention["cluster"], one


def _read(given: Path) -> Iterator[Reading]:
    documents = [one.document for one in receive(given) if isinstance(one, Received)]
    for found in engine_named("processes")(ReadWith(everything=True), documents):
        if isinstance(found, Lost):
            raise RuntimeError(f"a report was not read: {found.cause}")
        yield found[0]


def clusters(found: Sequence[Told], enough: float = ENOUGH, slots: int = SLOTS) -> dict[str, str]:
    """Each mention with the least of its cluster: all that are told in different reports are compared."""
    edges, hints, apart = [], [], []
    for one, other in combinations(found, 2):
        if one.telling.report == other.telling.report:
            continue
        compared = compare(one.telling, other.telling, one.setting, other.setting)
        pair = one.telling.event, other.telling.event
        if compared.forbidden:
            apart.append(pair)
        elif compared.score:
            (edges if len(compared.agreeing) >= slots else hints).append((*pair, compared.score))
    reports = {one.telling.event: one.telling.report for one in found}
    return cluster(reports, edges, apart, enough, reports, hints)


def told(reading: Reading, mentions: Iterable[Mention], nlp: Any) -> Iterator[Told]:
    """The validated event mentions of one document, each with its telling."""
    mentions = [mention for mention in mentions if mention["kind"] == "event" and mention["validated"]]
    covering = [_covering(reading.events, mention) for mention in mentions]
    events = tuple(
        replace(event, id=mention["id"]) if event is not None else _made(reading, mention, nlp)
        for mention, event in zip(mentions, covering, strict=True)
    )
    setting = setting_of(reading)
    tellings = tellings_of(replace(reading, events=events), sayings=True)
    for mention, event, telling in zip(mentions, covering, tellings, strict=True):
        yield Told(mention, telling, setting, event is not None)


def _covering(events: Sequence[Event], mention: Mention) -> Event | None:
    """The event whose trigger shares most characters with the mention."""

    def shared(event: Event) -> int:
        return sum(max(0, min(end, event.trigger.end) - max(begin, event.trigger.start)) for begin, end in spans)

    spans = mention["spans"]
    best = max(events, key=shared, default=None)
    return best if best is not None and shared(best) else None


def _made(reading: Reading, mention: Mention, nlp: Any) -> Event:
    """An event of a mention that none of ours covers."""
    trigger = Span(*mention["spans"][0]) if len(mention["spans"]) > 1 else Span(*mention["anchor"])
    sentence = next((s.span for s in reading.sentences if s.span.contains(trigger)), trigger)
    nearby = [event for event in reading.events if sentence.contains(event.trigger)]
    when = next((event.when for event in nearby if event.when is not None), None)
    people, places = [], []
    entities = {entity.id: entity for entity in reading.entities}
    for found in reading.mentions:
        if sentence.contains(found.span) and found.means in entities and not found.span.overlaps(trigger):
            (places if entities[found.means].kind is Kind.PLACE else people).append(found.means)
    where = next(iter(places), None)
    participants = tuple(Participant("other", entity) for entity in dict.fromkeys(people))
    lemma = _lemma(reading.document.text, trigger, sentence, nlp)
    return Event(
        mention["id"], trigger, lemma, EventType.OTHER, sentence, participants=participants, where=where, when=when
    )


def _lemma(text: str, trigger: Span, sentence: Span, nlp: Any) -> str:
    doc = nlp(sentence.cut(text).replace("\n", " "))
    found = doc.char_span(trigger.start - sentence.start, trigger.end - sentence.start, alignment_mode="expand")
    return found.root.lemma_.lower()

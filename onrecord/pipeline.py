"""The stages, their order, and the walk of one document through them.

A stage is a function ``(reading, parse, tools) -> tuple of nouns``; its result replaces the field it gives. A stage
that needs a field no earlier stage gives stops the program at start, by name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from onrecord.errors import BadPlug
from onrecord.extract import parse
from onrecord.extract.parse import Parse, Tools, load_tools
from onrecord.extract.says import cues, quotations, sourcing, statements
from onrecord.extract.what import chronology, events, quantities, relations, status, wholes
from onrecord.extract.when import dating, resolution, saying, spoken, times
from onrecord.extract.who import coreference, entities, mentions, places, roles, tenure
from onrecord.record import Document, Problem, Reading
from onrecord.registry import plugged

__all__ = ["STAGES", "Stage", "all_stages", "check_order", "load_tools", "read_document"]

Find = Callable[[Reading, Parse, Tools], Any]


@dataclass(frozen=True, slots=True)
class Stage:
    """One step: its name, the field of ``Reading`` that it gives, the fields that must be there before it."""

    name: str
    gives: str
    find: Find
    needs: tuple[str, ...] = ()


STAGES: tuple[Stage, ...] = (
    Stage("sentences", "sentences", parse.find_sentences),
    Stage("quotations", "quotations", quotations.find, ("sentences",)),
    Stage("mentions", "mentions", mentions.find, ("sentences", "quotations")),
    Stage("roles", "roles", roles.find, ("mentions",)),
    Stage("cues", "cues", cues.find, ("quotations", "mentions")),
    Stage("coreference", "mentions", coreference.resolve, ("mentions", "roles", "cues")),
    Stage("entities", "entities", entities.gather, ("mentions", "roles")),
    Stage("statements", "statements", statements.find, ("cues", "entities")),
    Stage("sourcing", "sourcing", sourcing.find, ("entities",)),
    Stage("times", "times", times.find, ("sentences",)),
    Stage("dating", "published", dating.find, ("times",)),
    Stage("resolution", "times", resolution.resolve, ("times", "published", "statements")),
    Stage("said-when", "statements", saying.date_statements, ("statements", "times")),
    Stage("quoted-times", "times", spoken.find, ("statements", "times")),
    Stage("tenure", "roles", tenure.settle, ("roles", "entities", "times", "published")),
    Stage("places", "entities", places.find, ("entities",)),
    Stage("events", "events", events.find, ("entities", "statements", "times")),
    Stage("status", "events", status.judge, ("events", "statements")),
    Stage("chronology", "events", chronology.settle, ("events", "times", "published")),
    Stage("wholes", "events", wholes.find, ("events",)),
    Stage("relations", "links", relations.find, ("events",)),
    Stage("hung-times", "times", chronology.hang_times, ("events", "times")),
    Stage("quantities", "quantities", quantities.find, ("entities", "events")),
)


@cache
def all_stages() -> tuple[Stage, ...]:
    """The built-in stages, and after them those of plug-ins. Raises BadPlug if the order cannot hold."""
    built_in = {stage.name: stage.find for stage in STAGES}
    extra = [
        Stage(name, getattr(find, "gives", name), find, tuple(getattr(find, "needs", ())))
        for name, find in plugged("stages", built_in).items()
        if name not in built_in
    ]
    stages = (*STAGES, *extra)
    check_order(stages)
    return stages


def check_order(stages: Sequence[Stage]) -> None:
    """Raises BadPlug if a stage stands before what it needs, or gives what a Reading does not hold."""
    given = set[str]()
    for stage in stages:
        missing = [need for need in stage.needs if need not in given]
        if missing:
            raise BadPlug(f"stage {stage.name!r} needs {', '.join(missing)}, which no stage before it gives")
        if stage.gives not in Reading.__dataclass_fields__:
            raise BadPlug(f"stage {stage.name!r} gives {stage.gives!r}, which a Reading does not hold")
        given.add(stage.gives)


def read_document(document: Document, tools: Tools, stages: Sequence[Stage] = STAGES) -> Reading:
    """Walk one document through the stages. Pure: no file, clock, network or global is touched.

    A stage that fails becomes a ``Problem`` of the reading; the stages after it go on with what there is.
    """
    parsed = parse.parse(document, tools)
    reading = Reading(document, published=document.published)
    for stage in stages:
        try:
            reading = replace(reading, **{stage.gives: stage.find(reading, parsed, tools)})
        except Exception as error:  # one stage on one document: the reading goes on, and says so
            message = f"{type(error).__name__}: {error}"
            reading = replace(reading, problems=(*reading.problems, Problem(document.id, stage.name, message)))
    return reading

"""Everything that is plugged in, in one list: what `onrecord plugs` prints."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord import __version__
from onrecord.engine import ENGINES
from onrecord.export import EXPORTERS
from onrecord.extract import PIPELINE
from onrecord.lexicon import load_lexicons
from onrecord.readers import READERS
from onrecord.registry import plugs

Row = tuple[str, str, str, str, str]


def all_plugs() -> tuple[Row, ...]:
    """(socket, name, package, version or digest, what it is), by socket. Raises BadPlug for a bad plug."""
    return tuple(_rows())


def _rows() -> Iterator[Row]:
    from onrecord.extract.parse import pipeline_model
    from onrecord.pipeline import all_stages

    stages = {stage.name: stage.find for stage in all_stages()}
    for socket, table in (("readers", READERS), ("stages", stages), ("exporters", EXPORTERS), ("engines", ENGINES)):
        for plug in plugs(socket, table, __version__):
            yield plug.socket, plug.name, plug.package, plug.version, plug.about
    model = pipeline_model(PIPELINE)
    yield "models", model.name, "spaCy pipeline", model.version, model.digest
    for name, lexicon in load_lexicons().files.items():
        yield "lexicons", name, "onrecord", lexicon.digest, f"{len(lexicon.rows)} rows"

"""An account -> files. Every exporter is a function ``(account, out) -> paths written``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from onrecord.export.account_json import write_json
from onrecord.export.annotations import write_annotations
from onrecord.export.bibtex import write_bibtex
from onrecord.export.csl_json import write_csl_json
from onrecord.export.ftm import write_ftm
from onrecord.export.geojson import write_geojson
from onrecord.export.gexf import write_gexf
from onrecord.export.graphml import write_graphml
from onrecord.export.plover import write_plover
from onrecord.export.tables import write_csv
from onrecord.export.timelinejs import write_timelinejs
from onrecord.export.timeml import write_timeml
from onrecord.record import Account

Exporter = Callable[[Account, Path], list[Path]]

EXPORTERS: Mapping[str, Exporter] = {
    "annotations": write_annotations,
    "bibtex": write_bibtex,
    "csl-json": write_csl_json,
    "csv": write_csv,
    "ftm": write_ftm,
    "geojson": write_geojson,
    "gexf": write_gexf,
    "graphml": write_graphml,
    "json": write_json,
    "plover": write_plover,
    "timelinejs": write_timelinejs,
    "timeml": write_timeml,
}

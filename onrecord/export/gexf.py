"""GEXF 1.2: the graph of an account (``graph.py``) for Gephi, with the stretch of time in which each happening lies.

``start`` and ``end`` are days, both included, as far as they are known. The happening lies in that stretch, and need
not have lasted throughout it (``days`` says it in words). Entities have none.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from pathlib import Path

from onrecord.export.account_json import interval_json
from onrecord.export.graph import EDGE_COLUMNS, NODE_COLUMNS, Cell, edges, nodes
from onrecord.export.graphml import plain, serialized
from onrecord.export.resolved import Resolved, resolve
from onrecord.export.timeml import HEAD
from onrecord.export.written import single_file
from onrecord.record import Account, TimeInterval

TYPES = {str: "string", int: "integer", float: "double", bool: "boolean"}
COLUMNS: Mapping[str, Mapping[str, type]] = {"node": NODE_COLUMNS, "edge": EDGE_COLUMNS}


def write_gexf(account: Account, out: Path) -> list[Path]:
    """GEXF 1.2: entities, happenings and their ties as a directed graph over time, in the file ``out``."""
    single_file(out, "GEXF")
    resolved = resolve(account)
    with out.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{HEAD}<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n')
        file.write('<graph defaultedgetype="directed" mode="dynamic" timeformat="date">\n')
        file.writelines(_columns())
        file.write("<nodes>\n")
        file.writelines(_nodes(resolved))
        file.write("</nodes>\n<edges>\n")
        file.writelines(_edges(resolved))
        file.write("</edges>\n</graph>\n</gexf>\n")
    return [out]


def _columns() -> Iterator[str]:
    for of, columns in COLUMNS.items():
        element = ET.Element("attributes", {"class": of, "mode": "static"})
        for name, type_ in columns.items():
            ET.SubElement(element, "attribute", {"id": f"{of}-{name}", "title": name, "type": TYPES[type_]})
        yield serialized(element)


def _nodes(resolved: Resolved) -> Iterator[str]:
    for node in nodes(resolved):
        yield _element("node", {"id": node.id, "label": plain(node.label), **_stretch(node.when)}, node.cells)


def _edges(resolved: Resolved) -> Iterator[str]:
    for edge in edges(resolved):
        ends = {"id": edge.id, "source": edge.left, "target": edge.right, "label": edge.kind}
        yield _element("edge", ends | _stretch(edge.when), edge.cells)


def _stretch(when: TimeInterval | None) -> dict[str, str]:
    shown = interval_json(when) or {}
    ends = {"start": shown.get("earliest"), "end": shown.get("latest")}
    return {name: day for name, day in ends.items() if day}


def _element(tag: str, attributes: Mapping[str, str], cells: Mapping[str, Cell]) -> str:
    element = ET.Element(tag, dict(attributes))
    values = ET.SubElement(element, "attvalues")
    for name, value in cells.items():
        ET.SubElement(values, "attvalue", {"for": f"{tag}-{name}", "value": plain(value)})
    return serialized(element)

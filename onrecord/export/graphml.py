"""GraphML: the graph of an account (``graph.py``) for yEd, Cytoscape, igraph, networkx; http://graphml.graphdrawing.org."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from pathlib import Path

from onrecord.export.graph import EDGE_COLUMNS, NODE_COLUMNS, Cell, edges, nodes
from onrecord.export.resolved import Resolved, resolve
from onrecord.export.timeml import FORBIDDEN, HEAD
from onrecord.export.written import single_file
from onrecord.record import Account

TYPES = {str: "string", int: "int", float: "double", bool: "boolean"}
COLUMNS: Mapping[str, Mapping[str, type]] = {"node": {"label": str, **NODE_COLUMNS}, "edge": EDGE_COLUMNS}


def write_graphml(account: Account, out: Path) -> list[Path]:
    """GraphML: entities, happenings and their ties as a directed graph, in the file ``out``."""
    single_file(out, "GraphML")
    with out.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{HEAD}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        file.writelines(_keys())
        file.write('<graph id="account" edgedefault="directed">\n')
        file.writelines(graph_lines(resolve(account)))
        file.write("</graph>\n</graphml>\n")
    return [out]


def graph_lines(resolved: Resolved) -> Iterator[str]:
    """Every node and every edge as an element, one at a time."""
    for node in nodes(resolved):
        yield _element("node", {"id": node.id}, {"label": node.label, **node.cells})
    for edge in edges(resolved):
        yield _element("edge", {"id": edge.id, "source": edge.left, "target": edge.right}, edge.cells)


def _keys() -> Iterator[str]:
    for of, columns in COLUMNS.items():
        for name, type_ in columns.items():
            key = {"id": f"{of}-{name}", "for": of, "attr.name": name, "attr.type": TYPES[type_]}
            yield serialized(ET.Element("key", key))


def _element(tag: str, attributes: Mapping[str, str], cells: Mapping[str, Cell]) -> str:
    element = ET.Element(tag, dict(attributes))
    for name, value in cells.items():
        ET.SubElement(element, "data", {"key": f"{tag}-{name}"}).text = plain(value)
    return serialized(element)


def plain(value: Cell) -> str:
    r"""A cell as XML can hold it: what has no place in XML is left out, yes and no are true and false.

    >>> plain(True), plain(0.5), plain("bell\x07")
    ('true', '0.5', 'bell')
    """
    return str(value).lower() if isinstance(value, bool) else FORBIDDEN.sub("", str(value))


def serialized(element: ET.Element) -> str:
    """An element on a line of its own."""
    return ET.tostring(element, encoding="unicode") + "\n"

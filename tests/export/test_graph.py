"""GraphML and GEXF: read back by networkx, every node and tie with what is known of it; nothing XML cannot hold."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import networkx
import pytest

from onrecord.errors import BadInput
from onrecord.export.gexf import write_gexf
from onrecord.export.graph import EDGE_COLUMNS, NODE_COLUMNS, edges, nodes
from onrecord.export.graphml import write_graphml
from onrecord.export.resolved import resolve
from onrecord.record import Account, Entity, Kind, Status

Write = Callable[[Account, Path], list[Path]]
BOTH = pytest.mark.parametrize("write", [write_graphml, write_gexf])


def read_back(write: Write, account: Account, out: Path) -> networkx.MultiDiGraph:
    (path,) = write(account, out)
    read = networkx.read_graphml if write is write_graphml else networkx.read_gexf
    graph = read(path)
    return graph if graph.is_multigraph() else networkx.MultiDiGraph(graph)


def ties(graph: networkx.MultiDiGraph) -> list[tuple[str, str, str]]:
    return sorted((left, right, data["kind"]) for left, right, data in graph.edges(data=True))


@BOTH
def test_nodes_and_ties_come_back(write: Write, affair: Account, tmp_path: Path) -> None:
    graph = read_back(write, affair, tmp_path / "graph.xml")
    assert graph.is_directed()
    assert set(graph) == {"e-1", "e-2", "e-3", "e-4", "h-1", "h-2", "h-3"}
    assert ties(graph) == [
        ("e-1", "h-1", "actor"),
        ("e-3", "e-1", "role of"),
        ("e-3", "e-1", "said to"),
        ("e-3", "h-1", "said"),
        ("e-3", "h-3", "actor"),
        ("e-4", "h-1", "instrument"),
        ("e-4", "h-2", "said"),
        ("h-1", "e-2", "where"),
    ]


@BOTH
def test_status_time_and_score_stand_on_nodes_and_ties(write: Write, affair: Account, tmp_path: Path) -> None:
    graph = read_back(write, affair, tmp_path / "graph.xml")
    seized, fled, planned = graph.nodes["h-1"], graph.nodes["h-2"], graph.nodes["h-3"]
    assert (seized["status"], seized["disputed"], seized["disputed_on"]) == ("happened", True, "when")
    assert (seized["earliest"], seized["latest"], seized["days"]) == (
        "2023-05-03",
        "2023-05-09",
        "a day between 3 and 9 May 2023",
    )
    assert (seized["voices"], seized["according_to"]) == (2, "Ilda Venn, in The Ledger; second.txt")
    assert (fled["label"], fled["status"], fled["unnamed_only"]) == ("denied: the crew fled", "denied", True)
    assert planned["label"] == "planned: Venn plans to sail again"
    by_kind = {(left, right, data["kind"]): data for left, right, data in graph.edges(data=True)}
    said = by_kind["e-4", "h-2", "said"]
    assert (said["status"], said["certainty"], said["score"], said["report"]) == ("denied", -2, 1.0, "r-1")
    office = by_kind["e-3", "e-1", "role of"]
    assert (office["title"], office["former"], office["earliest"]) == ("chief", True, "2020-01-01")
    assert by_kind["e-3", "h-3", "actor"]["status"] == "planned"
    assert graph.nodes["e-4"]["named"] is False


def test_gexf_has_a_stretch_of_time_where_one_is_known(affair: Account, tmp_path: Path) -> None:
    graph = read_back(write_gexf, affair, tmp_path / "graph.gexf")
    assert (graph.nodes["h-1"]["start"], graph.nodes["h-1"]["end"]) == ("2023-05-03", "2023-05-09")
    assert "start" not in graph.nodes["h-2"]
    role = next(data for _, _, data in graph.edges(data=True) if data["kind"] == "role of")
    assert (role.get("start"), role.get("end")) == ("2020-01-01", None)
    assert graph.graph["mode"] == "dynamic"


@BOTH
@pytest.mark.parametrize("name", ["a\x00b\x0b\x1b[31m", "<&>\"'\n\t]]>", "\ud800lone", "\uffff\ufffe", ""])
def test_a_name_may_hold_anything(write: Write, affair: Account, name: str, tmp_path: Path) -> None:
    entities = (replace(affair.entities[0], name=name), *affair.entities[1:])
    graph = read_back(write, replace(affair, entities=entities), tmp_path / "graph.xml")
    assert len(graph) == 7


@BOTH
def test_an_account_without_anything_is_a_graph_without_anything(write: Write, affair: Account, tmp_path: Path) -> None:
    graph = read_back(write, Account(affair.made, (), (), ()), tmp_path / "graph.xml")
    assert len(graph) == 0


@BOTH
def test_a_folder_in_the_way_is_named(write: Write, affair: Account, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"is a folder; G.* is one file"):
        write(affair, tmp_path)


@BOTH
def test_many_nodes_are_written_one_at_a_time(write: Write, affair: Account, tmp_path: Path) -> None:
    many = tuple(Entity(f"x-{n}", Kind.PERSON, True, f"Nobody {n}", (), members=(f"x-{n}",)) for n in range(20_000))
    start = perf_counter()
    (path,) = write(replace(affair, entities=(*affair.entities, *many)), tmp_path / "graph.xml")
    assert perf_counter() - start < 20
    found = sum(1 for _, element in ET.iterparse(path) if element.tag.endswith("}node"))
    assert found == 20_007


@pytest.mark.parametrize("status", list(Status))
def test_no_tie_makes_a_fact_of_what_is_none(affair: Account, status: Status) -> None:
    happenings = tuple(replace(happening, status=status) for happening in affair.happenings)
    found = [edge for edge in edges(resolve(replace(affair, happenings=happenings))) if edge.kind in {"actor", "where"}]
    assert len(found) == 3
    assert ("happened" in {edge.cells["status"] for edge in found}) == (status is Status.HAPPENED)


def test_cells_are_of_the_columns_and_their_types(affair: Account, account: Account) -> None:
    for one in (affair, account):
        for node in nodes(resolve(one)):
            assert all(type(value) is NODE_COLUMNS[name] for name, value in node.cells.items())
        for edge in edges(resolve(one)):
            assert all(type(value) is EDGE_COLUMNS[name] for name, value in edge.cells.items())


def test_who_is_told_not_to_have_said_it_said_nothing(affair: Account) -> None:
    (one, two) = affair.readings
    denied = tuple(replace(statement, negated=True) for statement in one.statements)
    changed = replace(affair, readings=(replace(one, statements=denied), two))
    assert not [edge for edge in edges(resolve(changed)) if edge.kind.startswith("said")]

"""The floor plan (docs/design.md): who may import whom, one room per library, and the budget of every function."""

from __future__ import annotations

import ast
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord

ROOT = Path(onrecord.__file__).parent
GROUND = {"record", "names", "lexicon", "gazetteer", "senses", "registry", "errors"}
FLOOR_1 = {"readers", "extract", "join", "screen", "check", "store", "export"}
# Rooms above may use those below; rooms of floor 1 never use each other.
MAY_USE = (
    dict.fromkeys(GROUND, GROUND)
    | {room: GROUND | {room} for room in FLOOR_1}
    | {
        "pipeline": GROUND | FLOOR_1,
        "engine": GROUND | {"pipeline", "extract"},
        "joining": GROUND | FLOOR_1,
        "accounts": GROUND | FLOOR_1 | {"pipeline", "engine", "joining"},
        "case": GROUND | FLOOR_1 | {"pipeline", "engine", "joining", "accounts"},
        "plugs": GROUND | FLOOR_1 | {"pipeline", "engine", "joining", "accounts", "case"},
        "cli": GROUND | FLOOR_1 | {"pipeline", "engine", "joining", "accounts", "case", "plugs", "cli"},
        "__init__": {"accounts", "case"},
        "__main__": {"cli"},
    }
)
ONE_ROOM = {
    "spacy": "extract", "sqlite3": "store", "lxml": "readers", "trafilatura": "readers", "pypdfium2": "readers",
    "py3langid": "readers", "charset_normalizer": "readers", "click": "cli", "rich": "cli",
    "numpy": "extract", "onnxruntime": "extract", "tokenizers": "extract", "rensa": "join",
}  # fmt: skip
NETWORK = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "requests", "urllib3", "httpx", "asyncio"}
# What is slow to load, and only needed when a report is read.
LAZY = (
    "spacy",
    "numpy",
    "onnxruntime",
    "tokenizers",
    "onrecord.pipeline",
    "onrecord.extract.parse",
    "importlib.metadata",
)
LINES, MEDIAN_LINES, NEST, PARAMETERS, MODULE_LINES = 50, 8, 4, 6, 400
# The nouns live in one file (docs/design.md), the commands in another.
LONG_MODULES = {"record": 520}
BROAD = {("pipeline", "read_document")}

MODULES = sorted(path for path in ROOT.rglob("*.py"))
Function = ast.FunctionDef | ast.AsyncFunctionDef


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(node: ast.AST) -> Iterator[str]:
    """The full names of the modules that are imported at run time anywhere under a node."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, "imports are absolute"
            yield from (f"{child.module}.{alias.name}" for alias in child.names)
        yield from imports(child)


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def code_lines(node: ast.AST, source: list[str]) -> int:
    """Lines that are not blank, comment or docstring."""
    docstrings = {
        line
        for part in ast.walk(node)
        if isinstance(part, Function | ast.ClassDef | ast.Module) and ast.get_docstring(part, clean=False) is not None
        for line in range(part.body[0].lineno, (part.body[0].end_lineno or 0) + 1)
    }
    first, last = (1, len(source)) if isinstance(node, ast.Module) else (node.lineno, node.end_lineno)  # type: ignore[attr-defined]
    lines = ((n, source[n - 1].strip()) for n in range(first, last + 1))
    return sum(bool(line) and not line.startswith("#") and n not in docstrings for n, line in lines)


def nest(node: ast.AST, depth: int = 0) -> int:
    """The deepest nest of if, for, while, with and try; an elif goes no deeper."""
    deepest = depth
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function | ast.ClassDef | ast.Lambda):
            continue
        goes_down = isinstance(child, ast.If | ast.For | ast.While | ast.With | ast.Try)
        is_elif = isinstance(node, ast.If) and isinstance(child, ast.If) and child in node.orelse
        deepest = max(deepest, nest(child, depth + (goes_down and not is_elif)))
    return deepest


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_uses_only_the_floors_below(path: Path) -> None:
    allowed = MAY_USE[room(path)]
    used = {name.split(".")[1] for name in imports(tree(path)) if name.startswith("onrecord.")} - {"__version__"}
    assert used <= allowed, f"{room(path)} may not use {', '.join(sorted(used - allowed))}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_library_has_one_room_and_nothing_opens_the_network(path: Path) -> None:
    used = {name.split(".")[0] for name in imports(tree(path))} - {"onrecord"}
    strays = {library for library in used if ONE_ROOM.get(library, room(path)) != room(path)}
    assert not strays, f"{strays} belong elsewhere"
    unknown = used - set(ONE_ROOM) - sys.stdlib_module_names
    assert not unknown, f"{unknown}: give the library a room"
    assert not used & NETWORK
    if room(path) in GROUND:
        assert used <= sys.stdlib_module_names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_slow_libraries_are_imported_inside_functions(path: Path) -> None:
    inside = {name for function in functions(path) for name in imports(function)}
    assert not {name for name in inside if not name.startswith(LAZY)}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_functions_and_modules_stay_small(path: Path) -> None:
    source = path.read_text(encoding="utf-8").splitlines()
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    assert code_lines(tree(path), source) <= LONG_MODULES.get(name, MODULE_LINES)
    for function in functions(path):
        arguments = function.args
        parameters = len(arguments.args) + len(arguments.kwonlyargs) + len(arguments.posonlyargs)
        assert code_lines(function, source) <= LINES, f"{function.name} is too long"
        assert nest(function) <= NEST, f"{function.name} nests too deep"
        assert parameters <= PARAMETERS + (room(path) == "cli"), f"{function.name} takes too many parameters"


def test_the_median_function_is_short() -> None:
    lengths = [
        code_lines(function, path.read_text(encoding="utf-8").splitlines())
        for path in MODULES
        for function in functions(path)
    ]
    assert statistics.median(lengths) <= MEDIAN_LINES


def swallows_all(node: ast.AST) -> bool:
    """Whether this handler catches everything and does not raise it again."""
    if not isinstance(node, ast.ExceptHandler):
        return False
    broad = node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"})
    last = node.body[-1]
    return broad and not (isinstance(last, ast.Raise) and last.exc is None)


def test_broad_excepts_stand_only_where_the_design_names_them() -> None:
    found = {
        (room(path), function.name)
        for path in MODULES
        for function in functions(path)
        for node in ast.walk(function)
        if swallows_all(node)
    }
    assert found <= BROAD


def test_modules_do_not_import_in_circles() -> None:
    graph = {}
    names = {
        ".".join(("onrecord", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
        for path in MODULES
    }
    for path in MODULES:
        own = ".".join(("onrecord", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
        used = {name if name in names else name.rpartition(".")[0] for name in imports(tree(path))}
        graph[own] = {name for name in used if name in names and name not in {own, "onrecord"}}
    while leaves := {name for name, used in graph.items() if not used & graph.keys()}:
        graph = {name: used for name, used in graph.items() if name not in leaves}
    assert not graph, f"in a circle: {sorted(graph)}"


def test_the_plan_catches_a_stray() -> None:
    stray = ast.parse("def f():\n    if x:\n        for a in b:\n            import spacy.tokens\n")
    assert list(imports(stray)) == ["spacy.tokens"]
    assert nest(stray.body[0]) == 2

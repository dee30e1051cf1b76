"""What can be found by name: a room's own table, and what installed packages add through entry points.

The sockets are ``onrecord.readers``, ``onrecord.stages``, ``onrecord.exporters`` and ``onrecord.engines``. Every plug
is a plain function. Plug-ins are loaded only when asked for; equal names are an error, never a silent override.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord.errors import BadPlug

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint, EntryPoints

PACKAGE = "onrecord"


@dataclass(frozen=True, slots=True)
class Plug:
    """One thing that is plugged in: its socket, name, the package it comes from, and what it says of itself."""

    socket: str
    name: str
    package: str
    version: str
    about: str


def plugged(socket: str, built_in: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """The room's own table and the plug-ins of ``onrecord.<socket>``. Raises BadPlug for equal names or a bad plug."""
    found = dict(built_in)
    for point in _entry_points(socket):
        if point.name in found:
            raise BadPlug(f"{socket}: two plugs are called {point.name!r}; one is from {_package(point)}")
        found[point.name] = _load(point, socket)
    return found


def _entry_points(socket: str) -> EntryPoints:
    from importlib.metadata import entry_points

    return entry_points(group=f"{PACKAGE}.{socket}")


def _load(point: EntryPoint, socket: str) -> Callable[..., Any]:
    try:
        function = point.load()
    except (ImportError, AttributeError) as error:
        raise BadPlug(f"{socket}: {point.name!r} from {_package(point)} cannot be loaded: {error}") from error
    if not callable(function):
        raise BadPlug(f"{socket}: {point.name!r} from {_package(point)} is no function")
    return function  # type: ignore[no-any-return]


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist else "an unknown package"


def plugs(socket: str, built_in: Mapping[str, Callable[..., Any]], version: str) -> tuple[Plug, ...]:
    """What is plugged into a socket, from where, in which version."""
    origin = {
        point.name: (_package(point), point.dist.version if point.dist else "") for point in _entry_points(socket)
    }
    return tuple(
        Plug(socket, name, *origin.get(name, (PACKAGE, version)), about=(function.__doc__ or "").split("\n")[0])
        for name, function in sorted(plugged(socket, built_in).items())
    )

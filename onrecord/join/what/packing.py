"""Tellings, settings and links as words, to be kept beside the findings, and back."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from onrecord.join.what.telling import Days, Number, Point, Setting, Telling
from onrecord.record import EventType, Link, LinkKind, Reason, Span, Status

_TELLING = tuple(field.name for field in fields(Telling))
_SETTING = tuple(field.name for field in fields(Setting))
_PARTS = {Days: tuple(f.name for f in fields(Days)), Point: tuple(f.name for f in fields(Point))}
_NUMBER = tuple(field.name for field in fields(Number))


def pack_telling(telling: Telling) -> str:
    """A telling as JSON: its fields in their order."""
    return _dumps([_plain(getattr(telling, name)) for name in _TELLING])


def unpack_telling(packed: str) -> Telling:
    """The telling again. Raises ValueError or TypeError for what is none."""
    values = dict(zip(_TELLING, json.loads(packed), strict=True))
    values["type"], values["status"] = EventType(values["type"]), Status(values["status"])
    values["when"] = _days(values["when"])
    where = values["where"]
    values["where"] = None if where is None else Point(tuple(where[0]), *where[1:])
    values["numbers"] = tuple(Number(*number) for number in values["numbers"])
    return Telling(**{name: _tuple(value) for name, value in values.items()})


def pack_setting(setting: Setting) -> str:
    """A setting as JSON: its fields in their order."""
    return _dumps([_plain(getattr(setting, name)) for name in _SETTING])


def unpack_setting(packed: str) -> Setting:
    """The setting again."""
    values = dict(zip(_SETTING, json.loads(packed), strict=True))
    values["published"] = _days(values["published"])
    return Setting(**{name: _tuple(value) for name, value in values.items()})


def pack_link(link: Link) -> str:
    """A link as JSON: its fields in their order."""
    reasons = [[r.rule, r.note, _ends(r.span), r.weight, r.model] for r in link.reasons]
    spans = [list(map(_ends, link.left_spans)), list(map(_ends, link.right_spans))]
    head = [link.id, link.left, link.right, link.kind, link.score, link.by, link.field]
    return _dumps([*head, reasons, *spans])


def unpack_link(packed: str) -> Link:
    """The link again."""
    *head, reasons, left, right = json.loads(packed)
    id_, one, other, kind, score, by, field = head
    because = tuple(Reason(rule, note, span and Span(*span), *rest) for rule, note, span, *rest in reasons)
    spans = (tuple(Span(*ends) for ends in left), tuple(Span(*ends) for ends in right))
    return Link(id_, one, other, LinkKind(kind), score, by, field, because, *spans)


def _ends(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _dumps(values: list[Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, Days | Point):
        return [getattr(value, name) for name in _PARTS[type(value)]]
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return [getattr(value, name) for name in _NUMBER] if isinstance(value, Number) else value


def _days(value: list[Any] | None) -> Days | None:
    return None if value is None else Days(*value)


def _tuple(value: Any) -> Any:
    return tuple(map(_tuple, value)) if isinstance(value, list) else value

"""A mention before it has an id, in tokens: what the finders of names, descriptions and pronouns give."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.record import Form, Kind, Reason


@dataclass(frozen=True, slots=True)
class Found:
    """A mention in tokens, before it has an id: its span, its head, what it is and why."""

    start: int
    end: int
    head_start: int
    head_end: int
    kind: Kind
    form: Form
    reasons: tuple[Reason, ...] = ()

"""The errors that onrecord raises on purpose. Each message names the file (and line) and says what to do.

    OnRecordError
    ├── BadInput    a report that cannot be read
    ├── BadRule     a lexicon row that makes no sense
    ├── BadCase     a case file that cannot be opened, or is not one
    ├── BadDecision a decision that cannot stand: it contradicts another, or points at nothing that it may point at
    ├── BadPlug     a reader, stage or exporter that cannot be plugged in
    └── NotFound    an id or name that the case does not hold

Anything else that escapes is a bug, and crashes.
"""

from __future__ import annotations


class OnRecordError(Exception):
    """Something that the user can do something about."""


class BadInput(OnRecordError):
    """A report that cannot be read. ``origin`` is the file's name, ``cause`` what is wrong with it."""

    def __init__(self, origin: str, cause: str) -> None:
        super().__init__(f"{origin}: {cause}")
        self.origin = origin
        self.cause = cause


class BadRule(OnRecordError):
    """A lexicon row that makes no sense; the message begins with file:line."""


class BadCase(OnRecordError):
    """A case file that cannot be opened, or is not one."""


class BadDecision(OnRecordError):
    """A decision that cannot be made or taken back; nothing was changed."""


class BadPlug(OnRecordError):
    """A plug-in that is missing, twice there, or stands before what it needs."""


class NotFound(OnRecordError):
    """An id or a name that the case does not hold."""

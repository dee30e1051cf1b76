"""onrecord: from news reports to a checkable, sourced account.

``read`` gives the account of one text or file; ``Case`` keeps many reports in one file. Nothing here loads a model
until it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.accounts import read
    from onrecord.case import Case

__version__ = "0.1.0"
__all__ = ["Case", "__version__", "read"]


def __getattr__(name: str) -> Any:
    """``Case`` and ``read`` on first use: importing the package stays fast (PEP 562)."""
    rooms = {"Case": "onrecord.case", "read": "onrecord.accounts"}
    if name in rooms:
        return getattr(import_module(rooms[name]), name)
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}")

"""The command ``onrecord``: one function per sub-command, and the printed page."""

from onrecord.cli.commands import main

__all__ = ["main"]

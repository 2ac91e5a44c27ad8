"""The collector's rest, under the name by which the sheet readers know it."""

from formats.resting import collector_resting

__all__ = ["collector_resting"]

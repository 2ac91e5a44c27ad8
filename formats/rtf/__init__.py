"""Rich Text Format (Microsoft's RTF 1.9.1), read without an office program; never written."""

from typing import BinaryIO

from formats.budget import Budget
from formats.reading import Kind, Reading
from formats.rtf.reader import read_rich


def read(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """A segment a paragraph; all that the file holds besides. Raises Unreadable."""
    return read_rich(source.read(), budget, kind)

"""What the desk looks at: a document's original, its public copy, or how they differ."""

from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from formats.reading import Kind


class Side(StrEnum):
    """What is looked at."""

    ORIGINAL = "原件"
    PUBLIC = "公开件"
    DIFFERENCE = "差异"


class Source(NamedTuple):
    """One revision's file: where it is stored, and the name it came with.

    `pages` where they are known: then the pages are shown before their text has been read.
    """

    path: Path
    name: str
    kind: Kind
    pages: int | None = None

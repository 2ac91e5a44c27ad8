"""Archives: every member read in turn from memory; nothing is ever unpacked to the disk."""

from typing import BinaryIO

from formats.budget import Budget
from formats.reading import Kind, Reading


def read(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """All members' segments under `place.member`. Raises Unreadable."""
    if kind is Kind.SEVEN_ZIP:
        from formats.containers.seven import read_seven

        return read_seven(source, budget, kind)
    from formats.containers.zipped import read_zip

    return read_zip(source, budget, kind)

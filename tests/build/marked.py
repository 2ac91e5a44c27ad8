"""Reads a file that is built with the marker somewhere, and asks whether its damage is told."""

import io

from formats.budget import Budget
from formats.opening import read_stream
from formats.reading import Reading, Segment, TroubleCode
from tests.build.word import MARKER


def reading(data: bytes, name: str) -> Reading:
    """What is read of it."""
    return read_stream(io.BytesIO(data), Budget(), name)


def told(data: bytes, name: str) -> list[Segment]:
    """The segments with the marker, in a reading that asks for a look."""
    found = reading(data, name)
    assert [t.code for t in found.troubles] == [TroubleCode.DAMAGED]
    return of(found)


def kept(data: bytes, name: str) -> Segment:
    """The one segment with the marker, in a reading without a doubt."""
    found = reading(data, name)
    assert found.troubles == ()
    (segment,) = of(found)
    return segment


def of(found: Reading) -> list[Segment]:
    """The segments with the marker."""
    return [s for s in found.segments if MARKER in s.text]

"""Frames on a pipe: the lengths of a JSON head and of raw bytes, then both.

Never pickle: what comes from a child that has read a hostile file is data, not objects. Lengths are
bounded before anything is read, so that a broken or hostile peer cannot make this side swallow
memory. Large texts and pictures travel as raw bytes because JSON would hold the interpreter lock.
"""

import json
import struct
from collections.abc import Mapping
from typing import Any, NamedTuple, NoReturn, Protocol

_LENGTHS = struct.Struct("!4sII")
_MAGIC = b"GKD1"
MAX_HEAD = 16 * 1024 * 1024
MAX_BODY = 256 * 1024 * 1024


class BrokenFrame(Exception):
    """The other side sent something that is no frame, or not the frame that was agreed."""


class Source(Protocol):
    """An unbuffered binary stream to read from."""

    def readinto(self, buffer: memoryview, /) -> int | None:
        """Fill some of `buffer`; 0 at the end."""


class Sink(Protocol):
    """An unbuffered binary stream to write to."""

    def write(self, data: memoryview, /) -> int | None:
        """Write some of `data`; how much."""


class Frame(NamedTuple):
    """One message: a small JSON object, and bytes beside it; `size` of both on the pipe."""

    head: dict[str, Any]
    body: bytearray
    size: int

    def __repr__(self) -> str:
        """Sizes only: a frame carries document text."""
        return f"Frame({sorted(self.head)}, {self.size} bytes)"


def pack(head: Mapping[str, Any], default: Any = None, *, exact: bool = False) -> bytes:
    """The bytes of a head. Lone surrogates become "?": one character stays one character.

    They come out of damaged PDF text and undecodable file names, and no database stores them.
    `exact` keeps them, for the paths in a request.
    """
    text = json.dumps(head, ensure_ascii=exact, allow_nan=False, default=default)
    return text.encode("utf-8", "replace")


def send(stream: Sink, head: bytes, body: bytes | bytearray | memoryview = b"") -> None:
    """Write one frame. Raises OSError when the other side is gone, ValueError when too large."""
    if len(head) > MAX_HEAD or len(body) > MAX_BODY:
        raise ValueError("frame too large")
    _write(stream, _LENGTHS.pack(_MAGIC, len(head), len(body)) + head)
    if body:
        _write(stream, body)


def receive(stream: Source, max_body: int = MAX_BODY) -> Frame | None:
    """Read one frame; None at the end of the stream. Raises BrokenFrame."""
    start = _read(stream, _LENGTHS.size, may_end=True)
    if start is None:
        return None
    magic, head_size, body_size = _LENGTHS.unpack(start)
    if magic != _MAGIC or head_size > MAX_HEAD or body_size > max_body:
        raise BrokenFrame("no frame, or larger than agreed")
    head = _read(stream, head_size)
    body = _read(stream, body_size)
    try:
        value = json.loads(head, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BrokenFrame("the head is not JSON") from error
    if not isinstance(value, dict):
        raise BrokenFrame("the head is not an object")
    return Frame(value, body, head_size + body_size)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _write(stream: Sink, data: bytes | bytearray | memoryview) -> None:
    view = memoryview(data)
    while view:
        view = view[stream.write(view) or 0 :]


def _read(stream: Source, size: int, *, may_end: bool = False) -> Any:
    data = bytearray(size)
    view = memoryview(data)
    filled = 0
    while filled < size:
        got = stream.readinto(view[filled : filled + 4 * 1024 * 1024])
        if not got:
            if may_end and not filled:
                return None
            raise BrokenFrame("the stream ended inside a frame")
        filled += got
    return data

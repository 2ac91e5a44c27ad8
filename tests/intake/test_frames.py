"""Frames: what is sent arrives whole, and what is no frame is refused before it is read."""

import io
import struct
from pathlib import Path

import pytest

from intake import frames
from intake.frames import BrokenFrame


def _through(head: dict[str, object], body: bytes = b"") -> frames.Frame:
    stream = io.BytesIO()
    frames.send(stream, frames.pack(head), body)
    stream.seek(0)
    frame = frames.receive(stream)
    assert frame is not None
    assert frames.receive(stream) is None
    return frame


def test_head_and_body_arrive_as_they_were_sent() -> None:
    frame = _through({"op": "读", "n": [1, None, 2.5]}, b"\x00\xff" * 1000)
    assert frame.head == {"op": "读", "n": [1, None, 2.5]}
    assert bytes(frame.body) == b"\x00\xff" * 1000


def test_a_lone_surrogate_becomes_one_character() -> None:
    assert _through({"t": "甲\ud800乙"}).head == {"t": "甲?乙"}


def test_a_frame_shows_no_text() -> None:
    assert "白石沟" not in repr(_through({"t": "白石沟镇"}, "白石沟".encode()))


@pytest.mark.parametrize(
    "data",
    [
        b"GKD1\x00",
        b"nonsense-nonsense",
        b"GKD1" + struct.pack("!II", frames.MAX_HEAD + 1, 0),
        b"GKD1" + struct.pack("!II", 2, frames.MAX_BODY + 1) + b"{}",
        b"GKD1" + struct.pack("!II", 5, 0) + b"{}",
        b"GKD1" + struct.pack("!II", 2, 0) + b"[]",
        b"GKD1" + struct.pack("!II", 9, 0) + b'{"a":NaN}',
        b"GKD1" + struct.pack("!II", 3, 0) + b"\xff\xfe\xfd",
        b"GKD1" + struct.pack("!II", 100_000, 0) + b"[" * 100_000,
    ],
)
def test_what_is_no_frame_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenFrame):
        frames.receive(io.BytesIO(data))


def test_too_large_a_frame_is_not_sent(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="too large"):
        frames.send(io.BytesIO(), b"x" * (frames.MAX_HEAD + 1))


def test_short_reads_and_writes_are_put_together() -> None:
    class Drip:
        def __init__(self) -> None:
            self.data = bytearray()

        def write(self, data: memoryview, /) -> int:
            self.data += data[:7]
            return min(7, len(data))

        def readinto(self, buffer: memoryview, /) -> int:
            count = min(3, len(buffer), len(self.data))
            buffer[:count] = self.data[:count]
            del self.data[:count]
            return count

    drip = Drip()
    frames.send(drip, frames.pack({"a": "长" * 50}), b"b" * 50)
    frame = frames.receive(drip)
    assert frame is not None
    assert frame.head["a"] == "长" * 50
    assert bytes(frame.body) == b"b" * 50

"""What a child sends in lots, small enough for one frame each."""

from collections.abc import Iterable, Iterator
from typing import Any

from formats.reading import TroubleCode, Unreadable
from intake import frames

# Small enough that neither side holds the interpreter lock for more than some milliseconds.
_ROWS = 250
_CHARACTERS = 128 * 1024
# JSON writes a control character in six bytes, and a frame's head has a limit.
_LONGEST = frames.MAX_HEAD // 8
TOO_LONG = "文件中有一段文字过长，无法显示和检查。请分段后再放入。"


def lots(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Lots of at most _ROWS values and about _CHARACTERS characters. Raises Unreadable."""
    lot: list[Any] = []
    weight = 0
    for value in values:
        length = len(value.text) if hasattr(value, "text") else 0
        if length > _LONGEST:
            raise Unreadable(TroubleCode.TOO_BIG, TOO_LONG)
        if lot and (len(lot) == _ROWS or weight + length > _CHARACTERS):
            yield lot
            lot, weight = [], 0
        lot.append(value)
        weight += length
    if lot:
        yield lot


def encoded(text: str) -> Iterator[bytes]:
    """`text` as UTF-8, in pieces of whole characters."""
    for start in range(0, len(text), _CHARACTERS):
        yield text[start : start + _CHARACTERS].encode("utf-8", "replace")

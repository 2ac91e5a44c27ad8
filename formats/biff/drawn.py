"""What is drawn on a sheet: objects, their texts, and the shapes they belong to."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from formats.biff.records import Record
from formats.officeart import Shape, shapes

# [MS-XLS] 2.5.143 FtCmo: the object that holds the text of a comment.
NOTE = 0x19


class Drawn(NamedTuple):
    """One Obj record with the text that follows it."""

    number: int
    type: int
    text: str


class Objects:
    """Gathers MsoDrawing, Obj and TxO records in their order."""

    def __init__(self) -> None:
        self.objects: list[Drawn] = []
        self._drawing: list[bytes] = []

    def add_drawing(self, record: Record) -> None:
        """2.4.170 MsoDrawing: a piece of the sheet's drawing."""
        self._drawing.append(record.whole)

    def add_object(self, record: Record) -> None:
        """2.4.181 Obj: begins with an FtCmo structure."""
        kind, size, what, number = struct.unpack_from("<HHHH", record.data)
        if kind != 0x15 or size != 0x12:
            what = number = -1
        self.objects.append(Drawn(number, what, ""))

    def add_text(self, record: Record) -> None:
        """2.4.329 TxO: the text of the object before it, in the first continuation."""
        (count,) = struct.unpack_from("<H", record.data, 10)
        text = ""
        left = count
        for piece in record.more:
            if left <= 0 or not piece:
                break
            wide = piece[0] & 1
            raw = piece[1 : 1 + left * (2 if wide else 1)]
            part = raw.decode("utf-16-le" if wide else "latin-1", "replace")
            text += part
            left -= len(part)
        # A drawing may go on in the continuations behind the text and its runs (2.1.4).
        if self.objects and not self.objects[-1].text:
            self.objects[-1] = self.objects[-1]._replace(text=text)
        else:
            self.objects.append(Drawn(-1, -1, text))

    def shapes(self) -> list[Shape]:
        """All shapes drawn."""
        return shapes(b"".join(self._drawing))

    def paired(self) -> Iterator[tuple[Shape, Drawn | None]]:
        """Each shape with its object; objects without a shape are given an empty one."""
        waiting = iter(self.objects)
        for shape in self.shapes():
            yield shape, next(waiting, None) if shape.has_object else None
        for drawn in waiting:
            yield Shape([], hidden=False, has_object=True, has_picture=False), drawn

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
        self.shapes: list[Shape] = []
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
        self._drawing += record.more

    def add_text(self, record: Record) -> None:
        """2.4.329 TxO: the text of the object before it and its runs, in the continuations.

        Raises IndexError where the text is cut off; what there is of it is kept.
        """
        left, runs = struct.unpack_from("<HH", record.data, 10)
        text = ""
        for piece in record.more:
            if left > 0 and piece:
                width = 2 if piece[0] & 1 else 1
                raw = piece[1 : 1 + left * width]
                text += raw.decode("utf-16-le" if width == 2 else "latin-1", "replace")
                left -= len(raw) // width
            elif runs > 0:
                runs -= len(piece)
            else:  # behind them a drawing that did not fit into its own record goes on (2.1.4)
                self._drawing.append(piece)
        if self.objects and not self.objects[-1].text:
            self.objects[-1] = self.objects[-1]._replace(text=text)
        else:
            self.objects.append(Drawn(-1, -1, text))
        if left > 0:
            raise IndexError("text")

    def finish(self) -> int:
        """Once all records are in: how many places of the drawing are broken."""
        self.shapes, broken = shapes(b"".join(self._drawing))
        return broken

    def paired(self) -> Iterator[tuple[Shape, Drawn | None]]:
        """Each shape with its object; objects without a shape are given an empty one."""
        waiting = iter(self.objects)
        for shape in self.shapes:
            yield shape, next(waiting, None) if shape.has_object else None
        for drawn in waiting:
            yield Shape([], hidden=False, has_object=True, has_picture=False), drawn

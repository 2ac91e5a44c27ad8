"""Compound files ([MS-CFB]): their streams within a budget, and the bytes that no stream owns."""

import struct
from collections.abc import Iterator, Sequence
from typing import BinaryIO

import olefile
from olefile.olefile import OleDirectoryEntry

from formats.budget import Budget
from formats.reading import TroubleCode, Unreadable

# Everything olefile is known to raise on a file that lies.
OLE_LIES = (
    OSError,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    struct.error,
)
DAMAGED = "文件已损坏，打不开。请在 WPS 或 Office 中打开并另存，或向来源单位重新索取。"
_SMALLEST = 512
# Streams, by the end of their name, that hold classes and switches and no words of anybody.
SILENT = ("\x01compobj", "\x03objinfo")
# What the table says of sectors that hold the table itself.
_TABLES = (0xFFFFFFFC, 0xFFFFFFFD)


def opened(data: bytes) -> olefile.OleFileIO:
    """The tables of a compound file. Raises what OLE_LIES names.

    olefile follows a circle of sectors for as many as the header claims (2.2, offset 64).
    """
    if len(data) >= 68 and struct.unpack_from("<I", data, 64)[0] * _SMALLEST > len(data):
        raise ValueError("a table longer than the file")
    return olefile.OleFileIO(data)


def stream_of(ole: olefile.OleFileIO, steps: str | list[str], most: int) -> bytes:
    """The bytes of a stream, `most` at most: those of the file. Raises what OLE_LIES names.

    olefile follows a circle of sectors until the size that was written is reached.
    """
    size = ole.get_size(steps)
    root = ole.root.size if size < ole.minisectorcutoff else 0
    if max(size, root) > most:
        raise ValueError("a stream longer than the file")
    return bytes(ole.openstream(steps).read())


class OleParts:
    """The streams of one compound file by path, as `ObjectPool/_1/Contents`; names ignore case.

    Each read is charged to the budget. Raises Unreadable(DAMAGED) where the container lies.
    `cut`: the streams read so far that are shorter than they say; "" where the bytes nobody owns
    could not all be found.
    """

    def __init__(self, source: BinaryIO, budget: Budget) -> None:
        self._budget = budget
        source.seek(0)
        self._data = source.read()
        try:
            self._ole = opened(self._data)
            found = self._ole.listdir(streams=True, storages=False)
            folders = self._ole.listdir(streams=False, storages=True)
        except OLE_LIES:
            raise Unreadable(TroubleCode.DAMAGED, DAMAGED) from None
        budget.spend_entries(len(found) + len(folders))
        self._steps = {"/".join(steps): steps for steps in found}
        self._folded = {name.casefold(): name for name in self._steps}
        self.names = list(self._steps)
        self.storages = ["/".join(steps) for steps in folders]
        self.cut: dict[str, None] = {}
        self._inside: dict[str, list[str]] = {}
        for name, steps in self._steps.items():
            for count in range(1, len(steps)):
                self._inside.setdefault("/".join(steps[:count]), []).append(name)

    def find(self, name: str) -> str | None:
        """The name as the file writes it; None if there is no such stream."""
        return self._folded.get(name.casefold())

    def read(self, name: str) -> bytes:
        """The bytes of a stream. Raises Unreadable(DAMAGED, TOO_BIG)."""
        try:
            steps = self._steps[name]
            size = self._ole.get_size(steps)
            self._budget.spend_bytes(min(size, len(self._data)))
            data = stream_of(self._ole, steps, len(self._data))
        except OLE_LIES:
            raise Unreadable(TroubleCode.DAMAGED, DAMAGED) from None
        if len(data) < size:
            self.cut[name] = None
        return data

    def names_within(self, storage: str) -> list[str]:
        """The names of the streams under a storage."""
        return self._inside.get(storage, [])

    def within(self, storage: str) -> dict[str, bytes]:
        """The streams under a storage, by their path below it."""
        top = f"{storage}/"
        return {name.removeprefix(top): self.read(name) for name in self.names_within(storage)}

    def loose(self) -> Iterator[bytes]:
        """Bytes no stream owns: free sectors, ends of last sectors, streams that were deleted."""
        for found in (self._loose_sectors(), self._loose_small_sectors()):
            try:
                yield from found
            except OLE_LIES:
                self.cut[""] = None

    def _loose_sectors(self) -> Iterator[bytes]:
        ole, size = self._ole, self._ole.sectorsize
        yield self._data[_SMALLEST:size]
        chains = [(ole.first_dir_sector, 0), (ole.first_mini_fat_sector, 0)]
        chains.append((ole.root.isectStart, ole.root.size))
        chains += [
            (entry.isectStart, entry.size)
            for entry in self._entries()
            if entry.size >= ole.minisectorcutoff
        ]
        used, tails = _owned(ole.fat, chains, size)
        used |= {s for s, next_one in enumerate(ole.fat) if next_one in _TABLES}
        yield from _not_owned(memoryview(self._data)[size:], size, used, tails)

    def _loose_small_sectors(self) -> Iterator[bytes]:
        ole, size = self._ole, self._ole.minisectorsize
        if not ole.root.size:
            return
        if ole.root.size > len(self._data):
            raise ValueError("small sectors beyond the file")
        ole.loadminifat()
        chains = [
            (entry.isectStart, entry.size)
            for entry in self._entries()
            if entry.size < ole.minisectorcutoff
        ]
        used, tails = _owned(ole.minifat, chains, size)
        sectors = ole._open(ole.root.isectStart, ole.root.size, force_FAT=True).read()
        yield from _not_owned(memoryview(sectors), size, used, tails)

    def _entries(self) -> list[OleDirectoryEntry]:
        """The streams that can be read: of two with one name, only one is."""
        return [self._ole.direntries[self._ole._find(steps)] for steps in self._steps.values()]


def _owned(
    table: Sequence[int], chains: list[tuple[int, int]], size: int
) -> tuple[set[int], dict[int, int]]:
    """The sectors of these chains, and of each last one how many bytes belong to it.

    A chain goes as far as its length; sectors linked behind that are read by nobody.
    """
    used: set[int] = set()
    tails: dict[int, int] = {}
    for first, length in chains:
        sector, last, count = first, -1, 0
        while sector < len(table) and sector not in used and (not length or count * size < length):
            used.add(sector)
            last, count = sector, count + 1
            sector = table[sector]
        if length and 0 < count * size - length < size:
            tails[last] = size - (count * size - length)
    return used, tails


def _not_owned(
    data: memoryview, size: int, used: set[int], tails: dict[int, int]
) -> Iterator[bytes]:
    """Runs of sectors nobody owns, and the ends of the last sectors."""
    held: list[bytes] = []
    for sector in range(-(-len(data) // size)):
        piece = bytes(data[sector * size : (sector + 1) * size])
        if sector not in used:
            held.append(piece)
            continue
        if held:
            yield b"".join(held)
            held = []
        if sector in tails:
            yield piece[tails[sector] :]
    if held:
        yield b"".join(held)

"""The storages of an Outlook message ([MS-OXMSG]): property streams by number, names, times."""

import io
import re
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from formats.budget import Budget
from formats.compound import compound
from formats.oleparts import OleParts
from formats.plain.html_source import text_of
from formats.reading import TroubleCode, Unreadable

# [MS-OXMSG] 2.2.2: __substg1.0_ then number, type and, for lists, the index.
_STREAM = re.compile(r"__substg1\.0_([0-9A-F]{4})([0-9A-F]{4})(?:-([0-9A-F]{8}))?", re.IGNORECASE)
_MOST_NEIGHBOURS = 3_000
_CROWDED = "邮件的一处结构里有上千个部分，可能是恶意构造，已停止读取。请在 Outlook 中另存为 .eml。"
_STRINGS = frozenset({0x001F, 0x001E, 0x101F, 0x101E})
_BINARY = 0x0102
_TIME = 0x0040
_ENTRY = struct.Struct("<IIQ")
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
# [MS-UCODEPAGEREF]: the code pages mails in China are written in.
_CODE_PAGES = {936: "gb18030", 54936: "gb18030", 65001: "utf-8", 950: "big5", 1252: "windows-1252",
               20936: "gb18030", 52936: "hz-gb-2312", 932: "shift_jis", 949: "euc-kr"}  # fmt: skip

Path = tuple[str, ...]


class Value(NamedTuple):
    """One text of a storage. `number` is the property's."""

    number: int
    text: str


class Compound:
    """An open compound file by storages; its streams are paid for as they are read."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self.budget = budget
        self._parts = OleParts(io.BytesIO(data), budget)
        self._names = frozenset(self._parts.names)
        self._children: dict[Path, list[str]] = {}
        for name in (*self._parts.names, *self._parts.storages):
            steps = tuple(name.split("/"))
            self._children.setdefault(steps[:-1], []).append(steps[-1])
        # olefile looks for each name among all its neighbours.
        if max(map(len, self._children.values()), default=0) > _MOST_NEIGHBOURS:
            raise Unreadable(TroubleCode.TOO_BIG, _CROWDED)

    def children(self, at: Path) -> list[str]:
        """Names of what a storage holds."""
        return self._children.get(at, [])

    def bytes_at(self, at: Path) -> bytes:
        """A stream's bytes; empty if there is none. Raises Unreadable."""
        name = "/".join(at)
        return self._parts.read(name) if name in self._names else b""

    @property
    def names(self) -> list[str]:
        """Every stream, by its path."""
        return self._parts.names

    def loose(self) -> Iterator[bytes]:
        """Bytes that no stream owns."""
        return self._parts.loose()

    def packed(self, at: Path) -> bytes:
        """A storage as a compound file of its own."""
        return compound(self._parts.within("/".join(at)))


class Storage:
    """One message, recipient or attachment: its properties."""

    def __init__(self, file: Compound, at: Path, header: int, charset: str = "") -> None:
        self.file = file
        self.at = at
        self._fixed = self._fixed_values(header)
        page = self._fixed.get(0x3FFD, self._fixed.get(0x3FDE, (0, 0)))[1] & 0xFFFFFFFF
        self.charset = _CODE_PAGES.get(page, charset)

    def _fixed_values(self, header: int) -> dict[int, tuple[int, int]]:
        """2.4: number -> (type, eight bytes) of the properties kept in the one stream."""
        data = self.file.bytes_at((*self.at, "__properties_version1.0"))
        found = {}
        for at in range(header, len(data) - 15, 16):
            tag, _, value = _ENTRY.unpack_from(data, at)
            found[tag >> 16] = (tag & 0xFFFF, value)
        return found

    def number(self, number: int) -> int | None:
        """A whole number's value, if the storage has it."""
        found = self._fixed.get(number)
        return None if found is None else found[1] & 0xFFFFFFFF

    def times(self) -> list[Value]:
        """Every time, as text in China's clock."""
        return [
            Value(number, said)
            for number, (kind, value) in self._fixed.items()
            if kind == _TIME and (said := _time(value))
        ]

    def texts(self) -> list[Value]:
        """Every string, lists included, in the order of the directory."""
        found = []
        for name in self.file.children(self.at):
            match = _STREAM.fullmatch(name)
            if match is None:
                continue
            number, kind = int(match.group(1), 16), int(match.group(2), 16)
            # A list's own stream holds lengths; its strings have an index.
            if kind not in _STRINGS or (kind & 0x1000 and match.group(3) is None):
                continue
            data = self.file.bytes_at((*self.at, name))
            if kind & 0xFFF == 0x01F:
                text = data.decode("utf-16-le", "replace")
            else:
                text = text_of(data, self.charset).text
            if text := text.replace("\0", "").strip():
                found.append(Value(number, text))
        return found

    def binary(self, number: int) -> bytes:
        """A binary property; empty if there is none."""
        return self.file.bytes_at((*self.at, self.name_of(number, _BINARY)))

    def name_of(self, number: int, kind: int) -> str:
        """The stored name of a property's stream or storage."""
        wanted = f"__substg1.0_{number:04X}{kind:04X}"
        same = (n for n in self.file.children(self.at) if n.upper() == wanted.upper())
        return next(same, wanted)


def names(file: Compound) -> dict[int, str]:
    """2.2.3: the names that programs gave to properties from 0x8000 on."""
    folder: Path = ("__nameid_version1.0",)
    entries = file.bytes_at((*folder, "__substg1.0_00030102"))
    strings = file.bytes_at((*folder, "__substg1.0_00040102"))
    found = {}
    for at in range(0, len(entries) - 7, 8):
        offset, kind, index = struct.unpack_from("<IHH", entries, at)
        if not kind & 1 or offset + 4 > len(strings):
            continue
        size = struct.unpack_from("<I", strings, offset)[0]
        raw = strings[offset + 4 : offset + 4 + min(size, 512)]
        found[0x8000 + index] = raw.decode("utf-16-le", "replace")
    return found


def _time(value: int) -> str:
    """A FILETIME (hundred nanoseconds since 1601) to the second; empty if it is none."""
    try:
        moment = _EPOCH + timedelta(microseconds=value // 10, hours=8)
    except OverflowError:
        return ""
    return f"{moment:%Y-%m-%d %H:%M:%S}" if 1980 <= moment.year <= 2200 else ""

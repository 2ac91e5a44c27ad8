"""The globals of a workbook ([MS-XLS] 2.1.7.20.3): what all its sheets share."""

import struct
from collections.abc import Callable
from typing import NamedTuple

from formats.biff.external import EXTERNAL_RECORDS, External, Said
from formats.biff.formulas import Piece, operands
from formats.biff.locked import opened
from formats.biff.looks import Looks
from formats.biff.records import BOF, EOF, RECORD_LIES, Cursor, Record, Texts, records
from formats.blips import Blip, as_file, blips
from formats.budget import Budget
from formats.carving import texts_in
from formats.oleprops import encoding_of
from formats.reading import TroubleCode, Unreadable

OLD = "这是 1992 年以前的 Excel 文件，程序不能读取。请用 WPS 或 Excel 另存为 .xlsx 后再放入。"
BROKEN = "文件已损坏，读不出工作簿的内容。请在 WPS 或 Excel 中打开并另存，或向来源单位重新索取。"
LOCKED = "文件加了密码，无法读取。请取得密码、去掉密码后再放入。"
# Globals that hold no text of a person: windows, styles, themes, recalculation, printing, macros.
SILENT = frozenset(
    {
        *(0x00E1, 0x00C1, 0x00E2, 0x00BF, 0x00C0, 0x0042, 0x0161, 0x013D, 0x0019, 0x0012, 0x0013),
        *(0x01AF, 0x01BC, 0x003D, 0x0040, 0x008D, 0x0022, 0x000E, 0x01B7, 0x00DA, 0x0293, 0x0892),
        *(0x0160, 0x008C, 0x00FF, 0x0863, 0x0896, 0x087C, 0x087D, 0x088C, 0x088E, 0x088F, 0x0890),
        *(0x089A, 0x089B, 0x08A3, 0x01C0, 0x01C1, 0x00D3, 0x01BD, 0x01BA, 0x009C, 0x0060, 0x0086),
        *(0x0033, 0x0056, 0x005E, 0x0087, 0x00DD, 0x013E, 0x1066, 0x0084, 0x0087, 0x00EB),
        *(
            0x0867,
            0x086A,
            0x004D,
            0x0855,
            0x0893,
            0x0894,
            0x08A1,
            0x08A6,
            BOF,
            EOF,
            0x002F,
            0x003C,
        ),
    }
)


# What programs write as the name of the user.
_PROGRAMS = frozenset({"Calc", "openpyxl", "xlwt", "SheetJS"})


_FILE_PASS = 0x002F


class Tab(NamedTuple):
    """A sheet as the globals name it. `state`: 0 visible, 1 hidden, 2 very hidden; `at`: BOF."""

    name: str
    state: int
    type: int
    at: int


class Book:
    """Globals read into tables. Raises Unreadable where there is no workbook, or a password."""

    def __init__(self, stream: bytes, budget: Budget) -> None:
        self.version = version_at(stream, 0)
        self.stream = stream = in_the_clear(stream)
        self.budget = budget
        self.texts = Texts(self.version, "gb18030")
        self.looks = Looks()
        self.tabs: list[Tab] = []
        self.strings: list[str] = []
        self.phonetics: list[tuple[int, str]] = []
        self.used_strings: set[int] = set()
        self.names: list[Said] = []
        self.people: list[Said] = []
        self.links = External(self.texts)
        self.unknown: list[str] = []
        self.pictures: list[Blip] = []
        self.damaged = 0
        self.covered: list[tuple[int, int]] = []
        self._later: list[Record] = []
        self._walk()

    def _walk(self) -> None:
        end, depth = 0, 0
        for record in records(self.stream, 0):
            end = record.end
            if record.type == BOF:
                depth += 1
            elif record.type == EOF:
                depth -= 1
                if depth <= 0:
                    break
            handler, linked = _HANDLERS.get(record.type), EXTERNAL_RECORDS.get(record.type)
            try:
                if handler is not None:
                    handler(self, record)
                elif linked is not None:
                    linked(self.links, record)
                elif record.type not in SILENT:
                    self.unknown += texts_in(record.whole)
            except RECORD_LIES:
                self._broken(record)
        else:
            self.damaged += 1  # the globals never end: of the sheets behind them nothing is sure
        self.covered.append((0, end))
        for record in self._later:
            try:
                self._name(record)
            except RECORD_LIES:
                self._broken(record)

    def _broken(self, record: Record) -> None:
        self.damaged += 1
        self.unknown += texts_in(record.whole)

    def sheet_of(self, index: int) -> str:
        """The sheet that an entry of ExternSheet stands for; "" if there is none."""
        return self.links.sheet_of(index, [tab.name for tab in self.tabs])

    def operands(self, data: bytes, at: int, size: int, *, arrays: bool = True) -> list[Piece]:
        """What a formula of `size` bytes says; one that breaks off is told as damage.

        `arrays`: the contents of its constant arrays stand behind it.
        """
        behind = data[at + size :] if arrays else b""
        found, whole = operands(data[at : at + size], behind, self.texts, self.sheet_of)
        if not whole or at + size > len(data):
            self.damaged += 1
        return found

    def _codepage(self, record: Record) -> None:
        self.texts.encoding = encoding_of(struct.unpack_from("<H", record.data)[0])

    def _dates(self, record: Record) -> None:
        self.looks.epoch_1904 = record.data[0] == 1

    def _font(self, record: Record) -> None:
        self.looks.add_font(record.data)

    def _format(self, record: Record) -> None:
        self.looks.add_format(record.data, self.texts)

    def _xf(self, record: Record) -> None:
        self.looks.add_xf(record.data, wide=self.texts.unicode)

    def _palette(self, record: Record) -> None:
        self.looks.add_palette(record.data)

    def _tab(self, record: Record) -> None:
        """2.4.28 BoundSheet8."""
        at, state, kind = struct.unpack_from("<IBB", record.data)
        name, _ = self.texts.short(record.data, 6)
        self.tabs.append(Tab(name.replace("\0", ""), state & 3, kind, at))

    def _shared(self, record: Record) -> None:
        """2.4.265 SST."""
        _, count = struct.unpack_from("<II", record.data)
        cursor = Cursor(record, 8)
        for number in range(count):
            try:
                text, phonetic = cursor.rich()
            except RECORD_LIES:
                self.damaged += 1
                break
            self.strings.append(text)
            if phonetic.strip():
                self.phonetics.append((number, phonetic))
        self.unknown += texts_in(cursor.rest())

    def _user(self, record: Record) -> None:
        """2.4.349 WriteAccess: who saved the file."""
        data = record.data
        text = (self.texts.long(data, 0) if self.texts.unicode else self.texts.short(data, 0))[0]
        self._person(text, "最后保存文件的用户")

    def _sharing(self, record: Record) -> None:
        """2.4.118 FileSharing: who reserved the right to write."""
        if len(record.data) > 6:
            self._person(self.texts.long(record.data, 4)[0], "文件的保护人")

    def _view(self, record: Record) -> None:
        """2.4.341 UserBView: a person's own view of the workbook."""
        self._person(self.texts.long(record.data, 52)[0], "个人视图的名称")

    def _person(self, text: str, note: str) -> None:
        text = text.replace("\0", "").strip()
        if text and text not in _PROGRAMS:
            self.people.append(Said(text, note))

    def _keep_name(self, record: Record) -> None:
        self._later.append(record)

    def _name(self, record: Record) -> None:
        """2.4.150 Lbl: a defined name, what it stands for, and its comments."""
        data, texts = record.whole, self.texts
        options, _, count, size, _, _ = struct.unpack_from("<HBBHHH", data)
        extra = data[10:14]
        name, at = texts.counted(data, 14, count)
        if options & 0x20 and name and ord(name[0]) != 0x0D and ord(name[0]) < 0x20:
            return
        stands_for = "，".join(piece.text for piece in self.operands(data, at, size))
        at += size
        comments = []
        for length in extra:
            if length:
                text, at = texts.counted(data, at, length)
                comments.append(text)
        shown = "：".join(x for x in (name, stands_for) if x)
        if any(c.strip() for c in comments):
            shown += f"（{'；'.join(c for c in comments if c.strip())}）"
        note = "隐藏的定义名称" if options & 1 else "定义名称"
        if shown.strip():
            self.names.append(Said(shown, note))

    def _name_comment(self, record: Record) -> None:
        """2.4.186 NameCmt: what a person wrote about a name."""
        name_length, length = struct.unpack_from("<HH", record.data, 12)
        name, at = self.texts.counted(record.data, 16, name_length)
        text, _ = self.texts.counted(record.data, at, length)
        if text.strip():
            self.names.append(Said(f"{name}（{text}）", "定义名称的说明"))

    def _drawing_group(self, record: Record) -> None:
        """2.4.171: the pictures of the workbook ([MS-ODRAW] 2.2.12, an OfficeArtDggContainer)."""
        self.pictures += blips(record.whole)

    def bitmap(self, record: Record) -> None:
        """2.4.19 BkHim and the ImData of BIFF5: a picture behind cells, or pasted in."""
        if record.data[:2] == b"\x09\0":
            self.pictures.append(Blip(as_file(record.whole[8:])))
        else:
            self.pictures.append(Blip(record.whole[8:], vector=True))

    def _header_picture(self, record: Record) -> None:
        """2.4.138 HFPicture: a picture in a page header, behind fourteen bytes."""
        self.pictures += blips(record.whole[14:])


def in_the_clear(stream: bytes) -> bytes:
    """The stream as it is, or opened where everybody's program opens it. Raises Unreadable."""
    for record in records(stream, 0):
        if record.type == _FILE_PASS:
            found = opened(stream)
            if found is None:
                raise Unreadable(TroubleCode.ENCRYPTED, LOCKED)
            return found
        if record.type == EOF:
            break
    return stream


def version_at(stream: bytes, at: int) -> int:
    """8 or 5 for the BOF at a position. Raises Unreadable for older ones and for anything else."""
    if len(stream) < at + 8:
        raise Unreadable(TroubleCode.DAMAGED, BROKEN)
    kind, _, version = struct.unpack_from("<HHH", stream, at)
    if kind in (0x0009, 0x0209, 0x0409):
        raise Unreadable(TroubleCode.NOT_SUPPORTED, OLD)
    if kind != BOF:
        raise Unreadable(TroubleCode.DAMAGED, BROKEN)
    if version in (0x0200, 0x0300, 0x0400):
        raise Unreadable(TroubleCode.NOT_SUPPORTED, OLD)
    return 5 if version == 0x0500 else 8


_HANDLERS: dict[int, Callable[[Book, Record], None]] = {
    0x0042: Book._codepage,
    0x0022: Book._dates,
    0x0031: Book._font,
    0x0231: Book._font,
    0x041E: Book._format,
    0x00E0: Book._xf,
    0x0092: Book._palette,
    0x0085: Book._tab,
    0x00FC: Book._shared,
    0x005C: Book._user,
    0x005B: Book._sharing,
    0x01A9: Book._view,
    0x0018: Book._keep_name,
    0x0894: Book._name_comment,
    0x00EB: Book._drawing_group,
    0x0866: Book._header_picture,
    0x00E9: Book.bitmap,
    0x007F: Book.bitmap,
}

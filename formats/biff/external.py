"""Other workbooks that formulas refer to ([MS-XLS] 2.1.7.20.3): their paths and cached values."""

import struct
from collections.abc import Callable
from typing import NamedTuple

from formats.biff.records import Record, Texts
from formats.carving import texts_in
from formats.sheet.references import letters_of

# 2.5.277 VirtualPath: volume, root, folder, parent folder.
PATH_SIGNS = {0: None, 1: None, 2: "\\", 3: "\\", 4: "..\\", 5: "\\", 6: None, 7: None, 8: None}


class Said(NamedTuple):
    """A text of the globals with what a person asks about it."""

    text: str
    note: str


class External:
    """Gathers the records of external references; `said` is what they hold."""

    def __init__(self, texts: Texts) -> None:
        self.said: list[Said] = []
        self._texts = texts
        self._books: list[list[str] | None] = []
        self._paths: list[str] = []
        self._references: list[tuple[int, int]] = []
        self._cache_sheet = ""

    def sheet_of(self, index: int, tabs: list[str]) -> str:
        """The sheet that an entry of ExternSheet stands for; "" if there is none."""
        if not 0 <= index < len(self._references):
            return ""
        book, sheet = self._references[index]
        if not 0 <= book < len(self._books):
            return ""
        inside = self._books[book]
        if inside is None:
            return tabs[sheet] if 0 <= sheet < len(tabs) else ""
        where = inside[sheet] if 0 <= sheet < len(inside) else ""
        return f"[{self._paths[book]}]{where}"

    def _external_book(self, record: Record) -> None:
        """2.4.271 SupBook: a workbook this one refers to, with the names of its sheets."""
        data = record.whole
        count, kind = struct.unpack_from("<HH", data)
        if kind in (0x0401, 0x3A01) and len(data) == 4:
            self._books.append(None)
            self._paths.append("")
            return
        path, at = self._texts.long(data, 2)
        path = path.translate(PATH_SIGNS).strip()
        sheets = []
        for _ in range(count):
            if at >= len(data):
                break
            name, at = self._texts.long(data, at)
            sheets.append(name)
        self._books.append(sheets)
        self._paths.append(path)
        if path:
            self.said.append(Said(path, "外部工作簿的位置"))
        self.said += [Said(s, "外部工作簿的工作表") for s in sheets if s.strip()]

    def _references_table(self, record: Record) -> None:
        """2.4.105 ExternSheet; in BIFF5 each record is one encoded path."""
        data = record.whole
        if not self._texts.unicode:
            raw, _ = self._texts.short(data, 0)
            if raw[:1] not in ("\x02", "\x03", "\x04", "\x3a", ""):
                self.said.append(Said(raw.translate(PATH_SIGNS), "外部工作簿的位置"))
            elif raw[:1] == "\x03" or data[1:2] == b"\x03":
                self._references.append((-1, -1))
            return
        (count,) = struct.unpack_from("<H", data)
        for number in range(count):
            book, first, _ = struct.unpack_from("<HhH", data, 2 + 6 * number)
            self._references.append((book, first))

    def _external_name(self, record: Record) -> None:
        """2.4.103 ExternName."""
        data = record.whole
        options = struct.unpack_from("<H", data)[0]
        name, at = self._texts.short(data, 6)
        if name.strip() and not options & 1:
            self.said.append(Said(name, "外部工作簿的定义名称"))
        for text in texts_in(data[at:]):
            self.said.append(Said(text, "外部数据的缓存"))

    def _cache(self, record: Record) -> None:
        """2.4.356 XCT: which external sheet the cached cells that follow are of."""
        self._cache_sheet = ""
        if len(record.data) >= 4 and self._books:
            number = struct.unpack_from("<H", record.data, 2)[0]
            inside = self._books[-1]
            if inside and number < len(inside):
                self._cache_sheet = inside[number]

    def _cached(self, record: Record) -> None:
        """2.4.70 CRN: values of cells in a row of an external sheet, as last seen."""
        data = record.whole
        last, first, row = struct.unpack_from("<BBH", data)
        at = 4
        for column in range(first, last + 1):
            kind = data[at]
            text = ""
            if kind == 2:
                read = self._texts.long if self._texts.unicode else self._texts.short
                text, at = read(data, at + 1)
            else:
                if kind == 1:
                    text = f"{struct.unpack_from('<d', data, at + 1)[0]:.15g}"
                at += 9
            if text.strip():
                where = f"{self._cache_sheet}!{letters_of(column + 1)}{row + 1}"
                self.said.append(Said(text, f"外部工作簿 {where} 的缓存"))


EXTERNAL_RECORDS: dict[int, Callable[[External, Record], None]] = {
    0x01AE: External._external_book,
    0x0017: External._references_table,
    0x0023: External._external_name,
    0x0059: External._cache,
    0x005A: External._cached,
}

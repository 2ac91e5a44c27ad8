"""The file information block ([MS-DOC] 2.5): where everything else of a document stands."""

import struct
from typing import NamedTuple

from formats.reading import TroubleCode, Unreadable

BROKEN = "文件已损坏，读不出正文。请在 WPS 或 Word 中打开并另存，或向来源单位重新索取。"
LOCKED = "文件加了密码，无法读取。请取得密码、去掉密码后再放入。"
OLD = "这是 1993 年以前的 Word 文件，程序不能读取。请用 WPS 或 Word 另存为 .docx 后再放入。"
# How files of Word 1 and 2 begin, which were no compound files.
OLD_FILES = (b"\xdb\xa5", b"\x9b\xa5")
DOC_LIES = (struct.error, IndexError, ValueError, OverflowError, KeyError)

# 2.5.6 FibRgFcLcb97 and its successors: the number of each table of the file.
STYLES, NOTE_REFS, NOTE_TEXT, COMMENT_REFS, COMMENT_TEXT, SECTIONS = 1, 2, 3, 4, 5, 6
HEADERS, CHARACTERS, PARAGRAPHS, FONTS, BOOKMARKS, MACROS, SETTINGS = 11, 12, 13, 15, 21, 26, 31
ASSOCIATED, PIECES, AUTOSAVE, OWNERS, FORM_STRINGS = 32, 33, 35, 36, 45
ENDNOTE_REFS, ENDNOTE_TEXT, DRAWINGS, REVISERS = 46, 47, 50, 51
VARIABLES, ROUTE_SLIP, SAVED_BY, FILE_NAMES, COMMENT_DATES = 60, 70, 71, 72, 112
LISTS, OVERRIDES = 73, 74
_OLD_BASE, _BASE = 0x58, 154
_WORD_97, _WORD_6 = 0xA5EC, 0xA5DC


class Counts(NamedTuple):
    """Characters of each story, in the order in which they follow each other (2.4.1)."""

    main: int
    notes: int
    headers: int
    macros: int
    comments: int
    endnotes: int
    boxes: int
    header_boxes: int


class Fib:
    """The block of one file. Raises Unreadable for other files, encrypted and older ones.

    `old` is Word 6 and 95: the tables stand in the main stream, texts are bytes of a code page.
    """

    def __init__(self, stream: bytes) -> None:
        if len(stream) < 0x200:
            raise Unreadable(TroubleCode.DAMAGED, BROKEN)
        magic, version = struct.unpack_from("<HH", stream)
        if magic not in (_WORD_97, _WORD_6) or not version > 0:
            known = magic in (0xA59B, 0xA59C, 0xDBA5, 0xA5DB, 0x9B31)
            raise Unreadable(
                TroubleCode.NOT_SUPPORTED if known else TroubleCode.DAMAGED,
                OLD if known else BROKEN,
            )
        self.old = version < 0x00C0
        if version < 0x0065:
            raise Unreadable(TroubleCode.NOT_SUPPORTED, OLD)
        (flags,) = struct.unpack_from("<H", stream, 10)
        if flags & 0x0100:
            raise Unreadable(TroubleCode.ENCRYPTED, LOCKED)
        self.fast_saved = bool(flags & 0x0004)
        self.table_name = "1Table" if flags & 0x0200 else "0Table"
        (self.language,) = struct.unpack_from("<H", stream, 6)
        self.first, self.last = struct.unpack_from("<II", stream, 24)
        at = 0x34 if self.old else 76
        self.counts = Counts(*(max(0, n) for n in struct.unpack_from("<8i", stream, at)))
        self._pairs = self._find_pairs(stream)

    def _find_pairs(self, stream: bytes) -> list[tuple[int, int]]:
        base = _OLD_BASE if self.old else _BASE
        count = 69 if self.old else struct.unpack_from("<H", stream, _BASE - 2)[0]
        count = max(0, min(count, 256, (len(stream) - base) // 8))
        self.size = base + 8 * count
        return [struct.unpack_from("<II", stream, base + 8 * n) for n in range(count)]

    @property
    def tables(self) -> int:
        """How many tables the block names."""
        return len(self._pairs)

    def span(self, number: int) -> tuple[int, int]:
        """Where a table begins and ends in the table stream; (0, 0) where there is none."""
        if not 0 <= number < len(self._pairs):
            return 0, 0
        start, size = self._pairs[number]
        return (start, start + size) if size else (0, 0)

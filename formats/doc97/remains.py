"""What a document carries beside its stories: variables, who saved it where, text cut off by
fast saves."""

import re
from collections.abc import Iterator

from formats.carving import between, texts_in, texts_in_all
from formats.doc97 import fib as numbers
from formats.doc97.fib import Fib
from formats.doc97.lists import Level, levels_of
from formats.doc97.tables import counted, strings
from formats.reading import Part, Place, Segment
from formats.word.authors import says_more
from formats.word.drawn import BOOKMARKS

# 2.9.276 SttbfAssoc.
_ASSOCIATED = {
    1: (Part.PROPERTY, "附加的模板"),
    2: (Part.PROPERTY, "标题"),
    3: (Part.PROPERTY, "主题"),
    4: (Part.PROPERTY, "关键词"),
    5: (Part.PROPERTY, "备注"),
    6: (Part.PROPERTY, "作者"),
    7: (Part.PROPERTY, "最后修改人"),
    8: (Part.VARIABLE, "邮件合并的数据源"),
    9: (Part.VARIABLE, "邮件合并的标题源"),
}
# Tables nobody has read that may hold a person's words: glossary, captions, form strings,
# autosave, routing slips, names of files, lists and users, undo, and all that came after Word 97.
# Where a version does not use one, its place may be undefined ([MS-DOC] 2.5.6 and later).
_LOOSE = (9, 35, 45, 52, 53, 61, 62, 69, 70, 72, 77, 91, 92, *range(110, 256))
_SILENT = frozenset({112, 113})
# How often the bytes of the table stream are looked through for them.
_TIMES = 2
# Names of styles and fonts: told only if they are more than names.
_NAMES = (numbers.STYLES, numbers.FONTS)
_UNSHOWN = "办公软件不显示的数据"
# 2.9.280: how the first in the list of revisers is always called.
_UNNAMED = "Unknown"
# What LibreOffice calls the lists of every document.
_AUTOMATIC = re.compile(r"WW\d*Num\w*")


class Tables:
    """Reads the lists of the table stream. `broken`: in how many places they are."""

    def __init__(self, fib: Fib, table: bytes, encoding: str, path: str) -> None:
        self._fib = fib
        self._table = table
        self._encoding = encoding
        self._path = path
        self._covered: list[tuple[int, int]] = []
        self.broken = 0

    def bytes_of(self, number: int) -> bytes:
        """One table; b"" where there is none."""
        start, end = self._fib.span(number)
        self._covered.append((start, end))
        self.broken += number not in _LOOSE and end > len(self._table)
        return self._table[start:end]

    def strings_of(self, number: int) -> list[str]:
        """The strings of a list, and the texts behind it; of a broken one, those in its bytes."""
        data = self.bytes_of(number)
        found = strings(data, self._encoding, old=self._fib.old)
        self.broken += not found.whole
        return [*found.texts, *texts_in(data[found.end :])]

    def counted_of(self, number: int) -> list[str]:
        """The strings of a list without a head; of a broken one, the texts in its bytes too."""
        found = counted(self.bytes_of(number))
        self.broken += not found.whole
        return found.texts

    def levels(self) -> list[Level]:
        """The levels of all lists; they stand behind the table that names the lists."""
        start, end = self._fib.span(numbers.LISTS)
        if self._fib.old or end <= start:
            return []
        found = levels_of(self._table[start:])
        self.broken += not found.whole
        self._covered.append((start, start + found.end))
        return found.levels

    def between(self) -> Iterator[Segment]:
        """Texts in bytes of the table stream that no table read so far owns. Call it last."""
        if self._fib.old:
            return  # their tables stand in the main stream, whose bytes are looked through
        names = (text for which in _NAMES for text in texts_in(self.bytes_of(which)))
        told = [text for text in names if says_more(text)]
        told += texts_in_all(between(self._table, self._covered))
        for number, text in enumerate(told, 1):
            if not _AUTOMATIC.fullmatch(text):
                yield from self._one(Part.HIDDEN, number, text, _UNSHOWN, "table")

    def fonts(self) -> list[str]:
        """2.9.286 SttbfFfn: the names of the fonts, behind forty bytes about each."""
        data = self.bytes_of(numbers.FONTS)
        found, at = list[str](), 4
        while at < len(data) and not self._fib.old:
            end = at + 1 + data[at]
            name = data[at + 40 : end]
            text = name[: len(name) // 2 * 2].decode("utf-16-le", "replace")
            found.append(text.partition("\0")[0])
            at = end
        return found

    def said(self) -> Iterator[Segment]:
        """Properties, variables, saving history, bookmarks, revisers, and what else holds words."""
        for number, text in enumerate(self.strings_of(numbers.ASSOCIATED)):
            part, note = _ASSOCIATED.get(number, (Part.VARIABLE, "关联的文字"))
            yield from self._one(part, number, text, note, "SttbfAssoc")
        yield from self._variables()
        saved = self.strings_of(numbers.SAVED_BY)
        for number, text in enumerate(saved, 1):
            note = "保存过文件的人" if number % 2 else "保存的位置"
            yield from self._one(Part.PROPERTY, number, text, note, "SttbSavedBy")
        for number, text in enumerate(self.strings_of(numbers.REVISERS), 1):
            if text != _UNNAMED:
                yield from self._one(Part.PROPERTY, number, text, "修订人", "SttbfRMark")
        for number, text in enumerate(self.strings_of(numbers.BOOKMARKS), 1):
            if not BOOKMARKS.fullmatch(text):
                yield from self._one(Part.OUTLINE, number, text, "书签", "SttbfBkmk")
        yield from self._loose()

    def _loose(self) -> Iterator[Segment]:
        """Texts in tables nobody has read, which may lie one over the other in a hostile file.

        What is not looked through here is told by `between`.
        """
        left = 0 if self._fib.old else _TIMES * len(self._table)
        for index in _LOOSE:
            start, end = self._fib.span(index)
            left -= max(0, min(end, len(self._table)) - start)
            if left < 0:
                return
            texts = () if index in _SILENT else texts_in(self.bytes_of(index))
            for number, text in enumerate(texts, 1):
                if not _AUTOMATIC.fullmatch(text):
                    yield from self._one(Part.HIDDEN, number, text, _UNSHOWN, f"table-{index}")

    def _variables(self) -> Iterator[Segment]:
        """2.9.298 StwUser: names, then as many values."""
        data = self.bytes_of(numbers.VARIABLES)
        if len(data) < 6:
            return
        listed = strings(data, self._encoding)
        names, values = listed.texts, list[str]()
        if listed.whole:
            values, _, whole = counted(data[listed.end :])
            self.broken += not whole
        else:
            self.broken += 1
        for number, name in enumerate(names, 1):
            value = values[number - 1] if number <= len(values) else ""
            text = value or name
            yield from self._one(Part.VARIABLE, number, text, f"文档变量 {name}", "StwUser")
        for number, value in enumerate(values[len(names) :], len(names) + 1):
            yield from self._one(Part.VARIABLE, number, value, "没有名称的文档变量", "StwUser")

    def _one(self, part: Part, number: int, text: str, note: str, path: str) -> Iterator[Segment]:
        text = text.replace("\0", "").strip()
        if text:
            place = Place(part, paragraph=number, path=path)
            yield Segment(place, text, visible=False, note=note)


def left_behind(stream: bytes, covered: list[tuple[int, int]], path: str) -> Iterator[Segment]:
    """Texts in bytes of the main stream that no piece points at: deleted, but still in the file."""
    for number, text in enumerate(texts_in_all(between(stream, covered)), 1):
        place = Place(Part.REVISION_HISTORY, paragraph=number, path=path)
        yield Segment(place, text, visible=False, note="删除后仍留在文件里的文字")

"""Text in loose bytes: what is left in the slack of old office files after it was deleted."""

import re
from collections.abc import Iterable, Iterator

# The 3,755 characters of GB 2312's first level are nearly all that running Chinese text is made
# of; noise read as UTF-16 or as GBK hits them about once in seventeen.
_COMMON = "".join(
    bytes((first, second)).decode("gb2312", "ignore")
    for first in range(0xB0, 0xD8)
    for second in range(0xA1, 0xFF)
)
_IS_COMMON = frozenset(_COMMON)
_HAN = "\u4e00-\u9fff\u3400-\u4dbf"
_MARKS = "\u3000-\u301f\uff01-\uff5e\u2014\u2018-\u201d\u2026\u00b7"
# A sure beginning is looked for first, and what stands around it read only there: noise has so few
# of them that megabytes of it cost little.
_CORE = re.compile(rf"[{_COMMON}]{{2}}|[\x20-\x7e]{{6}}")
_ONE = re.compile(rf"[{_HAN}{_MARKS}\x20-\x7e\t\r\n]")
_RUN = re.compile(rf"[{_HAN}{_MARKS}\x20-\x7e\t\r\n]+")
_BYTE_CORE = re.compile(rb"(?:[\xb0-\xd7][\xa1-\xfe]){3}|[\x20-\x7e]{8}")
_BYTE_RUN = re.compile(rb"(?:[\xa1-\xf7][\xa1-\xfe]|[\x20-\x7e\t\r\n])+")
_UTF8_RUN = re.compile(rb"(?:[\x20-\x7e\t]|[\xe2-\xe9\xef][\x80-\xbf]{2}){4,}")
_PLAIN = re.compile(rb"[\x20-\x7e\t]{8,}")
# A number as long as one of a telephone, and no piece of a sum.
LONG = re.compile(r"(?<![0-9A-Fa-f])[0-9]{11,}(?![0-9A-Fa-f])")
# Other writing than that of Europe: bytes that are no text are often read as that.
_WRITING = re.compile(r"[\u0370-\u1fff\u2e80-\ufaff\ufe10-\U0010ffff]")
_LONG_WORD = re.compile(r"[A-Za-z][a-z]{3,}|[A-Z]{5,}|\d{5,}")
_IS_LIKELY = frozenset(_COMMON + "\u3000\u3001\u3002\uff08\uff09\uff0c\uff1a\uff1b").__contains__
_LINES = str.maketrans("\r\n\t", "   ")
_LEAST = 4
# Large streams are read a window at a time, so that their text is never in memory three times.
_WINDOW, _OVERLAP = 1024 * 1024, 1024


def texts_in(data: bytes) -> Iterator[str]:
    """Runs of text in bytes of unknown meaning, read as UTF-16, as GBK and as ASCII.

    Only what looks like writing: at least four characters, common ones among the Chinese.
    """
    seen: set[str] = set()
    for start in range(0, len(data), _WINDOW):
        window = data[start : start + _WINDOW + _OVERLAP]
        for text in (*_utf16(window), *_gbk(window)):
            plain = text.strip()
            if plain and plain not in seen:
                seen.add(plain)
                yield plain


def texts_in_all(pieces: Iterable[bytes]) -> list[str]:
    """`texts_in` each piece; a text that stands in several is given once."""
    return list(dict.fromkeys(text for piece in pieces for text in texts_in(piece)))


def between(data: bytes, covered: Iterable[tuple[int, int]]) -> Iterator[bytes]:
    """The bytes outside all of these (start, end) stretches, a run at a time."""
    at = 0
    for start, end in sorted([*covered, (len(data), len(data))]):
        if start > at:
            yield data[at:start]
        at = max(at, end)


def written(raw: bytes) -> str:
    """The text that all of these bytes are in UTF-8 or in GB 18030; empty where they are none."""
    for code in ("utf-8", "gb18030"):
        try:
            text = raw.decode(code)
        except UnicodeDecodeError:
            continue
        if (code == "utf-8" or is_likely(text)) and text.translate(_LINES).isprintable():
            return text
    return ""


def is_likely(text: str) -> bool:
    """Whether what is not ASCII in a text is mostly common characters: noise decodes to others."""
    strange = [c for c in text if not c.isascii()]
    return sum(map(_IS_LIKELY, strange)) * 10 >= len(strange) * 8


def words_of(data: bytes) -> list[str]:
    """The words in bytes that may be one text as they are, or hold some."""
    try:
        whole = data.strip(b"\0 \r\n\t").decode()
    except UnicodeDecodeError:
        whole = ""
    if whole and whole.translate(_LINES).isprintable():
        return [whole] if len(whole) >= _LEAST else []
    return list(dict.fromkeys((*_utf8(data), *texts_in(data))))


def _utf8(data: bytes) -> Iterator[str]:
    for run in _UTF8_RUN.finditer(data):
        text = run[0].decode("utf-8", "ignore").strip()
        if not text.isascii() and is_writing(text):
            yield text


def telling(text: str) -> bool:
    """Whether a text may be words or a number of a person."""
    return LONG.search(text) is not None or _WRITING.search(text) is not None


def is_writing(text: str) -> bool:
    """Whether a run looks like something a person wrote."""
    han = [c for c in text if "\u3400" <= c <= "\u9fff"]
    if han:
        common = sum(c in _IS_COMMON for c in han)
        marks = sum(c.isascii() for c in text)
        return len(text) >= _LEAST and common * 10 >= len(han) * 8 and len(han) + marks >= 3
    letters = sum(c.isalnum() for c in text)
    return len(text) >= 6 and letters * 10 >= len(text) * 6 and bool(_LONG_WORD.search(text))


def _utf16(data: bytes) -> Iterator[str]:
    for start in (0, 1):
        even = data[start : start + (len(data) - start) // 2 * 2]
        text = even.decode("utf-16-le", "replace")
        at = 0
        while (core := _CORE.search(text, at)) is not None:
            first = core.start()
            while first > at and _ONE.match(text, first - 1):
                first -= 1
            run = _RUN.match(text, first)
            at = run.end() if run is not None else core.end()
            found = text[first:at]
            if is_writing(found):
                yield found


def _gbk(data: bytes) -> Iterator[str]:
    at = 0
    while (core := _BYTE_CORE.search(data, at)) is not None:
        first = core.start()
        while first > at:
            if 0x20 <= data[first - 1] <= 0x7E:
                first -= 1
            elif first - 2 >= at and 0xA1 <= data[first - 2] <= 0xF7 and data[first - 1] >= 0xA1:
                first -= 2
            else:
                break
        run = _BYTE_RUN.match(data, first)
        at = run.end() if run is not None else core.end()
        yield from _of_bytes(data[first:at])


def _of_bytes(raw: bytes) -> Iterator[str]:
    """A run of GBK and ASCII as one text, or else its ASCII alone."""
    if any(byte >= 0xA1 for byte in raw):
        text = raw.decode("gbk", "ignore")
        if sum("\u3400" <= c <= "\u9fff" for c in text) >= _LEAST and is_writing(text):
            yield text
            return
    for plain in _PLAIN.finditer(raw):
        text = plain[0].decode("ascii")
        if is_writing(text):
            yield text

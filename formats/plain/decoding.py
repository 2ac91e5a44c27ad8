"""Which encoding a text file is in: BOM, UTF-8, GB18030, UTF-16 without a BOM, then a guess."""

import codecs
import re

# A text file holds hardly any of these bytes; a program or picture many in its first kilobytes.
_BINARY = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What Chinese office text consists of, besides line ends and tabs.
_USUAL = re.compile(
    "[\t\r\n\x0c\x1b -~\u00a0-\u00ff\u2010-\u2027\u2030-\u205e\u2100-\u27bf"
    "\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef\U00020000-\U0003ffff]"
)
_SAMPLE = 64 * 1024


def decode(data: bytes) -> tuple[str, str] | None:
    """The text without its BOM and the encoding's name; None if this is no text.

    The order is the order of certainty: a BOM says so itself, UTF-8 does not happen by chance,
    GB18030 (GB 18030-2022) is what Chinese office programs write otherwise.
    """
    encoding = _encoding(data[:_SAMPLE], whole=len(data) <= _SAMPLE)
    if encoding is None:
        return None
    try:
        return data.decode(encoding).removeprefix("\ufeff"), encoding
    except UnicodeDecodeError:
        # The head was sound and something later is not: keep every character that can be kept.
        other = "gb18030" if encoding == "utf-8" else encoding
        try:
            text = data.decode(other).removeprefix("\ufeff")
        except UnicodeDecodeError:
            text = ""
        if text and _looks_chinese(data[:_SAMPLE]):
            return text, other
        return data.decode(encoding, "replace").removeprefix("\ufeff"), encoding


def decode_sample(head: bytes, *, whole: bool) -> str | None:
    """As `decode` for a file's first bytes, which may end inside a character unless `whole`."""
    encoding = _encoding(head, whole=whole)
    if encoding is None:
        return None
    return head.decode(encoding, "ignore").removeprefix("\ufeff")


def _encoding(head: bytes, *, whole: bool) -> str | None:
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    if b"\0" in head:
        return _utf32(head) or _utf16(head) or _padded(head, whole)
    if _is_binary(head):
        return None
    if _decodes(head, "utf-8", whole):
        return "utf-8"
    if _decodes(head, "gb18030", whole) and _looks_chinese(head):
        return "gb18030"
    return _utf16(head) or _nearly(head) or _guess(head, whole)


def _is_binary(head: bytes) -> bool:
    """More than a stray control byte here and there. Ctrl-Z once ended every DOS text."""
    strays = len(_BINARY.findall(head.rstrip(b"\x1a")))
    return strays * 200 > len(head) and (strays > 1 or len(head) < 40)


def _decodes(head: bytes, encoding: str, whole: bool) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(head, final=whole)
    except UnicodeDecodeError:
        return False
    return True


def _looks_chinese(head: bytes) -> bool:
    """Do most two-byte characters lie in GB 2312's first plane, where everyday text lies?"""
    text = head.decode("gb18030", "ignore")
    wide = [c for c in text if c > "\x7f"]
    if not wide:
        return False
    everyday = sum(
        1
        for c in wide
        if len(b := c.encode("gb18030")) == 2 and 0xA1 <= b[0] <= 0xD7 and b[1] >= 0xA1
    )
    return everyday * 10 >= len(wide) * 6


def _utf32(head: bytes) -> str | None:
    """UTF-32 without a BOM: three of four bytes would be wrong in any other reading of them."""
    head = head[: len(head) // 4 * 4]
    for encoding in ("utf-32-le", "utf-32-be"):
        try:
            text = head.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text and len(_USUAL.findall(text)) * 100 >= len(text) * 97:
            return encoding
    return None


def _padded(head: bytes, whole: bool) -> str | None:
    """Text with zero bytes in it: a disk that failed, a program that copied its buffer.

    Less than half may be zeros, and no tape archive (POSIX ustar), whose headers look like this.
    """
    bare = head.replace(b"\0", b"")
    if len(bare) * 2 < len(head) or head[257:262] == b"ustar" or _is_binary(bare):
        return None
    if _decodes(bare, "utf-8", whole):
        return "utf-8"
    return "gb18030" if _decodes(bare, "gb18030", whole) and _looks_chinese(bare) else None


def _utf16(head: bytes) -> str | None:
    """UTF-16 without a BOM: nearly all characters usual in one byte order."""
    head = head[: len(head) // 2 * 2]
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head.decode(encoding, "ignore")
        usual = len(_USUAL.findall(text))
        everyday = sum(1 for c in text if c < "\x7f" or _in_gb2312(c))
        if text and usual * 100 >= len(text) * 97 and everyday * 10 >= len(text) * 8:
            return encoding
    return None


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _nearly(head: bytes) -> str | None:
    """UTF-8 or GB18030 with a broken place or two: cut in a character, or a byte gone astray."""
    for encoding in ("utf-8", "gb18030"):
        text = head.decode(encoding, "replace")
        broken = text.count("\ufffd")
        usual = len(_USUAL.findall(text))
        if broken * 200 <= len(text) + 400 and usual * 100 >= (len(text) - broken) * 97:
            wide = [c for c in text if c > "\x7f"]
            if sum(map(_in_gb2312, wide)) * 10 >= len(wide) * 8:
                return encoding
    return None


def _guess(head: bytes, whole: bool) -> str | None:
    """The last resort; its import alone costs more than reading most files."""
    from charset_normalizer import from_bytes

    best = from_bytes(head).best()
    if best is not None and _decodes(head, best.encoding, whole):
        return best.encoding
    return "gb18030" if _decodes(head, "gb18030", whole) else None

"""XML from strangers: no entities, no network, bounded depth. The one way the readers parse it."""

import re
from functools import cache

from lxml import etree

from formats.reading import TroubleCode, Unreadable

# ISO/IEC 29500 "strict" documents use other namespace names for the same elements; read as one.
_STRICT = (
    (b"purl.oclc.org/ooxml/wordprocessingml", b"schemas.openxmlformats.org/wordprocessingml/2006"),
    (b"purl.oclc.org/ooxml/spreadsheetml", b"schemas.openxmlformats.org/spreadsheetml/2006"),
    (
        b"purl.oclc.org/ooxml/officeDocument/relationships",
        b"schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"purl.oclc.org/ooxml/officeDocument/",
        b"schemas.openxmlformats.org/officeDocument/2006/",
    ),
    (
        b"purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
        b"schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (b"purl.oclc.org/ooxml/drawingml/", b"schemas.openxmlformats.org/drawingml/2006/"),
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_ENCODING = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"']*)")
_PLAIN_ENCODINGS = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii", b"gb2312", b"gbk",
                              b"gb18030", b"iso-8859-1", b"windows-1252"})  # fmt: skip
_BAD_ENCODING = "文件内部的 {} 编码不正确。请在办公软件中打开并另存后再试。"
_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b[^>]*>")
_TOP = 64 * 1024
# lxml looks each attribute up by its name: of 200,000 that takes minutes, and no program writes so.
_LONG_TAG = re.compile(rb"<[^<>]{32768}")
_TAG = re.compile(rb"<[^<>]*")
# Half as long as such a tag: wherever one lies, it fills one of the blocks of this size.
_BLOCK = 16384
_MOST_ATTRIBUTES = 2000
_ANY_TAG = re.compile(r"<[^<>]*>")
# Comments, and instructions to programs but those that every office program writes. One that has no
# end goes on to the last byte: it is told, and many of them cost no more than one.
_ASIDE = re.compile(rb"<!--(.*?)(?:-->|\Z)|<\?(?!xml\b|mso-)(.*?)(?:\?>|\Z)", re.DOTALL)


@cache
def _parser() -> etree.XMLParser:
    """Comments and instructions are left out of the tree: `comments` lists what they said."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def parse(data: bytes, where: str) -> etree._Element:
    """The root element of one OOXML part; `where` is its name, for the sentence shown on failure.

    Raises Unreadable: DAMAGED for bad XML or any document type definition (ECMA-376 part 2 forbids
    it, and entities are the classic bomb), TOO_BIG past libxml2's depth of 256 or a 10 MB text.
    """
    data = readable(data, where)
    # A definition stands before the root element; one behind a very long comment is met below.
    top = data[:_TOP]
    if b"<!DOCTYPE" in top or b"<!ENTITY" in top:
        raise _defines(where)
    if b"purl.oclc.org/ooxml" in top:
        for strict, transitional in _STRICT:
            data = data.replace(strict, transitional)
    if len(data) > _TOP and _crowded(data):
        raise Unreadable(
            TroubleCode.TOO_BIG,
            f"文件内部的 {where} 有一处属性多得不正常，可能是恶意构造，已停止读取。请向来源核实。",
        )
    try:
        root = etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        if "depth" in str(error) or "uge" in str(error):
            raise Unreadable(
                TroubleCode.TOO_BIG,
                f"文件内部的 {where} 层数或文字超过限度，已停止读取。请在办公软件中另存后再试。",
            ) from None
        raise Unreadable(
            TroubleCode.DAMAGED,
            f"文件内部的 {where} 已损坏。请在办公软件中打开并另存，或向来单位重新索取。",
        ) from None
    if root is None:
        raise Unreadable(TroubleCode.DAMAGED, f"文件内部的 {where} 是空的，请重新索取文件。")
    if len(data) > _TOP and root.getroottree().docinfo.internalDTD is not None:
        raise _defines(where)
    return root


def _crowded(data: bytes) -> bool:
    """Whether an element has more attributes than any program writes."""
    ends = (data.find(b">", at, at + _BLOCK) for at in range(0, len(data) - _BLOCK + 1, _BLOCK))
    if min(ends, default=0) >= 0:
        return False
    at = 0
    while (long := _LONG_TAG.search(data, at)) is not None:
        tag = _TAG.match(data, long.start())
        assert tag is not None
        if tag.group().count(b"=") > _MOST_ATTRIBUTES:
            return True
        at = tag.end()
    return False


def _defines(where: str) -> Unreadable:
    return Unreadable(
        TroubleCode.DAMAGED,
        f"文件内部的 {where} 带有不允许的实体定义，可能是恶意构造，已停止读取。请向来源核实。",
    )


def comments(data: bytes) -> list[str]:
    """What XML comments in a part say, and instructions to other programs: nobody is shown them,
    yet they travel with the file."""
    # One character is found ten times faster than four; the first instruction declares the XML.
    declaration = _DECLARATION.match(data)
    behind = declaration.end() if declaration is not None else 0
    if (b"!" not in data or b"<!--" not in data) and data.find(b"?", behind) < 0:
        return []
    declared = _ENCODING.match(data)
    code = "utf-8" if declared is None else declared.group(1).decode("ascii", "replace")
    if code.lower().encode() not in _PLAIN_ENCODINGS:
        code = "utf-8"
    said = (b"".join(found).decode(code, "replace").strip() for found in _ASIDE.findall(data))
    return [text for text in said if text]


def without_tags(data: bytes) -> str:
    """The bare text of a part that is broken as XML."""
    return " ".join(_ANY_TAG.sub(" ", data.decode("utf-8", "replace")).split())


def without_doctype(data: bytes) -> bytes:
    """A part without the line that names its document type, where that defines nothing."""
    top = data[:1024]
    at = top.find(b"<!DOCTYPE")
    end = top.find(b">", at)
    return data[:at] + data[end + 1 :] if 0 <= at < end and b"[" not in top[at:end] else data


def readable(data: bytes, where: str) -> bytes:
    """A part in an encoding in which every look at its bytes sees what the parser will see.

    OOXML parts are UTF-8 or UTF-16 (ECMA-376 part 2, 8.1.1); anything stranger could hide markup
    from such a look. Raises Unreadable(DAMAGED).
    """
    if data.startswith(_UTF16):
        data = _as_utf8(data, where)
    declared = _ENCODING.match(data)
    if declared is not None and declared.group(1).lower() not in _PLAIN_ENCODINGS:
        raise Unreadable(TroubleCode.DAMAGED, _BAD_ENCODING.format(where))
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise Unreadable(TroubleCode.DAMAGED, _BAD_ENCODING.format(where))
    return data


def _as_utf8(data: bytes, where: str) -> bytes:
    little = data.startswith((b"\xff\xfe", b"<\0"))
    try:
        text = data.decode("utf-16-le" if little else "utf-16-be")
    except UnicodeDecodeError:
        raise Unreadable(TroubleCode.DAMAGED, _BAD_ENCODING.format(where)) from None
    return re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", text, count=1).encode("utf-8")

"""A web page's bytes to a tree: the encoding a browser would choose, and bombs refused."""

import codecs
import re
from typing import NamedTuple

from lxml import etree

from formats.plain.decoding import decode
from formats.reading import TroubleCode, Unreadable

_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What a page may call its encoding (WHATWG Encoding Standard 4.2), to the name Python knows.
_ENCODINGS = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030",
    "gb_2312-80": "gb18030", "hz-gb-2312": "hz", "cp936": "gb18030",
    "utf-8": "utf-8", "utf8": "utf-8", "big5": "big5hkscs", "big5-hkscs": "big5hkscs",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "windows-1252": "cp1252", "us-ascii": "cp1252",
    "utf-16": "utf-16-le", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be", "utf-7": "utf-7",
    "shift_jis": "cp932", "euc-jp": "euc_jp", "euc-kr": "cp949", "iso-2022-jp": "iso2022_jp",
    "windows-1251": "cp1251", "koi8-r": "koi8_r", "iso-8859-15": "iso8859_15",
    "windows-1250": "cp1250", "iso-8859-2": "iso8859_2", "windows-1254": "cp1254",
}  # fmt: skip
# libxml2 compares each attribute of an element with all before it: past this it takes minutes.
_MOST_ATTRIBUTES = 3000
_CROWDED = re.compile(
    r"<[a-zA-Z][^\s/>]*+"
    r"(?:[\s/]*+[^\s/>][^\s/>=]*+"
    r"(?>(?:\s*+=\s*+(?>(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>\"'][^\s>]*+)?))?))"
    rf"{{{_MOST_ATTRIBUTES}}}"
)
NOT_TAGS = re.compile(
    r"<!--.*?(?:-->|\Z)|<script\b.*?(?:</script|\Z)|<style\b.*?(?:</style|\Z)", re.DOTALL | re.I
)
_DAMAGED = "网页文件已损坏，无法读取。请用浏览器打开，另存为 PDF 后再放入。"
_CROWD = "文件里有标签带着上千个属性，可能是恶意构造，已停止读取。请向来源核实。"
DEEP = "网页嵌套层数超过限度，已停止读取。请用浏览器打开，另存为 PDF 后再放入。"


class Source(NamedTuple):
    """The page's characters; `broken` counts the places that are in no known encoding."""

    text: str
    broken: int


def encoding_named(name: str) -> str | None:
    """The codec for a charset's name as mails and pages write it; None for a strange one."""
    return _ENCODINGS.get(name.strip().lower())


def text_of(data: bytes, charset: str = "") -> Source:
    """The text of HTML or of mail text: BOM, UTF-8 if it is sound, what it declares, a guess.

    `charset` is what a mail header says. Many pages that declare gb2312 were saved again as UTF-8:
    sound UTF-8 does not happen by chance, so it goes before the declaration.
    """
    if data.startswith(_BOMS):
        found = decode(data)
        return _counted(found[0] if found else data.decode("utf-8", "replace"))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if "\x1b" not in text and "\0" not in text and not text.isascii():
            return Source(text, 0)
    named = charset
    if not named:
        declared = _META.search(data[:4096])
        named = declared.group(1).decode("ascii", "replace") if declared else ""
    encoding = encoding_named(named)
    if encoding == "cp1252":
        # What careless programs declare whatever they write; any bytes at all are "valid" in it.
        found = decode(data)
        if found is not None and found[1] == "gb18030":
            return _counted(found[0])
    # A page that could be read far enough to find its meta is not in UTF-16 (HTML 13.2.3.2).
    if encoding is not None and (charset or not encoding.startswith("utf-16")):
        try:
            return Source(data.decode(encoding), 0)
        except (UnicodeDecodeError, ValueError):
            pass
    found = decode(data)
    if found is not None:
        return _counted(found[0])
    return _counted(data.decode(encoding or "gb18030", "replace"))


def _counted(text: str) -> Source:
    return Source(text.removeprefix("\ufeff"), text.count("\ufffd"))


def parse(text: str) -> list[etree._Element]:
    """The page's top nodes: comments before and behind <html>, and <html> itself.

    Raises Unreadable: TOO_BIG for thousands of attributes or levels, DAMAGED.
    """
    check_crowd(text)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, recover=True, huge_tree=True, remove_pis=False
    )
    # A lone surrogate cannot be handed on; a NUL is passed over by browsers (HTML 13.2.6.4.7).
    data = text.replace("\0", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
        if root is None:
            root = etree.fromstring(b"<html><body>" + data, parser)
    except (etree.LxmlError, ValueError):
        raise Unreadable(TroubleCode.DAMAGED, _DAMAGED) from None
    if root is None:
        raise Unreadable(TroubleCode.DAMAGED, _DAMAGED)
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise Unreadable(TroubleCode.TOO_BIG, DEEP)
    before = list(root.itersiblings(preceding=True))
    return [*reversed(before), root, *root.itersiblings()]


def check_crowd(text: str) -> None:
    """Refuse elements with thousands of attributes, in HTML and XML. Raises Unreadable(TOO_BIG)."""
    if _CROWDED.search(text) and _CROWDED.search(NOT_TAGS.sub("", text)):
        raise Unreadable(TroubleCode.TOO_BIG, _CROWD)

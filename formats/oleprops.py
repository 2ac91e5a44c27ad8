"""Property sets of old office files ([MS-OLEPS]): title, authors, company, a person's own names."""

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from formats.reading import Part, Place, Segment, Trouble, TroubleCode

SUMMARY = "\x05SummaryInformation"
DOCUMENT_SUMMARY = "\x05DocumentSummaryInformation"
# [MS-OLEPS] 2.18.1 and 2.18.2: the format identifiers of the three sets office programs write.
_SUMMARY_SET = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
_OFFICE_SET = bytes.fromhex("02d5cdd59c2e1b10939708002b2cf9ae")
_OWN_SET = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")
_LABELS = {
    _SUMMARY_SET: {
        2: "标题", 3: "主题", 4: "作者", 5: "关键词", 6: "备注", 7: "模板", 8: "最后修改人",
    },
    _OFFICE_SET: {
        2: "类别", 3: "演示格式", 13: "各部分的标题", 14: "主管", 15: "单位", 27: "状态",
    },
}  # fmt: skip
_SILENT = {
    _SUMMARY_SET: frozenset({1, 9, 10, 11, 12, 13, 14, 15, 16, 18, 19}),
    _OFFICE_SET: frozenset({1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 16, 17, 19, 22, 23, 28, 29}),
}
# What WPS and LibreOffice write into the custom properties of every file.
_PROGRAMS = frozenset(
    {"AppVersion", "KSOProductBuildVer", "ICV", "KSOReadingLayout", "KSOTemplateUUID"}
)
_THUMBNAIL = 17
_MOST = 4096
_LIES = (struct.error, IndexError, ValueError, OverflowError)


class Properties(NamedTuple):
    """What one stream says; `troubles` hold what could not be read."""

    segments: list[Segment]
    troubles: list[Trouble]


def properties(data: bytes, path: str) -> Properties:
    """The texts of a property set stream, invisible, with the property's name as note."""
    segments: list[Segment] = []
    troubles: list[Trouble] = []
    place = Place(Part.PROPERTY, path=path)
    try:
        for format_id, start in _sets(data):
            for number, name, value in _values(data, start, format_id):
                if format_id == _SUMMARY_SET and number == _THUMBNAIL:
                    troubles.append(
                        Trouble(
                            TroubleCode.NEEDS_OCR,
                            "文件带有缩略图，程序没有读图上的文字。请另存为新格式，去掉缩略图。",
                            Place(Part.THUMBNAIL, path=path),
                        )
                    )
                    continue
                if not value.strip() or number in _SILENT.get(format_id, ()) or name in _PROGRAMS:
                    continue
                own = f"自定义属性 {name}" if name else ""
                note = own or _LABELS.get(format_id, {}).get(number, f"属性 {number}")
                here = place._replace(paragraph=len(segments) + 1)
                segments.append(Segment(here, value.strip(), visible=False, note=note))
    except _LIES:
        troubles.append(
            Trouble(
                TroubleCode.DAMAGED,
                "文档属性有损坏，没有读全。请在 WPS 中查看文件属性并另存。",
                place,
            )
        )
    return Properties(segments, troubles)


def _sets(data: bytes) -> Iterator[tuple[bytes, int]]:
    """2.21: the format identifier and offset of each set in the stream."""
    count = min(struct.unpack_from("<I", data, 24)[0], 8)
    for number in range(count):
        at = 28 + number * 20
        yield data[at : at + 16], struct.unpack_from("<I", data, at + 16)[0]


def _values(data: bytes, start: int, format_id: bytes) -> Iterator[tuple[int, str, str]]:
    """2.20: (identifier, a person's own name for it, value) of each property of a set."""
    _, count = struct.unpack_from("<II", data, start)
    pairs = [struct.unpack_from("<II", data, start + 8 + 8 * n) for n in range(min(count, _MOST))]
    codepage = next(
        (struct.unpack_from("<H", data, start + at + 4)[0] for number, at in pairs if number == 1),
        936,
    )
    encoding = encoding_of(codepage)
    names: dict[int, str] = {}
    for number, at in pairs:
        if number == 0 and format_id not in _LABELS:
            names = _dictionary(data, start + at, encoding)
    for number, at in pairs:
        if number in (0, 0x80000000) or (number == 1 and format_id not in _LABELS):
            continue
        yield number, names.get(number, ""), _value(data, start + at, encoding)


def encoding_of(codepage: int) -> str:
    """Python's name of a Windows code page; GB18030 where it is Chinese or unknown."""
    if codepage == 1200:
        return "utf-16-le"
    if codepage == 65001:
        return "utf-8"
    if codepage in (932, 949, 950, 874, 437, 850, 852, 866) or 1250 <= codepage <= 1258:
        return f"cp{codepage}"
    return "gb18030"


def _dictionary(data: bytes, at: int, encoding: str) -> dict[int, str]:
    """2.17: the names a person gave to properties of his own."""
    (count,) = struct.unpack_from("<I", data, at)
    at += 4
    names = {}
    for _ in range(min(count, _MOST)):
        number, length = struct.unpack_from("<II", data, at)
        wide = encoding == "utf-16-le"
        size = length * 2 if wide else length
        names[number] = data[at + 8 : at + 8 + size].decode(encoding, "replace").rstrip("\0")
        at += 8 + (-(-size // 4) * 4 if wide else size)
    return names


def _value(data: bytes, at: int, encoding: str) -> str:
    """2.15: one typed value as text; "" for kinds that hold none."""
    (kind,) = struct.unpack_from("<I", data, at)
    at += 4
    if kind & 0x1000:
        return _vector(data, at, kind & 0xFFF, encoding)
    if kind in (0x1E, 0x1F):
        return _string(data, at, kind, encoding)[0]
    if kind in (0x02, 0x03, 0x12, 0x13):
        size = "<h" if kind == 0x02 else "<H" if kind == 0x12 else "<i" if kind == 0x03 else "<I"
        return str(struct.unpack_from(size, data, at)[0])
    if kind == 0x05:
        return f"{struct.unpack_from('<d', data, at)[0]:.15g}"
    if kind == 0x14:
        return str(struct.unpack_from("<q", data, at)[0])
    if kind == 0x40:
        return _moment(struct.unpack_from("<Q", data, at)[0])
    return ""


def _vector(data: bytes, at: int, kind: int, encoding: str) -> str:
    (count,) = struct.unpack_from("<I", data, at)
    at += 4
    found = []
    for _ in range(min(count, _MOST)):
        if kind == 0x0C:
            (inner,) = struct.unpack_from("<I", data, at)
            text, at = (
                _string(data, at + 4, inner, encoding) if inner in (0x1E, 0x1F) else ("", at + 8)
            )
        elif kind in (0x1E, 0x1F):
            text, at = _string(data, at, kind, encoding)
        else:
            break
        if text.strip():
            found.append(text.strip())
    return "\n".join(found)


def _string(data: bytes, at: int, kind: int, encoding: str) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", data, at)
    size = length * 2 if kind == 0x1F else length
    raw = data[at + 4 : at + 4 + size]
    text = raw.decode("utf-16-le" if kind == 0x1F else encoding, "replace")
    padded = -(-size // 4) * 4 if kind == 0x1F else size
    return text.partition("\0")[0], at + 4 + padded


def _moment(ticks: int) -> str:
    """Hundreds of nanoseconds since 1601."""
    moment = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
    return f"{moment:%Y-%m-%d %H:%M}"

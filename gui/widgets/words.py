"""Dates, sizes and file kinds as an officer writes them."""

from datetime import date, datetime

from formats.reading import Kind

KB = 1024
KIND_WORDS = {
    Kind.DOCX: "Word",
    Kind.DOCM: "Word（含宏）",
    Kind.DOC: "Word 97",
    Kind.XLSX: "Excel",
    Kind.XLSM: "Excel（含宏）",
    Kind.XLS: "Excel 97",
    Kind.PPTX: "演示",
    Kind.PPT: "演示（旧版）",
    Kind.ODT: "ODF 文字",
    Kind.ODS: "ODF 表格",
    Kind.ODP: "ODF 演示",
    Kind.PDF: "PDF",
    Kind.OFD: "OFD",
    Kind.TXT: "文本",
    Kind.CSV: "CSV",
    Kind.HTML: "网页",
    Kind.ZIP: "压缩包",
    Kind.PNG: "图片",
    Kind.JPEG: "图片",
    Kind.TIFF: "图片",
}


def day(when: date | datetime | None) -> str:
    """2026年3月5日; empty for None."""
    return f"{when.year}年{when.month}月{when.day}日" if when is not None else ""


def short_day(when: date | datetime | None) -> str:
    """3月5日 in this year, else 2025年3月5日."""
    if when is None:
        return ""
    if when.year == datetime.now().astimezone().year:
        return f"{when.month}月{when.day}日"
    return day(when)


def moment(when: datetime | None) -> str:
    """2026年3月5日 09:07; empty for None."""
    return f"{day(when)} {when:%H:%M}" if when is not None else ""


def size(count: int) -> str:
    """Bytes in words: 12 KB, 3.4 MB."""
    if count < KB:
        return f"{count} 字节"
    if count < KB * KB:
        return f"{count / KB:.0f} KB"
    return f"{count / KB / KB:.1f} MB"


def kind_word(kind: Kind) -> str:
    """A file kind as an officer calls it."""
    return KIND_WORDS.get(kind, kind.value.upper())

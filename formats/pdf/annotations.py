"""What lies on the pages besides their content: notes, stamps, links, marks (12.5)."""

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from formats.pdf import fields
from formats.pdf.actions import actions
from formats.pdf.appearance import Look, looks_of
from formats.pdf.document import Box, Frame
from formats.pdf.rich import bare
from formats.pdf.structure import entry, items_of, string_of
from formats.reading import Part, Place, Segment

NAMES = {
    "Text": "便签",
    "Link": "链接",
    "FreeText": "文字注释",
    "Line": "线条",
    "Square": "方框",
    "Circle": "圆圈",
    "Polygon": "多边形",
    "PolyLine": "折线",
    "Highlight": "高亮",
    "Underline": "下划线",
    "Squiggly": "波浪线",
    "StrikeOut": "删除线",
    "Stamp": "图章",
    "Redact": "没有执行的涂黑标记",
    "Ink": "手写",
    "Caret": "插入标记",
    "Popup": "弹出窗口",
    "FileAttachment": "文件附件",
    "Sound": "录音",
    "Movie": "影片",
    "Screen": "媒体",
    "RichMedia": "媒体",
    "3D": "三维模型",
    "Watermark": "水印",
    "Projection": "投影",
    "PrinterMark": "印刷标记",
    "TrapNet": "陷印",
}
MEDIA = frozenset({"Sound", "Movie", "Screen", "RichMedia", "3D"})
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
# The bits of /F (12.5.3, table 165).
INVISIBLE, HIDDEN, PRINT, NO_VIEW = 1, 2, 4, 32
_STATES = {
    "Accepted": "已接受",
    "Rejected": "已拒绝",
    "Cancelled": "已取消",
    "Completed": "已完成",
    "Marked": "已标记",
    "Unmarked": "未标记",
    "None": "",
}
# What these say stands on the page itself, without a click.
_WRITTEN = frozenset({"FreeText", "Watermark"})


class OfPage:
    """The annotations of one page object; `unapplied` counts marks for blacking out."""

    def __init__(self, page: Any, number: int, frame: Frame) -> None:
        self._page, self._number, self._frame = page, number, frame
        self.looks: list[Look] = []
        self.unapplied = 0
        self.media = 0

    def segments(self) -> Iterator[Segment]:
        """What they say; afterwards `looks` holds how they are painted."""
        for part, text, what in actions(self._page):
            place = Place(part, page=self._number)
            yield Segment(place, text, visible=False, note=f"打开或关闭本页时：{what}")
        for index, note in enumerate(items_of(entry(self._page, "/Annots")), 1):
            kind = string_of(entry(note, "/Subtype"))
            box = _box(note, self._frame)
            place = Place(Part.ANNOTATION, page=self._number, paragraph=index, box=box)
            said = ""
            shown = is_shown(note)
            if kind == "Widget":
                place = place._replace(part=Part.FORM_VALUE)
                found = fields.field(note, place, shown=shown)
            else:
                found = _note(note, kind, place, shown=shown)
            for segment in found:
                said += segment.text
                yield segment
            self.looks += looks_of(note, place, said, shown=shown and kind != "Popup")
            self.unapplied += kind == "Redact"
            self.media += kind in MEDIA
            for part, text, what in actions(note):
                yield Segment(place._replace(part=part), text, visible=False, note=what)


def is_shown(note: Any) -> bool:
    """Whether it is seen on the screen or on paper."""
    flags = entry(note, "/F")
    if not isinstance(flags, int):
        return True
    return not flags & HIDDEN and (not flags & NO_VIEW or bool(flags & PRINT))


def _note(note: Any, kind: str, place: Place, *, shown: bool) -> Iterator[Segment]:
    text = string_of(entry(note, "/Contents"))
    rich = bare(string_of(entry(note, "/RC")))
    author = string_of(entry(note, "/T"))
    about = _about(note, kind, author, shown=shown)
    texts = [text, rich if rich != text else "", string_of(entry(note, "/Subj"))]
    texts.append(string_of(entry(note, "/OverlayText")))
    for piece in dict.fromkeys(t for t in texts if t.strip()):
        yield Segment(place, piece, shown and kind in _WRITTEN, about)
    if author and not any(t.strip() for t in texts) and kind != "Link":
        yield Segment(place, author, visible=False, note="注释作者")


def _about(note: Any, kind: str, author: str, *, shown: bool) -> str:
    """Kind, author, day and state, as a person asks for them."""
    day = _DATE.match(string_of(entry(note, "/M")) or string_of(entry(note, "/CreationDate")))
    state = string_of(entry(note, "/State"))
    said = [
        NAMES.get(kind, "注释"),
        f"作者 {author}" if author else "",
        f"{day[1]}-{day[2]}-{day[3]}" if day else "",
        "回复" if isinstance(entry(note, "/IRT"), pikepdf.Dictionary) else "",
        _STATES.get(state, state),
        "" if shown else "隐藏",
    ]
    return "，".join(s for s in said if s)


def _box(note: Any, frame: Frame) -> Box | None:
    values = [float(v) for v in items_of(entry(note, "/Rect")) if not isinstance(v, pikepdf.Object)]
    if len(values) != 4:
        return None
    left, right = sorted((values[0], values[2]))
    bottom, top = sorted((values[1], values[3]))
    return frame.shown(left, bottom, right, top)

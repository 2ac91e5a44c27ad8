"""What lies on the pages besides their content: notes, links, form fields, scripts (12.5, 12.7)."""

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from formats.pdf.document import Box
from formats.pdf.structure import HIDDEN_FLAGS, Walk, entry, items_of, string_of
from formats.reading import Part, Place, Segment

_NAMES = {
    "Text": "便签",
    "FreeText": "文字注释",
    "Highlight": "高亮",
    "Underline": "下划线",
    "StrikeOut": "删除线",
    "Stamp": "图章",
    "Redact": "没有执行的涂黑标记",
    "Ink": "手写",
    "Caret": "插入标记",
}
_TAG = re.compile(r"<[^>]*>")
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")


def of_page(page: Any, number: int, height: float) -> Iterator[Segment]:
    """Annotations of one page object; `height` of the page in points."""
    for index, note in enumerate(items_of(entry(page, "/Annots")), 1):
        kind = string_of(entry(note, "/Subtype"))
        box = _box(note, height)
        place = Place(Part.ANNOTATION, page=number, paragraph=index, box=box)
        if kind == "Widget":
            yield from field(note, place)
        elif kind != "Popup":
            yield from _note(note, kind, place)
        for action in actions(note):
            part, text, what = action
            yield Segment(place._replace(part=part), text, visible=False, note=what)


def _note(note: Any, kind: str, place: Place) -> Iterator[Segment]:
    text = string_of(entry(note, "/Contents"))
    rich = _TAG.sub("", string_of(entry(note, "/RC"))).strip()
    author = string_of(entry(note, "/T"))
    day = _DATE.match(string_of(entry(note, "/M")))
    said = [
        _NAMES.get(kind, "注释" if kind != "Link" else "链接"),
        f"作者 {author}" if author else "",
        f"{day[1]}-{day[2]}-{day[3]}" if day else "",
    ]
    about = "，".join(s for s in said if s)
    seen = kind == "FreeText" and not _flags(note) & HIDDEN_FLAGS
    texts = [text, rich if rich != text else "", string_of(entry(note, "/Subj"))]
    texts.append(string_of(entry(note, "/OverlayText")))
    for piece in dict.fromkeys(t for t in texts if t.strip()):
        yield Segment(place, piece, seen, about)
    if author and not any(t.strip() for t in texts) and kind != "Link":
        yield Segment(place, author, visible=False, note="注释作者")


def field(widget: Any, place: Place) -> Iterator[Segment]:
    """The value of a form field, its tip and its default; values are inherited (12.7.3.1)."""
    place = place._replace(part=Part.FORM_VALUE)
    value = _inherited(widget, "/V")
    seen = not _flags(widget) & HIDDEN_FLAGS
    button = string_of(_inherited(widget, "/FT")) == "Btn"
    texts = [] if button else [string_of(v) for v in items_of(value)]
    for text in texts:
        if text.strip():
            yield Segment(place, text, seen, "表单填写的内容")
    default = string_of(_inherited(widget, "/DV"))
    if default.strip() and default not in texts and not button:
        yield Segment(place, default, visible=False, note="表单的默认值")
    tip = string_of(_inherited(widget, "/TU"))
    if tip.strip():
        yield Segment(place, tip, visible=False, note="表单提示")
    for option in items_of(_inherited(widget, "/Opt")):
        for text in (string_of(o) for o in items_of(option)):
            if text.strip() and text not in texts:
                yield Segment(place, text, visible=False, note="表单的下拉选项")


def actions(owner: Any) -> Iterator[tuple[Part, str, str]]:
    """(part, text, note) of the links, file targets and scripts that an object may start."""
    starts = [entry(owner, "/A"), entry(owner, "/OpenAction")]
    more = entry(owner, "/AA")
    if isinstance(more, pikepdf.Dictionary):
        starts += [more.get(key) for key in list(more.keys())[:50]]
    chain = Walk().tree(
        [s for s in starts if isinstance(s, pikepdf.Dictionary)],
        lambda a: [n for n in items_of(entry(a, "/Next")) if isinstance(n, pikepdf.Dictionary)],
    )
    for action in chain:
        address = string_of(entry(action, "/URI"))
        if address:
            yield Part.LINK, address, "链接地址"
        script = string_of(entry(action, "/JS"))
        if script.strip():
            yield Part.SCRIPT, script, "打开或点击时运行的脚本"
        target = entry(action, "/F")
        path = (
            string_of(target) or string_of(entry(target, "/UF")) or string_of(entry(target, "/F"))
        )
        if path:
            yield Part.LINK, path, "指向其他文件的路径"


def other_fields(root: Any, seen: set[tuple[int, int]]) -> Iterator[Segment]:
    """Form fields that no page shows, and the data of XFA forms."""
    form = entry(root, "/AcroForm")
    fields = Walk().tree(items_of(entry(form, "/Fields")), lambda f: items_of(entry(f, "/Kids")))
    for number, each in enumerate(fields, 1):
        name = getattr(each, "objgen", (0, 0))
        if name in seen or entry(each, "/V") is None or entry(each, "/Kids") is not None:
            continue
        for segment in field(each, Place(Part.FORM_VALUE, paragraph=number)):
            yield segment._replace(visible=False)
    for number, part in enumerate(items_of(entry(form, "/XFA")), 1):
        text = " ".join(_TAG.sub(" ", string_of(part)).split())
        if isinstance(part, pikepdf.Stream) and text:
            place = Place(Part.FORM_VALUE, paragraph=number, path="XFA")
            yield Segment(place, text, visible=False, note="XFA 表单数据")


def _inherited(widget: Any, key: str) -> Any:
    current, left = widget, 32
    while current is not None and left:
        value = entry(current, key)
        if value is not None:
            return value
        current, left = entry(current, "/Parent"), left - 1
    return None


def _flags(note: Any) -> int:
    value = entry(note, "/F")
    return value if isinstance(value, int) else 0


def _box(note: Any, height: float) -> Box | None:
    values = [float(v) for v in items_of(entry(note, "/Rect")) if not isinstance(v, pikepdf.Object)]
    if len(values) != 4:
        return None
    left, right = sorted((values[0], values[2]))
    bottom, top = sorted((values[1], values[3]))
    return (round(left, 2), round(height - top, 2), round(right, 2), round(height - bottom, 2))

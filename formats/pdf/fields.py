"""Forms: what fields hold, offer and ask, signatures, and the data of XFA (12.7)."""

from collections.abc import Iterator
from typing import Any

import pikepdf

from formats import asn1
from formats.pdf.actions import actions
from formats.pdf.rich import bare, lines
from formats.pdf.structure import Walk, entry, inherited, items_of, string_of
from formats.reading import Part, Place, Segment

_SIGNED = {
    "/Name": "签名人",
    "/Reason": "签名原因",
    "/Location": "签名地点",
    "/ContactInfo": "签名人联系方式",
}
_CAPTIONS = ("/CA", "/RC", "/AC")


def field(widget: Any, place: Place, *, shown: bool) -> Iterator[Segment]:
    """The value of a form field, its default, choices, tip and name; values are inherited."""
    place = place._replace(part=Part.FORM_VALUE)
    value = inherited(widget, "/V")
    button = string_of(inherited(widget, "/FT")) == "Btn"
    if isinstance(value, pikepdf.Dictionary):
        yield from _signature(value, place)
        value = None
    texts = [t for t in (string_of(v) for v in items_of(value)) if t.strip()]
    for text in texts:
        if button and text != "Off":
            yield Segment(place, text, visible=False, note="选中的项")
        elif not button:
            yield Segment(place, text, shown, "表单填写的内容")
    rich = bare(string_of(inherited(widget, "/RV")))
    default = string_of(inherited(widget, "/DV"))
    asides = [
        (rich, "表单填写的内容（带格式）"),
        ("" if button else default, "表单的默认值"),
        (string_of(inherited(widget, "/TU")), "表单提示"),
        (_name(widget), "表单域的名称"),
        (string_of(inherited(widget, "/TM")), "表单域的导出名称"),
    ]
    looks = entry(widget, "/MK")
    for key in _CAPTIONS:
        caption = string_of(entry(looks, key))
        if button and len(caption) > 1:
            yield Segment(place, caption, shown and key == "/CA", "按钮上的文字")
    asides += [
        (string_of(text), "表单的下拉选项")
        for option in items_of(inherited(widget, "/Opt"))
        for text in items_of(option)
    ]
    for text, note in asides:
        if text.strip() and text not in texts:
            yield Segment(place, text, visible=False, note=note)


def _name(widget: Any) -> str:
    """The field's name where it says something: `Text1` does not."""
    name = string_of(inherited(widget, "/T"))
    return name if not name.isascii() or sum(c.isdigit() for c in name) > 4 else ""


def _signature(value: Any, place: Place) -> Iterator[Segment]:
    for key, note in _SIGNED.items():
        text = string_of(entry(value, key))
        if text.strip():
            yield Segment(place, text, visible=False, note=note)
    signed = entry(value, "/Contents")
    names = asn1.words_in(bytes(signed)) if isinstance(signed, pikepdf.String) else []
    if names:
        yield Segment(place, "，".join(names), visible=False, note="签名证书里的名称")


def other_fields(root: Any, seen: set[tuple[int, int]]) -> Iterator[Segment]:
    """Form fields that no page shows, and the data of XFA forms."""
    form = entry(root, "/AcroForm")
    tree = Walk().tree(items_of(entry(form, "/Fields")), lambda f: items_of(entry(f, "/Kids")))
    for number, each in enumerate(tree, 1):
        place = Place(Part.FORM_VALUE, paragraph=number, path="AcroForm")
        for part, text, note in actions(each):
            yield Segment(place._replace(part=part), text, visible=False, note=note)
        name = getattr(each, "objgen", (0, 0))
        if name in seen or inherited(each, "/V") is None or entry(each, "/Kids") is not None:
            continue
        yield from field(each, place, shown=False)
    for number, part in enumerate(items_of(entry(form, "/XFA")), 1):
        if not isinstance(part, pikepdf.Stream):
            continue
        place = Place(Part.FORM_VALUE, paragraph=number, path="XFA")
        for line, said in lines(string_of(part)):
            note = "XFA 表单数据" if said else "XFA 表单的属性和注释"
            yield Segment(place, line, visible=False, note=note)

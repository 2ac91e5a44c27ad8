"""Replacement texts inside the content of pages (14.9.4): what is copied is not what is drawn.

pdfium gives the replacement and not the text that is painted. So the replacements are told apart,
and pdfium is given a copy of the file without them.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from formats.budget import Budget
from formats.pdf.losses import broke_off
from formats.pdf.structure import PDF_LIES, entry, inherited, items_of, string_of
from formats.pdf.unpacking import unpacked
from formats.pdf.unsaid import held
from formats.reading import Part, Place, Segment

_NAME = re.compile(rb"/[^\s/<>\[\](){}%]+")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_KINDS = (("/ActualText", "替换文字，复制时得到，页面上画的是别的字"), ("/Alt", "替代文字"),
          ("/E", "缩写全称"))  # fmt: skip


# A list of properties with a string of more than ASCII, or with a long number (14.6.2).
_TELLING = re.compile(
    rb"<<[^<>]*?(?:<[fFeE]|\((?:[^()\x80-\xff\\]*(?:[\x80-\xff]|\\[2-3][0-7][0-7])|[^()]*[0-9]{11}))"
)


def speaks(data: bytes) -> bool:
    """Whether a content replaces some of its text, or says more of it than is drawn."""
    if b"ActualText" in data or _TELLING.search(data) is not None:
        return True
    return b"#" in data and any(_is_actual(name) for name in _NAME.findall(data) if b"#" in name)


def lists_speak(resources: Any) -> bool:
    """Whether a property list of a page does."""
    return any(entry(each, "/ActualText") is not None for each in _lists(resources))


def hushed(pdf: pikepdf.Pdf, leaves: list[Any], forms: list[Any], budget: Budget) -> bytes:
    """The file without replacements; `pdf` itself is changed. Raises what pikepdf raises."""
    for leaf in leaves:
        streams = [s for s in items_of(entry(leaf, "/Contents")) if isinstance(s, pikepdf.Stream)]
        data = b"\n".join(unpacked(s, budget) for s in streams)
        leaf["/Contents"] = pdf.make_stream(_hush(data))
        for each in _lists(inherited(leaf, "/Resources")):
            if "/ActualText" in each:
                del each["/ActualText"]
    for form in forms:
        form.write(_hush(unpacked(form, budget)))
        for each in _lists(entry(form, "/Resources")):
            if "/ActualText" in each:
                del each["/ActualText"]
    out = io.BytesIO()
    pdf.save(out, static_id=True)
    return out.getvalue()


def replacements(leaf: Any, page: int | None) -> Iterator[Segment]:
    """The texts that stand for others in the content of a page object, before it is hushed."""
    number = 0
    said: set[str] = set()
    try:
        marks = list(pikepdf.parse_content_stream(leaf, "BDC DP"))
    except PDF_LIES:
        broke_off()
        return
    lists = [mark.operands[-1] for mark in marks if len(mark.operands) > 1]
    for each in [*lists, *_lists(inherited(leaf, "/Resources"))]:
        for key, note in _KINDS:
            text = string_of(entry(each, key))
            if text.strip() and text not in said:
                said.add(text)
                number += 1
                place = Place(Part.ALT_TEXT, page=page, paragraph=number, path="content")
                yield Segment(place, text, visible=False, note=note)
        for text in held(each):
            if text not in said:
                said.add(text)
                number += 1
                place = Place(Part.HIDDEN, page=page, paragraph=number, path="content")
                yield Segment(place, text, visible=False, note="内容标记里的文字")


def _lists(resources: Any) -> list[Any]:
    lists = entry(resources, "/Properties")
    if not isinstance(lists, pikepdf.Dictionary):
        return []
    found = [lists.get(key) for key in list(lists.keys())]
    return [each for each in found if isinstance(each, pikepdf.Dictionary)]


def _is_actual(name: bytes) -> bool:
    return _ESCAPE.sub(lambda m: bytes([int(m[1], 16)]), name) == b"/ActualText"


def _hush(data: bytes) -> bytes:
    return _NAME.sub(lambda m: b"/Unspoken" if _is_actual(m[0]) else m[0], data)

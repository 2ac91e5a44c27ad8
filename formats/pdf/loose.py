"""Streams of a PDF that no page is painted with: forms and patterns, and data of no known kind."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any, NamedTuple

import pikepdf

from formats.budget import Budget
from formats.carving import telling, words_of
from formats.pdf import rich
from formats.pdf.appearance import painted
from formats.pdf.losses import broke_off
from formats.pdf.structure import PDF_LIES, ObjectName, entry, inherited, pairs
from formats.pdf.unpacking import unpacked
from formats.reading import Part, Place, Segment, Trouble, TroubleCode
from formats.unsaid import Said, dense

# Entries and kinds of streams that hold fonts, colours, shapes, sounds and tables of the file.
_KEYS = frozenset({"/FunctionType", "/ShadingType", "/Length1", "/Length2", "/CMapName", "/N"})
_KINDS = frozenset({"/XRef", "/ObjStm", "/CMap", "/Halftone", "/Sound", "/3D"})
_SUBTYPES = frozenset({"/Image", "/XML", "/Type1C", "/CIDFontType0C", "/OpenType"})
_FONTS = (b"\0\1\0\0", b"OTTO", b"true", b"ttcf", b"\1\0\4", b"%!")
_CODES, _HEAD = b"begincmap", 4096
# What paints text on a page (9.4.3).
_BEGIN, _TEXT = b"BT", re.compile(rb"T[jJ]\s")


class Loose(NamedTuple):
    """Streams by what they may hold: `forms` are painted like pages, `data` is anything else."""

    forms: list[Any]
    data: list[Any]


def loose_of(streams: Iterable[Any], shown: Set[ObjectName]) -> Loose:
    """Those of the streams that are not among the `shown` and may hold words."""
    found = Loose([], [])
    for stream in streams:
        if stream.objgen in shown:
            continue
        keys = stream.keys()
        kind, subtype = str(entry(stream, "/Type")), str(entry(stream, "/Subtype"))
        if subtype == "/Form" or "/PatternType" in keys:
            found.forms.append(stream)
        elif _KEYS.isdisjoint(keys) and kind not in _KINDS and subtype not in _SUBTYPES:
            found.data.append(stream)
    return found


def patterns(leaves: Iterable[Any]) -> dict[ObjectName, int]:
    """By object: the first page that names a pattern among its resources."""
    found: dict[ObjectName, int] = {}
    for number, leaf in enumerate(leaves, 1):
        for _, each in pairs(entry(inherited(leaf, "/Resources"), "/Pattern")):
            if isinstance(each, pikepdf.Stream):
                found.setdefault(each.objgen, number)
    return found


def unpainted(
    forms: Sequence[Any], pages: dict[ObjectName, int], said: Said, pdf: pikepdf.Pdf, budget: Budget
) -> Iterator[Segment]:
    """The lines of forms and patterns that are not in `said`, each once.

    `pages`: where a pattern is seen, which no library reads as text. Raises Unreadable(TOO_BIG).
    """
    told: set[str] = set()
    for stream, lines in painted(forms, pdf, budget):
        page = pages.get(stream.objgen)
        for line in lines:
            letters = dense(line.text)
            if telling(line.text) and letters not in told and not said.has(letters):
                told.add(letters)
                place = Place(
                    Part.HIDDEN if page is None else Part.BODY,
                    page=page,
                    paragraph=line.number,
                    path=f"object {stream.objgen[0]}",
                )
                note = "页面没有用到的图形里的文字" if page is None else "底纹图案里的文字"
                yield Segment(place, line.text, page is not None, note)


def words(
    streams: Iterable[Any], said: Said, budget: Budget, troubles: list[Trouble]
) -> Iterator[Segment]:
    """The words in data of no known kind that are not in `said`; lost contents become a trouble.

    Raises Unreadable(TOO_BIG).
    """
    lost = 0
    for stream in streams:
        try:
            data = unpacked(stream, budget)
        except PDF_LIES:
            broke_off()
            continue
        if data.startswith(_FONTS) or _CODES in data[:_HEAD]:
            continue
        if _BEGIN in data and _TEXT.search(data) is not None:
            lost += 1
            continue
        for number, text in enumerate(filter(telling, words_of(data)), 1):
            if not all(said.has(line) for line, _ in rich.lines(text)):
                place = Place(Part.HIDDEN, paragraph=number, path=f"object {stream.objgen[0]}")
                yield Segment(place, text, visible=False, note="没有引用的数据里的文字")
    if lost:
        troubles.append(
            Trouble(
                TroubleCode.LEFT_OUT,
                f"这个 PDF 里有 {lost} 段不属于任何页面的内容，程序没有读，阅读软件也看不到。"
                "请用原软件另存为新文件后再放入。",
                Place(Part.HIDDEN),
            )
        )

"""What every old office file carries beside its main streams: properties, objects, slack."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from formats.budget import Budget
from formats.carving import texts_in, texts_in_all
from formats.compound import compound
from formats.oleparts import OleParts
from formats.oleprops import DOCUMENT_SUMMARY, SUMMARY, properties
from formats.ooxml.embedded import read_embedded
from formats.opening import shown
from formats.reading import Part, Place, Segment, Trouble

# Streams that hold classes, ties and printers; macros are a trouble of their own (`sniff`).
_SILENT = ("\x01compobj", "\x01ole", "\x03objinfo", "\x03linkinfo", "\x03printinfo")
# Names a freed directory sector holds: they say nothing about anybody.
_STRUCTURE = frozenset(
    {
        *("Root Entry", "Workbook", "WordDocument", "SummaryInformation", "CompObj", "ObjectPool"),
        *("DocumentSummaryInformation", "0Table", "1Table", "Macros", "MsoDataStore", "PROJECT"),
    }
)
_OBJECT = re.compile("(?:mbd|lnk)[^/]*|objectpool/[^/]+", re.IGNORECASE)
_MACROS = ("_vba_project_cur/", "macros/")


class Left(NamedTuple):
    """What was found; `troubles` make the outer reading partial."""

    segments: list[Segment]
    troubles: list[Trouble]


def everything_else(parts: OleParts, handled: set[str], budget: Budget) -> Left:
    """Properties, embedded files opened in turn, streams nobody knows, and bytes nobody owns."""
    left = Left([], [])
    objects = _objects(parts)
    for name in parts.names:
        base = name.rpartition("/")[2].casefold()
        if name in handled or name.startswith(tuple(f"{o}/" for o in objects)):
            continue
        if base in (SUMMARY.casefold(), DOCUMENT_SUMMARY.casefold()):
            found = properties(parts.read(name), shown(name))
            left.segments.extend(found.segments)
            left.troubles.extend(found.troubles)
        elif base not in _SILENT and not name.casefold().startswith(_MACROS):
            _carved(
                left, texts_in(parts.read(name)), shown(name), Part.HIDDEN, "办公软件不显示的数据"
            )
    for name in objects:
        inside = read_embedded(compound(parts.within(name)), shown(name), budget)
        left.segments.extend(inside.segments)
        left.troubles.extend(inside.troubles)
    texts = [text for text in texts_in_all(parts.loose()) if text not in _STRUCTURE]
    _carved(left, texts, None, Part.REVISION_HISTORY, "文件空隙里残留的文字")
    return left


def _objects(parts: OleParts) -> list[str]:
    """The storages of embedded and linked objects: each is a file of its own."""
    return [storage for storage in parts.storages if _OBJECT.fullmatch(storage)]


def _carved(left: Left, texts: Iterable[str], path: str | None, part: Part, note: str) -> None:
    for number, text in enumerate(texts, 1):
        place = Place(part, paragraph=number, path=path)
        left.segments.append(Segment(place, text, visible=False, note=note))

"""What every old office file carries beside its main streams: properties, objects, slack."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from formats.budget import Budget
from formats.carving import texts_in, texts_in_all
from formats.compound import compound
from formats.macros import macros
from formats.oleparts import SILENT, OleParts
from formats.oleprops import DOCUMENT_SUMMARY, SUMMARY, properties
from formats.ooxml.embedded import read_embedded
from formats.opening import shown
from formats.reading import Part, Place, Segment, Trouble, TroubleCode, Unreadable

_PROPERTIES = (SUMMARY.casefold(), DOCUMENT_SUMMARY.casefold())
# Names a freed directory sector holds: they say nothing about anybody.
_STRUCTURE = frozenset(
    {
        *("Root Entry", "Workbook", "WordDocument", "SummaryInformation", "CompObj", "ObjectPool"),
        *("DocumentSummaryInformation", "0Table", "1Table", "Macros", "MsoDataStore", "PROJECT"),
    }
)
_OBJECT = re.compile("(?:mbd|lnk)[^/]*|objectpool/[^/]+", re.IGNORECASE)
_MACROS = ("_vba_project_cur", "macros")
# So many streams that are cut off are named.
_NAMED = 3


class Left(NamedTuple):
    """What was found; `troubles` make the outer reading partial."""

    segments: list[Segment]
    troubles: list[Trouble]

    def take(self, segments: Iterable[Segment], troubles: Iterable[Trouble] = ()) -> None:
        """Add what one part said."""
        self.segments.extend(segments)
        self.troubles.extend(troubles)


def everything_else(parts: OleParts, handled: set[str], budget: Budget) -> Left:
    """Properties, embedded files opened in turn, streams nobody knows, and bytes nobody owns.

    A broken part is a trouble. Raises Unreadable(TOO_BIG).
    """
    left = Left([], [])
    apart = [storage for storage in parts.storages if _OBJECT.fullmatch(storage)]
    told_apart = set(handled)
    for storage in (*apart, *_macro_storages(parts)):
        told_apart.update(parts.names_within(storage))
    for name in parts.names:
        if name not in told_apart:
            with _broken_is_told(left, name):
                _stream(left, parts, name)
    for name in _macro_storages(parts):
        with _broken_is_told(left, name):
            left.take(macros(parts, name, budget, name))
    for name in apart:
        with _broken_is_told(left, name):
            left.take(*read_embedded(compound(parts.within(name)), shown(name), budget))
    texts = [text for text in texts_in_all(parts.loose()) if text not in _STRUCTURE]
    left.take(_carved(texts, None, Part.REVISION_HISTORY, "文件空隙里残留的文字"))
    if parts.cut:
        left.troubles.append(_cut(parts))
    return left


def _cut(parts: OleParts) -> Trouble:
    named = "、".join(f"“{shown(name)}”" for name in list(parts.cut)[:_NAMED] if name)
    text = f"文件内部的数据{named and f'（{named}等处）'}不完整，没有读全。"
    again = "请在 WPS 或 Office 中打开核对并另存，或向来源单位重新索取。"
    return Trouble(TroubleCode.DAMAGED, text + again, Place(Part.HIDDEN))


def _stream(left: Left, parts: OleParts, name: str) -> None:
    base = name.rpartition("/")[2].casefold()
    if base in _PROPERTIES:
        left.take(*properties(parts.read(name), shown(name)))
    elif base not in SILENT:
        texts = texts_in(parts.read(name))
        left.take(_carved(texts, shown(name), Part.HIDDEN, "办公软件不显示的数据"))


@contextmanager
def _broken_is_told(left: Left, name: str) -> Iterator[None]:
    try:
        yield
    except Unreadable as error:
        if error.code is TroubleCode.TOO_BIG:
            raise
        text = f"文件里的“{shown(name)}”没有读出：{error.text}"
        left.troubles.append(Trouble(error.code, text, Place(Part.EMBEDDED, path=shown(name))))


def _macro_storages(parts: OleParts) -> list[str]:
    return [storage for storage in parts.storages if storage.casefold() in _MACROS]


def _carved(texts: Iterable[str], path: str | None, part: Part, note: str) -> Iterator[Segment]:
    for number, text in enumerate(texts, 1):
        yield Segment(Place(part, paragraph=number, path=path), text, visible=False, note=note)

"""What XML parts of a package hold that no reader of them has told: the net under all of these."""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from formats import xml
from formats.reading import Part, Place, Segment, TroubleCode, Unreadable

# A tag, or letters that are marked to be no tags; then what stands behind it.
_PIECE = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z)|<[^<>]*>)([^<]*)", re.DOTALL)
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_STRAY = re.compile(rb">\s*[^<\s]|<!\[CDATA\[")
# Elements whose letters their readers always tell, or are words of a number's format.
_TOLD = re.compile(r"<(?:(?:\w+:)?TextCode|number:[\w-]+|Application)[\s>]")
# Writing, or a number as long as one of a telephone: shorter ones are settings and sizes.
_TELLING = re.compile(r"[^\x00-\x7f]|(?<![0-9A-Fa-f])\d{11,}(?![0-9A-Fa-f])")
# Which cells a chart is drawn of, or are printed on each page: ranges between commas.
_CELL = r"\$?[A-Z]{0,3}\$?[0-9]{0,7}"
_CELLS = re.compile(rf"(?:[^!]*!)?{_CELL}(?::{_CELL})?")
# Parts of a few known attributes: a value of another one is told. Elsewhere they are too many.
_FORMAL = re.compile(r"\.rels$|^\[Content_Types\]\.xml$|^docProps/|^META-INF/|^OFD\.xml$|^Doc_\w+/")
_VALUE = re.compile(r"(?<!FontName)(?<!FamilyName)(?<!TypeID)(?<!NameSpace)=\s*[\"']([^\"']*)")
# Larger parts have readers of their own that look for strays in them.
MOST = 256 * 1024
_FIRST = 2001
# So many characters are searched in all: what is asked for later counts as not said.
_EFFORT = 4_000_000_000


def unsaid(
    names: Iterable[str], read: Callable[[str], bytes], segments: Sequence[Segment]
) -> Iterator[Segment]:
    """Remarks and stray words of parts that stand in no segment. Raises Unreadable(TOO_BIG)."""
    names = list(names)
    said = Said(segments, names)
    for name in names:
        number = _FIRST
        for text, note in dict.fromkeys(_candidates(name, read)):
            if not said.has(text):
                place = Place(Part.HIDDEN, paragraph=number, path=name)
                yield Segment(place, text, visible=False, note=note)
                number += 1


def _candidates(name: str, read: Callable[[str], bytes]) -> Iterator[tuple[str, str]]:
    try:
        data = xml.readable(read(name), name)
    except Unreadable as error:
        if error.code is TroubleCode.TOO_BIG:
            raise
        return  # whoever reads the part for its own sake says so
    if len(data) > MOST:
        return
    for remark in xml.comments(data):
        yield remark, "XML 注释"
    formal = _FORMAL.search(name) is not None
    if not formal and _STRAY.search(data) is None:
        return
    for tag, behind in _PIECE.findall(data.decode("utf-8", "replace")):
        if tag.startswith(_CDATA):
            yield from _telling(tag[len(_CDATA) :].removesuffix(_CDATA_END))
        for value in _VALUE.findall(tag) if formal else ():
            yield from _telling(html.unescape(value).lstrip("./"))
        if not _TOLD.match(tag):
            yield from _telling(html.unescape(behind))


def _telling(text: str) -> Iterator[tuple[str, str]]:
    text = text.strip()
    if _TELLING.search(text) and not all(map(_CELLS.fullmatch, text.split(","))):
        yield text, "办公软件不显示的文字"


class Said:
    """The letters that segments say, without white space, for texts are broken into lines."""

    def __init__(self, segments: Sequence[Segment], more: Iterable[str] = ()) -> None:
        """Nothing is put together before it is asked for."""
        self._segments, self._more = segments, more
        self._whole: str | None = None
        self._texts: set[str] = set()
        self._left = _EFFORT

    def has(self, text: str) -> bool:
        """Whether a segment, its note or its place says this."""
        letters = dense(text)
        if self._whole is None:
            told = (f"{s.text}\n{s.note}\n{s.place.path}" for s in self._segments)
            self._whole = dense("\n".join((*told, *self._more)))
            self._texts = {dense(s.text) for s in self._segments}
        if letters in self._texts:
            return True
        self._left -= len(self._whole)
        return self._left > 0 and letters in self._whole


def dense(text: str) -> str:
    """Without white space, as texts are compared that were broken into lines."""
    return "".join(text.split())

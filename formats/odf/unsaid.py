"""What attributes of an OpenDocument tree hold that no reader of it has told: names of sources,
authors of books, keys, and whatever a program of its own adds."""

import html
import re
from collections.abc import Iterator, Sequence

from formats import xml
from formats.odf.places import says_something
from formats.reading import Part, Place, Segment
from formats.unsaid import Said

# An attribute with a letter of China or Japan in it, or with a number as long as one of a person.
# Its name begins behind white space, so that no word is looked at from each of its letters.
_ATTRIBUTE = re.compile(
    rb"(?<=\s)(?:([\w.-]++):)?([\w.-]++)\s*+=\s*+"
    rb"(?:\"([^\"<]*[\xe3-\xef][^\"<]*|\d{11,17}[\dXx])\"|'([^'<]*[\xe3-\xef][^'<]*|\d{11,17}[\dXx])')"
)
# Names of styles and looks, and of what is named elsewhere: cells, layers, bookmarks.
_LOOKS = frozenset({b"style", b"fo", b"number", b"config", b"xmlns"})
_CALLED = re.compile(
    rb".*(?:style|style-name|family|page-name|layout-name|class-names|font-name)"
    rb"|.*-address(?:es)?|formula|layer|ref-name|index-name|bullet-char|char|id|start-value|value"
)
_FIRST = 3001


def attributes(data: bytes, name: str, segments: Sequence[Segment]) -> Iterator[Segment]:
    """The words in attributes of the part `name` that stand in no segment, each once.

    Raises Unreadable(DAMAGED).
    """
    said = Said(segments)
    told: set[str] = set()
    for space, short, double, single in _ATTRIBUTE.findall(xml.readable(data, name)):
        if space in _LOOKS or _CALLED.fullmatch(short):
            continue
        text = html.unescape((double or single).decode("utf-8", "replace")).strip()
        if text in told or not says_something(short.decode("ascii", "replace"), text):
            continue
        told.add(text)
        if not said.has(text):
            place = Place(Part.HIDDEN, paragraph=_FIRST + len(told), path=name)
            note = "程序不显示的名称或数据"
            yield Segment(place, text, visible=False, note=note)

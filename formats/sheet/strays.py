"""What a part says beside what its reader knows to look for: nothing is passed over by its name."""

import re
from collections.abc import Collection, Iterator

from lxml import etree

from formats.ooxml.properties import telling
from formats.reading import Place, Segment

# Elements and attributes that others tell, or that hold references and names of fonts.
_TOLD_TEXTS = frozenset(
    {"formula", "formula1", "formula2", "f", "sqref", "definedName", "formatCode"}
)
NAMES = frozenset({"typeface", "name", "descr", "title", "alt", "script", "lang", "altLang"})
_IDLE = re.compile(r"[$A-Z0-9:, ]*|-?\d+\.\d+|\{[^}]*\}|\d{1,12}|General|true|false", re.IGNORECASE)


def strays(
    root: etree._Element,
    place: Place,
    told: Collection[str],
    note: str,
    known: frozenset[str] = frozenset(),
) -> Iterator[Segment]:
    """Texts of a part that are not among `told`; each is at `place`, counted from 1001.

    `known`: attributes that somebody else looks at. The rows of a sheet are left out.
    """
    seen = set(told)
    number = 1000
    for element in _without_rows(root):
        name = str(element.tag).rpartition("}")[2]
        texts = [element.text or "", element.tail or ""] if name not in _TOLD_TEXTS else []
        if element is root:
            texts += (rows.tail or "" for rows in root.iterchildren("{*}sheetData"))
        texts = [text.strip() for text in texts]
        texts += [
            str(value)
            for key, value in element.attrib.items()
            if telling(str(value)) and key not in known
        ]
        for text in texts:
            if text and text not in seen and not _IDLE.fullmatch(text):
                seen.add(text)
                number += 1
                yield Segment(place._replace(paragraph=number), text, visible=False, note=note)


def _without_rows(root: etree._Element) -> Iterator[etree._Element]:
    yield root
    for child in root.iterchildren(etree.Element):
        if etree.QName(child).localname != "sheetData":
            yield from child.iter(etree.Element)

"""One pass over every object of a PDF, for what nothing that a reader follows leads to."""

from dataclasses import dataclass, field
from typing import Any

import pikepdf

from formats.pdf.content import contents_of
from formats.pdf.structure import MOST_NODES, ObjectName, entry, pairs
from formats.pdf.unsaid import may_tell

_DICTIONARY, _STREAM = pikepdf.ObjectType.dictionary, pikepdf.ObjectType.stream


@dataclass(slots=True)
class Swept:
    """Objects by what they are. `whole`: all of them were looked at.

    `files`: specifications of files, `inner` the files themselves; `streams`: those of no other
    kind; `telling`: objects with words in them.
    """

    lost_pages: list[Any] = field(default_factory=list)
    images: list[Any] = field(default_factory=list)
    packets: list[Any] = field(default_factory=list)
    files: list[Any] = field(default_factory=list)
    scripts: list[Any] = field(default_factory=list)
    inner: list[Any] = field(default_factory=list)
    streams: list[Any] = field(default_factory=list)
    telling: list[Any] = field(default_factory=list)
    whole: bool = True

    def known(self) -> set[ObjectName]:
        """The streams that belong to files inside and to lost pages. Raises what pikepdf raises."""
        files = {
            stream.objgen
            for spec in self.files
            for _, stream in pairs(entry(spec, "/EF"))
            if isinstance(stream, pikepdf.Stream)
        }
        return files | contents_of(self.lost_pages)


def swept(pdf: pikepdf.Pdf, leaves: list[Any] | None) -> Swept:
    """All objects of a file; `leaves` are its pages. Raises what pikepdf raises."""
    found = Swept()
    known = {leaf.objgen for leaf in leaves or ()}
    for number, value in enumerate(pdf.objects):
        if number >= MOST_NODES:
            found.whole = False
            break
        if may_tell(value):
            found.telling.append(value)
        kind = getattr(value, "_type_code", None)
        if kind == _STREAM:
            subtype = value.get("/Subtype")
            if subtype == pikepdf.Name.Image:
                found.images.append(value)
            elif subtype == pikepdf.Name.XML:
                found.packets.append(value)
            elif value.get("/Type") == pikepdf.Name.EmbeddedFile:
                found.inner.append(value)
            else:
                found.streams.append(value)
        elif kind == _DICTIONARY:
            keys = value.keys()
            if "/EF" in keys:
                found.files.append(value)
            elif "/JS" in keys:
                found.scripts.append(value)
            elif "/Contents" in keys and leaves is not None and _is_lost(value, known):
                found.lost_pages.append(value)
    return found


def _is_lost(value: Any, known: set[tuple[int, int]]) -> bool:
    return value.objgen not in known and entry(value, "/Type") == pikepdf.Name.Page

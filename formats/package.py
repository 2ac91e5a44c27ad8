"""OOXML packages (ECMA-376 part 2) from strangers: a zip opened with a budget and without trust."""

import posixpath
import zipfile
from typing import BinaryIO, NamedTuple

from lxml import etree

from formats import xml
from formats.budget import Budget
from formats.reading import TroubleCode, Unreadable
from formats.zips import DAMAGED, open_zip, read_entry

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
# Bytes of small parts that one package keeps at hand.
_ROOM = 1024 * 1024


class Relationship(NamedTuple):
    """One line of a .rels part. `target` is a part name when internal, an address when external.

    `type` is the last word of the type address, as `image` or `hyperlink`.
    """

    id: str
    type: str
    target: str
    external: bool


class Package:
    """A read-only package: parts by name (`word/document.xml`, no leading slash).

    Raises Unreadable: DAMAGED when names repeat, are absolute or climb out (two programs would then
    see two different documents), ENCRYPTED, TOO_BIG.
    """

    def __init__(self, source: BinaryIO, budget: Budget) -> None:
        self.budget = budget
        self._archive = open_zip(source, budget)
        self._kept: dict[str, bytes] = {}
        self._room = _ROOM
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self._folded: dict[str, str] = {}
        for entry in self._archive.infolist():
            self._admit(entry)
        self._relationships: dict[str, tuple[Relationship, ...]] = {}
        self._defaults, self._overrides = self._content_types()

    def _admit(self, entry: zipfile.ZipInfo) -> None:
        name = entry.filename.replace("\\", "/")
        if name.endswith("/"):
            return
        parts = name.split("/")
        if name.startswith("/") or ".." in parts or "\0" in name:
            raise Unreadable(
                TroubleCode.DAMAGED,
                "文件内部的路径不正常，可能是恶意构造，已停止读取。请向来源核实。",
            )
        folded = name.casefold()
        if folded in self._folded:
            raise Unreadable(
                TroubleCode.DAMAGED,
                "文件内部有重名的部分，不同软件会看到不同内容，已停止读取。"
                "请在办公软件中打开核对并另存后再放入。",
            )
        self._folded[folded] = name
        self._entries[name] = entry

    @property
    def names(self) -> tuple[str, ...]:
        """Every part, in the archive's own order."""
        return tuple(self._entries)

    def find(self, name: str) -> str | None:
        """The part's name as stored; names are equal without regard to case (ECMA-376-2, 6.2.2)."""
        return self._folded.get(name.lstrip("/").casefold())

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises Unreadable; KeyError when there is no such part.

        Small XML parts, which several readers look at, are unpacked and paid for once."""
        data = self._kept.get(name)
        if data is None:
            data = read_entry(self._archive, self._entries[name], self.budget)
            if name.endswith(".xml") and len(data) <= self._room:
                self._room -= len(data)
                self._kept[name] = data
        return data

    def size(self, name: str) -> int:
        """The size a part claims, in bytes; `read` checks it."""
        return self._entries[name].file_size

    def xml(self, name: str) -> etree._Element:
        """The root element of a part. Raises as `read` and `formats.xml.parse` do."""
        return xml.parse(self.read(name), name)

    def content_type(self, name: str) -> str:
        """The declared type of a part, empty if none is declared."""
        override = self._overrides.get(name.casefold())
        if override is not None:
            return override
        return self._defaults.get(posixpath.splitext(name)[1].lstrip(".").casefold(), "")

    def relationships(self, name: str = "") -> tuple[Relationship, ...]:
        """Where a part points, in the order of its .rels part; the package itself for "".

        Raises Unreadable."""
        if name not in self._relationships:
            self._relationships[name] = self._read_relationships(name)
        return self._relationships[name]

    def _read_relationships(self, name: str) -> tuple[Relationship, ...]:
        folder, _, leaf = name.rpartition("/")
        rels = self.find(f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels")
        if rels is None:
            return ()
        found = []
        for element in self.xml(rels).iter(_RELATIONSHIP):
            target = element.get("Target", "")
            external = element.get("TargetMode") == "External"
            if not external:
                target = resolve(folder, target)
                target = self.find(target) or target
            kind = element.get("Type", "").rpartition("/")[2]
            found.append(Relationship(element.get("Id", ""), kind, target, external))
        return tuple(found)

    def _content_types(self) -> tuple[dict[str, str], dict[str, str]]:
        name = self.find("[Content_Types].xml")
        if name is None:
            raise Unreadable(TroubleCode.DAMAGED, DAMAGED)
        defaults: dict[str, str] = {}
        overrides: dict[str, str] = {}
        for element in self.xml(name):
            kind = element.get("ContentType", "")
            if element.tag == f"{_TYPES}Default":
                defaults[element.get("Extension", "").casefold()] = kind
            elif element.tag == f"{_TYPES}Override":
                overrides[element.get("PartName", "").lstrip("/").casefold()] = kind
        return defaults, overrides


def resolve(folder: str, target: str) -> str:
    """A relationship target as a part name; what climbs out of the package stays inside it."""
    target = target.replace("\\", "/").partition("#")[0]
    joined = target if target.startswith("/") else f"{folder}/{target}"
    return posixpath.normpath(f"/{joined}").lstrip("/")
